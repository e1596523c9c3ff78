"""What changed between two drafts, as named changes with specifics."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nemo_widgets.languages import either
from nemo_widgets.printable import printable_repr

from .clock import clock, clocks
from .layout import AUDIO, VIDEO, is_sound, length_ms, main_track
from .matching import Shown, displaced, held, matched, shown, source
from .properties import UNTITLED, canvas, leftovers, of_clip, of_draft, of_item, of_track, told
from .schema import Name
from .wording import EFFECTS, NOTHING, lasting, transition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .layout import HasData, Segment, Track
    from .properties import Difference

__all__ = ["Change", "changes", "stages"]

_CLIPS = ("video", "sound")
"""What is cut."""
_DRAFT = Name("The draft", "草稿")
_WITH_CLIPS = ("added", "length", "canvas", "frame rate", "order", "moved")
"""What a clip that is new brings with it."""


@printable_repr
@dataclass(frozen=True, slots=True)
class Change:
    """One change; `before` and `after` are short texts, "" for none, in English whatever one speaks.

    `what` is, for clips: added (a source that was not there before), removed or restored (parts of a
    source; `start_ms` and `end_ms` are positions in it), moved, order, split, transition (`start_ms` is
    the cut). For music, titles and whatever else stands on a track: added, removed, moved, time (how long, or
    from when to when where its start changed as well), text. For
    all of them the property that changed: volume, speed, part (of the source), source, name, freeze, what
    `wording.SEGMENT` calls its keys (place, look, zoom ...), or detail (a key that is not known; `name` is
    its path). For the timeline: length, canvas, what `wording.ROOT` calls its keys, detail. Times but those
    of removed and restored are positions on the timeline: the new one, or the old one of what is gone.
    `kind` is video, audio, text, `type N`, unknown, or timeline; `style` a text's kind, such as caption.
    """

    what: str
    kind: str
    name: str
    start_ms: int | None = None
    end_ms: int | None = None
    before: str = ""
    after: str = ""
    style: str = ""
    chinese: tuple[str, str, str] = field(default=("", "", ""), repr=False, compare=False)
    """Name, before and after where they are words of ours; "" where they are the same in Chinese."""

    def said(self, language: str) -> Change:
        """The same with name, before and after in a language."""
        if not either(language, "", "zh"):
            return self
        name, before, after = self.chinese
        return replace(self, name=name or self.name, before=before or self.before, after=after or self.after)


def _change(what: str, kind: str, name: str | Name, at: Segment | None, values: tuple[Name, Name]) -> Change:
    """A change of what stands at a segment's place; its name, before and after may be words of ours."""
    told = (name if isinstance(name, Name) else Name.same(name), *values)
    english, chinese = ([each[n] for each in told] for n in (0, 1))
    start, end, style = (at.start_ms, at.end_ms, _style(kind, at)) if at is not None else (None, None, "")
    other = [b if b != a else "" for a, b in zip(english, chinese, strict=True)]
    called, before, after = english
    return Change(what, kind, called, start, end, before, after, style, (other[0], other[1], other[2]))


def changes(before: HasData, after: HasData) -> list[Change]:
    """The changes that lead from one draft to the other; empty if and only if their data are equal."""
    if before.data == after.data:
        return []
    found = _found(before, after)
    if is_sound(before.data) and is_sound(after.data):
        return [replace(c, kind="sound") if c.kind == "video" else c for c in found]
    return found


def _found(before: HasData, after: HasData) -> list[Change]:
    old, new = _layout(before), _layout(after)
    was, now = _clips(old), _clips(new)
    found = [*_parts(was, now), *_moves(old, new), *_splits(was, now), *_transitions(was, now)]
    found += _holds(was, now)
    numbers = _numbers(new)
    found += _of_clips(was, now, numbers)
    gone, come = _placed(old), _placed(new)
    for kind in dict.fromkeys(t.kind for t in (*old, *new)):
        found += _items(gone.get(kind, []), come.get(kind, []), kind, numbers)
    for a, b in zip(old, new, strict=False):
        found += _told(of_track(a, b), b.kind, "", Name(f"Track {b.index + 1}", f"轨道 {b.index + 1}"))
    found += _told(of_draft(before, after), "timeline", "", _DRAFT)
    if sizes := canvas(before, after):
        found.append(_change("canvas", "timeline", NOTHING, None, sizes))
    if length_ms(old) != length_ms(new):
        lengths = clocks(length_ms(old), length_ms(new))
        found.append(Change("length", "timeline", "", None, None, *lengths))
    return found or [
        _change("detail", "timeline", _in(_DRAFT, path), None, (Name.same(a), Name.same(b)))
        for path, a, b in leftovers(before.data, after.data)
    ]


def _layout(draft: HasData) -> list[Track]:
    """The tracks, that of a sound which is cut told like one of pictures."""
    main = main_track(draft.data)
    return [replace(t, type=VIDEO) if t.raw is main and t.type == AUDIO else t for t in draft.layout()]


def stages(found: Sequence[Change]) -> list[list[Change]]:
    """The changes as the stages of one turn (protocol §4: after a generated clip the agent adds by itself).

    Two lists if clips of a new source came together with music, titles, transitions or effects: the clips
    with the length and canvas that they bring, then the rest. Else all in one list, as where something went
    as well: then older things are back, and nothing was generated. None if nothing changed.
    """
    clips = [c for c in found if _comes_with_clips(c)]
    rest = [c for c in found if not _comes_with_clips(c)]
    generated = any(c.what == "added" and c.kind in _CLIPS for c in clips)
    more = any(
        c.kind not in (*_CLIPS, "timeline") or c.what in {"transition", "detail", *EFFECTS} for c in rest
    )
    went = any(c.what in ("removed", "restored") or (c.before and not c.after) for c in found)
    if generated and more and not went:
        return [clips, rest]
    return [list(found)] if found else []


def _comes_with_clips(c: Change) -> bool:
    return c.kind in (*_CLIPS, "timeline") and c.what in _WITH_CLIPS


def _told(
    found: Iterable[Difference], kind: str, name: str, path: Name, at: Segment | None = None
) -> Iterator[Change]:
    """Differences as changes of something at `path`, called `name`."""
    for what, key, before, after in found:
        yield _change(what, kind, _in(path, key) if key else name, at, (before, after))


def _in(path: Name, key: str) -> Name:
    """A key of what is at a path."""
    return Name(f"{path.en}: {key}", f"{path.zh}：{key}") if key else path


def _style(kind: str, s: Segment) -> str:
    """The kind of a text; "" for whatever else stands on a track."""
    return s.text_kind if kind == "text" else ""


def _numbers(tracks: Sequence[Track]) -> dict[int, Name]:
    """What each segment is called by its place, such as 'Track 1, segment 2'."""
    return {
        id(s): Name(f"Track {t.index + 1}, segment {s.index + 1}", f"轨道 {t.index + 1} 第 {s.index + 1} 段")
        for t in tracks
        for s in t.segments
    }


# -- clips whose source is known --------------------------------------------------------------------


def _clips(tracks: Sequence[Track]) -> list[Segment]:
    return [s for t in tracks if t.type == VIDEO for s in t.segments if source(s)]


def _parts(old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[Change]:
    """New clips, and which parts of the others are shown less often, or more often, than before."""
    known = {source(s) for s in old}
    for s in new:
        if source(s) not in known:
            when = f"{clock(s.start_ms)}–{clock(s.end_ms)}"
            yield Change("added", "video", s.name, s.start_ms, s.end_ms, after=when)
    was, now = _edges(old), _edges(s for s in new if source(s) in known)
    names = {source(s): s.name for s in (*old, *new)}
    for key in was:
        for start, end, more in _differing(was[key], now.get(key, Counter())):
            part = f"{clock(start)}–{clock(end)}"
            if more:
                yield Change("restored", "video", names[key], start, end, after=part)
            else:
                yield Change("removed", "video", names[key], start, end, before=part)


def _edges(segments: Iterable[Segment]) -> dict[str, Counter[int]]:
    """For each source, where being shown begins (+1) and ends (-1), in ms of the source."""
    found: dict[str, Counter[int]] = {}
    for s in segments:
        start, end = shown(s)
        edges = found.setdefault(source(s), Counter())
        if end > start:
            edges[start] += 1
            edges[end] -= 1
    return found


def _differing(was: Counter[int], now: Counter[int]) -> list[tuple[int, int, bool]]:
    """Where one is shown less or more often than the other: (start, end, whether more), the less first."""
    found: list[tuple[int, int, bool]] = []
    level = begun = 0
    for at in sorted({*was, *now}):
        after = level + now[at] - was[at]
        if (after > 0, after < 0) != (level > 0, level < 0):
            if level:
                found.append((begun, at, level > 0))
            begun = at
        level = after
    return sorted(found, key=lambda part: part[2])


def _moves(old: Sequence[Track], new: Sequence[Track]) -> Iterator[Change]:
    """Clips that stand elsewhere in the order; that one is later for what was put before it is no move."""
    (was, over), (now, above) = _main(old), _main(new)
    pairs, _, _ = matched(was, now)
    moved = displaced(pairs, was)
    if len(moved) > 1 and 2 * len(moved) >= len(pairs):
        yield _change("order", "video", NOTHING, None, (_listed(was), _listed(now)))
        moved = []
    moved += [(a, b) for a, b in matched(over, above)[0] if a.start_ms != b.start_ms]
    for a, b in moved:
        yield Change("moved", "video", b.name, b.start_ms, b.end_ms, *clocks(a.start_ms, b.start_ms))


def _listed(clips: Sequence[Segment]) -> Name:
    """The clips' names, in order."""
    names = [Name.same(s.name) if s.name else UNTITLED for s in clips]
    return Name(", ".join(each.en for each in names), "、".join(each.zh for each in names))


def _main(tracks: Sequence[Track]) -> tuple[list[Segment], list[Segment]]:
    """The clips of the first video track, which follow each other, and those of all above it."""
    video = [t for t in tracks if t.type == VIDEO]
    return _clips(video[:1]), _clips(video[1:])


def _splits(old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[Change]:
    """Cuts at which nothing was taken out."""
    before = Shown(old)
    for a, b in pairwise(new):
        at = shown(b)[0]
        if source(a) != source(b) or shown(a)[1] != at or held(a) or held(b):
            continue
        if before.splits(b):
            yield Change("split", "video", b.name, b.start_ms, None, after=clock(b.start_ms))


def _holds(old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[Change]:
    """Pictures that are held, no longer held, or held for another time."""
    pairs, gone, fresh = matched([s for s in old if held(s)], [s for s in new if held(s)])
    for a, b in pairs:
        if a.duration_ms != b.duration_ms:
            yield _change("freeze", "video", b.name, b, (_long(a), _long(b)))
    for s in gone:
        yield _change("freeze", "video", s.name, s, (_long(s), NOTHING))
    for s in fresh:
        yield _change("freeze", "video", s.name, s, (NOTHING, _long(s)))


def _long(s: Segment) -> Name:
    return lasting(s.duration_ms)


def _transitions(old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[Change]:
    pairs, gone, fresh = matched(old, new)
    cuts = {id(s): _cut(some, i) for some in (old, new) for i, s in enumerate(some)}
    both = [*((b, a, b) for a, b in pairs), *((a, a, None) for a in gone), *((b, None, b) for b in fresh)]
    for here, a, b in sorted(both, key=lambda each: cuts[id(each[0])]):
        was, now = transition(a) if a else NOTHING, transition(b) if b else NOTHING
        if was.en != now.en:
            made = _change("transition", "video", here.name, None, (was, now))
            yield replace(made, start_ms=cuts[id(here)])


def _cut(segments: Sequence[Segment], i: int) -> int:
    """Where on the timeline the cut before segment `i` is; its transition begins before that."""
    s = segments[i]
    end = segments[i - 1].end_ms if i else s.start_ms
    return end if s.start_ms <= end <= s.start_ms + s.transition_ms else s.start_ms


def _of_clips(old: Sequence[Segment], new: Sequence[Segment], numbers: dict[int, Name]) -> Iterator[Change]:
    """What changed about clips, each compared with the one that it was or was cut from."""
    same, before = {id(b): a for a, b in matched(old, new)[0]}, Shown(old)
    for b in new:
        a = same.get(id(b)) or before.counterpart(b)
        if a is not None:
            found = of_clip(a, b, cut=id(b) not in same)
            yield from _told(found, "video", b.name, numbers[id(b)], b)


# -- all that is only placed ------------------------------------------------------------------------


def _placed(tracks: Sequence[Track]) -> dict[str, list[Segment]]:
    """By the kind of track."""
    found: dict[str, list[Segment]] = {}
    for t in tracks:
        placed = (s for s in t.segments if t.type != VIDEO or not source(s))
        found.setdefault(t.kind, []).extend(placed)
    return found


def _items(
    old: Sequence[Segment], new: Sequence[Segment], kind: str, numbers: dict[int, Name]
) -> Iterator[Change]:
    pairs, gone, fresh = matched(old, new, placed=True)
    for s in gone:
        yield _change("removed", kind, s.name, s, (told(s), NOTHING))
    for s in fresh:
        yield _change("added", kind, s.name, s, (NOTHING, told(s)))
    for a, b in pairs:
        yield from _told(of_item(a, b), kind, a.name, numbers[id(b)], b)
