"""What becomes of an edit whose stream broke: found out, told, never sent again."""

import re
import threading
from types import SimpleNamespace

import pytest
from waiting import until

from nemo_widgets.client import ErrorEvent, HeartbeatEvent, State, TextEvent, ToolCallEvent
from nemo_widgets.connecting import forget
from nemo_widgets.draft import Draft
from nemo_widgets.errors import (
    AgentError,
    Cancelled,
    ConnectError,
    NoCredits,
    NotDone,
    OutcomeUnknown,
    ServerError,
    SessionNotFound,
    StaleDraft,
    StoreError,
    StreamDropped,
    TimedOut,
    UsageError,
)
from nemo_widgets.run_list import left_behind, runs
from nemo_widgets.run_words import asides, headline
from nemo_widgets.running import EditRun

DROPPED = StreamDropped("The connection broke.")
PIECE = TextEvent("Cutt", partial=True)


def message(status, **more):
    """A ledger that holds the last message sent, in that state."""

    def found(keys):
        entry = SimpleNamespace(key=keys[-1], status=status, reply="", error="", outcome="")
        entry.__dict__.update(more)
        return SimpleNamespace(messages=[entry], media=[], renders=[])

    return found


def waits(client):
    """The waits between reads of the state, in clock seconds."""
    return [seconds for seconds in client.clock.slept if seconds in (30, 60)]


def test_a_change_at_the_first_read_is_done(scripted, connection, draft):
    """30 s after the stream broke the state is read; a change means that the edit was made."""
    client = scripted([PIECE, DROPPED], studio=False, states=[draft(6)])
    run = EditRun(connection(client), "cut").result()
    assert (run.state, run.outcome, run.recovered) == ("done", "done", True)
    assert run.changes["what"].tolist() == ["removed", "length"]
    assert "Removed 0:06–0:10 of talk." in run.text
    assert "Cutt" not in run.text
    assert (waits(client), client.sent) == ([30], ["cut"])


def test_a_change_without_a_word_of_the_answer_may_be_anothers(scripted, connection, draft):
    """Where nothing of the answer came the edit is done by the table, but it only seems its own work."""
    for script, unheard in (([DROPPED], True), ([PIECE, DROPPED], False)):
        client = scripted(script, studio=False, states=[draft(6)])
        run = EditRun(connection(client), "cut").result()
        assert (run.outcome, run.unheard) == ("done", unheard)


def test_a_change_at_the_third_read_is_done(scripted, connection, draft):
    """After the first read the state is read every 60 s."""
    client = scripted([DROPPED], studio=False, states=[draft(10), draft(10), draft(6)])
    assert EditRun(connection(client), "cut").result().outcome == "done"
    assert waits(client) == [30, 60, 60]


def test_a_key_that_each_read_changes_is_no_edit(scripted, connection, draft):
    """A key that nobody knows, and that every read changes, does not show that the edit was made."""
    states = [Draft({**draft(10).data, "whim": count}) for count in range(9)]
    with pytest.raises(OutcomeUnknown):
        EditRun(connection(scripted([DROPPED], studio=False, states=states)), "cut").result()
    run = EditRun(connection(scripted([DROPPED], studio=False, states=states[1:2])), "cut").result()
    assert [change.what for change in run.changed] == ["detail"]  # it stays as the edit has left it


def test_five_unchanged_reads_are_not_done(scripted, connection):
    """Five reads without a change mean that nothing came of it; it is offered to send it again."""
    client = scripted([DROPPED], studio=False)
    run = EditRun(connection(client), "cut")
    with pytest.raises(NotDone, match="nothing was changed") as caught:
        run.result()
    assert "%nemo again" in caught.value.hint
    assert waits(client) == [30, 60, 60, 60, 60]
    assert (client.sent, run.outcome) == (["cut"], "not done")


def test_a_stream_that_fell_silent_may_have_work_behind_it(scripted, connection, draft):
    """Where nothing broke the edit is looked for as long as its answer would have been waited for, unsent."""
    silent = StreamDropped("Not a byte came for 3 min.")
    silent.fell_silent = True
    client = scripted([silent], studio=False, states=[*[draft(10)] * 9, draft(6)])
    run = EditRun(connection(client), "cut").result()
    assert (run.outcome, client.sent) == ("done", ["cut"])
    never = scripted([silent], studio=False)
    run = EditRun(connection(never), "cut")
    with pytest.raises(NotDone):
        run.result()
    assert sum(waits(never)) >= never.settings.chat_total_s - never.settings.recover_every_s


@pytest.mark.parametrize("answer", [[PIECE, DROPPED], []], ids=["lost", "silent"])
@pytest.mark.parametrize("name", ["canvas", "generated_media"])
def test_what_changed_beside_the_timeline_is_not_called_not_done(scripted, connection, draft, answer, name):
    """Where only the canvas changed or something was generated, nobody says that nothing was done."""
    client = scripted(answer, studio=False, states=[State(draft(10), **{name: {"a": "b"}})])
    link = connection(client)
    run = EditRun(link, "make it vertical")
    with pytest.raises(OutcomeUnknown, match="The timeline is as it was, but"):
        run.result()
    with pytest.raises(OutcomeUnknown, match="The timeline is as it was, but"):
        EditRun(link, "make it vertical", again=run).result()
    assert client.sent == ["make it vertical"]


@pytest.mark.parametrize(
    ("after", "news"),
    [
        ({"canvas": {"ratio": "9:16", "width": 1080, "height": 1920}}, "the canvas is now 9:16 1080×1920"),
        ({"canvas": {"back": "red"}}, "the canvas has changed"),
        (
            {"generated_media": [{"url": "http://h/old.mp4"}, {"url": "http://h/new.mp4"}]},
            "1 clip was generated",
        ),
        (
            {"generated_media": {"videos": [{"url": f"http://h/{n}.mp4"} for n in "abc"]}},
            "2 clips were generated",
        ),
        ({"generated_media": [{}, {"name": "song.mp3"}]}, "1 file was generated"),
        ({"generated_media": {"job": 1}}, "something was generated"),
        (
            {"canvas": {"aspectRatio": "1:1"}, "generated_media": [{}, {"name": "a.mov"}]},
            "the canvas is now 1:1 and 1 clip was generated",
        ),
    ],
)
def test_what_changed_beside_the_timeline_is_named(scripted, connection, draft, after, news):
    """Where an agent says that it is done, and the canvas or generated files are new, those are told."""
    client = scripted([TextEvent("I made it.")], studio=False, states=[State(draft(10), **after)])
    client.before = State(draft(10), canvas={"ratio": "16:9"}, generated_media=[{"url": "http://h/old.mp4"}])
    run = EditRun(connection(client), "make it vertical").result()
    assert (run.outcome, run.changed, run.changed_beside) == ("done", [], news)
    assert f" · {news}, the timeline is as it was" in headline(run)


def test_a_refusal_beside_a_change_is_not_believed(scripted, connection, draft):
    """An agent that says that it can't, where the canvas is another one, has not refused: nobody knows."""
    after = State(draft(10), canvas={"ratio": "9:16"})
    client = scripted([TextEvent("I can't make it vertical.")], studio=False, states=[after])
    run = EditRun(connection(client), "make it vertical", strict=True)
    with pytest.raises(OutcomeUnknown, match=r"says that it was not done\. .* the canvas is now 9:16\."):
        run.result()
    assert (run.outcome, run.text) == ("unknown", "I can't make it vertical.")


def test_the_reason_is_mended_before_it_is_sent_again(scripted, connection):
    """Where no credits or a bad token ended an edit, what to do about that is told first."""
    run = EditRun(connection(scripted([HeartbeatEvent(), NoCredits("None left.")], studio=False)), "cut")
    with pytest.raises(NotDone) as caught:
        run.result()
    assert caught.value.hint.startswith(NoCredits("").hint)
    assert "`%nemo again`" in caught.value.hint


def test_what_was_beside_the_timeline_before_is_no_change(scripted, connection, draft):
    """A canvas that stays, whose links are signed anew, or that a state leaves out, tells of no edit."""
    client = scripted([PIECE, DROPPED], studio=False)
    client.before = State(draft(10), canvas={"ratio": "16:9", "back": "https://cdn.example/a.png?sig=1"})
    client.states = [
        draft(10),
        State(draft(10), canvas={"back": "https://cdn.example/a.png?sig=2", "ratio": "16:9"}),
    ]
    with pytest.raises(NotDone):
        EditRun(connection(client), "cut").result()


def test_a_state_that_cannot_be_read_is_unknown(scripted, connection):
    """Where the server does not answer any more, nobody can tell; the run can be attached to."""
    client = scripted([DROPPED], studio=False, states=[ConnectError("Gone.")])
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(OutcomeUnknown, match="can't be found out"):
        run.result()
    assert (run.outcome, client.sent) == ("unknown", ["cut"])
    assert [record.id for record in link.journal.left()] == [run.id]


def test_reads_that_fail_in_between_are_no_unchanged_reads(scripted, connection, draft):
    """A read that failed says nothing: the fifth that did not fail decides."""
    broken = ConnectError("Gone.")
    states = [draft(10), broken, draft(10), broken, draft(10), draft(10), draft(6)]
    client = scripted([DROPPED], studio=False, states=states)
    assert EditRun(connection(client), "cut").result().outcome == "done"
    assert len(waits(client)) == 7


def test_a_session_that_is_gone_is_unknown(scripted, connection):
    """A server that lost the session can't tell what became of the edit; no new session is made for that."""
    client = scripted([DROPPED], studio=False, states=[SessionNotFound("Gone.")])
    with pytest.raises(OutcomeUnknown):
        EditRun(connection(client), "cut").result()
    assert client.made == []


@pytest.mark.parametrize("error", [DROPPED, TimedOut("The agent took over 900 s.")])
def test_it_is_told_as_it_happens(scripted, connection, draft, error):
    """The user reads what broke, that nothing is sent again, and when the timeline is read next."""
    listening = threading.Event()
    client = scripted([listening, error], studio=False, states=[draft(10), draft(6)])
    run = EditRun(connection(client), "cut")
    told = []
    run.on_update(lambda: told.append((run.phase, run.note)))
    listening.set()
    run.result()
    phases, notes = zip(*told, strict=True)
    assert any(error.message.rstrip(".") in phase and "Finding out" in phase for phase in phases)
    assert any("not sent again" in note and "30 s" in note for note in notes)
    assert any("60 s (2 of 5)" in note for note in notes)
    assert run.note == ""


def test_the_end_of_a_stream_is_no_success_by_itself(scripted, connection):
    """A stream that just stops after a piece of text, with an unchanged timeline, is looked into."""
    client = scripted([ToolCallEvent("1", "cut_segments"), PIECE], studio=False)
    with pytest.raises(NotDone, match="in the middle"):
        EditRun(connection(client), "cut").result()
    assert client.clock.slept == [0.5, 1, 2, 4, 8, 15, 60, 60, 60, 60]


def test_pieces_up_to_an_end_that_http_marks_are_an_answer(scripted, connection):
    """Where the events have no word for the end, the end of the HTTP answer is one."""
    client = scripted([TextEvent("It lasts", partial=True), TextEvent(" 10 s.", partial=True)], studio=False)
    client.marked = True
    run = EditRun(connection(client), "how long is it?").result()
    assert (run.outcome, run.text, waits(client)) == ("done", "It lasts 10 s.", [])


def test_a_marked_end_in_the_middle_of_a_tools_work_is_looked_into(scripted, connection, draft):
    """A server that gives up while a tool works may end its answer in order; only the timeline tells."""
    script = [TextEvent("I cut.", partial=True), ToolCallEvent("1", "cut_segments")]
    client = scripted(script, studio=False, states=[draft(10), draft(6)])
    client.marked = True
    run = EditRun(connection(client), "cut").result()
    assert (run.outcome, run.text, client.clock.slept) == ("done", "I cut.", [0.5])


def test_an_answer_that_named_its_end_before_the_connection_broke_is_done(scripted, connection):
    """A break takes nothing away from an answer whose end the server has named before."""
    client = scripted([TextEvent("It lasts 10 s.", last=True), DROPPED], studio=False)
    run = EditRun(connection(client), "how long is it?").result()
    assert (run.outcome, run.text, waits(client)) == ("done", "It lasts 10 s.", [])


@pytest.mark.parametrize(
    ("pieces", "kept"),
    [
        (["Cut it."], "Cut it."),
        (["Cut ", "it. ", "Now I am go"], "Cut it."),
        (["剪掉了第一秒。", "现在我"], "剪掉了第一秒。"),
        (["I cut “it.”"], "I cut “it.”"),
        (["Done! It lasts 1."], "Done!"),
        (["It lasts 0.4 s"], ""),
        (["Cutt"], ""),
    ],
)
def test_words_stay_when_the_stream_breaks_after_them(scripted, connection, draft, pieces, kept):
    """Of an edit that was made all the same, what the agent said to the end is its answer."""
    script = [*(TextEvent(piece, partial=True) for piece in pieces), DROPPED]
    run = EditRun(connection(scripted(script, studio=False, states=[draft(10), draft(6)])), "cut").result()
    assert (run.outcome, run.said, run.silent) == ("done", kept, not kept)
    assert run.text == (kept or run.text)
    assert run.text


def test_words_before_a_break_are_no_edit(scripted, connection):
    """What an agent announces before the connection breaks counts for nothing where nothing changed."""
    client = scripted([TextEvent("I cut the first second."), DROPPED], studio=False)
    run = EditRun(connection(client), "cut")
    with pytest.raises(NotDone):
        run.result()
    assert (run.outcome, len(waits(client))) == ("not done", 5)


def test_an_error_before_the_break_is_the_agents(scripted, connection):
    """A failure that was told before the connection broke is told as that."""
    client = scripted([ErrorEvent("Out of memory."), DROPPED], studio=False)
    with pytest.raises(AgentError, match="Out of memory"):
        EditRun(connection(client), "cut").result()


def test_a_whole_answer_without_a_change_is_done(scripted, connection):
    """An answer that shows its own end needs no change: it was a question about the timeline."""
    client = scripted([TextEvent("It lasts 10 s.")], studio=False)
    run = EditRun(connection(client), "how long is it?").result()
    assert (run.outcome, run.text, run.recovered, waits(client)) == ("done", "It lasts 10 s.", False, [])


def test_a_silent_end_with_a_change_is_done(scripted, connection, draft):
    """About a third of edits close without a word; the timeline shows that they were made."""
    client = scripted([], draft(6), studio=False)
    run = EditRun(connection(client), "cut").result()
    assert (run.outcome, run.silent, waits(client)) == ("done", True, [])


def test_the_studios_ledger_knows_at_once(scripted, connection, draft):
    """The studio wrote down what became of it: nobody waits, and the agent's words are there."""
    client = scripted([PIECE, DROPPED], draft(6), ledger=message("done", reply="Cut four seconds."))
    run = EditRun(connection(client), "cut").result()
    assert (run.outcome, run.text, waits(client)) == ("done", "Cut four seconds.", [])
    assert client.keys == [run.id]


def test_the_studio_is_waited_for_while_it_works(scripted, connection, draft):
    """A message that is still under way there is waited for."""
    statuses = iter(["queued", "running", "running", "done"])

    def found(keys):
        return message(next(statuses))(keys)

    client = scripted([DROPPED], draft(6), ledger=found)
    assert EditRun(connection(client), "cut").result().outcome == "done"
    assert next(statuses, None) is None


@pytest.mark.parametrize("status", ["queued", "running"])
def test_a_message_that_never_ends_there_is_not_waited_for_for_ever(scripted, connection, draft, status):
    """It is waited for as long as any answer is; then it is unknown, and can be attached to."""
    client = scripted([DROPPED], draft(6), ledger=message(status))
    link = connection(client)
    begun, run = client.clock.now(), EditRun(link, "cut")
    with pytest.raises(OutcomeUnknown, match="can't be found out"):
        run.result()
    assert 1 <= (client.clock.now() - begun) / client.settings.chat_total_s < 3
    assert [record.stage for record in link.journal.left()] == ["unknown"]
    client.found = message("done", reply="Cut.")
    again = EditRun.take_up(link, link.journal.take(run.id)).result()
    assert (again.outcome, again.text) == ("done", "Cut.")


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [("failed", "I can't do that.", AgentError), ("interrupted", "", NotDone), ("cancelled", "", NotDone)],
)
def test_the_studios_failures_are_told(scripted, connection, status, error, kind):
    """What failed or was stopped there is not done here, with the agent's own reason."""
    client = scripted([DROPPED], ledger=message(status, error=error))
    run = EditRun(connection(client), "cut")
    with pytest.raises(kind, match=error or "nothing was changed"):
        run.result()
    assert run.outcome == "not done"


def test_a_disk_that_is_full_is_told_and_not_tried_again(scripted, connection):
    """The studio's sentence is the error, nothing was changed, and nobody waits to find that out."""
    full = "There is no room left on the studio's disk. Free some there, then try again."
    client = scripted([PIECE, ErrorEvent(full, "507")])
    run = EditRun(connection(client), "cut")
    with pytest.raises(StoreError, match="no room left") as told:
        run.result()
    assert "Nothing was changed" in told.value.hint
    assert (run.outcome, waits(client), client.sent) == ("not done", [], ["cut"])
    cloud = scripted([PIECE, ErrorEvent(full, "507")], studio=False)
    with pytest.raises(AgentError, match="no room left"):
        EditRun(connection(cloud), "cut").result()


def test_a_message_that_the_studio_never_got_is_not_done(scripted, connection):
    """What is not in the ledger was not accepted."""
    empty = SimpleNamespace(messages=[], media=[], renders=[])
    client = scripted([DROPPED], ledger=lambda _: empty)
    with pytest.raises(NotDone):
        EditRun(connection(client), "cut").result()


def test_a_studio_that_is_gone_is_unknown(scripted, connection):
    """A studio that does not answer any more can't tell."""
    client = scripted([DROPPED], ledger=ConnectError("Gone."))
    with pytest.raises(OutcomeUnknown):
        EditRun(connection(client), "cut").result()


def test_finding_out_can_be_stopped(scripted, connection):
    """Stop ends the finding out at once; the run is left to be attached to."""
    client = scripted([DROPPED], studio=False)
    client.clock = client.settings.clock.__class__(speed=0)
    client.settings = type(client.settings)(clock=client.clock)
    link = connection(client)
    run = EditRun(link, "cut")
    until(lambda: client.clock.waiting)
    threading.Timer(0.05, run.cancel).start()
    with pytest.raises(Cancelled, match="%nemo attach"):
        run.result()
    assert run.outcome == "unknown"
    assert [record.id for record in link.journal.left()] == [run.id]


def test_an_agents_error_after_a_change_says_both(scripted, connection, draft):
    """A turn that failed although the timeline changed is a failure that says what changed."""
    client = scripted([ErrorEvent("Out of memory.")], draft(6))
    with pytest.raises(AgentError, match=r"Out of memory.*Removed 0:06–0:10"):
        EditRun(connection(client), "cut").result()


@pytest.mark.parametrize(
    ("told", "hint"),
    [
        ("It became too long. Say it in smaller steps.", "Nothing was changed."),
        ("The model stopped. Try again.", "Nothing was changed: `%nemo again` says it again."),
        ("Out of memory.", "Nothing was changed. Say it in smaller steps, or `%nemo again`."),
    ],
)
def test_advice_is_given_once(scripted, connection, told, hint):
    """What an error advises by itself is not said once more behind it."""
    with pytest.raises(AgentError) as caught:
        EditRun(connection(scripted([ErrorEvent(told)])), "cut").result()
    assert (caught.value.message, caught.value.hint) == (told, hint)


def test_it_is_written_down_before_it_is_sent(scripted, connection):
    """When the message leaves, the journal holds what was asked and the timeline before it."""
    client = scripted([TextEvent("Yes.")])
    link = connection(client)
    seen = []
    chat = client.chat

    def sending(*args, **kwargs):
        seen.extend(link.journal.records())
        return chat(*args, **kwargs)

    client.chat = sending
    run = EditRun(link, "cut").result()
    assert [(r.id, r.request, r.stage, r.before) for r in seen] == [
        (run.id, "cut", "sent", client.before.data)
    ]
    assert [r.stage for r in link.journal.records()] == ["done"]


def test_an_attached_edit_is_reconciled_and_never_sent(scripted, connection, draft):
    """What a killed kernel had sent is found out by the state: at once, since it was long ago."""
    client = scripted([DROPPED], studio=False, states=[ConnectError("Gone.")])
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(OutcomeUnknown):
        run.result()
    client.states, client.clock.slept = [draft(6)], []
    again = EditRun.take_up(link, link.journal.take(run.id)).result()
    assert (again.id, again.outcome, again.recovered) == (run.id, "done", True)
    assert again.changes["what"].tolist() == ["removed", "length"]
    assert (client.sent, waits(client)) == (["cut"], [])
    assert link.journal.left() == []


def test_an_edit_that_was_never_sent_says_so(scripted, connection):
    """A kernel that died before sending left nothing to find out."""
    client = scripted([TextEvent("Yes.")])
    link = connection(client)
    link.journal.begin("edit-abcde", "edit", "cut", link.place).end("begun")
    with pytest.raises(NotDone, match="was not sent"):
        EditRun.take_up(link, link.journal.take("edit-abcde")).result()
    assert client.sent == []


def test_a_timeline_that_was_changed_elsewhere_is_noticed(scripted, connection, draft):
    """Another kernel's change is told before anything is sent; said again, the edit goes out."""
    client = scripted([TextEvent("Yes.")])
    link = connection(client)
    EditRun(link, "how long?").result()
    client.after = draft(4)
    run = EditRun(link, "cut 0:05 to 0:06")
    with pytest.raises(StaleDraft, match=r"Removed 0:04–0:10 of talk.*Nothing was sent"):
        run.result()
    assert (client.sent, run.outcome) == (["how long?"], "not done")
    EditRun(link, "cut 0:01 to 0:02").result()
    assert len(client.sent) == 2


def test_a_session_that_is_gone_is_made_anew_and_nothing_is_sent(scripted, connection):
    """1002: a new session is made and told; the message is not sent into an empty timeline."""
    client = scripted([TextEvent("Yes.")])
    link = connection(client)
    gone = iter([SessionNotFound("The server does not know this session.")])
    state = client.state

    async def once_gone(session_id):
        for error in gone:
            raise error
        return await state(session_id)

    client.state = once_gone
    with pytest.raises(SessionNotFound, match=r"a new one was made.*Nothing was sent"):
        EditRun(link, "cut").result()
    assert (link.session_id, link.place.session_id, client.sent) == ("77", "77", [])


def test_a_message_to_a_session_that_is_gone_says_that_there_is_a_new_one(scripted, connection):
    """1002 as the answer to a message: a new session is made, and the hint does not ask for one more."""
    gone = SessionNotFound("The server does not know this session.")
    gone.nothing_done = True
    client = scripted([gone])
    link = connection(client)
    with pytest.raises(SessionNotFound, match=r"a new one was made.*Upload your clips again") as caught:
        EditRun(link, "cut").result()
    assert "connect" not in str(caught.value)
    assert (link.session_id, len(client.made)) == ("77", 1)


@pytest.fixture
def with_more(draft):
    """A timeline to which a clip and music have come."""
    after = draft(10).data
    after["t"][0]["sg"].append({"d": 5000, "m": {"src": "gen", "name": "harbour", "in": 0, "out": 5000}})
    after["t"].append({"tt": 1, "sg": [{"d": 9000, "m": {"id": "a", "start": 0, "name": "Lo-fi"}}]})
    return type(draft(1))(after)


def test_two_stages_are_told_as_two(scripted, connection, with_more):
    """After a generated clip the agent adds music by itself: the report has both."""
    client = scripted([], with_more, studio=False)
    run = EditRun(connection(client), "make a clip of a harbour").result()
    first, then = run.text.split("**Then, added by the agent:**")
    assert "harbour" in first
    assert "Lo-fi" in then
    assert "Lo-fi" not in first


@pytest.mark.parametrize(
    ("words", "studio"),
    [("undo", False), ("redo the last 2", False), ("start over", False), ("重新开始", False),
     ("insert harbour and add music", True), ("start over", True)],
)  # fmt: skip
def test_what_was_uploaded_is_not_told_as_generated(words, studio, scripted, connection, with_more):
    """What is brought back, or comes from an upload, is told as one: the agent added nothing by itself."""
    for said in ([], [TextEvent("Here it is.")]):
        run = EditRun(connection(scripted(said, with_more, studio=studio)), words).result()
        assert not re.search("added by the agent|First, the clip|助手加上了|先是片段", run.text)
        added = "已添加片段：“harbour”" if words == "重新开始" else "Clip added: “harbour”"
        assert (added in run.text) == (not said)


def test_the_raw_stream_stands_beside_its_meaning(scripted, connection):
    """Each message of the stream is kept with the events that it holds, as a table too."""
    run = EditRun(connection(scripted([PIECE, TextEvent("Cut it.")])), "x").result()
    assert run.stream["raw"].tolist() == ["<TextEvent>", "<TextEvent>"]
    assert run.stream["meaning"].tolist() == ["a piece of text: Cutt", "the whole text: Cut it."]
    assert run.events == [PIECE, TextEvent("Cut it.")]


def test_who_waits_is_told_every_two_minutes(scripted, connection):
    """Every 120 s one who waits reads that it still works."""
    listening, told = threading.Event(), threading.Event()
    client = scripted([listening, told, TextEvent("Yes.")])
    run = EditRun(connection(client), "x")
    notes = []

    def hear():
        notes.append(run.note)
        if run.note == "Still working… 2 min":
            told.set()

    run.on_update(hear)
    listening.set()
    run.result()
    assert "Still working… 2 min" in notes
    assert notes[-1] == ""


def test_a_run_that_nobody_wants_can_be_forgotten(scripted, connection, monkeypatch):
    """What was left behind and is of no use any more is not offered again."""
    client = scripted([DROPPED], studio=False, states=[ConnectError("Gone.")])
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(OutcomeUnknown):
        run.result()
    monkeypatch.setenv("NEMO_JOURNAL", str(link.journal.folder))
    assert runs().loc[run.id, "state"] == "unknown"
    assert left_behind()[0].startswith("One run was under way when a kernel stopped, or ended unknown:")
    forget(run.id)
    assert link.journal.left() == []
    assert link.journal.records()[0].stage == "cancelled"
    with pytest.raises(UsageError):
        forget(run.id)


@pytest.mark.parametrize("same", [True, False])
def test_who_attaches_to_an_agents_error_hears_it_again(scripted, connection, draft, same):
    """Its words and its error are told as before, in whichever kernel; no kernel is said to have stopped."""
    client = scripted([TextEvent("I cut"), ErrorEvent("Boom.")], draft(6), studio=False)
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(AgentError):
        run.result()
    again = EditRun.take_up(link if same else connection(client), link.journal.take(run.id))
    with pytest.raises(AgentError) as told:
        again.result()
    assert (told.value.message, told.value.hint) == (run.error.message, run.error.hint)
    assert (again.text, again.outcome, again.changed) == ("I cut", "unknown", run.changed)
    assert asides(again) == []


def test_what_was_heard_of_an_edit_is_kept_for_whoever_attaches(scripted, connection, draft):
    """Words before an answer broke off are shown again, with what came in place of the rest."""
    client = scripted([TextEvent("I cut. And"), DROPPED], studio=False, states=[ConnectError("Gone.")])
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(OutcomeUnknown):
        run.result()
    client.states = [draft(6)]
    again = EditRun.take_up(link, link.journal.take(run.id)).result()
    assert (again.outcome, again.text.splitlines()[0]) == ("done", "I cut.")
    assert "kernel" not in asides(again)[0]


def test_what_was_heard_stays_however_often_one_attaches(scripted, connection, draft):
    """An attempt that found nothing out leaves what is known of the edit: here, that its kernel stopped."""
    client = scripted([], studio=False, states=[ConnectError("Gone.")])
    link = connection(client)
    entry = link.journal.begin("edit-22222", "edit", "cut", link.place, before=draft(10).data)
    entry.write(stage="sent")
    entry._lock.release()
    client.sent.append("cut")
    with pytest.raises(OutcomeUnknown, match="kernel stopped"):
        EditRun.take_up(link, link.journal.take("edit-22222")).result()
    client.states = [draft(6)]
    again = EditRun.take_up(link, link.journal.take("edit-22222")).result()
    assert (again.outcome, asides(again)[0]) == (
        "done",
        "Its kernel stopped; the edit was made all the same.",
    )


@pytest.mark.parametrize(("query", "told"), [("?v=1", 0), ("?X-Amz-Signature=c0ffee", 1)])
def test_a_link_that_is_shown_without_its_signature_is_said_to_be(scripted, connection, draft, query, told):
    """What signs a link in an answer is not shown, and nobody wonders why the link does not open."""
    client = scripted([TextEvent(f"Your film: https://h.example/x.mp4{query}")], draft(6), studio=False)
    run = EditRun(connection(client), "cut").result()
    assert "c0ffee" not in run.text
    assert sum("without its signature" in aside for aside in asides(run)) == told


def test_a_404_of_a_session_that_is_there_keeps_it(scripted, connection):
    """A 404 may be a gateway's: where the state knows the session, no other one is made."""
    gone = SessionNotFound("The server does not know this session.")
    gone.nothing_done, gone.sure = True, False
    client = scripted([gone], studio=False)
    run = EditRun(connection(client), "cut")
    with pytest.raises(ServerError, match="though the session is there"):
        run.result()
    assert (run.outcome, client.made) == ("not done", [])


@pytest.mark.parametrize("empty", [{}, {"t": None}, {"m": {"title": "x"}}])
def test_an_empty_state_is_read_again(scripted, connection, draft, empty):
    """A state without a timeline, where there was one, tells nothing: it is read again."""
    client = scripted([TextEvent("Cut it.")], studio=False, states=[Draft(empty), draft(6)])
    run = EditRun(connection(client), "cut").result()
    assert (run.outcome, run.changes["what"].tolist()) == ("done", ["removed", "length"])
    client = scripted([TextEvent("Cut it.")], studio=False, states=[Draft(empty)])
    run = EditRun(connection(client), "cut").result()
    assert (run.outcome, run.read, len(run.changes)) == ("done", False, 0)


EMPTIED = Draft({"t": []})


def test_an_emptied_timeline_without_a_word_is_read_again(scripted, connection, draft):
    """Where nobody has said that all is gone, an empty timeline counts only if it stays so."""
    client = scripted([], studio=False, states=[EMPTIED, EMPTIED, draft(6)])
    client.marked = True
    run = EditRun(connection(client), "cut").result()
    assert (run.outcome, run.after.duration_ms) == ("done", 6000)
    client = scripted([], studio=False, states=[EMPTIED, draft(10)])
    client.marked = True
    run = EditRun(connection(client), "cut")
    with pytest.raises(NotDone):
        run.result()
    client = scripted([], studio=False, states=[EMPTIED])
    client.marked = True
    run = EditRun(connection(client), "start over").result()
    assert (run.outcome, run.after.duration_ms) == ("done", 0)
    assert client.clock.slept == [*client.settings.settle_s, *client.settings.silent_s]


def test_an_emptied_timeline_that_comes_and_goes_tells_nothing(scripted, connection, draft):
    """A state that is empty now and then does not show what became of the edit."""
    client = scripted([], studio=False, states=[*[EMPTIED, draft(10)] * 3, EMPTIED])
    client.marked = True
    run = EditRun(connection(client), "cut")
    with pytest.raises(OutcomeUnknown):
        run.result()


def test_an_emptied_timeline_that_is_told_is_believed(scripted, connection):
    """Beside words of the agent, and with the studio, nobody waits."""
    for studio, script in ((False, [TextEvent("I removed all clips.")]), (True, [])):
        client = scripted(script, studio=studio, states=[EMPTIED])
        client.marked = True
        run = EditRun(connection(client), "remove all clips").result()
        assert (run.outcome, client.clock.slept) == ("done", [])


def test_a_short_wait_is_not_told(scripted, connection):
    """Beside a whole answer without a change nobody reads that something is not sent again."""
    listening = threading.Event()
    client = scripted([listening, TextEvent("It lasts 10 s.")], studio=False)
    run, notes = EditRun(connection(client), "how long is it?"), []
    run.on_update(lambda: notes.append(run.note))
    listening.set()
    run.result()
    assert client.clock.slept[-4:] == list(client.settings.settle_s)
    assert not any(notes)


def test_an_older_copy_of_the_state_sends_nothing_again(scripted, connection, draft):
    """Servers may answer in turn from an older copy: an edit that was seen is looked for more than once."""
    states = [draft(6), draft(10), draft(10), draft(6)]
    client = scripted([ErrorEvent("Out of memory.")], studio=False, states=states)
    link = connection(client)
    run = EditRun(link, "cut")
    with pytest.raises(AgentError):
        run.result()
    with pytest.raises(UsageError, match="changed the timeline"):
        EditRun(link, "cut", again=run).result()
    assert client.sent == ["cut"]
