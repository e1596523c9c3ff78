"""A change that comes late: whose it is, who waits for it, and that nothing is sent twice meanwhile."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from waiting import PATIENCE_S

from nemo_widgets.client import ErrorEvent, TextEvent
from nemo_widgets.errors import AgentError, NemoError, NotDone, StaleDraft, UsageError
from nemo_widgets.loop import blocking, submit
from nemo_widgets.running import EditRun

CUT = TextEvent("I cut the first second.")


def _sent_at(client):
    """The moments at which messages leave, as they do."""
    moments, chat = [], client.chat

    def sending(*args, **kwargs):
        moments.append(client.clock.now())
        return chat(*args, **kwargs)

    client.chat = sending
    return moments


async def _after(event, read):
    await asyncio.to_thread(event.wait, PATIENCE_S)
    return await read("55")


@pytest.mark.parametrize(("script", "kind"), [([], NotDone), ([ErrorEvent("Overloaded.")], AgentError)])
def test_again_waits_as_long_as_the_server_may_be_at_work(scripted, connection, script, kind):
    """After a silent end or an error the same message leaves only once a lost answer would be given up."""
    client = scripted(script, studio=False)
    client.marked = True
    link, moments = connection(client), _sent_at(client)
    run = EditRun(link, "cut")
    with pytest.raises(kind):
        run.result()
    client.script, notes = [CUT], []
    listening = threading.Event()
    reading, client.state = client.state, lambda _: _after(listening, reading)
    again = EditRun(link, "cut", again=run)
    again.on_update(lambda: notes.append(again.note))
    listening.set()
    assert again.result().outcome == "done"
    assert client.sent == ["cut", "cut"]
    assert moments[1] - run.heard_at >= client.settings.lost_s
    assert any("Nothing is sent yet: the one before may still be at work." in note for note in notes)


def test_again_finds_what_is_made_while_it_waits(scripted, connection, draft):
    """An edit that is made some minutes after its silent end is not paid twice."""
    client = scripted([], studio=False, states=[*[draft(10)] * 9, draft(6)])
    client.marked = True
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(NotDone):
        run.result()
    with pytest.raises(UsageError, match="was made after all"):
        EditRun(link, "cut", again=run).result()
    assert (client.sent, run.outcome, len(run.changes)) == (["cut"], "done", 2)


def test_nobody_waits_for_a_studio_that_knows(scripted, connection):
    """The studio's ledger says what became of it: the same message leaves at once."""

    def failed(keys):
        entry = SimpleNamespace(key=keys[0], status="failed", reply="", error="", outcome="")
        return SimpleNamespace(messages=[entry], media=[], renders=[])

    client = scripted([ErrorEvent("Overloaded.")], ledger=failed)
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(AgentError):
        run.result()
    client.script, client.clock.slept = [CUT], []
    EditRun(link, "cut", again=run).result()
    assert client.sent == ["cut", "cut"]
    assert max(client.clock.slept, default=0) < client.settings.recover_every_s


@pytest.mark.parametrize(
    ("message", "length"),
    [
        (("how long is it?", "The film is 10 s long."), 10),
        (("paint it", "I'm sorry, I can't do that."), 10),
        (("cut the end", "I cut the end."), 9),
    ],
)
def test_only_a_change_that_is_awaited_is_ones_own(scripted, connection, draft, message, length):
    """Beside an answer, a refusal or an edit that was seen, a change just afterwards is another one's."""
    request, said = message
    client = scripted([TextEvent(said)], draft(length), studio=False)
    link = connection(client)
    run = EditRun(link, request).result()
    before = len(run.changes)
    client.after = draft(5)
    with pytest.raises(StaleDraft, match="has changed since you last saw it"):
        EditRun(link, "cut more").result()
    assert (client.sent, len(run.changes)) == ([request], before)


@pytest.mark.parametrize("later", [0, 90, 600])
def test_ones_own_late_change_holds_nothing_back(scripted, connection, draft, later):
    """An edit that was said to be done has its change when it shows, however late; it is told, once."""
    client = scripted([CUT], studio=False)
    link = connection(client)
    run = EditRun(link, "cut").result()
    assert (run.outcome, len(run.changed)) == ("done", 0)
    client.clock.advance(later)
    client.after, notes = draft(6), []
    following = EditRun(link, "cut more")
    following.on_update(lambda: notes.append(following.note))
    following.result()
    assert client.sent == ["cut", "cut more"]
    assert run.changes["what"].tolist() == ["removed", "length"]
    client.after = draft(4)
    assert not following.changed


def test_a_late_change_is_told_wherever_it_is_read(scripted, connection, draft):
    """Who reads the timeline in between learns whose change it is; the next one is another one's."""
    client = scripted([CUT], studio=False)
    link = connection(client)
    run = EditRun(link, "cut").result()
    client.after = draft(6)
    blocking(submit(link.state()))
    assert [f"what {run.id} changed only now" in told for told in link.told] == [True]
    assert len(run.changed) == 2
    client.after = draft(5)
    with pytest.raises(StaleDraft):
        EditRun(link, "cut more").result()


def test_a_read_without_a_change_ends_the_waiting(scripted, connection, draft):
    """What the first read after some time does not show, nobody waits for any more."""
    client = scripted([CUT], studio=False)
    link = connection(client)
    run = EditRun(link, "cut").result()
    client.clock.advance(client.settings.late_s + 1)
    blocking(submit(link.state()))
    client.after = draft(5)
    with pytest.raises(StaleDraft):
        EditRun(link, "cut more").result()
    assert not run.changed


def test_what_seemed_not_made_is_told_and_nothing_is_sent(scripted, connection, draft):
    """Where the change of an edit that was given up shows before another message, that one is held back."""
    client = scripted([], studio=False)
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(NemoError):
        run.result()
    client.after = draft(6)
    with pytest.raises(StaleDraft, match=f"{run.id} was made after all: .*Nothing was sent"):
        EditRun(link, "cut more").result()
    assert (client.sent, run.outcome) == (["cut"], "done")


@pytest.mark.parametrize("stale", [1, 2])
def test_a_read_of_an_old_copy_is_not_believed(scripted, connection, draft, stale):
    """A read or two of the timeline before one's own edit hold the next message back for a moment only."""
    client = scripted([CUT], draft(6), studio=False, states=[draft(6), *[draft(10)] * stale, draft(6)])
    link = connection(client)
    EditRun(link, "cut").result()
    assert EditRun(link, "cut more").result().before == draft(6)
    assert (client.sent, link.told) == (["cut", "cut more"], [])


def test_a_timeline_that_stays_as_before_was_changed_elsewhere(scripted, connection, draft):
    """Who takes back somebody's edit has changed the timeline: the next message is held back, and told it."""
    client = scripted([CUT], draft(6), studio=False)
    link = connection(client)
    EditRun(link, "cut").result()
    client.after = draft(10)
    with pytest.raises(StaleDraft, match="0:06 → 0:10"):
        EditRun(link, "cut more").result()
    assert client.sent == ["cut"]
    assert EditRun(link, "cut more").result().before == draft(10)
