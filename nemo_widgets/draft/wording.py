"""The studio's own keys in plain words: looks, zooms, crops, fades, and how a segment is played."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nemo_widgets.links import plain_links

from .clock import duration
from .schema import (
    ANIMATIONS,
    COLORS,
    FITS,
    FLIPS,
    POSITIONS,
    TEXT_KINDS,
    TRANSITIONS,
    look_name,
    percent,
    rotation_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .layout import Segment
    from .schema import Name

__all__ = ["EFFECTS", "ROOT", "SEGMENT", "effects", "plain", "quoted", "short", "transition"]

_LONGEST = 60
"""A text or value longer than this is cut short."""
_ABSURD = 1e9


def transition(s: Segment) -> str:
    """The transition at the cut before a segment, such as "fade through black 0.5 s"; "" for none."""
    name = _name(TRANSITIONS, s.transition)
    return f"{name} {duration(s.transition_ms)}" if name else ""


def effects(s: Segment) -> Iterator[str]:
    """What is done to a segment's picture and sound, one short text each: "backwards", "black and white"."""
    meta = s.meta
    if meta.get("freeze") is True:
        yield "held"
    elif meta.get("reverse") is True:
        yield "backwards"
    if turn := _rotated(meta.get("rotate")):
        yield f"turned {turn}"
    if flip := FLIPS.get(str(meta.get("flip"))):
        yield f"mirrored {flip.en}"
    if isinstance(meta.get("crop"), dict):
        yield "cropped"
    if zoom := _zoomed(meta.get("zoom")):
        yield f"zoom {zoom}"
    if look := _looks(meta.get("looks")):
        yield look
    if meta.get("tracks"):
        yield f"sound tracks: {_tracks(meta['tracks'])}"
    yield from _heard(meta)


def _heard(meta: Mapping[str, Any]) -> Iterator[str]:
    """What is done to its loudness, from its beginning to its end."""
    for key, name in (("fade_in", "fade in"), ("fade_out", "fade out")):
        if ms := _number(meta.get(key)):
            yield f"{name} {duration(round(ms))}"
    if meta.get("duck") is True:
        yield "ducked"


def plain(value: Any) -> str:
    """A value in a few characters, a link without its query; "" for none and for what is too much to show."""
    if value is None or value == "" or isinstance(value, (dict, list)):
        return ""
    return short(plain_links(value) if isinstance(value, str) else json.dumps(value))


def short(text: str) -> str:
    """A text on one line, cut short if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def quoted(text: str) -> str:
    """A text in quotation marks, "" for none."""
    return f"“{short(text)}”" if text else ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < _ABSURD else None


def _seconds(value: Any) -> str:
    number = _number(value)
    return plain(value) if number is None else duration(round(number))


def _on(value: Any) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else plain(value)


def _backwards(value: Any) -> str:
    return ("backwards" if value else "forwards") if isinstance(value, bool) else plain(value)


def _rotated(value: Any) -> str:
    number = _number(value)
    if number is None:
        return plain(value)
    return rotation_name(number).en if number else ""


def _cropped(value: Any) -> str:
    numbers = [_number(value.get(key)) for key in "whxy"] if isinstance(value, dict) else []
    known = [percent(n) for n in numbers if n is not None]
    return f"{known[0]} × {known[1]} at {known[2]}, {known[3]}" if len(known) == 4 else plain(value)  # noqa: PLR2004


def _zoomed(value: Any) -> str:
    given = value if isinstance(value, dict) else {}
    start, stop = (_number(given.get(key, 1)) for key in ("from", "to"))
    if not given or start is None or stop is None:
        return plain(value)
    if start == stop:
        return "" if start == 1 else f"{start:g}×"
    return f"from {start:g}× to {stop:g}×"


def _looks(value: Any) -> str:
    looks = [_look(look) for look in value] if isinstance(value, list) else []
    return short(", ".join(filter(None, looks))) if looks else plain(value)


def _look(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str):
        return ""
    amount = _number(value.get("amount", 1))
    return look_name(kind, 1.0 if amount is None else amount).en


def _focused(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return plain(value)
    return f"{len(value)} points" if len(value) > 1 else "one point"


def _loudness(value: Any) -> str:
    number = _number(value)
    return plain(value) if number is None else f"{number:g} LUFS"


def _name(names: Mapping[str, Name], value: str) -> str:
    return names[value].en if value in names else short(value)


def _named(names: Mapping[str, Name]) -> Callable[[Any], str]:
    return lambda value: _name(names, value) if isinstance(value, str) else plain(value)


def _tracks(value: Any) -> str:
    numbers = value if isinstance(value, list) else []
    known = [str(n) for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    return (
        ("only " if value else "") + " and ".join(known)
        if known
        else "all"
        if value is None
        else plain(value)
    )


def _quotation(value: Any) -> str:
    return quoted(plain(value))


Wording = tuple[str, "Callable[[Any], str]"]
"""What a key is called, and how its value is put."""

SEGMENT: dict[str, Wording] = {
    "position": ("place", _named(POSITIONS)),
    "size": ("size", plain),
    "color": ("colour", _named(COLORS)),
    "style": ("style", _named({key: kind.name for key, kind in TEXT_KINDS.items()})),
    "subtitle": ("second line", _quotation),
    "background": ("background", _named(COLORS)),
    "animation": ("animation", _named(ANIMATIONS)),
    "fade_in": ("fade in", _seconds),
    "fade_out": ("fade out", _seconds),
    "tracks": ("sound tracks", _tracks),
    "duck": ("ducking", _on),
    "loop": ("loop", _on),
    "reverse": ("direction", _backwards),
    "rotate": ("rotation", _rotated),
    "flip": ("mirroring", _named(FLIPS)),
    "crop": ("crop", _cropped),
    "fit": ("fit", _named(FITS)),
    "focus": ("focus", _focused),
    "zoom": ("zoom", _zoomed),
    "looks": ("look", _looks),
}
"""The keys of a segment's metadata that are told by what they mean."""


def _behind(value: Any) -> str:
    given = value if isinstance(value, dict) else {}
    return quoted(plain(given.get("name"))) if given.get("src") else plain(given.get("type") or value)


ROOT: dict[str, Wording] = {
    "backdrop": ("picture", _behind),
    "title": ("title", _quotation),
    "fps": ("frame rate", plain),
    "fit": ("fit", _named(FITS)),
    "resolution": ("resolution", lambda value: "as filmed" if value == "source" else plain(value)),
    "loudness": ("loudness", _loudness),
    "fade_in": ("fade in", _seconds),
    "fade_out": ("fade out", _seconds),
    "fade_color": ("fade colour", plain),
}
"""The same of the draft's metadata, but for its canvas."""

EFFECTS = frozenset(
    {"direction", "rotation", "mirroring", "crop", "fit", "focus", "zoom", "look", "freeze", "speed"}
)
"""What is done to a clip's picture, by the names that a change has."""
