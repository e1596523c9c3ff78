"""What the agent sees of the studio while it works on one message."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from nemo_widgets.draft import Draft

from .timeline import unedited

if TYPE_CHECKING:
    from collections.abc import Callable

    from .agent.world import MediaItem
    from .store import Media, Session, Store, Version

__all__ = ["StudioWorld", "media_item"]


class StudioWorld:
    """The agent's `World`, made afresh for each turn; used on the turn's thread only.

    Attributes:
        draft: a copy of the present draft, empty before the first upload.
        media: what was uploaded in this session, by the name that drafts use.
        history: what an undo goes back to, the nearest version last.
        first: the draft as it would be had nobody given an instruction.
        language: ISO code of the session's language.
    """

    def __init__(
        self, store: Store, session: Session, present: Version | None, cancelled: Callable[[], bool]
    ) -> None:
        self._store = store
        self._files = {media.src: media for media in store.library.of_session(session.id)}
        self.draft = Draft(copy.deepcopy(present.data) if present else {})
        self.media = {src: media_item(media) for src, media in self._files.items()}
        self.history = [Draft(version.data) for version in store.projects.history(session.id)]
        self.first = Draft(unedited(self._files.values()) or {})
        self.language = session.language
        self.cancelled = cancelled

    def pauses(
        self, src: str, min_pause_ms: int, padding_ms: int, progress: Callable[[float], None] | None = None
    ) -> list[tuple[int, int]]:
        """Where nobody speaks, in ms of the source; found once for each content and setting, then remembered.

        Raises:
            KeyError: there is no such source. AnalysisError: it has no sound to go by.
        """
        from .analysis.pauses import find_pauses  # numpy and PyAV, for sessions that ask

        media = self._files[src]
        question = f"pauses min_pause_ms={min_pause_ms} padding_ms={padding_ms}"
        found = self._store.library.recall(media.hash, question)
        if found is None:
            found = find_pauses(
                self._store.library.path(media),
                min_pause_ms=min_pause_ms,
                padding_ms=padding_ms,
                progress=progress,
                cancelled=self.cancelled,
                name=media.name,
            )
            self._store.library.remember(media.hash, question, found)
        return [(int(start), int(end)) for start, end in found]


def media_item(media: Media) -> MediaItem:
    """A file as the agent sees it."""
    from .agent.world import MediaItem

    return MediaItem(
        src=media.src,
        name=media.title,
        kind=media.kind,
        duration_ms=media.duration_ms,
        has_audio=media.has_audio,
    )
