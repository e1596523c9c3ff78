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

    Once the studio accepts connections, one line of JSON goes to standard output: `{"url": …, "token": …}`,
    without the token where it came from a file or the environment.
    """
    options = _parser().parse_args(arguments)
    if options.token is not None:
        return _fail(
            "everybody on this machine sees a token on the command line, and the shell keeps it: take "
            "another one, and put it into a file (--token-file FILE) or into the variable NEMO_STUDIO_TOKEN"
        )
    try:
        from nemo_widgets.errors import StoreError

        from .access import Access
        from .launch import launch
        from .own_token import own_token
        from .settings import Settings
    except ImportError as error:
        return _fail(f'{error.name or error} is missing; install it with: pip install "nemo-widgets[studio]"')
    done = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: done.set())
    try:
        token, note = own_token(options.token_file)
        access = Access(
            certificate=options.tls_cert,
            key=options.tls_key,
            plain_http=options.plain_http,
            anonymous=options.anonymous,
        )
        studio = launch(
            options.data,
            host=options.host,
            port=options.port,
            token=token or None,
            settings=Settings.parse(options.set),
            access=access,
            stderr=True,
        )
    except (OSError, OverflowError) as error:
        return _fail(f"can't listen on {options.host}:{options.port}: {error}")
    except (StoreError, TypeError, ValueError) as error:
        return _fail(str(error))
    if note:
        sys.stderr.write(f"{_PROG}: {note}\n")
    told = {"url": studio.url} if token else {"url": studio.url, "token": studio.token}
    sys.stdout.write(json.dumps(told) + "\n")
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
    parser.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help="where the bearer token is, or a new one is put (default: NEMO_STUDIO_TOKEN, else a new one)",
    )
    parser.add_argument("--token", nargs="?", const="", help=argparse.SUPPRESS)
    parser.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="the certificate (PEM) to speak HTTPS with"
    )
    parser.add_argument(
        "--tls-key", type=Path, metavar="FILE", help="its key (PEM), unless the certificate's file has it"
    )
    parser.add_argument(
        "--plain-http",
        action="store_true",
        help="let others in the network reach the studio without HTTPS: whoever listens there can come in",
    )
    parser.add_argument(
        "--anonymous",
        action=argparse.BooleanOptionalAction,
        help="whether whoever asks is given a token (default: where nobody but this machine can ask)",
    )
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
