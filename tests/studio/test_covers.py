"""Files whose pictures are no film: covers, flagged or not, and video tracks with nothing in them."""

from __future__ import annotations

import base64
import io
import struct
from typing import TYPE_CHECKING, Any

import pytest
from clips import found_chirps, heard
from PIL import Image
from soundtracks import Track, recording

from nemo_widgets.studio.media import MediaError, probe

if TYPE_CHECKING:
    from pathlib import Path

COVERS: dict[str, dict[str, Any]] = {
    "plain.m4a": {"picture": "mjpeg"},
    "drawn.m4a": {"picture": "png"},
    "filmed.m4a": {"picture": "libx264"},
    "flagged.m4a": {"picture": "mjpeg", "cover": True},
    "plain.mp4": {"picture": "mjpeg"},
    "filmed.mp4": {"picture": "libx264"},
    "plain.mka": {"picture": "mjpeg"},
    "flagged.mp3": {"picture": "mjpeg", "cover": True, "codec": "libmp3lame"},
    "plain.mkv": {"picture": "mjpeg", "codec": "libopus"},
}


@pytest.mark.parametrize("name", COVERS)
def test_a_cover_is_no_film(tmp_path: Path, name: str) -> None:
    """A file of sound with one picture is sound, whatever the picture's codec, flag and container."""
    form = COVERS[name]
    stored = name.replace(".mka", ".mkv").replace(".m4a", ".mp4")
    recording(tmp_path / stored, Track(1, 3), pictures=1, **form).rename(tmp_path / name)
    info = probe(tmp_path / name)
    assert (info.kind, info.width, info.has_audio) == ("audio", 0, True)
    assert info.duration_ms == pytest.approx(4000, abs=60)
    assert found_chirps(heard(tmp_path / name)) == pytest.approx([1, 3], abs=0.03)
    told = [note.en for note in info.notes]
    assert told == ([] if form.get("cover") else ["its one picture is a cover, so it is used as sound"])


@pytest.mark.parametrize("name", ["song.ogg", "song.opus", "song.flac"])
def test_the_cover_of_a_comment_is_no_film(tmp_path: Path, name: str) -> None:
    """Ogg and FLAC keep their cover in a comment: that is sound as well."""
    picture = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(picture, "JPEG")
    kind, data = b"image/jpeg", picture.getvalue()
    block = (
        struct.pack(">II", 3, len(kind)) + kind + struct.pack(">I", 0) + struct.pack(">IIII", 32, 32, 24, 0)
    )
    block += struct.pack(">I", len(data)) + data
    comment = {"METADATA_BLOCK_PICTURE": base64.b64encode(block).decode()}
    codec = "flac" if name.endswith("flac") else "libopus"
    info = probe(recording(tmp_path / name, Track(1, 3, **comment), codec=codec))
    assert (info.kind, info.has_audio, info.notes) == ("audio", True, ())


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mov"])
def test_a_film_stays_a_film(tmp_path: Path, ending: str) -> None:
    """Two pictures are a film already, and so is one without sound."""
    assert probe(recording(tmp_path / f"a.{ending}", Track(1), pictures=2)).kind == "video"
    assert probe(recording(tmp_path / f"b.{ending}", pictures=1)).kind == "video"


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mov"])
def test_a_video_track_without_pictures(tmp_path: Path, ending: str) -> None:
    """Good sound beside a video track that has nothing in it is used as sound, and that is said."""
    path = recording(tmp_path / f"a.{ending}", Track(1, 3), pictures=-1)
    info = probe(path)
    assert info.kind == "audio"
    assert info.duration_ms == pytest.approx(4000, abs=60)
    assert [note.en[:41] for note in info.notes] == ["its video track has no picture that can b"]
    with pytest.raises(MediaError, match="no picture that can be decoded"):
        probe(recording(tmp_path / f"b.{ending}", pictures=-1))
