"""SRT and WebVTT as they come from the world: read, put right by name, or refused at a line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.studio.media import MediaError, probe, read_text
from nemo_widgets.studio.subtitles import SubtitleError, read_subtitles

if TYPE_CHECKING:
    from pathlib import Path

TWO = [(1000, 2500, "Hello."), (3000, 4000, "Good\nbye.")]
SRT = "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> 00:00:04,000\nGood\nbye.\n"


@pytest.mark.parametrize(
    "text",
    [
        SRT,
        "\ufeff" + SRT,
        SRT.replace("\n", "\r\n"),
        SRT.replace("\n", "\r"),
        SRT.replace("\n\n", "\n\n\n \n"),
        SRT.rstrip(),
        SRT.replace(",", "."),
        SRT.replace("1\n00", "00", 1).replace("2\n00", "00"),
        SRT.replace("1\n00", "7\n00", 1).replace("2\n00", "7\n00"),
        SRT.replace("1\n00", "1\n\n00", 1),
        SRT.replace("Hello.\n\n", "Hello.\n"),
        SRT.replace("00:00:0", "0:0"),
        SRT.replace("02,500", "02,5").replace(",000", ""),
        SRT.replace("02,500", "02,500  X1:40 X2:600 Y1:20 Y2:50"),
        SRT.replace("Hello.", "{\\an8}<i>Hel</i>lo.").replace("Good", '<font color="#ff0000">Good</font>'),
        SRT.replace("Hello.", "  Hello.\u200b "),
        "WEBVTT\n\n" + SRT.replace(",", "."),
        "WEBVTT - a talk\nKind: captions\nLanguage: en\n\nNOTE\nby hand\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n00:01.000 --> 00:02.500 align:start position:0%\n<v Ann>Hel<00:00:01.500><c.loud>lo.</c>\n\n"
        "00:03.000 --> 00:04.000\nGood\n&lrm;bye.\n".replace("&lrm;", ""),
    ],
)
def test_one_text_in_many_forms(text: str) -> None:
    """Whatever a program made of it, these are the same two cues, and nothing had to be put right."""
    read = read_subtitles(text)
    assert read.cues == TWO
    assert read.corrections == []


def test_what_looks_like_a_tag_and_is_none_stays() -> None:
    """Comparisons, hearts, and, in SRT, ampersands are text; in WebVTT entities are what they stand for."""
    text = "00:01.000 --> 00:02.000\n1 < 2 and 3 > 2, I <3 R&amp;D {x}\n"
    assert read_subtitles(text).cues[0][2] == "1 < 2 and 3 > 2, I <3 R&amp;D {x}"
    assert read_subtitles("WEBVTT\n\n" + text).cues[0][2] == "1 < 2 and 3 > 2, I <3 R&D {x}"


def test_long_times() -> None:
    """Hours count, also three digits of them."""
    assert read_subtitles("01:02:03,004 --> 100:00:00,000\nx").cues == [(3_723_004, 360_000_000, "x")]


def cue(start: int, end: int, text: str) -> str:
    return f"00:00:{start:02},000 --> 00:00:{end:02},000\n{text}\n\n"


@pytest.mark.parametrize(
    ("text", "cues", "reason"),
    [
        (cue(1, 4, "a") + cue(3, 5, "b"), [(1000, 3000, "a"), (3000, 5000, "b")], (4, "overlap")),
        (cue(5, 6, "b") + cue(1, 2, "a"), [(1000, 2000, "a"), (5000, 6000, "b")], (4, "order")),
        (cue(1, 2, "a") + cue(1, 4, "b"), [(1000, 4000, "a\nb")], (4, "same time")),
        (cue(1, 2, "<i></i>") + cue(3, 4, "b"), [(3000, 4000, "b")], (1, "empty")),
    ],
)
def test_what_is_put_right_has_a_name(text: str, cues: list, reason: tuple[int, str]) -> None:
    """Cues that overlap, stand out of order, begin together or hold nothing are put right by name."""
    read = read_subtitles(text)
    assert read.cues == cues
    assert [(c.line, c.reason) for c in read.corrections] == [reason]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (SRT.replace("00:00:04,000", "00:00:02,000"), 6, "ends before it begins"),
        (SRT.replace("00:00:04,000", "00:00:03,000"), 6, "ends before it begins"),
        (SRT.replace("00:00:03,000", "00:00:63,000"), 6, "0 to 59"),
        (SRT.replace("00:00:03,000", "00:75:03,000"), 6, "minute or second 75"),
        (SRT.replace("00:00:03,000 -->", "three -->"), 6, "can't be read"),
        (SRT.replace("00:00:03,000 --> 00:00:04,000", "00:00:03,000 -> 00:00:04,000"), 5, "no times"),
        (SRT + "\nEnd of the film", 10, "“End of the film” has no times"),
        ("Dear Ann,\nhow are you?\n", 1, "“Dear Ann,” has no times"),
        ("Title\n1\n" + cue(1, 2, "a"), 1, "“Title” has no times"),
        (cue(1, 2, "a\n\nstill a").rstrip() + "\n" + cue(3, 4, "b"), 4, "“still a” has no times"),
        ("", 0, "no subtitles"),
        ("WEBVTT\n", 0, "no subtitles"),
        ("1\n\n2\n", 0, "no subtitles"),
        (cue(1, 2, ""), 0, "no subtitles"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    """The sentence names the line in the file and what is wrong with it."""
    with pytest.raises(SubtitleError, match=words) as caught:
        read_subtitles(text)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"Line {line}: ") is bool(line)


@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(1, 9000), st.sampled_from("abc")), min_size=1))
def test_cues_are_in_order_and_apart(cues: list[tuple[int, int, str]]) -> None:
    """Whatever the times, cues come sorted, none over another, each with its text."""

    def clock(ms: int) -> str:
        return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"

    text = "\n".join(f"{clock(a)} --> {clock(a + d)}\n{word}\n" for a, d, word in cues)
    read = read_subtitles(text).cues
    end = 0
    for start, until, _ in read:
        assert end <= start < until
        end = until
    assert sorted("".join(word.replace("\n", "") for _, _, word in read)) == sorted(
        word for _, _, word in cues
    )


@given(st.text(alphabet="0123456789:,.-> \n\r<i>&WEBVTTNOTE\ufeffa", max_size=120))
def test_nonsense_is_refused_not_fallen_over(text: str) -> None:
    """Any text is either read or refused with the reader's own error."""
    with suppress(SubtitleError):
        assert read_subtitles(text).cues


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "你好 é"), ("utf-8-sig", "你好"), ("utf-16", "你好"),
     ("gb18030", "你好，世界。今天天气很好。"),
     ("cp1252", "Déjà vu à l'hôtel, c'est très élégant")],
)  # fmt: skip
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, said: str) -> None:
    """UTF-8, UTF-16, and what Windows writes in China and in the West."""
    path = tmp_path / "talk.srt"
    path.write_bytes(f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n".encode(encoding))
    assert read_subtitles(read_text(path)).cues == [(1000, 2000, said)]
    assert (probe(path).kind, probe(path).duration_ms) == ("text", 2000)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"\0\1\2 film", "is no text"), (b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
     (b"\xff\xfea", "breaks off"), (b"Dear Ann", "can't be read as subtitles. Line 1: ")],
)  # fmt: skip
def test_files_that_are_no_subtitles(tmp_path: Path, content: bytes, words: str) -> None:
    """Empty, binary, huge, cut-off files and letters are refused in a sentence that names the file."""
    (path := tmp_path / "x.part").write_bytes(content)
    with pytest.raises(MediaError, match=rf"^“talk\.srt”.*{words}"):
        probe(path, "talk.srt")
