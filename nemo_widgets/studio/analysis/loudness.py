"""How loud a clip is as a whole, by the broadcasters' rule (EBU R 128)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from nemo_widgets.studio.media import MediaError, probe
from nemo_widgets.studio.media.loudness import LoudnessMeter
from nemo_widgets.studio.media.mix import MixReader
from nemo_widgets.studio.media.sound import RATE

from .errors import AnalysisCancelled, NoSound, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["FoundLoudness", "find_loudness"]

_BLOCK = RATE // 2


class FoundLoudness(TypedDict):
    """`integrated` in LUFS, None where nothing is heard; `true_peak` in dBTP, at least -66; `range` in LU."""

    integrated: float | None
    true_peak: float
    range: float


def find_loudness(
    path: Path,
    *,
    tracks: Sequence[int] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> FoundLoudness:
    """The loudness of a clip as it is heard in an export: in two channels, at 48 kHz.

    A sound of one channel is heard from both sides, hence 3 LU louder than where the one is measured alone.

    Args:
        path: the clip; any container and codec that FFmpeg reads.
        tracks: the numbers of the sound tracks that are heard, from 1; none for all of them.
        progress: called with 0..1, from the calling thread.
        cancelled: asked several times a second whether to stop.
        name: what sentences call the clip, by default its file's name.

    Raises:
        NoSound: the clip has no sound at all.
        Unreadable: the file is no clip.
        AnalysisCancelled: `cancelled` said so.
    """
    name = name or path.name
    try:
        info = probe(path, name)
        if not info.has_audio:
            raise NoSound(f"{name} has no sound, so it has no loudness.")
        meter, heard = LoudnessMeter(), 0
        with MixReader(path, name, tracks) as reader:
            while len(block := reader.read(_BLOCK)):
                if cancelled is not None and cancelled():
                    raise AnalysisCancelled(f"Measuring the loudness of {name} was stopped.")
                meter.push(block)
                heard += len(block)
                if progress is not None and info.duration_ms:
                    progress(min(1.0, heard * 1000 / RATE / info.duration_ms))
    except MediaError as error:
        raise Unreadable(str(error)) from error
    found = meter.finish()
    if progress is not None:
        progress(1.0)
    return {"integrated": found.integrated, "true_peak": found.true_peak, "range": found.range}
