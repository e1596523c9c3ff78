"""Who asks: the client id of this user, and the anonymous token kept between processes (protocol §2).

Both live in `~/.config/nemovideo`, the id in the file that the vendor's own skill uses. Where that folder
can't be written, both live in memory only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.errors import AuthError, UsageError
from nemo_widgets.private_files import private_folder

from .json_values import find, layers, number, plain, text
from .secret import Secret, header_safe, token_from

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Grant", "Identity"]

_LONGEST_ID = 64
_MOST_READ = 64 * 1024
_WEEK_S = 7 * 24 * 3600
_MARGIN_S = 300
"""A token that ends this soon is not begun with."""
_MILLISECONDS = 1e11
"""No token ends later than so many seconds after 1970, so that a greater number counts milliseconds."""
_TOKENS = ("token", "access_token", "auth_token", "bearer_token", "anonymous_token", "jwt", "access", "value")
_AROUND = ("token", "tokens", "auth", "user", "session", "credentials")
"""Under which key a token may stand, and what may stand around it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """An anonymous token with the user it stands for and its end (seconds since 1970)."""

    token: Secret
    user_id: str = ""
    expires: float = 0.0

    @classmethod
    def from_json(cls, data: Any, now: float) -> Grant:
        """A grant from the server's answer, envelope and all; one that names no end lives for 7 days.

        The token is taken out of `data`: whoever shows what an error's frames hold does not see it there.

        Raises:
            AuthError: there is no token in it.
        """
        token = _taken_out(data)
        user = find(data, "user_id", "uid", "anonymous_id", inner=_AROUND) or find(data, "user")
        ends = _moment(find(data, "expires_at", "expires", "expiry", "expiration", inner=_AROUND))
        lasts = number(find(data, "expires_in", "ttl", inner=_AROUND))
        del data
        return cls(
            token_from(token, where=say("token.sent")),
            text(find(user, "id", "user_id") if isinstance(user, dict) else user),
            ends or now + (lasts if lasts and lasts > 0 else _WEEK_S),
        )


class Identity:
    """The client id and the kept token for one server. Nothing is read or written before it is needed."""

    def __init__(
        self, server: str, folder: Path | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._server = server
        self._given = folder
        self._clock = clock
        self._id: Secret | None = None

    def __repr__(self) -> str:
        return f"Identity({self._server!r})"

    def client_id(self) -> Secret:
        """NEMO_CLIENT_ID, else the kept one, else a new one, which is kept.

        Raises:
            UsageError: NEMO_CLIENT_ID is no usable id. (A kept file that is none is replaced: no server can
                have accepted it.)
        """
        if self._id is None:
            self._id = self._from_environment() or self.renew()
        return self._id

    def renew(self) -> Secret:
        """A client id other than the present one: another process's, if it made one, else a new one."""
        refused, path = self._id, self._path("client_id")
        text = self._read(path)  # once: what is written below depends on what was there at this moment
        if (found := _as_id(text)) is None or found == refused:
            found = Secret(str(uuid.uuid4()))
            _keep(path, found.reveal() + "\n", replace=text is not None)
            # Another process may have been faster; without a folder there is nothing to read.
            kept = _as_id(self._read(path))
            found = kept if kept is not None and kept != refused else found
        self._id = found
        return found

    def kept(self) -> Grant | None:
        """The kept token, if it is still good for a while; a damaged file counts as none."""
        if (path := self._token_path()) is None:
            return None
        with contextlib.suppress(OSError, ValueError, AttributeError, AuthError, RecursionError):
            data = json.loads(_beginning(path))
            grant = Grant.from_json(data, self._clock())
            return grant if grant.expires > self._clock() + _MARGIN_S else None
        return None

    def keep(self, grant: Grant) -> None:
        """Keep the token for other processes, readable by its owner alone."""
        ends = datetime.fromtimestamp(grant.expires, UTC).isoformat()
        data = {"token": grant.token.reveal(), "user_id": grant.user_id, "expires_at": ends}
        _keep(self._token_path(), json.dumps(data), replace=True)

    def _from_environment(self) -> Secret | None:
        told = os.environ.get("NEMO_CLIENT_ID", "").strip()
        if told and not _usable(told):
            raise UsageError(say("client id.bad", most=_LONGEST_ID), hint=say("client id.unset"))
        return Secret(told) if told else None

    def _read(self, path: Path | None) -> str | None:
        """The file's first line; None if there is no file."""
        try:
            return _beginning(path).strip().partition("\n")[0].strip() if path else None
        except OSError:
            return None

    def _token_path(self) -> Path | None:
        # One file for each server and id: no process rewrites what belongs to another.
        key = hashlib.sha256(f"{self._server}\0{self.client_id().reveal()}".encode()).hexdigest()
        return self._path(f"token-{key[:16]}.json")

    def _path(self, name: str) -> Path | None:
        try:
            folder = self._given or Path.home() / ".config" / "nemovideo"
        except RuntimeError:  # the user has no home
            return None
        return folder / name


def _beginning(path: Path) -> str:
    """What a file begins with: all of it, where it is one of ours."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(_MOST_READ)


def _as_id(text: str | None) -> Secret | None:
    return Secret(text) if text and _usable(text) else None


def _usable(text: str) -> bool:
    return header_safe(text) and len(text) <= _LONGEST_ID


def _taken_out(answer: Any) -> Secret | None:
    """The token, wherever it stands, which then stands there no more."""
    for wanted in map(plain, _TOKENS):
        for held in layers(answer, *_AROUND):
            for name in held:
                if plain(name) == wanted and isinstance(held[name], str) and held[name].strip():
                    return Secret(held.pop(name).strip().removeprefix("Bearer "))
    if isinstance(answer, dict) and isinstance(answer.get("data"), str):  # the envelope holds nothing else
        return Secret(answer.pop("data").strip())
    return None


def _moment(value: Any) -> float | None:
    """A moment as ISO 8601, or as seconds or milliseconds since 1970."""
    if (count := number(value)) is not None:
        count = count / 1000 if count >= _MILLISECONDS else count
        return count if 0 < count < _MILLISECONDS else None
    try:
        told = datetime.fromisoformat(value)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _keep(path: Path | None, text: str, *, replace: bool) -> None:
    """Write a private file at once or not at all; a folder that can't be written is no error."""
    if path is None:
        return
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        private_folder(path.parent)
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        _publish(part, path, replace=replace)
    except OSError:
        return
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _publish(part: Path, path: Path, *, replace: bool) -> None:
    """Put the finished file in its place; without `replace`, one that is there already stays."""
    if not replace:
        with contextlib.suppress(FileExistsError):
            try:
                os.link(part, path)  # unlike a rename, it fails if the other process was first
            except FileExistsError:
                raise
            except OSError:  # a file system without hard links
                part.replace(path)
        return
    part.replace(path)
