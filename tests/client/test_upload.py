"""Files leave in order, in constant memory, and only if they are what they say."""

from __future__ import annotations

import asyncio
import os

import pytest
from python_multipart.multipart import FormParser
from starlette.responses import JSONResponse

from nemo_widgets import errors
from nemo_widgets.client.file_checks import check, held, unfit
from nemo_widgets.media_types import extensions

UPLOAD = "/api/upload-video/nemo_agent/me/5"
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0" + bytes(range(256)) * 8


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(MP4)
    return path


def received(seen):
    """The files of a multipart request, as a parser of another make reads them."""
    files = []
    boundary = seen.headers["content-type"].partition("boundary=")[2]
    parser = FormParser("multipart/form-data", lambda _: None, files.append, boundary=boundary)
    parser.write(seen.body)
    parser.finalize()
    found = [(f.field_name, f.file_name, f.file_object.getvalue()) for f in files]
    for file in files:
        file.close()
    return found


async def test_upload(backend, connect, clip):
    """The file arrives byte for byte in the field `files`, with its length told beforehand."""
    (media,) = await connect().upload("5", [clip])
    assert (media.filename, media.file_type, media.duration) == ("clip.mp4", "video", 30.5)
    (seen,) = backend.seen
    assert received(seen) == [(b"files", b"clip.mp4", MP4)]
    assert int(seen.headers["content-length"]) == len(seen.body)
    assert b"Content-Type: video/mp4" in seen.body


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Überblick 👋 剪辑.mp4", "Überblick 👋 剪辑.mp4"),
        ('say "hi".mp4', "say %22hi%22.mp4"),
        ("a;b=c.mp4", "a;b=c.mp4"),
        ("..mp4.mp4", "..mp4.mp4"),
        (" 50% off & 'more'.mp4", " 50% off & 'more'.mp4"),
        ("%2e%2e%2f100%.mp4", "%2e%2e%2f100%.mp4"),
        ("\u202egpj.mp4", "\u202egpj.mp4"),
        ("שלום 🎬👩‍👩‍👧.mp4", "שלום 🎬👩‍👩‍👧.mp4"),
        ("é" * 125 + ".mp4", "é" * 125 + ".mp4"),
        ("two  spaces. .mp4", "two  spaces. .mp4"),
    ],
)
async def test_names(backend, connect, tmp_path, name, sent):
    """Names arrive intact, as the WHATWG's form data writes them; a parser of another make reads the same."""
    path = tmp_path / name
    path.write_bytes(MP4)
    await connect().upload("5", [path])
    assert b'name="files"; filename="' + sent.encode() + b'"\r\n' in backend.seen[0].body
    assert [file[1].decode().replace("%22", '"') for file in received(backend.seen[0])] == [name]


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("two\nlines.mp4", "line end"),
        ("two\rlines.mp4", "line end"),
        ("bell\x07.mp4", "control character"),
        ("C:\\clips\\a.mp4", "backslash"),
        ("50%22off.mp4", "%22"),
        ("x%0d%0aHost: y.mp4", "%0D"),
        (os.fsdecode(b"caf\xe9.mp4"), "not UTF-8"),
        ("clip.mp4.", "no supported type"),
        ("clip.mp4 ", "no supported type"),
    ],
)
async def test_names_that_would_not_arrive(backend, connect, tmp_path, name, match):
    """A name that would arrive as another one is refused by name before anything is sent."""
    (tmp_path / name).write_bytes(MP4)
    with pytest.raises(errors.NemoError, match=match):
        await connect().upload("5", [tmp_path / name])
    assert backend.seen == []


def test_name_that_is_too_long():
    """So is one that is longer than file systems take."""
    assert "304 bytes" in unfit("x" * 300 + ".mp4")
    assert not unfit("x" * 251 + ".mp4")


async def test_several_files(backend, connect, clip, tmp_path):
    """Each file is a request of its own, in order; both forms of the answer are read."""
    (other := tmp_path / "b.MOV").write_bytes(MP4)
    backend.script[UPLOAD] = [
        {"code": 0, "data": {"uploaded_files": [{"filename": "a", "url": "https://x/a"}]}},
        {"code": 0, "data": {"files": [{"filename": "b", "fps": "29.97", "width": None}]}},
    ]
    a, b = await connect().upload("5", [clip, other])
    assert (a.filename, a.cdn_url) == ("a", "https://x/a")
    assert (b.filename, b.fps, b.width) == ("b", 29.97, 0)


async def test_nothing_is_sent_if_one_is_wrong(backend, connect, clip, tmp_path):
    """All files are looked at before the first is sent."""
    with pytest.raises(errors.UploadError):
        await connect().upload("5", [clip, tmp_path / "missing.mp4"])
    assert backend.seen == []


async def test_progress(backend, connect, tmp_path):
    """Progress grows from 0 to all bytes; the last byte and `done` are told when the server has answered."""
    (path := tmp_path / "a.mp4").write_bytes(MP4 + bytes(3_000_000))
    told = []
    await connect(settings={"progress_s": 0.0, "chunk": 65536}).upload("5", [path], told.append)
    sent = [p.sent for p in told]
    size = path.stat().st_size
    assert sent == sorted(sent)
    assert (sent[0], sent[-1]) == (0, size)
    assert [p.done for p in told] == [False] * (len(told) - 1) + [True]
    assert len(told) > 40
    told.clear()
    await connect(settings={"progress_s": 60}).upload("5", [path], told.append)
    assert [(p.sent, p.whole, p.done) for p in told] == [
        (0, False, False),
        (size - 1, True, False),
        (size, True, True),
    ]
    told.clear()
    backend.script[UPLOAD] = [{"code": 4001}]
    with pytest.raises(errors.UnsupportedFile):
        await connect().upload("5", [path], told.append)
    assert not any(p.done or p.sent == size for p in told)


CHECKS = [
    ("clip.mp4", b"", errors.UploadError, "empty"),
    ("clip.txt", b"x", errors.UnsupportedFile, "no supported type"),
    ("clip", MP4, errors.UnsupportedFile, "no supported type"),
    ("clip.mp4", b"Hello, this is text.\n", errors.UnsupportedFile, "is named .mp4 but holds text"),
    ("clip.mp4", "你好".encode() * 2000, errors.UnsupportedFile, "holds text"),
    ("clip.MOV", b"<!DOCTYPE html><html>", errors.UnsupportedFile, "is named .mov but holds a web page"),
    ("a.jpg", b"%PDF-1.7\n\xff\xff\0", errors.UnsupportedFile, "a PDF document"),
    ("a.wav", b"PK\x03\x04\0\0\0", errors.UnsupportedFile, "an archive"),
    ("a.png", b"\x7fELF\0\0", errors.UnsupportedFile, "a program"),
    ("big.mp4", MP4 * 600, errors.FileTooLarge, "1 MB"),
]


@pytest.mark.parametrize(("name", "data", "kind", "match"), CHECKS)
def test_checked_before_sending(tmp_path, name, data, kind, match):
    """What can't be sent is said by name, before anything is."""
    (path := tmp_path / name).write_bytes(data)
    with pytest.raises(kind, match=match):
        check(path, 1_000_000)


@pytest.mark.parametrize("path", ["missing.mp4", "no/folder.mp4", "a\0b.mp4", ".", "x" * 300 + ".mp4"])
def test_what_is_no_file(tmp_path, path):
    """A missing file, a folder, an impossible name are upload errors."""
    with pytest.raises(errors.UploadError):
        check(tmp_path / path, 1)


@pytest.mark.usefixtures("clip")
def test_near_miss(tmp_path):
    """A name that differs only in its case or extension is proposed."""
    with pytest.raises(errors.UploadError, match=r"Did you mean clip\.mp4"):
        check(tmp_path / "clip.mov", 1)


def test_pipe(tmp_path):
    """A pipe is not opened, which would wait for ever."""
    os.mkfifo(tmp_path / "a.mp4")
    with pytest.raises(errors.UploadError, match="ordinary"):
        check(tmp_path / "a.mp4", 1)


@pytest.mark.parametrize(
    "head",
    [
        MP4,
        b"\0\0\0\x08wide\0\0\0\0mdat",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"RIFF    AVI LIST",
        b"RIFFabcdWEBPVP8 ",
        b"\x1aE\xdf\xa3\x01\0",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"ID3\x04abc",
        b"\xff\xfb\x90d",
        b"\xff\xf1P\x80",
        b"\0\x01\x02 something unknown",
        b"caf\xe9 in latin-1",
    ],
)
def test_media_is_let_through(head):
    """The heads of all listed formats pass, and so does what is merely unknown."""
    assert held(head) == ""


def test_listed_types():
    """The list is the protocol's, and subtitles."""
    listed = ".mp4 .mov .avi .webm .mkv .jpg .jpeg .png .gif .webp .mp3 .wav .m4a .aac"
    assert " ".join(extensions()) == f"{listed} .srt .vtt"


def test_subtitles_are_text(tmp_path):
    """A file of subtitles may hold text in any encoding; one that holds a document is none."""
    text = "1\n00:00:01,000 --> 00:00:02,000\n你好\n"
    for i, encoding in enumerate(("utf-8", "utf-16", "gb18030", "utf-8-sig")):
        (path := tmp_path / f"{i}.SRT").write_bytes(text.encode(encoding))
        assert check(path, 1000).media_type == "text/srt"
    (paper := tmp_path / "paper.vtt").write_bytes(b"%PDF-1.4")
    with pytest.raises(errors.UnsupportedFile, match="a PDF document"):
        check(paper, 1000)
    (renamed := tmp_path / "talk.mp4").write_text(text)
    with pytest.raises(errors.UnsupportedFile, match="holds text"):
        check(renamed, 1000)


@pytest.mark.parametrize("how", ["shrinks", "grows", "vanishes", "is rewritten"])
async def test_file_that_changes(backend, connect, tmp_path, how):
    """A file that changes while it is sent breaks the upload off, and the server gets no whole form."""
    (path := tmp_path / "a.mp4").write_bytes(MP4 + bytes(400_000))
    size = path.stat().st_size

    def progress(now):
        if now.sent < 200_000 or now.sent == size:
            return
        if how == "shrinks":
            os.truncate(path, 1000)
        elif how == "grows":
            with path.open("ab") as file:
                file.write(b"x")
        elif how == "is rewritten":
            os.utime(path, (1, 1))

    if how == "vanishes":
        client = connect(settings={"chunk": 65536})
        real = client._caller.ask

        async def ask(call):
            path.unlink()
            return await real(call)

        client._caller.ask = ask
    else:
        client = connect(settings={"chunk": 65536, "progress_s": 0})
    with pytest.raises(errors.UploadError):
        await client.upload("5", [path], progress)
    await asyncio.sleep(0.05)
    assert not any(seen.body.endswith(b"--\r\n") for seen in backend.seen)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"code": 4001}, errors.UnsupportedFile),
        ({"code": 4002}, errors.FileTooLarge),
        (JSONResponse({"detail": "x"}, 413), errors.FileTooLarge),
        (JSONResponse({"detail": "x"}, 503), errors.UploadUnclear),
        ({"code": 0, "data": {}}, errors.UploadUnclear),
        ({"code": 5005, "message": "no"}, errors.ServerError),
    ],
)
async def test_refused(backend, connect, clip, answer, kind):
    """A refused upload is its error, and is not sent again."""
    backend.script[UPLOAD] = [answer, answer]
    with pytest.raises(kind):
        await connect().upload("5", [clip])
    assert len(backend.seen) == 1


async def test_broken_upload_is_not_repeated(raw, connect, clip):
    """After a broken connection the file may have arrived, so it is not sent twice by itself."""
    server = raw([0.02, "rst"], [b""])
    with pytest.raises(errors.ConnectError, match=r"clip\.mp4 may not have arrived.*tracks"):
        await connect(server.url).upload("5", [clip])
    assert len(server.requests) == 1


async def test_answer_before_the_end(raw, connect, tmp_path, http):
    """A server that refuses early and hangs up is heard all the same."""
    (path := tmp_path / "a.mp4").write_bytes(MP4 + bytes(300_000))
    server = raw([http(b'{"code":4002}')])
    with pytest.raises(errors.FileTooLarge):
        await connect(server.url).upload("5", [path])


async def test_links(backend, connect):
    """Links go as JSON, and what is no link is said to be none."""
    assert (await connect().upload_links("5", [" https://x/a.mp4 "]))[0].filename == "clip.mp4"
    assert backend.seen[0].json == {"urls": ["https://x/a.mp4"], "source_type": "url"}
    for wrong in ("clip.mp4", "file:///etc/passwd", "http://", "http://[x"):
        with pytest.raises(errors.UploadError, match="not a web address"):
            await connect().upload_links("5", [wrong])
    assert await connect().upload_links("5", []) == []
    assert len(backend.seen) == 1
