"""Letters that can't be drawn as they are written: the answer says which, and what to install."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nemo_widgets.fonts import choice, faces, shaping
from nemo_widgets.studio.agent.edits import letters

RARE, SIGN, OTHER = "\U0003134a", "\U00013000", "\U00013001"
"""A Chinese character of Unicode 15 and two Egyptian ones: none is in the package's fonts."""
SRT = "1\n00:00:01,000 --> 00:00:03,500\nHello {}\n\n2\n00:00:04,000 --> 00:00:06,000\nWorld {}\n"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch):
    """A machine without fonts and without the extra."""
    monkeypatch.setattr(choice, "installed", lambda: ())
    for module in (choice, letters):
        monkeypatch.setattr(module, "of_extra", lambda: ())
    choice.face_of.cache_clear()
    yield
    choice.face_of.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "Zażółć gęślą jaźń",
        "Tiếng Việt",
        "Відео про Київ",
        "這是一個中文標題",
        "日本語",
        "한국어",
        "مرحبا",
        "שלום",
        "हिन्दी",
        "ไทย",
        "👩‍👩‍👧 🇵🇱",
    ],
)
def test_of_what_can_be_drawn_nothing_is_said(text: str, world, do) -> None:
    """The answer repeats the title as it was written, and says nothing of fonts or boxes."""
    done = do(f'add a title "{text}"', world)
    assert done.draft.layout()[1].segments[0].text == text
    assert text in done.reply
    assert "font" not in done.reply
    assert "box" not in done.reply


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            f'add a title "a {SIGN}"',
            ["No font here has “𓀀” (U+13000): it is shown as a box", "apt install fonts-noto", "restart"],
        ),
        (f'add a title "{RARE}"', ["(U+3134A)", 'run `pip install "nemo-widgets[fonts]"`']),
        (f'add a title "{RARE}{SIGN}"', ["they are shown as boxes", "fonts-noto", "nemo-widgets[fonts]"]),
        (
            f"标题：“{SIGN}”",
            ["没有字体能显示“𓀀” (U+13000)", "方框", "重启"],
        ),
        (f'change the title to "{SIGN}"', ["The title is now", "(U+13000)", "box"]),
        (f'add a lower third "Ada" with the second line "{SIGN}"', ["(U+13000)", "box"]),
        (
            f"add these subtitles:\n{SRT.format(SIGN, OTHER)}",
            ["Added 2 subtitles", "(U+13000)", "(U+13001)"],
        ),
    ],
)
def test_what_no_font_has_is_said(sentence: str, words: list[str], world, do) -> None:
    """Which characters, that they are boxes in the film, and what brings them; the text stays."""
    do('add a title "Old"', world)
    world = replace(world, language="zh") if "标题" in sentence else world
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    assert [word for word in words if word not in done.reply] == [], done.reply
    assert SIGN in str(done.draft.data) or RARE in str(done.draft.data)


def test_many_are_counted() -> None:
    """Eight are named, of the others how many there are; in both languages."""
    said = letters.undrawn("".join(map(chr, range(0x13000, 0x13014))))
    assert "and 12 more: they are shown as boxes" in said.en
    assert "等 20 个字符" in said.zh


def test_letters_that_can_not_be_joined_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without FriBiDi a word of Arabic is named, with what to install; of Polish there is nothing to say."""
    monkeypatch.setattr(shaping, "can_shape", lambda: False)
    said = letters.undrawn("Hi مرحبا")
    assert "“مرحبا” can't be joined here, for FriBiDi is missing" in said.en
    assert "FriBiDi" in said.zh
    assert letters.undrawn("Zażółć") == letters.Said()
    assert faces.can_shape() in (True, False)
