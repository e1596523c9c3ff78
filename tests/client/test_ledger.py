"""What a studio wrote down is read, whatever is missing in it; nobody else is asked for it."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse

from nemo_widgets import errors
from nemo_widgets.client import Ledger, LedgerMedia, LedgerMessage, MediaFile

BASE = "/studio/sessions/5"
MESSAGES = [
    {
        "id": "m1",
        "key": "edit-1",
        "text": "cut",
        "status": "done",
        "reply": "Cut.",
        "error": None,
        "version": 3,
        "cost": 50,
    },
    {"id": 7, "status": "interrupted", "error": "stopped", "version": None},
]
MEDIA = [
    {"key": "upload-1/0", "filename": "a.mp4", "file_type": "video", "cdn_url": "/media/a", "duration": 2}
]


async def test_ledger(backend, connect):
    """Messages, media and renders are read in order, also where that is a client's first request."""
    backend.studio = True
    backend.script[f"{BASE}/messages"] = [{"code": 0, "data": {"messages": MESSAGES}}]
    backend.script[f"{BASE}/media"] = [{"code": 0, "data": {"media": MEDIA}}]
    backend.script[f"{BASE}/renders"] = [
        {"code": 0, "data": {"renders": [{"id": "r1", "status": "completed"}]}}
    ]
    assert await connect().ledger("5") == Ledger(
        [
            LedgerMessage("m1", "edit-1", "cut", "done", "Cut.", version=3),
            LedgerMessage("7", status="interrupted", error="stopped"),
        ],
        [LedgerMedia("upload-1/0", MediaFile("a.mp4", "video", "/media/a", 2.0))],
        [("r1", "completed")],
    )


@pytest.mark.parametrize("data", [{}, {"messages": None}, {"messages": [7, None]}, {"messages": "x"}])
async def test_strange_ledger(backend, connect, data):
    """What is missing or strange reads as nothing."""
    backend.studio = True
    for name in ("messages", "media", "renders"):
        backend.script[f"{BASE}/{name}"] = [{"code": 0, "data": data}]
    found = await connect().ledger("5")
    assert all(not message.key for message in found.messages)
    assert (found.media, found.renders) == ([], [])


async def test_no_studio(backend, connect):
    """Elsewhere there is no ledger, and nobody is asked for one."""
    client = connect()
    assert await client.ledger("5") is None
    await client.credits()
    assert await client.ledger("5") is None
    assert backend.paths("/studio/") == []


async def test_unknown_session(backend, connect):
    """A session that the studio does not know is said to be unknown."""
    backend.studio = True
    backend.script[f"{BASE}/messages"] = [JSONResponse({"code": 1002})]
    with pytest.raises(errors.SessionNotFound):
        await connect().ledger("5")
