"""What the studio keeps: sessions listed and forgotten, the same content once, what goes by itself."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from waiting import PATIENCE_S, until

from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Store

SMALL = {"resolution": "180p", "quality": "low"}
DAY = 86_400


@pytest.fixture
def words(tmp_path_factory):
    """Subtitles: a file that stands on no timeline by itself."""
    path = tmp_path_factory.mktemp("words") / "words.srt"
    path.write_text("1\n00:00:00,500 --> 00:00:01,500\nHello\n")
    return path


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def client_of(start, connect):
    """Starts a studio over the folder, and gives its client."""
    return lambda **settings: connect(start(**settings))


@pytest.fixture
def left_alone(start, connect, clip, words):
    """A stopped studio's folder: a session with a clip and a fetched export, one with an unused sound."""
    studio = start()
    client = connect(studio)
    session, idle = client.session(), client.session()
    client.upload(session, clip)
    client.upload(idle, words)
    client.get(_export(client, session))
    until(lambda: len(_clean(client)) == 3)
    studio.stop()
    return session, idle


def _sql(data, statement, *values):
    path = data / "studio.sqlite3"
    with closing(sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)) as database:
        return database.execute(statement, values).fetchall()


def _age(data, days):
    """All that is in the folder was done that many days ago."""
    for table, columns in {
        "sessions": ("created",), "drafts": ("created",), "messages": ("created", "ended"),
        "media": ("created",), "jobs": ("created", "completed"), "fetched": ("at",),
    }.items():  # fmt: skip
        for column in columns:
            _sql(data, f"UPDATE {table} SET {column} = {column} - ?", days * DAY)  # noqa: S608 - ours


def _export(client, session, name="r1"):
    body = {"id": name, "sessionId": session, "draft": client.state(session)["draft"], "output": SMALL}
    client.post("/api/render/proxy/lambda", json=body)
    end = time.monotonic() + PATIENCE_S
    while (status := client.get(f"/api/render/proxy/lambda/{name}").json())["status"] != "completed":
        assert status["status"] != "failed", status
        assert time.monotonic() < end
        time.sleep(0.05)
    return status["outputUrl"]


def _listed(client):
    return client.get("/studio/sessions").json()["data"]


def _clean(client, **body):
    items = client.post("/studio/clean", json=body).json()["data"]["items"]
    return sorted((item["kind"], item["name"], item["why"]) for item in items)


def _files(data, inner):
    return sorted(path.name for path in (data / inner).iterdir())


# -- sessions ---------------------------------------------------------------------------------------


def test_list_tells_what_is_in_each_session(client, clip, jingle, data):
    """A session is listed with its clips, length, last use and size, what was used last first."""
    first, second = client.session(), client.session(language="zh-CN")
    client.upload(first, clip, jingle)
    found = _listed(client)
    assert [one["session_id"] for one in found["sessions"]] == [first, second]
    one, empty = found["sessions"]
    assert (one["clips"], one["segments"], one["duration_ms"]) == (["harbour.mp4", "jingle.wav"], 1, 2000)
    assert one["size"] == clip.stat().st_size + jingle.stat().st_size
    assert abs(one["used"] - time.time()) < 20
    assert (empty["clips"], empty["segments"], empty["size"], empty["language"]) == ([], 0, 0, "zh-CN")
    there = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    assert found["disk_bytes"] == pytest.approx(there, abs=200_000)  # the database grows meanwhile


def test_list_can_be_short(client, clip):
    """With a limit those that were used last are told, and in how many of all there is something."""
    made = [client.session() for _ in range(5)]
    for session in (made[1], made[3]):
        client.upload(session, clip)
    data = client.get("/studio/sessions?limit=2").json()["data"]
    assert [one["session_id"] for one in data["sessions"]] == [made[3], made[1]]
    assert data["filled"] == 2
    for wrong in ("0", "-1", "x", "99999999", "٣"):
        assert client.get("/studio/sessions", params={"limit": wrong}).status_code == 422


def test_strangers_see_and_remove_nothing(studio, client, connect, clip, data):
    """Another user neither sees a session, nor can remove it or anything of it, nor learns of the disk."""
    session = client.session()
    client.upload(session, clip)
    client.get(_export(client, session))
    answer = client.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x", "Authorization": ""})
    other = connect(studio, token=answer.json()["data"]["token"])
    assert _listed(other) == {"sessions": [], "filled": 0}
    assert other.delete(f"/studio/sessions/{session}").json()["code"] == 1002
    assert _clean(other, remove=True) == []
    assert (len(_files(data, "media")), len(_files(data, "results"))) == (1, 1)


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/studio/sessions/1"), ("POST", "/studio/clean")])
def test_without_a_token_nothing_is_removed(client, method, path):
    """Both routes want the token."""
    assert client.request(method, path, headers={"Authorization": ""}).json()["code"] == 1001


def test_forgotten_session_leaves_nothing(client, clip, data):
    """A forgotten session's drafts, messages, media and results are gone; its neighbour is untouched."""
    session, neighbour = client.session(), client.session()
    client.upload(session, clip)
    client.say(session, "title Evening")
    client.post(f"/studio/sessions/{session}/withdraw", json={"key": "k"})
    client.get(_export(client, session))
    taken = _listed(client)["sessions"][0]["size"]
    freed = client.delete(f"/studio/sessions/{session}").json()["data"]["freed_bytes"]
    assert freed == taken > clip.stat().st_size
    assert _files(data, "media") == _files(data, "results") == []
    assert [one["session_id"] for one in _listed(client)["sessions"]] == [neighbour]
    tables = [name for (name,) in _sql(data, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        rows = _sql(data, f"SELECT * FROM {table}")  # noqa: S608 - ours
        assert not any(session in row for row in rows), table
    assert client.delete(f"/studio/sessions/{session}").json()["code"] == 1002


def test_only_an_empty_session_goes_where_that_is_asked_for(client, clip, words):
    """With `only_empty` a session stays in which there is a clip, subtitles on no timeline, or a message."""
    empty, filled, unused, talk = (client.session() for _ in range(4))
    client.upload(filled, clip)
    client.upload(unused, words)
    client.say(talk, "hello")
    told = [client.delete(f"/studio/sessions/{one}?only_empty=true") for one in (empty, filled, unused, talk)]
    assert [answer.status_code for answer in told] == [200, 423, 423, 423]
    assert {one["session_id"] for one in _listed(client)["sessions"]} == {filled, unused, talk}
    assert client.delete(f"/studio/sessions/{filled}?only_empty=perhaps").status_code == 422


def test_session_at_work_is_not_forgotten(client, connect, studio, agent, clip):
    """A session with a message under way stays, and it is said why; afterwards it can go."""
    session = client.session()
    client.upload(session, clip)
    talking = threading.Thread(target=connect(studio).say, args=(session, "hold"))
    talking.start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    refused = client.delete(f"/studio/sessions/{session}")
    assert (refused.status_code, "under way" in refused.json()["message"]) == (423, True)
    agent.go.set()
    talking.join(PATIENCE_S)
    assert client.delete(f"/studio/sessions/{session}").json()["code"] == 0
    assert client.upload(session, clip).json()["code"] == 1002


def test_nothing_is_entered_into_a_session_that_is_gone(client, connect, studio, clip, monkeypatch):
    """A session that goes while something comes into it is told as gone, and nothing of that is kept."""
    projects, other = studio._backend.store.projects, connect(studio)
    real = type(projects).get

    def found_and_lost(store, user, session):
        found = real(store, user, session)
        other.delete(f"/studio/sessions/{session}")
        return found

    def withdraw(session):
        return client.post(f"/studio/sessions/{session}/withdraw", json={"key": "k"})

    ways = (
        lambda session: client.tell(session, "title x"),
        lambda session: client.upload(session, clip),
        lambda session: client.post(
            "/api/render/proxy/lambda", json={"id": "late", "sessionId": session, "draft": {"t": []}}
        ),
        withdraw,
    )
    for way in ways:
        session = client.session()
        with monkeypatch.context() as patch:
            patch.setattr(projects, "get", lambda user, session: found_and_lost(projects, user, session))
            assert way(session).json()["code"] == 1002
    assert client.get("/api/render/proxy/lambda/late").status_code == 404
    assert _files(studio.data, "media") == []


# -- one content, one file --------------------------------------------------------------------------


def test_same_content_is_kept_once_and_goes_with_its_last_use(client, clip, data):
    """The same file, uploaded again under another name and in another session, takes no more of the disk."""
    sessions = [client.session(), client.session()]
    for session in sessions:
        client.upload(session, clip)
        client.upload(session, clip, name="again.mp4")
    assert len(_files(data, "media")) == 1
    for left in (1, 0):
        session = sessions[left]
        for one in client.state(session)["video_infos"]:
            assert client.get(one["url"]).content == clip.read_bytes()
        freed = client.delete(f"/studio/sessions/{session}").json()["data"]["freed_bytes"]
        assert (freed, len(_files(data, "media"))) == ((0, 1) if left else (clip.stat().st_size, 0))


def test_content_whose_file_is_gone_is_kept_again(client, clip, data):
    """Where somebody removed the file by hand, the next upload of it is stored."""
    session = client.session()
    client.upload(session, clip)
    (data / "media" / _files(data, "media")[0]).unlink()
    client.upload(session, clip)
    assert len(_files(data, "media")) == 1


# -- clean ------------------------------------------------------------------------------------------


def test_clean_tells_first_and_then_removes(client, clip, words, data):
    """What was downloaded and what no session uses is told with the reason, and goes only when asked to."""
    session, idle, _ = client.session(), client.session(), client.session()
    client.upload(session, clip)
    client.upload(idle, words)
    url = _export(client, session)
    unused, empty = ("media", "words.srt", "unused"), ("session", "project", "empty")
    assert _clean(client) == [unused, empty, empty], "the export was not fetched yet"
    client.get(url)
    told = [unused, ("result", "harbour.mp4", "fetched"), empty, empty]
    until(lambda: _clean(client) == told)
    assert (len(_files(data, "media")), len(_files(data, "results"))) == (2, 1)
    assert _clean(client, remove=True) == told
    assert (len(_files(data, "media")), _files(data, "results"), _clean(client)) == (1, [], [])
    status = client.get("/api/render/proxy/lambda/r1").json()
    assert (status["status"], "export again" in status["error"]) == ("failed", True)
    assert client.get(url).status_code == 404
    assert client.get(client.state(session)["video_infos"][0]["url"]).content == clip.read_bytes()


def test_clean_keeps_what_is_open_or_waited_for(client, words, clip):
    """An open session's uploads, the open session itself and an export that is waited for stay."""
    idle, empty, session = client.session(), client.session(), client.session()
    client.upload(idle, words)
    client.upload(session, clip)
    client.get(_export(client, session))
    until(lambda: len(_clean(client)) == 4)
    assert _clean(client, remove=True, keep_sessions=[idle, empty], keep_renders=["r1"]) == []
    assert len(_clean(client)) == 4


def test_what_an_undo_could_bring_back_is_used(client, clip, picture, data):
    """Media that only an older version of the timeline shows stays, and so does what is on the timeline."""
    session = client.session()
    client.upload(session, clip)
    draft = client.state(session)["draft"]
    client.upload(session, picture)
    client.say(session, "undo 1")
    assert client.state(session)["draft"] == draft
    assert _clean(client, remove=True) == []
    client.say(session, "title Evening")
    client.say(session, "undo 1")
    assert len(_files(data, "media")) == 2


def test_result_of_an_older_timeline_can_go(client, clip, data):
    """A result that nobody fetched can go once it is an hour old and the timeline is another by now."""
    session = client.session()
    client.upload(session, clip)
    _export(client, session)
    _sql(data, "UPDATE jobs SET completed = completed - 7200")
    assert _clean(client) == [], "it shows the timeline as it is"
    client.say(session, "title Evening")
    assert _clean(client) == [("result", "harbour.mp4", "replaced")]


def test_broken_off_download_is_none(client, clip):
    """A result of which only a part was read counts as not fetched; reading the rest makes it fetched."""
    session = client.session()
    client.upload(session, clip)
    url = _export(client, session)
    assert client.get(url, headers={"Range": "bytes=0-99"}).status_code == 206
    assert client.head(url).status_code == 200
    assert _clean(client) == []
    assert client.get(url, headers={"Range": "bytes=100-"}).status_code == 206
    until(lambda: len(_clean(client)) == 1)


@pytest.mark.parametrize("body", [{"remove": "yes"}, {"keep_sessions": "1"}, {"keep_renders": [1]}])
def test_odd_requests_remove_nothing(client, words, body):
    """A request that does not mean what it says is refused."""
    client.upload(client.session(), words)
    assert client.post("/studio/clean", json=body).status_code == 422
    assert len(_clean(client)) == 2


# -- links and other people's files -----------------------------------------------------------------


def test_nothing_outside_the_folder_goes(client, words, data, tmp_path):
    """Links in the data folder and what they lead to stay, and so do files by other names."""
    idle = client.session()
    client.upload(idle, words)
    outside = tmp_path / "precious.wav"
    (stored,) = (data / "media").iterdir()
    stored.rename(outside)
    stored.symlink_to(outside)
    link, mine = data / "results" / f"{'a' * 24}.mp4", data / "media" / "holiday.mp4"
    link.symlink_to(outside)
    mine.write_bytes(b"mine")
    (data / "results" / f"{'b' * 24}.mp4").mkdir()
    assert _clean(client, remove=True) == [("media", "words.srt", "unused"), ("session", "project", "empty")]
    client.delete(f"/studio/sessions/{idle}")
    store = Store(data, Settings())
    store.clearing.clear_strays()
    store.close()
    assert outside.read_bytes() == words.read_bytes()
    assert link.is_symlink()
    assert mine.exists()
    assert (data / "results" / f"{'b' * 24}.mp4").is_dir()


def test_folder_that_is_a_link_is_left_alone(tmp_path, data):
    """Where a folder itself leads elsewhere, nothing in it is taken for a stray, or for half an upload."""
    elsewhere = tmp_path / "big disk"
    elsewhere.mkdir(0o700)
    data.mkdir()
    for inner in ("media", "incoming"):
        (data / inner).symlink_to(elsewhere)
    others = [elsewhere / name for name in (f"{'a' * 24}.mp4", f"{'0' * 32}-{'1' * 32}.part", "film.part")]
    for other in others:
        other.write_bytes(b"x")
    store = Store(data, Settings())
    assert store.clearing.clear_strays() == []
    store.sweep()
    store.close()
    assert all(other.exists() for other in others)


@pytest.mark.usefixtures("left_alone")
@pytest.mark.parametrize("lost", ["database", "index"])
def test_media_of_a_damaged_database_stay(client_of, data, lost):
    """Where the database was lost, or an index of it is damaged, no file is taken for a stray."""
    files = _files(data, "media")
    stray = data / "media" / f"{'a' * 24}.mp4"
    if lost == "database":
        for path in data.glob("studio.sqlite3*"):
            path.unlink()
    else:
        with closing(sqlite3.connect(data / "studio.sqlite3")) as database:
            database.execute("PRAGMA writable_schema=ON")
            database.execute("CREATE TABLE t (file TEXT)")
            ((root,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'media_of_file'")
            database.execute("CREATE INDEX empty ON t (file)")
            ((none,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'empty'")
            database.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 'media_of_file'", (none,))
            database.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 'empty'", (root,))
            database.commit()
        stray.write_bytes(b"x")
    client = client_of()
    client.session()
    store = Store(data, Settings())
    store.clearing.clear_strays()
    store.close()
    assert set(_files(data, "media")) >= set(files)


def test_what_arrives_by_another_name_stays(data):
    """Of halves of uploads only those go that a studio named: no person's own, nothing behind a link."""
    store = Store(data, Settings())
    mine, half, link = (data / "incoming" / f"{name}.part" for name in ("film", "0" * 32, "1" * 32))
    for path in (mine, half):
        path.write_bytes(b"x")
    link.symlink_to(mine)
    store.sweep()
    store.close()
    assert [path.is_symlink() or path.exists() for path in (mine, half, link)] == [True, False, True]


# -- by itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [
    (6, {}, (2, 1, 2)),
    (8, {}, (1, 0, 1)),
    (8, {"media_days": 0}, (2, 0, 2)),
    (8, {"results_days": 0}, (1, 1, 1)),
    (1, {"unused_bytes": 0}, (2, 1, 2)),
    (1, {"unused_bytes": 1000}, (1, 0, 2)),
    (0, {"unused_bytes": 1000}, (2, 1, 2)),
])  # fmt: skip
def test_what_goes_by_itself(start, connect, left_alone, data, case):
    """After the days and bytes that are set, a studio that starts removes what nobody needs."""
    days, settings, left = case
    _age(data, days)
    studio = start(**settings)
    client = connect(studio)

    def found():
        return len(_files(data, "media")), len(_files(data, "results")), len(_listed(client)["sessions"])

    until(lambda: found() == left)
    studio._backend.housekeeping.tidy()
    assert found() == left
    assert client.get(client.state(left_alone[0])["video_infos"][0]["url"]).status_code == 200


def test_what_is_open_does_not_go_by_itself(start, connect, words, data):
    """Uploads into a session, and an empty one, stay while a studio that lives has worked on them."""
    first = start()
    client = connect(first)
    session, _ = client.session(), client.session()
    client.upload(session, words)
    client.state(_listed(client)["sessions"][1]["session_id"])
    _age(data, 30)
    neighbour = start()
    for studio in (first, neighbour):
        assert studio._backend.housekeeping.tidy() == []
    first.stop()
    assert [item.kind for item in neighbour._backend.housekeeping.tidy()] == ["media", "session", "session"]


def test_what_went_is_told_in_one_line(start, data, caplog):
    """The log has one line of what was removed, and none where nothing was."""
    Store(data, Settings()).close()
    time.sleep(0.02)  # a file's clock is coarser, and what is older than the database is left alone
    (data / "results" / f"{'a' * 24}.mp4.part").write_bytes(b"half")
    with caplog.at_level("INFO", logger="nemo_widgets.studio.housekeeping"):
        studio = start()
        until(lambda: caplog.messages)
        studio._backend.housekeeping.tidy()
    assert caplog.messages == ["Removed what nobody needs, 4 bytes: 1 strays."]


@pytest.mark.parametrize("value", ["-1", "soon", "nan", "1e12"])
def test_environment_sets_what_is_kept(monkeypatch, tmp_path, value):
    """The days and gigabytes can be set for every studio; what is no number of at least 0 is told."""
    from nemo_widgets.studio.launch import launch
    from nemo_widgets.studio.store import StoreError

    monkeypatch.setenv("NEMO_STUDIO_KEEP_DAYS", "0.5")
    monkeypatch.setenv("NEMO_STUDIO_KEEP_GB", "2")
    found = Settings.parse(["media_days=3"])
    assert (found.results_days, found.media_days, found.unused_bytes) == (0.5, 3.0, 2_000_000_000)
    monkeypatch.setenv("NEMO_STUDIO_KEEP_GB", value)
    with pytest.raises(StoreError, match="NEMO_STUDIO_KEEP_GB is a number"):
        launch(tmp_path / "data")


# -- killed in the middle ---------------------------------------------------------------------------

KILLED = """
import os, pathlib, signal, sys
from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Store
from nemo_widgets.studio.store.shelf import Shelf

count, real = int(sys.argv[2]), Shelf.take_away
def take_away(shelf, name):
    global count
    if not count:
        os.kill(os.getpid(), signal.SIGKILL)
    count -= 1
    return real(shelf, name)
Shelf.take_away = take_away
store = Store(pathlib.Path(sys.argv[1]), Settings())
if sys.argv[3] == "clean":
    store.clearing.clear(store.surpluses.of_user("local", days=7))
else:
    store.clearing.forget("local", sys.argv[3])
"""


@pytest.mark.parametrize("how", ["clean", "forget"])
@pytest.mark.parametrize("after", [0, 1])
def test_killed_in_the_middle_is_finished_by_the_next(client_of, left_alone, data, after, how):
    """After a SIGKILL between any two files no row lacks its file, and the next start removes the rest."""
    session, idle = left_alone
    command = [sys.executable, "-c", KILLED, str(data), str(after), session if how == "forget" else "clean"]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL

    def named():
        return {file for (file,) in _sql(data, "SELECT file FROM media")}

    assert named() <= set(_files(data, "media"))
    client = client_of()
    until(lambda: set(_files(data, "media")) == named())
    until(lambda: _files(data, "results") == [])
    assert _files(data, "incoming") == []
    if how == "clean":
        assert client.get(client.state(session)["video_infos"][0]["url"]).status_code == 200
    else:
        assert client.state(idle)["draft"] == {}
        assert _sql(data, "SELECT count(*) FROM jobs") == [(0,)]


# -- beside other work ------------------------------------------------------------------------------


def test_nothing_in_use_goes_however_often_it_is_cleaned(start, connect, clip, jingle, data):
    """While one kernel uploads, edits and exports, another that knows nothing of it cleans all the time."""
    worker, cleaner = connect(start(message_cost=0)), start(unused_bytes=1)
    stop, errors = threading.Event(), []

    def clean():
        client = connect(cleaner)
        try:
            while not stop.is_set():
                client.post("/studio/clean", json={"remove": True})
                cleaner._backend.housekeeping.tidy()
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    made = [worker.session() for _ in range(4)]
    cleaning = threading.Thread(target=clean)
    cleaning.start()
    try:
        for number, session in enumerate(made):
            assert worker.upload(session, clip, jingle).json()["code"] == 0
            assert worker.say(session, f"title {number}")[-1].get("errorCode") is None
            url = _export(worker, session, f"r{number}")
            assert worker.get(url).status_code == 200
            if number % 2:
                assert worker.delete(f"/studio/sessions/{session}").json()["code"] == 0
    finally:
        stop.set()
        cleaning.join(PATIENCE_S)
    assert errors == []
    for session in made[::2]:
        for entry in worker.listed(session, "media"):
            assert worker.get(entry["cdn_url"]).status_code == 200
    kept = {file for (file,) in _sql(data, "SELECT file FROM media")}
    assert set(_files(data, "media")) == kept
    assert len(kept) == 2
