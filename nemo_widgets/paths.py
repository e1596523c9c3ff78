"""Files as people name them, from where one is or from home; and what a mistaken name may have meant."""

from __future__ import annotations

import contextlib
import os
import sys
from difflib import get_close_matches
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from .catalogue import say
from .errors import UsageError
from .host import shell

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "expanded", "from_notebook", "is_file", "is_folder", "is_there", "meant", "near", "notebook_folder",
    "notebook_name", "shown", "working_folder",
]  # fmt: skip

_OFFERED = 3


def shown(path: Path) -> str:
    """The path as it may stand in a notebook that others read: from here, or from the user's home."""
    for base, prefix in ((_here(), ""), (expanded("~"), "~/")):
        if path.is_absolute() and path.is_relative_to(base):
            return f"{prefix}{path.relative_to(base).as_posix()}"
    return str(path)


def expanded(path: str | Path) -> Path:
    """The path with the home of whom it names; as it stands where there is no such user, or no home."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - pathlib's raises then


def is_folder(path: str | Path) -> bool:
    """Whether it is a folder that can be looked at; pathlib raises where that is not allowed."""
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: str | Path) -> bool:
    """Whether it is a file that can be looked at, likewise."""
    return os.path.isfile(path)  # noqa: PTH113


def is_there(path: str | Path) -> bool:
    """Whether there is anything of that name that can be looked at, likewise."""
    return os.path.exists(path)  # noqa: PTH110


def working_folder() -> Path:
    """The folder that names are meant from.

    Raises:
        UsageError: it was removed.
    """
    try:
        return Path.cwd()
    except OSError:
        raise UsageError(say("file.working folder"), hint=say("file.cd")) from None


def cache_folder(name: str) -> Path:
    """The folder of that name in the user's cache (`NEMO_CACHE`, else where the system wants it)."""
    if chosen := os.environ.get("NEMO_CACHE"):
        return expanded(chosen) / name
    from platformdirs import user_cache_path

    return user_cache_path("nemo-widgets", appauthor=False) / name


def notebook_folder() -> Path:
    """Where the kernel was started: `%cd` moves the kernel, and the notebook and its page stay there."""
    return Path(getattr(shell(), "starting_dir", None) or _here())


def notebook_name() -> str:
    """The file name of the notebook that this kernel was started for; "" where nobody tells.

    Jupyter's server sets an environment variable, VS Code a variable of the notebook's.
    """
    main = vars(sys.modules["__main__"]) if "__main__" in sys.modules else {}
    told = os.environ.get("JPY_SESSION_NAME") or main.get("__vsc_ipynb_file__")
    name = PureWindowsPath(told).name if isinstance(told, str) else ""  # it knows both kinds of slashes
    return name if name.endswith(".ipynb") else ""


def _here() -> Path:
    """The working directory; one that is nobody's where it was removed."""
    with contextlib.suppress(UsageError):
        return working_folder()
    return Path(os.sep, "gone")


def from_notebook(path: Path) -> str:
    """The path from the notebook's folder, with slashes, or "" if it is not below it."""
    start = notebook_folder()
    for file, folder in ((path.absolute(), start), (path.resolve(), start.resolve())):
        with contextlib.suppress(ValueError):
            return Path(os.path.normpath(file)).relative_to(folder).as_posix()
    return ""


def meant(names: Sequence[str]) -> str:
    """The hint that one of these was probably meant."""
    return say("near.meant", names=say("near.or").join(names))


def near(path: Path, endings: Collection[str]) -> str:
    """A hint where there is no such file: those of the folder whose name is nearly the same.

    Args:
        path: what was named.
        endings: the extensions that count, lower case, such as ".mp4".
    """
    if str(path).startswith("{") and str(path).endswith("}"):
        return say("file.braces")
    try:
        names = [p.name for p in path.parent.iterdir() if p.suffix.lower() in endings]
    except OSError:
        return say("file.no folder either", folder=shown(path.parent))
    like = sorted(name for name in names if Path(name).stem.lower() == path.stem.lower())
    like += [n for n in get_close_matches(path.name, names, n=_OFFERED, cutoff=0.7) if n not in like]
    return meant(like[:_OFFERED]) if like else say("file.elsewhere")
