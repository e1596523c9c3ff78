"""Edits of subtitles: laid from a file or from what was pasted, shifted, styled."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import TEXT, duration
from nemo_widgets.draft.schema import TEXT_KINDS
from nemo_widgets.studio.encoding_names import encoding_name, named_encoding
from nemo_widgets.studio.subtitles import SubtitleError, mended, read_subtitles
from nemo_widgets.studio.timeline.clip import length_of, new_id
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.timeline.texts import texts, without
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .lettering import Lettering
from .letters import undrawn
from .texts import Kind, name_of, spoken

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World

__all__ = ["AddSubtitles", "ShiftSubtitles", "StyleTexts"]

_AS_IT_IS = Lettering()
_TIMES_ZH = "时间要写成 00:00:01,000 --> 00:00:03,500，文字写在下一行。"
"""How a cue is written."""


@dataclass(frozen=True, slots=True)
class AddSubtitles(Edit):
    """Subtitles over the picture, at the times that are written with them; they replace those there are.

    They come from `pasted`, the text of an SRT, WebVTT or ASS file, from the uploaded file `src`, or, with
    neither, from the only such file that was uploaded. `shift_ms` is added to their times. `encoding` is the
    one that the file is in, by Python's name; "" lets it be found out.
    """

    src: str = ""
    pasted: str = ""
    shift_ms: int = 0
    encoding: str = ""
    name: ClassVar[str] = "add_subtitles"
    touches: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Lay the subtitles; see `Edit.apply`."""
        written, name = self._written(world)
        try:
            found = read_subtitles(written)
        except SubtitleError as error:
            why = f"第 {error.line} 行读不懂，{_TIMES_ZH}" if error.line else "里面没有字幕，或者条数太多。"
            raise EditRefused(
                Said(f"{name.en[0].upper()}{name.en[1:]} can't be read: {error} Nothing was changed.",
                     f"无法读取{name.zh}：{why}没有做任何改动。")
            ) from error  # fmt: skip
        end, old = length_of(draft), texts(draft, ("subtitle",))
        new = without(draft, old)
        spare, many = int(new_id(draft, "x")[1:]), 0
        track: dict[str, Any] = {"tt": TEXT, "m": {"name": TEXT_KINDS["subtitle"].track}, "sg": []}
        said_in = spoken("\n".join(text for *_, text in found.cues), world)
        for start, until, text in found.cues:
            low, high = max(0, start + self.shift_ms), min(end, until + self.shift_ms)
            if low < high:
                meta = {"id": f"x{spare + many}", "start": low, "text": text, "style": "subtitle", **said_in}
                track["sg"].append({"d": high - low, "m": meta})
                many += 1
        if not many:
            raise EditRefused(
                Said("All of these subtitles lie past the timeline's end. Nothing was changed.",
                     "这些字幕都在时间线结尾之后。没有做任何改动。")
            )  # fmt: skip
        new["t"].append(track)
        left_out = len(found.cues) - many
        notes = Said()
        if old:
            notes += Said(f"They take the place of {len(old)}.", f"替换了原来的 {len(old)} 条。")
        if left_out:
            notes += Said(f"Left out what is past the timeline's end: {left_out}.",
                          f"有 {left_out} 条在时间线结尾之后，已略去。")  # fmt: skip
        for note in mended(found.corrections):
            notes += Said(f"{note.en[0].upper()}{note.en[1:]}.", f"{note.zh}。")
        notes += undrawn(*(segment["m"]["text"] for segment in track["sg"]))
        said = Said(
            f"Added {many} subtitle{'s' * (many != 1)} from {name.en}.", f"加了 {many} 条字幕（{name.zh}）。"
        )
        return Outcome(new, said, "add_subtitles", {"count": many}, {"status": "success"}, notes=notes)

    def _written(self, world: World) -> tuple[str, Said]:
        """The text and where it is from."""
        if self.pasted:
            return self.pasted, Said("the message", "消息")
        files = [item for item in world.media.values() if item.kind == "text" and self.src in ("", item.src)]
        if not files:
            raise EditRefused(
                Said("Speech can't be turned into subtitles here: upload an SRT, VTT or ASS file, or paste "
                     "one into the message. Nothing was changed.",
                     "这里不能从语音生成字幕：请上传 SRT、VTT 或 ASS 文件，或粘贴到消息里。没有做任何改动。")
            )  # fmt: skip
        if len(files) > 1:
            raise Unclear(
                Said("Which file?", "用哪个文件？"),
                [
                    Said(f"“{f.name}” is in {told}", f"“{f.name}”是 {told} 编码")
                    if (told := self.encoding and encoding_name(self.encoding))
                    else Said(f"add the subtitles from “{f.name}”", f"加上“{f.name}”里的字幕")
                    for f in files
                ],
            )
        name = files[0].name
        if not self.encoding:
            return world.text_of(files[0].src), Said(name, name)
        encoding = named_encoding(self.encoding)
        if not encoding:
            raise EditRefused(
                Said(f"There is no encoding “{self.encoding}”. Nothing was changed.",
                     f"没有“{self.encoding}”这种编码。没有做任何改动。")
            )  # fmt: skip
        told, written = encoding_name(encoding), world.text_of(files[0].src, encoding)
        return written, Said(f"{name}, read as {told}", f"{name}，按 {told} 读取")


@dataclass(frozen=True, slots=True)
class ShiftSubtitles(Edit):
    """All subtitles so many ms later, or earlier if negative."""

    by_ms: int
    name: ClassVar[str] = "shift_subtitles"
    touches: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Shift them, those that leave the timeline are cut off; see `Edit.apply`."""
        new, end = copy.deepcopy(draft), length_of(draft)
        found = texts(new, ("subtitle",))
        if not found:
            raise EditRefused(
                Said(
                    "There are no subtitles to shift. Nothing was changed.",
                    "没有可以移动的字幕。没有做任何改动。",
                )
            )
        left = []
        for s in found:
            low, high = max(0, s.start_ms + self.by_ms), min(end, s.end_ms + self.by_ms)
            s.raw["d"], s.raw["m"]["start"] = high - low, low
            left += [] if low < high else [s]
        if len(left) == len(found):
            raise EditRefused(
                Said(f"Shifted by {duration(self.by_ms)} no subtitle would be left. Nothing was changed.",
                     f"移动 {duration(self.by_ms, zh=True)}后就没有字幕了。没有做任何改动。")
            )  # fmt: skip
        new = without(new, left)
        by, later = abs(self.by_ms), self.by_ms > 0
        gone = len(left)
        notes = Said(f"{gone} left the timeline.", f"有 {gone} 条移出了时间线。") if gone else Said()
        said = Said(f"The subtitles are {duration(by)} {'later' if later else 'earlier'}.",
                    f"字幕{'推后' if later else '提前'}了 {duration(by, zh=True)}。")  # fmt: skip
        args = {"by": self.by_ms / 1000}
        return Outcome(new, said, "shift_subtitles", args, {"status": "success"}, notes=notes)


@dataclass(frozen=True, slots=True)
class StyleTexts(Edit):
    """Another look for all texts of these `kinds` (title, caption, lower-third, subtitle; all if empty)."""

    kinds: tuple[Kind, ...] = ()
    look: Lettering = _AS_IT_IS
    name: ClassVar[str] = "style_texts"
    touches: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Set the look; see `Edit.apply`."""
        new = copy.deepcopy(draft)
        found, set_to = texts(new, self.kinds), self.look.written()
        what = name_of(*self.kinds)
        if not found or not set_to:
            raise EditRefused(
                Said(f"There are no {what.en}s to change. Nothing was changed.",
                     f"没有可以修改的{what.zh}。没有做任何改动。")
            )  # fmt: skip
        for s in found:
            s.raw["m"] |= set_to
        if new == draft:
            said = Said(f"The {what.en}s are like that already.", f"{what.zh}已经是这样了。")
            return Outcome(draft, said, "style_texts", set_to, {"status": "unchanged"})
        look, many = self.look.in_words(), len(found)
        said = Said(
            f"Changed {many} {what.en}{'s' * (many != 1)}{look.en}.", f"改了 {many} 个{what.zh}{look.zh}。"
        )
        return Outcome(new, said, "style_texts", set_to, {"status": "success", "changed": many})
