"""Two people say something to one session at once: each is told what became of their own message."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from waiting import until

import nemo_widgets as nemo
from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.errors import StaleDraft
from nemo_widgets.running import Connection, EditRun
from nemo_widgets.session import wait_for

QUICK = ClientSettings(attempts=1, studio_poll_s=0.05)
HELD = "remove the first second, slowly"


@pytest.fixture
def both(studio, media, journal, monkeypatch, tmp_path):
    """One session, and another program's way to it."""
    monkeypatch.setenv("NEMO_JOURNAL", str(journal.folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    session = nemo.connect(url=studio.url, token=studio.token, settings=QUICK)
    session.upload(media.clip)
    key, client = session._connection.session_id, AsyncClient(base_url=studio.url, token=studio.token)
    other = Connection(client, key, journal=journal)
    wait_for(other.state())
    yield SimpleNamespace(session=session, key=key, say=lambda words, **more: EditRun(other, words, **more))
    wait_for(client.aclose())
    session.disconnect()


@pytest.mark.parametrize(
    "words", ["make it black and white", "what can you do with a sunset?", "undo", "export as gif"]
)
def test_the_later_one_does_nothing_and_hears_why(both, studio, words):
    """Whatever it says, it is not done, and the other one's change is told as the other one's."""
    first = both.session.start(HELD)
    until(lambda: first.text)
    second = both.say(words)
    until(lambda: [status for *_, status in studio.messages(both.key)] == ["running", "queued"])
    studio.let()
    assert first.result().outcome == "done"
    why = r"changed elsewhere just then: Removed 0:00–0:01 of clip\..* Your message did nothing"
    with pytest.raises(StaleDraft, match=why) as told:
        second.result()
    assert "undo" not in str(told.value)
    assert (second.outcome, second.changed) == ("not done", [])
    assert studio.length_ms(both.key) == 2000


def test_said_again_it_is_done_once(both, studio):
    """Once its author knows of the change, the message is for the timeline that there is."""
    first = both.session.start(HELD)
    until(lambda: first.text)
    second = both.say("remove the last second")
    until(lambda: len(studio.messages(both.key)) == 2)
    studio.let()
    first.result()
    with pytest.raises(StaleDraft):
        second.result()
    assert both.say("remove the last second", again=second).result().outcome == "done"
    assert [status for *_, status in studio.messages(both.key)] == ["done", "failed", "done"]
    assert studio.length_ms(both.key) == 1000


def test_ones_own_upload_is_no_surprise(both, studio, media):
    """A message that is said while a file of one's own arrives is done whatever the file does."""
    upload = both.session.start_upload(media.dot)
    edit = both.session.start("remove the first second")
    upload.result()
    assert edit.result().outcome == "done"
    assert studio.media(both.key) == ["clip.mp4", media.dot.name]
