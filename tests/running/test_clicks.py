"""A click that the agent waits for, over a real server: asked as a question, answered once, never silence."""

from __future__ import annotations

import pytest
from limits import UNHURRIED
from waiting import PATIENCE_S

import nemo_widgets as nemo
from nemo_widgets.client import ClientSettings
from nemo_widgets.errors import NotDone, UsageError
from nemo_widgets.testing import FastClock, ScriptedBackend

CLOCK = FastClock(speed=1000)


@pytest.fixture
def backend():
    with ScriptedBackend(clock=CLOCK) as made:
        yield made


@pytest.fixture
def session(backend):
    """A session with the server."""
    return nemo.connect(
        url=backend.url, token="nmv_usr_canary", settings=ClientSettings(clock=CLOCK, **UNHURRIED)
    )


@pytest.fixture
def sent(backend):
    """The messages that the server has got since the test began."""
    before = len(backend.messages)
    return lambda: backend.messages[before:]


QUESTION = {
    "content": {
        "parts": [
            {
                "functionCall": {
                    "id": "q",
                    "name": "ask_question",
                    "args": {"questions": [{"id": "q", "prompt": "Which?", "options": ["one", "two"]}]},
                }
            }
        ],
        "role": "model",
    }
}


@pytest.mark.parametrize("asks", [True, False])
def test_an_answer_goes_to_its_own_question_or_nowhere(session, backend, sent, asks):
    """An answer to a question that another message has closed meanwhile is not sent."""
    backend.reply(events=[QUESTION])
    first = session.edit("cut it")
    first_question = session.question
    assert first_question is first.question
    backend.reply("Well.", events=[400, *([QUESTION] if asks else [])])
    between = session.start("make it shorter")
    clicked = session._reply("one", "", first.question)
    with pytest.raises(NotDone, match="closed: the conversation went on with “make it shorter”") as caught:
        clicked.result()
    assert sent() == ["cut it", "make it shorter"]
    assert clicked.outcome == "not done"
    assert ("asked something else" in str(caught.value)) == asks
    asked = between.result().question
    assert session.question is asked
    if asks:
        assert session.question is not first_question
        backend.reply("Cut.")
        session.answer(2)
        assert sent()[-1] == "two"


def test_a_question_is_closed_where_its_session_is_left(session, backend):
    """Whoever leaves a session leaves its question: a button there would answer what is asked there later."""
    backend.reply(events=[QUESTION])
    run = session.edit("cut it")
    assert run.open_question is not None
    heard = []
    run.on_update(lambda: heard.append(run.open_question))
    session.disconnect()
    assert heard == [None]
    assert (run.answer, run.went_on) == ("", "")


def test_no_answer_is_taken_while_a_message_is_under_way(session, backend):
    """What is typed as an answer meanwhile is not sent: nobody knows yet what will have been asked."""
    backend.reply(events=[QUESTION])
    session.edit("cut it")
    backend.reply("Well.", events=[60_000])
    between = session.start("make it shorter")
    with pytest.raises(UsageError, match=f"{between.id} is under way"):
        session.answer(1)
    between.cancel()


def draft(seconds):
    segment = {"d": seconds * 1000, "m": {"src": "s", "name": "talk", "in": 0, "out": seconds * 1000}}
    return {"t": [{"tt": 0, "sg": [segment]}]}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Please click Confirm to apply the changes.", ("", "Confirm")),
        ("I can remove it. Click Yes to confirm.", ("I can remove it.", "Yes")),
        ("请点击“确认”按钮。", ("", "确认")),
        ("我可以删除它。点击[确认]按钮继续。", ("我可以删除它。", "确认")),
    ],
)
def test_a_click_that_is_waited_for_is_asked_and_answered_once(session, backend, sent, said, shown):
    """The run asks for the click in the agent's own words, and answering sends the button's word, once."""
    backend.reply("Ready.", draft=draft(10)).reply(said).reply("Cut it.", draft=draft(6))
    session.edit("get ready")
    run = session.edit("remove the end")
    assert (run.outcome, run.silent) == ("asked", False)
    (option,) = run.question.items[0].options
    assert (run.text, option.label) == shown
    assert run.question.items[0].prompt in said
    answer = session.answer(1)
    assert answer.outcome == "done"
    assert sent() == ["get ready", "remove the end", option.label]


@pytest.mark.parametrize("said", ["Click Generate to start.", "点一下“生成”"])
def test_a_click_that_may_cost_credits_says_so(session, backend, said):
    """Going on with what is generated is asked for, and the question tells that it may cost credits."""
    backend.reply(said)
    run = session.edit("make an intro")
    assert "credits" in run.question.plain() or "积分" in run.question.plain()


@pytest.mark.parametrize("said", ["Please click Confirm to apply the changes.", "All set. Click OK."])
def test_what_is_made_already_is_not_asked_for(session, backend, said):
    """Where the timeline has the edit, 'click Confirm' asks for nothing, and the run says what changed."""
    backend.reply("Ready.", draft=draft(10)).reply(said, draft=draft(6))
    session.edit("get ready")
    run = session.edit("remove the end")
    assert (run.outcome, run.question, run.silent) == ("done", None, False)
    assert run.text
    assert "click" not in run.text.lower()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Click Export to download your video.", "Export it with `%nemo export`."),
        ("You can preview in timeline.", "You can see the timeline with `%nemo timeline`."),
        ("点击导出", "用 `%nemo export` 导出"),
        ("Open the Audio panel.", "See the tracks with `%nemo tracks`."),
        ("Click the Effects button.", "Click the Effects button."),
        ('The title says "Click Confirm".', 'The title says "Click Confirm".'),
    ],
)
def test_advice_is_told_and_never_swallowed(session, backend, said, text):
    """Advice about a window is told anew, and where nothing of it would be left, as it was said."""
    backend.reply(said)
    run = session.edit("how do I go on?")
    assert (run.text, run.question, run.silent) == (text, None, False)


@pytest.mark.parametrize("background", [False, True])
def test_a_stop_that_comes_while_a_run_is_shown_stops_the_run(session, backend, monkeypatch, background):
    """The kernel's Stop between beginning and waiting leaves nothing at work, and is told in one line."""

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("nemo_widgets.live.show", stopped)
    backend.reply("Cut it.", late_s=3600.0)
    with pytest.raises(nemo.Cancelled):
        (session.start if background else session.edit)("cut it")
    assert session.runs[-1].ended(PATIENCE_S)
    assert session.runs[-1].state == "cancelled"
