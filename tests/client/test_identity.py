"""The client id and the token survive the process, and nothing that is wrong with their files is fatal."""

from __future__ import annotations

import json
import stat
import time
import uuid

import pytest

from nemo_widgets.client.identity import Grant, Identity
from nemo_widgets.client.secret import Secret
from nemo_widgets.errors import UsageError

DAY = 86400


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "nemovideo"


def identity(folder, server="http://a", now=1000.0):
    return Identity(server, folder, lambda: now)


def test_id_is_made_once(folder):
    """A new id is a UUID in a file of one line, and the next process finds it."""
    made = identity(folder).client_id().reveal()
    assert str(uuid.UUID(made)) == made
    assert (folder / "client_id").read_text() == made + "\n"
    assert identity(folder).client_id().reveal() == made


def test_default_folder(tmp_path):
    """The id stands where the vendor's own skill keeps it."""
    made = Identity("http://a").client_id().reveal()
    assert (tmp_path / "home/.config/nemovideo/client_id").read_text().strip() == made


@pytest.mark.parametrize("text", ["abc", "abc\n", " abc \nsecond line\n", "x" * 64])
def test_kept_id_is_used(folder, text):
    """The file's first line is the id, whoever wrote it."""
    folder.mkdir(parents=True)
    (folder / "client_id").write_text(text)
    assert identity(folder).client_id().reveal() == text.split("\n")[0].strip()


@pytest.mark.parametrize("data", [b"", b"\n", b"x" * 65, b"a b", b"\xff\xfe", "naïve".encode(), b"\0"])
def test_bad_file_is_replaced(folder, data):
    """A file that holds no usable id is replaced, and the new id stays."""
    folder.mkdir(parents=True)
    (folder / "client_id").write_bytes(data)
    made = identity(folder).client_id().reveal()
    assert uuid.UUID(made)
    assert identity(folder).client_id().reveal() == made


def test_environment_comes_first(folder, monkeypatch):
    """NEMO_CLIENT_ID is used and not written; one that can't be an id is said to be."""
    monkeypatch.setenv("NEMO_CLIENT_ID", " mine ")
    assert identity(folder).client_id().reveal() == "mine"
    assert not folder.exists()
    monkeypatch.setenv("NEMO_CLIENT_ID", "secret" * 20)
    with pytest.raises(UsageError, match="at most 64") as caught:
        identity(folder).client_id()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("moment", [1, 2])
def test_two_processes_at_once(folder, monkeypatch, moment):
    """Where another process writes its id while we make ours, both end with the same one."""
    mine, other, reads = identity(folder), identity(folder), []
    read = Identity._read

    def late(self, path):
        if self is mine:
            reads.append(path)
            if len(reads) == moment:
                other.client_id()
        return read(self, path)

    monkeypatch.setattr(Identity, "_read", late)
    assert mine.client_id() == other.client_id() == identity(folder).client_id()


def test_renewing(folder):
    """A refused id is replaced for every process, and one that another process replaced is taken over."""
    mine, other = identity(folder), identity(folder)
    first = mine.client_id()
    assert other.client_id() == first
    second = mine.renew()
    assert second != first
    assert other.renew() == second == identity(folder).client_id()


def test_without_a_folder(tmp_path):
    """Where nothing can be written, id and token live in memory."""
    blocked = tmp_path / "file"
    blocked.write_text("x")
    who = identity(blocked / "nemovideo")
    assert who.client_id() == who.client_id()
    who.keep(Grant(Secret("nmv_token"), "u", 1000 + DAY))
    assert who.kept() is None


def test_token_is_kept(folder):
    """A token comes back with its user and end, from a file that its owner alone can read."""
    grant = Grant(Secret("nmv_token"), "anon_1", 1000.0 + DAY)
    identity(folder).keep(grant)
    assert identity(folder).kept() == grant
    (path,) = folder.glob("token-*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(folder.glob(".*"))


def test_token_belongs_to_server_and_id(folder, monkeypatch):
    """Another server, or another id, has another token."""
    identity(folder).keep(Grant(Secret("nmv_token"), "", 1000.0 + DAY))
    assert identity(folder, "http://b").kept() is None
    monkeypatch.setenv("NEMO_CLIENT_ID", "other")
    assert identity(folder).kept() is None


@pytest.mark.parametrize("now", [1000 + DAY, 1000 + DAY - 60])
def test_expired_token(folder, now):
    """A token that has ended, or ends in a minute, is not used."""
    identity(folder).keep(Grant(Secret("nmv_token"), "", 1000.0 + DAY))
    assert identity(folder, now=now).kept() is None


@pytest.mark.parametrize(
    "data", ["", "{", "[]", "7", '{"token": 5}', '{"token": "a b"}', "[" * 99999, '{"token": ""}']
)
def test_damaged_token_file(folder, data):
    """A damaged file is no token and no error."""
    identity(folder).keep(Grant(Secret("nmv_token"), "", 1000.0 + DAY))
    (path,) = folder.glob("token-*.json")
    path.write_text(data)
    assert identity(folder).kept() is None


@pytest.mark.parametrize(
    ("told", "expires"),
    [
        ({"expires_at": "2026-06-09T10:00:00Z"}, 1780999200.0),
        ({"expires_at": "2026-06-09T10:00:00"}, 1780999200.0),
        ({"expires_at": 1780999200}, 1780999200.0),
        ({"expires_at": "some day"}, 7 * DAY),
        ({"expires_at": True}, 7 * DAY),
        ({}, 7 * DAY),
    ],
)
def test_end_of_a_token(told, expires):
    """A token's end is read in every form; one that is not told is in 7 days."""
    assert Grant.from_json({"token": "t", **told}, 0.0).expires == expires


def test_file_is_json_with_a_readable_end(folder):
    """The file says in words until when it is good."""
    identity(folder).keep(Grant(Secret("nmv_token"), "", time.time()))
    (path,) = folder.glob("token-*.json")
    assert json.loads(path.read_text())["expires_at"].endswith("+00:00")
