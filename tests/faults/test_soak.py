"""People at work while the studio is killed and its disk is full at times: the soak, for half a minute."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Media, Store

SOAK = Path(__file__).parents[2] / "benchmarks" / "soak.py"


def test_after_kills_and_full_disks_all_agrees_and_nothing_is_left(tmp_path):
    """Database, disk and what people were told agree, and no thread, process, file or socket is left over."""
    command = [sys.executable, str(SOAK), "--minutes", "0.4", "--people", "4", "--json"]
    command += ["--kill-s", "4", "--fill-s", "5", "--disk-mb", "64"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.stdout, ran.stderr
    told = json.loads(ran.stdout)
    assert told["wrong"] == [], ran.stderr
    assert ran.returncode == 0
    assert told["kills"]
    assert told["full disks"] or not told["disk"]
    for what, how in (("upload", "done"), ("edit", "done"), ("edit", "cancelled"), ("export", "completed")):
        assert told["ends"][what].get(how), told["ends"]


BREAKS = {
    "is gone": "media/a.mp4",
    "media/x belongs to nothing": "+media/x",
    "results/x.mp4 belongs to nothing": "+results/x.mp4",
    "incoming/x.part is left over": "+incoming/x.part",
    "open to others": "~media/a.mp4",
    "is another one": "!media/a.mp4",
    "a message is still running": "UPDATE messages SET status = 'running'",
    "is there twice": "DROP INDEX messages_of_key; CREATE TEMP TABLE t AS SELECT * FROM messages;"
    " UPDATE t SET id = 9; INSERT INTO messages SELECT * FROM t",
    "but made no version": "DELETE FROM drafts",
    "versions are": "UPDATE drafts SET version = 5",
    "made a version": "UPDATE messages SET status = 'failed'",
    "only 0 are paid": "",
}


@pytest.mark.parametrize("said", BREAKS)
def test_the_soak_sees_what_disagrees(said, tmp_path, monkeypatch):
    """What the soak looks for in the end it finds: each kind of disagreement, once it is made by hand."""
    monkeypatch.syspath_prepend(SOAK.parent)
    from soak_audit import audit

    store = Store(tmp_path, Settings())
    session = store.projects.create("local", "soak", "en")
    part = store.part()
    part.touch(0o600)
    store.keep(part, "a.mp4")
    media = {"id": "m", "session": session.id, "user": "local", "name": "a", "file": "a.mp4", "size": 0}
    media |= {
        "hash": hashlib.sha256().hexdigest(),
        "kind": "audio",
        "duration_ms": 1,
        "width": 0,
        "height": 0,
    }
    store.library.add(Media(**media, fps=None, has_audio=True))
    message = store.messages.begin("local", session.id, "cut", 0, store.owners.token, key="k")
    store.projects.add(session.id, {"t": []}, expected=0, message=message.id, edits=["cut"])
    store.messages.finish(message, reply="Cut.", outcome="done")
    store.close()
    assert audit(tmp_path, 0, 1) == []
    break_it = BREAKS[said]
    path = tmp_path / break_it.lstrip("+~!")
    if break_it.startswith("+"):
        path.touch(0o600)
    elif break_it.startswith("~"):
        path.chmod(0o644)
    elif break_it.startswith("!"):
        path.write_text("x")
    elif break_it.startswith("media/"):
        path.unlink()
    else:
        with closing(sqlite3.connect(tmp_path / "studio.sqlite3")) as base:
            base.executescript(break_it)
    found = audit(tmp_path, 0 if break_it else 1, 1)
    assert any(said in one for one in found), found
