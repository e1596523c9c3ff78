"""The picture of the timeline: what stands where, and that it is legible."""

from __future__ import annotations

import base64
import io
import time
from typing import Any

import pytest
from PIL import Image

from nemo_widgets.draft import Draft, duration
from nemo_widgets.widgets import TimelinePicture, timeline, timeline_png, timeline_rows
from nemo_widgets.widgets import canvas as colours
from nemo_widgets.widgets.canvas import Canvas
from nemo_widgets.widgets.timeline_rows import rows_of

LEFT, RIGHT, TOP = 88, 640 - 44, 28


def segment(d: int, **m: Any) -> dict[str, Any]:
    return {"d": d, "m": m}


def track(kind: int, *segments: dict[str, Any], name: str = "") -> dict[str, Any]:
    return {"tt": kind, "m": {"name": name} if name else {}, "sg": list(segments)}


def picture(draft: Draft, **options: Any) -> Image.Image:
    return Image.open(io.BytesIO(timeline_png(draft, **options))).convert("RGBA")


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return found[3] > 250 and all(abs(a - b) <= 6 for a, b in zip(found, wanted, strict=False))


FILM = Draft({"t": [
    track(0, segment(10_000, name="harbour"), segment(10_000, start=10_000, name="city"), name="Main"),
    track(1, segment(10_000, start=5_000, name="Lo-fi", fade_in=2000, fade_out=2000), name="BGM"),
    track(7, segment(4_000, start=2_000, text="Urban Dreams")),
    track(42, segment(20_000, name="glow")),
]})  # fmt: skip


def at(seconds: float, y: float, total: float = 20) -> tuple[int, int]:
    return round(2 * (LEFT + (RIGHT - LEFT) * seconds / total)), round(2 * y)


def test_segments_stand_where_they_play() -> None:
    """Each track's colour is found where its segments are, and only there; the page is transparent."""
    image = picture(FILM)
    assert image.width == 1280
    video, music, title, other = TOP + 4, TOP + 52 + 32, TOP + 52 + 42 + 4, TOP + 52 + 42 + 32 + 4
    for seconds in (1, 9.5, 10.5, 19):
        assert near(image.getpixel(at(seconds, video)), colours.VIDEO_COLOUR)
    assert near(image.getpixel(at(10, music)), colours.AUDIO_COLOUR)
    assert near(image.getpixel(at(5.5, music)), colours.AUDIO_COLOUR)
    assert near(image.getpixel(at(5.9, title)), colours.TEXT_COLOUR)
    assert near(image.getpixel(at(19, other)), colours.OTHER_COLOUR)
    for place in (at(1, music), at(16, music), at(1, title), at(12, title)):
        assert image.getpixel(place)[3] < 60
    for place in ((2, 2 * TOP - 4), (2, image.height - 2), (image.width - 2, image.height - 2)):
        assert image.getpixel(place)[3] == 0


def test_fades_slope() -> None:
    """Where music fades in and out, the upper corner of its block is missing and the lower one is not."""
    image = picture(FILM)
    top, bottom = TOP + 52 + 3, TOP + 52 + 34
    for seconds in (5.4, 14.6):
        assert image.getpixel(at(seconds, top))[3] < 60
        assert near(image.getpixel(at(seconds, bottom)), colours.AUDIO_COLOUR)


@pytest.mark.parametrize(("colour", "shown"), [("black", (0, 0, 0)), ("white", (255, 255, 255))])
def test_a_film_that_fades_shows_it(colour: str, shown: tuple[int, ...]) -> None:
    """The upper corners of its first and its last clip have the fade's colour, and no other clip's."""
    film = {"m": {"fade_in": 2000, "fade_out": 2000, "fade_color": colour}, **FILM.data}
    image, y = picture(Draft(film)), TOP + 3
    for seconds in (0.4, 19.6):
        assert near(image.getpixel(at(seconds, y)), shown)
        assert near(image.getpixel(at(seconds, TOP + 42)), colours.VIDEO_COLOUR)
    for seconds in (2.2, 9.5, 10.5, 17.8):
        assert near(image.getpixel(at(seconds, y)), colours.VIDEO_COLOUR)


def test_what_is_too_narrow_for_its_name_has_it_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind it, before it at the film's end, and cut before what comes next; no two lie on each other."""
    pages: list[Canvas] = []
    monkeypatch.setattr(timeline, "Canvas", lambda *size: pages.append(Canvas(*size)) or pages[-1])
    texts = [(0, 3000, "Urban Dreams"), (30_000, 2000, "Anna"), (32_500, 2000, "Bob"), (60_000, 40, "flash")]
    texts.append((97_000, 3000, "The End"))
    film = track(0, segment(100_000, name="harbour"))
    titles = track(7, *(segment(d, start=start, text=text) for start, d, text in texts))
    timeline_png(Draft({"t": [film, titles]}))
    named = [(x, words) for x, _, words, *_ in pages[-1]._words if words.startswith("“")]
    assert [words.rstrip("…”") for _, words in named] == ["“Urban", "“Anna", "“Bob", "“flash", "“The End"]
    assert named == sorted(named)
    places = [LEFT + start / 100_000 * (RIGHT - LEFT) for start, *_ in texts]
    assert named[1][0] < places[1]
    assert all(named[n][0] > places[n] for n in (0, 2, 3))
    assert named[4][0] < places[4]


def test_a_name_that_fits_beside_its_segment_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside if whole; else behind, whatever comes later; else before, clear of others; else cut."""
    pages: list[Canvas] = []
    monkeypatch.setattr(timeline, "Canvas", lambda *size: pages.append(Canvas(*size)) or pages[-1])

    def drawn(*texts: tuple[int, int, str]) -> dict[str, float]:
        titles = track(7, *(segment(d, start=start, text=text) for start, d, text in texts))
        timeline_png(Draft({"t": [track(0, segment(100_000)), titles]}))
        return {words: x for x, _, words, *_ in pages[-1]._words if words.startswith("“")}

    def place(seconds: float) -> float:
        return LEFT + seconds / 100 * (RIGHT - LEFT)

    alone = drawn((10_000, 6000, "Part one"))["“Part one”"]
    assert alone > place(16)
    later = drawn((10_000, 6000, "Part one"), (40_000, 6000, "Part two"))
    assert later["“Part one”"] == alone
    assert later["“Part two”"] > place(46)
    crowded = drawn((0, 12_000, "Talk to me"), (13_000, 60_000, "A long one that fits"))
    assert [words for words in crowded if words.startswith("“Tal")] == ["“Talk…"]
    assert place(0) < crowded["“Talk…"] < place(12)
    before = drawn((0, 20_000, "A"), (50_000, 10_000, "Talk to me"), (61_000, 39_000, "B"))
    assert place(20) < before["“Talk to me”"] < place(50)


def test_cuts_and_gaps_can_be_seen() -> None:
    """Between two segments that abut there is a fine line; where nothing plays, the empty track shows."""
    image = picture(FILM)
    x, y = at(10, TOP + 4)
    assert any(image.getpixel((x - i, y))[3] < 200 for i in range(1, 4))
    gap = Draft({"t": [track(0, segment(1000), segment(1000, start=3000))]})
    assert 0 < picture(gap).getpixel(at(2, TOP + 20, 4))[3] < 60


@pytest.mark.parametrize("overlap", [500, 20])
def test_transitions_are_marked(overlap: int) -> None:
    """Over the overlap of a transition stands a mark of two triangles, to be seen even where it is short."""
    cut = {"type": "crossfade", "d": overlap}
    both = track(0, segment(10_000), segment(10_000 + overlap, start=10_000 - overlap, transition=cut))
    image = picture(Draft({"t": [both]}))
    x, y = at(10 - overlap / 2000, TOP + 4)
    pale = [n for n in range(x - 60, x + 60) if near(image.getpixel((n, y)), (150, 190, 236))]
    assert pale
    assert min(pale) <= x <= max(pale)
    assert not near(image.getpixel((x - 100, y)), (150, 190, 236))


def test_each_sort_of_transition_has_its_mark() -> None:
    """A fade shows its colour, a wipe and a slide the way they go, and no two of them look alike."""
    kinds = ["crossfade", "fade-black", "fade-white"]
    kinds += [f"{sort}-{way}" for sort in ("wipe", "slide") for way in ("left", "right", "up", "down")]
    marks = {}
    for kind in kinds:
        cut = {"type": kind, "d": 1000}
        both = track(0, segment(10_000), segment(11_000, start=9000, transition=cut))
        image = picture(Draft({"t": [both]}))
        (x0, y0), (x1, y1) = at(9, TOP), at(10, TOP + 42)
        marks[kind] = image.crop((x0, y0, x1, y1))
    assert len({mark.tobytes() for mark in marks.values()}) == len(kinds)
    middle, edge = marks["fade-black"].width // 2, 3
    for kind, colour in (("fade-black", (0, 0, 0)), ("fade-white", (255, 255, 255))):
        assert near(marks[kind].getpixel((middle, edge)), colour)
    for sort in ("wipe", "slide"):
        left, right = (marks[f"{sort}-{way}"] for way in ("left", "right"))
        tip, back = left.getpixel((14, 24)), left.getpixel((left.width - 14, 24))
        assert tip != back, "the arrow is pointed at the side that it goes to"
        mirrored = right.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        assert near(mirrored.getpixel((14, 24)), tip)
        assert near(mirrored.getpixel((left.width - 14, 24)), back)


@pytest.mark.parametrize("key", ["reverse", "freeze"])
def test_what_is_held_or_runs_backwards_has_a_sign(key: str) -> None:
    """In the clip's upper right corner, white, where there is room; the next clip has none."""
    image = picture(
        Draft({"t": [track(0, segment(10_000, name="a", **{key: True}), segment(10_000, name="b"))]})
    )
    corners = [(*at(end - 0.6, TOP + 3), *at(end - 0.05, TOP + 16)) for end in (10, 20)]
    assert words(image, corners[0]) > 20
    assert words(image, corners[1]) == 0
    narrow = picture(
        Draft({"t": [track(0, segment(400, name="a", **{key: True}), segment(19_600, name="b"))]})
    )
    assert words(narrow, (*at(0, TOP), *at(0.4, TOP + 42))) == 0


def words(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many white pixels there are in a part of the picture: the strokes of its labels."""
    return sum(1 for pixel in image.crop(box).get_flattened_data() if min(pixel) > 245)


def test_labels_stand_on_their_segments() -> None:
    """Names are written on the blocks, in Latin and Chinese, and left out where there is no room."""
    for name in ("harbour", "海边散步"):
        image = picture(Draft({"t": [track(0, segment(10_000, name=name), segment(100, name=name))]}))
        right = at(10_000 / 10_100 * 20, 0)[0]
        assert words(image, (2 * LEFT, 2 * TOP, 2 * LEFT + 300, 2 * TOP + 80)) > 100
        assert words(image, (right, 2 * TOP, 2 * RIGHT, 2 * TOP + 80)) == 0


def test_a_short_clip_is_told_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is cut, or a number stands for it; speed goes before length. No tick is without a number."""
    pages: list[Canvas] = []
    monkeypatch.setattr(timeline, "Canvas", lambda *size: pages.append(Canvas(*size)) or pages[-1])
    lengths = {"classroom": 20, "trip day": 12, "photo": 4, "dog": 2.5, "rose": 1.2, "quick": 4.3, "grass": 4}
    clips = [
        segment(round(1000 * s), name=name, **{"speed": 1.5} if name == "quick" else {})
        for name, s in lengths.items()
    ]
    timeline_png(
        Draft({"t": [track(0, *clips, name="Main"), track(1, segment(48_000, name="Lo-fi"), name="BGM")]})
    )
    told = [line for _, _, line, *_ in pages[-1]._words]
    start = told.index("classroom")
    assert told[start : told.index("BGM")] == [
        "classroom", "20 s", "trip day", "12 s", "ph…", "4 s", "4", "5", "quick", "×1.5", "grass", "4 s"
    ]  # fmt: skip
    ruler = picture(Draft({"t": [track(0, segment(46_000))]}))
    ticks = [near(ruler.getpixel(at(seconds, 20, 46)), colours.INK) for seconds in (35, 40, 45)]
    assert ticks == [True, True, False], "its number has no room beside the length"


def test_titles_that_overlap_stand_below_each_other() -> None:
    """Two titles at the same time are both to be seen; one after the other share a line."""
    both = Draft({"t": [track(7, segment(4000, start=0, text="a"), segment(4000, start=2000, text="b"))]})
    after = Draft({"t": [track(7, segment(2000, start=0, text="a"), segment(4000, start=2000, text="b"))]})
    assert [len(row.lanes) for draft in (both, after) for row in rows_of(draft.layout())] == [2, 1]


def test_the_playhead_is_a_line() -> None:
    """The playhead stands at its time, through all tracks."""
    image = picture(FILM, playhead_ms=7_500)
    x, y = at(7.5, TOP + 3)
    assert near(image.getpixel((x + 1, y)), colours.MARKER)
    assert near(image.getpixel((x + 1, image.height - 12)), colours.MARKER)


@pytest.mark.parametrize(
    ("ms", "length"),
    [
        (0, "0 s"),
        (40, "0.04 s"),
        (994, "0.99 s"),
        (6_489, "6.5 s"),
        (59_949, "59.9 s"),
        (59_950, "1 min"),
        (137_400, "2 min 17.4 s"),
        (3_600_000, "1 h"),
        (3_725_000, "1 h 2 min 5 s"),
    ],
)
def test_a_length_is_no_position(ms: int, length: str) -> None:
    """A block bears a length with its unit; positions, such as 0:04, stand above the tracks alone."""
    assert duration(ms) == length


def luminance(colour: tuple[int, ...]) -> float:
    parts = [
        c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


WORDY = Draft({"t": [
    track(0, segment(10_000, name="harbour"), segment(9_000, name="city", speed=2), name="Main"),
    track(1, segment(10_000, start=5_000, name="Lo-fi", volume=0.2), name="BGM"),
    track(7, segment(4_000, start=2_000, text="Urban Dreams")),
    track(42, *(segment(8, name="glow") for _ in range(2_000)), name="Glow"),
    *(track(1) for _ in range(30)),
]})  # fmt: skip


def test_it_is_legible_on_light_and_dark_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """All words have 4.5:1 to the ground that they stand on, which is the picture's own, and 13 pixels.

    Segments and playhead have 3:1 to a white and to a dark page.
    """
    for colour in (*timeline_rows._COLOURS.values(), colours.OTHER_COLOUR, colours.MARKER):
        assert contrast(colour, (255, 255, 255)) >= 3
        assert contrast(colour, (17, 17, 17)) >= 3
    pages: list[Canvas] = []
    monkeypatch.setattr(timeline, "Canvas", lambda *size: pages.append(Canvas(*size)) or pages[-1])
    for draft in (WORDY, Draft()):
        timeline_png(draft)
        page = pages[-1]
        written, ground = page._words, page._shapes
        assert len(written) > (15 if draft else 0)
        for x, y, words, size, fill, anchor in written:
            assert size >= 13, words
            half = size * len(words) / 5
            for at_x in (x - half, x, x + half) if anchor[0] == "m" else (x + 1, x + half):
                below = ground.getpixel((round(at_x * 4), round(y * 4)))
                assert below[3] == 255, words
                assert contrast(fill, below) >= 4.5, words


def test_the_same_draft_gives_the_same_bytes() -> None:
    """Pictures are the same to the byte, so that notebooks do not change for nothing, and small."""
    first = timeline_png(FILM)
    assert first == timeline_png(Draft(FILM.data))
    assert len(first) < 40_000


def test_ten_thousand_segments_take_no_time() -> None:
    """10,000 segments are drawn in under a second, in a small picture that is full from end to end."""
    many = Draft(
        {"t": [track(0, *(segment(300 + i * 7919 % 2500, name=f"clip {i}") for i in range(10_000)))]}
    )
    began = time.thread_time()
    png = timeline_png(many)
    assert time.thread_time() - began < 1
    assert len(png) < 40_000
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    for seconds in (6, 12, 18):
        assert near(image.getpixel(at(seconds, TOP + 12)), colours.VIDEO_COLOUR)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"t": []},
        {"t": [{"tt": 0, "sg": []}]},
        {"t": [{}]},
        {"t": [{"tt": "x", "sg": [{"d": 5}, {"d": -3}, {"d": "y"}]}]},
        {"t": [{"tt": 0, "sg": [{"d": 40, "m": {"name": "one frame"}}]}]},
        {"t": [{"tt": 0, "sg": [{"d": 360_000_000, "m": {"name": "four days"}}]}]},
        {"t": [{"tt": 1, "sg": [{"d": 10, "m": {"start": -500, "fade_in": float("nan"), "volume": 1e9}}]}]},
        {
            "t": [{"tt": 7, "sg": [{"d": 1000, "m": {"text": "\n🎬\0" + "long " * 500, "start": 0}}] * 40}]
            * 40
        },
        {"t": [{"tt": 0, "sg": [{"d": 10**14}, {"d": 1}]}]},
        {
            "t": [
                {
                    "tt": 0,
                    "sg": [{"d": 10, "m": {"transition": {"type": "wipe", "d": 9**12}, "start": 5}}] * 3,
                }
            ]
        },
    ],
)
def test_strange_drafts_are_drawn(data: dict[str, Any]) -> None:
    """Whatever a draft holds, there is a picture of the right width."""
    assert picture(Draft(data), playhead_ms=10).width == 1280
    assert picture(Draft(data), width=120).width == 240


def test_the_bundle_is_static() -> None:
    """A notebook gets the picture with its shown width, a terminal the summary; nothing needs a kernel."""
    shown = TimelinePicture(FILM)
    data, metadata = shown._repr_mimebundle_()
    assert data["text/plain"] == repr(FILM) == repr(shown)
    assert base64.b64decode(data["image/png"]) == timeline_png(FILM)
    assert set(data) == {"text/plain", "image/png"}
    assert metadata == {"image/png": {"width": 640, "height": 190, "alt": repr(FILM)}}
