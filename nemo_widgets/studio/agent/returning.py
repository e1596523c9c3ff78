"""Going back and forth between the versions of a draft, and what is said of it."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import Draft, changes, clocks, duration
from nemo_widgets.studio.timeline.clip import length_of
from nemo_widgets.studio.words import Said

from .compiled import rx
from .language.intents import ALL_UNDONE, LAST_UNDO
from .language.words import PAUSES
from .plan import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .composing import Plan
    from .world import World

__all__ = ["edits_so_far", "returned", "steps_again"]

_NOTHING_EDITED = Said(
    "Nothing was edited yet, so there is nothing to reset.", "还没有做过剪辑，不需要重新开始。"
)
_NOTHING_TO_REDO = Said("There is nothing to redo.", "没有可以重做的操作。")
_NOTHING_TO_UNDO = Said("There is nothing to undo.", "没有可以撤销的操作。")
_THE_SAME = Said(
    "So far back the timeline was as it is now. Nothing was changed.",
    "退回到那一步，时间线和现在一样。没有做任何改动。",
)
_THE_SAME_AGAIN = Said(
    "After those the timeline would be as it is now. Nothing was changed.",
    "重做这些之后，时间线和现在一样。没有做任何改动。",
)
_UNNAMED = Said("what came without words, such as an upload", "对话之外的改动（例如上传）")
_FRESH_START = Said("the fresh start", "“重新开始”")
_LONGEST = 60
_NEAR_MS = 100
_PAUSE = rx(PAUSES)


def returned(plan: Plan, world: World) -> tuple[dict[str, Any] | None, Said]:
    """The draft that a plan starts from, and what is said of it; None with the reason if there is none.

    It is the present draft, an older one for an undo, what the last undo has left for a redo, or the first.
    """
    if plan.start_over:
        back, missing = world.first, _NOTHING_EDITED if world.draft == world.first else None
        said = Said("Started over from the uploaded clips.", "已从上传的素材重新开始。")
    elif plan.redo:
        there, steps = list(world.undone), steps_again(plan, world)
        undone = there[-steps:]
        back = undone[0] if undone else world.draft
        missing = _at_most(steps, len(there), again=True) if there else _NOTHING_TO_REDO
        if missing is None and back == world.draft and not plan.edits:
            missing = _THE_SAME_AGAIN
        said = _redid([world.draft, *undone[::-1]], world) + _more(len(there) - len(undone))
    elif plan.undo:
        most = _steps(world)
        back = world.history[-plan.undo] if plan.undo <= most else world.draft
        missing = _at_most(plan.undo, most) if most else _NOTHING_TO_UNDO
        if missing is None and back == world.draft and not plan.edits:
            missing = _THE_SAME
        said = _undid(plan, back, world)
    else:
        back, missing, said = world.draft, None, Said()
    return (None, missing) if missing else (copy.deepcopy(back.data), said)


def steps_again(plan: Plan, world: World) -> int:
    """How many edits a plan brings back."""
    if plan.redo == ALL_UNDONE:
        return len(world.undone)
    return _last_undo(world) if plan.redo == LAST_UNDO else plan.redo


def _last_undo(world: World) -> int:
    """How many edits the last undo has taken back."""
    last = next((said for said in reversed(world.earlier) if said.changed), None)
    plan = read(last.text, world) if last is not None else None
    return max(1, getattr(plan, "undo", 1))


def _more(left: int) -> Said:
    """How many edits that were undone are left for a redo."""
    if not left:
        return Said()
    return Said(f"{left} more can be redone.", f"还有 {left} 步可以重做。")


def _steps(world: World) -> int:
    """How many versions one can go back: to the uploaded clips as they were before anything was said."""
    versions = [*world.history, world.draft]
    unsaid = next((i for i, version in enumerate(versions) if any(world.made(version))), len(versions))
    return len(versions) - max(1, unsaid)


def edits_so_far(world: World) -> Said:
    """The edits that stand in the present draft, in the order said; what was undone is none of them."""
    made = [text for text in world.made(world.draft) if text]
    if not made:
        return Said("Nothing was edited yet.", "还没有做过剪辑。")
    told = [f"“{_short(text)}”" for text in made]
    if len(told) == 1:
        return Said(f"One edit so far: {told[0]}.", f"到目前为止做了一次剪辑：{told[0]}。")
    numbered = "\n".join(f"{number}. {text}" for number, text in enumerate(told, 1))
    return Said(
        f"{len(told)} edits so far:\n\n{numbered}", f"到目前为止做了 {len(told)} 次剪辑：\n\n{numbered}"
    )


def _undid(plan: Plan, back: Draft, world: World) -> Said:
    gone, which = _named([*world.history[-plan.undo :], world.draft], world)
    if which is None:
        one = plan.undo == 1
        said = Said(
            f"Undid {'the last change' if one else f'the last {plan.undo} changes'}",
            f"撤销了{'上一步' if one else f'最近 {plan.undo} 步'}",
        )
    else:
        many = _count(plan.undo)
        said = Said(f"Undid {many.en}{which.en}", f"撤销了{many.zh}{which.zh}")
    if plan.edits:  # 'no, 0:50' says it in a note; the length is told once, at the end
        return Said() if plan.notes.en else Said(f"{said.en}.", f"{said.zh}。")
    return _with(said, _told(world.draft, back, gone))


def _redid(versions: Sequence[Draft], world: World) -> Said:
    again, which = _named(versions, world)
    many, which = _count(len(versions) - 1), which or Said("what was undone", "刚才撤销的操作")
    return _with(
        Said(f"Redid {many.en}{which.en}", f"重做了{many.zh}{which.zh}"),
        _told(versions[0], versions[-1], again),
    )


def _count(steps: int) -> Said:
    """How many steps were gone, before they are named; nothing of one."""
    return Said(f"{steps} steps, ", f" {steps} 步：") if steps > 1 else Said()


def _named(versions: Sequence[Draft], world: World) -> tuple[list[str], Said | None]:
    """What was said for the steps between versions, the oldest first, and what these are called."""
    texts: list[str] = []
    names: list[Said] = []
    for before, after in pairwise(world.made(version) for version in versions):
        goes_on = list(after[: len(before)]) == list(before)
        words = list(after[len(before) :] if goes_on else after[-1:])
        if any(before) and not any(after):
            names.append(_FRESH_START)
        else:
            names += [Said(f"“{_short(text)}”", f"“{_short(text)}”") if text else _UNNAMED for text in words]
            texts += words
    told = [name for i, name in enumerate(names) if not (i and name is names[i - 1] is _UNNAMED)]
    return texts, _listed(told) if told else None


def _with(said: Said, told: Sequence[Said]) -> Said:
    """A sentence with what follows from it behind a colon."""
    if not told:
        return Said(f"{said.en}.", f"{said.zh}。")
    return Said(
        f"{said.en}: {', '.join(t.en for t in told)}.", f"{said.zh}：{'，'.join(t.zh for t in told)}。"
    )


def _told(before: Draft, after: Draft, texts: Sequence[str]) -> list[Said]:
    """What came back, what went, and the length before and after, as far as they changed."""
    found = changes(before, after)
    pauses = bool(texts) and all(_PAUSE.search(text) for text in texts)
    told: list[Said] = []
    for what, en, zh in (("restored", "back", "恢复了"), ("removed", "gone", "删除了")):
        parts = [c for c in found if c.what == what and c.kind in ("video", "sound")]
        if not parts:
            continue
        many = len(parts)
        long = sum((c.end_ms or 0) - (c.start_ms or 0) for c in parts)
        noun, noun_zh = ("pause", "处停顿") if pauses else ("part", "段内容")
        alone = not any(c.what in ("restored", "removed") and c.what != what for c in found)
        clear = not alone or _agrees(long, before, after)
        took = Said(f" ({duration(long)})", f"（{duration(long, zh=True)}）") if clear else Said()
        told.append(
            Said(
                f"{many} {noun}{'s' * (many != 1)}{took.en} {'are' if many != 1 else 'is'} {en}",
                f"{zh} {many} {noun_zh}{took.zh}",
            )
        )
    if before.duration_ms != after.duration_ms:
        was, now = clocks(length_of(before.data), length_of(after.data))
        told.append(Said(f"{was} → {now}", f"{was} → {now}"))
    return told


def _agrees(ms: int, before: Draft, after: Draft) -> bool:
    """Whether the film's length differs by so much, or not at all: else one of two numbers seems wrong."""
    differs = abs(before.duration_ms - after.duration_ms)
    return not differs or abs(differs - ms) < _NEAR_MS


def _listed(names: Sequence[Said]) -> Said:
    *before, last = [name.en for name in names]
    english = f"{', '.join(before)} and {last}" if before else last
    return Said(english, "、".join(name.zh for name in names))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _at_most(asked: int, there: int, *, again: bool = False) -> Said | None:
    """That one can't go back so far, or forward `again`; None if one can."""
    if asked <= there:
        return None
    way = Said("redo", "重做") if again else Said("go back", "撤回")
    return Said(
        f"I can {way.en} {there} step{'s' * (there != 1)} at most. Nothing was changed.",
        f"只能{way.zh} {there} 步。没有做任何改动。",
    )
