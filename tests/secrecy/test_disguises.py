"""A server that repeats the token in disguise, in every field that it fills, gets it into nothing."""

import itertools
import json
import re
import traceback

import pytest
from canary import MARK
from clips import code_clip
from disguised import FORMS, holds
from hostile.texts import EVENTS, FAILURES, filled, hostile, mixed
from limits import UNHURRIED
from secrecy.inside import known

import nemo_widgets as nemo
from nemo_widgets import run_output
from nemo_widgets.client import ClientSettings
from nemo_widgets.journal import Journal
from nemo_widgets.testing import CUT, FastClock, ScriptedBackend

TOKEN = MARK + "canary-in-disguise_0123456789.Ab~Cd"
CLOCK = FastClock(speed=300)
TRACKS = [{"tt": kind, "sg": [{"d": 2000, "m": {}}]} for kind in (0, 1, 7)]
ROUTES = (
    "POST /api/upload-video",
    "GET /api/state",
    "POST /api/render",
    "GET /api/credits",
    "GET /api/render",
)


class Teller:
    """A session, and all that can be seen of it."""

    def __init__(self, backend, folder, settings):
        self.backend, self.seen = backend, []
        self.clip = code_clip(folder / "clip.mp4", frames=5, size=(64, 36))
        self.session = nemo.connect(url=backend.url, token=TOKEN, settings=settings)

    def do(self, work):
        """Do something, and look at what comes of it, or into the error that does."""
        try:
            self.seen += known(work())
        except Exception as error:  # noqa: BLE001 - each is looked into
            self.seen += list(inside(error))

    def look(self):
        """Look at everything that stands or was written down by now."""
        for run in self.session.runs:
            for data, metadata in (run_output.bundle(run), run._repr_mimebundle_()):
                self.seen += [*map(str, data.values()), json.dumps(metadata, ensure_ascii=False)]
            for table in (getattr(run, "changes", None), getattr(run, "stream", None)):
                self.seen += [] if table is None else [table.to_csv(), table._repr_html_()]
            self.seen += known(run)
        draft = self.session.draft
        self.seen += [repr(draft), draft.segments.to_csv(), draft.tracks.to_csv(), str(draft.data)]
        self.seen += [path.read_text() for path in Journal().folder.rglob("*") if path.is_file()]
        return "\n".join(dict.fromkeys(self.seen))


def inside(error):
    """All that can be read off an error: words, traceback, and what the frames of the package hold."""
    chain = [error]
    for one in chain:
        yield from known(one, 1)
        yield "".join(traceback.format_exception(one))
        frame = one.__traceback__
        while frame is not None:
            if nemo.__path__[0] in frame.tb_frame.f_code.co_filename:
                for value in frame.tb_frame.f_locals.values():
                    yield from known(value, 1)
            frame = frame.tb_next
        chain += [each for each in (one.__cause__, one.__context__) if each is not None and each not in chain]


@pytest.fixture
def teller(request, tmp_path):
    small = "frame" in request.node.name
    settings = ClientSettings(
        clock=CLOCK, **UNHURRIED, attempts=1, unknown_polls=1, **{"event_most": 500} if small else {}
    )
    with ScriptedBackend(clock=CLOCK) as backend:
        made = Teller(backend, tmp_path, settings)
        yield made
        made.session.disconnect()


def test_a_token_in_disguise_gets_into_nothing(teller, tmp_path):
    """In whatever spelling a server repeats it, and wherever: no output, error, table, file, frame has it."""
    written = [form(TOKEN) for form in FORMS.values()]
    parts = [mixed(written[at::4]) for at in range(4)]  # all at once take a minute
    said = (next(part) for part in itertools.cycle(parts))
    backend, lengths = teller.backend, itertools.count(2000, 100)
    hostile(backend, said)
    teller.do(lambda: teller.session.upload(teller.clip))
    for events in EVENTS:
        length = next(lengths)
        draft = {"d": length, "t": [{**track, "sg": [{"d": length, "m": {}}]} for track in TRACKS]}
        backend.reply(events=filled(list(events), said), draft=draft)
        teller.do(lambda: teller.session.edit("go on"))
    teller.do(teller.session.state)
    teller.do(teller.session.credits)
    backend.render([{"status": "failed", "error": next(said), "message": next(said)}] * 2)
    teller.do(lambda: teller.session.export(tmp_path / "film.mp4"))
    backend._forms.clear()
    for failure in FAILURES:
        for route in ROUTES:
            status = 200 if "code" in failure else 400
            backend.answer(route, filled(failure, said), status=status, times=4, works=False)
        for work in (teller.session.state, teller.session.credits):
            teller.do(work)
        teller.do(lambda: teller.session.upload(teller.clip))
        teller.do(lambda: teller.session.export(tmp_path / "film.mp4"))
        backend._forms.clear()
    seen = teller.look()
    assert seen.count("•••") > 500
    assert not holds(seen, TOKEN)


def _part(**part):
    return lambda words: {"content": {"parts": [json.loads(json.dumps(part).replace("HERE", words))]}}


PIECES = {
    "adk": lambda words: {"content": {"parts": [{"text": words}]}, "partial": True},
    "typed": lambda words: {"type": "text", "content": words},
    "arguments": _part(functionCall={"id": "c", "name": "cut", "args": {"a": {"b": ["HERE"]}}}),
    "names of tools": _part(functionCall={"id": "c", "name": "HERE", "args": {}}),
    "results": _part(functionResponse={"id": "c", "name": "cut", "response": {"HERE": 1}}),
    "progress": lambda words: {"type": "progress", "tool": "cut", "source": words, "done_s": 1, "whole_s": 2},
    "thoughts": _part(text="HERE", thought=True),
    "what nobody knows": lambda words: {"type": "x", "y": words, "z": "and"},
    "beside the words": lambda words: {"type": "text", "content": "Hm.", "x": words, "invocationId": "i-1"},
}


@pytest.mark.parametrize("kind", PIECES)
def test_a_token_in_pieces_of_events_gets_into_no_table(teller, kind):
    """A token in pieces is hidden in whatever fields they are, and however it is written."""
    for written in ("as it is", "base64 twice", "emphasis", "base32", "base64 of hexadecimal"):
        said = FORMS[written](TOKEN)
        pieces = [said[at : at + 7] for at in range(0, len(said), 7)]
        events = [event for piece in pieces for event in (PIECES[kind](piece), {"type": "heartbeat"})]
        teller.backend.reply(events=[*events, {"type": "text", "content": "Done."}])
        run = teller.session.edit("go on")
        teller.do(lambda run=run: run)
        raw = [re.findall(r'"((?:[^"\\]|\\.)*)"', line) for line in run.stream["raw"]]
        columns = ["".join(line[at] for line in raw if len(line) > at) for at in range(20)]
        told = "".join(re.findall(r"[A-Za-z0-9+/=]{1,7}", "".join(run.stream["meaning"])))
        assert not holds("\n".join([*columns, told, "".join(run.stream["raw"]), run.text]), TOKEN)
        assert "•••" in list(run.stream["raw"])


@pytest.mark.parametrize("size", [1, 5, 30])
@pytest.mark.parametrize("shape", ["adk", "typed"])
def test_a_token_in_pieces_gets_into_nothing(teller, shape, size):
    """A token whose pieces come in several events is hidden in the answer, the stream, and the journal."""
    words = f"Say {TOKEN} now."
    pieces = [words[at : at + size] for at in range(0, len(words), size)]
    teller.backend.reply(events=[PIECES[shape](piece) for piece in pieces])
    run = teller.session.edit("go on")
    teller.do(lambda: run)
    assert "•••" in run.text
    assert not holds(teller.look(), TOKEN)
    assert not holds("".join(event.text for event in run.events if hasattr(event, "text")), TOKEN)
    assert not holds("".join(run.stream["raw"]), TOKEN)


def test_a_token_that_is_cut_off_by_the_end_gets_into_nothing(teller):
    """The stream breaks in the middle of a token: what came of it is not shown."""
    teller.backend.reply(events=[{"type": "text", "content": f"It is {TOKEN[:-5]}"}])
    teller.do(lambda: teller.session.edit("go on"))
    assert not holds(teller.look(), TOKEN)


@pytest.mark.parametrize(
    "body", [b'{"text": "%s"}\n', b"data: x%s\n\n", b"data: x\n\ndata: %s", b"<p>%s</p>"]
)
def test_no_frame_of_an_error_holds_the_token(teller, body):
    """An answer that is too large, a page, or one that breaks off: the locals of no frame hold what came."""
    kind = "text/html" if b"<" in body else "text/event-stream"
    said = TOKEN.encode() * 20  # more than an event may have
    teller.backend.reply(events=[body.replace(b"%s", said), CUT], kind=kind)
    teller.do(lambda: teller.session.edit("go on"))
    assert teller.session.runs[-1].state == "failed"
    assert not holds(teller.look(), TOKEN)
