"""What an answer says of letters that can't be drawn as they are written."""

from __future__ import annotations

from nemo_widgets.fonts import missing, needs_shaping, of_extra
from nemo_widgets.studio.words import Said

__all__ = ["undrawn"]

_MOST_NAMED = 8
_EAST_ASIAN = ((0x2E80, 0xA4D0), (0xAC00, 0xD800), (0xF900, 0xFB00), (0xFE30, 0xFE50), (0x20000, 0x33480))
"""Where the letters are that the extra `fonts` brings."""


def undrawn(*written: str) -> Said:
    """Which letters of these texts are shown as boxes, or not joined, and what to install; else nothing."""
    text = "\n".join(written)
    gone, notes = missing(text), Said()
    if gone:
        named = [f"“{char}” (U+{ord(char):04X})" for char in gone[:_MOST_NAMED]]
        more = len(gone) - len(named)
        en = ", ".join(named) + (f" and {more} more" if more else "")
        zh = "、".join(named) + (f"等 {len(gone)} 个字符" if more else "")
        it, box = ("it", "it is shown as a box") if len(gone) == 1 else ("them", "they are shown as boxes")
        way = _way(gone, it)
        notes += Said(
            f"No font here has {en}: {box}. To see {it}, {way.en} and restart the kernel.",
            f"这里没有字体能显示{zh}，画面里显示为方框。要显示出来，请{way.zh}，然后重启内核。",
        )
    if apart := needs_shaping(text):
        notes += Said(
            f"Letters as in “{apart}” can't be joined here, for FriBiDi is missing: they stand side by side. "
            "Install it (`apt install libfribidi0`, `brew install fribidi`) and restart the kernel.",
            f"这里缺少 FriBiDi，“{apart}”这样的字母无法连写，只能逐个排列。"
            "请安装它（`apt install libfribidi0` 或 `brew install fribidi`），然后重启内核。",
        )
    return notes


def _way(gone: list[str], it: str) -> Said:
    """What to do so that fonts have these letters."""
    if not of_extra() and all(any(first <= ord(char) < end for first, end in _EAST_ASIAN) for char in gone):
        return Said('run `pip install "nemo-widgets[fonts]"`', '运行 `pip install "nemo-widgets[fonts]"`')
    return Said(
        f"install a font that has {it} (on Debian and Ubuntu: `apt install fonts-noto`; for rare Chinese, "
        'Japanese and Korean: `pip install "nemo-widgets[fonts]"`)',
        "安装含有这些字符的字体（Debian 和 Ubuntu：`apt install fonts-noto`；"
        '生僻的中日韩文字：`pip install "nemo-widgets[fonts]"`）',
    )
