"""Frames that nobody touched are taken over as they are coded; every frame is the planned one still."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.studio.render import explain, job
from nemo_widgets.studio.render.copies import copy_plan
from nemo_widgets.studio.render.copy_check import check_copies
from nemo_widgets.studio.render.errors import CopyError, RenderCancelled
from nemo_widgets.studio.render.h264 import (
    ParameterSets,
    has_other_sets,
    is_idr,
    is_well_formed,
    length_prefixed,
)

if TYPE_CHECKING:
    from types import SimpleNamespace

SIZE = (320, 180)
FRAMES = 150
KINDS: dict[str, dict[str, Any]] = {
    "usual.mp4": {},
    "no b-frames.mp4": {"bframes": 0, "gop": 12},
    "pyramid.mp4": {"bframes": 4, "gop": 30, "options": {"preset": "veryfast", "b_strategy": "1"}},
    "many references.mp4": {"bframes": 3, "gop": 20, "options": {"preset": "medium", "refs": "5"}},
    "main.mp4": {"options": {"profile": "main", "preset": "veryfast"}},
    "baseline.mp4": {"bframes": 0, "options": {"profile": "baseline"}},
    "begins later.mp4": {"shift": 7},
    "slices.mp4": {"options": {"slices": "4"}},
    "every frame a key.mp4": {"bframes": 0, "gop": 1},
    "our own number.mp4": {"options": {"x264-params": "sps-id=31"}},
    "matroska.mkv": {},
    "quicktime.mov": {"bframes": 1},
}
CUTS = [(3, 64), (90, 148), (20, 52)]
"""From which frame until which: the first begins and ends within a group of pictures."""


def made(kit: SimpleNamespace, name: str, form: dict[str, Any] | None = None) -> str:
    return kit.made(name, frames=FRAMES, size=SIZE, named=True, **(KINDS[name] if form is None else form))


def cut(kit: SimpleNamespace, *parts: tuple[str, int, int], **meta: Any) -> Any:
    """A timeline of these frames of clips, hard cuts between them."""
    segments, at = [], 0
    for n, (name, first, last) in enumerate(parts):
        segment = kit.clip(name, ms(at), ms(first), ms(last), **meta)
        segment["m"]["id"], segment["d"] = f"v{n}", ms(at + last - first) - ms(at)
        segments.append(segment)
        at += last - first
    return kit.timeline(segments, size=SIZE)


def ms(frame: int) -> int:
    return round(frame * 1000 / 30)


def wanted(*parts: tuple[str, int, int]) -> list[int]:
    return [n for _, first, last in parts for n in range(first, last)]


@pytest.mark.parametrize("name", KINDS)
def test_every_frame_is_the_planned_one(kit: SimpleNamespace, name: str) -> None:
    """Whatever way the clip is coded in: no frame twice, none missing, those around each joint as filmed."""
    made(kit, name)
    parts = [(name, *part) for part in CUTS]
    film = kit.make(cut(kit, *parts), preset=None)
    copies = copy_plan(film.plan)
    assert copies.frames >= len(wanted(*parts)) / 2
    assert kit.numbers(film.path) == wanted(*parts)
    assert film.result.frames == len(wanted(*parts))
    source, shown = kit.watched(kit.source(name)), kit.watched(film.path)
    joints = {n for copy in copies.copies for n in (copy.first, copy.last)}
    near = {n + k for n in joints for k in (-1, 0, 1) if 0 <= n + k < len(shown)}
    assert min(psnr(shown[n], source[wanted(*parts)[n]]) for n in near) > 35


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return 10 * np.log10(255**2 / max(1e-3, float(((a.astype(float) - b) ** 2).mean())))


def test_several_clips_are_copied_beside_each_other(kit: SimpleNamespace) -> None:
    """Clips of one camera have the same parameter sets; one whose sets would clash is encoded."""
    names = ["usual.mp4", "matroska.mkv", "many references.mp4"]
    parts = [(made(kit, name), 5 * n, 70 + n) for n, name in enumerate([*names, *names])]
    film = kit.make(cut(kit, *parts), preset=None)
    assert {copy.name for copy in copy_plan(film.plan).copies} == {"usual.mp4", "matroska.mkv"}
    assert kit.numbers(film.path) == wanted(*parts)


@pytest.mark.parametrize(
    "meta",
    [
        {"looks": [{"type": "bw", "amount": 1.0}]},
        {"flip": "horizontal"},
        {"rotate": 180},
        {"crop": {"x": 0.0, "y": 0.0, "w": 0.5, "h": 0.5}},
        {"zoom": {"from": 1.0, "to": 1.5}},
        {"speed": 1.5},
        {"reverse": True},
    ],
    ids=lambda meta: next(iter(meta)),
)
def test_what_is_touched_is_not_copied(kit: SimpleNamespace, meta: dict[str, Any]) -> None:
    """A look, a turn, a crop, a zoom or another speed needs every frame anew."""
    made(kit, "usual.mp4")
    plan = kit.make(cut(kit, ("usual.mp4", 0, 60), **meta), preset=None).plan
    assert plan.copied
    assert not copy_plan(plan).copies


def test_only_the_frames_under_a_title_or_a_fade_are_encoded(kit: SimpleNamespace) -> None:
    """What lies before and behind them is copied, up to the next key frame."""
    made(kit, "usual.mp4")
    draft = cut(kit, ("usual.mp4", 0, FRAMES))
    draft.data["t"].append({"tt": 7, "m": {}, "sg": [{"d": 1000, "m": {"start": 2000, "text": "Hi"}}]})
    draft.data["m"]["fade_out"] = 500
    film = kit.make(draft, preset=None)
    assert [(copy.first, copy.last) for copy in copy_plan(film.plan).copies] == [(0, 60), (90, 135)]
    assert kit.numbers(film.path)[:60] == list(range(60))


@pytest.mark.parametrize(
    "form", [{"quality": "low"}, {"crf": 30}, {"resolution": "90p"}, {"fps": 25}], ids=str
)
def test_another_form_is_encoded(kit: SimpleNamespace, form: dict[str, Any]) -> None:
    """A smaller file, another size or another rate that is asked for is made."""
    made(kit, "usual.mp4")
    plan = kit.make(cut(kit, ("usual.mp4", 0, 60)), preset=None, **form).plan
    assert not copy_plan(plan).copies


@pytest.mark.parametrize("params", ["open-gop=1:keyint=20", "intra-refresh=1:keyint=20"])
def test_no_copy_begins_where_decoding_cannot(kit: SimpleNamespace, params: str) -> None:
    """A key frame that later pictures reach over is no place to begin: the frames are encoded, and right."""
    form = {"bframes": 3 * ("open" in params), "gop": 250, "options": {"x264-params": params}}
    part = (made(kit, f"{params[:4]}.mp4", form), 25, 95)
    film = kit.make(cut(kit, part), preset=None)
    assert not copy_plan(film.plan).copies
    assert kit.numbers(film.path) == wanted(part)


def test_what_is_damaged_is_not_copied(kit: SimpleNamespace) -> None:
    """A player gives up where a packet is none: damage is decoded, and covered up, as before."""
    data = bytearray(kit.source(made(kit, "usual.mp4")).read_bytes())
    (begin,) = (m.start() for m in re.finditer(b"mdat", data))
    hurt = begin + (len(data) - begin) // 2
    data[hurt : hurt + 3000] = bytes(3000)
    kit.source("hurt.mp4").write_bytes(data)
    film = kit.make(cut(kit, ("hurt.mp4", 0, FRAMES)), preset=None)
    assert not copy_plan(film.plan).copies
    assert film.result.frames == FRAMES


def test_a_packet_is_a_row_of_units_to_its_end() -> None:
    """Lengths that lead beyond it or stop before its end, and zeros, are no packet."""
    whole = b"\0\0\0\2\x65\x88\0\0\0\3\x41\x9a\1"
    assert is_well_formed(memoryview(whole))
    assert [is_well_formed(memoryview(bad)) for bad in (whole[:-1], whole + b"\0", bytes(20), b"")] == [
        False
    ] * 4


def test_looking_for_copies_can_be_cancelled(kit: SimpleNamespace) -> None:
    """A clip of hours is looked through group by group: a Stop need not wait for its end."""
    plan = kit.make(cut(kit, (made(kit, "usual.mp4"), 3, 64)), preset=None).plan
    with pytest.raises(RenderCancelled):
        copy_plan(plan, lambda: True)


def test_what_cannot_be_copied_after_all_is_encoded(
    kit: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the finished file is not what it should be, it is made again without copies."""
    part, looked = (made(kit, "usual.mp4"), 3, 64), []

    def check(*args: Any) -> None:
        looked.append(args)
        raise CopyError

    monkeypatch.setattr(job, "check_copies", check)
    film = kit.make(cut(kit, part), preset=None)
    assert len(looked) == 1
    assert kit.numbers(film.path) == wanted(part)


def test_the_check_finds_what_is_wrong(kit: SimpleNamespace) -> None:
    """A file with a frame too few, or without a key frame at a joint, does not pass."""
    part = (made(kit, "usual.mp4"), 3, 64)
    film = kit.make(cut(kit, part), preset=None)
    check_copies(film.path, film.plan, copy_plan(film.plan))
    other = kit.make(cut(kit, (part[0], 3, 65)), preset=None)
    with pytest.raises(CopyError, match="missing"):
        check_copies(film.path, other.plan, copy_plan(other.plan))
    plain = kit.make(cut(kit, part), preset=None, crf=20)
    with pytest.raises(CopyError, match="begin with"):
        check_copies(plain.path, film.plan, copy_plan(film.plan))


def test_pictures_are_decoded_in_order_and_in_time(kit: SimpleNamespace) -> None:
    """The order of decoding rises by one frame at a time, and none is decoded after it is shown."""
    parts = [(made(kit, "pyramid.mp4"), *part) for part in CUTS]
    film = kit.make(cut(kit, *parts), preset=None)
    with av.open(str(film.path)) as file:
        packets = [p for p in file.demux(video=0) if p.pts is not None]
    assert {b.dts - a.dts for a, b in pairwise(packets)} == {packets[0].duration}
    assert all(p.dts <= p.pts for p in packets)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_parameter_sets(data: bytes) -> None:
    """A clip's head is written by others: nonsense is no parameter sets, and ends in no error."""
    found = ParameterSets.of_record(b"\1" + data)
    assert found is None or found.sequences
    if found is not None:
        assert isinstance(found.ids, dict)
    assert is_idr(memoryview(data)) in (True, False)
    assert has_other_sets(memoryview(data), ParameterSets()) in (True, False)
    assert is_well_formed(memoryview(data)) in (True, False)
    assert len(length_prefixed(data)) <= 2 * len(data)


def test_what_is_explained_is_what_is_copied(kit: SimpleNamespace) -> None:
    """The stretches are without a gap, and those called copies are the copies that are made."""
    name = made(kit, "usual.mp4")
    draft = cut(kit, (name, 3, 75), (name, 80, 140))
    draft.data["t"].append({"tt": 7, "m": {}, "sg": [{"d": 500, "m": {"start": 900, "text": "Hi"}}]})
    draft.data["m"]["fade_out"] = 300
    plan = kit.make(draft, preset=None).plan
    told = explain(plan)
    assert [each.first for each in told] == [0, *(each.last for each in told[:-1])]
    assert told[-1].last == plan.frames
    copies = {n for copy in copy_plan(plan).copies for n in range(copy.first, copy.last)}
    assert {n for each in told if each.what == "copy" for n in range(each.first, each.last)} == copies
    assert [(each.last, each.why) for each in told] == [
        (12, "joint"), (27, "untouched"), (42, "title"), (72, "untouched"),
        (82, "joint"), (122, "untouched"), (123, "joint"), (132, "fade"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"codec": "libx265"}, "codec"),
        ({"pix_fmt": "yuv444p"}, "pixels"),
        ({"rotate": 180}, "turned"),
        ({"pixel": Fraction(4, 3)}, "turned"),
        ({"named": False}, "colours"),
    ],
    ids=str,
)
def test_why_a_clip_is_not_copied_is_told(kit: SimpleNamespace, form: dict[str, Any], why: str) -> None:
    """What is another about its file is named."""
    kit.made(f"not copied {form}.mp4", **{"frames": 40, "size": SIZE, "named": True, **form})
    plan = kit.make(cut(kit, (f"not copied {form}.mp4", 0, 40)), preset=None).plan
    assert {each.why for each in explain(plan)} == {why}
