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


def on(name, world):
    """From when to when the text with these words is shown, each time, in s."""
    laid = [s for track in world.draft.layout() for s in track.segments if s.text == name]
    return [(s.start_ms / 1000, s.end_ms / 1000) for s in laid]


@pytest.fixture
def three(new_world, clips):
    """Clips of 10, 20 and 30 s."""
    return new_world(clips((CLIP, "port", 10_000), (CLIP, "fair", 20_000), (CLIP, "dusk", 30_000)))


@pytest.mark.parametrize(
    ("sentence", "third", "second"),
    [
        ("move clip 3 to the start", [(0, 30)], [(40, 60)]),
        ("swap clip 1 and clip 3", [(0, 30)], [(30, 50)]),
        ("把第一个和第二个片段对调", [(30, 60)], [(0, 20)]),
        ("reverse the order of the clips", [(0, 30)], [(30, 50)]),
        ("duplicate clip 2", [(50, 80)], [(10, 30), (30, 50)]),
        ("play clip 2 at 2x", [(20, 50)], [(10, 20)]),
    ],
)
def test_texts_go_where_their_clip_goes(sentence, third, second, three, do):
    """A caption stays on its clip, and a copy of the clip has it, too; a title that opens the film stays."""
    for told in ('add a title "Hi"', 'add a caption "three" on clip 3', 'add a caption "two" on clip 2'):
        do(told, three)
    do(sentence, three)
    assert (on("three", three), on("two", three), on("Hi", three)) == (third, second, [(0, 3)])


def test_a_text_over_clips_that_part_is_told(three, do):
    """It stays where it is, and the answer says so; where they stay side by side it goes with them."""
    do('add a title "over" from 0:05 to 0:15', three)
    do("move clip 3 to the start", three)
    assert on("over", three) == [(35, 45)]
    assert "“over” lies over several clips and stays at 0:35–0:45" in do("swap clips 2 and 3", three).reply
    assert on("over", three) == [(35, 45)]


@pytest.mark.parametrize(
    ("sentence", "fades"),
    [
        ("swap clips 1 and 2", [500, 0]),
        ("swap clips 2 and 3", [500, 0]),
        ("move clip 3 to the start", [0, 500]),
        ("duplicate clip 2", [500, 0, 0]),
    ],
)
def test_a_transition_stays_at_its_cut(sentence, fades, three, do):
    """Clips that stay side by side keep theirs; of those that part it stays where it was."""
    do("put a crossfade between clip 1 and clip 2", three)
    do(sentence, three)
    assert [s.transition_ms for s in three.draft.layout()[0].segments[1:]] == fades
