"""The studio's own keys told in plain words, in sentences and in tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from spoken_words import english

from nemo_widgets.draft import Change, Draft, changes, describe, effects, stages
from nemo_widgets.draft.tables import brief
from nemo_widgets.languages import speaking


def draft(*segments: dict[str, Any], **root: Any) -> Draft:
    return Draft({"m": root, "t": [{"tt": 0, "sg": list(segments)}]})


def clip(begin: int = 0, end: int = 10_000, at: int = 0, ident: str = "v1", **meta: Any) -> dict[str, Any]:
    given = {"id": ident, "src": "talk.mp4", "name": "talk", "in": begin, "out": end, "start": at, **meta}
    return {"d": end - begin, "m": given}


def text(**meta: Any) -> Draft:
    return Draft({"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"id": "x", "start": 0, "text": "Hi", **meta}}]}]})


@pytest.mark.parametrize(
    ("meta", "what", "after"),
    [
        ({"looks": [{"type": "bw", "amount": 1.0}]}, "look", "black and white"),
        ({"looks": [{"type": "warm", "amount": 0.4}, {"type": "vignette"}]}, "look", "warmer 40%, vignette"),
        ({"looks": [{"type": "brightness", "amount": -0.2}]}, "look", "brightness -20%"),
        ({"rotate": 90}, "rotation", "90° clockwise"),
        ({"flip": "horizontal"}, "mirroring", "left to right"),
        ({"crop": {"x": 0.1, "y": 0, "w": 0.8, "h": 0.5}}, "crop", "80% × 50% at 10%, 0%"),
        ({"fit": "blur"}, "fit", "with blurred bars"),
        ({"zoom": {"from": 1.0, "to": 1.3}}, "zoom", "from 1× to 1.3×"),
        ({"zoom": {"from": 1.5, "to": 1.5}}, "zoom", "1.5×"),
        ({"focus": [[0, 0.5, 0.5], [900, 0.6, 0.5]]}, "focus", "2 points"),
        ({"reverse": True}, "direction", "backwards"),
        ({"fade_in": 500}, "fade in", "0.5 s"),
    ],
)
def test_what_is_done_to_a_clip_is_named(meta: dict[str, Any], what: str, after: str) -> None:
    """One change with the plain name of what it is, from nothing to what it is now."""
    (change,) = changes(draft(clip()), draft(clip(**meta)))
    assert change == Change(what, "video", "talk", 0, 10_000, "", after)
    assert describe([change]) == [f"{what.capitalize()} of “talk” (0:00–0:10): none → {after}."]
    (back,) = changes(draft(clip(**meta)), draft(clip()))
    assert (back.before, back.after) == (after, "")


def test_the_part_that_got_a_look_is_named() -> None:
    """Black and white from 0:02 to 0:04 splits the clip: that part is told, the others are not."""
    bw = [{"type": "bw"}]
    after = draft(clip(0, 2000), clip(2000, 4000, 2000, "v2", looks=bw), clip(4000, 10_000, 4000, "v3"))
    lines = describe(changes(draft(clip()), after))
    assert "Look of “talk” (0:02–0:04): none → black and white." in lines
    assert sum(line.startswith("Look") for line in lines) == 1


@pytest.mark.parametrize("ident", ["f", ""])
def test_a_held_picture_is_one_sentence(ident: str) -> None:
    """Freezing at 0:03 for two seconds is told as that, and not as a split; so is taking it away."""
    frozen = clip(3000, 3000, 3000, ident, freeze=True)
    frozen["d"] = 2000
    before = draft(clip(0, 3000), clip(3000, 10_000, 3000, "v2"))
    after = draft(clip(0, 3000), frozen, clip(3000, 10_000, 5000, "v2"))
    assert describe(changes(before, after)) == [
        "Picture of “talk” held at 0:03 for 2 s.",
        "Length: 0:10 → 0:12.",
    ]
    assert describe(changes(after, before))[0] == "Picture of “talk” no longer held at 0:03."
    whole = describe(changes(draft(clip()), after))
    assert whole[0] == "Picture of “talk” held at 0:03 for 2 s."


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("fade-black", "Fade through black of 0.5 s at 0:05."),
        ("wipe-left", "Wipe to the left of 0.5 s at 0:05."),
        ("slide-up", "Slide up of 0.5 s at 0:05."),
        ("dissolve", "Dissolve of 0.5 s at 0:05."),
    ],
)
def test_transitions_are_told_by_their_type(kind: str, told: str) -> None:
    """In words for those we make, by its own name for any other."""
    cut = {"transition": {"type": kind, "d": 500}}
    before, after = (draft(clip(0, 5000), clip(5000, 9000, 5000, "v2", **more)) for more in ({}, cut))
    assert describe(changes(before, after)) == [told]


@pytest.mark.parametrize(
    ("root", "line"),
    [
        ({"fade_in": 1000}, "Fade in: none → 1 s."),
        ({"fade_out": 1500}, "Fade out: none → 1.5 s."),
        ({"fade_color": "white"}, "Fade colour: none → white."),
        ({"fit": "crop"}, "Fit: none → cropped to fill the frame."),
        ({"loudness": -14.0}, "Loudness: none → -14 LUFS."),
    ],
)
def test_what_is_done_to_the_whole_is_named(root: dict[str, Any], line: str) -> None:
    """The fades, the fit and the loudness of an export have names, not paths."""
    assert describe(changes(draft(clip()), draft(clip(), **root))) == [line]


@pytest.mark.parametrize(
    ("meta", "what", "after"),
    [
        ({"animation": "typewriter"}, "animation", "typed letter by letter"),
        ({"background": "#00000080"}, "background", "#00000080"),
        ({"style": "lower-third"}, "style", "lower third"),
        ({"subtitle": "Engineer"}, "second line", "“Engineer”"),
    ],
)
def test_what_is_done_to_a_text_is_named(meta: dict[str, Any], what: str, after: str) -> None:
    """Animation, background, style and a lower third's second line have names, not paths."""
    (change,) = changes(text(), text(**meta))
    assert (change.what, change.before, change.after) == (what, "", after)


def test_a_look_on_a_generated_clip_is_the_second_stage() -> None:
    """What the agent did to the pictures comes after the clip itself."""
    new = {
        "d": 4000,
        "m": {"id": "n", "src": "new.mp4", "name": "new", "in": 0, "out": 4000, "start": 10_000},
    }
    found = changes(draft(clip()), draft(clip(looks=[{"type": "sepia"}]), new))
    first, second = stages(found)
    assert [c.what for c in second] == ["look"]
    assert "added" in [c.what for c in first]


def test_the_table_of_segments_has_a_column_for_effects() -> None:
    """In words, in the order in which they are carried out; nothing for a clip that is as it was."""
    meta = {"reverse": True, "rotate": 180, "flip": "vertical", "crop": {"x": 0, "y": 0, "w": 0.5, "h": 1},
            "zoom": {"from": 1, "to": 2}, "looks": [{"type": "cool", "amount": 0.5}]}  # fmt: skip
    table = draft(clip(**meta), clip(at=10_000, ident="v2")).segments
    words = "backwards, turned 180°, mirrored top to bottom, cropped, zoom from 1× to 2×, cooler 50%"
    assert table["effects"].tolist() == [words, ""]
    song = draft(clip(fade_in=500, fade_out=2000, duck=True, volume=0.35)).segments
    assert song["effects"].tolist() == ["fade in 0.5 s, fade out 2 s, ducked"]


def test_a_brief_table_leaves_out_what_is_usual_in_all() -> None:
    """A column stays where a segment has something in it; those that say which, when and from where stay."""
    usual = draft(clip(), clip(at=10_000, ident="v2")).segments
    idle = ["text", "transition", "transition_ms", "effects", "speed", "volume", "overlap_ms"]
    assert [name for name in usual if name not in brief(usual)] == [name for name in usual if name in idle]
    for name, meta in {
        "speed": {"speed": 2.0},
        "volume": {"volume": 0.5},
        "effects": {"reverse": True},
    }.items():
        table = draft(clip(), clip(at=10_000, ident="v2", **meta)).segments
        assert [kept for kept in idle if kept in brief(table)] == [name]


STRANGE = [None, 0, -1, True, "x", [], [1], {}, {"type": 3}, float("nan"), [{}]]


@pytest.mark.parametrize("value", STRANGE)
def test_strange_values_are_told_as_well(value: Any) -> None:
    """Whatever stands there, a change is found, and nothing fails."""
    for key in (
        "looks",
        "zoom",
        "crop",
        "focus",
        "rotate",
        "flip",
        "fit",
        "reverse",
        "freeze",
        "loop",
        "style",
    ):
        after = draft(clip(**{key: value}))
        assert changes(draft(clip()), after)
        list(effects(after.layout()[0].segments[0]))
    for key in ("fade_in", "fit", "loudness", "fade_color"):
        assert changes(draft(clip()), draft(clip(), **{key: value}))


def test_changes_are_told_in_chinese_and_their_values_are_data() -> None:
    """Nouns, looks, places, lengths and what is done, one by one and by the dozen; data is English."""
    bw = [{"type": "bw"}]
    cut = {"transition": {"type": "fade-black", "d": 500}}
    title = text(position="top-center", size=64, color="#ffffff", animation="pop")
    moved = Draft({"t": [{"tt": 7, "sg": [{"d": 4000, "m": {"id": "x", "start": 500, "text": "Hi"}}]}]})
    many = [clip(n * 1000, n * 1000 + 1000, n * 1000, f"v{n}", **(cut if n else {})) for n in range(10)]
    pairs = [
        (
            draft(clip()),
            draft(clip(looks=bw, rotate=90, flip="vertical", crop={"x": 0, "y": 0, "w": 1, "h": 1})),
        ),
        (draft(clip(), clip(0, 9000, 10_000, "b")), draft(clip(0, 4000), clip(5000, 9000, 4000, "b", **cut))),
        (draft(clip()), draft(clip(0, 3000), clip(3000, 10_000, 3000, "v2", volume=0.0, fade_in=500))),
        (draft(), draft(clip(), fit="crop", fps=30, width=1082, height=1920, mystery={"a": 1})),
        (Draft({}), title),
        (text(), moved),
        (title, text(style="lower-third", tracks=[1, 2], duck=True, loop=False, focus=[[0, 1, 1]], odd="x")),
        (draft(clip()), draft(*many)),
        (draft(*many), draft(*reversed(many))),
        (draft(*many), draft(*({**each, "m": {**each["m"], "speed": 2.0}} for each in many))),
    ]
    for before, after in pairs:
        for found in (changes(before, after), changes(after, before)):
            with speaking("zh-CN"):
                lines = describe(found)
            assert lines
            said = " ".join(lines).replace("talk", "").replace("m.", "")
            assert [word for word in english(said) if word not in ("mystery", "odd")] == [], lines
            assert not re.search("[\u4e00-\u9fff]", "".join(f"{c.what}{c.before}{c.after}" for c in found))
    with speaking("zh-CN"):
        assert describe(changes(*pairs[0]))[0] == "“talk”（0:00–0:10）的旋转：无 → 顺时针旋转 90 度。"
        assert describe(changes(Draft({}), title))[0] == "已添加标题：“Hi” 0:00–0:03，在顶部，字号 64，白色。"
