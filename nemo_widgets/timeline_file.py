"""A timeline as a file for another program, such as `s.export("cut.otio")`: no film is rendered for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft import Bundle, Draft, Shown, shown
from nemo_widgets.draft.timeline_types import TIMELINES, timeline_type
from nemo_widgets.errors import DownloadError, NothingToExport, UsageError
from nemo_widgets.links import is_link, link_name
from nemo_widgets.paths import expanded, is_file
from nemo_widgets.paths import shown as short
from nemo_widgets.printable import printable
from nemo_widgets.question import escaped
from nemo_widgets.safe_markdown import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nemo_widgets.running import Connection, Run

__all__ = ["TimelineFile", "export_timeline"]

_OPTIONS = ("fps", "drop_frame")


@dataclass(frozen=True)
class TimelineFile(Shown):
    """A timeline file that was written.

    Attributes:
        path: where it is.
        format: its type, such as `otio`.
        losses: what it does not hold of the timeline, a sentence each; none where it holds everything.
    """

    path: Path
    format: str
    losses: tuple[str, ...] = ()

    def __fspath__(self) -> str:
        return str(self.path)

    def __str__(self) -> str:
        head = say("timeline.written", name=printable(short(self.path)), format=TIMELINES[self.format])
        return "\n".join([head, *self.losses] if self.losses else [head, say("loss.none")])


@shown.register
def _timeline_file(file: TimelineFile) -> Bundle:
    """What was written, and what is not in it."""
    name = f"**{escaped(printable(short(file.path)))}**"
    head = say("timeline.written", name=name, format=TIMELINES[file.format])
    lines = [f"- {loss}" for loss in file.losses] or [say("loss.none")]
    told = safe_markdown("\n".join([head, "", *lines]))
    return {"text/plain": str(file), "text/markdown": told}, {}


def export_timeline(
    connection: Connection,
    runs: Iterable[Run],
    path: str | Path,
    draft: Draft,
    options: Mapping[str, Any],
) -> TimelineFile:
    """Write a draft to a timeline file, with the places of the uploaded files on this machine.

    Raises:
        UsageError: an option is none of these files', the name can't be, or the draft has nothing for it.
        NothingToExport: the draft is empty. DownloadError: the file can't be written. MissingExtra: it needs
        a library that is not installed.
    """
    from nemo_widgets.running.naming import check_place, no_folder, spare

    if wrong := sorted(set(options) - set(_OPTIONS)):
        told = say("timeline.no film", names=", ".join(wrong))
        raise UsageError(told, hint=say("export.options", names=", ".join(_OPTIONS)))
    no_folder(str(path))
    target = expanded(path).absolute()
    uploaded = _uploaded(connection, runs)
    spare(target, [file for files in uploaded.values() for file in files])
    check_place(target)
    if not draft:
        raise NothingToExport(say("export.empty"))
    try:
        report = draft.to_file(target, paths=_places(draft, uploaded), **options)
    except ValueError as error:
        raise UsageError(str(error), hint="") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise DownloadError(say("file.unwritable", path=short(target), why=why)) from None
    return TimelineFile(target, timeline_type(target), report.losses)


def _uploaded(connection: Connection, runs: Iterable[Run]) -> dict[str, set[Path]]:
    """The files of this machine that were uploaded to the session by whichever kernel, by their names."""
    from nemo_widgets.running import UploadRun
    from nemo_widgets.running.sources import file_of

    mine = connection.place
    given = [source for run in runs if isinstance(run, UploadRun) for source in run.arrived]
    for record in connection.journal.records():
        if (record.kind, record.place.server, record.place.session_id) == (
            "upload",
            mine.server,
            mine.session_id,
        ):
            sources = record.details.get("sources")
            given += [str(item.get("source")) for item in (sources if isinstance(sources, list) else [])]
    found: defaultdict[str, set[Path]] = defaultdict(set)
    for source in given:
        if not is_link(source) and is_file(path := file_of(source)):
            found[path.name].add(path)
    return found


def _places(draft: Draft, uploaded: Mapping[str, set[Path]]) -> dict[str, str]:
    """Where sources of a draft are: files of their names, where there is one of each."""
    sources = {s.src for track in draft.layout() for s in track.segments if is_link(s.src)}
    return {
        source: str(next(iter(files)))
        for source in sources
        if len(files := uploaded.get(link_name(source), set())) == 1
    }
