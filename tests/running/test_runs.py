"""Runs: their states and ends, against a client that follows a script."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from limits import within
from waiting import PATIENCE_S, until

from nemo_widgets.client import HeartbeatEvent, TextEvent, ToolCallEvent, ToolResultEvent
from nemo_widgets.draft import Draft
from nemo_widgets.errors import (
    AgentError,
    Cancelled,
    DownloadError,
    NemoError,
    NothingToExport,
    StaleDraft,
    UploadError,
    UsageError,
)
from nemo_widgets.running import EditRun, ExportRun, UploadRun
from nemo_widgets.running.pace import Pace, Paces, counted, megabytes


def test_an_edit_collects_what_was_said_and_what_changed(scripted, connection, draft):
    """The answer's pieces become the text, and the drafts before and after become the changes."""
    client = scripted(
        [TextEvent("Cut ", partial=True), TextEvent("it.", partial=True), TextEvent("Cut it.")], draft(6)
    )
    run = EditRun(connection(client), "cut").result()
    assert (run.state, run.text, run.silent) == ("done", "Cut it.", False)
    assert run.changes["what"].tolist() == ["removed", "length"]
    assert run.done


def test_a_silent_edit_is_told_in_words(scripted, connection, draft):
    """Where the agent says nothing, the run says what changed."""
    run = EditRun(connection(scripted([ToolCallEvent("1", "cut_segments")], draft(6))), "cut").result()
    assert run.silent
    assert "Removed 0:06–0:10 of talk." in run.text
    assert run.recovered is False


@pytest.mark.parametrize(("length", "end"), [(6, ("done", True)), (10, ("refused", False))])
def test_half_a_refusal_is_told_as_what_was_made(scripted, connection, draft, length, end):
    """Where the agent refuses one half and the timeline shows the other, the edit is made in part."""
    said = "Sorry, I can't write subtitles. I cut the end."
    run = EditRun(connection(scripted([TextEvent(said)], draft(length))), "subtitles, and cut the end")
    assert (run.result().outcome, run.partly) == end
    assert run.text == said


def test_listeners_see_pieces_and_phases(scripted, connection):
    """Whoever shows a run hears of every piece and of what the agent is doing."""
    script = [
        ToolCallEvent("1", "analyze_audio"),
        0.1,
        HeartbeatEvent(),
        ToolResultEvent("1", "analyze_audio"),
        0.1,
    ]
    said = [TextEvent("A", partial=True), TextEvent("B", partial=True), TextEvent("AB")]
    listening = threading.Event()
    run = EditRun(connection(scripted([listening, *script, *said])), "x")
    seen = []
    run.on_update(lambda: seen.append((run.phase, run.text)))
    listening.set()
    run.result()
    assert ("listening for pauses", "") in seen
    texts = [text for _, text in seen]
    assert texts.index("A") < texts.index("AB")


def test_an_agents_failure_is_an_error(scripted, connection):
    """A turn that holds nothing but an apology is a failure with a hint."""
    run = EditRun(connection(scripted([TextEvent("I encountered a temporary issue.")])), "x")
    with pytest.raises(AgentError) as caught:
        run.result()
    assert caught.value.hint
    assert run.state == "failed"
    assert run.error is caught.value


def test_cancel_ends_at_once_and_tells_the_server(scripted, connection):
    """`cancel` from another thread ends the wait in a moment, and the studio hears of it."""
    client = scripted([TextEvent("…", partial=True), PATIENCE_S])
    run = EditRun(connection(client), "x")
    until(lambda: run.text)
    threading.Timer(0.05, run.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled, match="nothing was changed"):
        run.result()
    assert within(time.monotonic() - began, 1)
    assert run.state == "cancelled"
    assert client.stopped == ["55"]


def test_a_stop_that_comes_too_late_says_so(scripted, connection, draft):
    """An edit that had been made before the stop arrived is not called undone."""
    client = scripted([TextEvent("Cut it.", partial=True), PATIENCE_S], draft(6))

    async def gone(*_, **__):
        return False

    client.cancel_chat = gone
    run = EditRun(connection(client), "cut")
    until(lambda: run.text)
    threading.Timer(0.05, run.cancel).start()
    with pytest.raises(Cancelled, match="had been made"):
        run.result()


def test_a_stop_that_meets_the_end_tells_how_it_ended(scripted, connection, draft):
    """Beside an answer, or an error, it is not said that nobody knows whether the edit was made."""
    made = EditRun(connection(scripted([TextEvent("Cut it.")], draft(6))), "cut").result()
    assert "had been made before the stop arrived" in str(made._cancelled())
    failed = EditRun(connection(scripted([TextEvent("I encountered a temporary issue.")])), "x")
    with pytest.raises(AgentError):
        failed.result()
    assert failed._cancelled() is failed.error


def test_a_second_click_does_not_cut_the_clean_up_short(scripted, connection):
    """Who presses Cancel again while the server is being told learns what the first press has done."""
    client = scripted([TextEvent("…", partial=True), PATIENCE_S])

    async def slowly(*_, **__):
        await asyncio.sleep(0.2)
        return True

    client.cancel_chat = slowly
    run = EditRun(connection(client), "x")
    until(lambda: run.text)
    threading.Timer(0.05, lambda: [run.cancel() or time.sleep(0.03) for _ in range(5)]).start()
    with pytest.raises(Cancelled, match="nothing was changed"):
        run.result()
    assert run.outcome == "not done"


def test_cancel_before_the_start_and_after_the_end_are_harmless(scripted, connection):
    """Cancelling too early or too late, many times, is no error."""
    for late_s in (0, 0.001, 0.002, 0.005):
        run = EditRun(connection(scripted([PATIENCE_S])), "x")
        time.sleep(late_s)
        for _ in range(5):
            run.cancel()
        with pytest.raises(Cancelled):
            run.result()
    ended = EditRun(connection(scripted([TextEvent("Yes.")])), "x").result()
    ended.cancel()
    assert ended.result().state == "done"


async def test_a_run_can_be_awaited_on_any_loop(scripted, connection):
    """`await run` gives the ended run, on a loop that is not ours."""
    assert (await EditRun(connection(scripted([0.05, TextEvent("Yes.")])), "x")).state == "done"


async def test_cancelling_the_awaiting_task_cancels_the_run(scripted, connection):
    """An interrupted cell cancels what it awaits."""
    run = EditRun(connection(scripted([PATIENCE_S])), "x")

    async def cell():
        await run

    task = asyncio.ensure_future(cell())
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(Cancelled):
        await task
    assert run.state == "cancelled"


def test_messages_of_one_session_queue(scripted, connection):
    """A second message waits for the first, is shown as queued, and can be withdrawn."""
    first_may_end = threading.Event()
    client = scripted([first_may_end, TextEvent("Yes.")])
    shared = connection(client)
    first, second, third = (EditRun(shared, name) for name in ("a", "b", "c"))
    until(lambda: second.phase)
    assert (second.state, second.phase) == (
        "queued",
        "waiting for the message before it; Cancel withdraws it",
    )
    third.cancel()
    first_may_end.set()
    first.result()
    second.result()
    with pytest.raises(Cancelled):
        third.result()
    assert client.sent == ["a", "b"]
    assert client.most == 1
    assert client.stopped == [], "the one that was withdrawn did not stop the one under way"


def test_uploads_report_each_file_and_lose_no_good_one(tmp_path, scripted, connection):
    """A bad file fails by name; the good ones before and behind it are uploaded, in order."""
    client = scripted()
    names = [str(tmp_path / n) for n in ("one.mp4", "bad.mp4", "two.mp4")]
    run = UploadRun(connection(client), names)
    with pytest.raises(UploadError, match=r"1 of 3 .*bad\.mp4 is empty"):
        run.result()
    assert [f.filename for f in run.files] == ["one.mp4", "two.mp4"]
    assert [row.state for row in run.rows.values()] == ["done", "failed", "done"]


def test_one_file_can_be_cancelled_alone(tmp_path, scripted, connection):
    """The Cancel of one row stops that file; the others go on and the run is done."""
    client = scripted()
    slow, two = str(tmp_path / "slow.mp4"), str(tmp_path / "two.mp4")
    run = UploadRun(connection(client), [slow, two])
    until(lambda: run.rows and run.rows["0"].fraction)
    run.cancel_row("0")
    run.result()
    assert (run.rows["0"].state, run.rows["1"].state) == ("cancelled", "done")
    assert client.sent == ["two.mp4"]


def test_a_file_that_had_left_before_the_stop_is_named(scripted, connection, tmp_path):
    """What was on its way as a whole when it was stopped may arrive: nobody is told that it will not."""
    client = scripted()
    left = threading.Event()

    async def never_answered(_, paths, progress=None, **__):
        progress(SimpleNamespace(path=paths[0], sent=99, total=100, done=False, whole=True))
        left.set()
        await asyncio.sleep(PATIENCE_S)

    client.upload = never_answered
    run = UploadRun(connection(client), [str(tmp_path / "one.mp4")])
    assert left.wait(PATIENCE_S)
    run.cancel()
    with pytest.raises(Cancelled, match=r"0 of 1 .* one\.mp4 had left as a whole and may arrive"):
        run.result()


def test_a_cancelled_file_that_arrives_all_the_same_keeps_no_message_back(
    scripted, connection, draft, tmp_path
):
    """It is told as what it is; another one's change is a surprise as ever."""
    client = scripted([TextEvent("It lasts 14 s.")])
    left = threading.Event()

    async def never_answered(_, paths, progress=None, **__):
        progress(SimpleNamespace(path=paths[0], sent=99, total=100, done=False, whole=True))
        left.set()
        await asyncio.sleep(PATIENCE_S)

    client.upload = never_answered
    link = connection(client)
    run = UploadRun(link, [str(tmp_path / "one.mp4")])
    assert left.wait(PATIENCE_S)
    run.cancel_row("0")
    run.result()
    arrived = draft(10).data
    arrived["t"][0]["sg"].append({"d": 4000, "m": {"src": "o", "name": "one", "in": 0, "out": 4000}})
    client.before = client.after = Draft(arrived)
    listening = threading.Event()
    reading, client.state = client.state, lambda _: _after(listening, reading)
    edit, notes = EditRun(link, "how long is it?"), []
    edit.on_update(lambda: notes.append(edit.note))
    listening.set()
    assert edit.result().outcome == "done"
    assert "had arrived all the same" in " ".join(notes)
    client.before = client.after = draft(4, "two")
    with pytest.raises(StaleDraft):
        EditRun(link, "how long is it?").result()


async def _after(event, read):
    await asyncio.to_thread(event.wait, 30)
    return await read("55")


def test_an_empty_timeline_is_not_submitted(scripted, connection):
    """An export of nothing fails before anything is sent."""
    client = scripted()
    client.before = Draft()
    with pytest.raises(NothingToExport):
        ExportRun(connection(client)).result()


def test_an_empty_draft_is_not_exported_as_the_sessions_timeline(scripted, connection, draft):
    """Who asks for a draft gets that draft's film or none, though the session has footage."""
    client = scripted()
    client.before = draft(4, "one")
    with pytest.raises(NothingToExport):
        ExportRun(connection(client), draft=Draft()).result()


@pytest.mark.parametrize(
    ("target", "sentence"),
    [("missing/out.mp4", "There is no folder"), (".", "is a folder")],
)
def test_a_place_that_is_none_is_told_before_rendering(tmp_path, target, sentence, scripted, connection):
    """Nobody waits for a long render to hear that the folder does not exist; nothing is submitted."""
    with pytest.raises(DownloadError, match=sentence):
        ExportRun(connection(scripted()), tmp_path / target).result()


def test_an_export_is_named_after_what_is_in_it(tmp_path, scripted, connection):
    """A name without an extension gets one; one that promises something else is refused; ~ is the home."""
    client = connection(scripted())
    run = ExportRun(client, tmp_path / "my film")
    assert run.target == tmp_path / "my film.mp4"
    assert ExportRun(client, "~/no/such/out.mp4").target == Path.home() / "no/such/out.mp4"
    assert ExportRun(client, "here.mp4").target == Path.cwd() / "here.mp4", "it stays so after %cd"
    with pytest.raises(UsageError, match=r"talk\.avi would be misnamed"):
        ExportRun(client, tmp_path / "talk.avi")


def test_finishers_run_once_in_the_waiting_thread(scripted, connection):
    """What follows a run's end happens once, where somebody waits for it."""
    run = EditRun(connection(scripted([0.1, TextEvent("Yes.")])), "x")
    where = []
    run.on_end(lambda: where.append(threading.current_thread()))
    run.result()
    run.result()
    assert where == [threading.current_thread()]
    run.on_end(lambda: where.append(None))
    assert len(where) == 2


def test_unforeseen_errors_are_not_swallowed(scripted, connection):
    """A fault of our own comes out as it is, and not as something friendly."""
    run = EditRun(connection(scripted([ZeroDivisionError("oops")])), "x")
    with pytest.raises(ZeroDivisionError):
        run.result()
    assert not isinstance(run.error, NemoError)


def test_pace_tells_bytes_speed_and_time_left():
    """The progress of a transfer reads as people want it; its speed is that of the last seconds."""
    now = iter([0.0, 0.1, 2.1, 3.1, 5.1, 7.1])
    told = megabytes(lambda: next(now))
    assert told(0, 10_000_000) == "0.0 of 10.0 MB"
    assert told(4_000_000, 10_000_000) == "4.0 of 10.0 MB · 2.0 MB/s · 0:03 left"
    assert told(4_000_000, 10_000_000) == "4.0 of 10.0 MB · 2.0 MB/s · 0:03 left"
    assert told(5_500_000, 10_000_000) == "5.5 of 10.0 MB · 1.2 MB/s · 0:04 left"
    assert told(6_500_000, 10_000_000) == "6.5 of 10.0 MB · 0.5 MB/s · 0:07 left"


def work(*parts: tuple[float, float], every_s: float = 1.0) -> Iterator[tuple[float, float]]:
    """Moments and counts of work that is done in parts: seconds, and units a second."""
    now = done = 0.0
    yield now, done
    for seconds, speed in parts:
        for _ in range(round(seconds / every_s)):
            now, done = now + every_s, done + speed * every_s
            yield now, done


def told_speeds(counts: Iterable[tuple[float, float]]) -> list[tuple[float, float | None]]:
    """The moments of counts, and the speed that is told at each."""
    now = [0.0]
    pace = Pace(lambda: now[0])
    told = []
    for now[0], done in counts:
        told.append((now[0], pace.at(done)))
    return told


@pytest.mark.parametrize("gap", [5.0, 20.0, 300.0])
@pytest.mark.parametrize("goes_on", [False, True])
@pytest.mark.parametrize("before", [4.0, 30.0])
@pytest.mark.parametrize("every_s", [0.05, 1.0, 3.0])
def test_a_standstill_is_no_slow_work(gap, goes_on, before, every_s):
    """Where the machine stood still, the work's speed is what it was, wherever the work is done."""
    counts = list(work((before, 30.0), (30, 30.0), every_s=every_s))
    stopped = [(t + gap * (t > before), n + 30 * gap * (goes_on and t > before)) for t, n in counts]
    late = [speed for at, speed in told_speeds(stopped) if at > before + gap + 2 * max(every_s, 1.0)]
    assert late
    assert all(speed == pytest.approx(30, rel=0.02) for speed in late)


@pytest.mark.parametrize("every_s", [0.25, 1.0])
def test_a_few_quick_frames_promise_nothing(every_s):
    """Frames that are copied in a moment don't make it seem that those to be encoded are as quick."""
    told = told_speeds(work((6, 30.0), (2, 900.0), (20, 30.0), every_s=every_s))
    assert all(speed == pytest.approx(30, rel=0.02) for at, speed in told if at > 2)


def test_a_change_that_lasts_is_told_soon():
    """Work that has become slower, or quicker, is told as it is now within some seconds."""
    for first, then in ((100.0, 10.0), (10.0, 100.0)):
        told = told_speeds(work((30, first), (20, then)))
        assert [speed for at, speed in told if at >= 36] == pytest.approx([then] * 15)


def test_work_that_comes_in_lots_has_a_speed():
    """A count that moves every few seconds only is told by what it moves in that time."""
    counts = [(t, n - n % 90) for t, n in work((40, 30.0))]
    assert [speed for at, speed in told_speeds(counts) if at > 8] == pytest.approx([30.0] * 32)


def test_what_was_there_before_is_no_speed():
    """A download that is taken up in its middle is as quick as what comes now; one that begins anew, too."""
    now = iter([0.0, 1.0, 2.0, 3.0])
    pace = Pace(lambda: next(now), begun=900)
    assert pace.left(910, 1000) == "0:09 left"
    assert pace.at(0) is None
    assert pace.left(100, 1000) == "0:09 left"


def test_the_time_left_is_that_of_the_frames_that_are_left():
    """After 1 600 frames that were copied in four seconds, the 760 to be encoded take as long as they do."""
    now = [0.0]
    paces, told = Paces(lambda: now[0]), {}
    for tick in range(1, 4 * 84):
        now[0] = tick / 4
        done = min(1600, tick * 100), max(0, round(10 * (now[0] - 4)))
        told[now[0]] = paces.left(done, (1600, 760))
    assert {told[at] for at in (2.0, 3.0, 4.0)} == {""}, "nobody knows yet how long a frame takes"
    assert [told[at] for at in (10.0, 40.0, 79.0)] == ["1:10 left", "0:40 left", "0:01 left"]


def test_copies_that_are_to_come_are_known_to_be_quick():
    """Frames that will be copied add little to the time of those that are encoded first."""
    now = [0.0]
    paces, told = Paces(lambda: now[0]), []
    for now[0], done in ((2.0, (0, 20)), (4.0, (0, 40)), (6.0, (800, 40)), (8.0, (800, 60))):
        told.append(paces.left(done, (1600, 100)))
    assert told == ["0:16 left", "0:14 left", "0:08 left", "0:06 left"]


def test_where_nothing_is_left_no_time_is_left():
    """The last count of a transfer ends with its speed, and of frames with their number."""
    now = iter([0.0, 2.0, 0.0, 2.0])
    assert megabytes(lambda: next(now))(4_000_000, 4_000_000) == "4.0 of 4.0 MB · 2.0 MB/s"
    assert Pace(lambda: next(now)).left(10, 10) == ""


def test_large_numbers_can_be_read():
    """Thousands stand apart, on one line."""
    assert counted(1190).replace("\N{NO-BREAK SPACE}", "_") == "1_190"


ENDING = """
import atexit, sys, time
from nemo_widgets.running.interrupted import INTERRUPTS

class Run:
    def left_behind(self):
        print("left behind")

def later(seconds, clock=time.monotonic):
    time.monotonic = lambda: clock() + seconds

atexit.register(print, "the studio ends")
"""


def at_the_end(lines: str) -> list[str]:
    """What a process writes at its end that has done this."""
    ran = subprocess.run([sys.executable, "-c", ENDING + lines], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_what_a_kernels_end_has_stopped_is_written_down_before_all_else():
    """Jupyter kills a kernel that takes long to end, as the studio in it may: what was under way is safe."""
    assert at_the_end("INTERRUPTS.note(Run())")[:2] == ["left behind", "the studio ends"]
    assert at_the_end("INTERRUPTS.note(Run()); later(60)") == ["the studio ends"]


SHELL = "from IPython.core.interactiveshell import InteractiveShell as S; shell = S.instance(); "


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("INTERRUPTS.note(Run()); shell.exit_now = True; later(60)", True),
        ("shell.exit_now = True; INTERRUPTS.note(Run()); later(60)", True),
        ("INTERRUPTS.note(Run()); later(60); shell.exit_now = True", False),
        ("INTERRUPTS.note(Run()); shell.exit_now = True; shell.exit_now = False; later(60)", False),
    ],
)
def test_a_kernel_that_takes_long_to_end_was_stopped_by_the_request_to_end(lines, left):
    """What counts is how soon after the interrupt the kernel was asked to end, not how long that took it."""
    assert ("left behind" in at_the_end(SHELL + lines)) == left
