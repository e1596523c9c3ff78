"""A kernel is killed, and the next one goes on with its session, in cells as a person types them."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.usefixtures("no_secrets")


def test_the_next_kernel_goes_on_with_the_session(kernel, media, reads_well):
    """What was uploaded and edited is offered, opened by its short name, undone, edited and exported."""
    doomed = kernel()
    doomed.asked(f"%nemo connect --local\n%nemo upload {media.clip}\n%nemo edit remove the first second")
    assert "Go on with clip.mp4, 1 segment, 0:02" in doomed.asked("%nemo connect --local")
    doomed.asked('%nemo open clip\n%nemo edit add a title that says "Sun"')
    doomed.start("import time; time.sleep(60)")
    after = kernel()
    assert "open in another kernel" in after.asked("%nemo sessions")
    assert "Go on" not in after.asked("%nemo connect --local"), "it is not left, but in use"
    doomed.kill()
    card = after.run("%nemo connect --local")
    (name,) = re.findall(
        r"Go on with clip\.mp4, 2 segments, 0:02 long, used \d\d:\d\d\? %nemo open (clip-\w{4})", card.text
    )
    listed = after.run("%nemo sessions")
    assert all(words in listed.text for words in (name, "clip.mp4", "1 session; the studio takes"))
    opened = after.run(f"%nemo open {name}")
    assert any("image/png" in output for output in opened.outputs), "the timeline is shown"
    undone = after.run("%nemo undo")
    again = after.run("%nemo undo")
    assert (undone.error, again.error) == ("", "")
    assert after.asked("print(nemo.current().draft.duration_ms)") == "3000"
    edited = after.run("%nemo edit remove the last second")
    assert edited.error == "", "the first edit is no surprise"
    exported = after.run("%nemo export film.mp4 --resolution 64x36")
    assert (after.folder / "film.mp4").stat().st_size > 0
    runs = after.run("%nemo runs")
    assert "remove the first second" in runs.text
    assert after.run("%nemo attach").text.startswith("Nothing was left behind.")
    told = after.run("%nemo clean")
    assert "was downloaded" in told.text
    assert "`%nemo clean --yes`" in told.everything
    assert after.run("%nemo clean --yes").text.startswith("Removed ")
    assert "There is nothing" in after.run("%nemo clean").text
    reads_well(card, listed, opened, undone, again, edited, exported, runs, told)
