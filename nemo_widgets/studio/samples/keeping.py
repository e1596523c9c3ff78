"""Samples that were made once, kept for every later time and every process of the user.

They stand in the user's cache, some megabytes each, under a
name with the hash of the code that drew them: other code draws anew, and what it replaces goes.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from contextlib import suppress
from filecmp import cmp
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets.paths import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["kept", "place"]

_HERE = Path(__file__).parent
_DRAWN_BY = ("*.py", "*.ogg", "truth.json")


def kept(
    name: str, draw: Callable[[Path], object], waiting: Callable[[], object] = lambda: None
) -> Path | None:
    """The sample of that name in the cache, drawn into it if it is not there; None where there is no cache.

    Several processes may want it at the same time: one draws, the others wait for it. It is drawn beside its
    place and moved there when it is whole.

    Args:
        name: the sample.
        draw: makes it as the file that it is given.
        waiting: called when another process is drawing it.
    """
    from filelock import FileLock

    folder = cache_folder("samples")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}-{_code()}.mp4"
        if _whole(target):
            return target
        lock = FileLock(folder / f"{name}.lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except TimeoutError:
            waiting()
            lock.acquire()
    except OSError:
        return None
    try:
        if not _whole(target):
            _draw(target, draw)
            for other in folder.glob(f"{name}-*.mp4"):
                if other != target:
                    with suppress(OSError):
                        other.unlink()
    except OSError:  # the disk is full, say: then it is drawn where it is wanted, which may be another disk
        return None
    finally:
        lock.release()
    return target


def place(source: Path, target: Path) -> Path:
    """Copy a file to its place at once, as a whole; what is there already and the same stays untouched."""
    if target.is_file() and cmp(source, target, shallow=False):
        return target
    part = target.with_name(f".{target.stem}.{secrets.token_hex(4)}.part.mp4")
    try:
        shutil.copyfile(source, part)
        return part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _draw(target: Path, draw: Callable[[Path], object]) -> None:
    part = target.with_name(f".{target.stem}.{secrets.token_hex(4)}.part.mp4")
    try:
        draw(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _whole(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


@cache
def _code() -> str:
    """The hash of all that a sample is drawn by: this package's own code, recordings and letters."""
    import av
    import PIL

    from nemo_widgets import fonts

    found = hashlib.sha256(f"{av.__version__} {PIL.__version__}".encode())
    files = [path for pattern in _DRAWN_BY for path in sorted(_HERE.glob(pattern))]
    for path in [*files, *sorted(Path(fonts.__file__).parent.glob("*.otf"))]:
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
