"""A message with everything that is not grammar put aside: quoted texts, file names, times, percentages.

Each of them becomes two characters of Unicode's private use area, one that says what it is and one that
says which. So nothing inside a quoted text can be read as an instruction, and the grammar sees one token
where people have a hundred ways of writing a time.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.media_types import EXTENSION
from nemo_widgets.studio.timeline.grid import FrameGrid

from .amounts import SHAPES
from .bare_names import hide_bare
from .called import hide_called, hide_words
from .counting import hide_frames
from .hedges import without_hedges
from .manners import without_courtesy
from .measures import plain_measures
from .names import clip_names
from .numbers import NUMBER, number
from .places import hide_places
from .quotes import quoted_texts
from .rewording import new_wording
from .shares import hide_shares
from .spans import find_spans
from .times import TIME, milliseconds
from .tokens import CUES, DURATION, FILE, HEX, LOOSE, PERCENT, POINT, QUOTE, RATIO, SPAN, Veiled

if TYPE_CHECKING:
    from collections.abc import Collection

    from nemo_widgets.studio.timeline.media_item import MediaItem
    from nemo_widgets.studio.timeline.outline import Outline

__all__ = [
    "CUES",
    "DURATION",
    "FILE",
    "HEX",
    "LOOSE",
    "MOST_CHARACTERS",
    "PERCENT",
    "POINT",
    "QUOTE",
    "SPAN",
    "Veiled",
    "veil",
]

_USUAL = FrameGrid(Fraction(30))
MOST_CHARACTERS = 1500
"""A message longer than this, quoted texts not counted, is not read any further."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PASTED = re.compile(
    r"(?:^WEBVTT[^\n]*\n|^[ \t]*\d+[ \t]*\r?\n)?"
    r"^[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]?\d*[ \t]*-->.*\Z",
    re.DOTALL | re.MULTILINE,
)
"""Subtitles pasted into a message, up to its end."""
_STRAY = re.compile(r"[\"“”„「」『』《》«»`＂]|(?<!\w)['‘]|(?<!s)(?<=\w)['’](?!\w)")
_IN_NAME = r"[a-z0-9_()\[\]+&~.-]"
_FILE_NAME = re.compile(rf"(?<!{_IN_NAME}){_IN_NAME}+\.{EXTENSION}(?![a-z0-9])", re.IGNORECASE)
"""What is none from its first character on is none from a later one."""
_ENDLESS = re.compile(r"\d(?:,?\d){15}|[零〇一二两三四五六七八九十百]{16}")
"""A number that nothing here can be: no length, no size, no count."""
_HEX = re.compile(r"(?<!\w)#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])", re.IGNORECASE)
_PERCENT = re.compile(
    rf"({NUMBER})\s*(?:%|percent(?![a-z])|per\s+cent(?![a-z]))|百分之({NUMBER})"
    r"|(?:(?<=[左右上下])|(?<=[左右上下][边侧面方部])|(?<=[左右上下][边侧面方部]的)|(?<=[顶底]部))(?P<below>[二三四五六八十])分之(?P<above>[一二两三四])"
    r"|(?P<tenths>[一二两三四五六七八九1-9])成(?P<more>[半一二三四五六七八九])?(?![立员本品片功])",
    re.IGNORECASE,
)
_TIME = re.compile(TIME, re.IGNORECASE)
_QUARTERS = re.compile(
    r"(?<![a-z])(?:an?\s+|(?P<three>three\s+))?quarters?(?:\s+of)?(?:\s+an?)?[\s-]seconds?(?![a-z])|四分之一秒",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"(?<!at\s)(?<!from\s)(?<!until\s)(?<![在从第\d:.])(?P<w>16|9|4|1|3|21|5|2|2\.35|2\.39|2\.4|1\.85)\s?(?::|x|×|比|\s?(?:to|by)\s?|/)\s?(?P<h>9|16|5|1|4|3|2)(?![\d:]|\.\d)(?!\s?(?:s|sec|min|x|times)(?![a-z]))"
    r"|(?P<zhw>十六|九|四|一|三)比(?P<zhh>九|十六|五|一|四|三)(?![\d一-十])",
    re.IGNORECASE,
)


def _share(m: re.Match[str]) -> Fraction:
    """A percentage as a fraction of one; 三成 is 30 %, 三成五 is 35 %, 左边三分之一 a third."""
    if m["below"]:
        return Fraction(number(m["above"])) / Fraction(number(m["below"]))
    if m["tenths"] is None:
        return number(m[1] or m[2]) / Fraction(100)
    more = number((m["more"] or "零").replace("半", "五"))
    return (10 * number(m["tenths"]) + more) / 100


def veil(
    message: str,
    media: Collection[MediaItem] = (),
    frames: FrameGrid = _USUAL,
    *,
    outline: Outline | None = None,
) -> Veiled:
    """Put aside what is not grammar; `media` are the uploaded files, which may be named.

    `frames` are the timeline's: what frame 120 and a timecode mean. With its `outline`, a word of a clip's
    name is that clip, other wordings of times and clips are read, and how exactly a number is meant says
    nothing: for what is not understood without.
    """
    v = Veiled(message=message)
    text = _PRIVATE.sub(" ", message)

    text = _PASTED.sub(lambda m: " " + v.hide(CUES, m.group(), m.group()), text)

    done, at = list[str](), 0
    for start, end in quoted_texts(text):
        done += [text[at:start], v.hide(QUOTE, text[start + 1 : end - 1], text[start:end])]
        at = end
    text = "".join([*done, text[at:]])
    if (found := new_wording(text)) is not None:
        wording = text[slice(*found)]
        text = f"{text[: found[0]].rstrip(' :：')} {v.hide(QUOTE, wording, wording)}{text[found[1] :]}"
    v.unclosed = bool(_STRAY.search(text))
    if len(text) > MOST_CHARACTERS:  # before accents are put in order, which takes the square of their number
        v.text = text
        return v
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    text = text.replace("。", "。 ").replace("、", "、")
    if len(text) > MOST_CHARACTERS:  # some characters are several in their plain form
        v.text = text
        return v
    clips = clip_names(media)
    said = text.lower()
    for name in sorted({item.name for item in media} | clips, key=len, reverse=True):
        if name and name.lower() in said:
            text = re.sub(
                rf"(?<![a-z0-9_]){re.escape(name)}(?![a-z0-9_])",
                lambda m: v.hide(FILE, m.group(), m.group()),
                text,
                flags=re.IGNORECASE,
            )
    text = _FILE_NAME.sub(lambda m: v.hide(FILE, m.group(), m.group()), text)
    text = without_hedges(text) if outline is not None else text
    text = hide_called(hide_bare(text, v, media), v, media)
    text = text if outline is None else plain_measures(hide_words(text, v, media), v, outline)
    v.digits = bool(_ENDLESS.search(text))
    if v.digits:
        v.text = text
        return v
    counted = hide_frames(text, v, frames, pictures=any(item.kind == "image" for item in media))
    v.framed, text = counted != text, counted
    text = _HEX.sub(lambda m: v.hide(HEX, m.group().lower(), m.group()), text)
    text = hide_shares(_PERCENT.sub(lambda m: v.hide(PERCENT, _share(m), m.group()), text), v)
    done, at = [], 0
    for start, end, span in find_spans(text):
        raw = text[start:end]
        done += [text[at:start], v.hide(LOOSE if span.loose else SPAN, span, raw)]
        at = end
    text = "".join([*done, text[at:]])
    text = _RATIO.sub(lambda m: _ratio(m, v), text)
    text = _QUARTERS.sub(lambda m: v.hide(DURATION, 750 if m["three"] else 250, m.group()), text)
    text = _TIME.sub(
        lambda m: v.hide(
            POINT if ":" in m.group() or "第" in m.group() else DURATION, milliseconds(m.group()), m.group()
        ),
        text,
    )
    v.text = without_courtesy(" ".join(hide_places(" ".join(text.split()), v, clips).split()))
    return v


def _ratio(m: re.Match[str], v: Veiled) -> str:
    """The token of a shape such as 9:16, or the words as they are."""
    wide, high = (Fraction(number(m[name] or m[f"zh{name}"])) for name in ("w", "h"))
    if wide.denominator > 1:
        return v.hide(RATIO, (wide / high).as_integer_ratio(), m.group()) if high == 1 else m.group()
    width, height = int(wide), int(high)
    colon = ":" in m.group() or "比" in m.group() or "/" not in m.group()
    return v.hide(RATIO, (width, height), m.group()) if (width, height) in SHAPES and colon else m.group()
