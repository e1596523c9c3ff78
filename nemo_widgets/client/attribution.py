"""The three headers that say which skill speaks (protocol §1); without them an export is refused with 402."""

from __future__ import annotations

import os
from pathlib import Path

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError

from .secret import header_safe

__all__ = ["attribution", "platform"]


def attribution(skill: str, version: str) -> dict[str, str]:
    """The headers for a skill.

    Raises:
        UsageError: the name or the version can't stand in a header.
    """
    for what, text in (("skill.name", skill), ("skill.version", version)):
        if not header_safe(text):
            raise UsageError(say("skill.letters", what=say(what), text=repr(text)), hint=say("skill.lists"))
    return {"X-Skill-Source": skill, "X-Skill-Version": version, "X-Skill-Platform": platform()}


def platform(installed: Path | None = None) -> str:
    """`clawhub` or `cursor` by the folder that this package is installed in, else `unknown`.

    SKILL_SOURCE in the environment overrides.
    """
    if header_safe(told := os.environ.get("SKILL_SOURCE", "").strip()):
        return told
    path = (installed or Path(__file__)).as_posix()
    if "/.clawhub/" in path:
        return "clawhub"
    return "cursor" if "/.cursor/skills/" in path else "unknown"
