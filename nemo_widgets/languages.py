"""Which language somebody speaks: by the system's settings, and by the script that a text is written in."""

from __future__ import annotations

import locale
import os
import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "asked_in",
    "either",
    "language_code",
    "language_of",
    "speaking",
    "spoken",
    "spoken_usually",
    "system_language",
    "written_in",
]

DEFAULT = "en"
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|`[^`]*`|[\w-]+\.[A-Za-z]\w{1,4}\b')
"""What is quoted, and files' names."""
_LATIN_WORD = re.compile(r"[A-Za-z']{2,}")
_LOOKED_AT = 2000
"""In characters: the beginning of a message tells its language."""
_NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In POSIX's order of precedence: the first that is set and not empty counts."""
_NONE = ("c", "posix")
_CODE = re.compile(r"([a-z]{2,3})(?:[-_](hans|hant))?(?:[-_]([a-z]{2}|\d{3}))?(?:[.@].*)?", re.IGNORECASE)
_WITH_REGION = ("zh", "pt")
"""Languages that are written in more than one way, so that the country says which."""
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")),
    ("th", re.compile(r"[\u0e01-\u0e5b]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
"""Scripts that one language is written in, and no other; Chinese behind those that borrow its characters."""


def either(language: str, english: str, chinese: str) -> str:
    """The Chinese words where Chinese is spoken, else the English ones.

    >>> either("zh-CN", "Try", "试试"), either("de", "Try", "试试")
    ('试试', 'Try')
    """
    return chinese if language.lower().startswith("zh") else english


_now: ContextVar[str] = ContextVar("language", default="")
_usually = [""]
"""The language of the session that one is in; "" where one is in none."""


def spoken() -> str:
    """The language of what is said: of the run at work, else of the present session, else the system's."""
    return _now.get() or _usually[0] or system_language()


def asked_in() -> str:
    """The language of the words that are acted on; "" where none are."""
    return _now.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say what is said in here in a language; "" for the usual one."""
    token = _now.set(language)
    try:
        yield
    finally:
        _now.reset(token)


def spoken_usually(language: str) -> None:
    """Speak a language from now on, where nothing else is said; "" for the system's."""
    _usually[0] = language


def system_language(environment: Mapping[str, str] | None = None) -> str:
    """The language of the system's settings as an ISO code: `en`, `de`, `zh-CN`, `zh-TW`.

    LC_ALL, LC_MESSAGES, LANG count in this order (POSIX). LANGUAGE, a list such as `de:en`, stands above them
    unless they ask for none (`C`), as for gettext. Where none is set the platform is asked.
    """
    given = os.environ if environment is None else environment
    told = next((value for name in _NAMES if (value := given.get(name, "").strip())), "")
    if re.split("[.@]", told.lower())[0] in _NONE:
        return DEFAULT
    wished = given.get("LANGUAGE", "").split(":")
    found = (
        language_code(value) for value in (*wished, told or (_platform() if environment is None else ""))
    )
    return next((code for code in found if code), DEFAULT)


def language_code(name: str) -> str:
    """The ISO code in the name of a locale: `zh-CN` of `zh_CN.UTF-8`, `de` of `de_AT@euro`; "" for none."""
    if (found := _CODE.fullmatch(name.strip())) is None:
        return ""
    language, script, region = (part or "" for part in found.groups())
    language, region = language.lower(), region.upper()
    if language == "zh" and not region:
        region = "TW" if script.lower() == "hant" else "CN"
    return f"{language}-{region}" if language in _WITH_REGION and region else language


def language_of(message: str, usual: str) -> str:
    """The language of a message to the agent, by its script, what is quoted in it apart; `usual` for none.

    >>> language_of('title "你好" here, please', "zh-CN"), language_of("undo", "zh-CN")
    ('en', 'zh-CN')
    """
    bare = _QUOTED.sub(" ", message[:_LOOKED_AT])
    return written_in(bare) or ("en" if len(_LATIN_WORD.findall(bare)) > 1 else usual)


def written_in(text: str) -> str:
    """The language that a text must be in by its script: ja, ko, zh, th, he, el; "" where that tells nothing.

    Latin letters tell nothing: two dozen languages use them. One character is enough, for names of files and
    of people in another script stand in quotes, which the caller takes away.
    """
    return next((language for language, script in _SCRIPTS if script.search(text)), "")


def _platform() -> str:
    """The name of the platform's locale, for systems that set no variable (Windows, macOS)."""
    try:
        name = locale.getlocale()[0] or ""
    except ValueError:
        return ""
    if _CODE.fullmatch(name):
        return name
    words = name.lower()
    if words.startswith("chinese"):  # Windows: `Chinese (Simplified)_China`
        return "zh_TW" if "traditional" in words or "taiwan" in words else "zh_CN"
    return locale.normalize(words.partition("_")[0]).partition(".")[0]  # Windows: `German_Germany`
