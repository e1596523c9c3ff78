"""The agent asks, and the answer is the next message: in a kernel, typed."""

import pytest
from limits import UNHURRIED

SET_UP = """
import nemo_widgets as nemo
from nemo_widgets.testing import FastClock, ScriptedBackend

QUESTION = {"content": {"parts": [{"functionCall": {"id": "q", "name": "ask_question", "args": {
    "title": "Joining", "questions": [{"id": "how", "prompt": "How shall the parts be joined?",
    "options": [{"id": "a", "label": "crossfade"}, {"id": "b", "label": "hard cut"}]}]}}}], "role": "model"}}
backend = ScriptedBackend().open()
s = nemo.connect(url=backend.url, settings=nemo.ClientSettings(clock=FastClock(), **UNHURRIED))
s.upload(nemo.sample("scenes"))
""".replace("UNHURRIED", str(UNHURRIED))


@pytest.fixture(scope="module")
def asking(kernel):
    """A kernel that is connected to a scripted backend."""
    assert kernel.run(SET_UP).error is None
    return kernel


def test_a_question_is_answered_by_its_number(asking):
    """What the agent asks is shown with its choices; the answer goes out in its words, once."""
    asking.run("backend.reply(events=[QUESTION])")
    shown = asking.run("%nemo edit join the parts")
    assert shown.error is None
    assert "How shall the parts be joined?" in shown.text
    assert "%nemo answer" in shown.text
    wrong = asking.run("%nemo answer 3")
    assert "UsageError" in wrong.error
    assert asking.run("%nemo answer 2").error is None
    assert asking.run("backend.messages[-2:]").text.strip() == "['join the parts', 'hard cut']"
    assert asking.run("s.runs[-2].answer").text.strip() == "'hard cut'"


def test_any_other_message_closes_it_and_is_not_called_its_answer(asking):
    """Who does not pick a choice but says something else leaves the question behind: nobody knows more."""
    asking.run("backend.reply(events=[QUESTION])")
    asking.run("%nemo edit join the parts")
    asking.run("%nemo edit leave it as it is")
    told = asking.run("s.runs[-2].answer, s.runs[-2].went_on, s.runs[-2].open_question").text
    assert told.strip() == "('', 'leave it as it is', None)"


@pytest.mark.parametrize(("said", "answers"), [("True", True), ("False", False)])
def test_a_server_may_say_whether_a_message_answers(asking, said, answers):
    """Where the server says so, own words are the answer, or something else."""
    asking.run("backend.reply(events=[QUESTION])")
    asking.run("%nemo edit join the parts")
    marks = f"{{'nemo': {{'outcome': 'done', 'answers': {said}}}}}"
    asking.run(
        "backend.reply(events=[{'content': {'parts': [{'text': 'Done.'}], 'role': 'model'}, "
        f"'turnComplete': True, 'customMetadata': {marks}}}])"
    )
    asking.run("%nemo edit a slow wipe")
    told = asking.run("s.runs[-2].answer, s.runs[-2].went_on").text.strip()
    assert told == ("('a slow wipe', '')" if answers else "('', 'a slow wipe')")


def test_what_is_refused_answers_nothing(asking):
    """After a message that the agent refused the question is as open as before, and waits for its answer."""
    asking.run("backend.reply(events=[QUESTION])")
    asking.run("%nemo edit join the parts")
    asking.run('backend.reply(events=["Sorry, I can\'t do that."])')
    asking.run("%nemo edit make me a sandwich")
    told = asking.run("s.runs[-1].outcome, s.runs[-2].answer, s.runs[-2]").text
    assert "('refused', ''," in told
    assert asking.run("%nemo answer 1").error is None
    assert "its last question was answered" in asking.run("%nemo answer 1").error
    assert asking.run("backend.messages[-1], s.runs[-3].answer").text.strip() == "('crossfade', 'crossfade')"
    head = asking.run("from nemo_widgets.run_words import headline; print(headline(s.runs[-3]))").text
    assert head.strip().endswith("asked back"), "nobody waits for it any more"


def test_without_a_question_there_is_nothing_to_answer(asking):
    """An answer to nothing is refused, and not sent."""
    asking.run("%nemo edit cut the pauses")
    before = asking.run("len(backend.messages)").text.strip()
    assert "has not asked anything" in asking.run("%nemo answer 1").error
    assert asking.run("len(backend.messages)").text.strip() == before


def test_an_edit_that_was_not_made_is_sent_again_on_request(asking):
    """`%nemo again` sends what was not made once more, and nothing else."""
    asking.run("from nemo_widgets.testing import CUT")
    asking.run("backend.reply(events=['Cutting…', CUT])")
    assert "NotDone" in asking.run("%nemo edit cut the first second").error
    assert asking.run("%nemo again").error is None
    assert (
        asking.run("backend.messages[-2:]").text.strip() == "['cut the first second', 'cut the first second']"
    )
    assert "“cut the first second”, was answered, and changed nothing." in asking.run("%nemo again").error


@pytest.mark.parametrize(
    "call",
    [
        "%nemo upload nowhere.mp4",
        "await s.start_upload('nowhere.mp4')",
        "run = s.start_upload('nowhere.mp4'); run.ended(120); await run",
        "run = s.start_upload('nowhere.mp4'); run.ended(120); run.result()",
    ],
)
def test_an_error_is_told_once(asking, call):
    """Where nothing could be sent, the error is all that the cell shows."""
    shown = asking.run(call)
    assert shown.error.count("There is no file nowhere.mp4.") == 1
    assert not shown.text.strip()
