"""Files as they arrive: written and hashed piece by piece, so that memory does not grow with their size."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from nemo_widgets.media_types import MEDIA_TYPES, in_words
from nemo_widgets.private_files import create_private

from .errors import FILE_TOO_LARGE, INVALID, UNSUPPORTED_FILE, Refused
from .limits import MOST_FILES
from .names import display_name, extension, form_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from python_multipart.multipart import MultipartCallbacks

__all__ = ["MultipartReceiver", "Received", "Sink", "check_name", "size_words"]

_MOST_AROUND = 1024 * 1024
"""Bytes of a form that belong to no file: its other fields, and what stands before and behind its parts."""
_TOO_LARGE = 413

