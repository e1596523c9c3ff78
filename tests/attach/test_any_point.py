"""Wherever a program dies: what came of its run is found out, and nothing is done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from attach.served import frames
from waiting import PATIENCE_S, until

from nemo_widgets.journal import Journal

PROGRAM = Path(__file__).with_name("program.py")
JOURNAL, CLIENT, RUNNING = "nemo_widgets.journal", "nemo_widgets.client", "nemo_widgets.running"

EDITS = {
    f"before 1 {JOURNAL}:_save": ("none", 0),
    f"after 1 {JOURNAL}:_save": ("not done", 0),
    f"before 2 {JOURNAL}:_save": ("not done", 0),
    "before 2 pathlib:Path.replace": ("not done", 0),
    f"after 2 {JOURNAL}:_save": ("not done", 0),
    f"after 1 {CLIENT}.wire:Wire.stream_timeout": ("not done", 0),
    f"before 1 {CLIENT}.sse:Decoder.feed": ("done", 1),
    f"after 2 {RUNNING}.stream:StreamLine.of": ("done", 1),
    f"before 1 {RUNNING}.edit:EditRun._conclude": ("done", 1),
    f"before 1 {JOURNAL}:Entry.end": ("done", 1),
    f"after 3 {JOURNAL}:_save": ("none", 1),
}
"""Where the program dies over an edit: what is found out then, how often the studio has made it."""

UPLOADS = [
    f"after 1 {JOURNAL}:_save",
    f"after 2 {JOURNAL}:_save",
    f"before 20 {CLIENT}.progress:Meter.at",
    f"before 60 {CLIENT}.progress:Meter.at",
    f"before 1 {CLIENT}.upload:_taken",
    f"before 3 {CLIENT}.upload:_taken",
    f"before 1 {JOURNAL}:Entry.end",
]
EXPORTS = [
    f"after 1 {JOURNAL}:_save",
    f"after 2 {JOURNAL}:_save",
    f"after 3 {JOURNAL}:_save",
    f"after 1 {CLIENT}.render:submit",
    f"after 1 {CLIENT}.render:_ask",
    f"after 2 {CLIENT}.saving:Saving.write",
    f"before 1 {CLIENT}.saving:Saving.keep",
    f"before 1 {JOURNAL}:Entry.end",
]


class Programs:
    """Lets one program die at each of the points, then another attach to all that they left."""

    def __init__(self, studio, home):
        self._studio, self._home = studio, home
        self._done = {}

    def after(self, act, points, files):
        """By point: the session, the program's folder, and what the other one told."""
        if act not in self._done:
            folders = [self._home / f"{act} {i}" for i in range(len(points))]
            with ThreadPoolExecutor(2) as two:  # at a time
                works = [
                    two.submit(self._killed, *one, act, files) for one in zip(folders, points, strict=True)
                ]
            sessions = [work.result() for work in works]
            journals = [str(folder / "journal") for folder in folders]
            ended = self._run(self._home, "attach", *journals)
            assert ended.returncode == 0, ended.stderr
            told = [SimpleNamespace(**json.loads(line)) for line in ended.stdout.splitlines()]
            self._done[act] = dict(zip(points, zip(sessions, folders, told, strict=True), strict=True))
        return self._done[act]

    def _killed(self, folder, point, act, files):
        folder.mkdir()
        ended = self._run(folder, "carry", self._studio.url, point, act, *map(str, files))
        assert ended.returncode == -signal.SIGKILL, f"it never came to {point!r}: {ended.stderr}"
        return ended.stdout.strip()

    def _run(self, folder, *words):
        env = {**os.environ, "NEMO_TOKEN": self._studio.token, "NEMO_JOURNAL": str(folder / "journal")}
        command = [sys.executable, str(PROGRAM), *words]
        return subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=2 * PATIENCE_S, check=False
        )


@pytest.fixture(scope="module")
def programs(served, tmp_path_factory):
    return Programs(served, tmp_path_factory.mktemp("programs"))


@pytest.mark.parametrize("point", EDITS)
def test_an_edit_is_found_out_wherever_its_program_died(point, programs, studio, media):
    """It is done or not done, sent once at most, and nothing is left behind."""
    session, _, told = programs.after("edit", EDITS, [media.clip])[point]
    outcome, made = EDITS[point]
    until(lambda: [status for *_, status in studio.messages(session)] == ["done"] * made)
    assert studio.length_ms(session) == 3000 - 1000 * made
    assert (told.still, told.outcome or "none") == ([], outcome)
    assert told.error == ("NotDone" if outcome == "not done" else "")
    assert ("%nemo again" in told.sentence) == (outcome == "not done")
    assert len(told.left) == (outcome != "none")


@pytest.mark.parametrize("point", UPLOADS)
def test_an_upload_is_whole_wherever_its_program_died(point, programs, studio, media):
    """Every file is there once, in the order given, and nothing is left behind."""
    files = [media.clip, media.picture, media.dot]
    session, _, told = programs.after("upload", UPLOADS, files)[point]
    assert (told.outcome, told.error, told.still) == ("done", "", [])
    assert studio.media(session) == ["clip.mp4", "harbour.png", "dot.png"]
    assert studio.clips(session) == ["clip", "harbour", "dot"]


@pytest.mark.parametrize("point", EXPORTS)
def test_an_export_is_in_its_place_wherever_its_program_died(point, programs, studio, media):
    """The whole film is where it was wanted and nothing beside it; the studio has made it once."""
    session, folder, told = programs.after("export", EXPORTS, [media.noise])[point]
    assert (told.outcome, told.error, told.still) == ("done", "", [])
    (written,) = (r for r in Journal(folder / "journal").records() if r.kind == "export")
    assert studio.renders(session) == [(written.details["render_id"], "completed")]
    assert sorted(path.name for path in folder.iterdir()) == ["journal", "out.mp4"]
    assert frames(folder / "out.mp4") == 90


def test_an_older_draft_is_exported_as_it_was(programs, media):
    """What was to be exported was not the present timeline; that is not forgotten with the program."""
    point = f"after 1 {JOURNAL}:_save"
    _, folder, told = programs.after("export as it was", [point], [media.clip])[point]
    assert told.outcome == "done"
    assert frames(folder / "out.mp4") == 90


def test_what_a_program_began_before_it_died_is_listed_as_what_it_became(programs, media):
    """`nemo.runs()` then says done or not done of every one."""
    for act, points, files in (("edit", EDITS, [media.clip]), ("export", EXPORTS, [media.noise])):
        told = [told for *_, told in programs.after(act, points, files).values()]
        assert {state for one in told for state in one.states} <= {"done", "not done"}
