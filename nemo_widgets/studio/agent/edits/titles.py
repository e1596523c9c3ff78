"""Edits of the titles: what is written, when, where, how large and in which colour."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import TEXT, Draft, clock

from .edit import Edit, EditRefused, Outcome, Said
from .lettering import STANDARD, Lettering
from .span import Span, place
from .timeline import new_id

if TYPE_CHECKING:
    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World

    from .span import Where

__all__ = ["AddTitle", "ChangeTitle", "RemoveTitle", "titles"]

_DEFAULT = Span(0, 3000)
_AS_USUAL = Lettering()


def titles(draft: dict[str, Any]) -> list[Segment]:
    """The titles on the timeline."""
    return [s for track in Draft(draft).layout() if track.type == TEXT for s in track.segments]


@dataclass(frozen=True, slots=True)
class AddTitle(Edit):
    """A text over the picture; `span` None is the first three seconds."""

    text: str
    span: Where | None = None
    look: Lettering = _AS_USUAL
    name: ClassVar[str] = "add_title"
    subject: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Write the title; see `Edit.apply`."""
        start, end, remark = place(self.span or _DEFAULT, draft)
        if self.span is None or (isinstance(self.span, Span) and self.span.last):
            remark = Said()
        new = copy.deepcopy(draft)
        meta = {"id": new_id(draft, "x"), "start": start, "text": self.text}
        meta |= STANDARD | self.look.written()
        track = next(
            (
                t
                for t in new["t"]
                if isinstance(t, dict) and t.get("tt") == TEXT and isinstance(t.get("sg"), list)
            ),
            None,
        )
        if track is None:
            track = {"tt": TEXT, "m": {"name": "Title"}, "sg": []}
            new["t"].append(track)
        track["sg"] = sorted(
            [*track["sg"], {"d": end - start, "m": meta}], key=lambda s: s.get("m", {}).get("start", 0)
        )
        where = f"{clock(start)}–{clock(end)}"
        look = self.look.in_words()
        said = Said(
            f"Added the title “{self.text}”, {where}{look.en}.", f"加了标题“{self.text}”，{where}{look.zh}。"
        )
        args = {"text": self.text, "start": start / 1000, "end": end / 1000, **self.look.written()}
        return Outcome(new, said, "add_title", args, {"status": "success", "id": meta["id"]}, notes=remark)


def _chosen(draft: dict[str, Any], which: str) -> list[Segment]:
    """The titles meant: those whose text is `which`, or all if it is "".

    Raises:
        EditRefused: no title has this text.
    """
    found = titles(draft)
    if not which:
        return found
    chosen = [s for s in found if s.text.casefold().strip() == which.casefold().strip()]
    if not chosen and found:
        there = ", ".join(f"“{s.text}”" for s in found)
        raise EditRefused(
            Said(
                f"No title says “{which}”; there is {there}. Nothing was changed.",
                f"没有写着“{which}”的标题；现有 {there}。没有做任何改动。",
            )
        )
    return chosen


@dataclass(frozen=True, slots=True)
class ChangeTitle(Edit):
    """Another text, look or time for the title there is, or for the one whose text is `which`."""

    text: str | None = None
    which: str = ""
    span: Where | None = None
    length_ms: int | None = None
    look: Lettering = _AS_USUAL
    name: ClassVar[str] = "change_title"
    touches: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Change the title; see `Edit.apply`."""
        new = copy.deepcopy(draft)
        chosen = _chosen(new, self.which)
        if len(chosen) != 1:
            many = ", ".join(f"“{s.text}”" for s in chosen)
            said = (
                Said(
                    f"There are several titles: {many}. Quote the one that is meant. Nothing was changed.",
                    f"有好几个标题：{many}。请用引号说明是哪一个。没有做任何改动。",
                )
                if chosen
                else Said(
                    "There is no title to change. Nothing was changed.",
                    "没有可以修改的标题。没有做任何改动。",
                )
            )
            raise EditRefused(said)
        old = chosen[0]
        meta, remark = old.raw["m"], Said()
        span = self.span
        if span is None and self.length_ms is not None:
            span = Span(old.start_ms, old.start_ms + self.length_ms)
        if span is not None:
            start, end, remark = place(span, draft)
            meta["start"], old.raw["d"] = start, end - start
        if self.text is not None:
            meta["text"] = self.text
        size = meta.get("size")
        meta |= self.look.written()
        if new == draft:
            return Outcome(
                draft,
                Said("The title is like that already.", "标题已经是这样了。"),
                "change_title",
                {},
                {"status": "unchanged"},
            )
        where = f"{clock(meta.get('start', 0))}–{clock(meta.get('start', 0) + old.raw['d'])}"
        look = self.look.in_words(size if isinstance(size, int) else STANDARD["size"])
        said = Said(
            f"The title is now “{meta['text']}”, {where}{look.en}.",
            f"标题现在是“{meta['text']}”，{where}{look.zh}。",
        )
        args = {"id": old.id, "text": meta["text"], **self.look.written()}
        return Outcome(new, said, "change_title", args, {"status": "success"}, notes=remark)


@dataclass(frozen=True, slots=True)
class RemoveTitle(Edit):
    """No title any more, or not the one whose text is `which`."""

    which: str = ""
    name: ClassVar[str] = "remove_title"
    touches: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Remove the title; see `Edit.apply`."""
        new = copy.deepcopy(draft)
        gone = _chosen(new, self.which)
        if not gone:
            said = Said("There is no title to remove.", "没有可以去掉的标题。")
            return Outcome(draft, said, "remove_title", {}, {"status": "unchanged"})
        for track in new["t"]:
            if isinstance(track, dict) and track.get("tt") == TEXT and isinstance(track.get("sg"), list):
                track["sg"] = [s for s in track["sg"] if not any(s is g.raw for g in gone)]
        new["t"] = [
            t for t in new["t"] if not (isinstance(t, dict) and t.get("tt") == TEXT and t.get("sg") == [])
        ]
        texts = ", ".join(f"“{s.text}”" for s in gone)
        said = Said(f"Removed the title {texts}.", f"去掉了标题{texts}。")
        return Outcome(new, said, "remove_title", {}, {"status": "success", "removed": len(gone)})
