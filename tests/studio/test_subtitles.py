"""SRT and WebVTT as they come from the world: read, put right by name, or refused at a line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.studio.media import MediaError, probe, read_text, text_readings
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


SBV = "0:00:01.000,0:00:02.500\nHello.\n\n0:00:03.000,0:00:04.000\nGood\nbye.\n"
TTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="urn:x"'
    ' ttp:frameRate="20" ttp:tickRate="1000"><head><metadata>A talk</metadata></head><body><div begin="1s">\n'
    '<p begin="0s" end="00:00:01:10"><span>Hello.</span></p>\n'
    '<p begin="2000t" dur="1000ms">\n  Good<br/>bye.\n</p></div></body></tt>'
)
LRC = "[ti:Song]\n[offset:+500]\n[00:01.50]Hello.\n[00:03.00]\n[00:03.50][00:05]Again\n[00:04.500]Bye\n"


@pytest.mark.parametrize("text", [SBV, TTML, TTML.replace("<p", "<t:p").replace("</p", "</t:p")])
@pytest.mark.parametrize("name", ["a.srt", "a.sbv", "a.ttml", "a.dfxp"])
def test_captions_of_the_web_and_of_broadcasters_are_the_same_cues(
    text: str, name: str, tmp_path: Path
) -> None:
    """What a file holds is seen from its content, whatever it is called."""
    (path := tmp_path / name).write_text(text, encoding="utf-8")
    read = read_subtitles(read_text(path))
    assert (read.cues, read.corrections) == (TWO, [])
    assert (probe(path).kind, probe(path).duration_ms) == ("text", 4000)


def test_the_lines_of_a_song_stand_until_the_next() -> None:
    """A line that is sung twice comes twice; what is empty ends the one before; the offset counts."""
    assert read_subtitles(LRC).cues == [
        (1000, 2500, "Hello."),
        (3000, 4000, "Again"),
        (4000, 4500, "Bye"),
        (4500, 9500, "Again"),
    ]


def test_of_timed_text_that_is_damaged_the_good_part_is_used() -> None:
    """What is behind the damage is told by its line; definitions, which may be a bomb, are not read."""
    read = read_subtitles(TTML[: TTML.index("2000t")])
    assert [cue[2] for cue in read.cues] == ["Hello."]
    assert [correction.reason for correction in read.corrections] == ["broken"]
    with pytest.raises(SubtitleError, match="DOCTYPE"):
        read_subtitles(
            TTML.replace("<tt ", '<!DOCTYPE tt [<!ENTITY a "b">]>\n<tt ').replace("utf-8", "UTF-8")
        )


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


YOUTUBE = (
    "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:01.000 --> 00:00:02.500 align:start position:0%\n \n"
    "hello<00:00:01.500><c> there</c>\n\n00:00:02.500 --> 00:00:02.510 align:start\nhello there\n \n\n"
    "00:00:02.510 --> 00:00:04.000 align:start position:0%\nhello there\nsecond<00:00:03.000><c> line</c>\n"
)
ROLLED = [(1000, 2510, "hello there"), (2510, 4000, "second line")]
ROLLING = [
    (1000, 3000, "one"),
    (3000, 5000, "one\ntwo"),
    (5000, 7000, "two\nthree"),
    (7000, 9000, "three\nfour"),
]
HEADED = (
    "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:01.000 --> 00:02.500\nHello.\n\n"
    "NOTE 00:02 was cut\nand more\n\nREGION\nid:a\n\nbye\n00:03.000 --> 00:04.000 line:0\nGood\nbye.\n"
)
WHISPER = (
    "WEBVTT\n\n00:01.000 --> 00:01.400\n<u>Good</u> day\n\n00:01.400 --> 00:01.500\nGood day\n\n"
    "00:01.500 --> 00:02.000\nGood <u>day</u>\n\n00:04.000 --> 00:05.000\nGood day\n"
)


@pytest.mark.parametrize(
    ("text", "cues", "reasons"),
    [
        (cue(1, 4, "a") + cue(3, 5, "b"), [(1000, 3000, "a"), (3000, 5000, "b")], [(4, "overlap")]),
        (cue(5, 6, "b") + cue(1, 2, "a"), [(1000, 2000, "a"), (5000, 6000, "b")], [(4, "order")]),
        (cue(1, 2, "a") + cue(1, 4, "b"), [(1000, 4000, "a\nb")], [(4, "same time")]),
        (cue(1, 2, "<i></i>") + cue(3, 4, "b"), [(3000, 4000, "b")], [(1, "empty")]),
        (cue(1, 1, "a") + cue(2, 4, "b"), [(1000, 2000, "a"), (2000, 4000, "b")], [(1, "length")]),
        (cue(1, 2, "a") + cue(5, 3, "b"), [(1000, 2000, "a"), (5000, 7000, "b")], [(4, "length")]),
        (cue(1, 2, "a\n\nstill a"), [(1000, 2000, "a\nstill a")], [(4, "gap")]),
        (cue(1, 2, "a\n \t\nstill a"), [(1000, 2000, "a\nstill a")], [(4, "gap")]),
        (cue(1, 2, "a\n\nstill a").rstrip() + "\n" + cue(3, 4, "b"),
         [(1000, 2000, "a\nstill a"), (3000, 4000, "b")], [(4, "gap")]),
        (SRT + "\nEnd of the film", [TWO[0], (3000, 4000, "Good\nbye.\nEnd of the film")], [(10, "gap")]),
        (SRT.replace("00:00:03,000", "00:00:63,000"), TWO[:1], [(6, "times")]),
        (SRT.replace("00:00:03,000", "00:75:03,000"), TWO[:1], [(6, "times")]),
        (SRT.replace("00:00:03,000 -->", "three -->"), TWO[:1], [(6, "times")]),
        ("Title\n1\n" + cue(1, 2, "a"), [(1000, 2000, "a")], [(1, "stray")]),
        (SRT.replace("\n", "\r\r\n"), TWO, []),
        (SRT.replace(" --> ", " -> "), TWO, []),
        (SRT.replace(":", " : ").replace(",", ", "), TWO, []),
        (SRT.replace(":", "：").replace(",000", "，000"), TWO, []),
        (SRT.replace(",000", ",000000"), TWO, []),
        (SRT.replace("Hello.", "look --> there"), [(1000, 2500, "look --> there"), TWO[1]], []),
        (SRT.replace("Good\nbye.", "Good<br/>bye."), TWO, []),
        ("WEBVTT\n00:01.000 --> 00:02.500\nHello.\n\n00:03.000 --> 00:04.000\nGood\n \nbye.\n", TWO, []),
        (HEADED, TWO, []),
        (YOUTUBE, ROLLED, [(9, "repeat"), (13, "repeat")]),
        ("".join(cue(a // 1000, b // 1000, c) for a, b, c in ROLLING),
         [(1000, 3000, "one"), (3000, 5000, "two"), (5000, 7000, "three"), (7000, 9000, "four")],
         [(4, "repeat"), (8, "repeat"), (12, "repeat")]),
        (WHISPER, [(1000, 2000, "Good day"), (4000, 5000, "Good day")], [(6, "repeat"), (9, "repeat")]),
        ("\ufeff1\n" + cue(1, 2, "a") + "\ufeff2\n" + cue(3, 4, "b"),
         [(1000, 2000, "a"), (3000, 4000, "b")], []),
        (cue(1, 2, "No!") + cue(2, 3, "No!"), [(1000, 2000, "No!"), (2000, 3000, "No!")], []),
    ],
)  # fmt: skip
def test_what_is_put_right_has_a_name(text: str, cues: list, reasons: list[tuple[int, str]]) -> None:
    """What is plainly meant is read: each cue that was mended, or left out, is told with why."""
    read = read_subtitles(text)
    assert read.cues == cues
    assert [(c.line, c.reason) for c in read.corrections] == reasons


@pytest.mark.parametrize(
    ("first", "cue", "reasons"),
    [
        ("00:00:01:12 --> 00:00:03:05", (1480, 3200), ["25 frames"]),
        ("00:00:01:12 --> 00:00:03:29", (1400, 3967), ["30 frames"]),
        ("00:00:01:12 --> 00:00:03:59", (1200, 3983), ["60 frames"]),
        ("00:01:00;02 --> 00:10:00;00", (60_060, 599_999), ["30 frames"]),
        ("00:00:01:500 --> 00:00:03:250", (1500, 3250), []),
        ("00:00:01:50 --> 00:00:03:99", (1500, 3990), []),
        ("0:01,5 --> 0:02,75", (1500, 2750), []),
        ("1:02 --> 1:05", (62_000, 65_000), []),
        ("1.5 --> 3.25", (1500, 3250), []),
        ("００：００：０１，５００　－－＞　００：００：０２，５００", (1500, 2500), []),
        ("00 : 00 : 01 , 500 --> 00 : 00 : 02 , 500", (1500, 2500), []),
        ("00:00:01,500 - 00:00:02,500", (1500, 2500), []),
        ("-00:00:01,000 --> 00:00:02,000", (0, 2000), ["early"]),
        ("−00:00:03,000 --> -00:00:01,000", None, ["before"]),
        ("00:00:00:01.500 --> 00:00:00:02.500", None, ["times"]),
        ("00:00:-1,000 --> 00:00:02,000", None, ["times"]),
        ("00:00:01'500 --> 00:00:02'500", None, ["times"]),
        ("00:00:01,500 -->", None, ["times"]),
        ("62 --> 65", None, ["times"]),
        ("00h00m01s --> 00h00m02s", None, ["times"]),
    ],
)
def test_times_are_read_as_people_and_programs_write_them(
    first: str, cue: tuple[int, int] | None, reasons: list[str]
) -> None:
    """Frames, few digits, no hours, full width, blanks, signs: read as meant, or left out by their line."""
    read = read_subtitles(f"1\n{first}\nHello.\n\n2\n00:20:00,000 --> 00:20:01,000\nBye.\n")
    assert read.cues == [*([(*cue, "Hello.")] if cue else []), (1_200_000, 1_201_000, "Bye.")]
    assert [(c.line, c.reason) for c in read.corrections] == [(2, reason) for reason in reasons]


def test_the_rate_of_frames_that_is_assumed_is_said(tmp_path: Path) -> None:
    """Nobody can see from a file how many frames a second it counts: what was taken is said."""
    (path := tmp_path / "talk.srt").write_text("1\n00:00:01:12 --> 00:00:03:05\nHello.\n")
    (note,) = probe(path).notes
    assert note.en == "its times count frames (line 2): 25 a second are assumed"
    assert note.zh == "时间按帧计数（第 2 行）：按每秒 25 帧处理"


ASS = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,nobody hears this
Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\an8\\pos(10,20)}{\\i1}Hello{\\i0}, you\\Nthere\\hnow
Dialogue: 1,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\b1}Hello, you\\Nthere\\hnow
Dialogue: 0,0:00:03.00,0:00:09.00,Sign,,0,0,0,,EXIT
Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\\k20}Go {\\k30}on
Dialogue: 0,0:00:06.00,0:00:07.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}
Dialogue: 0,soon,0:00:07.00,Default,,0,0,0,,Never
"""
SHOWN = [(1000, 2500, "Hello, you\nthere now"), (3000, 4000, "EXIT"), (4000, 5000, "EXIT\nGo on"),
         (5000, 9000, "EXIT")]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        ASS,
        ASS.replace("\n", "\r\n"),
        ASS.replace("v4.00+", "v4.00")
        .replace("Layer,", "Marked,")
        .replace("Dialogue: 0", "Dialogue: Marked=0"),
        ASS.replace("Style, Name,", "Name, Style,"),
        ASS[ASS.index("[Events]") :],
    ],
)
def test_scripts_are_read_as_what_they_say(text: str) -> None:
    """Of ASS and SSA the words are kept; styles, places, drawings, comments and double layers go."""
    read = read_subtitles(text)
    assert read.cues == SHOWN
    assert [c.reason for c in read.corrections] == ["empty", "times"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (cue(1, 63, "a"), 1, "0 to 59"),
        ("\n" + cue(1, 2, "a").replace("00:00:01,000", "one"), 2, "can't be read"),
        ("Dear Ann,\nhow are you?\n", 1, "“Dear Ann,” has no times"),
        ("", 0, "no subtitles"),
        ("WEBVTT\n", 0, "no subtitles"),
        ("1\n\n2\n", 0, "no subtitles"),
        (cue(1, 2, ""), 0, "no subtitles"),
        (ASS[: ASS.index("Comment")], 0, "no subtitles"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    """Where nothing can be used, the sentence names the line in the file and what is wrong with it."""
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


TALK = {
    "cp1251": ("Добрый день, друзья.", "Привет!", "Доброго дня, друзі. Сьогодні ми поговоримо про фільми."),
    "koi8-r": ("Добрый день, друзья.", "Сегодня мы поговорим о том, как делать фильмы."),
    "cp866": ("Добрый день, друзья.",),
    "cp1250": (
        "Cześć, jak się masz?",
        "Dobrý den, přátelé.",
        "Őrült űrhajó, jó napot.",
        "Što žele? Ćemo čuti.",
    ),
    "iso8859-2": ("Dziś porozmawiamy o tym, jak się robi filmy. Żółć, gęś, jaźń.",),
    "cp1252": ("Déjà vu à l'hôtel, c'est très élégant", "Schöne Grüße", "Buenos días. ¿Qué tal?", "Ça va ?"),
    "cp1253": ("Καλημέρα", "Σήμερα θα μιλήσουμε για το πώς γίνονται οι ταινίες."),
    "cp1254": ("Günaydın, nasılsın?", "Bugün nasıl film yapıldığını konuşacağız. Şimdi başlıyoruz."),
    "cp1255": ("שלום לכולם", "היום נדבר על איך עושים סרטים."),
    "cp1256": ("مرحبا بكم", "اليوم سنتحدث عن كيفية صناعة الأفلام."),
    "cp874": ("สวัสดีครับเพื่อนๆ",),
    "shift_jis": ("こんにちは", "日本語の字幕です"),
    "euc_jp": ("こんにちは", "おはようございます。"),
    "euc_kr": ("안녕하세요", "오늘은 영화를 만드는 방법에 대해 이야기하겠습니다."),
    "gb18030": ("你好，世界。今天天气很好。", "早上好"),
    "big5": ("歡迎光臨", "今天我們來談談怎麼製作電影。"),
    "utf-8": ("你好 é", "It's a “test”…"),
    "utf-8-sig": ("你好",),
    "utf-16": ("你好",),
    "utf-16-le": ("Привет!", "Hello"),
    "utf-16-be": ("你好", "Hello"),
}


@pytest.mark.parametrize("encoding", TALK)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    """What Windows and others write from Prague to Tokyo is read as it was meant, also a few letters."""
    for said in TALK[encoding]:
        (path := tmp_path / "talk.srt").write_bytes(
            f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n".encode(encoding)
        )
        assert [reading.text.count(said) for reading in text_readings(path)] == [1]
        assert read_subtitles(read_text(path)).cues == [(1000, 2000, said)]
        assert (probe(path).kind, probe(path).duration_ms) == ("text", 2000)


def test_what_was_mended_is_said_at_the_upload(tmp_path: Path) -> None:
    """The notes of a file tell the encoding that was found, and how many cues were mended and why."""
    text = cue(1, 1, "Привет!") + cue(3, 6, "Да, друзья.\n\nКак дела?") + cue(5, 7, "Нет.")
    text += cue(8, 9, "<i></i>") + cue(1, 99, "x")
    (path := tmp_path / "talk.srt").write_bytes(text.encode("cp1251"))
    notes = probe(path).notes
    assert [note.en for note in notes] == [
        "read as Russian in cp1251",
        "put right: 1 without a length, 1 ran into the next, 1 with an empty line inside",
        "left out: 1 with nothing in it, 1 without times that can be read (line 15)",
    ]
    assert notes[1].zh == "已修正：1 条没有时长、1 条与下一条重叠、1 条中间有空行"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"\0\1\2 film", "is no text"), (b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
     (b"\xff\xfea", "breaks off"), (b"\xff\xfe\0\0\0\0", "is no text"),
     ("é".encode(), "Line 1: “é” has no times"), ("日本".encode("cp932"), "Line 1: "), (b"\x81", "no"),
     ("é\n".encode() + b"\x81\x8d", "Line 1: "), (b"\xff\xfe", "no subtitles"),
     (b"Dear Ann", "can't be read as subtitles. Line 1: ")],
)  # fmt: skip
def test_files_that_are_no_subtitles(tmp_path: Path, content: bytes, words: str) -> None:
    """Empty, binary, huge, cut-off files and letters are refused in a sentence that names the file."""
    (path := tmp_path / "x.part").write_bytes(content)
    with pytest.raises(MediaError, match=rf"^“talk\.srt”.*{words}"):
        probe(path, "talk.srt")


def test_a_script_s_line_without_a_length_stands_until_the_next() -> None:
    """It doesn't stand beside the lines after it, as lines of a script do that were meant to."""
    lines = [
        ("0:00:00.50", "0:00:00.50", "none"),
        ("0:00:01.00", "0:00:02.00", "one"),
        ("0:00:04.00", "0:00:03.00", "back"),
    ]
    events = "".join(f"Dialogue: 0,{begin},{end},D,,0,0,0,,{text}\n" for begin, end, text in lines)
    form = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    found = read_subtitles(f"[Script Info]\nScriptType: v4.00+\n\n[Events]\n{form}{events}")
    assert found.cues == [(500, 1000, "none"), (1000, 2000, "one"), (4000, 6000, "back")]
