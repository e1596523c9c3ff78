"""Interlaced material, and material that only says so, as the export shows it; and packed B-frames."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent.language.fields import field_clause
from nemo_widgets.studio.media import poster, probe

if TYPE_CHECKING:
    from pathlib import Path

WIDE, HIGH, FRAMES = 160, 96, 12
PACE = 6
"""Pixels that the bar moves from field to field."""


def field(n: int) -> np.ndarray:
    """A bright bar at the place where it stands at field n."""
    luma = np.full((HIGH, WIDE), 60, np.uint8)
    left = 10 + PACE * n % (WIDE - 60)
    luma[:, left : left + 40] = 200
    return luma


def woven(n: int, order: str) -> np.ndarray:
    """Frame n of two fields; "" for one that is whole."""
    if not order:
        return field(2 * n)
    frame, later = field(2 * n).copy(), field(2 * n + 1)
    first = 0 if order == "tff" else 1
    frame[1 - first :: 2] = later[1 - first :: 2]
    return frame


def filmed(
    path: Path, orders: list[str], *, codec: str = "libx264", options: dict[str, str] | None = None,
    flags: int = 0, size: tuple[int, int] = (WIDE, HIGH), pix_fmt: str = "yuv420p",
) -> Path:  # fmt: skip
    with av.open(str(path), "w") as file:
        video = file.add_stream(codec, rate=25)
        video.width, video.height, video.pix_fmt = *size, pix_fmt
        video.options = {"preset": "ultrafast", "crf": "12", **(options or {})} if codec == "libx264" else {}
        if codec != "libx264":
            video.options = options or {}
            video.codec_context.bit_rate = 4_000_000
        video.codec_context.flags |= flags
        for n, order in enumerate(orders):
            luma = woven(n, order)
            if size != (WIDE, HIGH):
                rows = np.linspace(0, HIGH - 1, size[1] // 2).astype(int)
                fields = [luma[k::2][np.minimum(rows // 2, HIGH // 2 - 1)] for k in (0, 1)]
                luma = np.empty((size[1], WIDE), np.uint8)
                luma[0::2], luma[1::2] = fields
                luma = np.repeat(luma, -(-size[0] // WIDE), axis=1)[:, : size[0]]
            frame = av.VideoFrame(*size, "yuv420p")
            for plane, value in zip(frame.planes, (luma, 128, 128), strict=True):
                np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width] = value
            frame = frame.reformat(format=pix_fmt) if pix_fmt != "yuv420p" else frame
            frame.pts, frame.time_base = n, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
    return path


def combs(luma: np.ndarray) -> float:
    """The share of pixels that stand out from the row above and the row below alike."""
    here, up, down = (luma[a : luma.shape[0] - 2 + a].astype(int) for a in (1, 0, 2))
    return float(np.mean(np.minimum(abs(here - up), abs(here - down)) * ((here > up) == (here > down)) > 12))


ILDCT, ILME = 0x40000, 0x20000000
"""FFmpeg's flags for interlaced coding."""
TFF, BFF, WHOLE = ["tff"] * FRAMES, ["bff"] * FRAMES, [""] * FRAMES
H264: dict[str, Any] = {"flags": ILDCT | ILME}
MPEG2: dict[str, Any] = {"codec": "mpeg2video", "flags": ILDCT | ILME}
CLIPS: dict[str, tuple[list[str], dict[str, Any]]] = {
    "mbaff.mp4": (TFF, {**H264, "options": {"x264-params": "tff=1"}}),
    "bottom.mp4": (BFF, {**H264, "options": {"x264-params": "bff=1"}}),
    "unsaid-top.mp4": (TFF, {}),
    "unsaid-bottom.mp4": (BFF, {}),
    "wrong.mp4": (BFF, {**H264, "options": {"x264-params": "tff=1"}}),
    "broadcast.mkv": (TFF, {**MPEG2, "options": {"top": "1", "field_order": "tt"}}),
    "tape.avi": (BFF, {"codec": "dvvideo", "size": (720, 576), "flags": ILDCT}),
    "studio.mov": (TFF, {"codec": "prores", "pix_fmt": "yuv422p10le", "flags": ILDCT}),
    "telecined.mp4": (["", "", "tff", "tff", ""] * 3, {}),
}


@pytest.mark.parametrize("name", CLIPS)
def test_an_export_has_no_combs(kit: SimpleNamespace, name: str) -> None:
    """Whatever was filmed in fields, flagged or not, top or bottom first: each frame is whole, in place."""
    orders, form = CLIPS[name]
    path = filmed(kit.folder / name, orders, **form)
    about = probe(path)
    size = form.get("size", (WIDE, HIGH))
    assert about.fields == next(order for order in orders if order)
    assert [note.en for note in about.notes] == ["interlaced: will be deinterlaced"]
    length = len(orders) * 40
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, length)], size=(160, 96), fps=25), crf=5)
    frames = kit.watched(done.path)
    assert len(frames) == len(orders)
    assert max(map(combs, frames)) < 0.004
    assert combs(np.asarray(poster(path, 200, size[0]).convert("L"))) < 0.004
    for n, (frame, order) in enumerate(zip(frames[1:-1], orders[1:-1], strict=True), 1):
        left = np.flatnonzero(frame[HIGH // 2] > 130)[0]  # of a frame that is mended it is its first field's
        stands = 10 + PACE * 2 * n % (WIDE - 60)
        if size != (WIDE, HIGH):  # a tape's picture is 4:3 and stands between two bars
            stands = 16 + stands * 5 * 128 / 720
        assert left == pytest.approx(stands, abs=2), (n, order)


@pytest.mark.parametrize("container", ["mp4", "mkv", "ts"])
def test_fields_are_found_in_whichever_of_joined_files(tmp_path: Path, container: str) -> None:
    """Where only the second of two files that were joined is interlaced, that is said at the upload, too."""
    parts = [filmed(tmp_path / f"{order}.{container}", [order] * FRAMES) for order in ("", "tff")]
    path = tmp_path / f"joined.{container}"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    about = probe(path)
    assert about.fields == "tff"
    assert about.notes[0].en == "interlaced: will be deinterlaced"


@pytest.mark.parametrize("flagged", [False, True])
def test_whole_pictures_stay_as_they_are(kit: SimpleNamespace, flagged: bool) -> None:  # noqa: FBT001 - a parameter
    """What is progressive is not touched, also where the file says that it is interlaced."""
    path = filmed(kit.folder / f"whole{flagged}.mp4", WHOLE, **(H264 if flagged else {}))
    assert probe(path).fields == ""
    done = kit.make(kit.timeline([kit.clip(path.name, 0, 0, 480)], size=(160, 96), fps=25), crf=1)
    for n, frame in enumerate(kit.watched(done.path)):
        wanted = 16 + (field(2 * n).astype(int) - 16)
        assert np.abs(frame.astype(int) - wanted).mean() < 2


@pytest.mark.parametrize("flagged", [False, True])
def test_thin_lines_that_scroll_are_no_combs(kit: SimpleNamespace, flagged: bool) -> None:  # noqa: FBT001 - a parameter
    """Credits, ruled paper and text on a screen stay sharp while they move up, whatever the file says."""
    path = kit.folder / f"scrolls{flagged}.mp4"
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = WIDE, HIGH, "yuv420p"
        video.options = {"preset": "ultrafast", "crf": "5"}
        video.codec_context.flags |= H264["flags"] if flagged else 0
        for n in range(FRAMES):
            luma = np.full((HIGH, WIDE), 40, np.uint8)
            luma[(HIGH - n) % 4 :: 4] = 220
            frame = av.VideoFrame(WIDE, HIGH, "yuv420p")
            for plane, value in zip(frame.planes, (luma, 128, 128), strict=True):
                np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width] = value
            frame.pts, frame.time_base = n, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
    assert probe(path).fields == ""
    done = kit.make(kit.timeline([kit.clip(path.name, 0, 0, 480)], size=(160, 96), fps=25), crf=1)
    for n, frame in enumerate(kit.watched(done.path)):
        assert frame[(HIGH - n) % 4 :: 4].mean() > 190
        assert frame[(HIGH - n + 2) % 4 :: 4].mean() < 60


def test_twice_the_rate_shows_each_field(kit: SimpleNamespace) -> None:
    """In a film of 50 pictures a second the bar of a clip of 25 moves with every picture."""
    path = filmed(kit.folder / "twice.mp4", TFF, **H264)
    done = kit.make(kit.timeline([kit.clip(path.name, 0, 0, 480)], size=(160, 96), fps=50), crf=5)
    lefts = [int(np.flatnonzero(frame[HIGH // 2] > 130)[0]) for frame in kit.watched(done.path)]
    assert len(lefts) == 2 * FRAMES
    assert lefts[2:-2] == pytest.approx([10 + PACE * n % (WIDE - 60) for n in range(2, 22)], abs=2)


@pytest.mark.parametrize(
    ("sentence", "frames"),
    [("deinterlace it to 50 fps", 2 * FRAMES), ("去隔行，帧率翻倍", 2 * FRAMES), ("deinterlace it", FRAMES)],
)
def test_the_rate_is_doubled_by_an_instruction(kit: SimpleNamespace, sentence: str, frames: int) -> None:
    """Where it is wished the film of an interlaced clip has a picture for each of its fields."""
    path = filmed(kit.folder / "wished.mp4", TFF, **H264)
    draft = kit.timeline([kit.clip(path.name, 0, 0, 480)], size=(160, 96), fps=25)
    [edit] = field_clause(sentence) or []
    done = kit.make(Draft(edit.apply(draft.data, SimpleNamespace(media={})).draft), crf=5)
    lefts = [int(np.flatnonzero(frame[HIGH // 2] > 130)[0]) for frame in kit.watched(done.path)]
    assert len(lefts) == len(set(lefts)) == frames


VOP, DIVX, NOTHING = b"\0\0\1\xb6", b"\0\0\1\xb2DivX503b1393p", b"\0\0\1\xb6\x50\0"
"""Where a picture begins, who packs pictures, and the piece that keeps the place of one that was packed."""


def packed(pieces: list[bytes]) -> list[bytes]:
    """As DivX and Xvid write them: a P-frame and the B-frame behind it in one piece, then an empty one."""
    kinds = [piece[piece.index(VOP) + 4] >> 6 for piece in pieces]
    out, i = [], 0
    while i < len(pieces):
        piece = pieces[i] if kinds[i] else pieces[i].replace(VOP, DIVX + VOP, 1)
        later = i + 1
        while later < len(pieces) and kinds[later] == 2:
            later += 1
        row = pieces[i + 1 : later]
        out += [piece + row[0], *row[1:], NOTHING] if row else [piece]
        i = later
    return out


@pytest.mark.parametrize(("tag", "bframes"), [("XVID", 2), ("DX50", 1), ("", 2), ("", 0)])
def test_packed_pictures_are_shown_once_each(kit: SimpleNamespace, tag: str, bframes: int) -> None:
    """Of an AVI whose B-frames are packed with others each picture is seen, in order, also behind a cut."""
    name = f"packed{tag}{bframes}.avi"
    path = kit.folder / name
    pieces: list[bytes] = []
    with av.open(str(path), "w") as file:
        video = file.add_stream("mpeg4", rate=30)
        video.width, video.height, video.pix_fmt = 160, 90, "yuv420p"
        video.codec_context.max_b_frames, video.codec_context.gop_size = bframes, 12
        video.codec_context.bit_rate = 2_000_000
        if tag:
            video.codec_context.codec_tag = tag
        for n in range(60):
            frame = av.VideoFrame(160, 90, "yuv420p")
            for plane, value in zip(frame.planes, (kit.picture(n, 160, 90), 128, 128), strict=True):
                np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width] = value
            frame.pts, frame.time_base = n, Fraction(1, 30)
            pieces += [bytes(piece) for piece in video.encode(frame)]
        pieces += [bytes(piece) for piece in video.encode(None)]
        for n, piece in enumerate(packed(pieces) if tag else pieces):
            packet = av.Packet(piece)
            packet.pts = packet.dts = n
            packet.stream, packet.time_base, packet.is_keyframe = video, Fraction(1, 30), n % 12 == 0
            file.mux(packet)
    segments = [kit.clip(name, 0, 0, 1000), kit.clip(name, 1000, 1500, 1800)]
    seen = kit.numbers(kit.make(kit.timeline(segments)).path)
    assert seen == [*range(30), *range(45, 54)]
