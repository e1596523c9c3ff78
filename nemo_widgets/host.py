"""Where the package runs: in a notebook's kernel, in IPython's terminal, or in a program."""

from __future__ import annotations

import sys

__all__ = ["host"]


def host() -> str:
    """Where we are shown: notebook (a kernel with front ends), terminal (IPython there), none (a program)."""
    present = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = present() if present is not None else None
    if shell is None:
        return "none"
    return "notebook" if getattr(shell, "kernel", None) is not None else "terminal"
