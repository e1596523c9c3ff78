"""A timeline of sound alone: a podcast or a voice note is the film until pictures come."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import is_sound, main_track

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .store import Media

__all__ = ["beside_film", "pictures_of", "stands_behind", "untouched"]

_OWN = {"id", "start", "src", "in", "out", "speed", "volume", "name", "tracks"}
"""The keys that a segment has when it is laid down."""


def untouched(draft: Mapping[str, Any]) -> bool:
    """Whether nobody has edited a timeline of sound alone: each file stands there whole, and nothing else."""
    main = main_track(draft)
    if main is None or not is_sound(draft) or len(draft["t"]) > 1:
        return False
    return all(
        set(s["m"]) <= _OWN
        and (s["m"]["in"], s["m"]["out"], s["m"]["speed"], s["m"]["volume"]) == (0, s["d"], 1.0, 1.0)
        for s in main["sg"]
    ) and len({s["m"]["src"] for s in main["sg"]}) == len(main["sg"])


def stands_behind(draft: dict[str, Any], media: Media) -> dict[str, Any]:
    """The draft with a picture behind the sound, for as long as it lasts."""
    new = copy.deepcopy(draft)
    new["m"] |= {"backdrop": {"type": "picture", "src": media.src, "name": media.title}}
    return new


def pictures_of(draft: Mapping[str, Any]) -> dict[str, Any] | None:
    """The picture that stands behind the sound; None where there is none."""
    backdrop = draft["m"].get("backdrop")
    return backdrop if isinstance(backdrop, dict) and backdrop.get("src") else None


def beside_film(draft: dict[str, Any], empty: dict[str, Any]) -> dict[str, Any]:
    """The draft as a film begins in it: a sound that was edited stays as a track of its own.

    `empty` is the draft of a film with nothing in it yet.
    """
    if untouched(draft):
        return empty
    new = copy.deepcopy(draft)
    new["m"] = {**empty["m"], "title": new["m"].get("title", ""), **_kept(new["m"])}
    main = main_track(new)
    if main is not None:
        main["m"] = {**main.get("m", {}), "name": "Sound"}
    return new


def _kept(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {key: meta[key] for key in ("loudness", "fade_in", "fade_out", "fade_color") if key in meta}
