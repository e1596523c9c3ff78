"""No file that others made costs the studio more than its size, whatever its bytes repeat."""

import io
import itertools
import struct
from tempfile import TemporaryFile
from time import thread_time

import httpx
import pytest
from growth import HOSTILE, assert_linear, pumped

from nemo_widgets.studio.agent.planning import endpoint
from nemo_widgets.studio.media import behind, joints, tracks
from nemo_widgets.studio.render import h264

MOST = 1 << 22
SYNCED = b"G" + bytes(187)
SETS = h264.ParameterSets((b"\x67\x64\0\x1f\xac",), (b"\x68\xee\x3c\x80",))


def _table(pid):
    """A packet of a transport stream whose table names one more table."""
    head = bytes((0x47, 0x40, 0, 0x10, 0, 0, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xE1, pid))
    return head + b"\xff" * (188 - len(head))


def _pack(clock):
    """A pack of a program stream that says this time, and the head behind it."""
    return b"\0\0\1\xba" + bytes((0x44 | clock >> 27 & 0x38, 0, 4, 0, 4, 0, 0, 0, 0, 0)) + b"\0\0\1\xbb"


NULL = b"\x47\x1f\xff\x10" + b"\xff" * 184
STREAMS = {
    "mpegts": (SYNCED, 5 * SYNCED + b"x", 2 * SYNCED + bytes(99), _table(0) + NULL + _table(1) + NULL),
    "mpeg": (b"\0\0\1\xba", _pack(7 << 30) + _pack(0)),
    "aac": (b"\xff\xf1", b"\xff\xf1\x50\x80\x00\xff\xfc", b"\xff\xf1\x50\x80\x01\x1f\xfc"),
    "mp3": (b"ID3\x03\0\0\0\0\0\0TIT2", b"Xing\0", b"\xff\xfb\x90\0" + bytes(32) + b"Xing"),
    "mov,mp4": (b"\0\0\0\x08moov", b"\0\0\0\x08ftyp\0\0\0\x08moov", b"\0\0\0\1mdat" + bytes(7) + b"\x10"),
    "ogg": (b"OggS\0\2" + bytes(21), b"OggS\0\0" + bytes(20) + b"\xff", b"OggS"),
    "flac": (b"fLaC\0\0\0\x22",),
    "matroska": (b"\x1a\x45\xdf\xa3webm", b"\x1a\x45\xdf\xa3"),
    "avi": (b"RIFF\0\0\0\0AVI LIST",),
    "nut": (b"nut/multimedia container\0", b"nut"),
}
"""What files that were joined are looked through for, over and over."""
MAPPED = ("matroska",)
"""These are mapped, so that no byte is read twice; how long that takes is held above."""
LOOKED_AT = {"mpegts": 120}
"""How many times its size is read of a file that falls out of step, and has a table, in all places."""


def _joints(data, form):
    """Where other files begin in these bytes, of a file on the disk: some kinds are mapped."""
    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        return joints.joints(file, form, (0, len(data)))


@pytest.mark.parametrize("form", STREAMS)
def test_no_file_is_looked_through_for_others_longer_than_its_size_takes(form):
    """Where another file begins in one is found in linear time, whatever looks like a beginning."""
    for unit in STREAMS[form]:
        assert_linear(
            lambda data: _joints(data, form),
            pumped(unit, after=b"x"),
            most=MOST,
            about=f"{form}, {unit[:20]!r}",
            floor=0.01,
        )


class _Counted(io.BytesIO):
    """A file that counts the bytes that are read of it."""

    count = 0

    def read(self, size=-1, /):
        data = super().read(size)
        self.count += len(data)
        return data


@pytest.mark.parametrize("form", [form for form in STREAMS if form not in MAPPED])
def test_no_file_is_read_over_and_over(form):
    """However often a file falls out of step, what is read of it in all is a few times its size."""
    for unit in STREAMS[form]:
        file = _Counted(pumped(unit)(1 << 20))
        joints.joints(file, form, (0, 1 << 20))
        assert file.count <= LOOKED_AT.get(form, 4) << 20, unit


@pytest.mark.parametrize("unit", [b"LIST", b"RIFF\0\0\0\0", b"\0", b"00dc\0\0\0\0", b"00dc\xff\xff\xff\xff"])
def test_no_row_of_chunks_costs_more_than_its_size(unit):
    """Chunks of an AVI and boxes of an MP4 are followed in linear time, however small they say they are."""
    for walk in (joints.leads, joints.boxes):

        def walked(data, walk=walk):
            found = walk(io.BytesIO(data), 0, len(data))
            return found if walk is joints.leads else list(found)

        assert_linear(walked, pumped(unit), most=MOST, about=unit)


def _pages(size):
    """A TIFF of so many pages, each the least that is one."""
    tags = [struct.pack("<HHII", tag, 4, 1, 1) for tag in (256, 257, 258, 262, 273, 279)]
    page = struct.pack("<H", len(tags)) + b"".join(tags)
    long, count = len(page) + 4, max(1, size // (len(page) + 4))
    nexts = [8 + long * at for at in range(1, count)] + [0]
    return b"II*\0\x08\0\0\0" + b"".join(page + struct.pack("<I", at) for at in nexts)


PICTURES = {
    "JPEGs in a row": pumped(b"\xff\xd9\xff\xd8\xff", b"\xff\xd8\xff"),
    "ends of JPEGs": pumped(b"\xff\xd9", b"\xff\xd8\xff"),
    "films that are none": pumped(b"\0\0\0\x08ftyp"),
    "zeros": pumped(b"\0", b"\xff\xd8\xff"),
    "pages": _pages,
}


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES)
def test_no_picture_is_looked_behind_longer_than_its_size_takes(make, tmp_path):
    """What stands behind a picture is looked for in linear time, and over a bounded number of pages."""
    numbers = itertools.count()

    def written(size):
        path = tmp_path / str(next(numbers))
        path.write_bytes(make(size))
        return path

    for parse in (behind.is_motion_jpeg, behind.behind_notes):
        assert_linear(parse, written, most=MOST, floor=0.01)


def test_pages_without_end_are_counted_up_to_a_number(tmp_path):
    """Of a picture with very many pages only some are read: each knows where only the next one is."""
    path = tmp_path / "pages.tif"
    path.write_bytes(_pages(78 * 50_000))
    begun = thread_time()
    assert "1000 pictures are in it" in behind.behind_notes(path)[0].en
    assert thread_time() - begun < 2


@pytest.mark.parametrize("units", [HOSTILE[at::4] for at in range(4)], ids=range(4))
def test_no_name_of_a_sound_track_costs_more_than_its_size(units):
    """What a track calls itself, and the language that it says it has, are read in linear time."""
    for unit in units:
        for parse in (tracks._tag, tracks._LANGUAGE.fullmatch):
            assert_linear(parse, pumped(unit), most=1 << 16, about=unit)


UNITS = (
    b"\0\0\1",
    b"\0\0\0\1",
    b"\0",
    b"\0\0\1\x67",
    b"\0\0\0\1\x67",
    b"\0\0\0\1\x68",
    b"\0\0\0\2\x65\0",
    b"\xff",
)


@pytest.mark.parametrize("unit", UNITS)
def test_no_packet_costs_more_than_its_size(unit):
    """What H.264 packets and their heads hold is told in linear time, however small its units are."""
    for parse in (
        h264.ParameterSets.of_record,
        lambda data: h264.ParameterSets.of_record(b"\1dd\x1f\xff\xe1" + data),
        lambda data: h264.ParameterSets.of_units(data).ids,
        lambda data: h264.ParameterSets.of_units(data).with_others(SETS),
        h264.length_prefixed,
        lambda data: h264.is_idr(memoryview(data)),
        lambda data: h264.is_well_formed(memoryview(data)),
        lambda data: h264.has_other_sets(memoryview(data), SETS),
    ):
        assert_linear(parse, pumped(unit), most=MOST, refuses=(IndexError,), about=unit)


def _reply(text):
    body = text.encode("utf-8", "replace")
    head = httpx.Headers([(b"retry-after", body.replace(b"\r", b"").replace(b"\n", b""))])
    return endpoint.Reply(404, body, endpoint._wait_s(httpx.Response(429, headers=head)))


@pytest.mark.parametrize("units", [HOSTILE[at::4] for at in range(4)], ids=range(4))
def test_no_refusal_of_a_models_server_costs_more_than_its_size(units):
    """What a model's server says instead of an answer, and when to come again, is read in linear time."""
    server = endpoint.Endpoint("http://localhost/v1")

    def told(text):
        reply = _reply(text)
        return (
            server.refused(reply, "m"),
            server.elsewhere(reply, "m"),
            endpoint._about(400, text, has_key=True),
        )

    for unit in (*units, "quota ", "exceeded your current ", "regions", "Mon, ", "1:", "(", "GMT"):
        assert_linear(told, pumped(unit), most=1 << 16, about=unit)
