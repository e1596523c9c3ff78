"""Starts a JupyterLab with folders of its own, and drives one open notebook in Chromium."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from waiting import PATIENCE_S

import nemo_widgets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Locator, Page, Playwright

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


_LAB = """import sys
sys.modules["rfc3987_syntax"] = None
from jupyterlab.labapp import main
main()
"""
"""JupyterLab without the grammars of addresses that `conftest.py` leaves out too: most of its start."""


class Server:
    """A running JupyterLab."""

    def __init__(self, base: str, token: str, root: Path) -> None:
        self.base, self.token, self.root = base, token, root

    def url(self, name: str) -> str:
        return f"{self.base}lab/tree/{name}?token={self.token}&reset"


@contextlib.contextmanager
def jupyter(root: Path, **env: str) -> Iterator[Server]:
    """JupyterLab over `root` on a free port, everything else of it in a temporary folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token, own = secrets.token_hex(16), Path(tempfile.mkdtemp(prefix="nemo-jupyter-"))
    quiet = own / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"fetchNews": "false"}))
    ours = own / "data/labextensions/nemo-widgets"
    ours.parent.mkdir(parents=True)
    ours.symlink_to(Path(nemo_widgets.__file__).parent / "labextension", target_is_directory=True)
    mine = {f"JUPYTER_{k}_DIR": str(own / k.lower()) for k in ("CONFIG", "DATA", "RUNTIME")}
    mine |= {"IPYTHONDIR": str(own / "ipython"), "JUPYTERLAB_SETTINGS_DIR": str(own / "settings")}
    mine["JUPYTER_PATH"] = mine["JUPYTER_DATA_DIR"]  # before what is installed with the package
    mine |= {
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "NEMO_STUDIO_DATA": str(own / "studio"),
        **env,
    }
    base = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-c", _LAB, "--LabApp.expose_app_in_browser=True"]
    command += ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    command += [f"--ServerApp.root_dir={root}"]
    log = own / "server.log"
    try:
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=root,
                env={**os.environ, **mine},
                start_new_session=True,
            )
        try:
            _wait_for(f"{base}api/status?token={token}", process, log)
            yield Server(base, token, root)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"Jupyter ended with {process.returncode}: {log.read_text()[-3000:]}")
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own loopback server
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(log.read_text()[-3000:])


@contextlib.contextmanager
def browser(playwright: Playwright, executable: str) -> Iterator[BrowserContext]:
    """Chromium with a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="nemo-chromium-", ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=executable,
            headless=True,
            args=_FLAGS,
            viewport={"width": 1200, "height": 1000},
        )
        context.set_default_timeout(PATIENCE_S * 1000)
        try:
            yield context
        finally:
            context.close()


def write(path: Path, *cells: str) -> Path:
    """A notebook of these code cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(notebook, path)
    return path


_READY = """async (ms) => { const t0 = Date.now(); let last = '', asked = t0;
  while (Date.now() - t0 < ms) {
    const w = window.jupyterapp?.shell?.currentWidget, k = w?.sessionContext?.session?.kernel;
    last = `${w?.context?.isReady} ${w?.sessionContext?.isReady} ${k?.connectionStatus} ${k?.status}`;
    if (w?.context?.isReady && w?.sessionContext?.isReady && k?.connectionStatus === 'connected'
        && k?.status === 'idle') return;
    // A kernel's first status can be sent before the page listens; it answers with another when asked.
    if (k?.connectionStatus === 'connected' && k.status === 'unknown' && Date.now() - asked > 5000) {
      asked = Date.now(); k.requestKernelInfo().catch(() => {}); }
    await new Promise(r => setTimeout(r, 50)); }
  throw new Error('kernel not ready: ' + last); }"""
_START = """(i) => { const app = window.jupyterapp, c = app.shell.currentWidget.content;
  window.__nemo = null; let run;
  if (i === null) run = app.commands.execute('notebook:run-all-cells');
  else { c.deselectAll(); c.activeCellIndex = i; run = app.commands.execute('notebook:run-cell'); }
  run.then(ok => { window.__nemo = {ok: ok !== false, at: Date.now()}; },
           () => { window.__nemo = {ok: false, at: Date.now()}; }); }"""


class Notebook:
    """One open notebook. Cells are counted among code cells, from 0."""

    def __init__(self, page: Page, server: Server, name: str) -> None:
        self.page = page
        page.goto(server.url(name))
        page.wait_for_selector(".jp-Notebook")
        page.evaluate(_READY, PATIENCE_S * 1000)

    def command(self, name: str) -> Any:
        return self.page.evaluate("n => window.jupyterapp.commands.execute(n)", name)

    def start(self, cell: int | None = None) -> None:
        """Run one cell (counted among all cells), or all of them, without waiting."""
        self.page.evaluate(_START, cell)

    def ended(self, seconds: float = PATIENCE_S) -> dict[str, Any]:
        """Wait until what was started has ended: `ok`, and the page's time `at` which it did (ms)."""
        self.page.wait_for_function("() => window.__nemo", timeout=seconds * 1000)
        return self.page.evaluate("() => window.__nemo")

    def run(self, cell: int | None = None, seconds: float = PATIENCE_S) -> bool:
        self.start(cell)
        return bool(self.ended(seconds)["ok"])

    def interrupt(self) -> None:
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()"
        )

    def cell(self, i: int) -> Locator:
        return self.page.locator(".jp-CodeCell").nth(i)

    def outputs(self, i: int) -> list[str]:
        return self.cell(i).locator(".jp-OutputArea-output").all_inner_texts()

    def save(self) -> None:
        self.command("docmanager:save")

    def shutdown(self) -> None:
        self.page.evaluate("() => window.jupyterapp.serviceManager.sessions.shutdownAll()")
