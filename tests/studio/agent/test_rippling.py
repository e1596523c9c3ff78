"""What lies on a stretch stays with it: texts and music move when something before them goes."""

import pytest

CLIP = "/media/aa11/interview.mp4"
SONG = "/media/cc33/my song.mp3"


@pytest.fixture
def film(new_world, clips):
    """A minute of film with a title, two subtitles, an end title, and music from the middle on."""
    world = new_world(clips((CLIP, "interview", 60_000)))
    song = {"id": "a1", "start": 30_000, "src": SONG, "name": "my song", "in": 0, "out": 10_000}
    spoken = [text("s1", 8000, 2000, "one", "subtitle"), text("s2", 20_000, 2000, "two", "subtitle")]
    world.draft.data["t"] += [
        {"tt": 7, "sg": [text("t1", 0, 3000, "Hello"), text("t2", 57_000, 3000, "The End")]},
        {"tt": 7, "sg": spoken},
        {"tt": 1, "sg": [{"d": 10_000, "m": {**song, "volume": 0.3, "speed": 1.0}}]},
    ]
    return world


def text(id_, start, long, words, style=""):
    """A text on the timeline."""
    return {"d": long, "m": {"id": id_, "start": start, "text": words, **({"style": style} if style else {})}}


def places(world):
    """Where each text and piece of music is: [start, end] in ms, by id."""
    return {
        s.id: [s.start_ms, s.end_ms]
        for track in world.draft.layout()
        if track.kind != "video"
        for s in track.segments
    }


def test_what_comes_later_moves_forward(film, do):
    """Two seconds that go bring all that follows two seconds forward; what came before stays."""
    do("remove 0:12 to 0:14, no transition", film)
    assert places(film) == {
        "t1": [0, 3000],
        "s1": [8000, 10_000],
        "s2": [18_000, 20_000],
        "a1": [28_000, 38_000],
        "t2": [55_000, 58_000],
    }


def test_what_goes_takes_its_words_with_it(film, do):
    """A subtitle on it goes or gets shorter; a title that opens the film opens it still; both are told."""
    said = do("remove 0:00 to 0:09, no transition", film).reply
    assert places(film)["t1"] == [0, 3000]
    assert places(film)["s1"] == [0, 1000]
    said = do("remove 0:10 to 0:15, no transition", film).reply
    assert "s2" not in places(film)
    assert "The text “two” went with it." in said


def test_an_end_title_that_goes_is_told(film, do):
    """In words, in both languages: nothing on the timeline is lost silently."""
    assert "The text “The End” went with it." in do("remove the last 4 seconds", film).reply
    film.language = "zh"
    do("撤销", film)
    assert "文字“The End”一起去掉了。" in do("删掉最后4秒", film).reply


def test_a_title_moves_with_the_joints_that_overlap(new_world, clips, do):
    """Transitions make the film shorter: a title at its end is as long as before, and ends with it."""
    world = new_world(clips(*[(CLIP, "solar", 10_000)] * 4))
    world.draft.data["t"].append({"tt": 7, "sg": [text("t1", 37_000, 3000, "The End")]})
    do("add 1 second transitions", world)
    end = world.draft.duration_ms
    assert end == 37_000
    assert places(world)["t1"] == [end - 3000, end]
