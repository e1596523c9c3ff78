"""The player of a film that somebody names, whether it is there or still being made."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .catalogue import say
from .errors import UsageError
from .paths import expanded, is_file, notebook_folder, working_folder
from .running.targets import writer

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.running import Video
    from nemo_widgets.widgets import Player

__all__ = ["film_player"]


def film_player(film: str | Path | Video) -> Player:
    """Make a player; a name is meant from where one is, else from the notebook.

    Raises:
        UsageError: there is no such file, or an export of this kernel still makes it.
    """
    from .widgets import Player

    name = expanded(os.fspath(film))
    places = [folder / name for folder in (working_folder(), notebook_folder())]
    if not any(map(is_file, places)) and (run := next(filter(None, map(writer, places)), "")):
        raise UsageError(say("export.still exported", name=name.name, run=run), hint=say("export.play later"))
    return Player(os.fspath(film))
