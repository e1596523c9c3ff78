"""Texts: where they stand, that they can be read, how they move, and what they leave alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.draft.schema import POSITIONS
from nemo_widgets.fonts import font, wrapped
from nemo_widgets.studio.render import make_plan
from nemo_widgets.studio.render.frames import filled, planes
from nemo_widgets.studio.render.model import Title
from nemo_widgets.studio.render.text import draw, stacked
from nemo_widgets.studio.render.text.art import _letters, art
from nemo_widgets.studio.render.text.motion import pose
from nemo_widgets.studio.render.text.setting import set_in_lines
from nemo_widgets.studio.render.text.styles import contrast, parse_color

if TYPE_CHECKING:
    from types import SimpleNamespace


def made(text: str = "Urban Dreams", **form: Any) -> Title:
    given = {"first": 0, "last": 60, "position": "top-center", "size": 64.0, "color": (255, 255, 255), **form}
    return Title(text, **given)


def drawn(
    title: Title, *, size: tuple[int, int] = (640, 360), ground: int = 120
) -> tuple[np.ndarray, np.ndarray]:
    """(luma before, luma after) of a flat frame."""
    frame = filled(*size)
    planes(frame)[0][:] = ground
    before = planes(frame)[0].copy()
    draw(frame, title, 30)
    return before, planes(frame)[0].copy()


@pytest.mark.parametrize("position", POSITIONS)
def test_a_title_stands_where_it_was_said_to(position: str) -> None:
    """What differs from the picture lies in the named part of the frame, inside the title's box."""
    title = made("Hello", position=position)
    before, after = drawn(title)
    rows, columns = np.nonzero(before != after)
    left, top, right, bottom = art(title, 640, 360).box
    assert left <= columns.min() <= columns.max() < right
    assert top <= rows.min() <= rows.max() < bottom
    letters = np.argwhere(after > 220)
    y, x = letters.mean(axis=0) / (360, 640)
    down, across = position.split("-") if "-" in position else ("center", "center")
    assert {"top": y < 0.3, "center": 0.4 < y < 0.6, "bottom": y > 0.7}[down]
    assert {"left": x < 0.3, "center": 0.45 < x < 0.55, "right": x > 0.7}[across]
    assert letters.min() > 8


@pytest.mark.parametrize("ground", [16, 120, 235])
def test_white_letters_can_be_read_on_any_ground(ground: int) -> None:
    """On white, grey and black alike the letters border on something much darker."""
    _, after = drawn(made("HHHH", size=90), ground=ground)
    row = after[np.argwhere(after > 225)[:, 0].mean().astype(int)].astype(int)
    letter = np.argwhere(row >= 228)[:, 0]
    first = letter[1] if ground == 235 else letter[0]
    assert row[max(0, first - 6) : first].min() < 110 or ground == 235
    assert after.min() < 110


def test_colors_are_right() -> None:
    """A red title is red: its Y, U and V are those of BT.709."""
    frame = filled(640, 360)
    draw(frame, made("█HHH", size=120, color=(255, 0, 0)), 30)
    y, u, v = planes(frame)
    at = np.argwhere(v == v.max())[0]
    assert (int(y[at[0] * 2, at[1] * 2]), int(u[tuple(at)]), int(v[tuple(at)])) == pytest.approx(
        (63, 102, 240), abs=2
    )


def test_long_titles_are_wrapped_within_the_frame() -> None:
    """English wraps between words, Chinese anywhere but never before a closing mark, and nothing is lost."""
    letters = font(40)
    english = "It is a truth universally acknowledged, that a single man in possession"
    lines = wrapped(english, letters, 400)
    assert len(lines) > 2
    assert " ".join(lines) == english
    chinese = "春江潮水连海平，海上明月共潮生，滟滟随波千万里，何处春江无月明。"
    lines = wrapped(chinese, letters, 320)
    assert "".join(lines) == chinese
    assert all(letters.getlength(line) <= 320 + 40 for line in lines)
    assert not any(line[0] in "，。" for line in lines)
    assert wrapped("one\ntwo", letters, 400) == ["one", "two"]
    assert "".join(wrapped("W" * 60, letters, 300)) == "W" * 60


def test_a_title_too_long_for_the_frame_gets_smaller() -> None:
    """However long the text is, all of it is in the picture."""
    left, top, right, bottom = art(made("words and more words " * 60, position="center"), 640, 360).box
    assert (left >= 0, top >= 0, right <= 640, bottom <= 360) == (True, True, True, True)


def test_it_fades_in_and_out(kit: SimpleNamespace) -> None:
    """150 ms at both ends; before and after there is nothing."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    title = {"d": 1000, "m": {"start": 500, "text": "HH", "position": "center", "size": 400}}
    plan = kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)], titles=[title])).plan
    shown = plan.spans[1].titles[0]
    assert (shown.first, shown.last) == (15, 45)
    assert [round(pose(shown, n, 160, 90).opacity, 2) for n in (15, 16, 19, 30, 43, 44)] == [
        0.2,
        0.4,
        1.0,
        1.0,
        0.4,
        0.2,
    ]
    assert [bool(span.titles) for span in plan.spans] == [False, True, False]


def test_titles_are_in_the_file(kit: SimpleNamespace) -> None:
    """Quotes, percent signs, backslashes and Chinese are drawn; frames without the title are as before."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    text = '"It\'s" 100%: a\\b {x} 城市之梦'
    title = {
        "d": 1000,
        "m": {"start": 0, "text": text, "position": "bottom-center", "size": 64, "color": "#fff"},
    }
    plain = kit.watched(kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)]), resolution="360p").path)
    titled = kit.watched(
        kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)], titles=[title]), resolution="360p").path
    )
    away = [np.abs(a.astype(int) - b) for a, b in zip(plain, titled, strict=True)]
    assert away[10][240:].mean() > 10 * max(0.2, away[10][:200].mean())
    assert np.mean([d.mean() for d in away[35:]]) < 1.5


def test_every_chinese_character_is_another_picture() -> None:
    """The glyphs are real ones, not the box that stands for a missing one."""
    shapes = {art(made(char, size=200), 640, 360).alphas[0].tobytes() for char in "城市之梦"}
    assert len(shapes) == 4


def test_only_what_is_never_seen_is_left_out(kit: SimpleNamespace) -> None:
    """Emoji and letters of no font stay in the title; one of spaces and control characters is none."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    written = ("Hi 🎬", "🎬🎉", "a\x00b \ue000", "   ", "\x00\x07")
    titles = [{"d": 500, "m": {"start": 0, "text": text}} for text in written]
    plan = kit.make(kit.timeline([kit.clip(name, 0, 0, 1000)], titles=titles)).plan
    assert [t.text for span in plan.spans for t in span.titles] == ["Hi 🎬", "🎬🎉", "ab \ue000"]


def place(title: Title, n: int = 30, *, size: tuple[int, int] = (640, 360), ground: int = 120) -> np.ndarray:
    """Left, top, right, bottom of what the title changes in frame n; zeros where that is nothing."""
    frame = filled(*size)
    planes(frame)[0][:] = ground
    draw(frame, title, n)
    rows, columns = np.nonzero(planes(frame)[0] != ground)
    if not rows.size:
        return np.zeros(4, int)
    return np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])


def read(kit: SimpleNamespace, **meta: Any) -> Title | None:
    """A text segment of two seconds as a title at 30 frames a second."""
    return next(iter(read_all(kit, [{"d": 2000, "m": {"start": 0, **meta}}])), None)


def read_all(kit: SimpleNamespace, segments: list[dict[str, Any]]) -> list[Title]:
    draft = kit.timeline([kit.clip(kit.made("grey.mp4", frames=60, audio=None), 0, 0, 2000)], titles=segments)
    spans = make_plan(draft, kit.source).spans
    return list(dict.fromkeys(t for span in spans for t in span.titles))


def test_every_style_has_its_place_and_size(kit: SimpleNamespace) -> None:
    """Unless asked otherwise, subtitles are 48 high at the bottom centre, lower thirds above at the left."""
    styles = ("title", "caption", "Lower third", "subtitle", "fancy")
    found = [read(kit, text="Hello", style=style) for style in styles]
    assert [(t.style, t.size, t.position) for t in found if t] == [
        ("title", 64, "top-center"),
        ("caption", 54, "bottom-center"),
        ("lower-third", 56, "bottom-left"),
        ("subtitle", 48, "bottom-center"),
        ("title", 64, "top-center"),
    ]
    two_lines = set_in_lines(read(kit, text="one\ntwo", style="subtitle"), 1920, 1080)
    third = set_in_lines(found[2], 1920, 1080)
    assert third.y + third.height < two_lines.y
    assert (two_lines.size, len(two_lines.lines)) == (48, 2)
    assert two_lines.y + two_lines.height <= 1080 * 0.94 + 1


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (320, 320)])
@pytest.mark.parametrize("style", ["title", "caption", "lower-third", "subtitle"])
def test_every_text_keeps_the_margins(style: str, size: tuple[int, int]) -> None:
    """However long, in whatever frame, a text and its box stay off the edges by 6 % of the side."""
    width, height = size
    for text in (
        "A rather long sentence that has to be broken somewhere " * 3,
        "春江潮水连海平海上明月共潮生" * 3,
    ):
        for position in ("top-left", "bottom-right"):
            title = made(text, style=style, position=position, background=(0, 0, 0, 255), size=70)
            setting = set_in_lines(title, width, height)
            assert setting.x >= 0.06 * width - 1
            assert setting.x + setting.width <= 0.94 * width + 1
            assert setting.y >= 0.06 * height - 1
            assert setting.y + setting.height <= 0.94 * height + 1
            left, top, right, bottom = place(title, size=size)
            assert (left >= setting.x, top >= setting.y) == (True, True)
            assert (right <= setting.x + setting.width, bottom <= setting.y + setting.height) == (True, True)


def test_lines_are_about_as_long() -> None:
    """A sentence that needs two lines is broken in its middle, not before its last word."""
    title = made("All the world's a stage, and all the men and women merely players of it", style="subtitle")
    lengths = [len(line.text) for line in set_in_lines(title, 640, 360).lines]
    assert len(lengths) >= 2
    assert min(lengths) > 0.6 * max(lengths)


def test_line_breaks_are_kept(kit: SimpleNamespace) -> None:
    """What stands on lines of its own in the draft does so in the picture, however the lines end."""
    title = read(kit, text="one\r\ntwo\n\nfour\tfive  \n")
    assert title is not None
    assert title.text == "one\ntwo\n\nfour five"
    assert [line.text for line in set_in_lines(title, 640, 360).lines] == ["one", "two", "", "four five"]


def test_a_lower_third_has_a_second_smaller_line(kit: SimpleNamespace) -> None:
    """Name over profession, both at the left in one box, the second at under two thirds of the first."""
    title = read(kit, text="Ada Lovelace", subtitle="Mathematician", style="lower-third")
    assert title is not None
    first, second = set_in_lines(title, 1920, 1080).lines
    assert (first.text, second.text, first.x) == ("Ada Lovelace", "Mathematician", second.x)
    assert 0.5 < second.size / first.size < 0.67
    assert second.y > first.y + 0.8 * first.size
    lone = read(kit, text="", subtitle="Mathematician", style="lower-third")
    assert lone is not None
    assert (lone.text, lone.subtitle) == ("Mathematician", "")


@pytest.mark.parametrize("ground", [16, 235])
def test_the_box_is_there_and_of_its_color(ground: int) -> None:
    """A solid box hides the picture, one of half opacity lets half of it through; the letters stand on it."""
    solid, half = (made("HH", size=120, background=(0, 0, 0, a), position="center") for a in (255, 128))
    setting = set_in_lines(solid, 640, 360)
    spot = setting.y + setting.height // 2, setting.x + 4
    lumas = [int(drawn(title, ground=ground)[1][spot]) for title in (solid, half)]
    assert lumas == pytest.approx([16, 16 + (ground - 16) / 2], abs=2)
    assert (drawn(solid, ground=ground)[1][setting.y : setting.y + setting.height] > 225).any()


@pytest.mark.parametrize("color", ["#ffffff", "#000000", "#102060", "#ffee00", "#ff0000", "#808080"])
@pytest.mark.parametrize("box", [None, (255, 255, 255, 255), (0, 0, 0, 100), (20, 20, 20, 255)])
def test_letters_stand_out_against_what_surrounds_them(color: str, box: tuple[int, ...] | None) -> None:
    """Whatever the colours of picture, box and letters: each letter borders on a contrast of 3 or more."""
    rgb = parse_color(color)[:3]
    title = made("III", size=150, color=rgb, position="center", background=box)
    setting = set_in_lines(title, 640, 360)
    letters = np.asarray(_letters(setting, (setting.x, setting.y), (640, 360), None))
    row = setting.y + setting.height // 2
    starts = np.flatnonzero(np.diff((letters[row] > 128).astype(int)) == 1) + 1
    assert len(starts) == 3
    for ground in (16, 235):
        frame = filled(640, 360)
        planes(frame)[0][:] = ground
        draw(frame, title, 30)
        shown = frame.to_ndarray(format="rgb24")[row]
        assert all(max(contrast(rgb, tuple(c)) for c in shown[at - 7 : at].tolist()) > 3 for at in starts)


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21 to 1, grey #767676 on white the well-known 4.54 to 1."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_colors_and_boxes_are_read(kit: SimpleNamespace) -> None:
    """Three, six and eight digits; what is no colour is none; "none" takes a lower third's own box away."""
    assert parse_color("#fc0") == (255, 204, 0, 255)
    assert parse_color("11223344") == (17, 34, 51, 68)
    assert [parse_color(value) for value in ("#12345", "red", None, 7)] == [None] * 4
    boxes = [read(kit, text="x", style="lower-third", **more).background for more in (
        {}, {"background": "none"}, {"background": "#0000ff"})]  # fmt: skip
    assert boxes == [(0, 0, 0, 165), None, (0, 0, 255, 255)]


def test_without_animation_it_is_there_at_once(kit: SimpleNamespace) -> None:
    """The first frame and the last show it whole."""
    title = read(kit, text="Hi", animation="none")
    assert [pose(title, n, 640, 360).opacity for n in (0, 30, 59)] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("animation", "axis"), [("slide-up", 1), ("slide-left", 0)])
def test_a_slide_comes_from_its_side_and_stops_in_its_place(
    kit: SimpleNamespace, animation: str, axis: int
) -> None:
    """It comes from below, or from the right, slower and slower, to where it would have stood."""
    title = read(kit, text="HH", animation=animation, position="center", size=120)
    still = place(read(kit, text="HH", animation="none", position="center", size=120))
    ways = [place(title, n)[axis] - still[axis] for n in range(1, 14)]
    assert ways[0] > 10
    assert all(a >= b for a, b in pairwise(ways))
    assert ways[0] - ways[1] > ways[4] - ways[5]
    assert np.array_equal(place(title), still)
    assert place(title, 1)[1 - axis] == pytest.approx(still[1 - axis], abs=2)


def test_a_pop_grows_over_its_size_and_settles(kit: SimpleNamespace) -> None:
    """It begins at half its size, gets a little too large, and settles in its size about its middle."""
    title = read(kit, text="HHHH", animation="pop", position="center", size=120)
    widths = [(box := place(title, n))[2] - box[0] for n in range(12)]
    still = place(title)
    whole = still[2] - still[0]
    assert widths[0] < 0.8 * whole
    assert max(widths) > 1.02 * whole
    assert widths[-1] == whole
    first = place(title, 1)
    assert (first[0] + first[2]) / 2 == pytest.approx((still[0] + still[2]) / 2, abs=4)


def test_a_typewriter_writes_letter_by_letter(kit: SimpleNamespace) -> None:
    """It grows from the left, no letter moves; half way through half of it is there, at the end all."""
    title = read(kit, text="HHHHHHHH", animation="typewriter", position="center", size=100)
    boxes = [place(title, n) for n in range(title.enter)]
    still = place(title)
    whole = still[2] - still[0]
    assert all(abs(box[0] - still[0]) <= 1 for box in boxes)
    widths = [box[2] - box[0] for box in boxes]
    assert widths == sorted(widths)
    assert 0 < widths[0] < 0.3 * whole
    assert widths[title.enter // 2] == pytest.approx(whole / 2, abs=0.15 * whole)
    assert widths[-1] == whole
    long = read(kit, text="word " * 100, animation="typewriter")
    assert long.enter <= 36  # three fifths of two seconds: there is time left to read it


def test_what_slides_over_the_edge_is_cut_there() -> None:
    """A text that stands at the right edge comes from outside without an error."""
    title = made("WIDE", position="center-right", animation="slide-left", enter=12, size=200)
    for n in range(12):
        place(title, n)
    assert place(title, 0)[2] == 640


def test_subtitles_are_seen_in_their_own_time(kit: SimpleNamespace) -> None:
    """Two lines, one after the other: each is in the file's frames of its own time and in no others."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    rows = {"text": "HHHHHHHH", "style": "subtitle", "animation": "none", "size": 90}
    cues = [{"d": 500, "m": {"start": at, **rows}} for at in (300, 1200)]
    plain, titled = (
        kit.watched(kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)], titles=t), resolution="180p").path)
        for t in ((), cues)
    )
    low = slice(125, 175)
    away = [np.abs(a[low].astype(int) - b[low]).mean() for a, b in zip(plain, titled, strict=True)]
    seen = [n for n, difference in enumerate(away) if difference > 4]
    assert seen == [*range(9, 24), *range(36, 51)]


def test_many_titles_do_not_fill_the_memory() -> None:
    """What is drawn for past titles is let go."""
    for n in range(40):
        art(made(f"title {n}"), 320, 180)
    assert art.cache_info().currsize <= 8


def bands(luma: np.ndarray) -> list[tuple[int, int]]:
    """The rows of a frame of black in which there are letters, band by band."""
    rows = np.flatnonzero((luma > 150).any(axis=1))
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts if len(part)]


def written(*texts: tuple[str, str, str, int, int]) -> Draft:
    """A black film of two seconds with these texts: what, style, position, from and to in ms."""
    segments = [
        {"d": end - begin, "m": {"start": begin, "text": text, "style": style, "position": position,
                                 "animation": "none"}}
        for text, style, position, begin, end in texts
    ]  # fmt: skip
    meta = {"width": 640, "height": 360, "fps": 10}
    return Draft({"d": 2000, "m": meta, "t": [{"tt": 7, "m": {"name": "Texts"}, "sg": segments}]})


def test_a_title_stands_above_the_subtitles(kit: SimpleNamespace) -> None:
    """At the bottom it is seen above the highest of them, and stays there while a lower one is there."""
    long = " ".join(["HHHH"] * 14)
    subtitles = [
        (long, "subtitle", "bottom-center", 0, 1000),
        ("HH", "subtitle", "bottom-center", 1000, 2000),
    ]
    alone = kit.watched(kit.make(written(*subtitles)).path)
    both = kit.watched(kit.make(written(*subtitles, ("XXX", "title", "bottom-center", 0, 2000))).path)
    for n, lines in ((5, 2), (15, 1)):
        below = bands(alone[n])
        assert len(below) == lines
        title, *others = bands(both[n])
        assert np.abs(np.subtract(others, below)).max() <= 1
        assert title[1] < below[0][0] - 5
    assert bands(both[5])[0] == pytest.approx(bands(both[15])[0], abs=1)


@pytest.mark.parametrize("position", ["top-center", "center", "bottom-center", "bottom-left"])
def test_texts_at_one_place_are_seen_one_below_the_other(kit: SimpleNamespace, position: str) -> None:
    """Three texts at one position at one time are three lines; one that comes later stands in their place."""
    texts = [(word, "title", position, 0, 1000) for word in ("HH", "XX", "NN")]
    film = kit.watched(kit.make(written(*texts, ("HH", "title", position, 1000, 2000))).path)
    apart = bands(film[5])
    assert len(apart) == 3
    assert min(after[0] - before[1] for before, after in pairwise(apart)) > 5
    (later,) = bands(film[15])
    assert any(later == pytest.approx(band, abs=1) for band in apart)


def test_what_does_not_meet_stays_in_its_place(kit: SimpleNamespace) -> None:
    """Texts at other places, or one after the other, stand where they would alone."""
    title, below = ("HH", "title", "top-center", 0, 2000), ("XX", "subtitle", "bottom-center", 0, 1000)
    plan = kit.make(written(title, below, ("NN", "caption", "bottom-center", 1000, 2000))).plan
    assert {title.down for span in plan.spans for title in span.titles} == {0}


def test_a_title_over_thousands_of_subtitles_is_placed_at_once() -> None:
    """Only those that may be the highest are set to find its place."""
    lines = [made(f"{n} " + "word " * (12 if n == 2500 else 3), first=n * 60, last=n * 60 + 50,
                  position="bottom-center", style="subtitle", size=48.0) for n in range(5000)]  # fmt: skip
    title = made("Title", last=300_000, position="bottom-center")
    *rest, moved = stacked([*lines, title], 1920, 1080)
    assert [line.down for line in rest] == [0] * 5000
    highest = set_in_lines(lines[2500], 1920, 1080)
    own = set_in_lines(moved, 1920, 1080)
    assert len(highest.lines) == 2
    assert own.y + own.height < highest.y
