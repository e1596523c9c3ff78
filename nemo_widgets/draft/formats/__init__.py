"""Ways to and from other editors: timeline files, written of a draft and read as one."""

from .builder import Builder
from .cut import Medium
from .files import FORMATS, Format, decode, encode, read_file, write_file
from .frames import from_frames
from .losses import Report

__all__ = [
    "FORMATS",
    "Builder",
    "Format",
    "Medium",
    "Report",
    "decode",
    "encode",
    "from_frames",
    "read_file",
    "write_file",
]
