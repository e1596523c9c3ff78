"""Questions of the agent: reading what it wrote, however it wrote it, and answering in its words."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nemo_widgets.question import Item, Option, Question, bare, escaped
from nemo_widgets.question_args import MAX_ITEMS, MAX_LABEL, MAX_OPTIONS, MAX_PROMPT

ONE = {
    "title": "",
    "questions": [
        {
            "id": "t",
            "prompt": "Which transition?",
            "options": [{"id": "cf", "label": "crossfade"}, {"id": "dip", "label": "dip to black"}, "cut"],
        }
    ],
}
SEVERAL = {
    "title": "Before I start",
    "questions": [
        *ONE["questions"],
        {"id": 7, "prompt": "Where?", "options": ["start", "middle", "end"], "allow_multiple": True},
        {"id": "name", "prompt": "What should the title say?"},
    ],
}


def asked(args):
    question = Question.from_args(args)
    assert question is not None
    return question


def any_of(*labels):
    return asked({"questions": [{"prompt": "Which?", "options": list(labels), "allow_multiple": True}]})


def test_the_protocols_form_is_read():
    """Title, ids, prompts, options and allow_multiple are read as the protocol writes them."""
    assert asked(SEVERAL) == Question(
        "Before I start",
        (
            Item(
                "t",
                "Which transition?",
                (Option("cf", "crossfade"), Option("dip", "dip to black"), Option("cut", "cut")),
            ),
            Item(
                "7",
                "Where?",
                (Option("start", "start"), Option("middle", "middle"), Option("end", "end")),
                multiple=True,
            ),
            Item("name", "What should the title say?"),
        ),
    )


@pytest.mark.parametrize(
    "args",
    [
        {"questions": {"prompt": "Which?", "options": ["a one", "b two"]}},
        {"questions": json.dumps([{"prompt": "Which?", "options": ["a one", "b two"]}])},
        {"questions": [json.dumps({"prompt": "Which?", "options": ["a one", "b two"]})]},
        {"questions": [{"question": "Which?", "choices": ["a one", {"text": "b two"}]}]},
        {"questions": [{"prompt": "Which?", "options": '["a one", "b two"]'}]},
        {"questions": [{"prompt": "Which?", "options": {"a": "a one", "b": "b two"}}]},
        {"questions": [{"prompt": "Which?", "options": "a one\nb two"}]},
        {"question": "Which?", "options": ["a one", "b two"]},
        {"prompt": "Which?", "options": ["a one", None, "", "b two", "a one", []]},
        {"title": "Which?", "options": ["a one", "b two"]},
        {"title": "Which?", "questions": [{"prompt": "Which?", "options": ["a one", "b two"]}]},
        [{"prompt": "Which?", "options": ["a one", "b two"]}],
        '{"questions": [{"prompt": "Which?", "options": ["a one", "b two"]}]}',
    ],
)
def test_other_forms_say_the_same(args):
    """However an agent nests, names or quotes it, it is one question with the same two choices."""
    question = asked(args)
    assert question.title == ""
    (item,) = question.items
    assert (item.prompt, [o.label for o in item.options]) == ("Which?", ["a one", "b two"])


@pytest.mark.parametrize(
    ("written", "multiple"),
    [
        ({"allow_multiple": True}, True),
        ({"allowMultiple": True}, True),
        ({"multiSelect": "true"}, True),
        ({"allow_multiple": "False"}, False),
        ({"allow_multiple": None}, False),
        ({}, False),
    ],
)
def test_whether_several_may_be_chosen(written, multiple):
    """`allow_multiple` is understood in its usual spellings, as truth or as a word."""
    (item,) = asked({"questions": [{"prompt": "Which?", "options": ["one", "two"], **written}]}).items
    assert item.multiple is multiple


@pytest.mark.parametrize("args", [{}, None, 3, "", [], {"questions": []}, {"questions": [{}, None]}])
def test_nothing_asked_is_no_question(args):
    """Without a title, a prompt or a choice there is no question."""
    assert Question.from_args(args) is None


def test_without_options_it_is_free_text():
    """A bare title, or a prompt without options, is a question that is answered in one's own words."""
    for args in ({"title": "Which city?"}, {"questions": "Which city?"}, {"questions": ["Which city?"]}):
        question = asked(args)
        assert question.items == (Item("q1", "Which city?"),)
        assert question.parse(" 2, or Rome ") == "2, or Rome"
        assert question.answer("Rome") == question.answer(q1="Rome") == "Rome"


@pytest.mark.parametrize("written", ["[Rome", "{broken", "[" * 100_000])
def test_what_only_looks_like_json_is_text(written):
    """A text that begins like JSON and is none, or is nested without end, is a prompt like any other."""
    assert asked({"questions": [written]}).items[0].prompt[:5] == written[:5]


@given(st.text())
def test_what_was_escaped_is_plain_again(text):
    """Where no Markdown is shown, names stand as they are, without the marks that Markdown needs."""
    assert bare(f"- **Export** of `{escaped(text)}`") == f"- Export of {text}"


def test_prices_are_no_formula():
    """A dollar in a prompt, a label or an answer is marked so that two of them begin no formula."""
    question = asked({"prompt": "For $5 or for $9?", "options": ["$5", "$9"]})
    dollar = r"<span>\$</span>"
    assert f"For {dollar}5 or for {dollar}9?" in question.markdown()
    assert f"1. {dollar}5\n2. {dollar}9" in question.markdown()
    assert question.markdown("$9").endswith(f"{dollar}9")
    assert question.answer(2) == "$9"


def test_a_hostile_call_is_capped_and_cleaned():
    """Endless texts and lists are cut, controls and turned text removed, ids made different."""
    huge = {"id": "same", "prompt": "p" * 10**6, "options": [f"{i} " + "x" * 10**4 for i in range(10**4)]}
    question = asked({"title": "t" * 10**6, "questions": [huge] * 100})
    assert len(question.items) == MAX_ITEMS == len({item.id for item in question.items})
    assert len(question.title) == MAX_LABEL
    for item in question.items:
        assert len(item.prompt) == MAX_PROMPT
        assert len(item.options) == MAX_OPTIONS
        assert {len(o.label) for o in item.options} == {MAX_LABEL}
    (item,) = asked({"prompt": "a\x00b\u202ec\ud800", "options": ["x\n\ny", 10**9, True, 10**6000]}).items
    assert item.prompt == "abc\ufffd"
    assert [o.label for o in item.options] == ["x y", "1000000000", "true"]


WORDS = ["title", "questions", "question", "prompt", "options", "label", "id", "allow_multiple", "choices"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(WORDS), inner),
    max_leaves=25,
)


@given(JSON)
@settings(max_examples=200, deadline=None)
def test_reading_never_fails(args):
    """Whatever JSON an agent writes, there is None or a question that can be shown and answered."""
    for written in (args, json.dumps(args)):
        question = Question.from_args(written)
        if question is None:
            continue
        assert question.items
        assert question.markdown()
        assert question.plain()
        answer = question.answer(*[item.options[0] if item.options else "hm" for item in question.items])
        assert answer
        assert answer.encode()
        if len(question.items) > 1:
            assert all(item.prompt for item in question.items)


LABEL = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20).filter(
    str.strip
)


@given(st.lists(LABEL, min_size=1, max_size=8, unique=True), st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_shown_can_be_typed(labels, data):
    """Every choice is reached by its label, by the mark shown before it, and as an Option, alike."""
    item = any_of(*labels).items[0]
    for mark, option in zip(item.marks, item.options, strict=True):
        assert item.find(option.label) is option
        if mark not in [o.label.rstrip(".!。！").casefold() for o in item.options]:
            assert item.find(mark) is option
    picked = data.draw(st.lists(st.sampled_from(item.options), min_size=1, unique=True))
    wanted = ", ".join(option.label for option in picked)
    question = Question("", (item,))
    assert question.answer(*picked) == question.answer(list(picked)) == wanted
    plain = [f"choice-{'x' * (n + 1)}" for n in range(len(labels))]
    numbers = data.draw(st.lists(st.integers(1, len(labels)), min_size=1, unique=True))
    said = ", ".join(plain[n - 1] for n in numbers)
    question = any_of(*plain)
    for comma in (",", ", ", " ", " and ", "、"):
        assert question.parse(comma.join(map(str, numbers))) == question.answer(*numbers) == said


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2", "dip to black"),
        (" 2. ", "dip to black"),
        ("#2", "dip to black"),
        ("option 2", "dip to black"),
        ("b", "dip to black"),
        ("Dip to Black!", "dip to black"),
        ("dip", "dip to black"),
        ("2, but slower", "dip to black, but slower"),
        ("something softer, 2 seconds long", "something softer, 2 seconds long"),
        ("16:9", "16:9"),
        ("2 seconds", "2 seconds"),
    ],
)
def test_one_choice_as_people_type_it(typed, message):
    """Numbers, letters, labels and ids become the label; other words are passed on as they are."""
    assert asked(ONE).parse(typed) == message


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("4", r"There is no choice '4'. Choose from: 1 crossfade, 2 dip to black, 3 cut."),
        ("0", "no choice '0'"),
        ("9" * 5000, "no choice '9999"),
        ("1,3", r"'Which transition\?' takes one answer, not 2. Choose from: 1 crossfade"),
        ("1 and 3", "takes one answer"),
        ("9, but slower", "no choice '9'"),
        ("  ", "needs an answer"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed, wrong):
    """A number that is not there, two answers to one question, or none: the error names the choices."""
    with pytest.raises(ValueError, match=wrong):
        asked(ONE).parse(typed)


def test_several_may_be_chosen():
    """Where several may be chosen they are joined in the order in which they were said, each once."""
    question = any_of("music", "a title", "subtitles")
    for typed in ("3,1", "3 1", "3, 1", "3 and 1", "3;1", "c, a", "subtitles, music", "3,1,3", "３，１"):
        assert question.parse(typed) == "subtitles, music", typed
    assert question.parse("1, and make it loud") == "music, and make it loud"
    with pytest.raises(ValueError, match="no choice '5'"):
        question.parse("1,5")


def test_labels_that_are_numbers_have_letters_before_them():
    """Where a label is itself one of the numbers, letters are shown, and a typed number is the label."""
    question = asked({"question": "How many seconds?", "options": [2, 4, 8]})
    assert question.items[0].marks == ("a", "b", "c")
    assert question.parse("2") == question.parse("a") == question.answer(2) == "2"
    assert "- **a** · 2" in question.markdown()
    assert "  b. 4" in question.plain()
    assert question.example() == "%nemo answer b"
    with pytest.raises(ValueError, match="Choose from: a 2, b 4, c 8"):
        question.parse("1")
    assert asked({"question": "Frames?", "options": [24, 30]}).items[0].marks == ("1", "2")


def test_several_questions_are_answered_in_order():
    """`;` stands between questions; the message repeats what was asked; free words may hold a `;`."""
    question = asked(SEVERAL)
    message = "Which transition: dip to black\nWhere: start, end\nWhat should the title say: Rome; the film"
    assert question.parse("2; 1,3 ; Rome; the film") == message
    assert question.answer(2, [1, "end"], "Rome; the film") == message
    assert question.answer(**{"t": "dip", "7": (1, 3), "name": "Rome; the film"}) == message
    assert question.answer("dip to black", name="Rome; the film", **{"7": ["start", 3]}) == message
    for typed in ("2", "you decide", "2; 1"):
        with pytest.raises(
            ValueError, match=r"There are 3 questions and .* put ';' between them, as in `%nemo"
        ):
            question.parse(typed)
    with pytest.raises(ValueError, match="'What should the title say\\?' needs an answer"):
        question.parse("2;1;")
    two = asked({"questions": SEVERAL["questions"][:2]})
    assert two.parse("1；2;") == "Which transition: crossfade\nWhere: middle"
    with pytest.raises(ValueError, match="2 questions and 3 answers"):
        two.parse("1;2;3")


@pytest.mark.parametrize(
    ("choices", "by_id", "wrong"),
    [
        (("crosfade",), {}, "no choice 'crosfade'. Did you mean 'crossfade'\\? Choose from: 1 crossfade, 2"),
        (("wipe",), {}, "no choice 'wipe'. Choose from"),
        ((True,), {}, "no choice 'True'"),
        ((1, 2), {}, "takes one answer, not 2"),
        (([1, 2],), {}, "takes one answer, not 2"),
        ((), {}, "needs an answer"),
        (("",), {}, "needs an answer"),
        ((None,), {}, "needs an answer"),
        ((), {"tt": 1}, "no question 'tt'. Did you mean 't'\\? There is: 't'"),
        ((1,), {"t": 1}, "answered twice"),
    ],
)
def test_a_programs_answer_is_checked(choices, by_id, wrong):
    """A wrong choice or question is refused by name, with what comes nearest and what there is."""
    with pytest.raises(ValueError, match=wrong):
        asked(ONE).answer(*choices, **by_id)


def test_too_many_answers_are_refused():
    """More answers than questions name the questions."""
    with pytest.raises(ValueError, match="3 questions, not 4: 't', '7', 'name'"):
        asked(SEVERAL).answer(1, 1, 1, 1)


def test_an_error_names_a_few_choices_only():
    """With fifty choices the error names the first ones and counts the rest."""
    with pytest.raises(ValueError, match=r"8 choice 8, and 42 more\.$"):
        any_of(*(f"choice {n}" for n in range(1, 51))).parse("51")


def test_the_static_form_says_how_to_answer():
    """Text and Markdown show title, prompts, numbered choices and the line to type."""
    question = asked(SEVERAL)
    assert question.plain() == (
        "Before I start\nWhich transition?\n  1. crossfade\n  2. dip to black\n  3. cut\n"
        "Where? (one or more)\n  1. start\n  2. middle\n  3. end\nWhat should the title say?\n"
        "Answer with %nemo answer 2; 1,3; your words"
        " (one answer for each question, a semicolon between them)."
    )
    markdown = question.markdown()
    assert markdown.startswith(
        "**Before I start**\n\nWhich transition?\n\n1. crossfade\n2. dip to black\n3. cut"
    )
    assert "`%nemo answer 2; 1,3; your words`" in markdown
    assert asked(ONE).plain().endswith("Answer with %nemo answer 2, or in words of your own.")
    assert asked({"title": "Which city?"}).plain() == "Which city?\nAnswer with %nemo answer your words."
    assert question._repr_mimebundle_() == {"text/plain": question.plain(), "text/markdown": markdown}


def test_the_static_form_says_what_was_answered():
    """After the answer the choices are gone and the answer stands there; without one it says so."""
    one = asked(ONE)
    assert one.plain("cut") == "Which transition?\nAnswered: cut"
    assert one.markdown("cut") == "Which transition?\n\n**Answered:** cut"
    assert one.markdown("").endswith("3. cut\n\n*Not answered: the conversation went on.*")
    assert one.plain("").endswith("3. cut\nNot answered: the conversation went on.")
    markdown = asked(SEVERAL).markdown("Which transition: cut\nWhere: end\nWhat should the title say: Rome")
    assert markdown == (
        "**Before I start**\n\n**Answered:**  \nWhich transition: cut  \nWhere: end  \n"
        "What should the title say: Rome"
    )


def test_the_static_form_says_what_was_said_instead():
    """Of a message that is not known to answer it is said that no choice was made, and what followed."""
    one = asked(ONE)
    choices = "  1. crossfade\n  2. dip to black\n  3. cut\n"
    told = f"Which transition?\n{choices}No choice was made. Went on with: a slow wipe"
    assert one.plain("", "a slow wipe") == told
    told = "cut\n\n*No choice was made.* **Went on with:** a \\*wipe\\*"
    assert one.markdown("", "a *wipe*").endswith(told)
    free = asked({"title": "Which city?"})
    assert free.plain("", "Rome") == "Which city?\nWent on with: Rome", "who knows whether that is the city"


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("dip to black", "Where?; What should the title say?"),
        ("dip to black, end", "What should the title say?"),
        ("dip to black, end, Rome", ""),
        ("Where: end", "Which transition?; What should the title say?"),
        ("Where: end\nWhich transition: something slow\nWhat should the title say: Rome", ""),
        ("end, but make it quick", "Which transition?"),
        ("whatever you like", ""),
    ],
)
def test_half_an_answer_tells_what_it_leaves_out(answer, left):
    """An answer to some of several questions names the others; own words may answer what has no choices."""
    told = asked(SEVERAL).plain(answer)
    assert told.startswith(f"Before I start\nAnswered: {answer}")
    assert told.partition("Not answered: ")[2] == left
    assert ("Not answered" in asked(SEVERAL).markdown(answer)) == bool(left)


def test_what_the_agent_wrote_cannot_break_the_page():
    """Labels are shown to the letter, prompts hold no HTML and load no picture."""
    label = "<img src=x> ![a](http://b) [c](javascript:d) *e* `f` | $g$ &amp; 1. <b>"
    evil = {"prompt": "Go? <script>x</script> ![spy](http://spy)", "options": [label, "# two"]}
    html = MarkdownIt("commonmark").render(asked(evil).markdown())
    assert "<script" not in html
    assert "<img" not in html
    text = re.sub(r'<a href="http://b">|</a>', "", html.replace("<span>$</span>", "$"))
    assert "&lt;img src=x&gt; ![a](http://b) [c](javascript:d) *e* `f` | $g$ &amp;amp; 1. &lt;b&gt;" in text
    assert "<li># two</li>" in text


def test_it_is_a_leaf():
    """Reading a question loads nothing of the notebook, of tables or of the network."""
    heavy = "{'IPython', 'anywidget', 'pandas', 'httpx', 'markdown_it', 'numpy'}"
    code = f"import sys, nemo_widgets.question; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_what_a_terminal_would_obey_goes_whole():
    """Of an escape sequence in a question nothing stays, not its parameters either."""
    option = {"id": "1", "label": "\x1b]8;;http://evil\x1b\\one\x1b]8;;\x1b\\"}
    told = asked({"prompt": "\x1b[31mWhich\x9b0m?", "options": [option]})
    assert (told.items[0].prompt, told.items[0].options[0].label) == ("Which?", "one")
