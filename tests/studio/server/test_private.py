"""The data folder and what is in it: its owner's alone, whatever it was before and whatever the umask is."""

from __future__ import annotations

import logging
import os
import stat
import time
from pathlib import Path

import httpx
import pytest
from secrecy.modes import open_to_others

from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.logs import Log
from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Store, StoreError


@pytest.fixture(params=[0o000, 0o022], ids=oct)
def umask(request):
    """What the process takes away from the permissions of new files: nothing, and what is usual."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _render(client, session, draft):
    output = {"format": "mp4", "resolution": "90p", "preset": "ultrafast"}
    body = {"id": f"render_{time.time_ns()}", "sessionId": session, "draft": draft, "output": output}
    client.post("/api/render/proxy/lambda", json=body).raise_for_status()
    path = f"/api/render/proxy/lambda/{body['id']}"
    while (status := client.get(path).json())["status"] in ("pending", "processing"):
        yield status
    assert status["status"] == "completed", status


@pytest.mark.parametrize("umask", [0o000], ids=oct, indirect=True)
@pytest.mark.usefixtures("umask")
def test_whatever_is_written_is_its_owners_alone(start, connect, clip, tmp_path):
    """Uploads as they arrive and are kept, renders as they are made, database and log: 0600 in 0700."""
    folder = tmp_path / "new" / "data"
    studio = start(data=folder)
    client = connect(studio)
    session = client.session()

    def pieces():
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n'
        yield clip.read_bytes() + bytes(2_000_000)
        while not list((folder / "incoming").iterdir()):
            time.sleep(0.01)
        assert open_to_others(folder) == []
        yield b"\r\n--b--\r\n"

    head = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post(f"/api/upload-video/nemo_agent/me/{session}", content=pieces(), headers=head)
    assert answer.json()["code"] == 0
    assert (folder / "studio.sqlite3-wal").exists()
    for _ in _render(client, session, client.state(session)["draft"]):
        assert open_to_others(folder) == []
        time.sleep(0.05)
    assert list((folder / "results").iterdir())
    assert open_to_others(folder.parent) == []


@pytest.mark.usefixtures("umask")
def test_a_folder_that_others_could_read_is_closed(clip, tmp_path):
    """What was made by hand, by another version or copied without its permissions is put right at once."""
    folder = tmp_path / "data"
    Store(folder, Settings()).close()
    (folder / "media" / "old.mp4").write_bytes(clip.read_bytes())
    (folder / "incoming" / "half.part").write_bytes(b"x")
    (folder / "studio.log").write_text("x")
    (folder / "notes.txt").write_text("not the studio's")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    studio = launch(folder)
    try:
        assert httpx.get(f"{studio.url}/studio/health").json()["ok"] is True
        assert open_to_others(folder) == ["notes.txt"]
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        studio.stop()


@pytest.mark.usefixtures("umask")
def test_a_log_that_is_begun_anew_is_private(tmp_path):
    """The log stays its owner's alone when it has grown too large and another one is begun."""
    log = Log(tmp_path)
    try:
        for _ in range(12):
            logging.getLogger("nemo_widgets.studio").info("x" * 100_000)
        names = {path.name for path in tmp_path.iterdir()}
        assert names == {"studio.log", "studio.log.1"}
        assert open_to_others(tmp_path, inside=True) == []
    finally:
        log.close()


def test_a_folder_for_everybody_is_left_as_it_is(tmp_path):
    """A place such as /tmp is not closed to everybody else: a folder of the studio's own is asked for."""
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(StoreError, match="for everybody; name a folder inside of it"):
        launch(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert list(shared.iterdir()) == []


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o777])
def test_an_inner_folder_elsewhere_is_left_as_it_is(mode, tmp_path):
    """Media on another disk, behind a link, are used where only their owner comes in; that disk stays so."""
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir()
    mine = elsewhere / "mine.mp4"
    mine.write_bytes(b"x")
    mine.chmod(0o644)
    elsewhere.chmod(mode)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "media").symlink_to(elsewhere)
    if mode == 0o700:
        Store(folder, Settings()).close()
    else:
        with pytest.raises(StoreError, match=r"media in it leads to .*disk, which others can read; close it"):
            launch(folder)
    assert stat.S_IMODE(elsewhere.stat().st_mode) == mode
    assert stat.S_IMODE(mine.stat().st_mode) == 0o644


@pytest.mark.parametrize("name", ["studio.sqlite3", "studio.log"])
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o666, None], ids=lambda mode: f"{mode or 0:o}")
def test_a_file_elsewhere_is_left_as_it_is(name, mode, tmp_path):
    """Database and log are written to behind a link only where their owner alone can read them."""
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "data"
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    if mode is not None:
        elsewhere.touch()
        elsewhere.chmod(mode)
    if mode == 0o600:
        Store(folder, Settings()).close()
        return
    said = "there is nothing" if mode is None else r"others can read; close it to them \(chmod 600\)"
    with pytest.raises(StoreError, match=rf"{name} in it leads to .*elsewhere, (which|where) {said}"):
        launch(folder)
    assert mode is None or stat.S_IMODE(elsewhere.stat().st_mode) == mode


@pytest.mark.parametrize("name", ["studio.sqlite3-wal", "studio.sqlite3-shm"])
def test_a_link_where_sqlite_follows_none_is_named(name, tmp_path):
    """It would say that it can't open the database, and nobody would look for a link beside it."""
    (tmp_path / "elsewhere").touch(mode=0o600)
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match=f"{name} in it is a link, which SQLite does not follow") as caught:
        Store(tmp_path, Settings())
    assert "Move it away" in caught.value.hint


def test_a_log_may_lead_to_nowhere(tmp_path):
    """Who wants no log links it to /dev/null, which keeps nothing and stays everybody's."""
    (tmp_path / "studio.log").symlink_to("/dev/null")
    Store(tmp_path, Settings()).close()
    assert stat.S_IMODE(Path("/dev/null").stat().st_mode) & 0o006 == 0o006


@pytest.mark.parametrize("whose", [None, 12345], ids=["mine", "another's"])
def test_a_folder_that_takes_the_others_place_is_looked_at_anew(whose, start, connect, tmp_path):
    """Where others may write around it somebody can put another one there: it is closed, or not used."""
    if whose is not None and os.geteuid():
        pytest.skip("only root can give a folder away")
    folder = tmp_path / "data"
    client = connect(start(data=folder))
    assert client.post("/api/tasks/me/with-session/nemo_agent").json()["code"] == 0
    folder.rename(tmp_path / "before")
    for one in (folder, *(folder / name for name in ("media", "results", "incoming"))):
        one.mkdir()
        one.chmod(0o777)
    for one in (folder / "studio.sqlite3", folder / "studio.log"):
        one.touch()
        one.chmod(0o666)
    if whose is not None:
        os.chown(folder, whose, whose)
    answer = client.post("/api/tasks/me/with-session/nemo_agent").json()
    if whose is None:
        assert answer["code"] == 0
        assert open_to_others(folder) == []
    else:
        assert answer["code"] == 507
        assert "not yours to write to" in answer["message"]
        assert (folder / "studio.sqlite3").stat().st_size == 0


@pytest.mark.parametrize("why", ["owner", "disk"])
def test_a_folder_that_can_not_be_closed_is_refused(why, tmp_path, monkeypatch):
    """Where others can't be kept out nothing is kept, and the sentence says why."""
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)

    def chmod(*_, **__):
        if why == "owner":
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.chmod", chmod)
    said = "belongs to another user" if why == "owner" else "its file system can't keep others out"
    with pytest.raises(StoreError, match=said):
        launch(folder)
    assert list(folder.iterdir()) == []
