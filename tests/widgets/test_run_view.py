"""The live view: what it sends, how often, and how Cancel gets through."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from waiting import PATIENCE_S, until

from nemo_widgets.widgets import RunView
from nemo_widgets.widgets.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

Ear = Any


def shown(ear: Ear) -> dict[str, Any]:
    """What a front end shows that heard every message from the beginning, as run_view.js would."""
    state = ear.opened["data"]["state"]["known"]
    seen = {"n": state["n"], "head": dict(state["head"]), "rows": {}, "blocks": [], "pictures": []}
    for message in ear.custom:
        if message["type"] in ("ack", "left"):
            continue
        if message["type"] == "update":
            assert message["n"] == seen["n"] + 1
        else:
            seen["blocks"], seen["pictures"] = [], []
        seen["n"] = message["n"]
        seen["elapsed"] = message["elapsed"]
        seen["head"].update(message.get("head", {}))
        seen["rows"].update({row["key"]: row for row in message.get("rows", [])})
        seen["pictures"] += message.get("pictures", [])
        if change := message.get("blocks"):
            old = seen["blocks"]
            kept = old[change["from"]].encode("utf-16-le")[: 2 * change["keep"]] if change["keep"] else b""
            first = [kept.decode("utf-16-le") + h if i == 0 else h for i, h in enumerate(change["html"])]
            seen["blocks"] = old[: change["from"]] + first
    return seen


def test_a_run_is_told_to_its_end(ear_of: Callable[[Any], Ear]) -> None:
    """State, phase, rows, note and the whole answer reach the front end, and closing sends what is left."""
    view = RunView("edit", lambda _: None)
    view.status("running")
    view.phase("listening for pauses…")
    view.row("a", "clip.mp4", fraction=0.5, detail="50 % · 1.0 MB")
    view.row("b", "more.mp4", fraction=None, detail="")
    view.text("**Done**\n\n- one")
    view.note("still working…")
    view.row("a", "clip.mp4", fraction=1.7, detail="100 %", state="done")
    view.close_view()
    seen = shown(ear_of(view))
    assert seen["head"]["state"] == "running"
    assert seen["head"]["phase"] == "listening for pauses…"
    assert seen["head"]["note"] == "still working…"
    assert seen["rows"]["a"]["fraction"] == 1
    assert seen["rows"]["a"]["state"] == "done"
    assert seen["rows"]["b"]["fraction"] is None
    assert seen["blocks"] == ["<p><strong>Done</strong></p>", "<ul>\n<li>one</li>\n</ul>"]


def test_a_storm_becomes_few_messages(ear_of: Callable[[Any], Ear]) -> None:
    """Thousands of calls from several threads cost at most 20 messages a second, and nothing is lost."""
    view = RunView("edit", lambda _: None)
    ear = ear_of(view)
    view.status("running")
    began = time.monotonic()

    def storm(name: str) -> None:
        for i in range(400):
            view.row(name, name, fraction=i / 400, detail=f"{i}")
            view.text("word " * i)
            time.sleep(0.002)

    threads = [threading.Thread(target=storm, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    view.text("the end")
    view.status("done")
    view.close_view()
    assert len(ear.sent) <= 10 * took + 4
    seen = shown(ear)
    assert seen["head"]["state"] == "done"
    assert seen["blocks"] == ["<p>the end</p>"]
    assert {row["detail"] for row in seen["rows"].values()} == {"399"}


def test_a_slow_front_end_is_given_time() -> None:
    """Where a sending is slow, four times as long is rested: a long answer never fills a core."""
    calls: list[float] = []

    def send() -> None:
        calls.append(time.monotonic())
        time.sleep(0.1)

    pace = Pace(send, interval_s=0.01)
    end = time.monotonic() + 1.2
    while time.monotonic() < end:
        pace.poke()
        time.sleep(0.001)
    pace.close()
    assert len(calls) <= 5


def test_one_thread_is_enough_for_many_sendings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pace that is poked again and again keeps its thread, and the last poke is never lost."""
    monkeypatch.setattr("nemo_widgets.widgets.pace._LINGER_S", PATIENCE_S)
    names: set[int] = set()
    pace = Pace(lambda: names.add(threading.get_ident()), interval_s=0.001)
    for _ in range(200):
        pace.poke()
        time.sleep(0.001)
    assert len(names) == 1
    sent = threading.Event()
    late = Pace(sent.set, interval_s=0.001)
    for _ in range(2000):
        sent.clear()
        late.poke()
        assert sent.wait(PATIENCE_S)
    pace.close()
    late.close()


def test_the_first_word_is_sent_at_once(ear_of: Callable[[Any], Ear]) -> None:
    """A change after a rest is sent without waiting, and no thread stays behind."""
    view = RunView("edit", lambda _: None)
    view.phase("now")
    end = time.monotonic() + PATIENCE_S
    while not ear_of(view).custom and time.monotonic() < end:
        time.sleep(0.005)
    assert shown(ear_of(view))["head"]["phase"] == "now"
    while (left := [t for t in threading.enumerate() if t.name == "nemo-pace"]) and time.monotonic() < end:
        time.sleep(0.01)
    assert not left


def test_a_late_view_gets_all(ear_of: Callable[[Any], Ear]) -> None:
    """Whoever asks later, by message or by the widget's state, is told everything so far."""
    view = RunView("edit", lambda _: None)
    ear = ear_of(view)
    view.status("running")
    view.text("one\n\ntwo")
    view.row("a", "clip.mp4", fraction=0.5, detail="")
    view.close_view()
    ear.say({"type": "sync"})
    whole = ear.custom[-1]
    assert whole["type"] == "whole"
    assert whole["blocks"]["html"] == ["<p>one</p>", "<p>two</p>"]
    state = view.get_state("known")["known"]
    assert {k: state[k] for k in ("n", "head", "rows", "blocks")} == {
        k: whole[k] for k in ("n", "head", "rows", "blocks")
    }


def test_cancel_is_passed_on_and_acknowledged(ear_of: Callable[[Any], Ear]) -> None:
    """Cancel of the whole and of a row reach the caller once each, acknowledged; others are ignored."""
    pressed: list[str | None] = []
    view = RunView("upload", pressed.append)
    ear = ear_of(view)
    view.row("a", "clip.mp4", fraction=0, detail="")
    for row in (None, "a", "unknown", 3, ["a"]):
        ear.say({"type": "cancel", "row": row})
    ear.say("nonsense")
    ear.say({"type": "other"})
    assert pressed == [None, "a"]
    view.close_view()
    acks = [message for message in ear.custom if message["type"] == "ack"]
    assert acks == [
        {"type": "ack", "row": None, "failed": False},
        {"type": "ack", "row": "a", "failed": False},
    ]


def test_a_storm_of_clicks_is_acknowledged_a_few_times(ear_of: Callable[[Any], Ear]) -> None:
    """A thousand clicks are passed on and cost a few acknowledgements; after the end they cost nothing."""
    pressed: list[str | None] = []
    view = RunView("upload", pressed.append)
    ear = ear_of(view)
    view.status("running")
    began = time.monotonic()
    for _ in range(1000):
        ear.say({"type": "cancel", "row": None})
    took = time.monotonic() - began
    view.status("cancelled")
    view.close_view()
    assert len(pressed) == 1000
    assert 1 <= len([m for m in ear.custom if m["type"] == "ack"]) <= 5 * took + 2
    said = len(ear.custom)
    for _ in range(1000):
        ear.say({"type": "cancel", "row": None})
    assert len(pressed) == 1000
    assert len(ear.custom) == said


def test_what_cancel_raises_is_shown(ear_of: Callable[[Any], Ear]) -> None:
    """An error in the caller's own code is shown under the view, and the press is still acknowledged."""

    def broken(_: str | None) -> None:
        raise RuntimeError("the queue is full")

    view = RunView("edit", broken)
    ear_of(view).say({"type": "cancel", "row": None})
    view.close_view()
    assert {"type": "ack", "row": None, "failed": True} in ear_of(view).custom
    assert "the queue is full" in shown(ear_of(view))["head"]["error"]


def test_the_clock_stands_still_at_the_end(ear_of: Callable[[Any], Ear]) -> None:
    """Time is counted from running to the end, and no further."""
    view = RunView("edit", lambda _: None)
    assert view.elapsed == 0
    view.status("running")
    time.sleep(0.05)
    view.status("done")
    frozen = view.elapsed
    time.sleep(0.03)
    view.close_view()
    assert 0.05 <= frozen == view.elapsed
    assert shown(ear_of(view))["elapsed"] == pytest.approx(frozen, abs=0.01)


def test_an_end_takes_the_phase_away(ear_of: Callable[[Any], Ear]) -> None:
    """After the end the old phase is gone; one told afterwards stands beside it."""
    view = RunView("edit", lambda _: None)
    view.phase("cutting…")
    view.status("failed")
    view.close_view()
    assert shown(ear_of(view))["head"]["phase"] == ""
    view = RunView("edit", lambda _: None)
    view.status("failed")
    view.phase("no credits are left")
    view.close_view()
    assert shown(ear_of(view))["head"]["phase"] == "no credits are left"


def test_a_run_in_the_background_never_interrupts(
    ear_of: Callable[[Any], Ear], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The front end knows the kernel, to interrupt it, only for a run whose own cell may be blocking."""
    from nemo_widgets.widgets import run_view

    monkeypatch.setattr(run_view, "_kernel_id", lambda: "k-1")
    assert shown(ear_of(RunView("edit", lambda _: None)))["head"]["kernel"] == "k-1"
    view = RunView("edit", lambda _: None, interrupts=False)
    assert shown(ear_of(view))["head"]["kernel"] == ""


@pytest.mark.usefixtures("ears")
def test_wrong_names_are_refused_by_name() -> None:
    """An unknown keyword or state is an error that names it."""
    with pytest.raises(TypeError, match="colour"):
        RunView("edit", lambda _: None, colour="red")  # type: ignore[call-arg]
    view = RunView("edit", lambda _: None)
    with pytest.raises(ValueError, match="finished"):
        view.status("finished")
    with pytest.raises(ValueError, match="finished"):
        view.row("a", "a", fraction=None, detail="", state="finished")


def test_it_says_what_it_is_everywhere(ear_of: Callable[[Any], Ear]) -> None:
    """The repr is short, the state small; where no widget is shown there are the words of the beginning."""
    view = RunView("edit", lambda _: None)
    view.words("Edit, begun 06:29; …", "*Edit*, begun 06:29; …", "The kernel stopped.")
    view.status("running")
    view.phase("cutting…")
    view.text("I cut it.")
    assert repr(view) == "<RunView edit running>"
    data, _ = view._repr_mimebundle_()
    assert data["text/plain"] == "Edit, begun 06:29; …"
    assert data["text/markdown"] == f'*Edit*, begun 06:29; … <span class="{view.place}"></span>'
    assert "application/vnd.jupyter.widget-view+json" in data
    state = ear_of(view).opened["data"]["state"]
    assert len(str(state)) < 30_000
    view.close_view()
    assert shown(ear_of(view))["head"]["lost"] == "The kernel stopped."


def test_a_page_that_missed_the_end_can_ask_for_it(ear_of: Callable[[Any], Ear]) -> None:
    """Once the run is settled a page gets what stands in the notebook: no live view, words as safe HTML."""
    made: list[str] = []

    def outputs() -> list[Any]:
        made.append("once")
        view = "application/vnd.jupyter.widget-view+json"
        return [
            ({"text/markdown": "**Done** <script>", "text/plain": "Done"}, {}),
            ({"image/png": "iVBO", view: {}, "text/plain": "a film"}, {"image/png": {"width": 480}}),
        ]

    view = RunView("export", lambda _: None)
    ear = ear_of(view)
    ear.say({"type": "left"})
    assert not ear.custom
    view.status("done")
    view.close_view()
    view.settle("Export · 2.0 s", outputs)
    assert shown(ear)["head"]["told"] == "Export · 2.0 s"
    assert made == []
    ear.say({"type": "left"})
    words, picture = ear.custom[-1]["outputs"]
    assert words["html"] == "<p><strong>Done</strong> &lt;script&gt;</p>"
    assert picture["data"] == {"image/png": "iVBO", "text/plain": "a film"}
    assert picture["metadata"] == {"image/png": {"width": 480}}


def test_a_picture_is_sent_once_and_kept_for_who_comes_later(ear_of: Callable[[Any], Ear]) -> None:
    """Each picture goes out once, as data with its words or a word; a page that is reloaded gets all."""
    view = RunView("edit", lambda _: None)
    ear = ear_of(view)
    one, two = (b"\x89PNG one", "image/png", "the <kiss>"), (b"GIF8 two", "image/gif", "")
    view.pictures([one])
    until(lambda: any("pictures" in message for message in ear.custom))
    view.pictures([one, two])
    view.pictures([one, two])
    view.close_view()
    sent = {"src": "data:image/png;base64,iVBORyBvbmU=", "alt": "the <kiss>"}
    assert [message["pictures"] for message in ear.custom if "pictures" in message] == [
        [sent],
        [{"src": "data:image/gif;base64,R0lGOCB0d28=", "alt": "picture"}],
    ]
    ear.say({"type": "sync"})
    assert shown(ear)["pictures"][0] == sent
    assert len(shown(ear)["pictures"]) == 2
