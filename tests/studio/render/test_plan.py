"""The plan alone: what it refuses, and how it divides the timeline."""

from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.studio.media import MediaError, MediaInfo
from nemo_widgets.studio.placement import canvas
from nemo_widgets.studio.render import Output, Plan, RenderError, make_plan

if TYPE_CHECKING:
    from types import SimpleNamespace

INFOS = {
    "clip.mp4": MediaInfo("video", 10_000, 640, 360, Fraction(25), has_audio=True),
    "mute.mp4": MediaInfo("video", 10_000, 640, 360, Fraction(25)),
    "tall.mp4": MediaInfo("video", 10_000, 360, 640, Fraction(24_000, 1001)),
    "photo.png": MediaInfo("image", 0, 4000, 3000),
    "large.mp4": MediaInfo("video", 10_000, 1280, 720, Fraction(25)),
    "line.png": MediaInfo("image", 0, 4, 3),
    "song.mp3": MediaInfo("audio", 3000, has_audio=True),
}


def probe(path: Path, name: str) -> MediaInfo:
    if path.name == "broken.mp4":
        raise MediaError(f"“{name}” is damaged or was cut short: it can't be opened as a clip.")
    return INFOS[path.name]


def sources(src: str) -> Path:
    return {name: Path(name) for name in (*INFOS, "broken.mp4")}[src]


def plan(draft: Draft, **output: Any) -> Plan:
    return make_plan(draft, sources, Output(**output), probe=probe)


def test_spans_are_as_long_as_their_layers_are_the_same(kit: SimpleNamespace) -> None:
    """Cuts, both ends of a crossfade and of a title divide the timeline, and nothing else does."""
    fade = {"type": "crossfade", "d": 1000}
    draft = kit.timeline(
        [kit.clip("clip.mp4", 0, 0, 4000), kit.clip("mute.mp4", 3000, 0, 4000, transition=fade)],
        titles=[{"d": 1000, "m": {"start": 5000, "text": "Hi"}}],
        fps=25,
    )
    made = plan(draft)
    assert [(s.first, s.last, s.above is not None, len(s.titles)) for s in made.spans] == [
        (0, 75, False, 0),
        (75, 100, True, 0),
        (100, 125, False, 0),
        (125, 150, False, 1),
        (150, 175, False, 0),
    ]
    assert made.frames == 175
    assert made.duration_ms == 7000
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes


def test_the_sound_is_cut_on_the_sample(kit: SimpleNamespace) -> None:
    """A piece of sound begins and ends where its picture does, and fades over the whole crossfade."""
    fade = {"type": "crossfade", "d": 1000}
    draft = kit.timeline(
        [kit.clip("clip.mp4", 0, 1000, 4000), kit.clip("clip.mp4", 2000, 5000, 9000, transition=fade)], fps=25
    )
    first, second = plan(draft).pieces
    assert (first.at, first.length, first.begin, first.fade_out) == (0, 144_000, 48_000, 48_000)
    assert (second.at, second.length, second.begin, second.fade_in) == (96_000, 192_000, 240_000, 48_000)


def test_many_cuts_never_add_up(kit: SimpleNamespace) -> None:
    """After 200 cuts of odd lengths the sound still begins exactly with its picture."""
    start, segments = 0, []
    for i in range(200):
        segments.append(kit.clip("clip.mp4", start, i * 40 + 3, i * 40 + 340))
        start += 337
    made = plan(kit.timeline(segments, fps="30000/1001"))
    assert made.frames == round(start * 30 / 1001)
    shots = [span.below for span in made.spans]
    assert [p.at for p in made.pieces] == [made.sample(s.first) for s in shots if s is not None]


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (Draft({}), "the timeline is empty"),
        (
            Draft({"t": [{"tt": 0, "sg": [{"d": 0, "m": {"src": "clip.mp4", "name": "beach"}}]}]}),
            "“beach” has no length",
        ),
        (Draft({"t": [{"tt": 0, "sg": [{"d": 10, "m": {"src": "clip.mp4"}}]}]}), "shorter than one frame"),
        (
            Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "gone.mp4", "name": "beach"}}]}]}),
            "“beach” isn't here",
        ),
        (Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"name": "beach"}}]}]}), "“beach” has no file"),
        (
            Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "broken.mp4", "name": "beach"}}]}]}),
            "“beach” is damaged",
        ),
        (Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "song.mp3"}}]}]}), "sound without a picture"),
        (
            Draft(
                {
                    "t": [
                        {
                            "tt": 0,
                            "sg": [{"d": 1000, "m": {"src": "clip.mp4", "in": 11_000, "name": "beach"}}],
                        }
                    ]
                }
            ),
            "“beach” is 0:10 long; the timeline wants it from 0:11",
        ),
        (
            Draft({"t": [{"tt": 0, "sg": [{"d": 20_000, "m": {"src": "clip.mp4", "name": "beach"}}]}]}),
            "wants it until 0:20",
        ),
        (
            Draft(
                {
                    "t": [
                        {
                            "tt": 0,
                            "sg": [{"d": 9000, "m": {"src": "clip.mp4", "in": 0, "out": 2000, "name": "b"}}],
                        }
                    ]
                }
            ),
            "longer on the timeline than what is kept",
        ),
        (
            Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "clip.mp4", "speed": 40}}]}]}),
            "40 times its speed",
        ),
    ],
)
def test_what_cannot_be_rendered_is_refused_in_a_sentence(draft: Draft, sentence: str) -> None:
    """The sentence says what is wrong and names the clip."""
    with pytest.raises(RenderError) as refused:
        plan(draft)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("src", "size", "fps"),
    [
        ("clip.mp4", (640, 360), Fraction(25)),
        ("tall.mp4", (360, 640), Fraction(24_000, 1001)),
        ("photo.png", (1440, 1080), Fraction(30)),
    ],
)
def test_a_draft_without_a_canvas_takes_the_first_clips(
    src: str, size: tuple[int, int], fps: Fraction
) -> None:
    """As it was filmed, at most 1080 on the short side and 1920 on the long one, at the clip's own rate."""
    made = plan(Draft({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": src}}]}]}))
    assert ((made.width, made.height), made.fps) == (size, fps)


@pytest.mark.parametrize(
    ("clips", "root", "size"),
    [
        (["clip.mp4"], {}, (640, 360)),
        (["clip.mp4", "large.mp4"], {}, (1280, 720)),
        (["large.mp4", "tall.mp4"], {}, (1280, 720)),
        (["photo.png"], {}, (1920, 1080)),
        (["photo.png", "clip.mp4"], {}, (640, 360)),
        (["photo.png", "line.png"], {}, (1920, 1080)),
        (["photo.png", "clip.mp4"], {"resolution": "1080p"}, (1920, 1080)),
        (["clip.mp4"], {"width": 1080, "height": 1920, "fit": "blur"}, (640, 1138)),
        (["clip.mp4"], {"width": 1080, "height": 1920, "fit": "crop"}, (202, 360)),
        (["line.png"], {"width": 1080, "height": 1920}, (16, 28)),
        (["clip.mp4"], {"resolution": "1080p"}, (1920, 1080)),
        (["clip.mp4"], {"resolution": None, "width": 1280, "height": 720}, (1280, 720)),
    ],
)
def test_nothing_is_enlarged_unasked(
    kit: SimpleNamespace, clips: list[str], root: dict[str, Any], size: tuple[int, int]
) -> None:
    """The export is as large as its largest video was filmed, or photo where none is; or as was asked."""
    draft = kit.timeline([kit.clip(name, 1000 * at, 0, 1000) for at, name in enumerate(clips)], fps=25)
    draft.data["m"] |= {"width": 1920, "height": 1080, "resolution": "source"} | root
    made = plan(draft)
    assert (made.width, made.height) == size
    enlarged = plan(draft, resolution="1080p")
    assert min(enlarged.width, enlarged.height) == 1080


@pytest.mark.parametrize(
    ("filmed", "size"),
    [((121, 91), (120, 90)), ((333, 221), (332, 220)), ((101, 101), (100, 100)), ((91, 121), (90, 120)),
     ((120, 90), (120, 90)), ((641, 481), (640, 480)), ((1919, 1079), (1918, 1078)),
     ((1300, 549), (1300, 548)), ((1836, 339), (1836, 338)), ((17, 17), (16, 16))],
)  # fmt: skip
def test_an_odd_side_loses_a_row_and_gains_none(filmed: tuple[int, int], size: tuple[int, int]) -> None:
    """A video has even sides: a clip that has none keeps its shape, and is not enlarged for it."""
    wide, high = canvas(*filmed)
    largest = max(Fraction(filmed[0], wide), Fraction(filmed[1], high))
    assert Output().size(wide, high, filmed, largest=largest) == size
    assert Output(resolution="source").size(wide, high, filmed) == size


def test_a_photo_gives_no_size_beside_a_video(kit: SimpleNamespace) -> None:
    """“source” is the first video's size, though a photo is before it, and so is that of a bare draft."""
    draft = kit.timeline([kit.clip("photo.png", 0, 0, 1000), kit.clip("clip.mp4", 1000, 0, 1000)], fps=25)
    made = plan(draft, resolution="source")
    assert (made.width, made.height) == (640, 360)
    del draft.data["m"]["width"], draft.data["m"]["height"]
    made = plan(draft)
    assert (made.width, made.height) == (640, 360)


def test_unknown_music_is_refused(kit: SimpleNamespace) -> None:
    """A bed that nobody can make is named."""
    draft = kit.timeline([kit.clip("clip.mp4", 0, 0, 1000)], music=[{"d": 1000, "m": {"src": "music:polka"}}])
    with pytest.raises(RenderError, match="polka"):
        plan(draft)


def test_music_ends_with_the_picture_and_loops_if_it_is_short(kit: SimpleNamespace) -> None:
    """A song of 3 s under 8 s goes round; however long it is said to be, it ends with the picture."""
    song = {"d": 20_000, "m": {"start": 1000, "src": "song.mp3", "fade_in": 500}}
    made = plan(kit.timeline([kit.clip("mute.mp4", 0, 0, 8000)], music=[song]))
    (piece,) = made.pieces
    assert (piece.at, piece.end, piece.loop, piece.fade_in) == (48_000, made.samples, True, 24_000)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ({"format": "avi"}, "MP4"),
        ({"quality": "best"}, "high, medium or low"),
        ({"resolution": "huge"}, "resolution"),
        ({"resolution": "9000x9000"}, "can't be made"),
        ({"resolution": "8K"}, "4k is the nearest"),
        (
            {"resolution": "9000p"},
            "9000 lines can't be made, its sides have at most 4096 pixels: 4k is the nearest",
        ),
        ({"format": "gif", "fps": 200}, "GIF has at most 50 frames a second, not 200: 50 is the nearest"),
        ({"format": "webp", "fps": 120}, "WEBP has at most 90 frames a second, not 120: 90 is the nearest"),
        ({"resolution": "1080i"}, "1080p is the nearest"),
        ({"fps": "fast"}, "frames a second"),
        ({"fps": 0}, "frames a second"),
        ({"fps": [30]}, "fps is a number"),
        ({"crf": 99}, "crf"),
        ({"crf": "low"}, "crf"),
        ({"codec": "vp9"}, "codec of mp4 is h264"),
        ({"preset": "warp"}, "preset"),
        ({"quality": 3}, "quality"),
    ],
)
def test_nonsense_in_the_output_is_refused(request_: dict[str, Any], sentence: str) -> None:
    """Every value that can't be made is named before any work is done."""
    with pytest.raises(RenderError, match=sentence):
        Output.from_request(request_)


def test_the_output_is_read_as_people_write_it() -> None:
    """Words in capitals, numbers as texts, unknown keys: all understood or left aside."""
    made = Output.from_request(
        {"format": "MP4", "quality": "High", "resolution": "720P", "fps": "29.97", "x": 1}
    )
    assert made.size(1920, 1080) == (1280, 720)
    assert made.size(1080, 1920) == (720, 1280)
    assert Output.from_request({"resolution": "Full HD"}).size(640, 360) == (1920, 1080)
    assert Output(resolution="source").size(1080, 1080, (1, 1)) == (16, 16), "no video is smaller"
    assert Output(resolution="360p").size(1920, 96) == (4096, 204), "a panorama is as large as can be"
    assert made.rate_factor == 20
    assert Output.from_request(None) == Output()
    assert [Output(quality=q).rate_factor for q in ("high", "medium", "low")] == [20, 23, 28]
