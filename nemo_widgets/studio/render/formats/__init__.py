"""The formats of exports, one file each: what its container is, and how picture and sound are encoded."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from .form import Form, SoundEncoder, VideoEncoder
from .h264_aac import AAC

__all__ = ["AAC", "Form", "SoundEncoder", "VideoEncoder", "form_of"]


@cache
def form_of(name: str) -> Form:
    """What a format of `export_formats.FORMATS` is made of: the `FORM` of the file that is called so."""
    form: Form = import_module(f".{name}", __name__).FORM
    return form
