"""Thousands of clips and texts on a timeline cost no more than their number."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from growth import assert_linear

from nemo_widgets.draft import Draft
from nemo_widgets.studio import drafts
from nemo_widgets.studio.agent import Agent, MediaItem
from nemo_widgets.studio.agent.edits.subtitles import AddSubtitles
from nemo_widgets.studio.agent.language.names import clip_names
from nemo_widgets.studio.limits import check_draft
from nemo_widgets.studio.render.clips import Clips
from nemo_widgets.studio.render.model import Plan
from nemo_widgets.studio.render.voices import beds
from nemo_widgets.studio.store import Media

CLIP = "/media/a/harbour.mp4"
KNOWN = {
    "a": Media(
        *("a", "s", "u", "harbour.mp4", "a.mp4", 1, "h", "video", 100_000, 320, 180, Fraction(25)),
        has_audio=True,
    )
}
MEDIA = {
    CLIP: MediaItem(CLIP, "harbour.mp4", "video", 100_000, has_audio=True),
    "/media/b/a.srt": MediaItem("/media/b/a.srt", "a.srt", "text", 0, has_audio=False),
}
MOST = 4000
"""Clips and texts of the largest timeline."""


def _draft(count):
    clips, texts = [], []
    for i in range(count):
        shown = {
            "start": i * 1000,
            "in": i % 50 * 1000,
            "out": i % 50 * 1000 + 1000,
            "speed": 1.0,
            "volume": 1.0,
        }
        clips.append({"d": 1000, "m": {"id": f"v{i}", "src": CLIP, "name": "harbour", **shown}})
        text = {"id": f"x{i}", "start": i * 1000, "text": f"words {i}", "style": "subtitle"}
        texts.append({"d": 900, "m": text})
    tracks = [
        {"tt": 0, "m": {"name": "Main"}, "sg": clips},
        {"tt": 7, "m": {"name": "Subtitles"}, "sg": texts},
    ]
    meta = {"title": "t", "width": 1920, "height": 1080, "fps": 25}
    return {"d": count * 1000, "m": meta, "t": tracks}


def _world(draft):
    """A world in which nothing is found and nothing was said."""
    return SimpleNamespace(
        draft=Draft(draft), first=Draft(draft), media=MEDIA, history=[], undone=[], earlier=[], language="en",
        made=lambda _: [], find=lambda *_: None, cancelled=lambda: False,
    )  # fmt: skip


def _srt(count):
    times = (f"{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}" for i in range(count))
    return "\n\n".join(f"{at},000 --> {at},500\na" for at in times)


WORK = {
    "layout": lambda draft: Draft(draft).layout(),
    "limits": check_draft,
    "inward": lambda draft: drafts.inward(draft, KNOWN),
    "outward": lambda draft: drafts.outward(draft, "http://127.0.0.1"),
}


@pytest.mark.parametrize("name", WORK)
def test_no_draft_costs_more_than_its_segments(name):
    """What is done with every draft takes time as the number of its segments does."""
    assert_linear(WORK[name], _draft, most=2 * MOST, about=name)


@pytest.mark.parametrize(
    "instruction",
    [
        "shift the subtitles by 0.5 s",
        "make the subtitles red",
        "remove the subtitles",
        'change the title that says "words 3" to "b"',
        'add a title that says "a"',
        "remove 0:10 to 0:20 smoothly",
        "add 0.2 second crossfades",
        "speed it up 2x",
        "reverse it",
        "make it black and white",
        "order the clips by name",
        "swap clip 1 and 2",
        "add calm music at 20%",
        "what is on the timeline?",
        "make the clip louder",
    ],
)
def test_no_instruction_costs_more_than_the_timeline(instruction):
    """An instruction takes time as the number of clips and texts on the timeline does."""
    assert_linear(
        lambda draft: list(Agent().turn(instruction, _world(draft))), _draft, most=MOST, about=instruction
    )


def test_adding_subtitles_costs_no_more_than_their_number():
    """Thousands of subtitles are laid on the timeline in time."""
    draft = _draft(10)

    def add(srt):
        world = SimpleNamespace(media=MEDIA, text_of=lambda _: srt)
        AddSubtitles().apply({**draft, "d": 10**9}, world)

    assert_linear(add, _srt, most=16_000)


def test_naming_clips_costs_no_more_than_their_number():
    """What thousands of uploaded files can be called is found in time."""

    def media(count):
        return [
            MediaItem(str(i), f"shot {i % 997}.mp4", "video", 1000, has_audio=False) for i in range(count)
        ]

    assert_linear(clip_names, media, most=16_000)


@pytest.mark.parametrize("step", [0, 1000])
def test_mixing_music_costs_no_more_than_its_pieces(step):
    """Thousands of pieces of music, one on the other or each going on where the one before stops."""
    plan = Plan(320, 180, Fraction(25), 10**7, (), ())

    def pieces(count):
        shown = ({"src": "music:calm", "in": i * step} for i in range(count))
        return Draft({"t": [{"tt": 1, "sg": [{"d": 1000, "m": meta} for meta in shown]}]})

    def mixed(draft):
        return beds(draft.layout()[0].segments, plan, Clips({}, None))

    assert [piece.ends for piece in mixed(pieces(3))] == ([True] * 3 if not step else [False, False, True])
    assert_linear(mixed, pieces, most=4 * MOST, floor=0.1)
