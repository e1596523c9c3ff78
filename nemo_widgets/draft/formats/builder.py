"""A draft built from nothing in Python: clips one behind the other, music under them, texts over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from nemo_widgets.catalogue import say
from nemo_widgets.draft.clock import moment_ms
from nemo_widgets.draft.layout import KINDS, MAIN
from nemo_widgets.draft.schema import LOUDEST, SPEEDS, TEXT_KINDS, TRANSITIONS

from .cut import file_name
from .rates import Rate, rate_of

if TYPE_CHECKING:
    from datetime import timedelta

    Moment = float | str | timedelta

__all__ = ["Builder"]

_TYPES = {kind: type_ for type_, kind in KINDS.items()}
_LETTERS = {"video": "v", "audio": "a", "text": "x"}


class _Made(Protocol):
    def __init__(self, data: dict[str, Any] | None = None) -> None: ...


D = TypeVar("D", bound=_Made)


class Builder(Generic[D]):
    """A draft under way. Times are seconds, texts such as "1:20.3", or `timedelta`; they go to whole frames.

    A source is a file that is uploaded to the session, by its name, its path, or its `cdn_url`.
    """

    def __init__(
        self,
        kind: type[D],
        *,
        fps: float | str | None = None,
        width: int = 0,
        height: int = 0,
        title: str = "",
    ) -> None:
        self._kind = kind
        self._rate = Rate(rate_of(fps))
        fraction = self._rate.fps
        whole: Any = int(fraction) if fraction.denominator == 1 else str(fraction)
        sized = {"width": width, "height": height} if width > 0 and height > 0 else {}
        self._meta: dict[str, Any] = {**({"title": title} if title else {}), **sized, "fps": whole}
        self._tracks: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._counts = dict.fromkeys(_TYPES, 0)

    def clip(
        self,
        source: str,
        begin: Moment = 0,
        end: Moment | None = None,
        *,
        speed: float = 1.0,
        volume: float | None = None,
        name: str = "",
        transition: str = "",
        overlap: Moment = 0.5,
        lasting: Moment | None = None,
        **more: Any,
    ) -> Self:
        """Add a clip behind the last one.

        Args:
            source: the file.
            begin: where in the file what is shown begins.
            end: where it ends; for a photo leave it out and say `lasting`.
            speed: in times its own.
            volume: 1 is as recorded.
            name: what it is called; by default as its file.
            transition: what leads into it, such as crossfade, over `overlap`.
            overlap: how long the transition is.
            lasting: how long it is shown, where that does not follow from `end`.
            more: further keys of the segment, as the protocol has them.

        Raises:
            ValueError: a time, speed, level or transition can't be used.
        """
        begin_ms = self._at(begin)
        if lasting is not None:
            long = self._at(lasting)
        elif end is not None:
            _within(speed, *SPEEDS)
            long = self._at((moment_ms(end) - begin_ms) / 1000 / speed if moment_ms(end) > begin_ms else 0)
        else:
            raise ValueError(say("build.end", name=source[:60]))
        if long <= 0:
            raise ValueError(say("build.length", name=source[:60]))
        segments = self._tracks.setdefault(("video", MAIN), [])
        start = _end(segments)
        meta: dict[str, Any] = {"in": begin_ms, "out": begin_ms + round(long * speed)}
        if transition and segments:
            if transition not in TRANSITIONS:
                known = ", ".join(TRANSITIONS)
                raise ValueError(say("build.transition", name=transition[:40], known=known))
            led = min(self._at(overlap), long - 1, segments[-1]["d"] - 1)
            start = self._rate.ms(self._rate.frames(start - led))
            meta["transition"] = {"type": transition, "d": _end(segments) - start}
        long = self._at((start + long) / 1000) - start
        meta["out"] = begin_ms + round(long * speed)
        meta |= {"speed": speed} if speed != 1 else {}
        return self._added("video", MAIN, start, long, self._sourced(source, name, volume, meta) | more)

    def music(
        self,
        source: str,
        begin: Moment = 0,
        end: Moment | None = None,
        *,
        start: Moment = 0,
        volume: float | None = None,
        name: str = "",
        **more: Any,
    ) -> Self:
        """Add music or another sound under the film, from a moment of the timeline on.

        Without an `end` it plays to where the clips that were added so far end.
        """
        begin_ms, at = self._at(begin), self._at(start)
        last = _end(self._tracks.get(("video", MAIN), []))
        long = self._at(end) - begin_ms if end is not None else last - at
        if long <= 0:
            raise ValueError(say("build.length", name=source[:60]))
        meta = {"in": begin_ms, "out": begin_ms + long}
        return self._added("audio", "BGM", at, long, self._sourced(source, name, volume, meta) | more)

    def text(self, words: str, start: Moment, end: Moment, *, style: str = "title", **more: Any) -> Self:
        """Add a text over the picture, from one moment of the timeline to another.

        Raises:
            ValueError: it ends before it begins, or there is no such kind of text.
        """
        if style not in TEXT_KINDS:
            raise ValueError(say("build.style", name=style[:40], known=", ".join(TEXT_KINDS)))
        at, long = self._at(start), self._at(end) - self._at(start)
        if long <= 0:
            raise ValueError(say("build.length", name=words[:60]))
        meta = {"text": words, **({} if style == "title" else {"style": style}), **more}
        return self._added("text", TEXT_KINDS[style].track, at, long, meta)

    def draft(self) -> D:
        """The draft as it is now."""
        tracks = [
            {"tt": _TYPES[kind], "m": {"name": name}, "sg": [{**s, "m": dict(s["m"])} for s in segments]}
            for (kind, name), segments in sorted(
                self._tracks.items(), key=lambda each: list(_TYPES).index(each[0][0])
            )
        ]
        ends = [_end(segments) for segments in self._tracks.values()]
        main = self._tracks.get(("video", MAIN))
        whole = _end(main) if main else max(ends, default=0)
        return self._kind({"d": whole, "m": dict(self._meta), "t": tracks})

    def _at(self, moment: Moment) -> int:
        """A moment in ms, on the frame that is nearest."""
        return self._rate.ms(self._rate.frames(moment_ms(moment)))

    def _sourced(self, source: str, name: str, volume: float | None, meta: dict[str, Any]) -> dict[str, Any]:
        if volume is not None:
            _within(volume, 0, LOUDEST)
            meta = {**meta, "volume": volume}
        return {"src": source, "name": name or file_name(source).rpartition(".")[0] or source, **meta}

    def _added(self, kind: str, track: str, start: int, long: int, meta: dict[str, Any]) -> Self:
        self._counts[kind] += 1
        ident = f"{_LETTERS[kind]}{self._counts[kind]}"
        segment = {"d": long, "m": {"id": ident, "start": start, **meta}}
        self._tracks.setdefault((kind, track), []).append(segment)
        return self


def _within(value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise ValueError(say("build.range", value=f"{value:g}", least=f"{least:g}", most=f"{most:g}"))


def _end(segments: list[dict[str, Any]]) -> int:
    return int(segments[-1]["m"]["start"] + segments[-1]["d"]) if segments else 0
