"""Subtitle files of the texts: SubRip (`.srt`), WebVTT (`.vtt`) and Advanced SubStation Alpha (`.ass`)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from nemo_widgets.catalogue import say
from nemo_widgets.draft.layout import tracks_of
from nemo_widgets.draft.schema import POSITIONS, TEXT_COLOR, TEXT_KINDS
from nemo_widgets.draft.values import number, text
from nemo_widgets.printable import without_controls

from .cut import line_of
from .losses import missed_of_texts

if TYPE_CHECKING:
    from nemo_widgets.draft.layout import Segment

    from .cut import Cut
    from .losses import Losses

__all__ = ["write_ass", "write_srt", "write_vtt"]

_HEIGHT = 1080
"""In lines: letters' sizes in a draft are for a frame of so many."""
_LONGEST = 1000
"""In characters: nobody reads a longer text in a film."""
_COLOR = re.compile("#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_TAG = re.compile(r"<(?=[/!?a-z])|\{(?=[\\/])", re.IGNORECASE)
"""What players of SubRip read as the beginning of a tag, though the format has no way to escape it."""
_TAG_SIGNS = {"<": "‹", "{": "｛"}
_ASS_SIGNS = str.maketrans({"{": "｛", "}": "｝", "\\": "＼"})
"""What stands for signs that a format gives a meaning and can't escape."""
_ROW = ("line:0 ", "line:50% ", "")
_COLUMN = ("position:0% align:start", "", "position:100% align:end")
_STYLE = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
    "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, "
    "MarginR, MarginV, Encoding"
)
_EVENT = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"


class _Cue(NamedTuple):
    start_ms: int
    end_ms: int
    lines: list[str]
    segment: Segment

    @property
    def position(self) -> str:
        """Where it stands: one of `POSITIONS`."""
        told = text(self.segment.meta.get("position"))
        return told if told in POSITIONS else TEXT_KINDS[self.segment.text_kind].position


def _cues(data: dict[str, Any], format_: str, losses: Losses) -> list[_Cue]:
    """The texts by their beginning.

    Raises:
        ValueError: there are none.
    """
    made = []
    for track in tracks_of(data):
        for s in track.segments if track.kind == "text" else ():
            words = f"{s.text}\n{text(s.meta.get('subtitle'))}"
            if len(words) > _LONGEST:
                losses.count("long text")
            words = without_controls(words[:_LONGEST])
            lines = [" ".join(line.split()) for line in words.splitlines()]
            lines = [line for line in lines if line]
            start = max(0, s.start_ms)
            if lines and s.end_ms > start:
                made.append(_Cue(start, s.end_ms, lines, s))
    if not made:
        raise ValueError(say("formats.no texts", format=format_))
    return sorted(made, key=lambda cue: cue[:2])


def _clock(ms: int, point: str) -> str:
    hours, rest = divmod(ms, 3_600_000)
    return f"{hours:02}:{rest // 60_000:02}:{rest // 1000 % 60:02}{point}{rest % 1000:03}"


def write_srt(cut: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """The texts and their times as SubRip.

    Raises:
        ValueError: there are none.
    """
    told = []
    for n, cue in enumerate(_cues(data, "SRT", losses), 1):
        words = "\n".join(cue.lines)
        plain = _TAG.sub(lambda found: _TAG_SIGNS[found[0]], words.replace("-->", "--›"))
        if plain != words:
            losses.count("signs")
        told.append(f"{n}\n{_clock(cue.start_ms, ',')} --> {_clock(cue.end_ms, ',')}\n{plain}\n")
    missed_of_texts(cut, ("subtitle",), losses)
    return "\n".join(told).encode("utf-8")


def write_vtt(cut: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """The texts, their times and places as WebVTT.

    Raises:
        ValueError: there are none.
    """
    told = ["WEBVTT\n"]
    for cue in _cues(data, "WebVTT", losses):
        row, column = divmod([*POSITIONS].index(cue.position), 3)
        place = f" {_ROW[row]}{_COLUMN[column]}".rstrip()
        words = html.escape("\n".join(cue.lines), quote=False)
        told.append(f"{_clock(cue.start_ms, '.')} --> {_clock(cue.end_ms, '.')}{place}\n{words}\n")
    missed_of_texts(cut, ("position", "subtitle"), losses)
    return "\n".join(told).encode("utf-8")


def write_ass(cut: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """The texts, their times, places, sizes and colours as Advanced SubStation Alpha, a style for each kind.

    Raises:
        ValueError: there are none.
    """
    cues = _cues(data, "ASS", losses)
    width = round(_HEIGHT * cut.width / cut.height) if cut.width and cut.height else 1920
    kinds = [kind for kind in TEXT_KINDS if any(cue.segment.text_kind == kind for cue in cues)]
    lines = [
        "[Script Info]",
        f"Title: {line_of(cut.title)}",
        "ScriptType: v4.00+",
        "WrapStyle: 0",
        "ScaledBorderAndShadow: yes",
        f"PlayResX: {width}",
        f"PlayResY: {_HEIGHT}",
        "",
        "[V4+ Styles]",
        f"Format: {_STYLE}",
        *(_style(kind) for kind in kinds),
        "",
        "[Events]",
        f"Format: {_EVENT}",
        *(_dialogue(cue, losses) for cue in cues),
    ]
    missed_of_texts(cut, ("position", "size", "color", "style", "subtitle"), losses)
    return ("\n".join(lines) + "\n").encode("utf-8")


def _style(name: str) -> str:
    kind = TEXT_KINDS[name]
    colours = f"{_colour(TEXT_COLOR)},&H000000FF,&H00000000,&H80000000"
    look = f"0,0,0,0,100,100,0,0,1,2,1,{_place(kind.position)},40,40,40,1"
    return f"Style: {name},Arial,{kind.size},{colours},{look}"


def _dialogue(cue: _Cue, losses: Losses) -> str:
    words = r"\N".join(line.translate(_ASS_SIGNS) for line in cue.lines)
    if words.replace(r"\N", "\n") != "\n".join(cue.lines):
        losses.count("signs")
    start, end = round(cue.start_ms / 10), round(cue.end_ms / 10)
    times = f"{_hundredths(start)},{_hundredths(max(end, start + 1))}"
    return f"Dialogue: 0,{times},{cue.segment.text_kind},,0,0,0,,{_overrides(cue)}{words}"


def _overrides(cue: _Cue) -> str:
    """What of a text is not as its kind has it."""
    meta, kind = cue.segment.meta, TEXT_KINDS[cue.segment.text_kind]
    made = f"\\an{_place(cue.position)}" if cue.position != kind.position else ""
    size = number(meta.get("size"))
    if size is not None and 1 <= size <= _HEIGHT and round(size) != kind.size:
        made += f"\\fs{round(size)}"
    colour = _colour(text(meta.get("color")))
    if colour and colour != _colour(TEXT_COLOR):
        made += f"\\c{colour}&"
    return f"{{{made}}}" if made else ""


def _place(position: str) -> int:
    """A place as the keys of a number pad have it, 1 at the bottom left."""
    row, column = divmod([*POSITIONS].index(position), 3)
    return 7 - 3 * row + column


def _colour(told: str) -> str:
    """A colour as the format has it, blue first; "" for none."""
    found = _COLOR.fullmatch(told)
    return f"&H00{found[3]}{found[2]}{found[1]}".upper() if found else ""


def _hundredths(count: int) -> str:
    return f"{count // 360_000}:{count // 6000 % 60:02}:{count // 100 % 60:02}.{count % 100:02}"
