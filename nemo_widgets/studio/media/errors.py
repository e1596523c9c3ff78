"""Why a media file can't be used."""

from __future__ import annotations

from nemo_widgets.large_pictures import UNREADABLE

__all__ = ["UNREADABLE", "MediaError"]


class MediaError(Exception):
    """The file can't be used as a clip. The text is one sentence for a person, and names the file."""
