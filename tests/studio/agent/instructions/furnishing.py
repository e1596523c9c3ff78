"""Checks of what stands beside the picture: the frame, fades, loudness, music and texts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from studio.agent.instructions.checks import Check, Such, meets, near, told
from studio.agent.instructions.reading import moving, shots, sounds, texts

if TYPE_CHECKING:
    from studio.agent.instructions.checks import Turn


def frame(width: int, height: int, fit: Any = None, *, follows: bool = False) -> Check:
    """The picture has this shape; `fit` is how the clips fill it, `follows` that the crop has a path."""

    def holds(turn: Turn) -> bool:
        meta, there = turn.after["m"], moving(turn.after)
        fits = {s.meta.get("fit") or meta.get("fit") or "fit" for s in there}
        return (
            abs(meta["width"] * height / (meta["height"] * width) - 1) < 0.01
            and (fit is None or fits == {fit})
            and (not follows or all(s.get("focus") for s in there))
        )

    return Check(told("frame", width, height, fit), holds, frozenset({"frame", "fit", "focus"}))


def size(width: int, height: int) -> Check:
    """The picture has this size in pixels."""
    return Check(
        told("size", width, height),
        lambda t: (t.after["m"]["width"], t.after["m"]["height"]) == (width, height),
        frozenset({"frame"}),
    )


def fade(fade_in: Any = None, fade_out: Any = None, color: str = "black") -> Check:
    """The whole film fades in or out over so many seconds; None for no such fade."""

    def holds(turn: Turn) -> bool:
        meta = turn.after["m"]
        lengths = (meta.get("fade_in") or 0) / 1000, (meta.get("fade_out") or 0) / 1000
        wanted = (fade_in or 0), (fade_out or 0)
        return all(map(meets, lengths, wanted)) and (meta.get("fade_color") or "black") == color

    return Check(told("fade", fade_in, fade_out, color), holds, frozenset({"fade"}))


SOME = (0.1, 6.0)
"""A fade whose length was not said."""


def loud(lufs: Any = (-24.0, -9.0)) -> Check:
    """The whole film is brought to this loudness."""
    return Check(
        told("loud", lufs), lambda t: meets(t.after["m"].get("loudness"), lufs), frozenset({"loudness"})
    )


def music(src: Any = None, start: float | None = None, end: float | None = None, **wanted: Any) -> Check:
    """One piece of music at a time, one of them with these keys; `src` is a mood or part of a name."""

    def holds(turn: Turn) -> bool:
        beds = sounds(turn.after)
        return not any(a.end > b.start + 50 for a, b in pairwise(beds)) and any(
            (src is None or src in bed.src)
            and (start is None or near(bed.start, start, 0.6))
            and (end is None or near(bed.end, end, 0.6))
            and all(meets(bed.meta.get(k), v) for k, v in wanted.items())
            for bed in beds
        )

    return Check(told("music", src, start=start, end=end, **wanted), holds, frozenset({"music"}))


def no_music() -> Check:
    """There is no music, or none that can be heard."""
    return Check(
        "no music", lambda t: not any(b.meta.get("volume") for b in sounds(t.after)), frozenset({"music"})
    )


def text(words: str, start: float | None = None, end: float | None = None, **wanted: Any) -> Check:
    """This text is there once, then and with these keys; position may be a part of it, such as 'left'."""

    def holds(turn: Turn) -> bool:
        found = [t for t in texts(turn.after) if (t.meta.get("text") or "").split() == words.split()]
        return len(found) == 1 and all(
            (
                start is None or near(found[0].start, start, 0.6),
                end is None or near(found[0].end, end, 0.6),
                *(_worn(found[0].meta, k, v) for k, v in wanted.items()),
            )
        )

    return Check(told("text", words, start=start, end=end, **wanted), holds, frozenset({"texts"}))


def _worn(meta: dict[str, Any], key: str, wanted: Any) -> bool:
    if key == "position":
        usual_place = "top-center" if meta.get("style", "title") == "title" else "bottom-left"
        parts = set((meta.get("position") or usual_place).split("-"))
        return set(wanted.split("-")) <= parts | ({"center"} if "middle" in parts else set())
    usual = {"style": "title", "animation": "fade"}
    return meets(meta.get(key) or usual.get(key), wanted)


def text_count(count: int) -> Check:
    """There are so many texts."""
    return Check(told("text count", count), lambda t: len(texts(t.after)) == count, frozenset({"texts"}))


def hue(name: str) -> Such:
    """A wanted value of a colour: what people would call `name`."""

    def is_it(color: str) -> bool:
        red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
        return {
            "red": red > 140 and max(green, blue) < 110,
            "yellow": min(red, green) > 150 and blue < 140,
            "blue": blue > 140 and red < 120,
            "green": green > 100 and red < 140 and blue < 160,
            "white": min(red, green, blue) > 200,
            "black": max(red, green, blue) < 60,
            "orange": red > 180 and 80 < green < 200 and blue < 120,
            "pink": red > 180 and green < 200 and blue > 100,
        }[name]

    return Such(name, is_it)


def on_beats(every: float) -> Check:
    """Each cut falls on a beat of a song that begins with the film."""

    def holds(turn: Turn) -> bool:
        cuts = [s.start + (s.meta.get("transition") or {}).get("d", 0) / 2 for s in shots(turn.after)[1:]]
        return bool(cuts) and all(abs((c / 1000 + every / 2) % every - every / 2) < 0.06 for c in cuts)

    return Check(told("on beats", every), holds, frozenset({"cut"}))
