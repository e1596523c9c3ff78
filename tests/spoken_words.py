"""Which words of a text are English, where it should be Chinese."""

import re

__all__ = ["english"]

OWN = re.compile(
    r"`[^`]*`|“[^”]*”|\b(?:edit|upload|export)-[a-z0-9]{5}\b|\S*\.(?:mov|mp4)|https?://\S+|\*[^*]*\*"
)
"""Commands, names and what others said, which stay as they are."""
WORD = re.compile(r"[A-Za-z]{3,}")
KNOWN = {"NEMO", "TOKEN", "HTTP", "MB", "RENDER"}


def english(text):
    """The English words of a text."""
    return [word for word in WORD.findall(OWN.sub("", text)) if word not in KNOWN]
