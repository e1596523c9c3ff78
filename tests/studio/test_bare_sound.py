"""Files of bare sound whose heads were never put right: all sound is used, and what is wrong is said."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from clips import RATE, chirp, found_chirps

from nemo_widgets.studio.media import MediaError, probe
from nemo_widgets.studio.media.sound import SoundReader

if TYPE_CHECKING:
    from pathlib import Path

SECONDS, CHIRPS = 4, (0.5, 1.5, 2.5, 3.5)
SIZE = SECONDS * RATE * 2
_FMT = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)
_GUID, _TAIL = "f3acd3118cd100c04f8edb8a", bytes.fromhex("2e91cf11a5d628db04c10000")


def pcm(order: str) -> bytes:
    wave = np.zeros(SECONDS * RATE)
    for at in CHIRPS:
        wave[round(at * RATE) :][: chirp().size] = chirp()
    return (wave * 32767).astype(f"{order}i2").tobytes()


def file_of(form: str, told: int, *, behind: bytes = b"") -> bytes:
    """Four seconds of sound in a format, with a head that tells of so many bytes."""
    if form == "au":
        return b".snd" + struct.pack(">IIIII", 24, min(told, 0xFFFFFFFF), 3, RATE, 1) + pcm(">")
    if form == "caf":
        desc = struct.pack(">d4sIIIII", RATE, b"lpcm", 2, 2, 1, 1, 16)
        told = told - (1 << 64) if told >> 63 else told + 4
        data = b"data" + struct.pack(">qI", told, 0) + pcm("<")
        return b"caff\0\1\0\0desc" + struct.pack(">q", len(desc)) + desc + data + behind
    if form == "w64":
        fmt = b"fmt " + bytes.fromhex(_GUID) + struct.pack("<Q", 40) + _FMT
        data = b"data" + bytes.fromhex(_GUID) + struct.pack("<Q", min(told + 24, (1 << 64) - 1)) + pcm("<")
        body = b"wave" + bytes.fromhex(_GUID) + fmt + data
        return b"riff" + _TAIL + struct.pack("<Q", 24 + len(body)) + body
    told32 = min(told, 0xFFFFFFFF)
    if form == "aiff":
        rate = bytes.fromhex("400ebb80000000000000")
        comm = b"COMM" + struct.pack(">IhIh", 18, 1, told32 // 2, 16) + rate
        data = b"SSND" + struct.pack(">III", min(told + 8, 0xFFFFFFFF), 0, 0) + pcm(">") + behind
        return b"FORM" + struct.pack(">I", min(told + 46, 0xFFFFFFFF)) + b"AIFF" + comm + data
    long = form == "rf64"
    sizes = b"ds64" + struct.pack("<IQQQI", 28, min(told + 72, (1 << 64) - 1), told, 0, 0) if long else b""
    head = b"WAVE" + sizes + b"fmt " + struct.pack("<I", 16) + _FMT
    size = 0xFFFFFFFF if long else told32
    whole = struct.pack("<I", min(size + 36, 0xFFFFFFFF))
    return (
        (b"RF64" if long else b"RIFF") + whole + head + b"data" + struct.pack("<I", size) + pcm("<") + behind
    )


def heard_in(path: Path) -> list[float]:
    with SoundReader(path) as reader:
        return found_chirps(reader.read(10 * RATE)[:, 0])


FORMS = ("wav", "rf64", "aiff", "au", "w64", "caf")


@pytest.mark.parametrize("form", FORMS)
def test_all_sound_is_used_whatever_the_head_says(form: str, tmp_path: Path) -> None:
    """A recorder that broke off, or wrote to a pipe, left too little, 0 or all ones: all is heard."""
    for told in (SIZE, SIZE // 2, 2, 0, (1 << 64) - 1):
        path = tmp_path / f"{told}.{form}"
        path.write_bytes(file_of(form, told))
        found = probe(path)
        assert (found.kind, found.duration_ms) == ("audio", 4000)
        assert heard_in(path) == pytest.approx(CHIRPS, abs=0.001)
        words = {SIZE // 2: "0:02", 2: "0:00"}.get(told)
        notes = (
            [f"its head tells of {words}, but 0:04 of sound are in it: all of it is used"] if words else []
        )
        assert [note.en for note in found.notes] == notes


@pytest.mark.parametrize("form", FORMS)
def test_what_a_cut_file_lacks_is_said(form: str, tmp_path: Path) -> None:
    """A head that tells of more than is there: what is there is used, and where it ends is said."""
    path = tmp_path / f"cut.{form}"
    path.write_bytes(file_of(form, SIZE)[: -SIZE // 2])
    found = probe(path)
    assert found.duration_ms == pytest.approx(2000, abs=15)
    assert heard_in(path) == pytest.approx(CHIRPS[:2], abs=0.001)
    assert [note.en for note in found.notes] == ["the file is cut off at 0:02"]


@pytest.mark.parametrize(
    "behind", [b"LIST" + struct.pack("<I", 10) + b"INFOISFT\0\0", bytes(4096), b"\0", b"LIST"], ids=repr
)
def test_what_stands_behind_the_sound_is_no_sound(behind: bytes, tmp_path: Path) -> None:
    """Names and other chunks behind it, and room that was kept for more, are not played."""
    path = tmp_path / "tail.wav"
    path.write_bytes(file_of("wav", SIZE, behind=behind))
    found = probe(path)
    assert (found.duration_ms, found.notes) == (4000, ())


def test_a_head_alone_is_refused(tmp_path: Path) -> None:
    """With no byte of sound behind it a file is no sound, and that is said."""
    for form in FORMS:
        path = tmp_path / f"none.{form}"
        path.write_bytes(file_of(form, SIZE)[:-SIZE])
        with pytest.raises(MediaError, match=rf"^“none\.{form}” "):
            probe(path)


@pytest.mark.parametrize(("samples", "long"), [(0, 0), (1, 0), (20, 0), (48, 1)])
def test_a_sound_of_less_than_a_millisecond_is_none(tmp_path: Path, samples: int, long: int) -> None:
    """On a timeline, which counts milliseconds, nothing would stand, and no export could be made of it."""
    data = b"\1\1" * samples
    head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<I", 16) + _FMT
    path = tmp_path / "a.wav"
    path.write_bytes(head + b"data" + struct.pack("<I", len(data)) + data)
    if long:
        assert probe(path).duration_ms == long
    else:
        with pytest.raises(MediaError, match="nothing in it"):
            probe(path)
