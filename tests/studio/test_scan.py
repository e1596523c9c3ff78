"""Packets that are taken in together, and where files begin that were joined in one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from containers import Case, made

from nemo_widgets.studio.media import scan
from nemo_widgets.studio.media.matroska import matroska_joints
from nemo_widgets.studio.media.opening import open_media

if TYPE_CHECKING:
    from pathlib import Path

SOUND = ((Fraction(0), Fraction(2)),)
PACES = [("mkv", "cfr"), ("mkv", "vfr"), ("ts", "cfr"), ("ts", "vfr"), ("avi", "cfr"), ("mp4", "vfr")]
EVERY = [Case(container, pace, SOUND) for container, pace in PACES]


def _found(path: Path) -> list[object]:
    with open_media(path) as container:
        tracks = scan.tracks(container, container.streams.get(), broadcast=path.suffix == ".ts")
    return [(t.stretches, t.keys, t.holes, t.pos, t.pace.mean(t.tick), t.pace.quickest(t.tick))
            for t in tracks.values()]  # fmt: skip


@pytest.mark.parametrize("spoilt", ["", "gap", "restart"])
@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.container}-{case.pace}")
def test_packets_say_the_same_together_and_one_by_one(
    case: Case, spoilt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the clock does, and where packets are missing."""
    path = made(case, tmp_path)
    data = path.read_bytes()
    if spoilt:
        at, behind = (len(data) // 3 // 188 * 188, len(data) // 2 // 188 * 188)
        path.write_bytes(data[:at] + data[behind:] if spoilt == "gap" else data + data)
    monkeypatch.setattr(scan, "_ROWS", 8)
    together = _found(path)
    monkeypatch.setattr(scan, "_FAR", -1)
    assert _found(path) == together != []


def _element(name: bytes, data: bytes, *, told: bool = True) -> bytes:
    return name + (b"\x01" + len(data).to_bytes(7, "big") if told else b"\x01" + b"\xff" * 7) + data


def _film(*, told: bool, packets: int = 40) -> bytes:
    head = _element(b"\x1a\x45\xdf\xa3", _element(b"\x42\x82", b"matroska"))
    packet = _element(b"\xa3", b"\x81\0\0\0\x1a\x45\xdf\xa3webm" + bytes(range(100)))
    cluster = _element(b"\x1f\x43\xb6\x75", _element(b"\xe7", b"\0") + packet * packets, told=told)
    return head + _element(b"\x18\x53\x80\x67", _element(b"\xec", bytes(9)) + 3 * cluster, told=told)


@pytest.mark.parametrize("told", [True, False], ids=["told", "as recorded"])
def test_joined_matroska_begins_where_it_does(*, told: bool, tmp_path: Path) -> None:
    """Whether lengths are told or not; what only looks like a head within a picture is none."""
    film, path = _film(told=told), tmp_path / "film.mkv"
    for rows in (film, film * 3, film[:5000] + film, film[:5000] + film * 2 + film[:3000]):
        path.write_bytes(rows)
        with path.open("rb") as file:
            found = matroska_joints(file, 0, len(rows))
        whole = [at for at in range(1, len(rows)) if rows.startswith(film[:60], at)]
        assert found == whole
