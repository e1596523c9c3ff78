"""An exported file, as the user holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft import clock
from nemo_widgets.file_sizes import size_words
from nemo_widgets.interrupts import stoppable
from nemo_widgets.paths import is_file
from nemo_widgets.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Video"]


@dataclass(frozen=True, slots=True)
class Video:
    """An exported film. As the last value of a cell it shows as a player; `open` and `os` take it as a path.

    Attributes:
        path: the file's absolute path, so that `%cd` does not matter.
        duration_ms: its length in milliseconds.
        size: its size in bytes.
        width, height: its size in pixels; 0 if neither the server nor the file says it.
        fps: frames per second; 0 if unknown.
    """

    path: Path
    duration_ms: int
    size: int
    width: int = 0
    height: int = 0
    fps: float = 0.0

    @property
    def duration(self) -> float:
        """The film's length in seconds."""
        return self.duration_ms / 1000

    def __fspath__(self) -> str:
        return str(self.path)

    def __repr__(self) -> str:
        return f"<Video {self}>"

    def __str__(self) -> str:
        return f"{printable(self.path.name)} · {clock(self.duration_ms)} · {size_words(self.size)}"

    @stoppable
    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        from nemo_widgets.widgets import Player
        from nemo_widgets.widgets.standing import succeed

        if not is_file(self.path):
            return {"text/plain": say("player.gone", film=self)}, {}
        player = Player(self.path, duration_ms=self.duration_ms)
        succeed(player.close)
        return player._repr_mimebundle_(**kwargs)
