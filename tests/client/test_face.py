"""What the package offers, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

from nemo_widgets import client

HEAVY = (
    "httpx",
    "httpx_sse",
    "stamina",
    "IPython",
    "pandas",
    "av",
    "numpy",
    "PIL",
    "starlette",
    "ipywidgets",
)


def test_names():
    """Every public name is there, sorted, and says what it is."""
    assert client.__all__ == sorted(client.__all__)
    for name in client.__all__:
        assert getattr(client, name).__doc__ or name.endswith("Callback")


def test_light_import():
    """Importing the client, and making one, loads nothing heavy."""
    code = "import sys, nemo_widgets.client as c; c.AsyncClient(); "
    code += f"print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_closing():
    """A client that was never used, or is closed twice, closes quietly."""
    async with client.AsyncClient(base_url="http://127.0.0.1:1", token="x") as made:
        await made.aclose()
