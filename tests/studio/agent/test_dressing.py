"""What people say about the picture: what is then written, what is refused, and how it is told."""

from __future__ import annotations

import copy

import pytest

from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.analysis.errors import NoDetector

CLIP = "/media/aa11/interview.mp4"


def told(draft):
    """The keys of the whole and of each segment that say how it is shown."""
    names = ("width", "height", "fit", "fade_in", "fade_out", "fade_color")
    keys = ("rotate", "flip", "crop", "zoom", "looks", "focus")
    whole = {k: draft["m"][k] for k in names if k in draft["m"]}
    return whole, [{k: s["m"][k] for k in keys if k in s["m"]} for s in draft["t"][0]["sg"]]


def size(width, height, fit="blur"):
    return {"width": width, "height": height} | ({"fit": fit} if fit else {})


FRAMES = [
    ("9x16", size(1080, 1920)),
    ("4 by 5 please", size(1080, 1350)),
    ("cinematic 2.35:1", size(2538, 1080)),
    ("resize to 1280x720", size(1280, 720, None)),
    ("set the size to 1080 by 1920", size(1080, 1920)),
    ("I want this for instagram", size(1080, 1350)),
    ("make it square for instagram", size(1080, 1080)),
    ("vertical video for YouTube", size(1080, 1920)),
    ("make it fit a phone screen", size(1080, 1920)),
    ("ultra wide", size(2520, 1080)),
    ("make it 4K", size(3840, 2160, None)),
    ("letterbox it", size(1920, 1080, "pad")),
    ("no black bars", size(1920, 1080, "crop")),
    ("fill the frame instead of bars", size(1920, 1080, "crop")),
    ("use blurred bars instead of black", size(1920, 1080)),
    ("can you make this 16:9?", size(1920, 1080, None)),
    ("改成正方形，裁剪填满", size(1080, 1080, "crop")),
    ("vertical for TikTok, crop to fill", size(1080, 1920, "crop")),
    ("aspect ratio 1:1 with blur", size(1080, 1080)),
    ("make the canvas square", size(1080, 1080)),
    ("replace the black bars with blur", size(1920, 1080)),
    ("lower the resolution to 480p", size(854, 480, None)),
    ("导出为竖屏", size(1080, 1920)),
    ("发抖音用的", size(1080, 1920)),
    ("画面比例4:3", size(1440, 1080)),
]


@pytest.mark.parametrize(("words", "frame"), FRAMES, ids=lambda w: w if isinstance(w, str) else "")
def test_frames(words, frame, world, do):
    """A shape, a platform, a size and what fills the frame are read however they are said."""
    do(words, world)
    assert told(world.draft.data) == (frame, [{}])


def look(kind, amount):
    return {"looks": [{"type": kind, "amount": pytest.approx(amount)}]}


def crop(x, y, w, h):
    return {"crop": pytest.approx({"x": x, "y": y, "w": w, "h": h})}


def zoom(start, to):
    return {"zoom": {"from": start, "to": to, "x": 0.5, "y": 0.5}}


SHOWN = [
    ("rotate 90", [{"rotate": 90}]),
    ("rotate -90", [{"rotate": 270}]),
    ("turn the picture a quarter turn to the left", [{"rotate": 270}]),
    ("把画面上下翻转", [{"flip": "vertical"}]),
    ("crop to the centre half", [crop(0.25, 0.25, 0.5, 0.5)]),
    ("crop out the bottom 20%", [crop(0, 0, 1, 0.8)]),
    ("crop 10% from the top and 20% from the bottom", [crop(0, 0.1, 1, 0.7)]),
    ("trim 15% from the top of the picture", [crop(0, 0.15, 1, 0.85)]),
    ("keep only the left half of the picture", [crop(0, 0, 0.5, 1)]),
    ("crop the sides by 10%", [crop(0.1, 0, 0.8, 1)]),
    ("把画面下面三分之一裁掉", [crop(0, 0, 1, 2 / 3)]),
    ("上下各裁掉10%", [crop(0, 0.1, 1, 0.8)]),
    ("只保留画面中间一半", [crop(0.25, 0.25, 0.5, 0.5)]),
    ("zoom in by 30%", [zoom(1.3, 1.3)]),
    ("zoom out", [zoom(1.2, 1.0)]),
    ("zoom to 150% from 0:10 to 0:20", [{}, zoom(1.5, 1.5), {}]),
    ("10秒到20秒放大到1.5倍", [{}, zoom(1.5, 1.5), {}]),
    ("brightness +20%", [look("brightness", 0.2)]),
    ("brightness -20%", [look("brightness", -0.2)]),
    ("turn the contrast down 10%", [look("contrast", -0.1)]),
    ("lower the saturation by half", [look("saturation", -0.5)]),
    ("it's too dark", [look("brightness", 0.2)]),
    ("the picture is too blue", [look("warm", 0.5)]),
    ("it's too bright, make it a bit darker", [look("brightness", -0.1)]),
    ("画面太亮了，暗一点", [look("brightness", -0.2)]),
    ("rotate by -90 degrees", [{"rotate": 270}]),
    ("flip horizontally and vertically", [{"rotate": 180}]),
    ("zoom in from 100% to 140%", [zoom(1.0, 1.4)]),
    ("zoom from 150% to 100%", [zoom(1.5, 1.0)]),
    ("take the color out", [look("bw", 1)]),
    ("add a soft vignette", [look("vignette", 0.25)]),
    ("bump up the contrast a little", [look("contrast", 0.15)]),
    ("the colours are too warm", [look("cool", 0.5)]),
    ("it's upside down", [{"rotate": 180}]),
    ("画面有点暗", [look("brightness", 0.2)]),
    ("暗一点", [look("brightness", -0.2)]),
    ("vintage look", [look("sepia", 1)]),
    ("亮度提高20%", [look("brightness", 0.2)]),
    ("blur it 30%", [look("blur", 0.3)]),
    ("remove the first 10 seconds and make the rest black and white", [look("bw", 1)]),
    ("去掉前10秒，剩下的变成黑白", [look("bw", 1)]),
]


@pytest.mark.parametrize(("words", "segments"), SHOWN, ids=lambda w: w if isinstance(w, str) else "")
def test_shown(words, segments, world, do):
    """Turns, crops, zooms and looks are read however they are said, and nothing else is written."""
    do(words, world)
    assert told(world.draft.data) == ({"width": 1920, "height": 1080}, segments)


FADES = [
    ("end with a fade to black, 3 seconds", {"fade_out": 3000, "fade_color": "black"}),
    ("fade the last 5 seconds to black", {"fade_out": 5000, "fade_color": "black"}),
    ("start from white", {"fade_in": 1000, "fade_color": "white"}),
    ("fade in at the beginning and out at the end", {"fade_in": 1000, "fade_out": 1000}),
    ("add a fade to the start and the end", {"fade_in": 1000, "fade_out": 1000}),
    ("open with a fade", {"fade_in": 1000}),
    ("a white fade at the end", {"fade_out": 1000, "fade_color": "white"}),
    ("let the video fade out at the end", {"fade_out": 1000}),
    ("fade both ends", {"fade_in": 1000, "fade_out": 1000}),
    ("首尾各淡入淡出2秒", {"fade_in": 2000, "fade_out": 2000}),
    ("淡出到白色", {"fade_out": 1000, "fade_color": "white"}),
]


@pytest.mark.parametrize(("words", "fades"), FADES, ids=lambda w: w if isinstance(w, str) else "")
def test_fades(words, fades, world, do):
    """The film's fades are read however they are said."""
    do(words, world)
    assert told(world.draft.data) == ({"width": 1920, "height": 1080} | fades, [{}])


STATED = [
    "it looks cool",
    "very cool",
    "make it look cool",
    "it's blurry",
    "the picture is warm",
    "it's black and white",
    "the video is vertical",
    "it is in 4:5",
    "the video is mirrored",
    "it fades in",
    "the video fades out at the end",
    "blurry",
    "phone",
]
LEFT = [
    ("rotate it 45 degrees", "90, 180 or 270"),
    ("zoom to 500%", "1 to 4 times"),
    ("crop 60% off the left and 60% off the right", "At least 5%"),
    ("fade in 200 seconds", "longer than the film, 1:50"),
    ("fade in from black and fade out to white", "one colour"),
    ("set contrast to 50%", "how much more or less"),
    ("8k", "64 to 4096"),
    ("blur the face", "not understand"),
    ("blur the background", "not understand"),
    ("invert the colours", "not understand"),
    ("less warm", "not understand"),
    ("make the first 10 seconds black and white, the rest warmer", "what the rest is"),
    ("rotate the rest by 90", "what the rest is"),
    ("crop it", "not understand"),
    ("fade out the first two clips", "not understand"),
    ("add a fade", "not understand"),
    ("keep the people", "not understand"),
    *((words, "not understand") for words in STATED),
    ("zoom from 120% to 140%", "not understand"),
    ("keep the middle half", "not understand"),
    ("trim 15% from the top", "not understand"),
]


@pytest.mark.parametrize(("words", "why"), LEFT)
def test_refused(words, why, world, do):
    """What can't be done, or could mean two things, changes nothing, and says why."""
    before = copy.deepcopy(world.draft.data)
    done = do(words, world)
    assert world.draft.data == before
    assert why in done.reply


def test_words_are_shown_as_they_were_typed(world, do):
    """What was not understood is told in the user's words, shapes included."""
    assert "“frobnicate it 9:16”" in do("frobnicate it 9:16", world).reply


PATH = [[0, 0.3, 0.4], [60_000, 0.4, 0.4], [110_000, 0.6, 0.5]]


def test_following_faces(world, do):
    """A crop follows the faces that are found, a zoom goes to where they are in its stretch."""
    world.find = lambda question, _progress=None: PATH if question.kind == "focus" else None
    reply = do("crop it to 9:16 and follow the face", world).reply
    assert "follows the faces" in reply
    assert world.draft.data["t"][0]["sg"][0]["m"]["focus"] == PATH
    do("zoom in on the face from 0:50 to 1:05", world)
    assert [s.get("zoom") for s in told(world.draft.data)[1]] == [
        None,
        {"from": 1.2, "to": 1.2, "x": 0.4, "y": 0.4},
        None,
    ]


@pytest.mark.parametrize("found", [None, [], [[0, 0.5, 0.5], [110_000, 0.5, 0.5]]])
def test_no_faces(found, world, do):
    """Where no faces can be found the middle is shown, and the reply says so."""
    world.find = lambda _question, _progress=None: found
    assert "no faces" in do("make it vertical and follow my face", world).reply
    assert "focus" not in world.draft.data["t"][0]["sg"][0]["m"]
    assert "没有找到人脸" in do("放大人脸", world).reply


def test_zooming_back(world, do):
    """'Zoom out' after 'zoom in' is the whole picture again."""
    do("zoom in", world)
    do("zoom out", world)
    assert told(world.draft.data)[1] == [{}]


def test_the_other_end_changes_colour(world, do):
    """A fade out to white after a fade in from black says that both are white now."""
    do("fade in from black", world)
    assert "Both fades" in do("fade out to white at the end", world).reply


def test_looks_are_taken_away(world, do):
    """One look goes, or all of them, and only then."""
    do("make it black and white and add a vignette", world)
    do("remove the black and white", world)
    assert [one["type"] for one in told(world.draft.data)[1][0]["looks"]] == ["vignette"]
    do("make it sepia", world)
    do("back to colour", world)
    assert told(world.draft.data)[1] == [{}]


def test_pictures(new_world, clips, do):
    """'On the pictures' is for all where there are only pictures, and not understood beside a video."""
    world = new_world(clips(("/media/p/a.jpg", "a", 4000)))
    world.media = {"/media/p/a.jpg": MediaItem("/media/p/a.jpg", "a.jpg", "image", 0, has_audio=False)}
    do("Ken Burns effect on the pictures", world)
    assert told(world.draft.data)[1] == [zoom(1.0, 1.2)]
    mixed = new_world()
    mixed.media |= world.media
    do("Ken Burns effect on the pictures", mixed)
    assert told(mixed.draft.data)[1] == [{}]


def test_more_of_something_else(world, do):
    """'More contrast' after a look comes beside it, and takes nothing back."""
    do("brightness +20%", world)
    do("more contrast", world)
    assert [one["type"] for one in told(world.draft.data)[1][0]["looks"]] == ["brightness", "contrast"]


def test_the_pixels_of_a_frame_are_told_where_they_are_chosen(world, do):
    """As filmed, a frame's shape is told, the clips decide its pixels; who names them gets them."""
    world.draft.data["m"]["resolution"] = "source"
    assert "The frame is 9:16 now" in do("make it vertical 9:16", world).reply
    assert world.draft.data["m"]["resolution"] == "source"
    assert "1080×1920" in do("set the size to 1080 by 1920", world).reply
    assert world.draft.data["m"]["resolution"] == "1080p"


def test_no_detector(world, do):
    """Without a detector of faces the reply says what is missing, and shows the middle."""

    def find(_question, _progress=None):
        raise NoDetector("install it: pip install 'nemo-widgets[faces]'")

    world.find = find
    reply = do("crop it to 9:16 and follow the face", world).reply
    assert "no faces" in reply
    assert "nemo-widgets[faces]" in reply
    assert told(world.draft.data) == (size(1080, 1920, "crop"), [{}])
