"""Files that a draft names by their path or name, found among what was uploaded to the session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets.draft import Draft
from nemo_widgets.draft.values import copied, dicts, mapping, text
from nemo_widgets.links import is_link
from nemo_widgets.paths import expanded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from nemo_widgets.running import Run

__all__ = ["uploaded_sources"]

_MADE = "music:"
"""How the sources of music begin that a studio makes itself."""


def uploaded_sources(draft: Draft, runs: Sequence[Run], infos: Callable[[], list[Any]]) -> Draft:
    """The draft with links to uploaded files where it names their path or their name; else itself.

    A name that several files have, and what was never uploaded, stays as it is: the server says so.

    Args:
        draft: the draft.
        runs: the session's runs, its uploads among them.
        infos: reads what the server says of the session's files; called where it is needed.
    """
    if not any(_is_file(meta["src"]) for meta in _sources(draft.data)):
        return draft
    by_path, by_name = _files(infos(), runs)
    data = copied(draft.data)
    for meta in _sources(data):
        source = meta["src"]
        if not _is_file(source):
            continue
        links = by_path.get(str(expanded(source).absolute())) or by_name.get(Path(source).name) or set()
        if len(links) == 1:
            meta["src"] = next(iter(links))
    return Draft(data, media_ms=draft.media_ms)


def _files(infos: list[Any], runs: Sequence[Run]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The links of the session's files, by their paths on this machine and by their names."""
    from nemo_widgets.client import MediaFile
    from nemo_widgets.running import UploadRun

    by_path: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    for info in dicts(infos):
        file = MediaFile.from_json(info)
        if file.filename and file.cdn_url:
            by_name.setdefault(file.filename, set()).add(file.cdn_url)
    for run in runs:
        for sent, path in zip(run.files, run.paths, strict=True) if isinstance(run, UploadRun) else ():
            if path is not None and sent.cdn_url:
                by_path.setdefault(str(path.absolute()), set()).add(sent.cdn_url)
                by_name.setdefault(path.name, set()).add(sent.cdn_url)
    return by_path, by_name


def _is_file(source: str) -> bool:
    return not is_link(source) and not source.startswith(_MADE)


def _sources(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The `m` of each segment that has a source."""
    for track in dicts(data.get("t")):
        for segment in dicts(track.get("sg")):
            meta = mapping(segment.get("m"))
            if text(meta.get("src")):
                yield meta
