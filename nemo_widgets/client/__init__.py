"""The client side of the NemoVideo protocol, for one event loop. Knows nothing of notebooks.

Docstrings cite the protocol by its sections (§4), which are those of `docs/protocol.md`.
Importing it loads neither the HTTP library nor anything else that is heavy.
"""

from .client import AsyncClient
from .credits import Credits
from .event_types import (
    ArgumentsEvent,
    ErrorEvent,
    Event,
    HeartbeatEvent,
    OutcomeEvent,
    ProgressEvent,
    TextEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
    UnknownEvent,
)
from .explanation import ExportPlan, PlanStretch
from .ledger import Ledger, LedgerMedia, LedgerMessage
from .models import MediaFile, SessionInfo, State
from .pictures import PictureEvent
from .progress import DownloadCallback, UploadCallback, UploadProgress
from .render_status import RenderStatus
from .settings import ClientSettings
from .sse import Message
from .timing import Clock
from .transcript import Stage, Transcript

__all__ = [
    "ArgumentsEvent",
    "AsyncClient",
    "ClientSettings",
    "Clock",
    "Credits",
    "DownloadCallback",
    "ErrorEvent",
    "Event",
    "ExportPlan",
    "HeartbeatEvent",
    "Ledger",
    "LedgerMedia",
    "LedgerMessage",
    "MediaFile",
    "Message",
    "OutcomeEvent",
    "PictureEvent",
    "PlanStretch",
    "ProgressEvent",
    "RenderStatus",
    "SessionInfo",
    "Stage",
    "State",
    "TextEvent",
    "ThoughtEvent",
    "ToolCallEvent",
    "ToolResultEvent",
    "Transcript",
    "UnknownEvent",
    "UploadCallback",
    "UploadProgress",
]
