"""Who may come in, and how: what holds where others than this machine can reach the studio."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .store import StoreError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Access"]

_TOKEN = re.compile(r"[!-~]{1,512}")
_SHORTEST = 20
"""Characters of a token beyond this machine: what is shorter can be tried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How the studio's door is kept.

    Attributes:
        certificate, key: files in PEM form; with them the studio speaks HTTPS. `key` may be left out where
            the certificate's file holds it.
        plain_http: whether it may speak plain HTTP where others than this machine can reach it.
        anonymous: whether whoever asks is given a token; None means on this machine alone.
    """

    certificate: Path | None = None
    key: Path | None = None
    plain_http: bool = True
    anonymous: bool | None = None

    @property
    def tls(self) -> bool:
        """Whether it speaks HTTPS."""
        return self.certificate is not None

    def gives_tokens(self, *, local: bool) -> bool:
        """Whether whoever asks is given a token; `local`: nobody but this machine can ask."""
        return local if self.anonymous is None else self.anonymous

    def check(self, host: str, token: str, *, local: bool) -> None:
        """See that the studio may be reached as `host` (by this machine alone: `local`) with this token.

        Raises:
            StoreError: it may not, or the certificate can't be used; the sentence says what to do.
        """
        if not _TOKEN.fullmatch(token):
            raise StoreError("A token is 1 to 512 visible ASCII characters.")
        if self.certificate is not None:
            _load(self.certificate, self.key)
        elif self.key is not None:
            raise StoreError("A key without its certificate is of no use: name both.")
        if local:
            return
        if not self.tls and not self.plain_http:
            raise StoreError(
                f"On {host} others in the network can reach the studio, and over plain HTTP whoever listens "
                "there can read its token, films and drafts, and come in: give --tls-cert and --tls-key, "
                "or go on at that risk with --plain-http."
            )
        if len(token) < _SHORTEST:
            raise StoreError(
                f"The token is shorter than {_SHORTEST} characters, and others in the network can try "
                "tokens: take a longer one, or leave it out for a new one."
            )


def _load(certificate: Path, key: Path | None) -> None:
    """See that a certificate and its key can be used.

    Raises:
        StoreError: they can't.
    """

    def passphrase() -> str:
        raise StoreError("The key has a passphrase, for which nobody can be asked: write one without it.")

    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise StoreError(f"There is no file {path}.")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, passphrase)
    except OSError as error:  # an SSLError is one
        why = "no certificate and its key in PEM form" if isinstance(error, ssl.SSLError) else error.strerror
        names = " and ".join(str(path) for path in (certificate, key) if path is not None)
        raise StoreError(f"HTTPS can't be spoken with {names}: {why}.") from None
