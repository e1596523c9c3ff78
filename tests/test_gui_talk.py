"""GUI talk: what the agent says to someone before a window, told to someone before a notebook."""

from __future__ import annotations

import re
import time

import pytest
from gui_sentences import CHINESE, ENGLISH, STAYS
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.gui_talk import translate
from nemo_widgets.magics.commands import parse


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
