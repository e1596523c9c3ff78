"""The skills: one data file each, read when asked for; more can be registered.

A skill names itself in the headers of every request (protocol §1); its prompts, usual duration and tip are
shown when one connects with it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from nemo_widgets.call_checks import check_call
from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.languages import either

__all__ = ["DEFAULT", "Skill", "every", "get", "register"]

DEFAULT = "video-trimmer-in-between"
"""The skill that a connection uses unless another is named."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill: `name` is the slug sent as X-Skill-Source, `usual` how long a job takes in the cloud."""

    name: str
    version: str = "1.0.0"
    title: str = ""
    summary: str = ""
    usual: str = ""
    tip: str = ""
    prompts: tuple[str, ...] = ()
    summary_zh: str = ""
    usual_zh: str = ""
    tip_zh: str = ""
    prompts_zh: tuple[str, ...] = ()

    def said(self, language: str) -> Skill:
        """The same with its texts in a language, as far as there are any in it; the title is a name."""
        return replace(
            self,
            summary=either(language, "", self.summary_zh) or self.summary,
            usual=either(language, "", self.usual_zh) or self.usual,
            tip=either(language, "", self.tip_zh) or self.tip,
            prompts=self.prompts_zh if either(language, "", "zh") and self.prompts_zh else self.prompts,
        )


def every() -> dict[str, Skill]:
    """All skills by name: the four of this package and the registered ones."""
    return dict(_known())


@check_call
def get(name: str) -> Skill:
    """The skill called `name`.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    if found := _known().get(name):
        return found
    near = get_close_matches(name, _known(), n=1, cutoff=0.4)
    guess = say("skill.meant", name=repr(near[0])) if near else ""
    raise UsageError(say("skill.unknown", name=repr(name)), hint=f"{guess}{say('skill.lists')}")


def register(source: Skill | str | Path) -> Skill:
    """Add a skill, or replace one of the same name: a `Skill`, or the path of a TOML file with its fields.

    Raises:
        UsageError: the file is not readable as a skill.
    """
    added = source if isinstance(source, Skill) else _read(Path(source))
    _known()[added.name] = added
    return added


@cache
def _known() -> dict[str, Skill]:
    found = [_read(path) for path in sorted(Path(__file__).parent.glob("*.toml"))]
    return {each.name: each for each in found}


def _read(path: Path) -> Skill:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(say("skill.unreadable", name=path.name, why=error), hint="") from None
    unknown = set(data) - {field.name for field in fields(Skill)}
    if unknown or not isinstance(data.get("name"), str):
        names = ", ".join(sorted(unknown))
        wrong = say("skill.unknown fields", names=names) if unknown else say("skill.no name")
        raise UsageError(say("skill.wrong", name=path.name, why=wrong), hint="")
    prompts = {name: tuple(data.get(name, ())) for name in ("prompts", "prompts_zh")}
    return Skill(**{**data, **prompts})
