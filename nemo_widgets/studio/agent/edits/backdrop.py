"""What is seen while sound alone is heard: its waveform, or a picture that was uploaded."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.draft import AUDIO, MAIN, is_sound
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.words import Said, spaced

from .edit import Edit, Outcome
from .songs import title_of

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.media_item import MediaItem

__all__ = ["Backdrop"]


@dataclass(frozen=True, slots=True)
class Backdrop(Edit):
    """What is seen behind sound that is alone: its `waveform`, a `picture` that was uploaded, or `none`.

    With one of them the export is a video. `file` names the picture, "" for the only one. Where a single
    picture is the film, the only uploaded sound takes its place, and the picture stands behind it.
    """

    kind: Literal["waveform", "picture", "none"] = "waveform"
    file: str = ""
    name: ClassVar[str] = "set_backdrop"
    touches: ClassVar[str] = "backdrop"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set it; see `Edit.apply`."""
        new = copy.deepcopy(draft) if is_sound(draft) else _sound_instead(draft, world)
        meta = new.setdefault("m", {})
        meta.pop("backdrop", None)
        match self.kind:
            case "picture":
                item = self._picture(world)
                meta["backdrop"] = {"type": "picture", "src": item.src, "name": title_of(item)}
                said = Said(
                    f"{item.name} stands behind the sound; the export is a video now.",
                    spaced(item.name, "会显示在声音后面，现在导出的是视频。"),
                )
            case "waveform":
                meta["backdrop"] = {"type": "waveform"}
                said = Said(
                    "The waveform is shown; the export is a video now.", "会显示波形，现在导出的是视频。"
                )
            case "none":
                said = Said("Nothing is shown; the export is sound alone.", "不再显示画面，导出的只有声音。")
        args = {"kind": self.kind, "file": self.file}
        if new == draft:
            said = Said("It is like that already.", "已经是这样了。")
            return Outcome(draft, said, "set_backdrop", args, {"status": "unchanged"})
        return Outcome(new, said, "set_backdrop", args, {"status": "success"})

    def _picture(self, world: World) -> MediaItem:
        pictures = [item for item in world.media.values() if item.kind == "image"]
        wanted = self.file.casefold()
        named = [p for p in pictures if wanted in ("", p.name.casefold(), title_of(p).casefold())]
        if len(named) == 1:
            return named[0]
        if not named:
            what = (f" “{self.file}”", f"“{self.file}”") if self.file else ("", "")
            raise EditRefused(
                Said(f"No picture{what[0]} was uploaded: upload one, then say it again. Nothing was changed.",
                     f"没有上传过图片{what[1]}：请先上传，再说一遍。没有做任何改动。")
            )  # fmt: skip
        choices = [Said(f"show {p.name} behind the sound", f"用 {p.name} 做背景") for p in named]
        raise Unclear(Said("Which picture?", "用哪张图片？"), choices)


def _sound_instead(draft: dict[str, Any], world: World) -> dict[str, Any]:
    """A draft of the only sound that was uploaded, where no more than a picture is the film.

    Raises:
        EditRefused: there is a film.
    """
    sounds = [item for item in world.media.values() if item.kind == "audio"]
    shots = read(draft)
    still = len(shots) == 1 and shots[0].src in world.media and world.media[shots[0].src].kind == "image"
    if not still or len(sounds) != 1:
        raise EditRefused(
            Said("That is for sound alone, and there is a film on the timeline. Nothing was changed.",
                 "这只适用于只有声音的时间线，现在时间线上有视频。没有做任何改动。")
        )  # fmt: skip
    sound = sounds[0]
    meta = {"id": "v1", "start": 0, "src": sound.src, "in": 0, "out": sound.duration_ms, "speed": 1.0,
            "volume": 1.0, "name": title_of(sound)}  # fmt: skip
    track = {"tt": AUDIO, "m": {"name": MAIN}, "sg": [{"d": sound.duration_ms, "m": meta}]}
    return {"d": sound.duration_ms, "m": {"title": title_of(sound)}, "t": [track]}
