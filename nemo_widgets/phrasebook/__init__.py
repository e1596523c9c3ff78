"""The phrases by which an agent refuses, asks and asks for a click, beside English and Chinese, as data.

One table a language; who reads them stands where an answer is judged. English and Chinese have grammars of
their own there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .asian import ARABIC, HINDI, INDONESIAN, THAI, TURKISH, VIETNAMESE
from .east_asian import JAPANESE, KOREAN
from .germanic import DUTCH, GERMAN, SWEDISH
from .romance import FRENCH, ITALIAN, PORTUGUESE, SPANISH
from .slavic import CZECH, POLISH, RUSSIAN, UKRAINIAN

if TYPE_CHECKING:
    from .language import Language

__all__ = ["LANGUAGES"]

LANGUAGES: dict[str, Language] = {
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "nl": DUTCH,
    "ru": RUSSIAN,
    "ja": JAPANESE,
    "ko": KOREAN,
    "pl": POLISH,
    "tr": TURKISH,
    "ar": ARABIC,
    "vi": VIETNAMESE,
    "id": INDONESIAN,
    "th": THAI,
    "hi": HINDI,
    "sv": SWEDISH,
    "cs": CZECH,
    "uk": UKRAINIAN,
}
"""By their ISO codes."""
