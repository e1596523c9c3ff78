"""No setting of this machine reaches a client, and a real ADK server in an environment of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
(ADK,) = PROJECT["optional-dependencies"]["adk"]
INSTALL_S = 240


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_WEB_URL", "NEMO_CLIENT_ID", "SKILL_SOURCE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def _install(folder: Path) -> Path:
    """ADK's own environment, since its requirements are not ours; made once and kept.

    Raises:
        subprocess.SubprocessError: it can't be installed.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done, wanted = folder / "installed.txt", f"{ADK} on {sys.version}"
    if done.is_file() and done.read_text() == wanted:
        return python
    uv = shutil.which("uv")
    if uv:
        make = [uv, "venv", "--clear", "--python", sys.executable, str(folder)]
        install = [uv, "pip", "install", "--python", str(python), ADK]
    else:
        make = [sys.executable, "-m", "venv", "--clear", str(folder)]
        install = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
        install += ["--no-compile", ADK]  # of thousands of modules the server imports some
    for command in (make, install):
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_S)
    done.write_text(wanted)
    return python


class AdkServer:
    """A running ADK server; `outside` is where it notes attempts to leave this machine."""

    def __init__(self, url: str, outside: Path) -> None:
        self.url = url
        self.outside = outside
        self.http = httpx.Client(base_url=f"{url}/apps/nemo_agent/users/me", trust_env=False)

    def session(self) -> str:
        return str(self.http.post("sessions").raise_for_status().json()["id"])

    def received(self, session: str) -> list[str]:
        """What the user said, as ADK keeps it."""
        events = self.http.get(f"sessions/{session}").raise_for_status().json()["events"]
        return [part["text"] for e in events if e["author"] == "user" for part in e["content"]["parts"]]


@pytest.fixture(scope="session")
def adk_python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python that has ADK; skips where it can't be installed, and only there."""
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("adk") if cache else tmp_path_factory.mktemp("adk")
    try:
        return _install(folder)
    except subprocess.CalledProcessError as error:
        why = (error.stderr or error.stdout or "it gave no reason").strip().splitlines()[-1]
    except subprocess.TimeoutExpired:
        why = f"not done after {INSTALL_S} s"
    pytest.skip(f"{ADK} can't be installed here, perhaps for want of a network: {why}")


@pytest.fixture(scope="session")
def adk(adk_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdkServer]:
    """One server for all tests; each has sessions of its own."""
    folder = tmp_path_factory.mktemp("adk_server")
    script = Path(__file__).with_name("adk_server.py")
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [str(adk_python), str(script), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=folder,
        )
        with process:
            told = process.stdout.readline()
            assert told, f"The ADK server did not start:\n{(folder / 'log.txt').read_text()[-2000:]}"
            server = AdkServer(f"http://127.0.0.1:{json.loads(told)['port']}", folder / "outside.txt")
            with server.http:
                yield server
            process.stdin.close()
            try:
                process.wait(PATIENCE_S)
            finally:
                process.kill()
