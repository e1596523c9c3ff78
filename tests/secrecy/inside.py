"""Runs inside the kernel: does everything that a user could do to see what is in an object or an error.

All that comes to light is written to a file, which the test looks through; what a cell shows besides is in
the notebook.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nemo_widgets as nemo
from nemo_widgets.client.credentials import Credentials
from nemo_widgets.client.secret import Secret
from nemo_widgets.loop import blocking, submit
from nemo_widgets.testing import FastClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["DEPTH", "SETTINGS", "calls", "known", "listen", "loud", "note", "sync"]

DEPTH = 3
_KEEPERS = (Secret, Credentials)
"""Whoever reads their slots asks for the secret itself."""
SETTINGS = nemo.ClientSettings(
    clock=FastClock(2000), attempts=2, read_s=2, upload_answer_s=2, connect_s=2, unknown_polls=1
)
_notes = Path("notes.txt")


def listen(log: str) -> None:
    """Log everything that anybody says, at every level, and show every warning."""
    logging.basicConfig(filename=log, level=logging.DEBUG, force=True)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.captureWarnings(capture=True)
    warnings.simplefilter("always")


def note(title: str, *texts: Any) -> int:
    """Write down what came to light; returns how much there is, so that nobody takes nothing for success."""
    with _notes.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"== {title}\n" + "\n".join(map(str, texts)) + "\n")
    return _notes.stat().st_size


def known(thing: Any, depth: int = DEPTH) -> Iterator[str]:
    """What `repr`, `str` and `vars` show of a thing and of all that it holds, so many levels deep."""
    seen: set[int] = set()
    level = [thing]
    for _ in range(depth + 1):
        held: list[Any] = []
        for one in level:
            if id(one) in seen:
                continue
            seen.add(id(one))
            yield from (repr(one), str(one))
            held += _inside(one)
        level = held


def _inside(thing: Any) -> list[Any]:
    if isinstance(thing, dict):
        return [*thing, *thing.values()]
    if isinstance(thing, (list, tuple, set, frozenset)):
        return list(thing)
    if isinstance(thing, (*_KEEPERS, type, str, bytes, int, float)):
        return []
    slots = {name for kind in type(thing).__mro__ for name in _names(getattr(kind, "__slots__", ()))}
    found = {name: getattr(thing, name) for name in slots if hasattr(thing, name)}
    return [*found.values(), *getattr(thing, "__dict__", {}).values()]


def _names(slots: Any) -> tuple[str, ...]:
    return (slots,) if isinstance(slots, str) else tuple(slots)


def loud(error: BaseException) -> Iterator[str]:
    """All that can be read off an error and off those behind it: locals of every frame, objects, pickles."""
    yield from traceback.TracebackException.from_exception(error, capture_locals=True).format()
    chain: list[BaseException | None] = [error]
    for one in chain:  # it grows while one goes through it
        if one is None or len(chain) > 20:
            continue
        yield from known(one)
        frame = one.__traceback__
        while frame is not None:
            for value in frame.tb_frame.f_locals.values():
                if not isinstance(value, _KEEPERS):
                    yield from known(value, 1)
            frame = frame.tb_next
        chain += [one.__cause__, one.__context__]
    with contextlib.suppress(TypeError, AttributeError, pickle.PicklingError):
        yield repr(pickle.dumps(error))


def sync(title: str, work: Callable[[], Any]) -> str:
    """Do something, and write down what can be seen of its result or error; how it ended, in a word."""
    try:
        result = work()
    except BaseException as error:
        note(title, *loud(error))
        logging.getLogger("inside").exception("%s failed", title)
        return type(error).__name__
    note(title, *known(result))
    return "well"


def calls(url: str, clip: str, folder: str) -> dict[str, str]:
    """Every call of a client of its own, and a whole session, with the server at `url`: how each ended."""
    ended = {}
    draft = {"d": 1000, "t": [{"tt": 0, "sg": [{"d": 1000, "m": {"id": "v1", "src": "x", "name": "n"}}]}]}

    def broken(*_: object) -> None:
        raise LookupError("the user's own function fails")

    async def each() -> None:
        client = nemo.AsyncClient(base_url=url, settings=SETTINGS)

        async def chat() -> list[Any]:
            raw: list[Any] = []
            return [raw, [event async for event in client.chat("5", "hello", key="k", raw=raw.append)]]

        works: dict[str, Callable[[], Any]] = {
            "authenticate": client.authenticate,
            "credits": client.credits,
            "create_session": client.create_session,
            "state": lambda: client.state("5"),
            "chat": chat,
            "ledger": lambda: client.ledger("5"),
            "upload": lambda: client.upload("5", [clip], key="k"),
            "upload and fail": lambda: client.upload("5", [clip], broken),
            "upload_links": lambda: client.upload_links("5", ["https://example.org/a.mp4"]),
            "submit_render": lambda: client.submit_render("5", draft, None, "render_1"),
            "render_status": lambda: client.render_status("render_1"),
            "wait_render": lambda: client.wait_render("render_1", broken),
            "download": lambda: client.download("/film.mp4", Path(folder, "a.mp4"), render_id="render_1"),
            "download and fail": lambda: client.download(
                "", Path(folder, "b.mp4"), broken, render_id="render_1"
            ),
            "cancel_render": lambda: client.cancel_render("render_1"),
            "cancel_chat": lambda: client.cancel_chat("5"),
            "withdraw_chat": lambda: client.withdraw_chat("5", "edit-1"),
            "claim_link": lambda: client.claim_link("t", "5"),
        }
        for name, work in works.items():
            try:
                result = await asyncio.wait_for(work(), 20)
            except Exception as error:  # noqa: BLE001 - each is to be looked into
                note(f"{name} with {url}", *loud(error))
                ended[name] = type(error).__name__
            else:
                note(f"{name} with {url}", *known(result))
                ended[name] = "well"
        note("the client", *known(client))
        await client.aclose()

    blocking(submit(each()))
    return ended
