"""What has to be said of a file when it is uploaded: what the film will lose, or what was done about it."""

from __future__ import annotations

from typing import NamedTuple

from nemo_widgets.languages import either

__all__ = ["Note"]


class Note(NamedTuple):
    """One thing said of a file, in both languages: a phrase without its name and without a full stop."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The words for a language code, English unless it is Chinese."""
        return either(language, self.en, self.zh)
