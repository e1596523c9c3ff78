"""The magics in a real kernel: routes, background, loops, variables."""

import re
import time

import pytest
from waiting import PATIENCE_S

from nemo_widgets.studio.samples import SAMPLES


@pytest.fixture(scope="module")
def ready(kernel):
    """A kernel with a clip on the local studio's timeline."""
    (kernel.folder / "clip.mp4").write_bytes(SAMPLES["scenes"].read_bytes())
    assert (
        kernel.run("import nemo_widgets as nemo\n%nemo connect --local\n%nemo upload clip.mp4").error is None
    )
    return kernel


def length(kernel):
    return int(kernel.run("print(nemo.current().draft.duration_ms)").text)


def test_what_is_said_finds_its_way(ready):
    """`%nemo ask` shows credits, the timeline, or edits, by what the sentence is about."""
    told = ready.run("%nemo ask how many credits do I have left?").text
    assert "No credits are needed" in told, "nothing is paid on the local studio"
    assert "100" not in told
    assert any("image/png" in b for b in ready.run("%nemo ask show me the timeline").bundles)
    before = length(ready)
    assert ready.run("%nemo ask remove the first second please").error is None
    assert length(ready) == before - 1000


def test_the_history_and_what_differs_are_shown_as_pictures(ready):
    """`%nemo history` is a strip, `%nemo diff` two timelines and sentences; both are had as tables, too."""
    assert ready.run("%nemo edit remove the first second").error is None
    shown = ready.run("%nemo history -o states").bundles[-1]
    assert "remove the first second" in shown["text/plain"]
    assert "image/png" in shown
    assert ready.run("print(states['instruction'].iloc[-1])").printed.strip() == "remove the first second"
    last = ready.run("%nemo diff")
    assert last.error is None
    assert "Length: " in last.text
    assert "image/png" in last.bundles[-1]
    assert ready.run("rows = %nemo diff 1\nprint('length' in set(rows['what']))").printed.strip() == "True"
    assert "no state 99" in ready.run("%nemo diff 1 99").error
    assert ready.run("%nemo undo").error is None


def test_an_edit_and_its_export_in_one_sentence(ready):
    """'… and export' edits first, then renders and shows the film."""
    before = length(ready)
    outputs = ready.run("%%nemo\nremove the last 9 seconds, then export it in 180p")
    assert outputs.error is None
    assert length(ready) == before - 9000
    assert set(outputs.bundles[-1]) == {"image/png", "text/plain"}, "no page, hence no live view"
    assert (ready.folder / "clip-edited.mp4").exists()


def test_an_export_is_as_large_and_called_as_was_said(ready):
    """Name and size of an export that is asked for in words are those of the file."""
    assert ready.run("%nemo ask save it as small.mp4 in vertical 90x160, please").error is None
    told = ready.run("film = nemo.current().runs[-1].video; print(film.path.name, film.width, film.height)")
    assert told.text.strip() == "small.mp4 90 160"


def test_the_player_of_an_export_says_the_same_as_anywhere_else(ready):
    """Name, length, what it is made of and bytes stand below it: a page may show nothing above it."""
    assert "Exported talk.m4a · 0:" in ready.run("%nemo export talk.m4a").text
    shown = "from ipywidgets.widgets import widget\n"
    shown += "print([w.words for w in widget._instances.values() if type(w).__name__ == 'Player'][-1])"
    told = ready.run(shown).printed
    assert re.fullmatch(r"talk\.m4a · 0:\S+ · AAC · 48 kHz · stereo · [\d.]+ [kM]B", told)
    assert "talk.m4a" in ready.run("nemo.current().runs[-1].video").text
    assert ready.run(shown).printed == told


def test_a_background_edit_lets_the_notebook_go_on(ready):
    """With --background the cell ends at once, and its output is the answer when the edit has ended."""
    cell = ready.run('%nemo edit --background -o later add a title that says "Later"')
    assert cell.error is None
    assert ready.run("print(later.result().state)").printed == "done"
    end = time.monotonic() + PATIENCE_S
    while "Later" not in cell.text:
        assert time.monotonic() < end, "the live view was not replaced by what was said"
        ready.run("pass")
    assert "Later" in ready.run("%nemo segments").text


def test_magics_work_inside_a_loop(ready):
    """Where a magic can't be awaited it blocks, and does the same."""
    code = "for level in (10, 15):\n    %nemo edit add background music at {level}%\n"
    assert ready.run(code).error is None
    told = ready.run("print(nemo.current().draft.segments.query('kind == \"audio\"').volume.tolist())")
    assert told.text.strip() == "[0.15]"


def test_undo_takes_one_edit_back(ready):
    """`%nemo undo` undoes the last edit."""
    assert ready.run("%nemo undo").error is None
    told = ready.run("print(nemo.current().draft.segments.query('kind == \"audio\"').volume.tolist())")
    assert told.text.strip() == "[0.1]"


def test_a_failed_export_does_not_lose_anything(ready):
    """A target that can't be written is told, and the next export works."""
    told = ready.run("%nemo export nowhere/at/all.mp4 --resolution 180p").error
    assert told is not None
    assert "nowhere" in told
    assert ready.run("%nemo export fine.mp4 --resolution 180p").error is None


def test_an_old_draft_can_be_exported(ready):
    """A draft kept in a variable is exported as it was then."""
    ready.run("%nemo draft -o old")
    ready.run("%nemo edit remove the first 2 seconds")
    outputs = ready.run("%nemo export old.mp4 --draft old --resolution 180p -o film")
    assert outputs.error is None
    assert ready.run("print(film.duration_ms - nemo.current().draft.duration_ms)").text.strip() == "2000"


def test_runs_are_listed_and_nothing_is_left_to_cancel(ready):
    """`%nemo runs` shows what was done; `%nemo cancel` then has nothing to stop."""
    listed = ready.run("%nemo runs").text
    assert "upload" in listed
    assert "not done" in listed, "as run.outcome has it"
    assert "failed" not in listed
    assert "Nothing is under way" in ready.run("%nemo cancel").text


def test_programs_get_the_same_from_calls(ready):
    """The calls of the session do what the magics do, also awaited."""
    ready.run("run = nemo.current().start('remove the last second')")
    assert ready.run("ended = await run\nprint(ended is run, run.state)").printed == "True done"


def test_tab_completes(ready):
    """`%nemo <TAB>` offers what fits, and nothing else of Python's."""
    ready.run("from IPython.core.completer import provisionalcompleter")
    ready.run("complete = get_ipython().Completer.completions")
    code = "with provisionalcompleter():\n    print([c.text for c in complete('{0}', {1})])"
    assert ready.run(code.format("x = %nemo ex", 12)).printed == "['export']"
    assert ready.run(code.format("%nemo connect --l", 17)).printed == "['--language', '--local']"


def test_names_with_spaces_can_be_uploaded_from_a_variable(ready):
    """A file whose name has spaces is one file, also through a variable."""
    (ready.folder / "my other clip.mp4").write_bytes(SAMPLES["scenes"].read_bytes())
    before = length(ready)
    ready.run("clip = 'my other clip.mp4'")
    assert ready.run("%nemo upload {clip}").error is None
    assert length(ready) == before + 15_200


def test_disconnecting_ends_the_session(ready):
    """A disconnect says what it stopped; then the magics say to connect, and no studio thread is left."""
    gone = ready.run("%nemo export late.mp4 --background\n%nemo disconnect")
    assert gone.error is None
    assert "late.mp4: Export cancelled" in gone.text
    assert "%nemo connect" in (ready.run("%nemo tracks").error or "")
    ready.run("import threading")
    names = ready.run("print([t.name for t in threading.enumerate() if 'studio' in t.name.lower()])")
    assert names.printed == "[]"
