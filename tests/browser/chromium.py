"""Finds a Chromium for the browser tests, or installs one by whichever way works here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_WHERE = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_or_install() -> str:
    """The path of a Chromium that starts: CHROMIUM, one on the PATH, Playwright's own, or a new one.

    Raises:
        RuntimeError: there is none and none could be installed; the message says what to do.
    """
    return find() or _install_with_playwright() or _install_with_apt() or _give_up()


def find() -> str | None:
    """A Chromium that is there already, or None."""
    named = os.environ.get("CHROMIUM")
    candidates = [named, *map(shutil.which, _NAMES), _MAC, _playwrights_own()]
    return next((path for path in candidates if path and Path(path).exists()), None)


def _playwrights_own() -> str | None:
    asked = subprocess.run([sys.executable, "-c", _WHERE], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or None


def _install_with_playwright() -> str | None:
    _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return find()


def _install_with_apt() -> str | None:
    apt, sudo = shutil.which("apt-get"), shutil.which("sudo")
    if not apt:
        return None
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    before = [] if root else [sudo, "-n"] if sudo else None
    if before is None:
        return None
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        _try([*before, apt, *step], DEBIAN_FRONTEND="noninteractive")
    return find()


def _try(command: list[str], **extra: str) -> None:
    env = {**os.environ, **extra}
    subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)


def _give_up() -> str:
    raise RuntimeError(
        "The browser tests need Chromium, and none could be found or installed: install Chromium or Google "
        "Chrome (on Debian: apt-get install chromium), or set CHROMIUM to the path of one."
    )
