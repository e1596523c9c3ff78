"""In which forms Chinese characters are drawn: what a text, texts and a language tell."""

from __future__ import annotations

import pytest

from nemo_widgets.fonts import forms_of, forms_of_all, forms_of_language


@pytest.mark.parametrize(
    "text", ["働く人", "駅前", "図書館", "東京", "ｱｲｽ", "한국", "說話", "臺北", "ㄅㄆㄇ", "發展"]
)
def test_letters_of_the_east_tell(text: str) -> None:
    """Kana, Hangul, Bopomofo, and characters that Japan, Korea or Taiwan write and the mainland does not."""
    assert forms_of(text) == "east"


@pytest.mark.parametrize("text", ["说话", "东京", "这个", "发展", "我们の店这里"])
def test_letters_of_the_mainland_tell(text: str) -> None:
    """Simplified characters that no other side writes; one kana among several of them is decoration."""
    assert forms_of(text) == "mainland"


@pytest.mark.parametrize(
    "text", ["", "骨直海", "大海", "会社", "〇々", "朱镕基", "Привет", "Urban Dreams 🎬"]
)
def test_what_either_side_writes_tells_nothing(text: str) -> None:
    """Nor does a rare character that no side's usual set has, or a letter of another script."""
    assert forms_of(text) == ""


def test_the_most_of_several_texts_tell() -> None:
    """Those that tell nothing are not counted, and as many of either side tell nothing."""
    assert forms_of_all(["骨", "骨", "です"]) == "east"
    assert forms_of_all(["说话", "です", "说"]) == "mainland"
    assert forms_of_all(["说话", "です"]) == ""
    assert forms_of_all([]) == ""


@pytest.mark.parametrize(
    ("code", "forms"),
    [("ja", "east"), ("ko-KR", "east"), ("zh-TW", "east"), ("zh_HK", "east"), ("zh-Hant", "east"),
     ("yue", "east"), ("zh", "mainland"), ("zh-CN", "mainland"), ("zh-Hans", "mainland"), ("en", ""),
     ("jam", ""), ("", "")],
)  # fmt: skip
def test_a_language_tells(code: str, forms: str) -> None:
    """However its code is written; one that has no Chinese characters tells nothing."""
    assert forms_of_language(code) == forms
