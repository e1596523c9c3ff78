"""What an instruction to someone before a window comes to in a notebook, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Known", "Step", "say"]


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: `kind` names what it comes to, `detail` holds options or the words of an edit.

    Kinds: export, tracks, timeline, play, runs, credits, undo, upload, edit; `save` (nothing needs to be
    done), `drop` (nothing is left to do: clicks are done through the API). `about` is the thing meant, so
    that an 'it' behind it can be told. `alone` is false where only a step behind it makes it one.
    """

    kind: str
    detail: str = ""
    about: str = ""
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What is known where an instruction is read.

    `inside`: the contents of quoted texts and code, by token; `about`: the thing that the step before was
    about; `at`: the time that it went to; "" for none.
    """

    inside: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    at: str = ""


_ENGLISH = {
    "export": ("export", "it with `%nemo export{}`"),
    "tracks": ("see", "the tracks with `%nemo tracks`"),
    "timeline": ("see", "the timeline with `%nemo timeline`"),
    "play": ("play", "it with `%nemo play` after `%nemo export`"),
    "runs": ("see", "what was done with `%nemo runs`"),
    "credits": ("check", "your credits with `%nemo credits`"),
    "undo": ("undo", "it with `%nemo undo`"),
    "upload": ("upload", "files with `%nemo upload FILE`"),
    "edit": ("type", "`%nemo edit {}`"),
}
_GERUNDS = {"type": "typing"}
_CHINESE = {
    "export": "用 `%nemo export{}` 导出",
    "tracks": "用 `%nemo tracks` 查看轨道",
    "timeline": "用 `%nemo timeline` 查看时间线",
    "play": "先用 `%nemo export` 导出，再用 `%nemo play` 播放",
    "runs": "用 `%nemo runs` 查看操作记录",
    "credits": "用 `%nemo credits` 查看积分",
    "undo": "用 `%nemo undo` 撤销",
    "upload": "用 `%nemo upload FILE` 上传",
    "edit": "输入 `%nemo edit {}`",
    "save": "会自动保存",
}


def say(step: Step, *, chinese: bool = False, gerund: bool = False) -> str:
    """The step as a verb phrase that begins small, "" for one that is dropped.

    >>> say(Step("undo"))
    'undo it with `%nemo undo`'
    >>> say(Step("export", " --resolution 720p"), gerund=True)
    'exporting it with `%nemo export --resolution 720p`'
    """
    if step.kind == "drop":
        return ""
    if chinese:
        return _CHINESE[step.kind].format(step.detail)
    if step.kind == "save":
        return "it is saved by itself"
    verb, rest = _ENGLISH[step.kind]
    if gerund:
        verb = _GERUNDS.get(verb, f"{verb}ing")
    return f"{verb} {rest.format(step.detail)}"
