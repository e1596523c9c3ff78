"""What a state shows of an edit's work beside the timeline: the canvas, and what was generated (§7).

An edit may change these alone, and be paid for. They are no timeline, so that a change of theirs does not
say that the edit was made; but nobody may say then that it was not, and what has changed is named.
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.client import MediaFile
from nemo_widgets.client.json_values import find, number, text
from nemo_widgets.draft import fingerprint
from nemo_widgets.media_types import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.client import State

__all__ = ["beside", "news_beside"]

_RATIO = re.compile(r"\d{1,4}(?:\.\d{1,3})?\s*[:/x×]\s*\d{1,4}(?:\.\d{1,3})?")
_LARGEST = 100_000
"""In pixels: a larger canvas is none."""


def beside(state: State) -> dict[str, str]:
    """The fingerprints of what a state holds beside the timeline, by its name; none of what is empty.

    Beside them stands how many files were generated.
    """
    held = {"canvas": state.canvas, "generated": state.generated_media}
    told = {name: fingerprint(value) for name, value in held.items() if value}
    return told | ({"count": str(count)} if (count := len(_files(state.generated_media))) else {})


def news_beside(before: Mapping[str, Any] | None, now: State) -> str:
    """What has changed since `before`, in words; "" where nothing has, or where that is not known.

    A state that does not hold it tells nothing of it: any key may be missing (§7).
    """
    if before is None:
        return ""
    prints, told = beside(now), []
    if "canvas" in prints and before.get("canvas") != prints["canvas"]:
        told.append(_of_the_canvas(now.canvas))
    if "generated" in prints and before.get("generated") != prints["generated"]:
        told.append(_of_the_generated(now.generated_media, int(number(before.get("count")) or 0)))
    return told[0] if len(told) == 1 else say("beside.and", first=told[0], then=told[1]) if told else ""


def _of_the_canvas(canvas: Mapping[str, Any]) -> str:
    ratio = _RATIO.fullmatch(text(find(canvas, "ratio", "aspect_ratio")).strip())
    width, height = number(find(canvas, "width", "w")), number(find(canvas, "height", "h"))
    size = f"{width:.0f}×{height:.0f}" if width and height and 0 < width * height < _LARGEST**2 else ""
    now = " ".join(filter(None, [ratio[0] if ratio else "", size]))
    return say("beside.canvas", size=now) if now else say("beside.canvas changed")


def _of_the_generated(media: Any, before: int) -> str:
    """How many files are new. They stand at the end, as those do that a state lists."""
    new = _files(media)[before:]
    if not new:
        return say("beside.generated")
    clips, count = all(map(_is_clip, new)), len(new)
    if count == 1:
        return say("beside.one clip" if clips else "beside.one file")
    return say("beside.clips", count=count) if clips else say("beside.files", count=count)


def _is_clip(file: MediaFile) -> bool:
    known = MEDIA_TYPES.get(PurePath(file.filename).suffix.lower())
    return "video" in (file.file_type, known.kind if known else "")


def _files(media: Any) -> list[MediaFile]:
    """The files of what was generated: a list, or an object of lists by their kinds."""
    items = media if isinstance(media, list) else []
    if isinstance(media, dict):
        items = list(chain.from_iterable(held for held in media.values() if isinstance(held, list)))
    return [MediaFile.from_json(item) for item in items if isinstance(item, dict)]
