"""GUI talk: what the agent says to someone before a window, told to someone before a notebook."""

from __future__ import annotations

import re
import time

import pytest
from gui_clicks import IDLE, WAITS
from gui_sentences import CHINESE, ENGLISH, STAYS
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.gui_talk import awaited, translate
from nemo_widgets.magics.reading import parse
from nemo_widgets.question import Question


@pytest.mark.parametrize(("said", "wanted"), {**ENGLISH, **CHINESE}.items())
def test_instructions_for_a_window_become_what_holds_here(said, wanted):
    """Each instruction about the GUI becomes what can be typed, or goes, in the language it was given in."""
    assert translate(said) == wanted


@pytest.mark.parametrize(
    "line", sorted(set(re.findall(r"`%nemo (.*?)`", " ".join([*ENGLISH.values(), *CHINESE.values()]))))
)
def test_what_is_named_can_be_typed(line):
    """Every command that an instruction becomes exists and takes the options that are shown."""
    name, options = parse(line, None)
    assert name == line.split()[0]
    assert options is not None


@pytest.mark.parametrize("said", STAYS)
def test_what_is_no_instruction_stays(said):
    """Content, reports, quotes, code and links stay word for word."""
    assert translate(said) == said


@pytest.mark.parametrize(
    ("said", "changed", "wanted"),
    [
        (
            "I added a title. Drag the title to 0:10.",
            "Title “Hi” moved: 0:00 → 0:10.",
            "I added a title. Title “Hi” moved: 0:00 → 0:10.",
        ),
        (
            "Click the Apply button to add the crossfade. Enjoy!",
            "Crossfade of 0.5 s at 0:45.",
            "Crossfade of 0.5 s at 0:45. Enjoy!",
        ),
        (
            "The title is set, and you can click Add to place the music.",
            "Music “Lo-fi” added: 0:00–0:30.",
            "The title is set. Music “Lo-fi” added: 0:00–0:30.",
        ),
        (
            "音乐好了。点击“应用”添加转场。",
            "Crossfade of 0.5 s at 0:45.",
            "音乐好了。Crossfade of 0.5 s at 0:45.",
        ),
        ("Done. Click Apply.", "Removed 0:45–1:20 of talk.", "Done."),
        ("Done. Click Confirm to apply 2 changes.", "Removed 0:45–1:20 of talk.", "Done."),
        ("好了。请按下“应用”按钮，修改才会生效。", "Removed 0:45–1:20 of talk.", "好了。修改才会生效。"),
        ("Click the Export button.", "Music “Lo-fi” added: 0:00–0:30.", "Export it with `%nemo export`."),
        ("I cut it at 0:45.", "Removed 0:45–1:20 of talk.", "I cut it at 0:45."),
    ],
)
def test_what_was_done_takes_the_place_of_the_instruction(said, changed, wanted):
    """An instruction to do what the turn has done is replaced by the sentence that says so."""
    assert translate(said, changed=[changed, "Length: 3:00 → 2:25."]) == wanted


def test_what_was_done_is_said_once():
    """Two instructions about one change do not tell it twice."""
    said = "Drag the title to 0:10. Then drag the title to the top."
    assert translate(said, changed=["Title “Hi” moved: 0:00 → 0:10."]).count("Title “Hi” moved") == 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Done. Click the Expo", "Done. Click the Expo"),
        ("Done. Click the Export button", "Done. Click the Export button"),
        ("Done. Click the Export button.", "Done. Export it with `%nemo export`."),
        ("Done. Drag the title to 0.", "Done. Drag the title to 0."),
        ("- Click Export\n- Open the", "- Export it with `%nemo export`\n- Open the"),
        ("点击导出按", "点击导出按"),
        ("点击导出按钮。打", "用 `%nemo export` 导出。打"),
        ('The title says "Click Export. Then', 'The title says "Click Export. Then'),
    ],
)
def test_a_sentence_waits_for_its_end(said, shown):
    """While the text still grows, a sentence is told anew only when it is whole."""
    assert translate(said, final=False) == shown


SAYINGS = [*ENGLISH, *CHINESE, *STAYS]
messages = st.lists(st.sampled_from(SAYINGS), max_size=5).flatmap(
    lambda parts: st.sampled_from(("\n\n", "\n", " ")).map(lambda joint: joint.join(parts))
)


@given(messages)
@settings(deadline=None)
def test_translating_twice_is_translating_once(said):
    """What is told anew has no GUI talk left in it."""
    once = translate(said)
    assert translate(once) == once


@given(st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=4).map("\n\n".join), st.data())
@settings(deadline=None)
def test_growing_text_does_not_jump(said, data):
    """What is shown of the paragraphs that have ended never changes while more arrives."""
    cut = data.draw(st.integers(0, len(said)))
    shown = translate(said[:cut], final=False)
    ended = said[: said.rfind("\n", 0, cut) + 1]
    settled = translate(ended, final=False).rstrip()
    assert shown.startswith(settled)
    assert translate(said).startswith(settled)


@given(
    st.text(alphabet="abcdef 的了在我0123:.,!*_`#-\n“”\"'()[]>|~%。，", max_size=200),
    st.booleans(),
)
@settings(deadline=None)
def test_text_without_gui_words_is_identical(said, final):
    """Any Markdown, however broken, in which nothing of a window is named comes back as it was."""
    assert translate(said, final=final) == said


@given(st.text(max_size=120), st.sampled_from(SAYINGS), st.booleans())
@settings(deadline=None)
def test_any_text_is_taken(noise, said, final):
    """No text makes it fail, and nothing private leaks into what is shown."""
    shown = translate(f"{noise} {said}\n{said}{noise}", final=final)
    assert not {c for c in shown if "\ue010" <= c <= "\uf8ff"} - set(noise)


@pytest.mark.parametrize(("said", "words"), WAITS.items())
def test_a_click_that_is_waited_for_is_found(said, words):
    """What the agent waits for is found, as the words on its buttons, and nothing of what it said is lost."""
    click = awaited(said, changed=False)
    assert click is not None
    assert click.words == words
    assert {*re.findall(r"\w+", said)} <= {*re.findall(r"\w+", f"{click.rest} {click.prompt}")}


@pytest.mark.parametrize("said", [*IDLE, *STAYS])
def test_what_only_sounds_like_a_click_is_none(said):
    """Content, reports, other people's clicks and buttons that a command stands for ask for nothing."""
    assert awaited(said, changed=False) is None


@pytest.mark.parametrize("said", [*ENGLISH, *CHINESE, *STAYS, *IDLE])
def test_what_was_done_waits_for_no_click(said):
    """Where the timeline has changed, 'click Apply' behind a report asks for nothing more."""
    assert awaited(said, changed=True) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I cut the pauses. I can also remove the music. Click Yes to confirm.", ("Yes",)),
        ("I added the title. Click Generate to make the voice-over.", ("Generate",)),
        ("标题已添加。还可以删除音乐，点击“确认”继续。", ("确认",)),
    ],
)
def test_what_is_offered_beside_a_change_is_waited_for(said, words):
    """A change that was made answers no offer of another one."""
    click = awaited(said, changed=True)
    assert click is not None
    assert click.words == words


@pytest.mark.parametrize(
    ("said", "pays", "deletes"),
    [
        ("Click Generate to start.", True, False),
        ("Click Confirm. It costs 100 credits.", True, False),
        ("Click Confirm to spend 100 credits.", True, False),
        ("I can remove it. Click Yes to confirm.", False, True),
        ("点击“生成”开始。", True, False),
        ("点击“确认”删除该片段。", False, True),
        ("Click Apply.", False, False),
    ],
)
def test_a_click_that_pays_or_deletes_is_known(said, pays, deletes):
    """Going on that may cost credits or take something away is told from what is harmless."""
    click = awaited(said, changed=False)
    assert click is not None
    assert (click.pays, click.deletes) == (pays, deletes)


def test_a_nod_is_known():
    """An 'OK' that only takes note is told from a click that makes something go on."""
    nods = [awaited(said, changed=False) for said in ("Click OK.", "点击“知道了”。", "Click Confirm.")]
    assert [click.is_a_nod for click in nods if click] == [True, True, False]


def test_other_instructions_beside_a_click_stay():
    """What else the sentence tells to do is told anew, and only the click is asked."""
    click = awaited("Click Confirm to apply the changes, then click Export to download.", changed=False)
    assert click is not None
    assert click.prompt == "Click Confirm to apply the changes"
    assert translate(click.rest) == "Export it with `%nemo export`."


def test_a_click_is_a_question_of_the_protocol():
    """The arguments are those of `ask_question`, and answering by number says the button's word."""
    click = awaited("I can remove it. Click Yes to confirm or No to keep it.", changed=False)
    assert click is not None
    question = Question.from_args(click.args)
    assert question is not None
    assert question.items[0].prompt == "Click Yes to confirm or No to keep it."
    assert (question.parse("1"), question.answer(2)) == ("Yes", "No")


@given(st.text(max_size=120), st.sampled_from([*WAITS, *IDLE, *SAYINGS]), st.booleans())
@settings(deadline=None)
def test_any_text_may_wait(noise, said, changed):
    """No text makes the search fail, and nothing private leaks into what is asked."""
    click = awaited(f"{noise} {said}\n{said}{noise}", changed=changed)
    shown = f"{click.prompt}{click.words}{click.rest}" if click else ""
    assert not {c for c in shown if "\ue010" <= c <= "\uf8ff"} - set(noise)


@pytest.mark.parametrize(
    "said",
    [
        "Click" + " " * 5000 + "Confirm",
        "(click " * 1500,
        "Click Yes or " + "No or " * 2000,
        "请" * 3000 + "点击",
        "Click Confirm. " * 500,
        "to " * 3000 + "click Confirm",
        "[" * 3000,
        "Klicken Sie auf Ja oder " + "auf Nein oder " * 2000,
        "Um klicken, " * 1500,
        "「" * 3000 + "をクリック",
    ],
    ids=range(10),
)
def test_no_text_takes_long(said):
    """What an agent writes without measure is looked through in a moment."""
    start = time.thread_time()
    awaited(said, changed=False)
    translate(said)
    assert time.thread_time() - start < 1


def test_it_is_fast_enough_to_run_with_every_piece():
    """A text of 4 KB that grows by a piece costs about a millisecond, so ten times a second costs nothing."""
    talk = (
        "The second scene opens with the harbour. " * 3 + "Click the **Export** button to download it.\n"
    ) * 24
    talk = talk[:4096]
    translate(talk[:-200], final=False)
    start = time.thread_time()
    for i in range(50):
        translate(talk[: -200 + 4 * i], final=False)
    assert (time.thread_time() - start) / 50 < 0.01
