"""Web sites on loopback that answer as a test wants, and note what they were asked."""

from __future__ import annotations

import asyncio
import http.server
import threading
from contextlib import contextmanager, suppress

from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.links import fetch
from nemo_widgets.studio.settings import Settings

__all__ = ["OUTSIDE", "Site", "fetched", "raw", "send", "site"]

OUTSIDE = "127.0.0.2"
"""Where sites are by default, from which the studio of a test is let fetch."""


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.note((self.headers["Host"], self.path))
        self.give()

    def log_message(self, *_):
        pass


class Site:
    """Answers as `give` does, and notes in `asked` by which host name and for which path it was asked."""

    def __init__(self, address, give):
        self.asked = []
        handler = type("Handler", (_Handler,), {"give": give, "note": staticmethod(self.asked.append)})
        self._server = http.server.ThreadingHTTPServer((address, 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.port = self._server.server_address[1]
        self.url = f"http://{address}:{self.port}"

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def site(give, address=OUTSIDE):
    """A site while it is wanted."""
    opened = Site(address, give)
    try:
        yield opened
    finally:
        opened.close()


def send(asked, content, status=200, phrase=None, **headers):
    """A whole answer with its length; `headers` with _ for -."""
    asked.send_response(status, phrase)
    for name, value in {"Content-Length": len(content), **headers}.items():
        asked.send_header(name.replace("_", "-"), value)
    with suppress(OSError):  # who asked has gone
        asked.end_headers()
        asked.wfile.write(content)


def raw(content):
    """An answer that is no HTTP, or breaks its rules."""

    def give(asked):
        asked.wfile.write(content)
        asked.close_connection = True

    return give


def fetched(url, part, **settings):
    """What the owner's studio makes of a link, or the sentence with which it refuses it."""
    chosen = Settings(**{"link_networks": OUTSIDE, **settings})
    try:
        return asyncio.run(fetch(url, part, chosen, owner=True))
    except Refused as error:
        assert not part.exists()
        return error.message
