"""What a valid draft is; and calls of edits at random, from the schemas that a language model is given."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from nemo_widgets.studio.agent.planning.tools import schemas

WORDS = (
    "", "a", "b.mp4", "b", "picture.png", "song", "song.mp3", "music:calm", "music:lofi", "nothing.mp4",
    "crossfade", "fade-black", "wipe-left", "slide-up", "kiss", "black", "blurry", "frozen", "music", "title",
    "bw", "warm", "vignette", "brightness", "contrast", "16:9", "9:16", "blur", "crop", "pad", "horizontal",
    "top", "bottom-left", "center", "red", "#00ff00", "fade", "pop", "typewriter", "caption", "lower-third",
    "Hello, 你好",
)  # fmt: skip
"""Words that mean something somewhere; any other text comes besides."""

_ms = st.integers(0, 120).map(lambda tenths: 100 * tenths)
_integers = st.one_of(
    _ms, _ms, st.integers(-3, 12), st.sampled_from([90, 180, 270]), st.integers(-1000, 10**8)
)
_numbers = st.one_of(
    st.sampled_from([0, 0.1, 0.25, 0.3, 0.5, 1, 1.5, 2, 3.7, 8]), st.floats(-50, 50), st.integers(-3, 10)
)
_texts = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=8))


def _values(schema):
    """Values that a schema allows, an object's optional ones left out at times."""
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if "anyOf" in schema:
        return st.one_of(*map(_values, schema["anyOf"]))
    if schema["type"] == "array":
        return st.lists(_values(schema["items"]), max_size=3)
    if schema["type"] != "object":
        return {"string": _texts, "integer": _integers, "number": _numbers, "boolean": st.booleans()}[
            schema["type"]
        ]
    if set(schema["properties"]) == {"start_ms", "end_ms", "clip"}:
        return _places
    needed = set(schema.get("required", ()))
    fields = {name: _values(each) for name, each in schema["properties"].items()}
    return st.fixed_dictionaries(
        {name: fields[name] for name in fields if name in needed},
        optional={name: fields[name] for name in fields if name not in needed},
    )


_clips = st.fixed_dictionaries({"clip": st.sampled_from([1, 2, 3, -1, -2, 9])})
_stretches = st.tuples(_ms, _ms).map(lambda ends: {"start_ms": min(ends), "end_ms": max(ends)})
_places = st.one_of(_clips, _stretches, st.fixed_dictionaries({"start_ms": _ms}))

calls = st.one_of(
    *(
        st.tuples(st.just(tool["function"]["name"]), _values(tool["function"]["parameters"]))
        for tool in schemas()
    )
)
"""A tool's name and its arguments."""


def check(draft, media):
    """All that a valid draft promises, of pictures, clips, music and texts."""
    tracks = draft.layout()
    main = [t for t in tracks if t.type == 0]
    assert len(main) == 1
    shots = main[0].segments
    assert shots
    assert shots[0].start_ms == 0
    assert not shots[0].transition_ms
    for s in shots:
        _check_source(s, media[s.src])
    for before, s in pairwise(shots):
        assert s.start_ms == before.end_ms - s.transition_ms
        assert before.transition_ms + s.transition_ms <= before.duration_ms
        assert s.transition_ms <= s.duration_ms
    end = shots[-1].end_ms
    assert draft.data["d"] == end == draft.duration_ms
    ids = [s.id for t in tracks for s in t.segments]
    assert len(set(ids)) == len(ids)
    for track in tracks:
        assert track.segments
        for s in track.segments:
            assert 0 <= s.start_ms < s.end_ms <= end
        if track.type == 1:
            _check_music(track.segments, media)


def _check_source(shot, item):
    """What is shown lies in its file, and lasts as long as its speed says: each parting rounds to the ms."""
    held = shot.raw["m"].get("freeze")
    if item.kind == "image":
        return
    assert 0 <= shot.in_ms <= shot.out_ms <= item.duration_ms
    assert bool(held) == (shot.in_ms == shot.out_ms)
    assert 0.25 <= shot.speed <= 8
    if not held:
        assert abs(shot.duration_ms - (shot.out_ms - shot.in_ms) / shot.speed) <= 5


def _check_music(segments, media):
    """No two beds at a time, each within its file unless it begins anew."""
    ordered = sorted(segments, key=lambda s: s.start_ms)
    for before, s in pairwise(ordered):
        assert before.end_ms <= s.start_ms
    for s in ordered:
        if s.src in media and not s.raw["m"].get("loop"):
            assert (s.in_ms or 0) + s.duration_ms <= media[s.src].duration_ms + 1
