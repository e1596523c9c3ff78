"""Where the package runs: in a notebook's kernel, in IPython's terminal, or in a program."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["host", "shell"]


def host() -> str:
    """Where we are shown: notebook (a kernel with front ends), terminal (IPython there), none (a program)."""
    present = shell()
    if present is None:
        return "none"
    return "notebook" if getattr(present, "kernel", None) is not None else "terminal"


def shell() -> Any:
    """IPython's shell; None in a program, which does not import IPython for this."""
    present = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return present() if present is not None else None
