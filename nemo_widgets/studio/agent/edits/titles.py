"""Edits of single texts: titles, captions and lower thirds; what is written, when, and how it looks."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import Draft, clock, duration
from nemo_widgets.studio.timeline.clip import new_id
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.timeline.texts import lay, without
from nemo_widgets.studio.timeline.time_range import TimeRange, place
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .lettering import STANDARD, Lettering
from .letters import undrawn
from .texts import Kind, chosen, fitting, name_of, one, spoken

if TYPE_CHECKING:
    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["AddTitle", "ChangeTitle", "RemoveTitle"]

_DEFAULT = {"lower-third": TimeRange(0, 5000)}
"""When a text is shown where nothing is said: else for the first three seconds."""
_AS_USUAL = Lettering()
_WORDS = {
    "size": ("size ", "字号"), "color": ("color ", "颜色"), "background": ("background ", "背景"),
    "animation": ("animation ", "动画"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AddTitle(Edit):
    """A text over the picture; `span` None is the first three seconds. A lower third has a second line."""

    text: str
    span: Stretch | None = None
    look: Lettering = _AS_USUAL
    style: Kind = "title"
    second_line: str = ""
    name: ClassVar[str] = "add_title"
    subject: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Write the text; see `Edit.apply`."""
        fitting(self.text, self.second_line)
        if not self.text.strip() or (self.second_line and self.style != "lower-third"):
            raise EditRefused(
                Said("Say what is to be written; only a lower third has a second line. Nothing was changed.",
                     "请说明要写的文字；只有人名条有第二行。没有做任何改动。")
            )  # fmt: skip
        start, end, remark = place(self.span or _DEFAULT.get(self.style, TimeRange(0, 3000)), draft)
        if self.span is None or (isinstance(self.span, TimeRange) and self.span.last):
            remark = Said()
        new = copy.deepcopy(draft)
        meta = {"id": new_id(draft, "x"), "start": start, "text": self.text}
        meta |= STANDARD if self.style == "title" else {"style": self.style}
        meta |= {"subtitle": self.second_line} if self.second_line else {}
        meta |= self.look.written() | spoken(self.text + self.second_line, world)
        where = f"{clock(start)}–{clock(end)}"
        if any(
            _alike(one.raw, meta, end - start) for track in Draft(draft).layout() for one in track.segments
        ):
            told = name_of(self.style)
            said = Said(
                f"The {told.en} “{self.text}” is there already, {where}.",
                f"{told.zh}“{self.text}”已经在了，{where}。",
            )
            return Outcome(draft, said, f"add_{self.style.replace('-', '_')}", {}, {"status": "unchanged"})
        lay(new, self.style, {"d": end - start, "m": meta})
        look, what = self.look.in_words(), name_of(self.style)
        below = f" / “{self.second_line}”" if self.second_line else ""
        said = Said(
            f"Added the {what.en} “{self.text}”{below}, {where}{look.en}.",
            f"加了{what.zh}“{self.text}”{below}，{where}{look.zh}。",
        )
        args = {"text": self.text, "start": start / 1000, "end": end / 1000, **self.look.written()}
        tool, unseen = f"add_{self.style.replace('-', '_')}", undrawn(self.text, self.second_line)
        return Outcome(new, said, tool, args, {"status": "success", "id": meta["id"]}, notes=remark + unseen)


def _alike(segment: dict[str, Any], meta: dict[str, Any], duration: int) -> bool:
    """Whether a segment is a text that would be written again, just as it is."""
    own = segment.get("m", {})
    return segment.get("d") == duration and {**own, "id": ""} == {**meta, "id": ""}


@dataclass(frozen=True, slots=True)
class ChangeTitle(Edit):
    """Another text, second line, look or time for a text that is there.

    It is the only one of these `kinds` (title, caption, lower-third, subtitle; any if empty), the one that
    says `which`, or the one of this `number`, counted from 1, or from the end if negative. `start_ms` moves
    it.
    """

    text: str | None = None
    which: str = ""
    span: Stretch | None = None
    length_ms: int | None = None
    look: Lettering = _AS_USUAL
    kinds: tuple[Kind, ...] = ()
    number: int = 0
    start_ms: int | None = None
    second_line: str | None = None
    name: ClassVar[str] = "change_title"
    touches: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Change the text; see `Edit.apply`."""
        fitting(self.text or "", self.second_line or "")
        new = copy.deepcopy(draft)
        found, _ = chosen(new, self.kinds, self.which, self.number)
        old = one(found, self.kinds, self._instruction)
        meta, remark = old.raw["m"], Said()
        span = self.span
        if span is None and (self.length_ms is not None or self.start_ms is not None):
            start = old.start_ms if self.start_ms is None else self.start_ms
            span = TimeRange(start, start + (old.duration_ms if self.length_ms is None else self.length_ms))
        if span is not None:
            start, end, remark = place(span, draft)
            meta["start"], old.raw["d"] = start, end - start
        if self.text is not None:
            meta["text"] = self.text
            meta.pop("lang", None)
            meta |= spoken(self.text, world)
        if self.second_line is not None:
            meta["subtitle"] = self.second_line
        size = meta.get("size")
        meta |= self.look.written()
        what = name_of(old.text_kind)
        if new == draft:
            said = Said(f"The {what.en} is like that already.", f"{what.zh}已经是这样了。")
            return Outcome(draft, said, "change_title", {}, {"status": "unchanged"})
        where = f"{clock(meta.get('start', 0))}–{clock(meta.get('start', 0) + old.raw['d'])}"
        look = self.look.in_words(size if isinstance(size, int) else STANDARD["size"])
        below = f" / “{meta['subtitle']}”" if self.second_line else ""
        said = Said(
            f"The {what.en} is now “{meta['text']}”{below}, {where}{look.en}.",
            f"{what.zh}现在是“{meta['text']}”{below}，{where}{look.zh}。",
        )
        args = {"id": old.id, "text": meta["text"], **self.look.written()}
        remark += undrawn(self.text or "", self.second_line or "")
        return Outcome(new, said, "change_title", args, {"status": "success"}, notes=remark)

    def _instruction(self, segment: Segment) -> Said:
        """The same edit of one text, in words that the grammar understands."""
        look, en, zh = self.look, [], []
        if self.length_ms is not None:
            en, zh = [f"for {duration(self.length_ms)}"], [f"显示{duration(self.length_ms, zh=True)}"]
        if self.start_ms is not None:
            en, zh = [*en, f"at {clock(self.start_ms)}"], [*zh, f"从{clock(self.start_ms)}开始"]
        for key, value in look.written().items():
            word, told = _WORDS.get(key, ("", ""))
            shown = str(value).replace("-", " ") if key == "position" else str(value)
            en, zh = [*en, f"{word}{shown}"], [*zh, f"{told}{shown}"]
        to = (f" to “{self.text}”", f"改成“{self.text}”") if self.text is not None else ("", "")
        return Said(
            ", ".join([f"change the text “{segment.text}”{to[0]}", *en]),
            "，".join([f"把文字“{segment.text}”{to[1] or '改一下'}", *zh]),
        )


@dataclass(frozen=True, slots=True)
class RemoveTitle(Edit):
    """The texts of these `kinds` (all if empty) go, or the one that says `which` or has this `number`.

    With `only_one`, it is asked which one is meant where there are several.
    """

    which: str = ""
    kinds: tuple[Kind, ...] = ()
    number: int = 0
    only_one: bool = False
    name: ClassVar[str] = "remove_title"
    touches: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Remove the texts; see `Edit.apply`."""
        gone, _ = chosen(draft, self.kinds, self.which, self.number)
        what = name_of(*self.kinds)
        if not gone:
            said = Said(f"There is no {what.en} to remove.", f"没有可以去掉的{what.zh}。")
            return Outcome(draft, said, "remove_title", {}, {"status": "unchanged"})
        if self.only_one and len(gone) > 1:
            each = [Said(f"remove the text “{s.text}”", f"去掉文字“{s.text}”") for s in gone[:7]]
            every = Said(f"remove all {what.en}s", f"去掉所有{what.zh}")
            raise Unclear(Said(f"Which {what.en} is meant?", f"是指哪个{what.zh}？"), [*each, every])
        names = ", ".join(f"“{s.text}”" for s in gone[:5]) + (" …" if len(gone) > 5 else "")  # noqa: PLR2004
        said = Said(f"Removed the {what.en}{'s' * (len(gone) > 1)} {names}.", f"去掉了{what.zh}{names}。")
        return Outcome(
            without(draft, gone), said, "remove_title", {}, {"status": "success", "removed": len(gone)}
        )
