"""Whatever is said in whatever order: the draft stays valid, and undo restores it exactly."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemo_widgets.draft import Draft
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.track_ops import cut, merge, set_transitions

tenths = st.integers(0, 1150).map(lambda t: f"{t // 600}:{t % 600 // 10:02}.{t % 10}")
sentences = st.one_of(
    st.builds("remove {} to {}".format, tenths, tenths),
    st.builds("smoothly remove {} to {} and {} to {}".format, tenths, tenths, tenths, tenths),
    st.builds("keep only {} to {}".format, tenths, tenths),
    st.builds("删掉{}到{}，平滑衔接".format, tenths, tenths),
    st.builds("remove the last {} seconds".format, st.integers(1, 60)),
    st.builds("add {} ms transitions".format, st.integers(1, 4000)),
    st.builds("add music from {} to {}".format, tenths, tenths),
    st.builds('add a title "x" at {} for {} seconds'.format, tenths, st.integers(1, 30)),
    st.sampled_from(
        ["cut the pauses", "cut the pauses smoothly", "remove the transitions", "add music", "remove the music",
         "make the music quieter", 'add a title "a, b"', "remove the titles", "undo", "start over", "nonsense"]
    ),
)  # fmt: skip


def check(draft, media):
    """All that a valid draft promises."""
    tracks = draft.layout()
    main = [t for t in tracks if t.type == 0]
    assert len(main) == 1
    end = 0
    assert main[0].segments
    assert main[0].segments[0].start_ms == 0
    for before, s in zip([None, *main[0].segments], main[0].segments, strict=False):
        assert 0 <= s.in_ms < s.out_ms <= media[s.src].duration_ms
        assert s.duration_ms == s.out_ms - s.in_ms
        assert s.start_ms == end - s.transition_ms
        if before is None:
            assert not s.transition_ms
        else:
            assert before.transition_ms + s.transition_ms <= before.duration_ms
            assert s.transition_ms <= s.duration_ms
        end = s.end_ms
    assert draft.data["d"] == end == draft.duration_ms
    ids = [s.id for t in tracks for s in t.segments]
    assert len(set(ids)) == len(ids)
    for track in tracks:
        assert track.segments
        for s in track.segments:
            assert 0 <= s.start_ms < s.end_ms <= end


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(sentences, min_size=1, max_size=7))
def test_always_valid(said, new_world, clips, do):
    """After any sequence of instructions the draft is valid, and each undo restores what was there before."""
    source, mute = "/media/aa11/interview.mp4", "/media/bb22/mute.mp4"
    world = new_world(clips((source, "a", 60_000), (mute, "b", 20_000), (source, "c", 30_000)))
    for sentence in said:
        before = copy.deepcopy(world.draft.data)
        done = do(sentence, world)
        check(world.draft, world.media)
        if done.draft is None:
            assert world.draft.data == before
        elif sentence != "undo" and done.draft != world.first:
            undone = do("undo", world)
            assert undone.draft.data == before
            world.draft = done.draft
            world.history.append(Draft(before))


ranges = st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 30_000)), max_size=5)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lengths=st.lists(st.integers(200, 12_000), min_size=1, max_size=4),
    fade=st.sampled_from([0, 100, 500, 1000]),
    gone=ranges,
    smooth=st.sampled_from([0, 500]),
)
def test_nothing_removed_is_shown(lengths, fade, gone, smooth, clips):
    """What stood alone in a removed range of the timeline is in no segment afterwards."""
    draft = set_transitions(clips(*((f"s{i}", f"s{i}", n) for i, n in enumerate(lengths))), fade)
    before, removed = read(draft), merge(gone)
    after = read(cut(draft, removed, smooth))
    for at in range(0, before[-1].end, 97):
        shots = [s for s in before if s.start <= at < s.end]
        if len(shots) == 1 and any(a + 1 < at < b - 1 for a, b in removed):
            (shot,) = shots
            place = shot.source(at)
            assert not any(s.src == shot.src and s.src_in <= place < s.src_out for s in after)


words = st.sampled_from(
    [
        "remove",
        "the",
        "first",
        "10",
        "seconds",
        "and",
        ",",
        ".",
        "then",
        "add",
        "music",
        "title",
        "“x”",
        "at",
        "0:10",
        "to",
        "1:20",
        "don't",
        "cut",
        "pauses",
        "把",
        "删掉",
        "前10秒",
        "和",
        "转场",
        "的",
        "keep",
        "only",
        "long",
        "smoothly",
        "with",
        "crossfade",
        "20%",
        "in",
        "red",
        "end",
        "undo",
        "1",
        '"',
        "'",
        "加",
        "标题",
        "停顿",
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.lists(words, max_size=14).map(" ".join), st.text(max_size=60)))
def test_anything_is_answered(text, new_world, do):
    """Whatever is said, the turn ends with an answer or a valid draft."""
    world = new_world()
    done = do(text, world)
    assert done.reply
    check(world.draft, world.media)


@pytest.mark.parametrize(
    "text",
    ["删" * 1400, "x" * 50_000, "remove the music, " * 3000, "add " * 350, "0:10 to " * 180, "“" * 3000],
)
def test_long_messages_end(text, world, do):
    """A message that is far too long is refused at once instead of being pondered."""
    assert do(text, world).draft is None
