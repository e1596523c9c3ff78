"""In which order the letters of a line stand, where some are read from right to left: Unicode's UAX #9."""

from __future__ import annotations

from functools import cache
from unicodedata import bidirectional, category, mirrored

__all__ = ["embedding_levels", "has_rtl", "reads_rtl", "visual_order"]

_RTL = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_REMOVED = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "PDI", *_ISOLATES))
_DEEPEST = 125
_SWAPPED = {"\u298d": "\u2990", "\u298f": "\u298e"}
"""Opening brackets whose closing one isn't the next in Unicode."""
_BRACKETS = 63
"""No more brackets may be open at a time."""


def has_rtl(text: str) -> bool:
    """Whether anything in the text may be read from right to left."""
    return any(bidirectional(char) in _RTL for char in text)


def reads_rtl(text: str) -> bool:
    """Whether a paragraph is one from right to left: its first letter outside isolates is (P2, P3)."""
    depth = 0
    for char in text:
        kind = bidirectional(char)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def visual_order(levels: list[int]) -> list[int]:
    """The places of items with these embedding levels, from the left to the right (L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    for lowest in range(max(levels, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= lowest:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


def embedding_levels(text: str, *, rtl: bool) -> list[int]:
    """Every character's embedding level, in a line of a paragraph of that direction; odd: from the right."""
    kinds = [bidirectional(char) or "L" for char in text]
    original, base = list(kinds), int(rtl)
    closes = _matches(kinds)
    levels = _explicit(kinds, base, closes)
    for sequence, sos, eos in _sequences(original, levels, base, closes):
        _resolve(text, kinds, sequence, (sos, eos), levels[sequence[0]])
        for i in sequence:
            if levels[i] % 2:
                levels[i] += kinds[i] in ("L", "EN", "AN")
            else:
                levels[i] += {"R": 1, "EN": 2, "AN": 2}.get(kinds[i], 0)
    last = base
    for i, kind in enumerate(original):  # what was removed goes with what is before it
        if kind in _REMOVED:
            levels[i] = last
        last = levels[i]
    trailing = True
    for i in range(len(text) - 1, -1, -1):  # L1
        if original[i] in ("S", "B"):
            trailing = True
        elif original[i] not in _REMOVED and original[i] not in ("WS", "PDI", *_ISOLATES):
            trailing = False
        if trailing:
            levels[i] = base
    return levels


def _matches(kinds: list[str]) -> dict[int, tuple[int, bool]]:
    """For every isolate's beginning its end (or the text's), and whether it is read from the right."""
    found: dict[int, tuple[int, bool]] = {}
    opened: list[list[int]] = []  # where it begins, and its first letter: -1 for none yet
    for i, kind in enumerate(kinds):
        if kind in _ISOLATES:
            opened.append([i, -1])
        elif kind == "PDI" and opened:
            start, strong = opened.pop()
            found[start] = i, strong == 1
        elif kind in ("L", "R", "AL") and opened and opened[-1][1] < 0:
            opened[-1][1] = int(kind != "L")
    return found | {start: (len(kinds), strong == 1) for start, strong in opened}


def _explicit(  # noqa: C901, PLR0912 - the standard's own list of cases
    kinds: list[str], base: int, closes: dict[int, tuple[int, bool]]
) -> list[int]:
    """Levels by what is said of them in the text itself (X1 to X8); overrides change `kinds`."""
    levels: list[int] = []
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    lost_isolates = lost_embeddings = isolates = 0
    for i, kind in enumerate(list(kinds)):
        level, override, _ = stack[-1]
        if kind == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif isolates:
                lost_embeddings, isolates = 0, isolates - 1
                while not stack.pop()[2]:
                    pass
            level, override, _ = stack[-1]
        levels.append(base if kind == "B" else level)
        if override and kind not in _REMOVED and kind != "B":
            kinds[i] = override
        isolate = kind in _ISOLATES
        if isolate or kind in ("LRE", "RLE", "LRO", "RLO"):
            right = closes[i][1] if kind == "FSI" else kind[0] == "R"
            deeper = level + 1 + (level + 1 + right) % 2
            if deeper <= _DEEPEST and not lost_isolates and not lost_embeddings:
                isolates += isolate
                stack.append((deeper, "RL"[kind[0] == "L"] if kind.endswith("O") else "", isolate))
            elif isolate:
                lost_isolates += 1
            elif not lost_isolates:
                lost_embeddings += 1
        elif kind == "PDF" and not lost_isolates:
            if lost_embeddings:
                lost_embeddings -= 1
            elif len(stack) > 1 and not stack[-1][2]:
                stack.pop()
    return levels


def _sequences(
    kinds: list[str], levels: list[int], base: int, closes: dict[int, tuple[int, bool]]
) -> list[tuple[list[int], str, str]]:
    """The isolating run sequences (X10): their characters' places, and the directions at their ends."""
    kept = [i for i, kind in enumerate(kinds) if kind not in _REMOVED]
    place = {i: n for n, i in enumerate(kept)}
    runs: list[list[int]] = []
    for n, i in enumerate(kept):
        if n and levels[kept[n - 1]] == levels[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    first = {run[0]: run for run in runs}
    ends = {end for end, _ in closes.values()}
    found = []
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in ends:
            continue
        whole = list(run)
        while kinds[whole[-1]] in _ISOLATES and closes[whole[-1]][0] in first:
            whole += first[closes[whole[-1]][0]]
        level, before, after = levels[whole[0]], place[whole[0]] - 1, place[whole[-1]] + 1
        left = levels[kept[before]] if before >= 0 else base
        right = levels[kept[after]] if after < len(kept) and kinds[whole[-1]] not in _ISOLATES else base
        found.append((whole, "LR"[max(level, left) % 2], "LR"[max(level, right) % 2]))
    return found


def _resolve(text: str, kinds: list[str], places: list[int], ends: tuple[str, str], level: int) -> None:
    """Weak and neutral characters become L, R, EN or AN (W1 to N2)."""
    seen = [kinds[i] for i in places]
    _weak(seen, ends[0])
    _brackets("".join(text[i] for i in places), seen, ends[0], level)
    start = 0
    while start < len(seen):
        end = start
        while end < len(seen) and seen[end] in _NEUTRAL:
            end += 1
        if end > start:
            before = _side(seen[start - 1]) if start else ends[0]
            after = _side(seen[end]) if end < len(seen) else ends[1]
            seen[start:end] = [before if before == after else "LR"[level % 2]] * (end - start)
        start = end + 1
    for i, kind in zip(places, seen, strict=True):
        kinds[i] = kind


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _weak(seen: list[str], sos: str) -> None:
    _marks(seen, sos)
    _numbers(seen)
    strong = sos
    for n, kind in enumerate(seen):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            seen[n] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            seen[n] = "L"


def _marks(seen: list[str], sos: str) -> None:
    """Marks take the kind of their letter, and numbers after Arabic letters are Arabic ones (W1, W2)."""
    last, strong = sos, sos
    for n, kind in enumerate(seen):
        if kind == "NSM":
            kind = "ON" if last in _ISOLATES or last == "PDI" else last  # noqa: PLW2901 - it takes the other's
        last = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        seen[n] = "AN" if kind == "EN" and strong == "AL" else kind


def _numbers(seen: list[str]) -> None:
    """What stands in a number or beside it belongs to it (W3 to W5)."""
    for n in range(1, len(seen) - 1):
        before, after = seen[n - 1], seen[n + 1]
        if before == after and (seen[n], before) in (("ES", "EN"), ("CS", "EN"), ("CS", "AN")):
            seen[n] = before
    seen[:] = ["R" if kind == "AL" else kind for kind in seen]
    for order in (range(len(seen)), range(len(seen) - 1, -1, -1)):
        last = ""
        for n in order:
            if seen[n] == "ET" and last == "EN":
                seen[n] = "EN"
            last = seen[n]


def _brackets(chars: str, seen: list[str], sos: str, level: int) -> None:
    """Brackets take the direction of what is in them, or before them (N0)."""
    own = "LR"[level % 2]
    for first, last in _pairs(chars, seen):
        inside = {_side(kind) for kind in seen[first + 1 : last] if kind in ("L", "R", "EN", "AN")}
        if not inside:
            continue
        side = own if own in inside or _before(seen, first, sos) == own else next(iter(inside))
        for n in (first, last):
            seen[n] = side
            for after in range(n + 1, len(seen)):  # marks on a bracket go with it
                if bidirectional(chars[after]) != "NSM":
                    break
                seen[after] = side


def _pairs(chars: str, seen: list[str]) -> list[tuple[int, int]]:
    """The places of brackets that belong together (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for n, char in enumerate(chars):
        if seen[n] != "ON":
            continue
        if closing := _closing(char):
            if len(opened) == _BRACKETS:
                break
            opened.append((closing, n))
        elif any(wanted == _plain(char) for wanted, _ in opened):
            while (top := opened.pop())[0] != _plain(char):
                pass
            pairs.append((top[1], n))
    return sorted(pairs)


def _before(seen: list[str], place: int, sos: str) -> str:
    """The direction of the last letter or number before a place."""
    return next((_side(kind) for kind in reversed(seen[:place]) if kind in ("L", "R", "EN", "AN")), sos)


@cache
def _closing(char: str) -> str:
    """The bracket that closes this one; "" for what opens nothing."""
    if category(char) != "Ps" or not mirrored(char):
        return ""
    code = ord(char)
    near = _SWAPPED.get(char) or next((c for c in map(chr, (code + 1, code + 2)) if category(c) == "Pe"), "")
    return _plain(near)


def _plain(char: str) -> str:
    """Two brackets are written in two ways each."""
    return {"\u2329": "\u3008", "\u232a": "\u3009"}.get(char, char)
