"""The list of sessions on disk: small, private, without a token, and shared by kernels that come and go."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from waiting import PATIENCE_S

from nemo_widgets.draft import Draft
from nemo_widgets.journal import Place
from nemo_widgets.session_register import Keeper, Noted, Register, tail

CLOUD = Place("https://cloud.example", "5529700000000000001", "t1", "video-making-ai", "en")
LOCAL = Place("http://127.0.0.1:40001", "5529700000000000002", "t2", studio="/data")


def draft(*names):
    segments = [{"d": 2000, "m": {"id": n, "src": f"/{n}", "name": n}} for n in names]
    return Draft({"t": [{"tt": 0, "sg": segments}]})


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "sessions")


HOLDER = """
import sys, time
from pathlib import Path
from nemo_widgets.journal import Place
from nemo_widgets.session_register import Register
hold = Register(Path(sys.argv[1])).hold(Place("https://cloud.example", "5529700000000000001"))
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(register):
    """A process that has the cloud's session open."""
    command = [sys.executable, "-c", HOLDER, str(register.folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_what_is_in_a_session_is_noted(register):
    """A session's clips, segments, length and place are found again, by another kernel too."""
    register.note(CLOUD, draft("solar", "solar"), ["solar.mp4"], expires="2026-01-01T00:00:00.000+00:00")
    (found,) = Register(register.folder).all()
    assert (found.clips, found.segments, found.duration_ms) == (("solar.mp4",), 2, 4000)
    assert found.place == CLOUD
    assert found.created == found.used
    assert found.expired
    assert CLOUD.session_id not in repr(found)


def test_what_signs_a_link_is_not_noted(register):
    """A clip that is called by its link is noted without the query or password that proves who asks."""
    links = ["https://h.example/v.mp4?X-Amz-Signature=c0ffee", "https://u:c0ffee@h.example/w.mp4"]
    place = Place("http://x", "5529700000000000001")
    register.note(place, Draft(), links)
    assert register.get(place).clips == ("https://h.example/v.mp4", "https://h.example/w.mp4")
    assert not any("c0ffee" in path.read_text() for path in register.folder.iterdir())


def test_a_later_note_adds_to_it(register):
    """Clips that come later are added in order, once each; what was noted first stays."""
    register.note(CLOUD, draft("solar"), ["solar.mp4"])
    register.note(CLOUD, draft("solar", "b"), ["b.mp4", "solar.mp4"])
    (found,) = register.all()
    assert (found.clips, found.segments) == (("solar.mp4", "b.mp4"), 2)
    assert found.created <= found.used
    register.note(CLOUD, Draft())
    assert register.get(CLOUD).segments == 0, "an emptied timeline is noted as empty"


def test_an_empty_session_is_not_noted(register):
    """A session that never had anything in it leaves no file."""
    register.note(CLOUD, Draft())
    assert register.all() == []
    assert not register.folder.exists()


def test_a_studios_session_is_the_same_at_another_port(register):
    """A local studio's session is known by its folder: its address changes from start to start."""
    register.note(LOCAL, draft("a"), ["a.mp4"])
    moved = replace(LOCAL, api="http://127.0.0.1:50002")
    register.note(moved, draft("a"), ["b.mp4"])
    (found,) = register.all()
    assert (found.place.api, found.clips) == (moved.api, ("a.mp4", "b.mp4"))


def test_the_short_name_stays_and_tells_sessions_apart():
    """A session's short name is made of its first clip and letters of its own."""
    one = Noted(CLOUD, ("Solar Cooker (final).mp4", "b.mp4"))
    assert one.name == f"solar-cooker-final-{tail(CLOUD.session_id)}"
    assert replace(one, clips=(*one.clips, "c.mp4")).name == one.name
    assert replace(one, place=LOCAL).name != one.name
    assert Noted(CLOUD, ("采访.mp4",)).name.startswith("采访-")
    assert Noted(CLOUD, ("…….mp4",)).name == Noted(CLOUD).name == f"session-{tail(CLOUD.session_id)}"


def test_only_its_owner_can_read_it(register):
    """The folder and its files are private."""
    register.note(CLOUD, draft("a"), ["a.mp4"])
    hold = register.hold(CLOUD)
    assert register.folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in register.folder.iterdir())
    hold.close()


@pytest.mark.usefixtures("holder")
def test_a_session_is_held_while_a_kernel_has_it_open(register):
    """What another kernel has open is known, and may be opened here all the same; others are free."""
    assert register.held(CLOUD)
    assert not register.held(LOCAL)
    hold = register.hold(CLOUD)
    hold.close()
    hold.close()
    assert register.held(CLOUD), "the other kernel's is not let go of"


def test_a_killed_kernel_holds_nothing(register, holder):
    """The moment a kernel is killed, its session is free, and its lock goes in time."""
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert not register.held(CLOUD)
    (left,) = register.folder.glob("*.lock")
    register.tidy()
    assert left.exists(), "a lock this fresh may be one that is just being taken"
    os.utime(left, (1, 1))
    register.tidy()
    assert list(register.folder.iterdir()) == []


def test_many_kernels_write_at_once(register):
    """However many write at the same time, every file is whole, and every session is there."""
    places = [replace(CLOUD, session_id=str(5 * 10**18 + i)) for i in range(4)]
    seen = []

    def work(number):
        for i in range(10):
            Register(register.folder).note(places[i % 4], draft("a"), [f"{number}.mp4"])
            seen.append(len(Register(register.folder).all()))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(seen) == 40
    assert {one.place.session_id for one in register.all()} == {place.session_id for place in places}
    assert {path.suffix for path in register.folder.iterdir()} == {".json"}


def test_the_list_stays_small(register, monkeypatch):
    """What was not used for half a year goes, and so do the oldest ones beyond the most that are kept."""
    monkeypatch.setattr("nemo_widgets.session_register._MOST", 3)
    for i in range(5):
        register.note(replace(CLOUD, session_id=str(10**18 + i)), draft("a"), ["a.mp4"] * 500)
    ordered = [one.place.session_id for one in register.all()]
    old = next(path for path in register.folder.glob("*.json") if ordered[0] in path.read_text())
    data = json.loads(old.read_text())
    old.write_text(json.dumps({**data, "used": "2001-01-01T00:00:00.000+00:00"}))
    register.tidy()
    assert [one.place.session_id for one in register.all()] == ordered[1:4]


@pytest.mark.parametrize("text", [
    "", "{", "[]", "null", '{"place": {}}', '{"place": {"session_id": "1"}, "clips": 3}',
    '{"place": {"session_id": "1"}, "clips": [], "used": "yesterday"}',
    '{"place": {"session_id": "1"}, "clips": [], "used": "2026-01-01", "later": 1}',
    '{"place": {"session_id": ""}, "clips": [], "used": "2026-01-01"}',
    '{"place": {"session_id": "1"}, "clips": [], "used": "2026-01-01", "segments": "x"}', "[" * 9999,
    '{"place": {"session_id": "1"}, "clips": [], "used": "2026-01-01"}',
    '{"place": {"session_id": "1", "api": 5}, "clips": [], "used": "2026-01-01T00:00:00+00:00"}',
    '{"place": {"session_id": "1", "studio": []}, "clips": [], "used": "2026-01-01T00:00:00+00:00"}',
    '{"place": {"session_id": "1"}, "clips": [], "expires": "soon", "used": "2026-01-01T00:00:00+00:00"}',
    '{"place": {"session_id": "1"}, "clips": [], "duration_ms": true, "used": "2026-01-01T00:00:00+00:00"}',
    '{"place": {"session_id": "1"}, "clips": [], "used": "9999-12-31T23:59:59-14:00"}',
    '{"place": {"session_id": "1"}, "clips": [], "used": "2026-01-01T00:00Z", "segments": 99999999999999999}',
    '{"place": {"session_id": "1"}, "clips": ["%s"], "used": "2026-01-01T00:00:00+00:00"}' % ("a" * 2**20),
])  # fmt: skip
def test_strange_files_are_passed_over(register, text):
    """What is no note of ours in the folder harms nothing."""
    register.note(CLOUD, draft("a"), ["a.mp4"])
    (register.folder / "x.json").write_text(text)
    os.mkfifo(register.folder / "y.json")
    (register.folder / "z.json").symlink_to("/dev/zero")
    register.tidy()
    assert [one.place for one in register.all()] == [CLOUD]


def test_a_folder_that_cannot_be_used_is_no_error(tmp_path):
    """Where nothing can be written, sessions work all the same, and are not listed."""
    (tmp_path / "file").write_text("")
    register = Register(tmp_path / "file" / "sessions")
    register.note(CLOUD, draft("a"), ["a.mp4"])
    register.hold(CLOUD).close()
    register.drop(CLOUD)
    register.tidy()
    assert register.all() == []
    assert not register.held(CLOUD)


def test_a_session_that_was_replaced_is_held_anew(monkeypatch, tmp_path):
    """Where the server made a new session in place of a lost one, the new one is the one that is open."""
    monkeypatch.setenv("NEMO_JOURNAL", str(tmp_path))
    keeper, register = Keeper(CLOUD), Register()
    assert register.held(CLOUD)
    other = replace(CLOUD, session_id="5529700000000000009")
    keeper.note(other, draft("a"), ["a.mp4"], 0.0)
    assert (register.held(CLOUD), register.held(other)) == (False, True)
    keeper.close()
    assert not register.held(other)
