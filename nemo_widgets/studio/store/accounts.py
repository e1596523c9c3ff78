"""Who may come in: users, their tokens (kept as hashes only) and their credits."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.studio.addresses import is_loopback
from nemo_widgets.studio.errors import NO_CREDITS, Refused

if TYPE_CHECKING:
    from nemo_widgets.studio.settings import Settings

    from .database import Database

__all__ = ["LOCAL", "Accounts", "Balance", "Issued", "digest", "new_token"]

LOCAL = "local"
"""The user behind the studio's own token: whoever runs it on this machine."""
_DAY_S = 86_400
_RATE_LIMITED = 429


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A token that was just made: the only moment it is known in the clear."""

    token: str
    user: str
    expires: float
    credits: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Credits: `frozen` belong to messages that are under way."""

    available: int
    frozen: int


def new_token() -> str:
    """A token that can't be guessed."""
    return f"nmv_usr_{secrets.token_urlsafe(32)}"


def digest(secret: str) -> str:
    """What of a secret is kept. Tokens are long and random, so a plain hash can't be turned back."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class Accounts:
    """Users, tokens and credits."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._db = database
        self._settings = settings
        self._add(LOCAL, None)
        database.after_opening.append(lambda: self._add(LOCAL, None))

    def issue(self, client_id: str, address: str) -> Issued:
        """A token for a client id; the same id is the same user (protocol §2).

        Raises:
            Refused: 429, the client id or the address had its share in these seven days.
        """
        now, span = time.time(), self._settings.token_days * _DAY_S
        client, token = digest(client_id), new_token()
        with self._db.transaction():
            self._db.run("DELETE FROM tokens WHERE expires <= ?", now)
            own = is_loopback(address)
            for column, value, limit in (
                ("client", client, self._settings.tokens_per_client),
                (
                    "address",
                    address,
                    self._settings.tokens_here if own else self._settings.tokens_per_address,
                ),
            ):
                statement = f"SELECT count(*), min(created) FROM tokens WHERE {column} = ? AND created > ?"  # noqa: S608 - ours
                row = self._db.row(statement, value, now - span)
                if row is not None and row[0] >= limit:
                    raise Refused(
                        _RATE_LIMITED,
                        "Too many tokens were asked for; use the one you have.",
                        retry_after=max(1, math.ceil(row[1] + span - now)),
                    )
            known = self._db.row("SELECT id FROM users WHERE client = ?", client)
            user = known["id"] if known else f"anon_{secrets.token_hex(8)}"
            self._add(user, client)
            self._db.run(
                "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?)",
                digest(token),
                user,
                client,
                address,
                now,
                now + span,
            )
            return Issued(token, user, now + span, self.balance(user).available)

    def user_of(self, token: str) -> str | None:
        """Whose token it is; None for one that is unknown or has expired."""
        wanted = digest(token)
        # The look-up goes by the hash of what was sent: how long it takes tells nothing of any token.
        row = self._db.row("SELECT hash, user, expires FROM tokens WHERE hash = ?", wanted)
        if row is None or not hmac.compare_digest(row["hash"], wanted) or row["expires"] <= time.time():
            return None
        return str(row["user"])

    def balance(self, user: str) -> Balance:
        """What the user has left, and what is frozen."""
        row = self._db.row(
            "SELECT credits, (SELECT coalesce(sum(cost), 0) FROM messages WHERE user = users.id"
            " AND status IN ('queued', 'running')) AS frozen FROM users WHERE id = ?",
            user,
        )
        return Balance(row["credits"] - row["frozen"], row["frozen"]) if row else Balance(0, 0)

    def afford(self, user: str, cost: int) -> None:
        """Check that the user can pay.

        Raises:
            Refused: 2001, there are not enough credits.
        """
        if cost and self.balance(user).available < cost:
            raise Refused(NO_CREDITS, f"Not enough credits: a message costs {cost}.")

    def charge(self, user: str, cost: int) -> None:
        """Take credits away for good."""
        self._db.run("UPDATE users SET credits = credits - ? WHERE id = ?", cost, user)

    def _add(self, user: str, client: str | None) -> None:
        self._db.run(
            "INSERT OR IGNORE INTO users VALUES (?, ?, ?, ?)",
            user,
            client,
            self._settings.credits,
            time.time(),
        )
