"""A planted token, in a kernel that goes through everything well and badly, is seen by the API alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from canary import MARK, files_with_tokens, holds_token
from secrecy.strangers import MOODS, Stranger

SMALL = "--resolution 64x36 --quality low"
KNOWN = (
    "*inside.known(session), *inside.known(session._connection), *inside.known(session._connection.client)"
)


def assert_quiet(folder, *others):
    """Nothing below the folder, and nothing that the other servers heard, holds a token."""
    assert [path.relative_to(folder) for path in files_with_tokens(folder)] == []
    assert not any(holds_token(request) for other in others for request in other.heard)


def command_lines():
    """The command lines of all processes that this user may see."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes())
        except OSError:  # it has just ended
            continue
    return found


def test_where_everything_goes_well_the_token_stays_inside(scene, tokens):
    """Attach, upload, edit, question, export, player: nothing shown, saved or logged has the token."""
    assert "nemo attach edit-" in scene.run("%nemo connect")
    for line in (
        "attach",
        "upload clip.mp4",
        'edit add a title that says "Hi"',
        "edit add a title",
        "undo",
        "tracks",
        "segments",
        "draft",
        "timeline",
        "status",
        "credits",
        "skills",
        "help",
        f"export film.mp4 {SMALL}",
        "play",
        "runs",
    ):
        scene.run(f"%nemo {line}")
    scene.run(f"""
session = nemo.current()
inside.note("session", {KNOWN}, *inside.known(session.state()))
for run in session.runs:
    inside.note("run", *inside.known(run))
    display(run)
edit = next(run for run in session.runs if run.kind == "edit")
display(session, edit.stream, edit.changes, session.state(), session.credits(), vars(session))
""")
    scene.run("""
from nemo_widgets.testing import ScriptedBackend
backend = ScriptedBackend().open()
options = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
asks = {"title": "Which?", "questions": [{"id": "q", "prompt": "Which?", "options": options}]}
backend.reply(events=[{"type": "tool_call", "name": "ask_question", "args": asks}])
nemo.connect(url=backend.url).edit("make it nicer").question
""")
    scene.run("%nemo answer 1")
    assert "Request(" in scene.run(
        "display(backend, backend.requests)\ninside.note('heard', *inside.known(backend.requests))"
    )
    lines = command_lines()
    assert any(b"ipykernel" in line for line in lines) or not lines
    assert not any(token.encode() in line for token in tokens.values() for line in lines)
    saved = json.loads(scene.save().read_text())
    assert saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert "== run" in (scene.work / "notes.txt").read_text()
    assert "httpcore" in (scene.work / "everything.log").read_text()
    assert_quiet(scene.folder)


def test_where_servers_fail_or_lie_the_token_goes_nowhere(scene, mean, elsewhere):
    """Whatever a server answers, also the token itself or a way to another host, nothing lets it out."""
    for number, mood in enumerate(MOODS):
        mean.mood = mood
        scene.run(f"%xmode {('Verbose', 'Context')[number % 2]}")
        scene.run(f"""
ended = inside.calls({mean.url!r}, "clip.mp4", ".")
how = inside.sync("connect", lambda: nemo.connect(url={mean.url!r}, settings=inside.SETTINGS))
inside.note({mood!r}, ended, how)
""")
        fails = f"""
try:
    session = nemo.connect(url={mean.url!r}, settings=inside.SETTINGS)
    session.upload("clip.mp4")
    display(session.edit("cut the pauses"), session.state(), session.draft)
    %nemo timeline
    session.export("film.mp4")
finally:
    1 / 0
"""
        scene.run(fails, fails=True)
    scene.save()
    assert sum(MARK.encode() in request for request in mean.heard) > 5 * len(MOODS), "the token was used"
    assert elsewhere.heard, "the film is fetched from there"
    assert "•••" in (scene.work / "notes.txt").read_text(), "the token was repeated, and hidden"
    assert_quiet(scene.folder, elsewhere)


def test_an_anonymous_token_and_the_client_id_are_in_their_private_files_alone(scene, tokens):
    """An anonymous token and the client id stand in files that only their owner can read, and only there."""
    folder = scene.home / ".config" / "nemovideo"
    private = folder / "client_id"
    private.touch(0o600)
    private.write_text(tokens["client id"])
    scene.run("del os.environ['NEMO_TOKEN']\nsession = nemo.connect()")
    for line in ("upload clip.mp4", "edit hello", "runs"):
        scene.run(f"%nemo {line}")
    scene.run(f"inside.note('session', {KNOWN})\ninside.sync('more', lambda: session.edit(''))")
    scene.run("session.upload('missing.mp4')", fails=True)
    scene.run("os.environ['NEMO_TOKEN'] = os.environ['KEPT']")
    scene.save()
    kept = [path for path in folder.iterdir() if path.name.startswith("token-")]
    assert [path.stat().st_mode & 0o777 for path in [*kept, private]] == [0o600, 0o600]
    assert MARK in kept[0].read_text()
    private.unlink()
    assert_quiet(scene.folder)


BREAKS = {
    "POST /run_sse": {"cut_after": 100},
    "POST /api/upload-video": {"reset_after": 0},
    "GET /api/state": {"half_close_after": 60},
    "POST /api/render": {"cut_after": 0},
    "/": {"stall_after": 0},
}


def test_where_the_line_breaks_or_nobody_answers_the_token_stays_inside(scene, proxy):
    """Dropped streams, stalls, a wrong token, a server that is gone: not even Verbose mode tells it."""
    scene.run(f"URL = {proxy.url!r}\n%xmode Verbose")
    scene.run("session = nemo.connect(url=URL, settings=inside.SETTINGS)\nsession.upload('clip.mp4')")
    for only, fault in BREAKS.items():
        proxy.clear()
        proxy.fault(**fault, only=only, times=3)
        scene.run("""
inside.sync("edit", lambda: session.edit("hello"))
inside.sync("upload", lambda: session.upload("clip.mp4"))
inside.sync("state", session.state)
inside.sync("export", lambda: session.export("film.mp4", resolution="64x36", fps=5))
""")
    proxy.clear()
    scene.run(
        """
def fails():
    try:
        session.upload("missing.mp4")
    except nemo.NemoError as error:
        raise RuntimeError("and so it fails") from error
fails()
""",
        fails=True,
    )
    connect = "nemo.connect(url=URL, settings=inside.SETTINGS)"
    scene.run(f"os.environ['NEMO_TOKEN'] = os.environ['WRONG']\n{connect}", fails=True)
    scene.run(f"inside.sync('wrong', lambda: {connect})")
    scene.run("inside.sync('no token', lambda: nemo.connect(url=URL, token='two words'))")
    scene.close()
    scene.run(f"inside.sync('gone', session.credits)\n{connect}", fails=True)
    scene.run("nemo.connect(url='http://127.0.0.1:9', settings=inside.SETTINGS)", fails=True)
    scene.save()
    assert "== wrong" in (scene.work / "notes.txt").read_text()
    assert_quiet(scene.folder)


@pytest.mark.parametrize("place", ["a notebook", "another host"])
def test_a_leak_would_be_seen(tmp_path, tokens, place):
    """The checks of this module are such that can fail."""
    with Stranger() as elsewhere:
        leak = tmp_path / "saved.ipynb"
        if place == "a notebook":
            leak.write_text(json.dumps({"metadata": {"widgets": {"state": tokens["environment"]}}}))
        else:
            elsewhere.heard.append(f"GET / HTTP/1.1\r\nAuthorization: Bearer {tokens['wrong']}".encode())
        with pytest.raises(AssertionError):
            assert_quiet(tmp_path, elsewhere)
        leak.unlink(missing_ok=True)
