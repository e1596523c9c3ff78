"""`python -m nemo_widgets.studio serve`, also the command `nemo-studio`: the studio by itself."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_PROG = "nemo-studio"
_LOOK_S = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code.

    Once the studio accepts connections, one line of JSON goes to standard output: `{"url": …, "token": …}`.
    """
    options = _parser().parse_args(arguments)
    try:
        from nemo_widgets.errors import StoreError

        from .launch import launch
        from .settings import Settings
    except ImportError as error:
        return _fail(f'{error.name or error} is missing; install it with: pip install "nemo-widgets[studio]"')
    try:
        settings = Settings.parse(options.set)
    except (TypeError, ValueError) as error:
        return _fail(str(error))
    done = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: done.set())
    try:
        studio = launch(
            options.data,
            host=options.host,
            port=options.port,
            token=options.token,
            settings=settings,
            stderr=True,
        )
    except (OSError, OverflowError) as error:
        return _fail(f"can't listen on {options.host}:{options.port}: {error}")
    except StoreError as error:
        return _fail(str(error))
    sys.stdout.write(json.dumps({"url": studio.url, "token": studio.token}) + "\n")
    sys.stdout.flush()
    while not done.wait(_LOOK_S):
        if not studio.running:
            return _fail("the server ended by itself; the log says why")
    studio.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_PROG, description="Edit video by talking to it, on this machine.")
    parser.add_argument("command", nargs="?", choices=["serve"], default="serve", help="start the studio")
    parser.add_argument("--host", default="127.0.0.1", help="what to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free one")
    parser.add_argument("--data", type=Path, help="where sessions, media and results are kept")
    parser.add_argument("--token", help="the bearer token (default: a new one)")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="another form of the protocol, or a limit, such as events=typed or message_cost=50",
    )
    return parser


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{_PROG}: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
