"""Where the command takes the studio's token from: a file or the environment, which others can't read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nemo_widgets.private_files import create_private

from .store import StoreError, new_token

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["VARIABLE", "own_token"]

VARIABLE = "NEMO_STUDIO_TOKEN"
_MOST_BYTES = 4096
_OTHERS = 0o077


def own_token(file: Path | None) -> tuple[str, str]:
    """The token in a file, else that in the environment, "" where neither is; and what to tell of the file.

    A file that is not there is made, with a new token in it. The variable is taken out of the environment,
    which what the studio starts would inherit.

    Raises:
        StoreError: the file can't be read or made, or holds no token.
    """
    given = os.environ.pop(VARIABLE, "").strip()
    if file is None:
        return given, ""
    try:
        if not file.exists():
            return _made(file), f"A new token was written into {file}."
        with file.open("rb") as opened:
            words = opened.read(_MOST_BYTES).decode("ascii", "replace").split()
            mode = os.fstat(opened.fileno()).st_mode
    except OSError as error:
        raise StoreError(f"The token can't be read from {file}: {error.strerror}.") from None
    if len(words) != 1:
        raise StoreError(f"{file} holds no token: it is one word on one line.")
    seen = os.name == "posix" and mode & _OTHERS
    return words[0], f"Others can read the token in {file}; `chmod 600` keeps them out." if seen else ""


def _made(file: Path) -> str:
    token = new_token()
    with create_private(file) as opened:
        opened.write(f"{token}\n".encode())
    return token
