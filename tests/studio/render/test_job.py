"""A render as a job: its progress, its end by cancelling or by a broken clip, and what is left behind."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from limits import within
from waiting import PATIENCE_S

from nemo_widgets.studio.render import Output, RenderCancelled, RenderError, make_plan, render

if TYPE_CHECKING:
    from types import SimpleNamespace


def test_progress_is_the_frames_that_are_encoded(kit: SimpleNamespace) -> None:
    """At every frame it is told how many have left the encoder, and the end once, when the file is there."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    plan = make_plan(kit.timeline([kit.clip(name, 0, 0, 2000)]), kit.source, Output(preset="ultrafast"))
    target, told = kit.folder / "progress.mp4", []
    result = render(plan, target, progress=lambda now: told.append((now, target.exists())))
    frames = [now.frames for now, _ in told]
    assert frames == sorted(frames)
    assert set(frames) >= {0, *range(50, 61)}
    assert {now.frames_total for now, _ in told} == {60}
    assert [now.stage for now, _ in told][-2:] == ["writing", "done"]
    assert [now.percent for now, there in told if there] == [100]
    assert max(now.percent for now, there in told if not there) == 99
    assert result.size == target.stat().st_size
    assert not target.with_name("progress.mp4.part").exists()


def test_cancelling_ends_it_at_once_and_leaves_nothing(kit: SimpleNamespace) -> None:
    """Within 0.3 s of the word there is no thread at work, no file, and no half file."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    segments = [kit.clip(name, i * 4000, 0, 4000) for i in range(50)]
    plan = make_plan(kit.timeline(segments), kit.source, Output(resolution="720p"))
    target, stop, ended = kit.folder / "cancelled.mp4", threading.Event(), []

    def work() -> None:
        try:
            render(plan, target, cancelled=stop.is_set)
        except RenderCancelled:
            ended.append(time.monotonic())

    thread = threading.Thread(target=work)
    thread.start()
    part = target.with_name("cancelled.mp4.part")
    while not (part.exists() and part.stat().st_size):
        assert thread.is_alive()
        time.sleep(0.02)
    begin = time.monotonic()
    stop.set()
    thread.join(PATIENCE_S)
    assert ended
    assert within(ended[0] - begin, 0.3)
    assert not list(kit.folder.glob("cancelled*"))


def test_a_clip_that_breaks_off_is_named(kit: SimpleNamespace) -> None:
    """A file of which half is missing does not become a video with a frozen end."""
    name = kit.made("whole.mkv", frames=240, audio=None, gop=10)
    whole = (kit.folder / name).read_bytes()
    (kit.folder / "half.mkv").write_bytes(whole[: len(whole) // 2])
    draft = kit.timeline([kit.clip("half.mkv", 0, 0, 8000, name="beach")])
    target = kit.folder / "broken.mp4"
    with pytest.raises(RenderError, match=r"“beach” is 0:0[34][.\d]* long; the timeline wants it until 0:08"):
        render(make_plan(draft, kit.source, Output(preset="ultrafast")), target)
    assert not list(kit.folder.glob("broken*"))


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("none.mp4", None, "The file of “beach” is missing"),
        ("zero.mp4", b"", "“beach” is empty"),
        ("text.mp4", b"this is no video\n" * 20, "there is text in it"),
        ("junk.mp4", bytes(range(256)) * 20, "not a video, picture or sound"),
        ("cut.mp4", b"\0\0\0\x20ftypisom" + bytes(500), "damaged or was cut short"),
        ("cut.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "can't be read as a picture"),
    ],
)
def test_a_clip_that_is_none_is_named(
    kit: SimpleNamespace, name: str, data: bytes | None, sentence: str
) -> None:
    """A missing, empty or foreign file is refused in one sentence with the clip's name."""
    if data is not None:
        (kit.folder / name).write_bytes(data)
    draft = kit.timeline([kit.clip(name, 0, 0, 1000, name="beach")])
    with pytest.raises(RenderError, match=sentence):
        make_plan(draft, kit.source)


def test_damage_in_the_middle_is_played_over(kit: SimpleNamespace) -> None:
    """Some broken bytes cost some frames, not the video: its length and its end are right."""
    name = kit.made("whole.mkv", frames=240, audio=None, gop=10)
    data = bytearray((kit.folder / name).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = bytes(400)
    (kit.folder / "scratched.mkv").write_bytes(data)
    done = kit.make(kit.timeline([kit.clip("scratched.mkv", 0, 0, 8000)]))
    assert done.result.frames == 240
    assert kit.numbers(done.path)[-40:] == list(range(200, 240))


def test_a_place_that_cannot_be_written_is_said(kit: SimpleNamespace) -> None:
    """A folder that isn't there is an error in words."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    plan = make_plan(kit.timeline([kit.clip(name, 0, 0, 500)]), kit.source)
    with pytest.raises(RenderError, match="can't be written"):
        render(plan, kit.folder / "nowhere" / "out.mp4")
