"""A planted token, in a kernel that goes through everything well and badly, is seen by the API's server alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from canary import MARK, files_with_tokens, holds_token
from secrecy.strangers import MOODS

SHORT = "--resolution 64x36 --quality low"


def assert_quiet(scene, *heard):
    """Nothing below the scene's folder, and nothing that the others heard, holds a token."""
    told = [path.relative_to(scene.folder) for path in files_with_tokens(scene.folder)]
    assert told == []
    assert not any(holds_token(request) for other in heard for request in other.heard)


def command_lines():
    """The command lines of all processes that this user may see."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes())
        except OSError:  # it has just ended
            continue
    return found


BEGIN = """
%load_ext nemo_widgets
import os, sys, inside, nemo_widgets as nemo
inside.listen("everything.log")
inside.note("begun")
"""


def test_where_everything_goes_well_the_token_stays_inside(scene, tokens):
    """Upload, edit, question, export, player, runs and attach: nothing shown, saved or logged has the token."""
    scene.leave_behind()
    with scene.kernel():
        scene.run(BEGIN)
        connected = scene.run("%nemo connect")
        assert "nemo attach edit-" in connected
        scene.run("%nemo attach")
        scene.run("%nemo runs")
        for line in (
            "connect",
            "upload clip.mp4",
            'edit add a title that says "Hi"',
            "edit add a title",
            "tracks",
            "segments",
            "draft",
            "timeline",
            "status",
            "credits",
            "skills",
            "runs",
            "help",
            "undo",
            f"export film.mp4 {SHORT}",
            "play",
        ):
            scene.run(f"%nemo {line}")
        scene.run("""
from nemo_widgets.testing import ScriptedBackend
session, backend = nemo.current(), ScriptedBackend().open()
inside.note("session", *inside.known(session), *inside.known(session._connection), *inside.known(session.state()))
inside.note("client", *inside.known(session._connection.client), *inside.known(session._connection.client._wire))
for run in session.runs:
    inside.note("run", *inside.known(run))
    display(run)
edit = next(run for run in session.runs if run.kind == "edit")
display(session, edit.stream, edit.changes, session.state(), session.credits(), vars(session))
nemo.connect(url=backend.url)
""")
        scene.run("""
question = {"type": "tool_call", "name": "ask_question", "args": {"title": "Which?", "questions": [
    {"id": "q", "prompt": "Which?", "options": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]}]}}
backend.reply(events=[question])
asked = nemo.current().edit("make it nicer")
asked.question
""")
        scene.run("%nemo answer 1")
        seen = scene.run("backend.requests")
        assert "Request(" in seen
        scene.run("display(backend, [inside.note('backend', *inside.known(r)) for r in backend.requests])")
        lines = command_lines()
        assert any(b"ipykernel" in line for line in lines)
        assert not any(token.encode() in line for token in tokens.values() for line in lines)
        saved = json.loads(scene.save().read_text())
        assert saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert "== run" in (scene.work / "notes.txt").read_text()
    assert "httpcore" in (scene.work / "everything.log").read_text()
    assert_quiet(scene)


def test_where_servers_fail_or_lie_the_token_goes_nowhere(scene, mean, elsewhere):
    """Whatever a server answers, also the token itself or a way to another host, nothing lets it out."""
    with scene.kernel():
        scene.run(BEGIN)
        for number, (mood, mode) in enumerate(zip(MOODS, ["Verbose", "Context"] * len(MOODS), strict=False)):
            mean.mood = mood
            scene.run(f"""
ended = inside.calls({mean.url!r}, "clip.mp4", ".")
how = inside.sync("connect", lambda: nemo.connect(url={mean.url!r}, settings=inside.SETTINGS))
inside.note({mood!r}, ended, how)
""")
            scene.run(f"%xmode {mode}")
            scene.run(
                """
try:
    session = nemo.connect(url=URL, settings=inside.SETTINGS)
    session.upload("clip.mp4")
    display(session.edit("cut the pauses"), session.state(), session.draft)
    %nemo timeline
    session.export("film.mp4")
finally:
    1 / 0
""".replace("URL", repr(mean.url)),
                fails=True,
            )
            scene.save() if number == len(MOODS) - 1 else None
    assert sum(MARK.encode() in request for request in mean.heard) > 5 * len(MOODS)
    assert elsewhere.heard, "the film is fetched from there"
    notes = (scene.work / "notes.txt").read_text()
    assert "•••" in notes
    assert notes.count("capture_locals") == 0
    assert_quiet(scene, elsewhere)


def test_where_the_line_breaks_or_nobody_answers_the_token_stays_inside(scene, proxy):
    """Dropped streams, stalls, a wrong token and a server that is gone tell nothing, in Verbose mode either."""
    with scene.kernel():
        scene.run(BEGIN + f"URL = {proxy.url!r}\n%xmode Verbose")
        scene.run("session = nemo.connect(url=URL, settings=inside.SETTINGS)\nsession.upload('clip.mp4')")
        for end in ("cut_after", "reset_after", "half_close_after", "stall_after"):
            for only in ("POST /run_sse", "POST /api/upload-video", "POST /api/render", "GET /api"):
                for after in (0, 100):
                    proxy.clear()
                    proxy.fault(**{end: after}, only=only, times=3)
                    scene.run("""
inside.sync("edit", lambda: session.edit("hello"))
inside.sync("upload", lambda: session.upload("clip.mp4"))
inside.sync("state", session.state)
inside.sync("look", lambda: session.start_export("film.mp4", resolution="64x36").cancel())
""")
        proxy.clear()
        scene.run(
            "def fails():\n    try:\n        session.upload('missing.mp4')\n    except nemo.NemoError as error:\n"
            "        raise RuntimeError('and so it fails') from error\nfails()",
            fails=True,
        )
        scene.run(
            "kept = os.environ['NEMO_TOKEN']\nos.environ['NEMO_TOKEN'] = os.environ['WRONG']\n"
            "nemo.connect(url=URL, settings=inside.SETTINGS)",
            fails=True,
        )
        scene.run("inside.sync('wrong', lambda: nemo.connect(url=URL, settings=inside.SETTINGS))")
        scene.run(
            "inside.sync('no token', lambda: nemo.connect(url=URL, token='two words', settings=inside.SETTINGS))"
        )
        scene.close()
        scene.run("inside.sync('gone', session.credits)\nsession.edit('hello')", fails=True)
        scene.run("nemo.connect(url='http://127.0.0.1:9', settings=inside.SETTINGS)", fails=True)
        scene.save()
    assert "== wrong" in (scene.work / "notes.txt").read_text()
    assert_quiet(scene)


def test_an_anonymous_token_and_the_client_id_are_in_their_private_files_alone(scene, tokens):
    """Where the token is an anonymous one, it and the client id stand in files that only their owner can read."""
    folder = scene.home / ".config" / "nemovideo"
    private = folder / "client_id"
    private.touch(0o600)
    private.write_text(tokens["client id"])
    del scene.env["NEMO_TOKEN"]
    with scene.kernel():
        scene.run(BEGIN)
        scene.run("%nemo connect")
        scene.run("%nemo upload clip.mp4")
        scene.run("%nemo edit hello")
        scene.run(
            "inside.note('session', *inside.known(nemo.current()), *inside.known(nemo.current()._connection, 5))"
        )
        scene.run("inside.sync('more', lambda: nemo.current().edit(''))")
        scene.close()
        scene.run("%xmode Verbose")
        scene.run("%nemo edit hello", fails=True)
        scene.run("inside.sync('gone', nemo.current().credits)")
        scene.save()
    kept = [path for path in folder.iterdir() if path.name.startswith("token-")]
    assert [path.stat().st_mode & 0o777 for path in [*kept, private]] == [0o600, 0o600]
    assert MARK in kept[0].read_text()
    private.unlink()
    assert_quiet(scene)


@pytest.mark.parametrize("place", ["the notebook", "the journal", "what others heard"])
def test_it_would_be_seen(scene, elsewhere, tokens, place):
    """The check is one that can fail."""
    if place == "the notebook":
        scene.notebook.cells.append(
            {"cell_type": "raw", "metadata": {}, "source": tokens["wrong"], "id": "a"}
        )
        leak = scene.work / "saved.ipynb"
        leak.write_text(json.dumps(scene.notebook))
    elif place == "the journal":
        leak = scene.folder / "journal" / "edit-abcde.json"
        leak.parent.mkdir()
        leak.write_text(json.dumps({"told": tokens["environment"]}))
    else:
        leak = None
        elsewhere.heard.append(f"GET / HTTP/1.1\r\nAuthorization: Bearer {tokens['environment']}".encode())
    try:
        with pytest.raises(AssertionError):
            assert_quiet(scene, elsewhere)
    finally:
        if leak:
            leak.unlink()
