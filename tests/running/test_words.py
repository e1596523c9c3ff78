"""What is said of a run: its beginning, its end, its question; and nothing that a terminal would obey."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from limits import UNHURRIED
from spoken_words import english

import nemo_widgets
from nemo_widgets.draft import Draft, describe, summary
from nemo_widgets.errors import (
    AgentError,
    ConnectError,
    NemoError,
    OutcomeUnknown,
    Refused,
    RenderGone,
    TimedOut,
)
from nemo_widgets.journal import Place
from nemo_widgets.printable import printable
from nemo_widgets.question import Question
from nemo_widgets.run_output import bundle, markdown, plain
from nemo_widgets.run_words import asides, begun, headline, lost, spoken, start
from nemo_widgets.running import EditRun, ExportRun, Run, UploadRun
from nemo_widgets.running.run import Row

KINDS: dict[str, type[Run]] = {"edit": EditRun, "export": ExportRun, "upload": UploadRun}


def run_of(kind: str, state: str = "done", outcome: str = "done", language: str = "en", **more: Any) -> Any:
    """A run as it stands at that end, after two seconds."""
    run = KINDS[kind].__new__(KINDS[kind])
    entry = SimpleNamespace(attached=False, record=SimpleNamespace(created="2026-11-30T06:29:00+00:00"))
    common = {"id": f"{kind}-7kq2m", "request": "rel.mp4", "text": "", "phase": "", "rows": {}, "error": None}
    own = {"_begun": 0.0, "_ended": 2.0, "_entry": entry, "pictures": [], "lines": [], "target": None}
    own |= {"video": None, "sources": ["rel.mp4"], "_took": {}, "_asked_in": ""}
    own |= {"_connection": SimpleNamespace(place=Place(language=language))}
    vars(run).update({**common, **own, "state": state, "outcome": outcome, **more})
    return run


BROKE = ConnectError("The server broke the connection.", hint="Is it running?")
HALF = {"render": Row("Render", 0.34)}
LEFT = "Export left behind at 34% of the render after 2.0 s; `%nemo attach export-7kq2m` goes on with it."
FILES = {"0": Row("a.mp4", 1.0, "", "done"), "1": Row("b.mp4", 0.4), "2": Row("c.mp4", 0.0)}
ONE = Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "s", "name": "a"}}]}]})
SAME = {"before": ONE, "after": ONE}
ENDS = [
    ("edit", "done", "done", {}, "Edit · 2.0 s"),
    ("edit", "done", "refused", {}, "Edit · 2.0 s · refused: nothing was changed"),
    ("edit", "done", "asked", {}, "Edit · 2.0 s · waits for your answer"),
    ("edit", "done", "asked", {"answer": "hard cut"}, "Edit · 2.0 s · asked back"),
    ("edit", "done", "asked", {"went_on": "cut it"}, "Edit · 2.0 s · asked back"),
    ("edit", "done", "done", SAME, "Edit · 2.0 s · the timeline is as it was"),
    ("edit", "done", "done", {**SAME, "read": False}, "Edit · 2.0 s"),
    ("edit", "done", "done", {**SAME, "request": "how long is it?"}, "Question · 2.0 s"),
    ("edit", "done", "done", {"partly": True}, "Edit · 2.0 s · made in part, the rest was refused"),
    ("edit", "done", "unknown", {}, "Edit · 2.0 s · outcome unknown: `%nemo attach edit-7kq2m` finds it out"),
    (
        "edit",
        "failed",
        "not done",
        {"error": BROKE},
        "Edit not done after 2.0 s: The server broke the connection. Is it running?",
    ),
    (
        "edit",
        "failed",
        "unknown",
        {"error": OutcomeUnknown("It broke.", hint="")},
        "Edit: outcome unknown after 2.0 s: It broke.",
    ),
    (
        "edit",
        "failed",
        "done",
        {"error": AgentError("Out of tokens.", hint="")},
        "Edit made, with an error, after 2.0 s: Out of tokens.",
    ),
    ("edit", "failed", "asked", {"error": Refused("Which?\n  1. one")}, "Edit asked back after 2.0 s."),
    (
        "edit",
        "failed",
        "refused",
        {"error": Refused("I can't.\n\nTry a title.")},
        "Edit refused after 2.0 s.",
    ),
    (
        "edit",
        "failed",
        "not done",
        {"error": AgentError("Out of\n\nmemory.", hint="")},
        "Edit not done after 2.0 s: Out of memory.",
    ),
    ("edit", "cancelled", "not done", {}, "Edit cancelled after 2.0 s."),
    ("edit", "cancelled", "done", {}, "Edit: the stop came too late after 2.0 s, it was made."),
    (
        "edit",
        "cancelled",
        "unknown",
        {},
        "Edit: stopped waiting after 2.0 s; `%nemo attach edit-7kq2m` finds out the outcome.",
    ),
    (
        "export",
        "failed",
        "unknown",
        {"error": TimedOut("No answer came for 10 min."), "rows": HALF},
        f"{LEFT} No answer came for 10 min.",
    ),
    (
        "export",
        "failed",
        "unknown",
        {"error": RenderGone("The server does not know it.", hint="Export again."), "rows": HALF},
        "Export: outcome unknown after 2.0 s: The server does not know it. Export again.",
    ),
    (
        "export",
        "failed",
        "not done",
        {"error": NemoError("The job failed."), "rows": HALF},
        "Export failed at 34% of the render after 2.0 s: The job failed.",
    ),
    (
        "export",
        "cancelled",
        "cancelled",
        {"rows": HALF},
        "Export cancelled at 34% of the render after 2.0 s.",
    ),
    (
        "upload",
        "failed",
        "not done",
        {"error": NemoError("b.mp4 is empty."), "rows": FILES},
        "Upload failed, 1 of 3 files there, after 2.0 s: b.mp4 is empty.",
    ),
    ("upload", "running", "", {}, "Upload under way for 2.0 s"),
]


@pytest.mark.parametrize(("kind", "state", "outcome", "more", "said"), ENDS)
def test_each_end_has_its_headline(
    kind: str, state: str, outcome: str, more: dict[str, Any], said: str
) -> None:
    """How a run ended is said in one line: how far it got, what is not known, and how to go on."""
    assert headline(run_of(kind, state, outcome, **more)) == said


@pytest.mark.parametrize(("kind", "state", "outcome", "more", "said"), ENDS)
def test_each_end_has_its_headline_in_chinese(kind, state, outcome, more, said):
    """As in English, apart from what a server or an agent said."""
    del said
    asked = {"request": "它有多长？"} if "request" in more else {}
    run = run_of(kind, state, outcome, language="zh-CN", **{**more, **asked})
    told = headline(run, whole=False)
    assert re.search("[\u4e00-\u9fff]", told)
    assert english(told) == []
    assert english(begun(run)[1] + lost(run) + start(run)) == []


@pytest.mark.parametrize(("kind", "state", "outcome", "more", "said"), [e for e in ENDS if e[3].get("error")])
def test_an_error_is_told_once(kind: str, state: str, outcome: str, more: dict[str, Any], said: str) -> None:
    """Where the error stands below, the line above it does not repeat it; it is the same up to there."""
    run = run_of(kind, state, outcome, **more)
    short = headline(run, whole=False)
    assert said.startswith(short.removesuffix("."))
    assert run.error.message not in short
    assert run.error.message not in "".join(bundle(run, whole=False)[0].values())


def test_the_beginning_is_true_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was begun, when, and how to go on with it, in text and in Markdown; no folder of the machine."""
    monkeypatch.chdir(tmp_path)
    at = datetime.fromisoformat("2026-11-30T06:29:00+00:00").astimezone()
    when = f"begun {at:%H:%M} on {at.day} {at:%B %Y}"
    text, marked = begun(run_of("export", "queued", "", target=tmp_path / "my *rel*.mp4"))
    on = "`%nemo attach export-7kq2m` goes on with it, `%nemo play 'my *rel*.mp4'` plays it once it is there."
    assert text == f"Export of my *rel*.mp4, {when}; {on.replace('`', '')}"
    assert marked == rf"Export of my \*rel\*\.mp4, {when}; {on}"
    away = begun(run_of("export", "queued", "", target=tmp_path.parent / "rel.mp4"))[0]
    assert away == f"Export of rel.mp4, {when}; %nemo attach export-7kq2m goes on with it."
    assert begun(run_of("edit", request="cut\nthe pauses " * 20))[0].startswith(
        "Edit “cut the pauses cut the"
    )
    assert lost(run_of("upload")) == "The kernel stopped. `%nemo attach upload-7kq2m` goes on with it."


def test_a_question_is_told_once() -> None:
    """What the form shows is not in the answer above it as well; other words of the answer stay."""
    options = [{"label": "remove clip 2"}, {"label": "cut the *pauses*"}]
    asked = Question.from_args(
        {"title": "Which?", "questions": [{"prompt": "Which one?", "options": options}]}
    )
    text = "I looked at it.\n\nWhich one?\n\n- remove clip 2\n2. cut the *pauses*\n\nNothing was changed."
    run = run_of("edit", "done", "asked", text=text, question=asked)
    assert spoken(run) == "I looked at it.\n\nNothing was changed."
    assert plain(run, question=True).count("remove clip 2") == 1
    assert "remove clip 2" not in markdown(run)
    run.question = None
    assert spoken(run) == text


@pytest.mark.parametrize(
    ("why", "more", "said"),
    [
        ("No answer came for 10 min.", {}, ["No answer came for 10 min; MADE"]),
        ("The connection to 127.0.0.1 broke (Reset).", {}, ["The connection broke off; MADE"]),
        ("The answer stopped in the middle.", {}, ["The answer stopped in the middle; MADE"]),
        ("It broke.", {"silent": True}, ["It broke; MADE", "What changed:"]),
        (
            "HTTP 500.",
            {"unheard": True},
            ["HTTP 500; the timeline has changed since, it seems by this edit."],
        ),
        ("", {"silent": True}, ["The agent made the edit without a word. What changed:"]),
        ("", {"silent": True, "after": Draft()}, ["The agent ended without a word."]),
        ("", {}, []),
        ("", {"tool_failure": "Locked."}, ["A tool of the agent's failed: Locked."]),
        ("", {"tool_failure": "What the tool did was not applied."}, ["What the tool did was not applied."]),
    ],
)
def test_what_is_said_before_an_answer_is_so(why: str, more: dict[str, Any], said: list[str]) -> None:
    """That it broke off is said where it did; a time-out is called one; 'what changed' follows a change."""
    run = run_of("edit", **{"before": Draft(), "after": ONE, "recovered": bool(why), "why": why, **more})
    made = "the edit was made all the same."
    assert asides(run) == [line.replace("MADE", made) for line in said]


EVIL = "\x1b]0;owned\x07a\x1b[2J\x1b[31mb\x9b1mc\x1bP1$r\x1b\\d\x00\x08\r\x7f\x85\u202ee\u2066f\u2028"


def test_nothing_of_others_is_obeyed_by_a_terminal() -> None:
    """Of text that others wrote only the words are left, wherever it is told."""
    assert printable(EVIL) == "abcdef"
    assert printable("a\tb\nc é 中 🎬 ‍") == "a\tb\nc é 中 🎬 ‍"
    error = NemoError(EVIL, hint=EVIL, request_id=EVIL)
    assert str(error) == "[abcdef] abcdef. abcdef"
    assert "abcdef" in repr(error)
    assert EVIL not in repr(error)
    draft = Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "s", "name": EVIL}}]}]})
    told = [repr(draft), summary(draft), draft.segments.to_string(), draft.tracks.to_string()]
    run = run_of("edit", text=EVIL, request=EVIL, error=error)
    told += [plain(run), markdown(run), headline(run), repr(run), *begun(run), lost(run), *describe([])]
    for words in told:
        assert printable(words) == words, words


@pytest.mark.parametrize("outcome", ["done", "refused", "asked"])
def test_a_runs_repr_says_what_became_of_it(outcome: str) -> None:
    """A refused edit is not called done, wherever a program prints it."""
    assert f" {outcome} 2.0 s" in repr(run_of("edit", state="done", outcome=outcome))
    assert " running 2.0 s" in repr(run_of("edit", state="running", outcome=""))
    assert " refused 2.0 s" in repr(run_of("edit", state="failed", outcome="refused"))  # as `strict` has it


TERMINAL = '''
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="nocolor")
run = shell.run_cell
run("%load_ext nemo_widgets")
run("""
import nemo_widgets as nemo
from nemo_widgets.testing import FastClock, ScriptedBackend
clock = FastClock(300)
backend = ScriptedBackend(clock=clock).open()
backend.reply("Cut \\x1b]0;owned\\x07it \\x1b[2Jnow.", events=["Look… ", 200])
s = nemo.connect(url=backend.url, token="t", settings=nemo.ClientSettings(clock=clock, **UNHURRIED))
s.upload(nemo.sample("scenes"))
print("-" * 8)
""")
run("%nemo edit cut \\x1b[31mthe pauses")
run("print(s.runs[-1].text)")
run("%nemo upload nowhere.mp4")
'''.replace("UNHURRIED", str(UNHURRIED))


def test_a_terminal_is_told_what_began_what_takes_long_and_how_it_ended(tmp_path: Path) -> None:
    """In IPython without a kernel there are lines of words, the two-minute word, and each error once."""
    ran = subprocess.run(
        [sys.executable, "-c", TERMINAL],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    said = ran.stdout.split("-" * 8)[1].strip()
    assert "\x1b" not in said.partition("\x1b[31mUploadError")[0], "only what colours an error is ours"
    assert "\x07" not in said
    lines = said.splitlines()
    assert lines[0] == "Edit “cut the pauses” …"
    assert "Still working… 2 min" in lines
    assert said.count("it now.") == 2, "the answer, and the run's own text"
    assert said.index("Still working") < said.index("it now.")
    assert said.count("nowhere.mp4") == 1, "the error alone, as nothing was sent"


def test_what_is_shown_needs_no_font_of_pictures():
    """No emoji and no clock is among the words of ours: where there is no font for them they are boxes."""
    root = Path(nemo_widgets.__file__).parent
    ours = [
        *root.glob("*.py"),
        *(p for sub in ("running", "magics", "widgets") for p in (root / sub).glob("*")),
    ]
    read = {path: path.read_text(encoding="utf-8") for path in ours if path.suffix in (".py", ".js", ".css")}
    assert len(read) > 80
    pictures = re.compile("[\u2300-\u23ff\u2600-\u26ff\U0001f000-\U0001ffff]")
    assert {path.name for path, words in read.items() if pictures.search(words)} == {"printable.py"}
