"""A data folder of the first version opens and keeps all that is in it."""

from __future__ import annotations

import json
import sqlite3
import threading

import pytest
from waiting import PATIENCE_S

from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Store

FIRST = """
CREATE TABLE users (id TEXT PRIMARY KEY, client TEXT UNIQUE, credits INTEGER NOT NULL, created REAL NOT NULL);
CREATE TABLE tokens (hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users, client TEXT NOT NULL,
    address TEXT NOT NULL, created REAL NOT NULL, expires REAL NOT NULL);
CREATE TABLE sessions (id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users, task TEXT NOT NULL,
    name TEXT NOT NULL, language TEXT NOT NULL, created REAL NOT NULL);
CREATE TABLE media (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL REFERENCES sessions, user TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL,
    size INTEGER NOT NULL, hash TEXT NOT NULL, kind TEXT NOT NULL, duration_ms INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, fps TEXT,
    has_audio INTEGER NOT NULL, created REAL NOT NULL);
CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL REFERENCES sessions,
    user TEXT NOT NULL, invocation TEXT NOT NULL, text TEXT NOT NULL, cost INTEGER NOT NULL,
    status TEXT NOT NULL,
    reply TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL,
    created REAL NOT NULL, ended REAL);
CREATE TABLE drafts (session TEXT NOT NULL REFERENCES sessions, version INTEGER NOT NULL, data TEXT NOT NULL,
    base INTEGER, message INTEGER REFERENCES messages, edits TEXT NOT NULL, created REAL NOT NULL,
    PRIMARY KEY (session, version));
CREATE TABLE analyses (hash TEXT NOT NULL, question TEXT NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (hash, question));
CREATE TABLE jobs (number INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, id TEXT NOT NULL,
    session TEXT NOT NULL, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    draft TEXT NOT NULL, output TEXT NOT NULL, status TEXT NOT NULL, progress REAL NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', duration_ms INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0,
    stop INTEGER NOT NULL DEFAULT 0,
    owner TEXT, created REAL NOT NULL, completed REAL, UNIQUE (user, id));
CREATE TABLE owners (token TEXT PRIMARY KEY, pid INTEGER NOT NULL, seen REAL NOT NULL);
CREATE INDEX media_of_session ON media (session);
CREATE INDEX messages_open ON messages (user, status);
CREATE INDEX jobs_open ON jobs (status);
CREATE INDEX sessions_of_user ON sessions (user);
CREATE INDEX tokens_of_client ON tokens (client);
PRAGMA user_version=1;
"""
SESSION, MEDIA = "5529700000000000001", "abcdefghijklmnopqrstuvwx"
DRAFT = {
    "d": 2000,
    "m": {"title": "harbour", "width": 1920, "height": 1080, "fps": 25},
    "t": [
        {
            "tt": 0,
            "m": {"name": "Main"},
            "sg": [{"d": 2000, "m": {"id": "v1", "start": 0, "src": f"/media/{MEDIA}/harbour.mp4", "in": 0,
                                     "out": 2000, "speed": 1.0, "volume": 1.0, "name": "harbour"}}],
        }
    ],
}  # fmt: skip


@pytest.fixture
def old(tmp_path, clip):
    """A folder as version 1 left it: a session with a clip, two versions, a done and a running message."""
    folder = tmp_path / "data"
    for inner in ("media", "incoming", "results"):
        (folder / inner).mkdir(parents=True)
    content = clip.read_bytes()
    (folder / "media" / f"{MEDIA}.mp4").write_bytes(content)
    (folder / "results" / "t.mp4").write_bytes(b"a film")
    database = sqlite3.connect(folder / "studio.sqlite3", isolation_level=None)
    database.executescript(FIRST)
    texts = json.dumps(DRAFT), json.dumps({**DRAFT, "m": {**DRAFT["m"], "title": "Evening"}})
    for table, *values in (
        ("users", "local", None, 70, 1.0),
        ("sessions", SESSION, "local", "task", "project", "en", 2.0),
        ("media", 1, MEDIA, SESSION, "local", "harbour.mp4", f"{MEDIA}.mp4", len(content), "hash", "video",
         2000, 320, 180, "25", 1, 3.0),
        ("messages", 1, SESSION, "local", "e-1", "title Evening", 5, "done", "Done.", "", "o", 4.0, 5.0),
        ("messages", 2, SESSION, "local", "e-2", "hold", 5, "running", "", "", "gone", 6.0, None),
        ("drafts", SESSION, 1, texts[0], None, None, '["upload"]', 3.0),
        ("drafts", SESSION, 2, texts[1], 1, 1, '["rename"]', 5.0),
        ("analyses", "hash", "pauses", "[[0, 500]]"),
        ("jobs", 1, "local", "r1", SESSION, "t", "harbour.mp4", texts[0], "{}", "completed", 100.0, "", 2000,
         6, 0, None, 7.0, 8.0),
        ("owners", "gone", 2**22 + 1, 9.0),
    ):  # fmt: skip
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - ours
    database.close()
    return folder


def test_first_version_keeps_everything(old, start, connect, clip):
    """Sessions, drafts, media, the ledger, results and credits of version 1 are as they were."""
    studio = start(data=old, message_cost=5, results_days=0)
    client = connect(studio)
    state = client.state(SESSION)
    assert state["draft"]["m"]["title"] == "Evening"
    assert state["video_analyses"] == {"hash": {"pauses": [[0, 500]]}}
    (media,) = client.listed(SESSION, "media")
    assert (media["key"], media["filename"]) == ("", "harbour.mp4")
    assert media["cdn_url"] == state["draft"]["t"][0]["sg"][0]["m"]["src"]
    assert client.get(media["cdn_url"]).content == clip.read_bytes()
    assert [(m["key"], m["text"], m["status"], m["version"]) for m in client.ledger(SESSION)] == [
        ("", "title Evening", "done", 2), ("", "hold", "interrupted", None),
    ]  # fmt: skip
    assert client.listed(SESSION, "renders") == [
        {"id": "r1", "status": "completed", "created": 7.0, "completed": 8.0}
    ]
    assert client.get(client.get("/api/render/proxy/lambda/r1").json()["outputUrl"]).content == b"a film"
    assert client.get("/api/credits/balance/simple").json()["data"]["available"] == 70


def test_first_version_is_fully_of_today(old, start, connect, clip):
    """In a folder that was brought up to date, keys do what they do in a new one, also after a restart."""
    studio = start(data=old)
    client = connect(studio)
    first = client.upload(SESSION, clip, key="u").json()["data"]["files"][0]
    assert client.tell(SESSION, "undo 1", "m").status_code == 200
    studio.stop()
    studio = start(data=old)
    client = connect(studio)
    again = client.upload(SESSION, clip, key="u").json()["data"]["files"][0]
    assert again["cdn_url"].rpartition("/media/")[2] == first["cdn_url"].rpartition("/media/")[2]
    assert client.tell(SESSION, "undo 1", "m").status_code == 409
    assert [media["key"] for media in client.listed(SESSION, "media")] == ["", "u"]


def test_migrated_and_new_files_are_the_same(old, tmp_path):
    """A file brought up to date has the tables and indexes that a new one has."""
    found = []
    for folder in (old, tmp_path / "new"):
        store = Store(folder, Settings())
        rows = store._database.rows("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        found.append([tuple(row) for row in rows] + [tuple(store._database.row("PRAGMA user_version"))])
        store.close()
    assert found[0] == found[1]
    assert found[0][-1] == (11,)


def test_two_kernels_bring_it_up_to_date_together(old):
    """Two studios that open an old folder at the same moment do not get in each other's way."""
    gate, stores = threading.Barrier(2), []

    def begin():
        gate.wait(PATIENCE_S)
        stores.append(Store(old, Settings()))

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert [len(store.library.of_session(SESSION)) for store in stores] == [1, 1]
    for store in stores:
        store.close()


def test_broken_migration_leaves_the_old_file(old, monkeypatch):
    """A step that fails is undone as a whole: the folder is of version 1 still, with all that was in it."""
    with monkeypatch.context() as patch:
        patch.setattr(
            "nemo_widgets.studio.store.database._STEPS",
            ("", "ALTER TABLE media ADD COLUMN key TEXT; CREATE TABLE oops"),
        )
        with pytest.raises(Exception, match="not a studio's database"):
            Store(old, Settings())
    store = Store(old, Settings())
    assert store.library.of_session(SESSION)[0].key == ""
    store.close()
