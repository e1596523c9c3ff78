"""Why something is to be done, said before what: the reason is no instruction of its own."""

from __future__ import annotations

import pytest
from studio.agent.instructions.checks import Check, any_of, asks, unchanged
from studio.agent.instructions.cutting import gone, kept, split_at
from studio.agent.instructions.furnishing import frame, music
from studio.agent.instructions.judging import try_row
from studio.agent.instructions.manner import clip, joined, look

ROWS: list[tuple[str, str, tuple[Check, ...]]] = [
    ("the intro drags, lose the first 12 seconds", "interview", (kept((12, 180)),)),
    ("this is way too long, keep the first minute", "interview", (kept((0, 60)),)),
    ("开头太拖了，剪掉前12秒", "interview", (kept((12, 180)),)),
    ("the intro drags", "interview", (unchanged(),)),
    ("the voice is too quiet, raise it by 6 dB", "interview", (clip("all", volume=1.995),)),
    ("人声大一点，加6分贝", "interview", (clip("all", volume=1.995),)),
    ("the music's too loud, set it to 20%", "edited", (music(volume=0.2),)),
    ("there are too many pauses, take them out", "interview", (gone((90.4, 93.6)),)),
    ("停顿太多了，都剪掉", "interview", (gone((90.4, 93.6)),)),
    ("停顿缩短到0.3秒", "interview", (gone((90.2, 93.8)),)),
    ("从一分钟开始删5秒", "interview", (kept((0, 60), (65, 180)),)),
    ("在45秒和1分半的地方各切一刀", "interview", (split_at(45, 90),)),
    (
        "remove the kiss, and crossfade between clips",
        "film",
        (gone((60.1, 68.3)), joined("crossfade")),
    ),
    (
        "make it 9:16, b&w, and mute the sound",
        "interview",
        (frame(9, 16), clip("all", looks=look("bw"), volume=0)),
    ),
    ("can we keep the night clip?", "trip", (unchanged(),)),
    ("hill the title", "edited", (unchanged(),)),
    ("it works for tiktok", "interview", (unchanged(),)),
    ("音乐加到50%", "edited", (music("lofi", volume=0.5),)),
    ("trim the end by 10 seconds", "interview", (kept((0, 170)),)),
    ("首尾各剪5秒", "interview", (kept((5, 175)),)),
    ("make it black and white and mute the sound", "edited", (any_of(asks(), unchanged()),)),
]


@pytest.mark.parametrize(("said", "world", "checks"), ROWS)
def test_reason_is_no_instruction(said: str, world: str, checks: tuple[Check, ...]) -> None:
    """What was asked for is done, once, and the reason for it changes nothing."""
    verdict = try_row((said, world, *checks))
    assert not verdict.wrong, str(verdict)
