"""What is typed behind `%nemo`, taken apart."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from nemo_widgets.errors import UsageError
from nemo_widgets.magics.actions import _Actions
from nemo_widgets.magics.awaiting import MARK, _awaited, asking
from nemo_widgets.magics.commands import COMMANDS, LONG, help_text, parsers
from nemo_widgets.magics.completion import offers
from nemo_widgets.magics.filling import scope
from nemo_widgets.magics.magic import NemoMagics
from nemo_widgets.magics.reading import parse


def test_an_instruction_is_taken_to_the_letter():
    """Quotes, dashes and doubled braces in an instruction reach the agent as they were typed."""
    name, options = parse("""edit add a title that says "It's -o time {{x}}" """, None)
    assert (name, options.words) == ("edit", """add a title that says "It's -o time {x}\"""")


def test_options_stand_before_the_instruction():
    """`-o NAME`, `--strict` and `--background` in front of the instruction are options of the magic."""
    _, options = parse("edit --background --strict -o run cut the pauses", None)
    assert (options.words, options.output, options.background) == ("cut the pauses", "run", True)
    assert options.strict


@pytest.mark.parametrize(
    "line", ["edit cut the pauses --strict -o run", "edit -o run cut the pauses  --strict "]
)
def test_options_may_stand_behind_the_instruction(line: str):
    """As other magics have them at the end; sent as words they would make no edit strict, and keep no run."""
    _, options = parse(line, None)
    assert (options.words, options.output, options.strict) == ("cut the pauses", "run", True)


def test_what_only_looks_like_an_option_is_said():
    """What is no option of such a command, or stands in quotes or in a variable, is the instruction's."""
    for words in ('call it "cut --strict"', "add the title --draft", "say -o", "it --strict is"):
        assert parse(f"edit {words}", None)[1].words == words
    _, options = parse("edit call it {x}", None, {"x": "a --strict"})
    assert (options.words, options.strict) == ("call it a --strict", False)
    with pytest.raises(UsageError, match="strict"):
        parse("answer 2 --strict", None)


def test_a_cell_is_the_instruction():
    """In a cell magic the text below is the instruction, over several lines."""
    assert parse("edit -o r", "cut the pauses\nadd music\n")[1].words == "cut the pauses\nadd music"
    name, options = parse("", "export")
    assert (name, options.words) == ("ask", "export")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("exprot", "export"), ("track", "tracks"), ("conect --local", "connect"), ("Timeline", "timeline")],
)
def test_an_unknown_subcommand_names_the_nearest(typed, nearest):
    """A slip of the pen is answered with the subcommand that was probably meant."""
    with pytest.raises(UsageError, match=f"%nemo {nearest}"):
        parse(typed, None)


@pytest.mark.parametrize(
    "typed",
    ["panel", "clear", "lock", "cut", "stop", "do", "cncl", "remove", "disc", "agenda"],
)
def test_no_guess_ever_stops_work_or_deletes(typed):
    """A word that is no plain slip of the pen never gets a guess that ends, deletes or sends again."""
    with pytest.raises(UsageError) as caught:
        parse(typed, None)
    assert not re.search("%nemo (cancel|disconnect|clean|undo|again)", caught.value.hint)
    assert "%nemo edit" in caught.value.hint, "it says how to tell the agent"


@pytest.mark.parametrize(("typed", "meant"), [("cancle", "cancel"), ("udno", "undo"), ("agian", "again")])
def test_a_plain_slip_is_mended_whatever_it_does(typed, meant):
    """The right letters in a wrong order name the command, also one that stops work."""
    with pytest.raises(UsageError, match=f"Did you mean `%nemo {meant}`"):
        parse(typed, None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("conect --local", "connect --local"),
        ("exprot a.mp4 --quality low", "export a.mp4 --quality low"),
        ("render --quality low", "export --quality low"),
        ("add some calm music", "upload"),
        ("exprot it in 720p please", "export"),
        ("udno 2", "undo 2"),
    ],
)
def test_what_stands_behind_a_slip_stays(typed, meant):
    """Who copies the guess does what was meant; what is said to the agent is no file to upload."""
    with pytest.raises(UsageError, match=f"Did you mean `%nemo {re.escape(meant)}`"):
        parse(typed, None)


@pytest.mark.parametrize("typed", ["undo the last two", "export it in 720p please", "play it twice as fast"])
def test_words_behind_a_command_are_shown_the_way_to_the_agent(typed):
    """Who goes on talking behind a subcommand learns how to say just that to the agent."""
    with pytest.raises(UsageError, match=f"`%nemo ask {typed}`"):
        parse(typed, None)


def test_whatever_takes_long_may_go_on_in_the_background():
    """Every subcommand that waits for work takes --background and -o."""
    rest = {"upload": "a.mp4", "edit": "x", "ask": "x", "answer": "1"}
    for name in LONG:
        _, options = parse(f"{name} --background -o run {rest.get(name, '')}", None)
        assert (options.background, options.output) == (True, "run")


def test_a_semicolon_behind_a_magic_is_no_part_of_it():
    """`%nemo segments;` is the table that is not shown, as IPython does it; an instruction keeps its own."""
    assert parse("segments;", None)[0] == "segments"
    assert parse("export out.mp4;", None)[1].path == "out.mp4"
    assert parse("edit cut the pauses;", None)[1].words == "cut the pauses;"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("cut the pauses  # don't wait", "cut the pauses"),
        ("it's too long # so cut it", "it's too long"),
        ('add a title "a # b" # that', 'add a title "a # b"'),
        ("add a title 'a # b'", "add a title 'a # b'"),
        ("keep only clip # 2", "keep only clip # 2"),
        ("make the title say #done", "make the title say #done"),
    ],
)
def test_a_comment_behind_an_instruction_is_not_said(typed, words):
    """What Python takes for a comment behind a line is none of the instruction; what is quoted is."""
    assert parse(f"edit {typed}", None)[1].words == words
    assert parse("edit # why", typed)[1].words == typed, "below %%nemo it is all text"


def test_undo_and_redo_take_a_number():
    """`%nemo undo 3` is three edits, `%nemo redo` is one."""
    assert (parse("undo 3", None)[1].n, parse("redo", None)[1].n) == (3, 1)


def test_a_sentence_instead_of_a_subcommand_is_shown_the_way():
    """Somebody who just talks to %nemo learns how to talk to the agent."""
    with pytest.raises(UsageError, match="%nemo ask remove the first 5 seconds"):
        parse("remove the first 5 seconds", None)


@pytest.mark.parametrize(
    "typed", ["edit", "ask", "upload", "export --quality best", "connect --skil x", "upload 'a b.mp4"]
)
def test_what_is_missing_or_wrong_is_a_clear_error(typed):
    """Options and words that make no sense raise our own error, and never leave the kernel."""
    with pytest.raises(UsageError) as caught:
        parse(typed, None)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("typed", "owner"),
    [("open --forget solar", "sessions"), ("undo --strict", "edit"), ("open --all", "sessions")],
)
def test_an_option_of_another_subcommand_is_shown_its_place(typed, owner):
    """An option that stands behind the wrong subcommand is refused, and the right one is named."""
    with pytest.raises(UsageError) as caught:
        parse(typed, None)
    assert f"belongs to `%nemo {owner}`" in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "wrong", "meant"),
    [
        ("export x.mp4 --qality high", "--qality", "--quality"),
        ("export --Quality=high", "--Quality", "--quality"),
        ("export -quality high", "-quality", "--quality"),
        ("connect --lcoal", "--lcoal", "--local"),
        ("upload a.mp4 --bakground", "--bakground", "--background"),
        ("edit --strct cut it", "--strct", "--strict"),
        ("edit cut it --backgruond", "--backgruond", "--background"),
    ],
)
def test_a_misspelt_option_is_named_with_the_one_that_was_meant(typed, wrong, meant):
    """It is told in one line, and is never sent to the agent as a word of the instruction."""
    with pytest.raises(UsageError) as caught:
        parse(typed, None)
    assert f"{caught.value.message} {caught.value.hint}" == (
        f"%nemo {typed.split()[0]} has no {wrong}. Did you mean `{meant}`?"
    )


@pytest.mark.parametrize("words", ["cut it --please", "cut it -- now", "move it to -3"])
def test_dashes_in_an_instruction_are_words(words):
    """What is near to no option goes to the agent as it was written."""
    assert parse(f"edit {words}", None)[1].words == words


def test_file_names_may_have_spaces_in_quotes():
    """Quoted names are one name each, and backslashes of Windows stay."""
    assert parse("""upload "my clip.mp4" 'b c.mov' C:\\media\\d.mp4""", None)[1].sources == [
        "my clip.mp4",
        "b c.mov",
        "C:\\media\\d.mp4",
    ]


def test_whatever_there_is_can_be_found_and_completes():
    """Each subcommand does something, stands in the README's table, and is offered with all its options."""
    assert all(callable(getattr(_Actions, f"_{name}", None)) for name in COMMANDS)
    assert offers(" ") == offers(" help ") == sorted(COMMANDS)
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    table = " ".join(line.split(" | ")[0] for line in readme.splitlines() if line.startswith("| `%"))
    assert [name for name in COMMANDS if not re.search(rf"[` ]{name}\b", table)] == []
    for name in COMMANDS:
        options = [option for action in parsers()[name]._actions for option in action.option_strings]
        assert offers(f" {name} -") == sorted(options)
        assert all(option in help_text(name) for option in options)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("undo 2", "`%nemo undo 2`"),
        ("export film.mp4 --quality low", "film.mp4 --quality low`"),
        ("runs", "runs`"),
    ],
)
def test_what_takes_no_text_says_how_to_type_it_whole(typed, whole):
    """Where a text stands below one that takes none, the line to use instead has all that was typed."""
    with pytest.raises(UsageError, match="takes no text below it") as refused:
        parse(typed, "some text")
    assert whole in refused.value.hint
    for words, line in ((typed, typed), ("edit -o run cut", "edit …")):
        with pytest.raises(UsageError, match="first line of its cell") as refused:
            NemoMagics.misplaced(None, words)
        assert f"`%nemo {line}`" in refused.value.hint


def test_help_shows_every_subcommand_and_each_ones_options():
    """Everything there is can be found in the help."""
    whole = help_text()
    assert all(f"`%nemo {name}`" in whole for name in COMMANDS)
    assert "--resolution" in (export := help_text("export"))
    assert export.count(COMMANDS["export"]) == 1, "nothing is said twice"
    assert "usage: %nemo export " in export
    lines = [line for name in COMMANDS for line in help_text(name).split("```text")[1].splitlines()]
    assert max(map(len, lines)) <= 52, "a narrow page would break it within words"


@pytest.mark.parametrize("name", sorted(LONG))
def test_long_magics_are_awaited(name):
    """A magic that takes long becomes an awaited call, also with a target."""
    line = f"get_ipython().run_line_magic('nemo', '{name} x')\n"
    call = f"await get_ipython().magics_manager.registry['NemoMagics'].awaited('{name} x')\n"
    assert _awaited(line) == call
    assigned = call.replace("x')", "x', assigned=True)")
    assert _awaited(f"video = {line}") == f"video = {assigned}"
    assert _awaited("get_ipython().run_cell_magic('nemo', '', 'cut\\n')\n").startswith("await ")


@pytest.mark.parametrize(
    "line",
    [
        "get_ipython().run_line_magic('nemo', 'tracks')\n",
        "    get_ipython().run_line_magic('nemo', 'edit x')\n",
        "get_ipython().run_line_magic('time', 'nemo edit')\n",
        "x = 'get_ipython().run_line_magic'\n",
    ],
)
def test_everything_else_stays_as_it_is(line):
    """Quick magics, indented ones and other people's are left alone."""
    assert _awaited(line) == line


@pytest.mark.parametrize("before", ["run = ", "    run = "])
def test_what_is_assigned_is_the_run_wherever_it_stands(before):
    """`run = %nemo edit …` in a loop, or where a cell can't await, is the run all the same."""
    line = "get_ipython().run_line_magic('nemo', 'edit x')\n"
    call = "get_ipython().magics_manager.registry['NemoMagics'].assigned('edit x')\n"
    assert _awaited(before + line, can_await=False) == before + call


@pytest.mark.parametrize("line", ["%nemo ask how long is it?\n", "x = %nemo edit can you cut it?  \n"])
def test_questions_are_not_taken_for_help(line):
    """A question to the agent may end in a question mark; elsewhere the mark still asks IPython for help."""
    assert asking(["%nemo how long is it?\n"])[0].endswith(f"?{MARK}\n"), "it is told how to ask that"
    assert asking([line, "%nemo?\n", "print?\n"])[0].endswith(f"?{MARK}\n")
    assert asking(["%nemo?\n", "print?\n"]) == ["%nemo?\n", "print?\n"]


@pytest.mark.parametrize("line", ["%nemo export?", "  %nemo export ??", "?%nemo export", "%%nemo export?"])
def test_a_subcommand_with_a_question_mark_is_asked_about(line):
    """It is the help on that subcommand, as `%nemo help export`; a cell's text stays as it is."""
    assert asking(["x = 1\n", f"{line}\n"]) == ["x = 1\n", "%nemo help export\n"]
    assert asking(["%%writefile a.txt\n", f"{line}\n"]) == ["%%writefile a.txt\n", f"{line}\n"]


def test_a_variable_is_one_word_whatever_is_in_it():
    """A file's name with spaces in a variable stays one name; a list gives as many."""
    variables = {"clip": "my clip.mp4", "more": ["a b.mov", "c.mov"], "n": 3}
    assert parse("upload {clip} {more} {more[1:]} {n:02d}.mov {{n}}", None, variables)[1].sources == [
        "my clip.mp4",
        "a b.mov",
        "c.mov",
        "c.mov",
        "03.mov",
        "{n}",
    ]
    assert parse("upload $clip $other", None, variables)[1].sources == ["my clip.mp4", "$other"]
    assert parse("edit cut {n} seconds of {{x}}", None, variables)[1].words == "cut 3 seconds of {x}"
    assert parse("edit", "use {clip} as music", variables)[1].words == "use my clip.mp4 as music"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("{a.n}", "3"),
        ("{d['k']} and {d[\"k\"]}", "2 and 2"),
        ("{1+1}", "2"),
        ("{x:02d}", "07"),
        ("{x:>{d['k']}}", " 7"),
        ("{x!r}{x}", "77"),
        ("{[10, 20, 30][1:]}", "[20, 30]"),
        ("{'}' * 2}", "}}"),
        ("{sum(x for _ in range(2))}", "14"),
        ("{{{x}}}", "{7}"),
        ("{{x}} is {x}", "{x} is 7"),
    ],
)
def test_what_stands_in_braces_is_worked_out_as_in_an_f_string(typed, words):
    """An expression in braces is its value, with a format or not; braces that are doubled are braces."""
    variables = {"a": SimpleNamespace(n=3), "d": {"k": 2}, "x": 7}
    assert parse(f"edit say {typed} now", None, variables)[1].words == f"say {words} now"
    assert parse("", f"say {typed} now", variables)[1].words == f"say {words} now"


@pytest.mark.parametrize(
    "typed",
    [
        "{gone}",
        "{max}",
        "{None}",
        "{x.n}",
        "{d['k']}",
        "{1/0}",
        "{}",
        "{ }",
        "{x",
        "x}",
        "{x}}",
        "{x:q}",
        "{x y}",
        "{(}",
    ],
)
def test_braces_that_stand_for_nothing_are_refused(typed):
    """Nobody is sent braces that were to be a value: one line says which, and how to write a brace."""
    for line, cell in (
        (f"edit cut {typed} seconds", None),
        ("edit", f"cut {typed} seconds"),
        (f"undo {typed}", None),
    ):
        with pytest.raises(UsageError) as refused:
            parse(line, cell, {"x": 7})
        assert "\n" not in refused.value.message
        assert "Nothing was sent" in refused.value.hint


@pytest.mark.parametrize("line", ["%nemo undo", "%%time", "%%capture out", "%timeit 1"])
def test_a_magic_in_a_text_is_not_sent_as_words(line):
    """Whichever magic stands in a cell's text, first or further down, is refused; a percentage is not."""
    for cell in (f"{line}\ncut it", f"cut it\n  {line}"):
        with pytest.raises(UsageError, match="stands in the text"):
            parse("edit", cell)
    assert parse("edit", "50% faster\n%50 of it\n% of")[1].words


def test_a_functions_own_variables_come_first():
    """A magic in a function sees its variables before the notebook's, and not one without a value yet."""
    own, later = 1, 2
    del later
    seen = scope({"own": 3, "later": 3, "other": 3})
    assert (seen["own"], seen["other"], "later" in seen) == (own, 3, False)
