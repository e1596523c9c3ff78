"""The kernels that people have: older ipykernels beside the present one, each as a kernelspec of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KERNELS", "PLACES", "NotInstalled", "Place", "Version", "specs"]


@dataclass(frozen=True, slots=True)
class Version:
    """An ipykernel that people have.

    Attributes:
        name: of its kernelspec.
        wanted: how its version begins.
        needs: what is installed for it.
        subshells: whether it has them.
        deaf: whether it may hang for ever when a message comes just while it sends a reply, whatever the cell
            (`pass` will do), as ipykernel 7.0 to 7.3 do: they send past the stream that reads the socket.
    """

    name: str
    wanted: str
    needs: tuple[str, ...]
    subshells: bool
    deaf: bool = False


KERNELS = (
    Version("old", "6.31", ("ipykernel==6.31.*", "nest-asyncio"), subshells=False),
    Version("middle", "7.3", ("ipykernel==7.3.*",), subshells=True, deaf=True),
    Version("newest", "", (), subshells=True),
)
"""The last one is the ipykernel of the present environment."""


@dataclass(frozen=True, slots=True)
class Place:
    """A kernel as a front end uses it, whose comm messages go to a subshell or to the main shell."""

    version: Version
    subshells: bool

    def __str__(self) -> str:
        return f"{self.version.name}{'-subshells' * self.subshells}"


PLACES = tuple(Place(v, subshells) for v in KERNELS for subshells in (False, True)[: 1 + v.subshells])


class NotInstalled(Exception):
    """An ipykernel could not be installed; the message is what the installer said."""


def specs(cache: Path, root: Path, versions: Sequence[Version] = KERNELS) -> dict[str, str]:
    """Write a kernelspec a version under `root`/kernels: each one's name, and what went wrong or "".

    The older ipykernels stand alone in folders below `cache`, where a later run finds them again; everything
    else comes from the present environment.
    """
    return {version.name: _spec(version, cache, root) for version in versions}


def _spec(version: Version, cache: Path, root: Path) -> str:
    env = {}
    if version.needs:
        folder = cache / f"py{sys.version_info[0]}.{sys.version_info[1]}-ipykernel-{version.wanted}"
        try:
            _install(version.needs, folder)
        except NotInstalled as error:
            return str(error)
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    place = root / "kernels" / version.name
    place.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": version.name, "language": "python", "env": env}
    (place / "kernel.json").write_text(json.dumps(spec))
    return ""


def _install(needs: tuple[str, ...], folder: Path) -> None:
    """Whoever is first puts it in place as a whole, so that two runs at once don't disturb each other."""
    if folder.is_dir():
        return
    pip = (
        [sys.executable, "-m", "pip"]
        if importlib.util.find_spec("pip")
        else [shutil.which("uv") or "uv", "pip"]
    )
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        target = Path(made) / "whole"
        command = [*pip, "install", "--quiet", "--no-deps", "--target", str(target), *needs]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotInstalled(f"{' '.join(needs)}: {error}") from None
        if done.returncode:
            raise NotInstalled(f"{' '.join(needs)}: {done.stderr.strip()[-500:]}")
        try:
            target.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
