"""The view of a question: what it tells the front end, who may answer, and what stays in the notebook."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from waiting import PATIENCE_S

from nemo_widgets.question import Question
from nemo_widgets.widgets import QuestionView

if TYPE_CHECKING:
    from collections.abc import Callable

Ear = Any

ARGS = {
    "title": "Before I start",
    "questions": [
        {"prompt": "Which *transition*?", "options": ["crossfade", "<b>cut</b>"]},
        {"prompt": "Where?", "options": ["start", "middle", "end"], "allow_multiple": True},
        {"prompt": "What should the title say? <img src=x>"},
    ],
}
ANSWER = {
    "type": "answer",
    "items": [
        {"picked": [0], "text": ""},
        {"picked": [0, 2], "text": "twice"},
        {"picked": [], "text": " Rome "},
    ],
}
SAID = "Which *transition*: crossfade\nWhere: start, end, twice\nWhat should the title say? <img src=x>: Rome"


def ask(args: Any = ARGS, on_answer: Callable[[str], None] = lambda _: None) -> QuestionView:
    question = Question.from_args(args)
    assert question is not None
    return QuestionView(question, on_answer)


def one(on_answer: Callable[[str], None] = lambda _: None) -> QuestionView:
    return ask({"questions": [{"prompt": "Which?", "options": ["crossfade", "cut"]}]}, on_answer)


def pick(i: int, text: str = "") -> dict[str, Any]:
    return {"type": "answer", "items": [{"picked": [i] if i >= 0 else [], "text": text}]}


def acks(ear: Ear) -> int:
    return ear.custom.count({"type": "ack"})


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any, str]]:
    """What is displayed: (display or update, data, display id)."""
    shown: list[tuple[str, Any, str]] = []
    for name, verb in (("display", "display"), ("update_display", "update")):
        monkeypatch.setattr(
            f"IPython.display.{name}",
            lambda data, verb=verb, display_id="", **_: shown.append((verb, data, display_id)),
        )
    return shown


@pytest.mark.parametrize(
    ("options", "marks"), [(["crossfade", "cut"], ["1", "2"]), (["2", "1"], ["a", "b"]), ([], None)]
)
def test_choices_have_the_numbers_by_which_they_are_taken(
    ear_of: Callable[[Any], Ear], options: list[str], marks: list[str] | None
) -> None:
    """`%nemo answer 2` takes what has a 2 before it, or a b where the choices are numbers themselves."""
    state = ear_of(ask({"questions": [{"prompt": "Which?", "options": options}]})).opened["data"]["state"]
    assert state["asked"]["items"][0].get("marks") == marks


def test_the_front_end_is_told_what_to_ask(ear_of: Callable[[Any], Ear]) -> None:
    """Prompts go out as safe HTML, labels and title as text; nothing of the callback or the ids does."""
    state = ear_of(ask()).opened["data"]["state"]
    assert state["asked"] == {
        "title": "Before I start",
        "items": [
            {
                "prompt": "<p>Which <em>transition</em>?</p>",
                "options": ["crossfade", "<b>cut</b>"],
                "multiple": False,
            },
            {"prompt": "<p>Where?</p>", "options": ["start", "middle", "end"], "multiple": True},
            {
                "prompt": "<p>What should the title say? &lt;img src=x&gt;</p>",
                "options": [],
                "multiple": False,
            },
        ],
        "lost": "The kernel stopped. `%nemo sessions` leads back; then answer in words: `%nemo edit …`.",
    }
    assert state["standing"] == {"n": 0, "status": "open", "error": "", "ending": []}


def test_an_answer_becomes_the_next_message(ear_of: Callable[[Any], Ear]) -> None:
    """What was picked and written reaches the caller as one text, is acknowledged, and is shown."""
    answers: list[str] = []
    view = ask(on_answer=answers.append)
    ear_of(view).say(ANSWER)
    assert answers == [SAID] == [view.answer]
    assert acks(ear_of(view)) == 1
    ending = ["", "Answered:", SAID, ""]
    assert view.standing == {"n": 1, "status": "answered", "error": "", "ending": ending}
    assert repr(view) == "<QuestionView answered>"


def test_own_words_are_an_answer(ear_of: Callable[[Any], Ear]) -> None:
    """'Something else' sends the words alone."""
    answers: list[str] = []
    ear_of(one(answers.append)).say(pick(-1, "  a slow wipe "))
    assert answers == ["a slow wipe"]


def test_only_the_first_answer_counts(ear_of: Callable[[Any], Ear]) -> None:
    """Double clicks, a second window and late clicks are acknowledged, and sent once."""
    answers: list[str] = []
    view = one(answers.append)
    for i in (1, 1, 0):
        ear_of(view).say(pick(i))
    assert answers == ["cut"]
    assert view.answer == "cut"
    assert acks(ear_of(view)) == 3


def test_two_at_the_same_time_are_one(ear_of: Callable[[Any], Ear]) -> None:
    """While one answer is being passed on, another from another thread is not."""
    inside, go, answers = threading.Event(), threading.Event(), []

    def slow(text: str) -> None:
        answers.append(text)
        inside.set()
        assert go.wait(PATIENCE_S)

    view = one(slow)
    first = threading.Thread(target=ear_of(view).say, args=(pick(0),))
    first.start()
    assert inside.wait(PATIENCE_S)
    ear_of(view).say(pick(1))
    go.set()
    first.join(PATIENCE_S)
    assert answers == ["crossfade"] == [view.answer]


@pytest.mark.parametrize(
    "nonsense",
    [
        "x",
        None,
        {"type": "answer"},
        {"type": "answer", "items": []},
        {"type": "answer", "items": [3]},
        {"type": "answer", "items": [{}]},
        {"type": "answer", "items": [{"picked": [2]}]},
        {"type": "answer", "items": [{"picked": [-1]}]},
        {"type": "answer", "items": [{"picked": [True]}]},
        {"type": "answer", "items": [{"picked": ["0"]}]},
        {"type": "answer", "items": [{"picked": 0}]},
        {"type": "answer", "items": [{"picked": [0, 1]}]},
        {"type": "answer", "items": [{"picked": [0], "text": "and more"}]},
        {"type": "answer", "items": [{"picked": [], "text": "   "}]},
        {"type": "answer", "items": [{"picked": [], "text": 3}]},
        {"type": "answer", "items": [{"picked": [], "text": "x" * 20_001}]},
        {"type": "answer", "items": [{"picked": [0]}, {"picked": [0]}]},
    ],
)
def test_what_is_no_answer_is_ignored(ear_of: Callable[[Any], Ear], nonsense: Any) -> None:
    """A message that is no answer to this question changes nothing, and the question stays open."""
    answers: list[str] = []
    view = one(answers.append)
    ear_of(view).say(nonsense)
    assert view.standing["n"] == 0
    assert not ear_of(view).custom
    ear_of(view).say(pick(1))
    assert answers == ["cut"]


def test_what_the_caller_raises_is_shown(ear_of: Callable[[Any], Ear]) -> None:
    """An error of the caller stands under the question, each time anew, and it can be answered again."""
    answers: list[str] = []

    def fails_twice(text: str) -> None:
        answers.append(text)
        if len(answers) < 3:
            raise RuntimeError("the session has ended")

    view = one(fails_twice)
    for n in (1, 2):
        ear_of(view).say(pick(0))
        error = "The answer was not sent: the session has ended"
        assert view.standing == {"n": n, "status": "open", "error": error, "ending": []}
    ear_of(view).say(pick(1))
    assert answers == ["crossfade", "crossfade", "cut"]
    ending = ["", "Answered:", "cut", ""]
    assert view.standing == {"n": 3, "status": "answered", "error": "", "ending": ending}


def test_it_can_be_closed_from_elsewhere(ear_of: Callable[[Any], Ear]) -> None:
    """Answered by other means or left behind, it takes no answer any more; the first end stays."""
    answers: list[str] = []
    view, left = one(answers.append), one(answers.append)
    view.close_view("cut")
    view.close_view("crossfade")
    left.close_view()
    left.close_view("cut")
    for each in (view, left):
        ear_of(each).say(pick(0))
    assert answers == []
    assert (view.standing["status"], view.answer) == ("answered", "cut")
    assert (left.standing["status"], left.answer) == ("closed", "")


def test_what_was_said_instead_is_no_answer(ear_of: Callable[[Any], Ear]) -> None:
    """Passed over for another message it is closed, with that message, and without an answer."""
    view = one()
    view.close_view(instead="cut the pauses")
    ear_of(view).say(pick(0))
    assert (view.standing["status"], view.answer) == ("closed", "")
    assert view.standing["ending"] == ["No choice was made.", "Went on with:", "cut the pauses", ""]
    words = "Which?\n  1. crossfade\n  2. cut\nNo choice was made. Went on with: cut the pauses"
    assert view.static()[0]["text/plain"] == words


def test_the_caller_may_close_it_while_answering(ear_of: Callable[[Any], Ear]) -> None:
    """A callback that itself closes the view neither hangs nor is overruled."""
    views: list[QuestionView] = []
    views.append(one(lambda text: views[0].close_view(f"{text}, as you said")))
    ear_of(views[0]).say(pick(1))
    assert views[0].answer == "cut, as you said"
    assert views[0].standing["n"] == 1


@pytest.mark.usefixtures("ears")
def test_every_host_has_words_for_it() -> None:
    """The bundle has the view, and the question as Markdown and text for where there is none."""
    view = one()
    data, _ = view._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/markdown"] == Question.markdown(view._question)
    assert data["text/plain"].endswith("Answer with %nemo answer 2, or in words of your own.")
    view.close_view("cut")
    assert view._repr_mimebundle_()[0]["text/plain"] == "Which?\nAnswered: cut"


def test_a_page_that_covers_words_gets_nothing_else(ear_of: Callable[[Any], Ear], outputs: list[Any]) -> None:
    """In an output that was kept free in such a page stand the words alone, with the place for the view."""
    view = one()
    assert ear_of(view)
    view.show(update=True, covered=True)
    ((_, asked, where),) = outputs
    assert set(asked) == {"text/plain", "text/markdown"}
    assert f'<span class="{where}"></span>' in asked["text/markdown"]


def test_a_jupyter_page_keeps_text(ear_of: Callable[[Any], Ear], outputs: list[Any]) -> None:
    """Once a page has drawn it the output becomes Markdown with a place for the view, later the answer."""
    view = one()
    view.show()
    assert outputs == [("display", view, view.place)]
    ear_of(view).say({"type": "placed"})
    ear_of(view).say(pick(1))
    ear_of(view).say({"type": "placed"})
    (_, asked, where), (_, answered, again), (_, later, _) = outputs[1:]
    assert {entry[0] for entry in outputs[1:]} == {"update"}
    assert where == again == view.place
    assert set(asked) == {"text/plain", "text/markdown"}
    assert asked["text/markdown"].endswith(f'of your own. <span class="{view.place}"></span>')
    assert (
        answered
        == later
        == {"text/plain": "Which?\nAnswered: cut", "text/markdown": "Which?\n\n**Answered:** cut"}
    )


def test_other_pages_keep_the_view_until_the_answer(outputs: list[Any], ears: list[Ear]) -> None:
    """A page that says nothing keeps the live view; the answer, or an end, leaves text there too."""
    view = one()
    view.show()
    assert len(outputs) == 1
    view.close_view()
    view.close_view()
    assert [entry[0] for entry in outputs] == ["display", "update"]
    assert "Not answered" in outputs[1][1]["text/plain"]
    view.show()
    assert outputs[2][1] == outputs[1][1]
    assert ears


def test_a_view_that_was_only_displayed_changes_no_output(
    ear_of: Callable[[Any], Ear], outputs: list[Any]
) -> None:
    """Without `show` there is no output of ours to change."""
    view = one()
    ear_of(view).say({"type": "placed"})
    ear_of(view).say(pick(0))
    assert outputs == []
