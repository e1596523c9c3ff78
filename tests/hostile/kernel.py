"""Runs inside the kernel: everything that a user does, with a server that says a hostile text everywhere."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shlex
import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hostile.cells import CLOCK, clip_called, connect_to, do, magics
from hostile.texts import EVENTS, FAILURES, filled, hostile, mixed
from IPython.display import display

import nemo_widgets as nemo
from nemo_widgets.testing import CUT, ScriptedBackend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Posing", "everything", "journal", "posing", "studio"]

_TRACKS = [{"tt": kind, "sg": [{"d": 2000, "m": {}}]} for kind in (0, 1, 7)]
_ROUTES = (
    "POST /api/upload-video",
    "GET /api/state",
    "POST /api/render",
    "GET /api/credits",
    "GET /api/render",
)
_LENGTHS = itertools.count(2000, 100)


def everything(texts: Sequence[str], language: str = "en") -> None:
    """Do it all once, with these texts in every field, told in this language."""
    said = mixed(texts)
    with ScriptedBackend(clock=CLOCK) as backend:
        hostile(backend, said)
        connect_to(backend, language=language)
        magics("upload clip.mp4", "status", "tracks", "segments", "draft", "timeline", "credits", "sessions")
        for text in texts:
            do(lambda text=text: nemo.current().upload(clip_called(text)))
        for events in EVENTS:
            backend.reply(events=filled(list(events), said), draft=_draft())
            do(lambda: nemo.current().edit(next(said)[:80]))
            run = nemo.current().runs[-1]
            do(lambda run=run: display(run, run.changes, run.stream, getattr(run, "question", None)))
        do(lambda: nemo.current().start_answer("1").result())
        for text in texts[::2]:
            _typed(text)
        backend.render([{"status": "failed", "error": next(said), "message": next(said)}])
        backend.render([{"status": "failed", "error": next(said), "message": next(said)}])
        magics("export film.mp4", "runs")
        _tables()
    with ScriptedBackend(clock=CLOCK) as backend:
        connect_to(backend, language=language)
        for failure in FAILURES:
            for route in _ROUTES:
                status = 200 if "code" in failure else 400
                backend.answer(route, filled(failure, said), status=status, times=4, works=False)
            magics("upload clip.mp4", "status", "credits", "export film.mp4")
            backend._forms.clear()


class Posing(ScriptedBackend):
    """A server that passes for a studio, and so is asked what no other one is."""

    def _formed(self, asked: Any) -> Any:
        return replace(super()._formed(asked), headers={"X-Nemo-Studio": "1"})


def posing(texts: Sequence[str]) -> None:
    """What a studio alone is asked: its sessions, what it keeps, and what became of a message."""
    said = mixed(texts)
    for _ in texts:
        with Posing(clock=CLOCK) as backend:
            hostile(backend, said)
            connect_to(backend)
            backend.reply(events=[next(said), CUT])
            magics("sessions", "clean", "clean --yes", "edit cut the pauses", "runs")
            do(lambda: display(nemo.sessions(empty=True), nemo.clean(), nemo.current().runs))


def _typed(text: str) -> None:
    """What somebody types who pastes the text wherever a name, a number or a format is wanted."""
    session, word = nemo.current(), shlex.quote(" ".join(text.split()).replace("{", "{{").replace("}", "}}"))
    magics(f"export film.{word}", f"play {word}", f"attach {word}", word, f"help {word}", f"undo {word}")
    do(lambda: session.export("film", format=text))
    do(lambda: session.export(f"{text[:40].replace('/', '')}.gif", quality=text, resolution=text))
    do(lambda: session.answer(text[:80]))
    do(lambda: session.undo(text))
    do(lambda: session.play(text[:80]))
    do(lambda: display(session.edit(text[:80]), session.runs[-1].intent))


def _tables() -> None:
    session = nemo.current()
    table = session.draft.segments
    do(lambda: display(session, session.runs, session.draft, table.style, table.style.format(precision=1)))
    do(lambda: display(table.set_index("name").style, session.draft.tracks.groupby("name").sum()))
    do(lambda: display(table[["name", "text"]].head().T, session.state(), session.draft.layout()))


def _draft() -> dict[str, Any]:
    """A timeline that differs from all before it."""
    length = next(_LENGTHS)
    return {"d": length, "t": [{**track, "sg": [{"d": length, "m": {}}]} for track in _TRACKS]}


def journal(text: str) -> None:
    """A run that was left behind, by a kernel that wrote the text into every field of its record."""
    folder = Path(os.environ["NEMO_JOURNAL"])
    folder.mkdir(parents=True, exist_ok=True)
    run_id = f"edit-{uuid.uuid4().hex[:5]}"
    place = dict.fromkeys(("api", "session_id", "task_id", "skill", "language"), text)
    record = {"id": run_id, "kind": "edit", "request": text, "place": {**place, "studio": None}}
    record |= {"stage": "sent", "created": datetime.now(UTC).isoformat(), "ended": "", "told": text}
    record |= {"before": {"t": [{"tt": 0, "m": {"name": text}}]}, "details": {"target": text}}
    (folder / f"{run_id}.json").write_text(json.dumps(record))


def studio(texts: Sequence[str]) -> None:
    """The same from files and from a language model, through the studio of this machine."""
    said = mixed(texts)
    with _model(said) as url:
        os.environ |= {"NEMO_LLM_URL": url, "NEMO_LLM_MODEL": "hostile"}
        do(lambda: nemo.connect(local=True))
        cue = "1\n00:00:00,000 --> 00:00:00,300\n{}\n\n"
        Path("said.srt").write_text("".join(cue.format(" ".join(text.split())) for text in texts))
        for text in texts:
            do(lambda text=text: nemo.current().upload(clip_called(text)))
        do(lambda: nemo.current().upload("said.srt"))
        for words in (
            "add the subtitles from said.srt",
            "what clips are there?",
            "frobnicate it",
            "defenestrate it",
        ):
            do(lambda words=words: display(nemo.current().edit(words)))
        joined = clip_called(f"joined {texts[0]}")
        joined.write_bytes(joined.read_bytes() * 2)
        do(lambda: nemo.current().upload(joined))
        for text in texts[:2]:
            title = " ".join(text.replace('"', "").split())[:60]
            do(lambda title=title: display(nemo.current().edit(f'add a title that says "{title}"')))
        magics(
            "undo",
            "redo",
            "undo 2",
            "what can I say?",
            "tracks",
            "segments",
            "draft",
            "status",
            "sessions",
            "clean",
            "runs",
            "export film.mp4 --quality low",
        )
    del os.environ["NEMO_LLM_URL"]


@contextlib.contextmanager
def _model(said: Iterator[str]) -> Iterator[str]:
    """A language model that answers in hostile words, by turns as its answer and as an edit's arguments."""

    class Handler(BaseHTTPRequestHandler):
        turns = itertools.cycle((False, True))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            call = {"name": "add_title", "arguments": json.dumps({"text": next(said), "start": 0})}
            message = {"content": next(said)}
            if next(self.turns):
                message = {"content": None, "tool_calls": [{"id": "1", "type": "function", "function": call}]}
            body = json.dumps({"choices": [{"message": message}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing goes to the cell's output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
