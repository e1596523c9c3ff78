"""A draft turned into a plan: which frame of which clip is shown, and which samples are heard, when.

Everything is placed by its own absolute time, so that rounding to frames never adds up. The sound is cut
where the picture is cut, on the sample.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import english
from nemo_widgets.draft import AUDIO, LONGEST_MS, TEXT, VIDEO, Draft, Segment, is_sound, main_track
from nemo_widgets.draft.schema import LOUDNESS_LUFS
from nemo_widgets.export_formats import ANIMATIONS
from nemo_widgets.fonts import forms_of_all
from nemo_widgets.studio.limits import short
from nemo_widgets.studio.media import probe

from .clips import Clips, label
from .effects.reading import number, rotation
from .errors import RenderError
from .model import Fades, Plan
from .output import Output, even, parse_rate
from .shots import make_shot
from .sound_shots import GRID, make_sound_shot
from .spans import make_spans
from .text import stacked, title
from .voices import beds, voices

if TYPE_CHECKING:
    from .clips import Probe, Sources
    from .effects.treatment import Treatment
    from .model import AudioClip, Title, VideoClip

__all__ = ["make_plan"]

_USUAL_FASTEST = Fraction(60)


def make_plan(draft: Draft, sources: Sources, output: Output | None = None, *, probe: Probe = probe) -> Plan:
    """What is to be shown and heard when.

    Args:
        draft: the timeline; times in ms (protocol §8).
        sources: maps a segment's `src` to a file here; a LookupError, OSError or ValueError of it is told.
        output: the form of the export.
        probe: how a file is looked into, `media.probe` by default.

    Raises:
        RenderError: the draft can't be rendered; one sentence, which names the clip.
    """
    return _Planner(draft, sources, output or Output(), probe).plan()


class _Planner:
    def __init__(self, draft: Draft, sources: Sources, output: Output, probe: Probe) -> None:
        self._draft, self._output = draft, output
        self._clips = Clips(sources, probe)
        tracks = draft.layout()
        self._tracks = [t.segments for t in tracks if t.type == VIDEO and t.segments]
        main = main_track(draft.data) if is_sound(draft.data) else None
        self._main = [s for t in tracks if t.raw is main for s in t.segments]
        self._sounds = [s for t in tracks if t.type == AUDIO and t.raw is not main for s in t.segments]
        self._texts = [s for t in tracks if t.type == TEXT for s in t.segments]
        if not self._tracks and not self._main and not self._sounds and not self._texts:
            raise RenderError(english("film.empty"))
        for segment in [s for t in self._tracks for s in t] + self._main + self._sounds + self._texts:
            if segment.duration_ms <= 0:
                raise RenderError(english("film.no length", name=label(segment)))
        self._width, self._height, self._fps = self._form()

    def plan(self) -> Plan:
        frames = round(self._draft.duration_ms * self._fps / 1000)
        if frames < 1:
            raise RenderError(english("film.short"))
        if frames > Fraction(LONGEST_MS, 1000) * self._fps:
            raise RenderError(english("film.long"))
        fit = self._draft.meta.get("fit")
        ordered = [sorted(track, key=lambda s: s.start_ms) for track in self._tracks]
        rows = [[(s, make_shot(s, self._clips, self._fps, fit)) for s in track] for track in ordered]
        rows = [[(s, shot) for s, shot in row if shot.last > shot.first] for row in rows]
        forms = forms_of_all(s.text for s in self._texts)
        titles = [t for s in self._texts if (t := title(s, self._fps, frames, forms)) is not None]
        largest = self._largest(rows)
        first = self._first_size() if self._output.resolution == "source" or largest < 1 else None
        size = self._output.size(self._width, self._height, first, largest=largest)
        titles = stacked(titles, *size)
        plan = Plan(
            *size,
            self._fps,
            frames,
            tuple(make_spans(rows, titles, frames)),
            (),
            self._output.rate_factor,
            self._output.preset or "veryfast",
            self._output.quality,
            str(self._draft.meta.get("title") or ""),
            _loudness(self._draft.meta.get("loudness")),
            _fades(self._draft.meta, self._fps, frames),
            self._output.format,
            copied=self._output.copies,
        )
        if self._main:
            plan = self._sound_alone(plan, titles)
        pieces = [p for row in rows for p in voices(row, plan, self._clips)] + self._own_sound(plan)
        pieces += beds(self._sounds, plan, self._clips)
        return replace(plan, pieces=tuple(sorted(pieces, key=lambda p: p.at)))

    def _sound_alone(self, plan: Plan, titles: list[Title]) -> Plan:
        """The plan of a sound: with the picture that stands behind it, else with its waveform."""
        segment = self._backdrop()
        if segment is None and plan.format in ANIMATIONS:
            raise RenderError(english("film.silent", format=plan.format.upper()))
        if segment is None:
            return replace(plan, waveform=True)
        shot = make_shot(segment, self._clips, self._fps, None)
        shot = replace(shot, last=plan.frames, step=Fraction(0))
        return replace(plan, spans=tuple(make_spans([[(segment, shot)]], titles, plan.frames)))

    def _backdrop(self) -> Segment | None:
        """The picture that stands behind sound alone."""
        told = self._draft.meta.get("backdrop")
        backdrop = told if isinstance(told, dict) and self._main else {}
        src, name = backdrop.get("src"), str(backdrop.get("name") or "")
        if not isinstance(src, str) or not src:
            return None
        return Segment(0, "backdrop", name, 0, self._draft.duration_ms, src)

    def _own_sound(self, plan: Plan) -> list[AudioClip]:
        """The sound of a main track that is sound alone, cut to the millisecond."""
        row = [(s, make_sound_shot(s, self._clips)) for s in sorted(self._main, key=lambda s: s.start_ms)]
        return voices(row, replace(plan, fps=GRID, frames=self._draft.duration_ms), self._clips)

    def _form(self) -> tuple[int, int, Fraction]:
        """Canvas and frame rate: the output's, the draft's, or else the first clip's."""
        root = self._draft.meta
        size: list[Any] = [root.get("width"), root.get("height")]
        rate = self._output.fps if self._output.fps is not None else root.get("fps")
        first = self._sized() or self._backdrop()
        info = None
        if first is not None and (rate is None or not all(_positive(n) for n in size)):
            info = self._clips.info(first)
        if not all(_positive(n) for n in size):
            wide, high = (info.width or 16, info.height or 9) if info is not None else (16, 9)
            if first is not None and rotation(first.meta, label(first)) in (90, 270):
                wide, high = high, wide
            scale = min(Fraction(1080, min(wide, high)), Fraction(1920, max(wide, high)))
            size = [even(wide * scale), even(high * scale)]
        if isinstance(rate, bool) or not isinstance(rate, int | float | str):
            rate = None
        if rate is not None:
            fps = parse_rate(rate)
        else:
            fps = min(info.fps if info is not None and info.fps else Fraction(30), _USUAL_FASTEST)
        fps = fps if self._output.fps is not None else self._output.rate(fps)
        return round(size[0]), round(size[1]), fps

    def _largest(self, rows: list[list[tuple[Segment, VideoClip]]]) -> Fraction:
        """The share of the canvas' sides at which no clip is enlarged; 1 if the draft has its own size.

        Photos have far more pixels than film: they count only where there is no film.
        """
        root, shown = self._draft.meta, [each for row in rows for each in row]
        unsized = root.get("resolution") == "source" or not (root.get("width") and root.get("height"))
        if unsized and not shown and (behind := self._backdrop()) is not None:
            shown = [(behind, make_shot(behind, self._clips, self._fps, None))]
        if not unsized or not shown:
            return Fraction(1)
        deciding = [each for each in shown if self._filmed(each[0])] or shown
        return min(Fraction(1), max(self._share(segment, shot.treatment) for segment, shot in deciding))

    def _share(self, segment: Segment, treatment: Treatment) -> Fraction:
        """The share of the canvas' sides at which a clip has the size that it was filmed in."""
        info = self._clips.info(segment)
        sides = (info.height, info.width) if treatment.rotate in (90, 270) else (info.width, info.height)
        filmed = [max(1, side) * Fraction(part) for side, part in zip(sides, treatment.crop[2:], strict=True)]
        shares = filmed[0] / self._width, filmed[1] / self._height
        return min(shares) if treatment.fit == "crop" else max(shares)

    def _sized(self) -> Segment | None:
        """The segment that decides the size where none is said: the first of film, else the first photo."""
        shown = [s for track in self._tracks for s in track]
        return next((s for s in shown if self._filmed(s)), shown[0] if shown else None)

    def _filmed(self, segment: Segment) -> bool:
        """Whether a segment is of a video, not of a photo or a drawn card."""
        return self._clips.info(segment).kind == "video"

    def _first_size(self) -> tuple[int, int]:
        """How large the first clip is; the canvas where that is not known."""
        first = self._sized() or self._backdrop()
        info = self._clips.info(first) if first is not None else None
        return (
            (info.width, info.height) if info and info.width and info.height else (self._width, self._height)
        )


def _loudness(value: Any) -> float | None:
    """What an export can be brought to: -5 is as loud as anything is made, -40 hardly heard."""
    level = number(value)
    return None if level is None else min(float(LOUDNESS_LUFS[1]), max(float(LOUDNESS_LUFS[0]), level))


def _fades(root: dict[str, Any], fps: Fraction, frames: int) -> Fades:
    """How the whole begins and ends; two fades that are longer than it are shortened alike."""
    color = root.get("fade_color") or "black"
    if color not in ("black", "white"):
        raise RenderError(english("film.colour", color=short(repr(color))))
    wanted = []
    for key, done in (("fade_in", "in"), ("fade_out", "out")):
        ms = number(root.get(key) or 0)
        if ms is None or ms < 0:
            raise RenderError(english(f"film.fade {done}", ms=short(repr(root[key]))))
        wanted.append(round(ms * fps / 1000))
    if sum(wanted) > frames:
        wanted = [fade * frames // sum(wanted) for fade in wanted]
    return Fades(wanted[0], wanted[1], color)


def _positive(value: Any) -> bool:
    return (number(value) or 0) >= 1
