"""An export, its explanation and a frame as a worker makes them: an export's progress is told."""

from __future__ import annotations

import io
import json
import time
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from av.video.reformatter import Colorspace
from PIL import Image

from nemo_widgets.catalogue import english
from nemo_widgets.draft import Draft
from nemo_widgets.export_formats import usual_format

from .drafts import media_id
from .media import probe
from .render import FilmIndex, KeptFilm, Output, RenderError, explain, index_of, make_plan, render, still
from .render.formats import form_of
from .workers import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .media import MediaInfo
    from .render import Progress, RenderResult

__all__ = ["explanation", "export", "frame", "probed"]

_TELL_S = (0.04, 0.15)
"""How soon progress is told again: where it is another percent by now, and where it is not."""


def export(
    draft: str,
    files: dict[str, tuple[str, str]],
    output: dict[str, Any],
    target: Path,
    kept: Sequence[tuple[str, str]] = (),
) -> tuple[RenderResult, str]:
    """Plan and render a draft, and tell the progress; called in a worker.

    Args:
        draft: the timeline's JSON.
        files: name and path of the user's media, by their ids.
        output: the request's form of the export.
        target: the file; it is written as one that ends in ".part", and renamed when it is whole.
        kept: path and index of earlier films.

    Returns:
        What has been made, and its index: what a later export takes over what it can by; "" for none.

    Raises:
        RenderError: it can't be made; one sentence.
    """
    film = Draft(json.loads(draft))
    plan = make_plan(film, _Files(files), Output.from_request(output, usual_format(film.data)))
    films = _films(kept)
    try:
        own = index_of(plan).written()
    except OSError:  # a clip is gone: whoever reads it says so
        own = ""
    return render(plan, target, progress=_Told(), films=films), own


def explanation(
    draft: str,
    files: dict[str, tuple[str, str]],
    output: dict[str, Any],
    kept: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What an export of these arguments would do, as JSON (`openapi.shapes.EXPLANATION`); in a worker.

    Raises:
        RenderError: it can't be made; one sentence.
    """
    film = Draft(json.loads(draft))
    plan = make_plan(film, _Files(files), Output.from_request(output, usual_format(film.data)))
    names = {path: name for name, path in files.values()}
    times = [
        {
            **asdict(each),
            "source": names.get(str(each.source), ""),
            "start_ms": round(each.first * 1000 / plan.fps),
            "end_ms": round(each.last * 1000 / plan.fps),
        }
        for each in explain(plan, _films(kept))
    ]
    shown = {"width": plan.width, "height": plan.height, "fps": round(float(plan.fps), 3)}
    return {
        "format": plan.format,
        "duration_ms": plan.duration_ms,
        "frames": plan.frames if times else 0,
        **(shown if times else dict.fromkeys(shown)),
        "stretches": times,
        "sound": form_of(plan.format).sound is not None and not (times and times[0]["why"] == "same film"),
    }


def _films(kept: Sequence[tuple[str, str]]) -> list[KeptFilm]:
    read = [(path, FilmIndex.read(text)) for path, text in kept]
    return [KeptFilm(Path(path), index) for path, index in read if index is not None]


def frame(draft: str, files: dict[str, tuple[str, str]], at_ms: int, resolution: str | None) -> bytes:
    """The picture of a draft at a moment, as PNG; called in a worker.

    Args:
        draft: the timeline's JSON.
        files: name and path of the user's media, by their ids.
        at_ms: the moment.
        resolution: as an export's; None for its usual size.

    Raises:
        RenderError: there is none; one sentence.
    """
    film, output = Draft(json.loads(draft)), Output(resolution=resolution)
    plan = make_plan(film, _Files(files), output, probe=probed)
    shown, out = still(plan, at_ms), io.BytesIO()
    rgb = shown.reformat(format="rgb24", src_colorspace=Colorspace.ITU709)
    picture = Image.fromarray(rgb.to_ndarray())
    picture.save(out, "PNG", compress_level=1)  # quick: it goes to the same machine
    return out.getvalue()


def probed(path: Path, name: str) -> MediaInfo:
    """What is in a file, as `media.probe` says it; remembered for as long as the file is what it was.

    It takes a quarter of the time of a frame, and people look at one frame after the other.
    """
    try:
        about = path.stat()
    except OSError:  # whoever reads it says so
        return probe(path, name)
    return _probed(path, name, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=64)
def _probed(path: Path, name: str, changed: int, size: int) -> MediaInfo:  # noqa: ARG001 - both tell files apart
    return probe(path, name)


class _Files:
    """The files of a draft's sources."""

    def __init__(self, files: dict[str, tuple[str, str]]) -> None:
        self._files = files

    def __call__(self, src: str) -> Path:
        name, path = self._files.get(media_id(src), ("", ""))
        if not path:
            raise RenderError(english("film.elsewhere"))
        if not Path(path).is_file():
            raise RenderError(english("film.gone", name=name))
        return Path(path)


class _Told:
    """Tells how far a render is: often enough to be true, seldom enough to cost nothing."""

    def __init__(self) -> None:
        self._last: tuple[str, int] = "", -1
        self._at = -1.0

    def __call__(self, now: Progress) -> None:
        clock, mark = time.monotonic(), (now.stage, now.percent)
        fresh = now.stage != self._last[0]
        if fresh or clock - self._at >= _TELL_S[mark == self._last]:
            self._last, self._at = mark, clock
            tell(now)
