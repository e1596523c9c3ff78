"""What the agent sees of the studio while it works on one message."""

from __future__ import annotations

import copy
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import Draft

from .placement import unedited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nemo_widgets.studio.agent.world import Earlier, Question
    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .media.encodings import Reading
    from .store import Media, Session, Store, Version

__all__ = ["StudioWorld", "media_item", "which"]


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
        self._store, self._session = store, session.id
        self._files = {media.src: media for media in store.library.of_session(session.id)}
        self.draft = Draft(copy.deepcopy(present.data) if present else {})
        self.media = {src: media_item(media) for src, media in self._files.items()}
        self._numbers: list[tuple[Draft, int]] = [(self.draft, present.number)] if present else []
        self.history = self._kept(store.projects.history(session.id))
        self.first = Draft(unedited(self._files.values(), self.media) or {})
        self.language = session.language
        self.cancelled = cancelled

    @cached_property
    def undone(self) -> list[Draft]:
        """What a redo brings back, the next one last."""
        return self._kept(self._store.projects.undone(self._session))

    def made(self, draft: Draft) -> list[str]:
        """What was said for the edits that stand in one of these drafts, oldest first.

        "" for what came without words; none of a draft that is no version.
        """
        number = next((number for version, number in self._numbers if version is draft), None)
        return self._said.get(number, []) if number is not None else []

    @cached_property
    def _said(self) -> dict[int, list[str]]:
        return self._store.projects.said(self._session)

    def _kept(self, versions: Iterable[Version]) -> list[Draft]:
        """Versions as drafts, their numbers remembered."""
        drafts = [(Draft(version.data), version.number) for version in versions]
        self._numbers += drafts
        return [draft for draft, _ in drafts]

    @property
    def earlier(self) -> list[Earlier]:
        """The messages before this one that were answered, newest last."""
        from nemo_widgets.studio.agent.world import Earlier

        answered = [row for row in self._store.messages.ledger(self._session) if row["status"] == "done"]
        return [Earlier(row["text"], row["reply"], changed=row["version"] is not None) for row in answered]

    def find(self, question: Question, progress: Callable[[float], None] | None = None) -> Any:
        """What an analysis finds in a source; found once for each content and question, then remembered.

        Raises:
            KeyError: there is no such source. AnalysisError: there is nothing to go by.
        """
        media = self._files[question.src]
        asked = " ".join([question.kind, *(f"{name}={value}" for name, value in question.options)])
        found = self._store.library.recall(media.hash, asked)
        if found is None:
            module = import_module(f"nemo_widgets.studio.analysis.{question.kind}")  # numpy, for who asks
            find = getattr(module, f"find_{question.kind}")
            path, name = self._store.library.path(media), media.name
            options = dict(question.options)
            found = find(path, **options, progress=progress, cancelled=self.cancelled, name=name)
            self._store.library.remember(media.hash, asked, found)
            found = self._store.library.recall(media.hash, asked)
        return found

    def text_of(self, src: str, encoding: str = "") -> str:
        """What is written in an uploaded text file, such as subtitles, in that encoding if one is named.

        Raises:
            KeyError: there is no such source. MediaError: it is no text file, or larger than 2 MB.
            EditRefused: it is in no such encoding. Unclear: it may be in several.
        """
        from .media import MediaError, read_text, text_readings  # brings FFmpeg

        media = self._files[src]
        if media.kind != "text":
            raise MediaError(f"“{media.name}” is no text file.")
        path = self._store.library.path(media)
        if encoding:
            try:
                return read_text(path, media.name, encoding)
            except MediaError:
                raise _no_such(media.name, encoding) from None
        found = text_readings(path, media.name)
        if len(found) > 1:
            raise which(media.name, found)
        return found[0].text


def _no_such(name: str, encoding: str) -> Exception:
    from nemo_widgets.studio.timeline.errors import EditRefused

    from .encoding_names import encoding_name
    from .words import Said

    told = encoding_name(encoding)
    return EditRefused(
        Said(f"“{name}” can't be read as {told}: {told} has no letters for it. Nothing was changed.",
             f"“{name}”不能按 {told} 读取：里面有 {told} 没有的字符。没有做任何改动。")
    )  # fmt: skip


def which(name: str, found: list[Reading]) -> Exception:
    """The question in which encoding a text is, with a line of each reading."""
    from nemo_widgets.studio.timeline.errors import Unclear

    from .words import Said

    choices = []
    lines = list(zip(*(reading.text.splitlines() for reading in found), strict=False))
    foreign = [row for row in lines if not all(map(str.isascii, row))]
    telling = max(foreign, key=lambda row: len(set(row)), default=("",) * len(found))
    for reading, line in zip(found, telling, strict=True):
        sample = line.strip()[:40]
        choices.append(
            Said(f"“{name}” is in {reading.name}: “{sample}”",
                 f"“{name}”是 {reading.name} 编码：“{sample}”")
        )  # fmt: skip
    return Unclear(Said("Which of these reads right?", "哪一种读起来是对的？"), choices)


def media_item(media: Media) -> MediaItem:
    """A file as the agent sees it."""
    from nemo_widgets.studio.timeline.media_item import MediaItem

    return MediaItem(
        src=media.src,
        name=media.name,
        kind=media.kind,
        duration_ms=media.duration_ms,
        has_audio=media.has_audio,
        tracks=media.tracks,
        fps=media.fps,
    )
