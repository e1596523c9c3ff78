"""Frames and timecodes in words: on the timeline, and as the frames that an export shows."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from clips import clip, code_clip, number, timeline, watched

from nemo_widgets.studio.render import Output, make_plan, render
from nemo_widgets.studio.timeline.grid import FrameGrid

if TYPE_CHECKING:
    from pathlib import Path

LENGTH = 60
"""Frames of the clip, at 30 a second."""
ALL = list(range(LENGTH))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A clip whose frames are numbered, as a world's only one, and what an export shows of a draft."""
    folder: Path = tmp_path_factory.mktemp("frames")
    code_clip(folder / "film.mp4", frames=LENGTH, audio=None)

    def seen(draft) -> list[int]:
        plan = make_plan(draft, lambda _: folder / "film.mp4", Output(preset="ultrafast"))
        render(plan, folder / "out.mp4")
        return [number(luma) for luma in watched(folder / "out.mp4")]

    def draft(fps="30"):
        return timeline([clip("film.mp4", 0, 0, 2000)], fps=fps)

    return SimpleNamespace(seen=seen, draft=draft)


@pytest.mark.parametrize(
    ("sentences", "frames"),
    [
        (("remove the first frame", "删掉第一帧", "cut off the first frame", "把第一帧删掉", "去掉首帧"),
         ALL[1:]),
        (("remove the last frame", "删除最后一帧", "drop the last frame", "删掉末帧"), ALL[:-1]),
        (("delete the first 3 frames", "剪掉前3帧", "trim three frames off the start"), ALL[3:]),
        (("delete the last 5 frames", "删掉最后5帧", "cut the last five frames"), ALL[:-5]),
        (("remove the first and the last frame", "删掉第一帧和最后一帧"), ALL[1:-1]),
        (("cut frames 10 to 20", "删除第10到20帧", "remove frame 10 through frame 20", "删掉第10帧到第20帧"),
         [*ALL[:10], *ALL[21:]]),
        (("remove frame 40", "删掉第40帧", "remove the 41st frame"), [*ALL[:40], *ALL[41:]]),
        (("keep only frames 10 to 19", "remove everything before frame 10 and everything after frame 20"),
         ALL[10:20]),
        (("remove 00:00:00:10 to 00:00:01:00", "删除00:00:00:10到00:00:01:00"), [*ALL[:10], *ALL[30:]]),
        (("hold the last picture for 2 s", "freeze the last frame for 60 frames", "最后一帧定格2秒",
          "定格最后一帧2秒", "让最后一帧保持2秒", "最后一个画面停留2秒", "把最后的画面定住两秒",
          "extend the last frame by 2 seconds", "let the last frame stand for 2 s",
          "make the last picture stay for 2 seconds", "make the last frame last 2 s",
          "extend the last frame to 2 seconds", "最后一帧延长到2秒"), [*ALL, *[59] * 60]),
        (("freeze the first frame for 1 s", "第一帧定格1秒", "hold the first picture for 1 second",
          "第一个画面停留1秒", "extend the first frame to 1 second", "把第一帧延长到1秒",
          "prolong the first frame by 1 s", "make the first frame last 1 second"),
         [*[0] * 30, *ALL]),
        (("trim to frame 40", "cut the video down to frame 40", "剪到第40帧", "end the video at frame 40",
          "keep frames 0-39", "end at frame 40", "trim the clip to end at frame 40",
          "trim it so that it ends at frame 40", "把片段剪到第40帧结束", "到第40帧结束"),
         ALL[:40]),
        (("start the video at frame 15", "remove everything before frame 15", "start at frame 15",
          "trim the clip to start at frame 15", "begin at frame 15", "从第15帧开始"), ALL[15:]),
        (("freeze frame 12 for 1 s", "把第12帧定格1秒", "定格第12帧1秒", "定格在第12帧，1秒",
          "freeze at 00:00:00:12 for 1 s"),
         [*ALL[:12], *[12] * 30, *ALL[12:]]),
    ],
)  # fmt: skip
def test_an_export_shows_the_frames_that_were_meant(film, new_world, do, sentences, frames):
    """The first, the last and any other frame can be named, in both languages, alone or in a row."""
    drafts = []
    for sentence in sentences:
        done = do(sentence, new_world(film.draft().data))
        assert done.draft is not None, (sentence, done.reply)
        drafts.append(done.draft)
    assert all(draft.data == drafts[0].data for draft in drafts), sentences
    assert film.seen(drafts[0]) == frames


@pytest.mark.parametrize(
    ("before", "frames"),
    [
        ("remove the first frame", ALL[1:]),
        ("remove the first 2 frames", ALL[2:]),
        ("remove frames 3 to 5", [*ALL[:3], *ALL[6:]]),
        ("reverse it", ALL[::-1]),
    ],
)
def test_frames_are_counted_as_they_are_shown_after_other_edits(film, new_world, do, before, frames):
    """A frame is the one that stands there now, however the clips' rounded milliseconds add up."""
    draft = do(before, new_world(film.draft().data)).draft
    draft = do("remove frames 10 to 19", new_world(draft.data)).draft
    assert film.seen(draft) == [*frames[:10], *frames[20:]]


@pytest.mark.parametrize(
    ("sentence", "fps", "at"),
    [
        ("split at frame 120", "30", 4000),
        ("在第120帧处分割", "30", 4000),
        ("split at 00:00:04:12", "30", 4400),
        ("split at 00:00:04:12", "25", 4480),
        ("split at 00:00:04:12", "24000/1001", 108),
        ("在 00:00:04:12 处分割", "24", 4500),
        ("split at 00:01:00;02", "30000/1001", 1800),
        ("split at 00:01:00:02", "30000/1001", 1802),
        ("split at 00:10:00;00", "30000/1001", 17_982),
        ("split at frame 120", "24000/1001", 120),
    ],
)
def test_frames_are_those_of_the_timeline(world, do, sentence, fps, at):
    """A timecode counts in the canvas's frames, with `;` as drop-frame; a frame stands where it is shown."""
    data = world.draft.data
    data["m"]["fps"] = fps
    data["d"] = data["t"][0]["sg"][0]["d"] = data["t"][0]["sg"][0]["m"]["out"] = 700_000
    frames = FrameGrid.of(data)
    wanted = frames.at(at) if frames.fps.denominator > 1 else at
    done = do(sentence, world)
    assert [s.start_ms for s in done.draft.layout()[0].segments] == [0, wanted], done.reply


@pytest.mark.parametrize(
    ("sentence", "track", "times"),
    [
        ('add a title "Hi" for the first 45 frames', 1, [(0, 1500)]),
        ('put the title "Hi" from frame 30 to frame 89', 1, [(1000, 3000)]),
        ("add calm music at 00:00:02:15", 1, [(2500, 110_000)]),
        ("mute frames 30 to 59", 0, [(0, 1000), (1000, 2000), (2000, 110_000)]),
        ("reverse frames 30 to 59", 0, [(0, 1000), (1000, 2000), (2000, 110_000)]),
        ("split at frames 60 and 120", 0, [(0, 2000), (2000, 4000), (4000, 110_000)]),
    ],
)
def test_every_edit_that_takes_a_time_takes_frames(world, do, sentence, track, times):
    """Titles, music, loudness and direction are set by frames and timecodes as by seconds."""
    done = do(sentence, world)
    assert [(s.start_ms, s.end_ms) for s in done.draft.layout()[track].segments] == times, done.reply


@pytest.mark.parametrize("fps", ["24000/1001", "30000/1001", "25", "50", "60000/1001", "12"])
def test_the_last_frames_are_counted_from_the_end(world, do, fps):
    """At every rate the last frames are as many as were said, wherever the end lies between two frames."""
    for length in (2000, 2003, 2017, 5339):
        for count in (1, 2, 7):
            data = timeline([clip("interview", 0, 0, length)], fps=fps).data
            data["t"][0]["sg"][0]["m"]["src"] = world.draft.data["t"][0]["sg"][0]["m"]["src"]
            world.draft = type(world.draft)(data)
            done = do(f"remove the last {count} frames", world)
            rate = Fraction(fps)
            frames = [round(d.data["d"] * rate / 1000) for d in (type(world.draft)(data), done.draft)]
            assert frames[1] == frames[0] - count, (length, count, done.reply)


@pytest.mark.parametrize("fps", ["30000/1001", "24000/1001", "25"])
def test_a_still_stands_for_the_nearest_frames(world, do, fps):
    """A second is 30 frames at 29.97 and not 29: the still is as long as was said, to half a frame."""
    world.draft.data["m"]["fps"] = fps
    stands = do("hold the last picture for 1 s", world).draft.layout()[0].segments[-1]
    assert abs(stands.end_ms - stands.start_ms - 1000) <= 500 / FrameGrid.of(world.draft.data).fps


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("show frame 120", "0:04"), ("let me see frame 120, please", "0:04"), ("show frame 45", "0:01.500"),
        ("show the picture at 0:04", "0:04"), ("看看第120帧", "0:04"), ("显示第45帧的画面", "0:01.500"),
    ],
)  # fmt: skip
def test_who_wants_to_see_a_frame_is_told_what_shows_it(world, do, sentence, when):
    """Nothing is cut: the answer says what is there, and the command that draws it."""
    done = do(sentence, world)
    assert done.draft is None
    assert "interview" in done.reply
    assert f"`%nemo frame {when}`" in done.reply


@pytest.mark.parametrize("sentence", ["start at frame 15", "end at frame 90", "到第90帧结束"])
def test_a_frame_at_which_a_title_is_to_begin_cuts_no_film(world, do, sentence):
    """What is said behind a title may be about it: the film stays as long as it was."""
    world.draft = do('add a title "Hello"', world).draft
    done = do(sentence, world)
    assert done.draft is None or done.draft.duration_ms == world.draft.duration_ms, done.reply


@pytest.mark.parametrize(
    ("sentence", "stays"),
    [
        ("trim clip 2 to frame 40", [(0, 150), (0, 40)]),
        ("end clip 2 at frame 40", [(0, 150), (0, 40)]),
        ("clip 1 should end at frame 40", [(0, 40), (0, 150)]),
        ("start clip 2 at frame 50", [(0, 150), (50, 150)]),
        ("the second clip should start at frame 50", [(0, 150), (50, 150)]),
        ("the video should start at frame 50", [(50, 150), (0, 150)]),
        ("the video should end at frame 200", [(0, 150), (0, 50)]),
        ("end the video at frame 100", [(0, 100)]),
        ("cut from frame 50 to frame 100", [(0, 50), (101, 150), (0, 150)]),
        ("把第2段修剪到第40帧", [(0, 150), (0, 40)]),
        ("第二个片段剪到第40帧", [(0, 150), (0, 40)]),
        ("第2段到第40帧结束", [(0, 150), (0, 40)]),
        ("让片段1从第50帧开始", [(50, 150), (0, 150)]),
        ("视频从第50帧开始", [(50, 150), (0, 150)]),
        ("视频在第100帧结束", [(0, 100)]),
    ],
)
def test_a_frame_is_where_a_film_or_a_clip_begins_or_ends(world, do, sentence, stays):
    """A clip's frames count from its own first one; frame 100 is the first that goes where it ends at it."""
    _two_clips(world)
    done = do(sentence, world)
    shots = done.draft.layout()[0].segments
    assert [(round(s.raw["m"]["in"] * 0.03), round(s.raw["m"]["out"] * 0.03)) for s in shots] == stays, (
        done.reply
    )


@pytest.mark.parametrize(
    "sentence",
    ["end clip 1 at 0:09", "start clip 1 at 0:09", "trim clip 2 to frame 400"],
)
def test_no_other_clip_is_cut_where_a_clip_is_too_short(world, do, sentence):
    """A moment that a clip does not have changes nothing."""
    _two_clips(world)
    assert do(sentence, world).draft is None


def _two_clips(world):
    """Put two clips of 150 frames on the timeline, at 30 frames a second."""
    data = timeline([clip("a", 0, 0, 5000), clip("b", 5000, 0, 5000)], fps=30).data
    for segment in data["t"][0]["sg"]:
        segment["m"]["src"] = world.draft.data["t"][0]["sg"][0]["m"]["src"]
    world.draft = type(world.draft)(data)
