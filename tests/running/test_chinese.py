"""Who works in Chinese is told everything in Chinese: heads, progress, ends, errors and what to do next."""

import contextlib
import re

import pytest
from limits import UNHURRIED
from spoken_words import english

import nemo_widgets as nemo
from nemo_widgets import errors, live
from nemo_widgets.client import ClientSettings
from nemo_widgets.errors import NemoError
from nemo_widgets.languages import speaking
from nemo_widgets.magics.actions import perform
from nemo_widgets.question import Question
from nemo_widgets.run_words import asides, headline, under_way
from nemo_widgets.testing import CUT, FastClock, ScriptedBackend


@pytest.fixture
def backend():
    with ScriptedBackend(clock=FastClock(1000)) as made:
        yield made


@pytest.fixture
def shown(monkeypatch):
    """What is shown beside the runs."""
    told = []
    monkeypatch.setattr(live, "show_markdown", lambda words, *_: told.append(words))
    return told


@pytest.fixture
def session(backend, monkeypatch, tmp_path, shown):
    """A session in Chinese with the backend."""
    del shown
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NEMO_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setenv("NEMO_API_URL", backend.url)
    monkeypatch.setenv("NEMO_TOKEN", "nmv_usr_canary_0123456789")
    settings = ClientSettings(
        clock=FastClock(1000), **UNHURRIED, attempts=1, backoff_s=0.01, backoff_most_s=0.02
    )
    made = nemo.connect(settings=settings, language="zh-CN")
    yield made
    made.disconnect()


@pytest.fixture
def clip(tmp_path):
    (path := tmp_path / "a.mov").write_bytes(b"\0\0\0\x18ftypmp42" + b"a" * 40)
    return path


def told(work):
    """The message and hint of the error that a call raises."""
    with pytest.raises(NemoError) as caught:
        work()
    return f"{caught.value.message} {caught.value.hint}"


def test_what_a_user_meets_most_is_told_in_chinese(session, backend, clip, tmp_path):
    """No file, no type, nothing to export, no edit to repeat, no video, no such run or session, no moment."""
    (notes := tmp_path / "notes.txt").write_text("my plan")
    works = [
        lambda: session.upload(tmp_path / "missing.mp4"),
        lambda: session.upload(notes),
        lambda: session.upload("x*.mp4"),
        session.upload,
        session.export,
        session.again,
        session.play,
        lambda: session.export("film.xyzmp4/"),
        lambda: session.edit(" "),
        lambda: session.undo(0),
        lambda: session.frame("soon"),
        lambda: nemo.attach("edit-none2"),
        lambda: session.answer("1"),
    ]
    for work in works:
        said = told(work).partition("支持：")[0].replace("notes.txt", "").replace("film.xyzmp4", "")
        assert english(said) == []
    assert len(backend.requests_to("/api/upload-video")) == 0
    assert clip.exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [(2001, "积分已经用完"), (1001, "令牌不正确或已过期"), (402, "套餐"), (429, "请求太频繁")],
)
def test_what_the_server_refuses_is_told_in_chinese(session, backend, clip, code, words):
    """By the protocol's table, with what to do."""
    session.upload(clip)
    backend.error("POST /run_sse", code=code, times=9)
    said = told(lambda: session.edit("剪掉停顿"))
    assert words in said
    assert english(said.replace("That can't be done.", "")) == [], "the server's own words apart"


def test_a_broken_answer_and_its_truth_are_told_in_chinese(session, backend, clip):
    """The connection broke, the edit was made all the same or was not: nothing of it is English."""
    session.upload(clip)
    backend.reply("好", events=[CUT])
    run = session.start("剪掉停顿")
    notes = []
    run.on_update(lambda: notes.append(f"{run.phase} {run.note}"))
    said = told(run.result)
    assert "剪辑没有完成，没有任何改动。" in said
    assert english(said + headline(run)) == []
    assert english("".join(notes)) == []
    assert english(under_way(run)) == []
    backend.reply("", draft={"t": []})
    made = session.edit("剪掉停顿")
    assert asides(made) == ["助手没有说话就完成了剪辑。变化如下："]


def test_an_english_instruction_in_a_chinese_session_is_told_in_english(session, backend, clip):
    """And a Chinese one in Chinese, whatever the session: as the agent answers, by the script."""
    session.upload(clip)
    backend.reply("Done.")
    assert headline(session.edit("cut the pauses please")).startswith("Edit · ")
    assert headline(session.edit("剪掉停顿")).startswith("剪辑 · ")


def test_an_upload_in_part_is_told_in_chinese(session, clip, tmp_path):
    """Each file with its reason, those that are there, and what `again` sends."""
    said = told(lambda: session.upload(clip, tmp_path / "b.mov"))
    assert said.startswith("2 个文件中有 1 个没有上传：没有文件 ")
    assert said.endswith("a.mov 已经上传，不用再传；`%nemo again` 只传另一个。")
    assert headline(session.runs[-1], whole=False).startswith("上传完成了一部分，2 个文件中到了 1 个 · ")


@pytest.mark.parametrize(
    "line", ["cancle", "exprot x.mp4", "upload", "edit", "frame soon", "cancel", "attach"]
)
@pytest.mark.usefixtures("session")
def test_the_magics_are_told_in_chinese(shown, line):
    """Slips of the pen, what is missing, and what there is to say of nothing."""
    shell = type("Shell", (), {"user_ns": {}})()
    shown.clear()
    try:
        perform(shell, line, None)
        said = " ".join(shown)
    except NemoError as error:
        said = f"{error.message} {error.hint}"
    allowed = {
        "nemo",
        "exprot",
        "cancle",
        "upload",
        "FILE",
        "LINK",
        "the",
        "following",
        "arguments",
        "are",
        "required",
    }
    assert [word for word in english(said) if word not in allowed] == []
    assert re.search("[\u4e00-\u9fff]", said)


@pytest.mark.usefixtures("session")
def test_what_is_asked_for_is_told_in_the_language_of_its_words(shown):
    """Of credits, say, which no agent hears of: asked in English, a Chinese session answers in English."""
    shell = type("Shell", (), {"user_ns": {}})()
    answers = []
    for words in ("还有多少积分", "how many credits are left"):
        shown.clear()
        perform(shell, f"ask {words}", None)
        answers.append(" ".join(shown))
    assert re.search("[\u4e00-\u9fff]", answers[0])
    assert "credits" in answers[1]
    assert not re.search("[\u4e00-\u9fff]", answers[1])


def test_a_run_is_told_in_the_language_of_the_words_that_asked_for_it(session, backend, clip, monkeypatch):
    """An export and an upload asked for in English in a Chinese session, and one in Chinese beside them."""
    session.upload(clip)
    backend.render()
    monkeypatch.chdir(clip.parent)  # where the film goes
    shell = type("Shell", (), {"user_ns": {}})()
    for words, head in (
        ("export it", "Exported"),
        ("导出视频", "已导出"),
        (f"upload {clip}", "Upload"),
    ):
        run = perform(shell, f"ask {words}", None).run
        with contextlib.suppress(NemoError):
            run.result()
        assert headline(run).startswith(head)


def test_no_server_is_told_in_chinese(monkeypatch, tmp_path):
    """Where nothing answers, the language that was asked for holds already."""
    monkeypatch.setenv("NEMO_JOURNAL", str(tmp_path / "journal"))
    settings = ClientSettings(attempts=1)
    with pytest.raises(errors.ConnectError) as caught:
        nemo.connect(
            url="http://127.0.0.1:9", token="nmv_usr_" + "t" * 40, language="zh-CN", settings=settings
        )
    assert caught.value.message.startswith("无法连接 http")
    assert caught.value.hint.startswith("地址正确吗？")


def test_a_chinese_question_is_framed_in_chinese():
    """How one answers, what became of it, and what is wrong with an answer; an English one in English."""
    items = [
        {
            "id": "q",
            "prompt": "哪种转场？",
            "options": [{"label": "叠化"}, {"label": "硬切"}],
            "multiple": True,
        }
    ]
    asked = Question.from_args({"questions": items})
    assert asked.plain().endswith("请用 %nemo answer 1,2 回答，或者用自己的话。")
    assert "（可多选）" in asked.markdown().replace("(", "（").replace(")", "）")
    assert english(asked.markdown() + asked.plain("叠化") + asked.plain("", "剪掉停顿")) == []
    with speaking("zh-CN"), pytest.raises(ValueError, match="没有选项 '3'。可选：1 叠化, 2 硬切。"):
        asked.parse("3")
    plain = Question.from_args({"questions": [{**items[0], "prompt": "Which transition do you want?"}]})
    assert "Answer with %nemo answer 1,2, or in words of your own." in plain.plain()


def test_a_session_is_a_card_in_chinese(session, clip):
    """Who is talked to, what was done."""
    session.upload(clip)
    told = session._repr_mimebundle_()[0]["text/plain"]
    assert "1 次上传" in told
    assert english(told.partition("技能")[0].replace("http", "")) == []
    assert session.status().startswith("时间线（1 条轨道）")
    assert repr(session.timeline).startswith("时间线（1 条轨道）")
