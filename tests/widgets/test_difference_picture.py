"""The picture of a difference: two timelines, with what went, what is new and what moved."""

from __future__ import annotations

import io
import time
from typing import Any

import numpy as np
from PIL import Image

from nemo_widgets.draft import Draft
from nemo_widgets.languages import speaking
from nemo_widgets.widgets import DifferencePicture, difference_png
from nemo_widgets.widgets import canvas as colours
from nemo_widgets.widgets import difference_picture as ours

LEFT, RIGHT = 88, 640 - 44


def film(*clips: tuple[str, int, int]) -> Draft:
    segments, start = [], 0
    for name, begin, end in clips:
        meta = {"id": name, "start": start, "src": f"/{name}.mp4", "name": name, "in": begin, "out": end}
        segments.append({"d": end - begin, "m": meta})
        start += end - begin
    return Draft({"t": [{"tt": 0, "m": {"name": "Main"}, "sg": segments}]})


ONE, TWO, THREE = ("one", 0, 10_000), ("two", 0, 5_000), ("three", 0, 5_000)


def pixels(before: Draft, after: Draft) -> np.ndarray:
    image = Image.open(io.BytesIO(difference_png(before, after))).convert("RGBA")
    assert image.width == 1280
    return np.asarray(image).astype(int)


def columns(page: np.ndarray, colour: tuple[int, ...], top: float, bottom: float) -> list[int]:
    """Which seconds of 20 have a colour between two heights."""
    band = page[round(2 * top) : round(2 * bottom), 2 * LEFT : 2 * RIGHT]
    hit = (abs(band[:, :, :3] - colour).max(axis=2) <= 6) & (band[:, :, 3] > 250)
    share = hit.mean(axis=0).reshape(-1)
    each = np.array_split(share, 20)
    return [n for n, part in enumerate(each) if part[3:-3].mean() > 0.15]


def dark(page: np.ndarray, top: float, bottom: float) -> list[int]:
    """Which seconds of 20 are hatched: the clip's colour under dark stripes."""
    blue = colours.VIDEO_COLOUR
    shade = tuple(round(c * (1 - ours._DARK[3] / 255)) for c in blue)
    return columns(page, shade, top, bottom)


FIRST, SECOND = 28, 28 + 46 + 6 + 16 + 28


def test_what_went_is_hatched_where_it_stood() -> None:
    """A clip that is gone, and the part of one that was trimmed away."""
    page = pixels(film(ONE, TWO, THREE), film(("one", 4_000, 10_000), THREE))
    assert dark(page, FIRST, FIRST + 46) == [0, 1, 2, 3, 10, 11, 12, 13, 14]
    assert dark(page, SECOND, SECOND + 46) == []


def test_what_is_new_or_changed_has_a_bar() -> None:
    """On the second timeline, under the clip, and nowhere else."""
    louder = film(ONE, TWO, THREE)
    louder.data["t"][0]["sg"][1]["m"]["volume"] = 0.5
    page = pixels(film(ONE, TWO, THREE), louder)
    assert columns(page, ours._NEW, SECOND + 43, SECOND + 46) == [10, 11, 12, 13, 14]
    page = pixels(film(ONE, TWO), film(ONE, TWO, THREE))
    assert columns(page, ours._NEW, SECOND + 43, SECOND + 46) == [15, 16, 17, 18, 19]


def test_what_moved_is_joined_by_a_line() -> None:
    """From the middle of where it stood to the middle of where it went; what only closes up has none."""
    apart = FIRST + 46 + 8
    there = pixels(film(ONE, TWO, THREE), film(THREE, ONE, TWO))[round(2 * apart)]
    red = (abs(there[:, :3] - colours.MARKER).max(axis=1) <= 6) & (there[:, 3] > 250)
    assert 2 <= red.sum() <= 60
    gone = pixels(film(ONE, TWO, THREE), film(ONE, THREE))[round(2 * apart)]
    assert not ((abs(gone[:, :3] - colours.MARKER).max(axis=1) <= 6) & (gone[:, 3] > 250)).any()


def test_the_same_drafts_give_the_same_bytes_in_both_languages() -> None:
    """So that a saved notebook changes only where a timeline did; in Chinese it says so in Chinese."""
    both = film(ONE, TWO, THREE), film(THREE, ONE)
    first = difference_png(*both)
    assert first == difference_png(*(Draft(each.data) for each in both))
    with speaking("zh-CN"):
        assert difference_png(*both) != first
        assert "two" in repr(DifferencePicture(*both))
    assert "Clip removed: two" in repr(DifferencePicture(*both))
    assert repr(DifferencePicture(both[0], both[0])).startswith("Nothing differs.")


def test_large_and_odd_drafts_are_small_pictures() -> None:
    """600 segments of which every third went and the rest moved, and drafts that hold nothing or nonsense."""
    many = [(f"clip {n}", 0, 900) for n in range(600)]
    fewer = [clip for n, clip in enumerate(many) if n % 3][::-1]
    begun = time.perf_counter()
    assert len(difference_png(film(*many), film(*fewer))) <= 60_000
    assert time.perf_counter() - begun < 5
    odd: Any = [
        {},
        {"t": 3},
        {"t": [{"tt": 0, "sg": [{"d": None, "m": 5}]}, None]},
        {"t": [{"sg": [{"d": -4}]}]},
    ]
    for data in odd:
        assert difference_png(film(ONE), Draft(data))
        assert difference_png(Draft(data), film(ONE))


def test_a_table_of_differences_shows_the_picture_below_itself() -> None:
    """In a notebook, with words for those who hear it; a part of the table too; none if nothing differs."""
    table = film(('one" onload="x', 0, 9_000), TWO).diff(film(TWO, THREE))
    html = table._repr_html_()
    assert html.count("data:image/png;base64,") == 1
    assert 'width="640"' in html
    assert 'alt="Clip removed: one&quot; onload=&quot;x' in html
    assert ' onload="x' not in html.partition("<img")[2]
    assert "<img" in table[table["what"] == "added"]._repr_html_()
    assert "<img" not in (film(ONE).diff(film(ONE))._repr_html_() or "")
