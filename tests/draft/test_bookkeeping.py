"""What counts as an edit, beside what a server writes into a draft by itself."""

from __future__ import annotations

import copy

import pytest

from nemo_widgets.draft import Draft, describe, edited, tells

LINK = "https://cdn.example/talk.mp4"


def _draft(**more):
    segment = {"d": 9000, "m": {"src": LINK, "name": "talk", "in": 0, "out": 9000}}
    return {"t": [{"tt": 0, "sg": [segment]}], **more}


def _with(path, value):
    data = _draft()
    at = data
    for key in path[:-1]:
        at = at[key] if isinstance(at, list) else at.setdefault(key, {})
    at[path[-1]] = value
    return Draft(data)


TRACK = ("t", 0)
SEGMENT = ("t", 0, "sg", 0, "m")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (("version",), 1, 2),
        (("last_access",), 1796151183, 1796151184),
        (("m", "last_read"), 7, 8),
        (("m", "lastViewedBy"), "a", "b"),
        (("m", "readCount"), 7, 8),
        (("m", "views"), 7, 8),
        (("m", "poll_seq"), 7, 8),
        (("m", "draftVersion"), "v7", "v8"),
        (("m", "seen"), 1796059674.5, 1796059675.5),
        (("m", "updatedAt"), "2026-11-30T16:00:00Z", "2026-11-30T17:00:00Z"),
        (("m", "whatever"), "2026-11-30 16:00:00", "2026-11-30 17:00:00"),
        (("m", "last_saved"), 1796059674, 1796059675),
        (("m", "saveTime"), 1796059674791, 1796059674999),
        ((*TRACK, "id"), "a", "b"),
        ((*SEGMENT, "etag"), "a", "b"),
        ((*SEGMENT, "id"), "a", "b"),
        ((*SEGMENT, "expires_in"), 3600, 3570),
        ((*SEGMENT, "urlExpiry"), 17, 18),
    ],
)
def test_bookkeeping_is_no_edit(path, before, after):
    """A date, a version or an id that a server writes by itself is told apart from every edit."""
    assert edited(_with(path, before), _with(path, after)) == ([], True)


@pytest.mark.parametrize("key", ["src", "poster"])
@pytest.mark.parametrize(
    "query", ["sig={}", "X-Amz-Date=1&X-Amz-Signature={}", "Expires=1&Signature={}&Key-Pair-Id=k", "token={}"]
)
def test_a_link_signed_anew_is_no_edit(key, query):
    """Links that are signed anew at every read change nothing, and are not even a sign of something."""
    before, after = (_with((*SEGMENT, key), f"{LINK}?{query.format(n)}") for n in ("old", "new"))
    assert edited(before, after) == ([], False)


def test_an_edit_beside_links_signed_anew():
    """Of a clip whose link was signed anew meanwhile only what was edited is told: its source is the same."""
    was, now = (_with((*SEGMENT, "src"), f"{LINK}?X-Amz-Signature={n}") for n in ("old", "new"))
    now.data["t"][0]["sg"][0]["m"]["volume"] = 0.5
    assert [change.what for change in edited(was, now)[0]] == ["volume"]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ((*SEGMENT, "filter"), "warm", "cold"),
        ((*SEGMENT, "volume"), 1.0, 0.5),
        ((*SEGMENT, "text"), "2026-11-30", "2026-12-01"),
        ((*SEGMENT, "checked"), False, True),
        ((*SEGMENT, "view"), "wide", "close"),
        ((*SEGMENT, "active"), 0, 1),
        ((*SEGMENT, "last_frame"), 120, 90),
        ((*SEGMENT, "spread"), 7, 8),
        ((*SEGMENT, "out"), 9000, 8000),
        ((*SEGMENT, "poster"), f"{LINK}?frame=1", f"{LINK}?frame=2"),
        (("m", "title"), "2026-11-30", "2026-12-01"),
    ],
)
def test_an_edit_beside_bookkeeping(path, before, after):
    """What somebody has edited counts, in keys that nobody knows too, whatever is written beside it."""
    was, now = _with(path, before), _with(path, after)
    now.data["version"] = 2
    found, touched = edited(was, now)
    assert found
    assert not touched


def test_no_link_is_told_with_its_query():
    """A change of a link is told without what follows its path."""
    was = _with((*SEGMENT, "mask"), f"{LINK}?frame=1&X-Amz-Signature=secret1")
    now = _with((*SEGMENT, "mask"), "https://cdn.example/other.mp4?X-Amz-Signature=secret2")
    told = " ".join(describe(edited(was, now)[0]))
    assert "other.mp4" in told
    assert "secret" not in told


@pytest.mark.parametrize("data", [{}, {"t": None}, {"m": {}}, {"t": "x"}])
def test_an_empty_state_tells_nothing(data):
    """Where there was a timeline, a draft without tracks is no emptied one; before first use it is."""
    assert not tells(Draft(_draft()), Draft(copy.deepcopy(data)))
    assert tells(Draft({}), Draft(copy.deepcopy(data)))
    assert tells(Draft(_draft()), Draft({"t": []}))
