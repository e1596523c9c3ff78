"""A studio in a process of its own, on a disk that can be filled: started, killed, and counted."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

__all__ = ["Disk", "Studio", "own_mounts"]

TOKEN = f"nmv_usr_{'soak' * 8}"
"""Made up; of a studio on loopback."""
_SERVE = Path(__file__).with_name("soak_serve.py")
_START_S, _ORPHAN_S, _REST_S = 60.0, 5.0, 15.0
_OWN = "SOAK_OWN_MOUNTS"
_STANDING = (
    "MainThread", "nemo-studio", "nemo-studio-exports", "nemo-studio-pulse", "nemo-studio-housekeeping",
    "nemo-studio-worker", "AnyIO worker thread", "asyncio_",
)  # fmt: skip
"""Threads that a studio has while nobody wants anything of it; a pool's may stay for the next call."""


def own_mounts() -> None:
    """Go on in a process whose mounts nobody else sees, and which go with it, if there can be one."""
    shell = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    if os.environ.get(_OWN) or not shutil.which("unshare"):
        return
    can = subprocess.run([*shell, "true"], capture_output=True, check=False).returncode == 0
    os.environ[_OWN] = "1" if can else "0"
    if can:
        os.execvp("unshare", [*shell, sys.executable, *sys.argv])  # noqa: S606, S607 - ourselves


class Disk:
    """Where the studio's data are: a file system of its own if there can be one.

    Attributes:
        folder: for the data.
        kind: `tmpfs`; `limit` where the studio's files are kept from growing; "" where neither can be.
    """

    def __init__(self, place: Path, size_mb: int) -> None:
        self.folder = place / "disk"
        self.folder.mkdir()
        self.kind = fallback = "limit" if hasattr(resource, "prlimit") else ""
        if os.environ.get(_OWN) == "1":
            command = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(self.folder)]
            self.kind = "tmpfs" if subprocess.run(command, check=False).returncode == 0 else fallback
        self.data = self.folder / "data"
        self._ballast = self.folder / "ballast"

    def fill(self, studio: Studio, left: int) -> None:
        """Leave `left` bytes; where there is no disk of its own, files may not become larger than that."""
        if self.kind != "tmpfs":
            studio.limit(left)
            return
        free = shutil.disk_usage(self.folder).free
        with self._ballast.open("wb") as file, suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, max(1, free - left))

    def free(self, studio: Studio) -> None:
        """Give the room back."""
        if self.kind != "tmpfs":
            studio.limit(None)
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        """Take the file system away; nothing in it may be in use."""
        if self.kind == "tmpfs":
            self.kind = ""
            subprocess.run(["umount", str(self.folder)], check=True)  # noqa: S607 - the system's


class Studio:
    """`nemo-studio serve`, always over the same data and at the same port.

    Attributes:
        starts: seconds until it served, of every start. refused: starts that found no room.
        peak_mb: the most memory that it and its workers took together.
        wrong: what should not have been, one sentence each.
    """

    def __init__(self, place: Path, data: Path) -> None:
        self._place, self._data = place, data
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.temporary = place / "tmp"
        self.temporary.mkdir()
        self.starts: list[float] = []
        self.refused = 0
        self.peak_mb = 0.0
        self.wrong: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._family: list[psutil.Process] = []

    @property
    def pid(self) -> int:
        """Of the process that serves; 0 if none does."""
        return self._process.pid if self._process is not None and self._process.poll() is None else 0

    def start(self) -> bool:
        """Serve; False where the studio says that it can't."""
        command = [sys.executable, str(_SERVE), str(self._place / "threads.json"), "serve"]
        command += ["--data", str(self._data), "--port", str(self._port)]
        command += [f"--set={one}" for one in ("text_pause=0.01", "message_cost=1", "credits=1000000")]
        env = os.environ | {"NEMO_STUDIO_TOKEN": TOKEN, "TMPDIR": str(self.temporary)}
        begun = time.monotonic()
        with (self._place / "studio.err").open("a") as log:
            self._process = subprocess.Popen(
                command, env=env, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
            )
        if not self._process.stdout.readline():
            self._process.wait(_START_S)
            self._close()
            self.refused += 1
            return False
        self.starts.append(time.monotonic() - begun)
        return True

    def start_at_last(self) -> None:
        """Serve, as soon as there is room to."""
        while not self.start():
            time.sleep(0.2)

    def kill(self) -> None:
        """SIGKILL, and see that what it had started ends as well."""
        self.look()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._close()
            self._orphans("killed")

    def stop(self) -> float:
        """SIGTERM; returns the seconds that it took."""
        self.look()
        begun = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        if (code := self._process.wait(30)) != 0:
            self.wrong.append(f"the studio ended with {code}")
        took = time.monotonic() - begun
        self._close()
        self._orphans("stopped")
        return took

    def look(self) -> None:
        """Note which processes there are, and what they take."""
        with suppress(psutil.Error):
            own = psutil.Process(self.pid) if self.pid else None
            family = [own, *own.children(recursive=True)] if own else []
            self._family = list({*self._family, *family[1:]})
            self.peak_mb = max(self.peak_mb, sum(one.memory_info().rss for one in family) / 1e6)

    def limit(self, size: int | None) -> None:
        """Let no file become larger than `size`."""
        if not hasattr(resource, "prlimit"):
            return
        most = resource.RLIM_INFINITY if size is None else size
        with suppress(psutil.Error, OSError):
            own = psutil.Process(self.pid)
            for one in [own, *own.children(recursive=True)]:
                resource.prlimit(one.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def census(self) -> dict[str, Any]:
        """What it has open once nobody wants anything any more, or still has after a while.

        Threads in all and those that belong to work; handles, connections and files; workers.
        """
        end = time.monotonic() + _REST_S
        while (found := self._census())["working threads"] or found["connections"] or found["files"]:
            if time.monotonic() > end:
                break
            time.sleep(0.2)
        return found

    def _census(self) -> dict[str, Any]:
        told = self._place / "threads.json"
        told.unlink(missing_ok=True)
        end = time.monotonic() + _REST_S
        while not told.exists() and time.monotonic() < end:  # more than once: there may be no room for it now
            os.kill(self.pid, signal.SIGUSR1)
            time.sleep(0.2)
        names = json.loads(told.read_text())
        own = psutil.Process(self.pid)
        files = [Path(file.path).name for file in own.open_files() if file.path.startswith(str(self._data))]
        return {
            "threads": len(names),
            "working threads": sorted(name for name in names if not name.startswith(_STANDING)),
            "handles": own.num_fds(),
            "connections": sum(one.status != psutil.CONN_LISTEN for one in own.net_connections("inet")),
            "files": sorted(name for name in files if not name.startswith("studio.")),
            "workers": len(own.children(recursive=True)),
        }

    def _close(self) -> None:
        if self._process is not None and self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None

    def _orphans(self, how: str) -> None:
        _, left = psutil.wait_procs(self._family, _ORPHAN_S)
        self._family = []
        for one in left:
            self.wrong.append(f"{one} outlived the studio, which was {how}")
            with suppress(psutil.Error):
                one.kill()
