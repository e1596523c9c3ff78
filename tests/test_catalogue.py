"""What the package says: every row in both languages, every slot filled, in the language that is spoken."""

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

import nemo_widgets
from nemo_widgets import errors
from nemo_widgets.catalogue import ROWS, english, say, translation
from nemo_widgets.languages import language_of, speaking, spoken, spoken_usually

PACKAGE = Path(nemo_widgets.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
SAYING = ("say", "english")
HAN = re.compile("[\u3400-\u9fff]")
WITHOUT_WORDS = {
    *("end.done.done", "pace.megabytes", "near.or", "names.comma", "server.quoted", "wire.why"),
    *("run.ended", "run.because", "run.of", "run.quoted", "run.emphasised", "run.begun line", "edit.after"),
    *("beside.and", "upload.about", "file.unfit", "server.http", "server.redirect to"),
    *("help.one", "help.line", "args.wrong", "credits.told", "question.words"),
    "table.semicolon",
    *("change.ended", "change.whole", "change.the", "change.The", "change.noun called", "change.extent"),
}
"""Rows in which there is nothing but slots and marks in one of the languages."""


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls():
    """Each call of `say` or `english`: file, line, the row or None, the slots or None where they vary."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
                names = [keyword.arg for keyword in node.keywords]
                given = None if None in names else set(names)
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.args[0], given


def rows_of(node):
    """The rows that a call may mean: a text, one of two, or all that fit an f-string; [] for a variable."""
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return rows_of(node.body) + rows_of(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in node.values]
        return [row for row in ROWS if re.fullmatch("".join(parts), row)]
    return []


@pytest.mark.parametrize("row", ROWS)
def test_a_row_says_the_same_in_both_languages(row):
    """Neither is empty, both have the same slots, and the second is Chinese."""
    english, chinese = ROWS[row]
    assert english
    assert chinese
    assert not HAN.search(english)
    assert HAN.search(re.sub(r"\{[^}]*\}", "", chinese)) or row in WITHOUT_WORDS
    missing = slots(english) ^ slots(chinese)
    assert missing <= {"place", "number", "month"}, "an ordinal and a month's name are English alone"
    for language in ("en", "zh-CN"):
        with speaking(language):
            assert "{" not in say(row, **dict.fromkeys(slots(english) | slots(chinese), 1))


def test_every_call_names_a_row_and_fills_its_slots():
    """There is such a row, and what it has slots for is given."""
    seen = 0
    for where, node, given in calls():
        for row in rows_of(node):
            seen += 1
            assert row in ROWS, where
            wanted = slots(ROWS[row][0]) | slots(ROWS[row][1])
            assert given is None or given == wanted, (where, row, given)
    assert seen > len(ROWS) / 2


def test_every_row_is_said_somewhere():
    """A row that nobody says is no promise: each is named by a call, or by a table of rows beside one."""
    texts = "\n".join(path.read_text("utf-8") for path in SOURCES if path.parent.name != "catalogue")
    named = {row for _, node, _ in calls() for row in rows_of(node)}
    hints = {f"hint.{name}" for name in errors.__all__}
    ends = {row for row in ROWS if row.startswith("end.")}
    unsaid = {row for row in ROWS.keys() - named - hints - ends if f'"{row}"' not in texts}
    ifs = {row for row in unsaid if not row.startswith(("upload.is there", "upload.are there"))}
    assert not ifs


def test_the_language_is_that_of_the_run_then_the_session_then_the_system(monkeypatch):
    """Whoever says nothing of it speaks the system's; what is said inside of a run is that of the run."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    spoken_usually("")  # a session of another test may still be the present one
    assert spoken() == "zh-CN"
    assert say("session.none") == "还没有会话。"
    spoken_usually("de")
    try:
        assert say("session.none") == "There is no session yet."
        with speaking("zh"):
            assert say("session.none") == "还没有会话。"
    finally:
        spoken_usually("")
    monkeypatch.setenv("LC_ALL", "C")
    assert say("session.none") == "There is no session yet."


@pytest.mark.parametrize(
    ("message", "usual", "language"),
    [
        ("剪掉停顿", "en", "zh"),
        ("cut the pauses", "zh-CN", "en"),
        ("undo", "zh-CN", "zh-CN"),
        ('add the title "你好" at the start', "en", "en"),
        ("加标题“Hello World”", "en", "zh"),
        ("…", "zh-CN", "zh-CN"),
    ],
)
def test_a_message_is_in_the_language_of_its_script(message, usual, language):
    """What is quoted in it tells nothing."""
    assert language_of(message, usual) == language


def test_an_errors_hint_is_in_the_language_too():
    """Each class that has a hint of its own has it in both, and its heirs have that of the nearest."""
    with speaking("zh-CN"):
        assert errors.NotConnected("x").hint.startswith("请先运行 `%nemo connect --local`")
        assert errors.UploadUnclear("x").hint == errors.UploadUnknown("x").hint
        assert "支持：mp4, mov" in errors.UnsupportedFile("x").hint
    assert errors.StoreError("x").hint == ""


@pytest.mark.parametrize("variable", ["LC_ALL", "LANG"])
def test_a_program_under_a_chinese_system_is_told_in_chinese(variable, tmp_path):
    """Errors before any session are in the system's language, message and hint."""
    code = "import nemo_widgets as n\ntry: n.current()\nexcept n.NemoError as e: print(e.message, e.hint)"
    environment = {variable: "zh_CN.UTF-8", "PYTHONPATH": str(PACKAGE.parent), "HOME": str(tmp_path)}
    environment |= {"PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("还没有会话。 请先运行")


def test_what_a_studio_refuses_in_english_is_told_in_chinese():
    """The client knows a studio's sentence again, the reasons within it too; anything else stays as it is."""
    line = english("media.line", line=3, why=english("media.no times", text="a, b"))
    subtitles = english("media.no subtitles", name="a.srt", why=line)
    pdf = english("media.unread", name="“a”", what=english("unread.pdf"), instead=english("unread.as page"))
    assert translation(subtitles) == subtitles
    with speaking("zh-CN"):
        assert translation(subtitles).startswith("“a.srt”无法当作字幕读取。第 3 行：“a, b”前面没有时间")
        assert translation(pdf) == "“a” 是 PDF 文档，无法读取。请把页面导出为 PNG，再上传。"
        assert translation("No room today.") == "No room today."
        for row in (row for row in ROWS if row.startswith(("media.", "film."))):
            told = english(row, **dict.fromkeys(slots(ROWS[row][0]), "x"))
            assert translation(told) == say(row, **dict.fromkeys(slots(ROWS[row][0]), "x")), row
