"""Whatever edits are called with whatever arguments, as a language model might: the draft stays valid."""

from __future__ import annotations

import copy
import wave

import av
import numpy as np
import pytest
from clips import code_clip
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from PIL import Image
from studio.agent.validity import calls, check

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.agent.planning.tools import build, schemas
from nemo_widgets.studio.render import Output, make_plan, render
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear

LONGEST_MS = 40_000
A, B, PICTURE, SONG = "/media/a/a.mp4", "/media/b/b.mp4", "/media/c/picture.png", "/media/d/song.mp3"
MEDIA = {
    A: MediaItem(A, "a.mp4", "video", 6000, has_audio=True),
    B: MediaItem(B, "b.mp4", "video", 4000, has_audio=False),
    PICTURE: MediaItem(PICTURE, "picture.png", "image", 0, has_audio=False),
    SONG: MediaItem(SONG, "song.mp3", "audio", 5000, has_audio=True),
}
FOUND = {
    "pauses": [(1000, 1900), (4000, 5500)],
    "kisses": [{"start": 2000, "end": 2600, "confidence": 0.9}],
    "stretches": {"black": [[0, 400]], "blurry": [[3000, 3500]], "frozen": []},
    "scenes": [[0, 2500], [2500, 4000]],
    "moments": [{"start": a, "end": a + 800, "score": a / 9000, "speech": True, "scene": a // 2500}
                for a in range(0, 4000, 800)],
    "focus": [[0, 0.3, 0.4], [4000, 0.6, 0.5]],
    "loudness": {"integrated": -23.0, "range": 5.0, "true_peak": -6.0},
    "beats": {"bpm": 120.0, "beats": list(range(0, 5000, 500))},
}  # fmt: skip


class Seen:
    """A world in which everything is found in every file."""

    language = "en"

    def __init__(self, draft):
        self.draft, self.first, self.media = Draft(draft), Draft(copy.deepcopy(draft)), MEDIA
        self.history, self.undone, self.earlier = [], [], []

    def find(self, question, progress=None):
        return FOUND.get(question.kind)

    def made(self, draft):
        return []

    def cancelled(self):
        return False

    def text_of(self, src, encoding=""):
        return "1\n00:00:01,000 --> 00:00:02,000\nHello\n"


@pytest.fixture
def start(clips):
    """Two clips, the first again at the end."""
    return clips((A, "a", 6000), (B, "b", 4000), (A, "a", 3000), fps=10)


def carry_out(edit, world):
    """The edit's outcome kept as the next version; None where it is refused."""
    before, refused, outcome = copy.deepcopy(world.draft.data), None, None
    try:
        outcome = edit.apply(world.draft.data, world)
    except (EditRefused, Unclear) as why:
        refused = why
    assert world.draft.data == before, "an edit leaves the draft that it is given as it is"
    said = (refused or outcome).said
    assert said.en
    assert said.zh
    if outcome is None:
        return None
    inverse = edit.inverse(world.draft.data)
    assert inverse.apply(outcome.draft, world).draft == before
    if outcome.draft != before:
        world.history.append(world.draft)
        world.draft = Draft(outcome.draft)
    return outcome


def carry_all_out(said, world):
    """All calls, one after the other, as far as they make sense, and the draft checked after each."""
    for name, arguments in said:
        try:
            edit = build(name, arguments)
        except ValueError:
            continue
        if carry_out(edit, world) is not None:
            check(world.draft, MEDIA)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(calls, min_size=1, max_size=6))
@example(said=[("cut", {"keep": [{"start_ms": 0}]})])
@example(said=[("freeze", {}), ("trim_to", {"length_ms": 100})])
@example(said=[("trim_to", {"length_ms": 0, "by": 0.25})])
def test_every_sequence_leaves_a_valid_draft(said, start):
    """After any calls of any edits the draft is valid, and what each edit did can be taken back exactly."""
    carry_all_out(said, Seen(start))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The media above as small files: the clips' frames are numbered."""
    folder = tmp_path_factory.mktemp("media")
    code_clip(folder / "a.mp4", frames=60, fps=10, size=(64, 36), chirps=[1.0, 4.0])
    code_clip(folder / "b.mp4", frames=40, fps=10, size=(64, 36), audio=None)
    Image.new("RGB", (64, 36), (200, 40, 40)).save(folder / "picture.png")
    with wave.open(str(folder / "song.mp3"), "wb") as song:  # what is in a file counts, not its name
        song.setparams((1, 2, 48_000, 0, "NONE", ""))
        song.writeframes((3000 * np.sin(np.arange(5 * 48_000) * 0.06)).astype(np.int16).tobytes())
    return folder


def test_no_fade_is_shorter_than_nothing():
    """A fade of less than 0 ms is an error of the call, whichever edit it is for."""
    tools = [tool["function"] for tool in schemas()]
    names = [tool["name"] for tool in tools if "fade_in" in tool["parameters"]["properties"]]
    assert len(names) > 2
    for name in names:
        with pytest.raises(ValueError, match="fade_out is at least 0"):
            build(name, {"fade_out": -1})


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(calls, min_size=2, max_size=8))
def test_every_sequence_renders(said, start, files):
    """What any edits leave behind is a film that is as long as the timeline, to the frame."""
    world = Seen(start)
    carry_all_out(said, world)
    draft = world.draft
    assume(draft.duration_ms <= LONGEST_MS)
    smallest = Output(preset="ultrafast", quality="low", resolution="36p")
    plan = make_plan(draft, lambda src: files / src.rpartition("/")[2], smallest)
    made = render(plan, files / "out.mp4")
    assert abs(made.frames - draft.duration_ms * made.fps / 1000) <= 1
    with av.open(str(files / "out.mp4")) as film:
        picture, heard = film.streams.video[0], film.streams.audio[0]
        assert sum(1 for _ in film.decode(picture)) == made.frames
        assert abs(float(heard.duration * heard.time_base) - made.duration_ms / 1000) < 0.05
