"""A JupyterLab and a Chromium for the tests of this folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browser.chromium import find_or_install
from browser.harness import browser, jupyter
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parents[1] / "notebooks"


@pytest.fixture(scope="session")
def executable():
    """A Chromium that is there, else installed."""
    return find_or_install()


@pytest.fixture(scope="module")
def context(executable):
    """One browser a module; closed before asyncio tests of other folders run in this process."""
    with sync_playwright() as playwright, browser(playwright, executable) as opened:
        yield opened


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab over a copy of the notebooks."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, root, dirs_exist_ok=True)
    with jupyter(root) as server:
        yield server


@pytest.fixture
def page(context):
    """A page that remembers what went wrong in it, as `page.wrong`."""
    opened = context.new_page()
    opened.wrong = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    yield opened
    opened.close()


@pytest.fixture
def screen(request):
    """Keeps a screenshot under the test's name, to be looked at."""
    folder = HERE / "screens"
    folder.mkdir(exist_ok=True)
    return lambda page, tag="": page.screenshot(path=folder / f"{request.node.name}{tag}.png")
