"""The generated music that a draft may name: what it is called, how fast it goes, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["BEDS", "NOMINAL_DBFS", "Bed", "beats", "final_beat"]

NOMINAL_DBFS = -18.0
"""RMS of a bed at 100 %, in dB below full scale, over its whole score and both channels."""

_RING_OUT_MS = 1800
"""The last chord has at least this long to ring out."""


@dataclass(frozen=True, slots=True)
class Bed:
    """One mood. All are in 4/4.

    `source` is what a segment's `src` says, `name` and `name_zh` what people are told; `words` and `words_zh`
    are what people say who want it. `bpm` is kept exactly, from the first sample on.
    """

    source: str
    name: str
    name_zh: str
    bpm: int
    words: tuple[str, ...]
    words_zh: tuple[str, ...]

    @property
    def beat_ms(self) -> Fraction:
        """From one beat to the next."""
        return Fraction(60_000, self.bpm)


BEDS: dict[str, Bed] = {
    bed.source: bed
    for bed in (
        Bed(
            "music:lofi",
            "Lo-fi",
            "Lo-fi",
            80,
            ("lofi", "lo-fi", "lo fi", "chill", "chilled", "chillout", "chillhop", "laid-back", "laid back",
             "mellow", "study", "cozy", "cosy", "coffee shop"),
            ("lofi", "lo-fi", "慢节奏", "慵懒", "悠闲", "咖啡馆"),
        ),
        Bed(
            "music:calm",
            "Calm",
            "舒缓",
            72,
            ("calm", "calming", "relaxing", "relaxed", "soft", "gentle", "peaceful", "soothing",
             "ambient", "slow", "piano", "dreamy", "meditative", "meditation", "tranquil", "serene",
             "delicate", "tender", "calmer"),
            ("舒缓", "平静", "安静", "柔和", "轻柔", "放松", "宁静", "温柔", "钢琴", "轻松",
             "温馨", "治愈", "抒情", "缓慢"),
        ),
        Bed(
            "music:upbeat",
            "Upbeat",
            "轻快",
            120,
            ("upbeat", "happy", "cheerful", "energetic", "lively", "fun", "bright", "positive", "joyful",
             "fast", "pop", "uplifting", "dynamic", "happier", "livelier", "funky", "groovy", "party",
             "dance", "dancing", "playful", "bouncy", "motivational", "motivating", "feel-good", "peppy",
             "summery", "sunny"),
            ("轻快", "欢快", "快乐", "活泼", "动感", "有活力", "开心", "明快", "快节奏", "欢乐", "喜庆",
             "热闹", "活力", "有节奏感", "阳光"),
        ),
        Bed(
            "music:cinematic",
            "Cinematic",
            "电影感",
            100,
            ("cinematic", "epic", "dramatic", "film", "movie", "orchestral", "tense", "inspiring",
             "emotional", "heroic", "trailer", "movie-like", "grand", "majestic", "powerful", "suspenseful",
             "hollywood"),
            ("电影感", "电影", "史诗", "大气", "震撼", "戏剧性", "管弦乐", "紧张", "恢弘", "史诗级",
             "宏大", "大片",
             "激昂", "壮阔", "磅礴", "交响"),
        ),
    )
}  # fmt: skip
"""By source."""


def final_beat(bed: Bed, end_ms: Fraction | float) -> int | None:
    """The beat, from the bed's own beginning, that has the last chord if it is to be over at `end_ms`.

    It is the first or the third of a bar. None where there is no room for one: the bed is only faded then.
    """
    beat = int((end_ms - _RING_OUT_MS) / (2 * bed.beat_ms)) * 2
    return beat if beat >= 4 else None  # noqa: PLR2004 - a bar


def beats(name: str, length_ms: float, start_ms: float = 0) -> list[int]:
    """When the beats of a bed fall that lies `length_ms` on the timeline, in ms from its beginning there.

    `start_ms` is where in the bed it begins. The last chord is the last beat.

    Raises:
        KeyError: there is no such bed.
    """
    bed = BEDS[name]
    end = Fraction(start_ms) + Fraction(length_ms)
    final = final_beat(bed, end)
    until = end if final is None else final * bed.beat_ms + 1
    first = -(-Fraction(start_ms) // bed.beat_ms)
    places = (beat * bed.beat_ms for beat in range(int(first), int(until / bed.beat_ms) + 1))
    return [round(place - Fraction(start_ms)) for place in places if place < until]
