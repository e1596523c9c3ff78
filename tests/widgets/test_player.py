"""The player: the index of its fragments, the pieces that it gives out, and what a notebook keeps of it."""

from __future__ import annotations

import base64
import io
import re
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from clips import found_chirps, heard
from ipywidgets.widgets.widget import _instances
from PIL import Image
from soundtracks import Track, recording
from waiting import PATIENCE_S

from nemo_widgets import widgets
from nemo_widgets.errors import MissingExtra, UsageError
from nemo_widgets.magics.reading import parse
from nemo_widgets.running import Video
from nemo_widgets.widgets import Player
from nemo_widgets.widgets.fragments import codec_name, fragment
from nemo_widgets.widgets.player import PIECE

if TYPE_CHECKING:
    from collections.abc import Callable

Ear = Any


def key_frames(path: Path) -> list[float]:
    import av

    with av.open(str(path)) as film:
        packets = [p for p in film.demux(video=0) if p.is_keyframe and p.pts is not None]
        return [float(p.pts * p.time_base) for p in packets]


@pytest.mark.parametrize(
    ("sounds", "codecs"), [(("aac", "opus"), "mp4a.40.2"), (("opus",), "opus"), ((), "")]
)
def test_the_index_is_true(
    make_clip: Callable[..., Path], tmp_path: Path, sounds: tuple[str, ...], codecs: str
) -> None:
    """Fragments start at the source's key frames, follow each other without a hole, and name their codecs."""
    source, target = make_clip(), tmp_path / "fragments.mp4"
    shares: list[float] = []
    index = fragment(source, target, sounds, shares.append)
    starts = [f.start + index.shift for f in index.fragments]
    assert starts == pytest.approx(key_frames(source), abs=1e-3)
    places = [(f.offset, f.offset + f.size) for f in index.fragments]
    assert places[0][0] == index.head
    assert all(before[1] == after[0] for before, after in pairwise(places))
    data = target.read_bytes()
    assert all(data[start + 4 : start + 8] == b"moof" for start, _ in places)
    assert data[places[-1][1] + 4 : places[-1][1] + 8] in (b"mfra", b"")
    assert index.mime.startswith('video/mp4; codecs="avc1.')
    assert codecs in index.mime
    assert index.mime.count(",") == bool(codecs)
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1


def test_pictures_keep_their_times(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    """Every picture of the fragments has exactly the time it has in the source, reordered ones as well.

    Read from the boxes as browsers do (FFmpeg's reader moves negative composition offsets).
    """
    import av

    with av.open(str(make_clip())) as film:
        packets = [p for p in film.demux(video=0) if p.pts is not None]
        wanted = [round(float(p.pts * p.time_base), 4) for p in packets]
    assert wanted != sorted(wanted)
    index = fragment(make_clip(), tmp_path / "fragments.mp4")
    data = (tmp_path / "fragments.mp4").read_bytes()
    assert [round(t + index.shift, 4) for t in presented(data)] == wanted


def test_other_sound_becomes_opus(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    """Sound that no browser plays in fragments is made Opus of the same length."""
    import av

    index = fragment(make_clip("mp3.mp4", sound="libmp3lame"), tmp_path / "fragments.mp4")
    assert "opus" in index.mime
    with av.open(str(tmp_path / "fragments.mp4")) as film:
        samples = sum(frame.samples for frame in film.decode(audio=0))
    assert samples / 48_000 == pytest.approx(3, abs=0.15)


@pytest.mark.parametrize(
    ("name", "codec", "mime"),
    [("a.wav", "pcm_s16le", "opus"), ("a.mp3", "libmp3lame", "opus"), ("a.m4a", "aac", "mp4a.40.2")],
)
def test_sound_alone_is_played(tmp_path: Path, name: str, codec: str, mime: str) -> None:
    """A file of sound becomes fragments without a picture: AAC as it is, anything else as Opus."""
    stored = tmp_path / name.replace("m4a", "mp4")
    path = recording(stored, Track(0.5, 1.5, seconds=2), codec=codec).rename(tmp_path / name)
    index = fragment(path, tmp_path / "out.mp4")
    assert index.mime == f'audio/mp4; codecs="{mime}"'
    assert len(index.fragments) >= 2
    assert found_chirps(heard(tmp_path / "out.mp4")) == pytest.approx([0.5, 1.5], abs=0.05)


def test_what_cannot_be_played_is_said(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    """Another picture codec, a file that is no film, and a missing decoder are each one clear sentence."""
    with pytest.raises(UsageError, match=r"old\.mp4 can't be played here: its picture is mpeg4"):
        fragment(make_clip("old.mp4", codec="mpeg4"), tmp_path / "a.mp4")
    fake = tmp_path / "fake.mp4"
    fake.write_text("no film")
    with pytest.raises(UsageError, match=r"fake\.mp4 can't be read as a film"):
        fragment(fake, tmp_path / "b.mp4")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_not_the_films_fault(make_clip: Callable[..., Path]) -> None:
    """Where the fragments find no room the film is not said to be unreadable."""
    with pytest.raises(OSError, match="No space left"):
        fragment(make_clip(), Path("/dev/full"))


def test_a_missing_decoder_says_what_to_install(
    make_clip: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without PyAV the error names what to install."""
    clip = make_clip()
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(MissingExtra, match=r"nemo-widgets\[studio\]"):
        fragment(clip, tmp_path / "a.mp4")


@pytest.mark.parametrize(
    ("codec", "extradata", "name"),
    [
        ("h264", "014d4028ffe1", "avc1.4D4028"),
        ("h264", "00000001674d401f9a", "avc1.4D401F"),
        ("h264", "", "avc1.640028"),
        ("aac", "1210", "mp4a.40.2"),
        ("aac", "2b92", "mp4a.40.5"),
        ("aac", "f94a", "mp4a.40.42"),
        ("aac", "", "mp4a.40.2"),
        ("opus", "", "opus"),
    ],
)
def test_codecs_are_named_as_browsers_want(codec: str, extradata: str, name: str) -> None:
    """Codec names come from the decoder's own header, in each of its forms."""
    assert codec_name(codec, bytes.fromhex(extradata)) == name


def boxes(data: bytes, *path: bytes) -> list[bytes]:
    """The bodies of all boxes at a path."""
    found, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == path[0]:
            body = data[at + 8 : at + size]
            found += boxes(body, *path[1:]) if path[1:] else [body]
        at += size
    return found


def presented(data: bytes) -> list[float]:
    """When each picture of the first track is presented: decode time + composition offset (§8.8.8)."""

    def number(body: bytes, at: int, size: int = 4) -> int:
        return int.from_bytes(body[at : at + size], "big", signed=True)

    scale = number(boxes(data, b"moov", b"trak", b"mdia", b"mdhd")[0], 12)
    times = []
    for traf in boxes(data, b"moof", b"traf"):
        (tfhd,), (tfdt,), (trun,) = (boxes(traf, kind) for kind in (b"tfhd", b"tfdt", b"trun"))
        if number(tfhd, 4) != 1:
            continue
        flags = int.from_bytes(tfhd[1:4], "big")
        usual = number(tfhd, 8 + 8 * bool(flags & 1) + 4 * bool(flags & 2)) if flags & 8 else 0
        decoded = number(tfdt, 4, 8 if tfdt[0] else 4)
        flags = int.from_bytes(trun[1:4], "big")
        at = 8 + 4 * bool(flags & 1) + 4 * bool(flags & 4)
        for _ in range(number(trun, 4)):
            lasts = number(trun, at) if flags & 0x100 else usual
            at += 4 * (bool(flags & 0x100) + bool(flags & 0x200) + bool(flags & 0x400))
            times.append((decoded + (number(trun, at) if flags & 0x800 else 0)) / scale)
            at += 4 * bool(flags & 0x800)
            decoded += lasts
    return times


def ask(ear: Ear, **question: Any) -> tuple[dict[str, Any], Any]:
    """The answer to a question of the view, and its bytes."""
    ear.say(question)
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        for data, buffers in zip(list(ear.sent), list(ear.buffers), strict=False):
            if data.get("content", {}).get("id") == question["id"]:
                return data["content"], buffers
        time.sleep(0.01)
    raise AssertionError("no answer came")


def test_pieces_make_up_the_film(make_clip: Callable[..., Path], ear_of: Callable[[Any], Ear]) -> None:
    """Head and fragments, read piece by piece, are a film with all the source's pictures."""
    import av

    player = Player(make_clip())
    ear = ear_of(player)
    film, _ = ask(ear, type="open", id="v:1", sounds=["aac", "opus"])
    again, _ = ask(ear, type="open", id="v:2", sounds=["aac", "opus", "mp3"])
    assert film["type"] == "opened"
    assert film["fragments"] == again["fragments"]
    whole = b""
    places = [(0, film["head"]), *((offset, size) for _, offset, size in film["fragments"])]
    for number, (offset, size) in enumerate(places):
        piece, buffers = ask(
            ear, type="read", id=f"r:{number}", sounds=film["sounds"], offset=offset, size=size
        )
        assert piece["type"] == "piece"
        whole += bytes(buffers[0])
    with av.open(io.BytesIO(whole)) as played:
        assert sum(1 for _ in played.decode(video=0)) == 90


@pytest.mark.parametrize(
    "wrong",
    [
        {"offset": -1, "size": 10},
        {"offset": 0, "size": 0},
        {"offset": 0, "size": PIECE + 1},
        {"offset": 10**12, "size": 10},
        {"offset": "0", "size": 10},
        {"offset": 0, "size": True},
        {"offset": 0},
        {"offset": 0, "size": 10, "sounds": ["opus"]},
        {"offset": 0, "size": 10, "sounds": 3},
    ],
)
def test_only_the_film_can_be_read(
    make_clip: Callable[..., Path], ear_of: Callable[[Any], Ear], wrong: dict[str, Any]
) -> None:
    """A question for what is not a piece of the opened film is refused, never answered and never an error."""
    ear = ear_of(Player(make_clip()))
    ask(ear, type="open", id="o", sounds=["aac"])
    answer, buffers = ask(ear, **{"type": "read", "id": "r", "sounds": ["aac"], **wrong})
    assert answer["type"] == "refused"
    assert buffers is None


def test_a_refusal_reaches_the_view(make_clip: Callable[..., Path], ear_of: Callable[[Any], Ear]) -> None:
    """A film that can't be cut into fragments answers with the reason; nonsense is not answered at all."""
    ear = ear_of(Player(make_clip("old.mp4", codec="mpeg4")))
    for nonsense in ("x", None, {"type": "open"}, {"type": "read", "id": 3}, {"id": "z", "type": "delete"}):
        ear.say(nonsense)
    answer, _ = ask(ear, type="open", id="o", sounds=["aac"])
    assert answer["type"] == "refused"
    assert "mpeg4" in answer["why"]
    assert len(ear.custom) == 1


def test_a_folder_for_temporary_files_that_takes_none_is_told(
    make_clip: Callable[..., Path],
    ear_of: Callable[[Any], Ear],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The view that waits for a film hears why it can't be prepared, and what to do."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    answer, _ = ask(ear_of(Player(make_clip())), type="open", id="o", sounds=["aac"])
    assert answer["type"] == "refused"
    assert "folder for temporary files: the folder is not there any more" in answer["why"]
    assert "TMPDIR" in answer["why"]


def test_the_fragments_do_not_stay(make_clip: Callable[..., Path], ear_of: Callable[[Any], Ear]) -> None:
    """The file of fragments is removed with its player."""
    player = Player(make_clip())
    ask(ear_of(player), type="open", id="o", sounds=[])
    (made,) = player._made.values()
    path = made[0]
    assert path.is_file()
    player.close()
    assert not path.exists()


def test_it_can_be_told_and_asked(make_clip: Callable[..., Path], ear_of: Callable[[Any], Ear]) -> None:
    """play, pause and seek reach the view, a seek stays within the film, and the length is known."""
    player = Player(make_clip(), duration_ms=3000)
    player.play()
    player.seek(99)
    player.seek(-1)
    player.pause()
    verbs = [(m["verb"], m.get("to")) for m in ear_of(player).custom]
    assert verbs == [("play", None), ("seek", 3.0), ("seek", 0.0), ("pause", None)]
    assert (player.duration, player.current_time, player.playing) == (3.0, 0.0, False)


@pytest.mark.usefixtures("ears")
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("solar.mp4", "Run %nemo play solar.mp4 to play it."),
        ("films/太阳 #1.mp4", 'Run %nemo play "films/太阳 #1.mp4" to play it.'),
        ('a "b" c.mp4', "Run this cell to play it."),
        ("long " * 20 + ".mp4", "Run this cell to play it."),
    ],
)
def test_a_poster_says_how_to_play(
    make_clip: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, hint: str
) -> None:
    """Below the picture stands a command that plays this very file from the notebook's folder."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(make_clip().read_bytes())
    monkeypatch.chdir(tmp_path)
    _, metadata = Player(path)._repr_mimebundle_()
    assert metadata["image/png"]["alt"].endswith(hint)
    if "nemo" in hint:
        typed = hint.removeprefix("Run %nemo ").removesuffix(" to play it.")
        _, options = parse(typed, None, {})
        assert Path(options.path) == Path(name)


@pytest.mark.usefixtures("ears")
def test_files_below_the_notebook_have_a_url(
    make_clip: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file below the kernel's folder is given to the page by its quoted path, any other is not."""
    folder = tmp_path / "媒体"
    folder.mkdir()
    inside = folder / "a b#1.mp4"
    inside.write_bytes(make_clip().read_bytes())
    monkeypatch.chdir(tmp_path)
    assert Player(inside).source == Player("媒体/a b#1.mp4").source == "%E5%AA%92%E4%BD%93/a%20b%231.mp4"
    monkeypatch.chdir(folder)
    assert Player("../媒体/a b#1.mp4").source == "a%20b%231.mp4"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert Player(inside).source == ""


@pytest.mark.usefixtures("ears")
def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is one clear sentence without the whole path."""
    for path in (tmp_path / "gone.mp4", tmp_path):
        with pytest.raises(UsageError, match=f"There is no file '{path.name}' to play") as caught:
            Player(path)
        assert str(tmp_path.parent) not in str(caught.value)


def message(msg_id: str, **metadata: Any) -> dict[str, Any]:
    """A request to run a cell, as a kernel keeps it."""
    return {"header": {"msg_id": msg_id, "session": "5e55"}, "metadata": metadata}


LAB = message("a1b2", deletedCells=[], recordTiming=False, cellId="cell-1")
CODE = message("a1b2", cellId="cell-1")
NBCLIENT = message("5e55_4711_3")


@pytest.fixture
def asks(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Have the kernel answer this request from now on."""

    def ask(request: Any) -> None:
        shell = type("Shell", (), {"get_parent": lambda _: request})()
        monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)

    return ask


@pytest.mark.parametrize("request_", [LAB, NBCLIENT], ids=["lab", "nbclient"])
def test_a_notebook_keeps_the_poster_only(
    make_clip: Callable[..., Path], ears: list[Ear], asks: Callable[[Any], None], request_: dict[str, Any]
) -> None:
    """Where the page covers the poster, and where there is no page, the bundle is poster and words."""
    asks(request_)
    player = Player(make_clip(), title="short.mp4")
    data, metadata = player._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/png"}
    assert data["text/plain"].startswith("short.mp4 · 0:03 · 320×180 · ")
    with Image.open(io.BytesIO(base64.b64decode(data["image/png"]))) as poster:
        assert poster.size == (640, 406)
    told = metadata["image/png"]
    assert (told["width"], told["height"]) == (640, 406)
    assert player.frame == [640, 360, 46]
    assert told["alt"] == f"Poster of the film {data['text/plain']}. Run this cell to play it."
    assert len(str(ears[-1].opened["data"]["state"])) < 60_000
    assert repr(player) == f"<Player {data['text/plain']}>"
    assert player._repr_mimebundle_()[0]["image/png"] == data["image/png"]


@pytest.mark.usefixtures("ears")
@pytest.mark.parametrize(
    "request_",
    [CODE, None, {}, [], message(""), {"header": {"msg_id": 3}}, {"header": None, "metadata": None}],
)
def test_any_other_page_is_given_the_view(
    make_clip: Callable[..., Path], asks: Callable[[Any], None], request_: Any
) -> None:
    """A page that could not cover the poster gets the live view, and poster and words beside it."""
    asks(request_)
    data, metadata = Player(make_clip())._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/png", "application/vnd.jupyter.widget-view+json"}
    assert metadata["image/png"]["width"] == 640


@pytest.mark.usefixtures("ears")
def test_a_poster_is_found_by_its_mark(make_clip: Callable[..., Path]) -> None:
    """Each player's poster, and no other, has its mark at the place where player.js looks for it."""
    at = int(re.search(r"\bMARK_AT = (\d+);", player_js())[1])
    players = [Player(make_clip()), Player(make_clip())]
    addresses = ["data:image/png;base64," + p._repr_mimebundle_()[0]["image/png"] for p in players]
    found = [[address.startswith(p.place, at) for address in addresses] for p in players]
    assert found == [[True, False], [False, True]]
    for address in addresses:
        Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))).verify()


def player_js() -> str:
    return (Path(widgets.__file__).parent / "player.js").read_text(encoding="utf-8")


def test_a_cell_that_runs_again_closes_the_players_of_its_videos(
    make_clip: Callable[..., Path], ears: list[Ear], asks: Callable[[Any], None]
) -> None:
    """Players that were made to show a video go when their cell shows one anew; those of other cells stay."""
    video = Video(make_clip(), 3000, 1)
    runs = [("a1", "one"), ("a1", "one"), ("b2", "two"), ("c3", ""), ("c4", ""), ("d5", "one")]
    for msg_id, cell in runs:
        asks(message(msg_id, deletedCells=[], cellId=cell))
        video._repr_mimebundle_()
    players = [ear for ear in ears if "_esm" in ear.opened["data"]["state"]]
    assert [ear.comm_id in _instances for ear in players] == [False, False, True, True, True, True]
