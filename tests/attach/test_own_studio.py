"""A kernel dies, and the studio in it; the next kernel's studio has the same folder, and finds out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from attach.served import frames
from waiting import PATIENCE_S, until

pytestmark = pytest.mark.usefixtures("no_secrets")

SLOW = """
import asyncio, pathlib, sys, time
sys.path.append(TESTS)
from slow_exports import SlowExports
from nemo_widgets import launcher
from nemo_widgets.client.saving import Saving
from nemo_widgets.studio import exports, launch, receive, settings

def never(*_, **__):
    time.sleep(600)

write = Saving.write

async def one_piece(self, piece):
    await write(self, piece)
    self._open.flush()
    await asyncio.sleep(600)

slow = settings.Settings(text_pause=600, silent="never")
studio = launcher._running[str(launch.default_data())] = launch.launch(settings=slow)
print(studio.token)
""".replace("TESTS", repr(str(Path(__file__).parents[1])))
"""Lets the kernel that is to die take for ever over things."""


MINE = "from nemo_widgets import launcher\nmine = launcher.studio()"


def rows(data, query):
    """What the studio's own database says."""
    with closing(
        sqlite3.connect(f"file:{data}/studio.sqlite3?mode=ro", uri=True, timeout=PATIENCE_S)
    ) as database:
        return database.execute(query).fetchall()


@pytest.fixture
def wreck(kernel, tmp_path, journal, media):
    """A kernel died over a download, a render, an edit and an upload: its folder, the ids, its token."""
    doomed, data = kernel(), tmp_path / "data"
    token = doomed.asked(SLOW)
    doomed.asked(f"%nemo connect --local\n%nemo upload {media.clip}\nsession = nemo.current()")
    doomed.asked("Saving.write = one_piece\nsession.start_export('first.mp4', resolution='64x36')")
    until(lambda: [path for path in doomed.folder.glob(".*.part") if path.stat().st_size])
    doomed.asked("exports.export = SlowExports(studio.data).export")
    doomed.asked("session.start_export('second.mp4', resolution='64x36')")
    until(lambda: rows(data, "SELECT 1 FROM jobs WHERE status = 'processing'"))
    doomed.asked("session.start('remove the first second')")
    until(lambda: rows(data, "SELECT 1 FROM messages WHERE status = 'running'"))
    doomed.asked(f"receive.Sink.write = never\nsession.start_upload({str(media.dot)!r})")
    until(lambda: list((data / "incoming").iterdir()))
    doomed.kill()
    return doomed.folder, {record.request: record.id for record in journal.left()}, [token]


def test_a_kernel_dies_with_everything_under_way(wreck, kernel, tmp_path, journal, reads_well):
    """The next kernel says what was under way, and brings all of it to a true end."""
    folder, left, tokens = wreck
    after, data = kernel(), tmp_path / "data"
    card, listed = after.run("%nemo connect --local"), after.run("%nemo runs")
    tokens.append(after.asked(f"{MINE}\nprint(mine.token)"))
    assert "4 runs were under way when a kernel stopped:" in card.text
    assert all(f"- %nemo attach {run}: " in card.text for run in left.values())
    assert listed.text.count("left behind") == 4
    edit = after.run(f"%nemo attach {left['remove the first second']}")
    assert "Edit not done" in edit.text
    assert "%nemo again" in edit.error
    ends = [after.run(f"%nemo attach {left[name]}") for name in ("dot.png", "second.mp4", "first.mp4")]
    assert [cell.error for cell in ends] == ["", "", ""]
    assert journal.left() == []
    assert rows(data, "SELECT text, status FROM messages") == [("remove the first second", "interrupted")]
    assert rows(data, "SELECT name FROM media ORDER BY number") == [("clip.mp4",), ("dot.png",)]
    assert rows(data, "SELECT status FROM jobs") == [("completed",), ("completed",)]
    assert sorted(path.name for path in folder.iterdir()) == ["first.mp4", "second.mp4"]
    assert [frames(path) for path in folder.iterdir()] == [90, 90]
    again = after.run("%nemo again")
    assert not again.error
    assert rows(data, "SELECT status FROM messages ORDER BY id") == [("interrupted",), ("done",)]
    assert after.asked("print(launcher.studio() is mine, mine.running)") == "True True"
    shown = reads_well(card, listed, edit, *ends, again)
    written = [path.read_text("utf-8") for path in journal.folder.glob("*.json")]
    assert not [token for token in tokens if token in "\n".join([shown, *written])]


def test_an_export_in_a_kernel_that_is_shut_down_is_left_to_the_next(kernel, tmp_path, media):
    """Jupyter interrupts a kernel before it ends it, as Stop does: nobody wants that to cancel it."""
    ending, data = kernel(), tmp_path / "data"
    ending.asked(SLOW)
    ending.asked(f"%nemo connect --local\n%nemo upload {media.clip}")
    ending.asked("exports.export = SlowExports(studio.data).export")
    ending.start("%nemo export film.mp4 --resolution 64x36")
    until(lambda: rows(data, "SELECT 1 FROM jobs WHERE status = 'processing'"))
    ending.stop(now=False)
    after = kernel()
    assert "%nemo attach export-" in after.asked("%nemo connect --local")
    assert "Exported" in after.asked("%nemo attach")
    assert frames(ending.folder / "film.mp4")
    assert "Nothing was left" in after.run("%nemo attach").text
