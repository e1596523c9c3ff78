"""Files and links coming in."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import time
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from limits import within
from waiting import until

from nemo_widgets.studio.agent.world import Done
from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.placement import canvas
from nemo_widgets.studio.receive import MultipartReceiver
from nemo_widgets.studio.subtitles import read_subtitles

LIMIT = 100 * 1024 * 1024


def _path(session):
    return f"/api/upload-video/nemo_agent/me/{session}"


def test_video_stands_on_the_timeline_at_once(client, clip):
    """An uploaded clip is described, and is a new version of the draft with its canvas and rate."""
    session = client.session()
    answer = client.upload(session, clip).json()
    (file,) = answer["data"]["files"]
    assert answer["data"]["session_state_applied"] is True
    url = file.pop("cdn_url")
    content = hashlib.sha256(clip.read_bytes()).hexdigest()
    assert file == {
        "filename": "harbour.mp4", "file_type": "video", "duration": pytest.approx(2, abs=0.05),
        "width": 320, "height": 180, "fps": 25.0, "hash": content,
    }  # fmt: skip
    state = client.state(session)
    (track,) = state["draft"]["t"]
    (segment,) = track["sg"]
    length = segment["d"]
    assert (track["tt"], track["m"], state["draft"]["d"]) == (0, {"name": "Main"}, length)
    assert segment["m"] == {
        "id": "v1", "start": 0, "src": url, "in": 0, "out": length,
        "speed": 1.0, "volume": 1.0, "name": "harbour",
    }  # fmt: skip
    assert state["draft"]["m"] == {
            "title": "harbour", "width": 1920, "height": 1080, "fps": 25, "resolution": "source",
        }  # fmt: skip
    assert state["canvas_config"] == {"width": 1920, "height": 1080, "fps": 25}
    assert state["video_infos"] == [
        {"name": "harbour.mp4", "url": url, "duration": length / 1000, "width": 320, "height": 180,
         "fps": 25.0, "hash": content}
    ]  # fmt: skip
    assert httpx.get(url).content == clip.read_bytes()


def test_several_files_stand_in_their_order(client, clip, picture, jingle):
    """Pictures last four seconds, clips their length, one after the other; sound is only kept."""
    session = client.session()
    files = client.upload(session, picture, clip, jingle, clip).json()["data"]["files"]
    assert [f["file_type"] for f in files] == ["image", "video", "audio", "video"]
    draft = client.state(session)["draft"]
    segments = [(s["m"]["id"], s["m"]["name"], s["m"]["start"], s["d"]) for s in draft["t"][0]["sg"]]
    length = segments[1][3]
    assert segments == [
        ("v1", "beach", 0, 4000), ("v2", "harbour", 4000, length), ("v3", "harbour", 4000 + length, length),
    ]  # fmt: skip
    assert (draft["m"]["width"], draft["m"]["height"], draft["m"]["fps"]) == (1080, 1920, 30)
    assert draft["d"] == 4000 + 2 * length


def test_sound_alone_is_cut_too(client, jingle, clip):
    """Where there is nothing but sound it stands on a sound track; a film that comes takes its place."""
    session = client.session()
    assert client.upload(session, jingle).json()["data"]["files"][0]["duration"] == pytest.approx(1, abs=0.05)
    (track,) = client.state(session)["draft"]["t"]
    assert (track["tt"], track["sg"][0]["m"]["name"]) == (1, "jingle")
    client.upload(session, clip)
    (track,) = client.state(session)["draft"]["t"]
    assert (track["tt"], track["sg"][0]["m"]["name"]) == (0, "harbour")


SRT = "\ufeff1\r\n00:00:00,500 --> 00:00:01,500\r\n你好\r\n"


def test_subtitles_are_kept_and_can_be_read(client, agent, clip, tmp_path, monkeypatch):
    """Subtitles are text: listed, fetched as they came, read by the agent, and on no timeline."""
    session = client.session()
    assert client.upload(session, clip).json()["code"] == 0
    before = client.state(session)
    (tmp_path / "talk.srt").write_bytes(SRT.encode())
    (file,) = client.upload(session, tmp_path / "talk.srt").json()["data"]["files"]
    assert (file["filename"], file["file_type"], file["duration"]) == ("talk.srt", "text", 1.5)
    assert client.state(session) == before
    assert httpx.get(file["cdn_url"]).content == SRT.encode()
    seen = {}

    def turn(_, world):
        film, text = world.media.values()
        seen["item"], seen["cues"] = text, read_subtitles(world.text_of(text.src)).cues
        seen["first"] = [s.src == film.src for s in world.first.layout()[0].segments]
        for src, error in ((film.src, MediaError), ("/media/nothing/a.srt", KeyError)):
            with pytest.raises(error):
                world.text_of(src)
        yield Done(None, "Read.")

    monkeypatch.setattr(agent, "turn", turn)
    client.say(session, "read them")
    item = seen["item"]
    assert (item.name, item.kind, item.duration_ms, item.has_audio) == ("talk.srt", "text", 1500, False)
    assert (seen["cues"], seen["first"]) == ([(500, 1500, "你好")], [True])


def test_what_a_file_is_read_as_is_said(client, tmp_path):
    """An upload's answer tells what was found out about a file, also that it is not sure."""
    session = client.session()
    talk = "1\n00:00:00,500 --> 00:00:01,500\nOk, señor\n"
    (tmp_path / "talk.srt").write_bytes(talk.encode("cp1252"))
    (file,) = client.upload(session, tmp_path / "talk.srt").json()["data"]["files"]
    assert file["notes"][0] == "its letters may be cp1250 or cp1252: adding it asks which"


def test_where_a_clip_came_onto_the_timeline_is_said(guest, clip, picture):
    """Of the first nothing; of one behind a film the place; of one that is there already that it is twice."""
    session = guest.session()

    def told(*paths):
        return [file.get("notes", []) for file in guest.upload(session, *paths).json()["data"]["files"]]

    assert told(clip, picture) == [[], []], "in the order given"
    end = guest.state(session)["draft"]["d"] // 1000
    assert guest.say(session, "remove the last clip")
    assert told(picture) == [[f"it is behind the other clips, at 0:0{end - 4}–0:0{end}"]]
    ((again,),) = told(clip)
    assert again.startswith(f"it is on the timeline once more, at 0:0{end}–")
    guest.say(session, again.partition("“")[2].partition("”")[0])
    assert len(guest.state(session)["draft"]["t"][0]["sg"]) == 2


def test_what_stays_beside_the_timeline_is_said(guest, clip, jingle, tmp_path):
    """With the words that bring it there, which do; of what is put on the timeline nothing is said."""
    session, talk = guest.session(), tmp_path / "my talk.srt"
    talk.write_bytes(SRT.encode())
    files = guest.upload(session, clip, jingle, talk).json()["data"]["files"]
    notes = [file.get("notes", []) for file in files]
    assert notes == [
        [],
        ["it is not on the timeline: say “use jingle.wav as background music”"],
        ["they are not on the timeline: say “put my talk.srt on as subtitles”"],
    ]
    for (note,) in notes[1:]:
        guest.say(session, note.partition("“")[2].rstrip("”"))
    assert len(guest.state(session)["draft"]["t"]) == 3
    (alone,) = guest.upload(guest.session(), jingle).json()["data"]["files"]
    assert "notes" not in alone


def test_files_are_called_by_their_whole_names(guest, clip, jingle):
    """The agent knows a file by the name it was uploaded under, extension and all."""
    session = guest.session()
    guest.upload(session, clip, jingle)
    guest.say(session, "use jingle.wav as background music")
    tracks = guest.state(session)["draft"]["t"]
    assert [segment["m"]["name"] for track in tracks for segment in track["sg"]] == ["harbour", "jingle"]
    assert tracks[1]["sg"][0]["m"]["src"].endswith("/jingle.wav")


def test_subtitles_alone_make_no_draft(client, tmp_path):
    """WebVTT comes first, the clip later: the clip begins the timeline."""
    session = client.session()
    (tmp_path / "a.VTT").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n")
    assert client.upload(session, tmp_path / "a.VTT").json()["data"]["files"][0]["file_type"] == "text"
    assert client.state(session)["draft"] == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"Dear Ann", "Line 1"), (b"1\n00:00:02,000 --> 00:00:61,000\nx", "Line 2"), (bytes(99), "no text")],
)
def test_subtitles_that_are_none(client, common, tmp_path, content, words):
    """What can't be read is refused with 4001, the file's name and the line, and leaves nothing."""
    (tmp_path / "talk.srt").write_bytes(content)
    before = set((common.data / "media").iterdir())
    answer = client.upload(client.session(), tmp_path / "talk.srt").json()
    assert answer["code"] == 4001
    assert "talk.srt" in answer["message"]
    assert words in answer["message"]
    assert set((common.data / "media").iterdir()) == before


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.mp4", "passwd.mp4"),
        ("..\\..\\windows\\a.MP4", "a.MP4"),
        ('sa"id.mp4', 'sa"id.mp4'),
        ("a\r\nX-Evil: 1.mp4", "aX-Evil: 1.mp4"),
        ("夜景 🌃.mp4", "夜景 🌃.mp4"),
        ("a/b/.mp4", "mp4"),
        ("gpj\u202e4pm.mp4", "gpj4pm.mp4"),
        ("é" * 300 + ".mp4", "é" * 98 + ".mp4"),
        ("%2e%2e%2fa.mp4", "%2e%2e%2fa.mp4"),
        ("a b?c#d&e.mp4", "a b?c#d&e.mp4"),
    ],
)
def test_hostile_names(guest, clip, common, sent, kept):
    """Whatever a file is called, it is kept under an id of ours, shown by a sane name, and can be fetched."""
    session, before = guest.session(), set((common.data / "media").iterdir())
    # With an empty box of MP4 at its end that tells it from all others: the same content is kept once.
    clip = Path(shutil.copy(clip, common.data.parent / "another.mp4"))
    with clip.open("ab") as file:
        file.write(b"\0\0\0\x18free" + secrets.token_bytes(16))
    answer = guest.upload(session, clip, name=sent).json()
    (file,) = answer["data"]["files"]
    assert file["filename"] == kept
    assert unquote(file["cdn_url"].rpartition("/")[2]) == kept
    fetched = httpx.get(file["cdn_url"])
    assert fetched.content == clip.read_bytes()
    assert "x-evil" not in fetched.headers
    suffix = ".media" if kept == "mp4" else ".mp4"  # a name that says nothing
    assert [p.suffix for p in set((common.data / "media").iterdir()) - before] == [suffix]


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.txt", b"hello"), ("noextension", b"hello"), ("empty.mp4", b""), ("text.mp4", b"hello " * 99)],
)
def test_what_is_no_media(guest, common, name, content):
    """Files of other types, empty ones and those that are not what they claim get 4001 and leave nothing."""
    session, before = guest.session(), set((common.data / "media").iterdir())
    answer = guest.post(_path(session), files={"files": (name, content)}).json()
    assert answer["code"] == 4001
    assert name in answer["message"]
    assert guest.state(session)["draft"] == {}
    assert not list((common.data / "incoming").iterdir())
    assert set((common.data / "media").iterdir()) == before


def test_one_bad_file_keeps_the_others_out(client, clip):
    """An upload of several files is taken whole or not at all."""
    session = client.session()
    files = [("files", ("a.mp4", clip.read_bytes())), ("files", ("b.mp4", b"not a film"))]
    assert client.post(_path(session), files=files).json()["code"] == 4001
    assert client.state(session)["draft"] == {}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"nonsense"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--\r\n",
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; filename="a.mp4"\r\n\r\nhalf',
        ),
        ("multipart/form-data; boundary=" + "x" * 999, b""),
        ("text/plain", b"hello"),
        ("application/json", b'{"urls": []}'),
        ("application/json", b'{"urls": "http://a/b.mp4"}'),
    ],
)
def test_uploads_that_are_none(guest, common, content_type, body):
    """A broken form, or links that are none, is answered with 422 and a sentence."""
    session = guest.session()
    answer = guest.post(_path(session), content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["code"]) == (422, 422), answer.text
    assert not list((common.data / "incoming").iterdir())


def test_what_is_wrong_with_a_form_goes_to_no_notebook(guest, caplog):
    """The form's library says nothing by itself: what no handler takes Python prints, into a notebook."""
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    for body in (b"--y", b"--x\r\na(b: c\r\n\r\n", b"--x--\r\nmore"):
        assert guest.post(_path(guest.session()), content=body, headers=form).json()["code"] == 422
    assert [record.name for record in caplog.records if record.name.startswith("python_multipart")] == []


FIELD = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n"
SUBTITLES = FIELD.replace(b"name=a", b"name=files; filename=a.srt") + b"1\n00:01 --> 00:02\nHi\r\n"
FLOODS = {
    "a field": (FIELD, b"x" * 100_000, "Beside its files the upload has more than 1 MB."),
    "fields": (b"", (FIELD + b"\r\n") * 100, "The upload has more than 400 parts."),
    "files": (b"", SUBTITLES * 50, "At most 200 files come in one request."),
    "headers": (b"--x\r\n", b"a: b\r\n" * 1000, "The upload is no valid multipart form: Maximum header"),
    "a header": (b"--x\r\na: ", b"b" * 100_000, "The upload is no valid multipart form: Maximum header"),
    "what follows": (SUBTITLES + b"--x--\r\n", b"x" * 100_000, "Beside its files the upload has more"),
    "a boundary": (b"", b"--x" * 30_000, "Beside its files the upload has more"),
}
"""How a form begins, what it repeats, and what is said of it."""


@pytest.mark.parametrize("what", FLOODS)
def test_a_form_has_an_end(tmp_path, what):
    """Whatever a form repeats without an end, files and fields and what is neither, is refused on the way."""
    begin, piece, words = FLOODS[what]
    receiver = MultipartReceiver(
        "multipart/form-data; boundary=x", lambda: tmp_path / f"{len(list(tmp_path.iterdir()))}", 1000
    )

    def flood():
        for data in (begin, *[piece] * 100):
            receiver.feed(data)

    with pytest.raises(Refused, match=re.escape(words)):
        flood()
    receiver.discard()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("limit", [LIMIT, 2 * LIMIT])
def test_large_streams_take_no_memory(start, connect, tmp_path, limit):
    """100 MB go through in constant memory, and are refused with 4002 as soon as they are over the limit."""
    client = connect(start(max_upload_bytes=limit - 1))
    session, piece = client.session(), bytes(1024 * 1024)

    def body():
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="zeros.mp4"\r\n\r\n'
        for _ in range(100):
            yield piece
        yield b"\r\n--x--\r\n"

    before, began = _resident(), time.monotonic()
    most = 0

    def watched():
        nonlocal most
        for part in body():
            most = max(most, _resident() - before)
            yield part

    answer = client.post(
        _path(session), content=watched(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    ).json()
    assert answer["code"] == (4002 if limit == LIMIT else 4001), (
        "zeros are no film, but only once they are all in"
    )
    assert most < 30_000_000
    assert within(time.monotonic() - began, 10)
    assert not list((tmp_path / "data" / "incoming").iterdir())


def _resident():
    with open("/proc/self/statm") as file:  # noqa: PTH123 - read in a loop, no need for a Path
        return int(file.read().split()[1]) * 4096


def test_upload_that_breaks_off_leaves_nothing(client, tmp_path, clip):
    """A client that goes away in the middle leaves no file behind, and the session is as before."""
    session = client.session()

    def body():
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n'
        yield bytes(3_000_000)
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        client.post(
            _path(session), content=body(), headers={"Content-Type": "multipart/form-data; boundary=x"}
        )
    until(lambda: not list((tmp_path / "data" / "incoming").iterdir()))
    assert client.upload(session, clip).json()["code"] == 0


def test_a_picture_that_is_one_long_line_can_be_exported():
    """However narrow the first clip is, the canvas is one that a video can have."""
    assert canvas(1, 5000) == (16, 1920)
    assert canvas(5000, 1) == (1920, 16)
