"""What changed between two drafts."""

from nemo_widgets.draft import Draft, changes, describe
from nemo_widgets.draft.tables import changes_table


def video(*parts, name="talk"):
    start, made = 0, []
    for i, (a, b) in enumerate(parts):
        made.append(
            {"d": b - a, "m": {"id": f"v{i}", "src": "s", "name": name, "in": a, "out": b, "start": start}}
        )
        start += b - a
    return {"tt": 0, "sg": made}


def music(volume=0.35, ident="a1"):
    return {"tt": 1, "sg": [{"d": 9000, "m": {"id": ident, "start": 0, "name": "Lo-fi", "volume": volume}}]}


def told(before, after):
    return describe(changes(Draft({"t": before}), Draft({"t": after})))


def test_a_cut_is_told_with_its_place_in_the_clip():
    """A removed middle is named by its in and out point, with the new length."""
    lines = told([video((0, 180_000))], [video((0, 45_000), (80_000, 180_000))])
    assert lines == ["Removed 0:45–1:20 of talk.", "Length: 3:00 → 2:25."]


def test_many_cuts_are_counted():
    """A lot of small cuts is one sentence with their number and sum."""
    kept = [(i * 2000, i * 2000 + 1500) for i in range(7)]
    lines = told([video((0, 14_000))], [video(*kept)])
    assert lines[0] == "Removed 7 parts, 3.5 s together."


def test_a_split_alone_removes_nothing():
    """Segments that still show the same of the clip are no cut."""
    found = changes(Draft({"t": [video((0, 4000))]}), Draft({"t": [video((0, 1000), (1000, 4000))]}))
    assert not [c for c in found if c.what == "removed"]


def test_restored_parts_are_told():
    """An undo is told as what came back."""
    assert told([video((0, 1000))], [video((0, 5000))])[0] == "Added 0:01–0:05 of talk."


def test_music_and_titles_are_told_with_before_and_after():
    """A changed level shows both levels; something new shows what it is."""
    assert told([music(0.35)], [music(0.2)]) == [
        "Music changed: Lo-fi 0:00–0:09, 35 % → Lo-fi 0:00–0:09, 20 %."
    ]
    assert told([video((0, 9000))], [video((0, 9000)), music()]) == ["Music added: Lo-fi 0:00–0:09, 35 %."]
    assert told([music()], [])[0] == "Music removed: Lo-fi 0:00–0:09, 35 %."


def test_swapped_clips_are_an_order():
    """The same parts in another order is told as the order, not as cuts."""
    a, b = video((0, 1000), name="a")["sg"][0], video((0, 1000), name="b")["sg"][0]
    lines = told([{"tt": 0, "sg": [a, b]}], [{"tt": 0, "sg": [b, a]}])
    assert lines == ["Order: a, b → b, a."]


def test_the_same_draft_has_no_changes():
    """Nothing changed is nothing told."""
    assert told([video((0, 1))], [video((0, 1))]) == []


def test_changes_are_a_table():
    """The table has one row a change, with times as whole milliseconds."""
    found = changes(Draft({"t": [video((0, 5000))]}), Draft({"t": [video((0, 3000))]}))
    table = changes_table(found)
    assert table.loc[0, ["what", "start_ms", "end_ms"]].tolist() == ["removed", 3000, 5000]
