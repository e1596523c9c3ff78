"""One upload, edit or export as a Run: awaitable, cancellable, and observed by whoever shows it."""

from .connection import Connection
from .edit import EditRun
from .export import ExportRun
from .patterns import fitting
from .run import Row, Run
from .upload import UploadRun
from .video import Video

__all__ = ["Connection", "EditRun", "ExportRun", "Row", "Run", "UploadRun", "Video", "fitting"]
