"""What a fetched file is called: as its server says, or as its address does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nemo_widgets.media_types import MEDIA_TYPES, extension_of_head, extension_of_mime

from .names import display_name, extension

if TYPE_CHECKING:
    import httpx

__all__ = ["media_type", "sent_name"]

_EXTENDED = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', re.IGNORECASE)


def sent_name(answer: httpx.Response, head: bytes) -> str:
    """The name in Content-Disposition, else the last part of the path.

    A missing extension is given by the type that the server tells, or by the content's first bytes.
    """
    disposition = answer.headers.get("content-disposition", "")
    if found := _EXTENDED.search(disposition):
        name = display_name(unquote(found[1]))
    elif found := _PLAIN.search(disposition):
        name = display_name(found[1] or found[2] or "")
    else:
        name = display_name(unquote(answer.url.path))
    if f".{extension(name)}" in MEDIA_TYPES:
        return name
    return name + (extension_of_mime(media_type(answer)) or extension_of_head(head))


def media_type(answer: httpx.Response) -> str:
    """The type that the server tells, without its parameters; "" if it tells none."""
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()
