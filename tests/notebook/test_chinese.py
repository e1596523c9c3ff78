"""Under a Chinese system a walk through a notebook is told in Chinese, to the last button."""

import re

import pytest
from notebook.conftest import Kernel

from nemo_widgets.studio import samples

CELLS = """
%load_ext nemo_widgets
%nemo edit x
%nemo connect --local --skill nope
%nemo connect --local
%nemo tracks
%nemo upload missing.mp4
%nemo upload bad.mp4
%nemo upload a.pdf
%nemo upload speech.mp4
%nemo edit 剪掉停顿，第一段变成黑白
%nemo edit 把它弄得像梦一样
%nemo undo
%nemo frame soon
%nemo export x.avi
%nemo export z.mp4 --resolution 9k
%nemo play speech.mp4
%nemo credits
%nemo what
%nemo help
%nemo help export
%nemo export --format xyz
%nemo frobnicate
%nemo ask {nope}
%nemo cancel
%nemo again
%nemo disconnect
""".strip().splitlines()
SENTENCE = re.compile(r"[A-Za-z][A-Za-z'’]+(?: +[A-Za-z][A-Za-z'’]+){2,}")
"""Three Latin words in a row."""
THEIRS = re.compile(
    r"```.*?```|`[^`]*`|%nemo [^，。\n]*|<[^>]*>|\S+\.(?:mp4|pdf)|AI Video Editor\b[\w ]*|Video \w+ [\w ]+",
    re.DOTALL,
)
"""Code, commands as they are typed, files, and the skills' names."""
PICTURES = ("image/png", "image/jpeg", "text/html")


def texts(value):
    """All words in what a cell shows, and in what its widgets hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from () if name in (*PICTURES, "_esm", "_css", "poster") else texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from texts(held)


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """What each cell has shown, and the states of all widgets at the end."""
    folder, home = tmp_path_factory.mktemp("notebook"), tmp_path_factory.mktemp("home")
    env = {"NEMO_STUDIO_DATA": str(home / "studio"), "HOME": str(home), "IPYTHONDIR": str(home / "ipython")}
    env |= {"NEMO_JOURNAL": str(home / "runs"), "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "", "PYTHONUTF8": "1"}
    samples.make("speech", folder)
    (folder / "bad.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + b"a" * 4000)
    (folder / "a.pdf").write_bytes(b"%PDF-1.4")
    with Kernel(folder, env).running() as kernel:
        shown = {cell: [dict(output) for output in kernel.run(cell)] for cell in CELLS}
        shown["widgets"] = list(kernel.client.widget_state.values())
    return shown


def test_nothing_shown_under_a_chinese_system_is_an_english_sentence(walk):
    """Cards, heads, answers, errors and hints, help, alternative texts, and what the widgets may yet say."""
    for cell, outputs in walk.items():
        told = " ".join(texts(outputs))
        assert SENTENCE.findall(THEIRS.sub("·", told)) == [], cell
    assert len(walk["widgets"]) > 10
    assert "取消" in str(walk["widgets"])
    assert "无法当作片段打开" in str(walk["%nemo upload bad.mp4"]), "a studio's own reason"
    assert "最接近的是 4k" in str(walk["%nemo export z.mp4 --resolution 9k"]), "a render's"
