"""What a server, an agent or a file gives as a reason, told as a sentence: it may be none, or only a code."""

from __future__ import annotations

import re

__all__ = ["is_code", "says_nothing", "sentence"]

_ENDS = (".", "!", "?", "…", "。", "！", "？")
_JOINTS = ":：,，;； \t\n"
"""What a text may break off with that was to be followed by more."""
_SHORT = 40
"""Nothing that says nothing is as long."""
_CLOSING = "\"'”’»」』》）)]}*_`"
"""What may stand behind the end of a sentence."""
_CODE = re.compile(r"(?=[a-z.:/-]*[A-Z0-9_])[A-Za-z0-9][\w.:/-]*", re.ASCII)
_WELL = frozenset(
    ("", "0", "200", "ok", "okay", "success", "successful", "succeeded", "none", "null", "nil", "na", "false",
     "noerror", "noerrors", "nofailure", "undefined")
)  # fmt: skip
"""What stands in the place of a failure where there is none; letters and digits alone."""
_CJK = re.compile("[\u3400-\u9fff\uff00-\uffef]")


def sentence(text: str) -> str:
    """The text with a full stop behind it, unless it has an end of its own; "" stays.

    >>> sentence("no room on the disk"), sentence("Try again!"), sentence("服务器忙")
    ('no room on the disk.', 'Try again!', '服务器忙。')
    """
    if text.endswith(_ENDS):
        return text
    words = text.rstrip(_JOINTS)
    if not words or words.rstrip(_CLOSING).endswith(_ENDS):
        return words
    return words + ("。" if _CJK.search(words.rstrip(_CLOSING)[-1:]) else ".")


def is_code(text: str) -> bool:
    """Whether a reason is one word between machines, such as `E_BUSY` or `rate_limit`, and not a sentence."""
    return _CODE.fullmatch(text.strip().rstrip(".")) is not None


def says_nothing(text: str) -> bool:
    """Whether what stands in the place of a failure, a reason or a code, says that there is none.

    >>> says_nothing("No error"), says_nothing("0"), says_nothing("No room")
    (True, True, False)
    """
    return "".join(c for c in text[:_SHORT] if c.isalnum()).lower() in _WELL
