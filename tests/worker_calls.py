"""What tests have workers do: functions that another process can import."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from nemo_widgets.studio.render import RenderError
from nemo_widgets.studio.workers import child, tell

if TYPE_CHECKING:
    from pathlib import Path


def write_and_wait(part: Path) -> None:
    """Begin a file with the process's number, and go on for long."""
    part.write_text(str(os.getpid()))
    tell(os.getpid())
    time.sleep(60)


held: list[bytearray] = []


def hold(megabytes: int) -> int:
    """Hold so much for good, as caches and the allocator do; the number of the process."""
    held.append(bytearray(os.urandom(1_000_000)) * megabytes)
    return os.getpid()


def grow(megabytes: int) -> int:
    """Take memory, piece by piece, and use it."""
    return sum(len(piece) for piece in [bytearray(b"x" * 1_000_000) for _ in range(megabytes)])


def refuse(sentence: str) -> None:
    raise RenderError(sentence)


def fail_oddly() -> None:
    class Odd(Exception):
        """Nobody else can import it."""

    raise Odd("the reel is stuck")


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def print_and_ask() -> str:
    """What prints and reads is not in the way of the messages."""
    print("hello", flush=True)  # noqa: T201 - that is what is tried
    os.write(1, b"hello")
    return os.read(0, 5).decode()


def leave_soon() -> int:
    """From now on this worker waits a moment only for its next call."""
    child._IDLE_S = 0.05
    return os.getpid()
