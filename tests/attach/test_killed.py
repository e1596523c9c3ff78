"""A kernel dies in the middle of something; the studio lives on, and the next kernel finds out the truth."""

from __future__ import annotations

import pytest
from attach.served import frames
from waiting import until

pytestmark = pytest.mark.usefixtures("no_secrets")


@pytest.fixture
def scene(kernel, proxy):
    """A kernel, the one that is opened once it was killed (it starts up beside it), and their proxy."""
    return kernel(), kernel(), proxy


def connected(notebook, proxy):
    cell = notebook.run(f"%nemo connect --url {proxy.url}")
    assert not cell.error, cell.error
    return cell


def session_of(journal):
    return journal.records()[0].place.session_id


def test_an_upload_goes_on_with_what_had_not_arrived(scene, studio, journal, media, reads_well):
    """Of three files one had arrived and one was half sent; in the end each is there once, in order."""
    doomed, after, proxy = scene
    connected(doomed, proxy)
    proxy.fault(stall_after=100_000, direction="up", of="body", only="POST /api/upload", times=3)
    doomed.start(f"%nemo upload {media.clip} {media.picture} {media.dot}")
    until(lambda: any("stall" in exchange.fault for exchange in proxy.log))
    until(lambda: any(exchange.status == 200 for exchange in proxy.log if "upload" in exchange.path))
    doomed.kill()
    proxy.clear()
    (left,) = journal.left()
    session = left.place.session_id
    assert studio.media(session) == ["clip.mp4"]
    card, listed = connected(after, proxy), after.run("%nemo runs")
    assert f"One run was under way when a kernel stopped:\n\n- %nemo attach {left.id}" in card.text
    assert "left behind" in listed.text
    ended = after.run(f"%nemo attach {left.id}")
    files, places = ended.text.splitlines()[:3], ended.text.splitlines()[3:]
    assert [line.split(" ")[0] for line in files] == ["clip.mp4", "harbour.png", "dot.png"]
    assert [line.split(" ")[0] for line in places] == ["harbour.png", "dot.png"], "where each came, once"
    assert studio.media(session) == ["clip.mp4", "harbour.png", "dot.png"]
    assert studio.clips(session) == ["clip", "harbour", "dot"]
    assert journal.left() == []
    reads_well(card, listed, ended)


def test_an_edit_that_was_made_meanwhile_is_told(scene, studio, journal, media, reads_well):
    """The studio goes on with the edit; the next kernel waits for it and tells what changed."""
    doomed, after, proxy = scene
    connected(doomed, proxy)
    doomed.asked(f"%nemo upload {media.clip}")
    session = session_of(journal)
    doomed.start("%nemo edit remove the first second, slowly")
    doomed.until(lambda: doomed.shows("Working on it."))
    doomed.kill()
    (left,) = journal.left()
    card, listed = connected(after, proxy), after.run("%nemo runs")
    assert f"%nemo attach {left.id}: edit, remove the first second, slowly" in card.text

    proxy.fault(reset_after=0, only="/studio/sessions")
    once = "settings=nemo.ClientSettings(attempts=1)"
    unknown = after.run(f"nemo.attach({left.id!r}, {once})")
    assert "This is session clip-" in unknown.text, "it is another one than before"
    assert "Edit: outcome unknown" in unknown.text
    assert "don't send it again before you know" in unknown.error
    assert [record.id for record in journal.left()] == [left.id]
    proxy.clear()

    attached = after.start("%nemo attach -o run")
    after.until(lambda: after.shows("Finding out whether the edit was made"))
    assert [status for *_, status in studio.messages(session)] == ["running"]
    studio.let()
    ended = after.wait(attached)
    assert not ended.error
    assert "Its kernel stopped; the edit was made all the same." in ended.text
    assert after.asked("print(run.id, run.outcome, run.changes['what'].tolist())").startswith(
        f"{left.id} done ['removed'"
    )
    assert studio.messages(session) == [(left.id, "remove the first second, slowly", "done")]
    assert journal.left() == []
    reads_well(card, listed, unknown, ended)


def test_an_edit_that_never_left_is_not_made_and_said_again(scene, studio, journal, media, reads_well):
    """The studio never got it: nothing was made of it, and `%nemo again` sends it."""
    doomed, after, proxy = scene
    connected(doomed, proxy)
    doomed.asked(f"%nemo upload {media.clip}")
    session = session_of(journal)
    proxy.fault(stall_after=0, direction="up", only="POST /run_sse")
    doomed.start("%nemo edit remove the first second")
    until(lambda: any("run_sse" in exchange.path for exchange in proxy.log))
    doomed.kill()
    proxy.clear()
    (left,) = journal.left()
    connected(after, proxy)
    ended = after.run(f"%nemo attach {left.id}")
    assert "NotDone" in ended.error
    assert "%nemo again" in ended.error
    assert studio.messages(session) == []
    assert journal.left() == []
    assert not after.run("%nemo again").error
    ((_, text, status),) = studio.messages(session)
    assert (text, status, studio.length_ms(session)) == ("remove the first second", "done", 2000)
    reads_well(ended)


def test_a_render_is_waited_for_and_downloaded_to_its_place(scene, studio, journal, media, reads_well):
    """The studio goes on with the render; the next kernel downloads it to where it was wanted, once."""
    doomed, after, proxy = scene
    connected(doomed, proxy)
    doomed.asked(f"%nemo upload {media.noise}")
    session = session_of(journal)
    proxy.fault(stall_after=0, only="GET /api/render")
    doomed.start("%nemo export out.mp4 --resolution 180p")
    until(lambda: any("GET /api/render" in exchange.line for exchange in proxy.log))
    doomed.kill()
    proxy.clear()
    (left,) = journal.left()
    assert not list(doomed.folder.iterdir())
    card = connected(after, proxy)
    assert f"%nemo attach {left.id}: export, out.mp4" in card.text
    ended = after.run("%nemo attach -o film")
    assert not ended.error
    assert "Exported out.mp4" in ended.text
    assert [path.name for path in doomed.folder.iterdir()] == ["out.mp4"]
    assert frames(doomed.folder / "out.mp4") == 90
    ((_, status),) = studio.renders(session)
    assert status == "completed"
    reads_well(card, ended)


def test_a_download_is_taken_up_where_it_broke(scene, studio, journal, media, reads_well):
    """Half of the file was there; the next kernel fetches the other half, and the file is whole."""
    doomed, after, proxy = scene
    connected(doomed, proxy)
    doomed.asked(f"%nemo upload {media.noise}")
    proxy.fault(stall_after=700_000, of="body", only="GET /results")
    doomed.start("%nemo export out.mp4 --resolution 180p")
    until(lambda: any("stall" in exchange.fault for exchange in proxy.log))
    (part,) = until(lambda: [p for p in doomed.folder.glob(".*.part") if p.stat().st_size])
    doomed.kill()
    got = part.stat().st_size
    proxy.clear()
    before = len(proxy.log)
    connected(after, proxy)
    ended = after.run("%nemo attach")
    assert not ended.error
    assert [path.name for path in doomed.folder.iterdir()] == ["out.mp4"]
    assert frames(doomed.folder / "out.mp4") == 90
    (fetched,) = (exchange for exchange in proxy.log[before:] if "/results" in exchange.path)
    size = (doomed.folder / "out.mp4").stat().st_size
    assert fetched.status == 206
    assert fetched.down < size - got + 2000
    assert len(studio.renders(session_of(journal))) == 1
    reads_well(ended)
