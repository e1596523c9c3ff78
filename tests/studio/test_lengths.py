"""How long clips are found to be, stream by stream; nothing of them is lost, and what is odd is said."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from clips import RATE, chirp, code_clip, found_chirps, heard, number, picture, watched
from containers import Case, cases, decoded_sound, exported, faults, made, timeline_of, uploaded, write
from PIL import Image
from soundtracks import Track, recording

from nemo_widgets.draft import Draft
from nemo_widgets.studio.analysis.pictures import Pictures
from nemo_widgets.studio.media import probe
from nemo_widgets.studio.media.extent import extents
from nemo_widgets.studio.media.opening import demuxed
from nemo_widgets.studio.media.pace import Pace
from nemo_widgets.studio.media.sound import SoundReader
from nemo_widgets.studio.media.video import VideoReader

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the clips of these tests are made of is kept here, and made once."""
    return tmp_path_factory.mktemp("lengths")


def _label(case: Case) -> str:
    sounds = "-".join(f"{float(begin):g}to{float(end):g}" for begin, end in case.sounds) or "silent"
    return f"{case.container}-{case.pace}-{sounds}-from{case.start}{'' if case.told else '-untold'}"


@pytest.mark.parametrize("case", cases()[::31], ids=_label)
def test_pictures_and_sounds_are_where_they_are_in_the_file(case: Case, folder: Path) -> None:
    """Whatever container, pace and beginning: the length is right to the frame, and sound within 20 ms."""
    assert faults(case, folder) == []


@pytest.mark.parametrize("container", ["mkv", "webm", "mp4", "ts"])
def test_the_last_picture_is_held_until_the_sound_ends(container: str, folder: Path) -> None:
    """Sound that goes on for longer than the pictures is heard to its end, and that is said."""
    case = Case(container, "cfr", ((Fraction(0), Fraction(9, 2)),))
    assert faults(case, folder) == []
    (note,) = uploaded(made(case, folder)).notes
    assert note.en == "its pictures end at 0:02, its sound at 0:04.5: the last picture stands until then"
    assert note.zh == "画面到 0:02 结束，声音到 0:04.5 结束：最后一幅画面保持到那时"


def test_a_recording_without_a_length_is_as_long_as_it_is(folder: Path) -> None:
    """As browsers record a screen that rarely changes: no length, pictures only while something moves."""
    case = Case("webm", "vfr", ((Fraction(0), Fraction(5)),), told=False)
    assert faults(case, folder) == []


def test_slides_stand_for_as_long_as_the_talk_goes_on(folder: Path) -> None:
    """A slide each second and sound beyond the last: all of it is there, cut short it is not called."""
    case = Case("mkv", "1fps", ((Fraction(0), Fraction(6)),))
    assert faults(case, folder) == []
    assert "cut off" not in " ".join(note.en for note in uploaded(made(case, folder)).notes)


def test_what_ends_early_or_begins_late_is_said(folder: Path) -> None:
    """Sound that ends before the pictures, or begins after them, is no fault, but worth a word."""
    short = uploaded(made(Case("mp4", "1fps", ((Fraction(0), Fraction(1)),)), folder)).notes
    late = uploaded(made(Case("mp4", "1fps", ((Fraction(3, 2), Fraction(3)),)), folder)).notes
    early = uploaded(made(Case("mkv", "cfr", ((Fraction(-2), Fraction(2)),)), folder)).notes
    assert [note.en for note in short] == ["no sound after 0:01"]
    assert [note.en for note in late] == ["no sound before 0:01.5"]
    assert [note.en for note in early] == ["its pictures begin at 0:02: the first one stands until then"]
    assert uploaded(made(Case("mp4", "cfr", ((Fraction(0), Fraction(2)),)), folder)).notes == ()


@pytest.mark.parametrize(
    "container", ["ts", "mpg", "mkv", "webm", "mp4", "mov", "fragments.mp4", "avi", "flv", "wmv", "nut"]
)
def test_joined_files_are_as_long_as_all_their_parts(container: str, folder: Path, tmp_path: Path) -> None:
    """Two files in one, the second one's clock starting again: both are shown, heard, and can be cut to."""
    sound = ((Fraction(0), Fraction(2)),)
    if container in RECODED:
        part = _recoded(folder, container)
    elif container == "fragments.mp4":
        part = made(Case("mp4", "cfr", sound, told=False), folder)
    elif container in ("flv", "nut"):
        made(Case("mp4", "cfr", sound), folder)
        part = tmp_path / f"part.{container}"
        write(part, [part_of(folder, "pictures"), part_of(folder, "sound")], [Fraction(0), Fraction(0)])
    else:
        part = made(Case(container, "cfr", sound), folder)
    path = tmp_path / f"joined.{container}"
    path.write_bytes(part.read_bytes() * 2)
    draft = timeline_of(path)
    assert draft.duration_ms == pytest.approx(4000, abs=2)
    (note,) = uploaded(path).notes
    assert note.en == "2 files are joined in it: the second begins at 0:02"
    assert note.zh == "其中首尾相接了 2 个文件：后面的从 0:02 开始"
    film = exported(draft, tmp_path / "film.mp4", path)
    assert [number(luma) for luma in watched(film)] == [*range(50), *range(50)]
    whole = found_chirps(decoded_sound(film))
    assert whole == pytest.approx([0.25, 1, 1.75, 2.25, 3, 3.75], abs=0.02)
    data = draft.data
    first = data["t"][0]["sg"][0]
    second = {"d": 1000, "m": {**first["m"], "id": "v2", "start": 1000, "in": 520, "out": 1520}}
    first["d"], first["m"] = 1000, {**first["m"], "in": 2600, "out": 3600}
    data["t"][0]["sg"], data["d"] = [first, second], 2000
    film = exported(Draft(data), tmp_path / "cut.mp4", path)
    assert [number(luma) for luma in watched(film)] == [*range(15, 40), *range(13, 38)]
    assert found_chirps(decoded_sound(film)) == pytest.approx([0.4, 1.48], abs=0.02)


def test_joined_files_may_differ(tmp_path: Path) -> None:
    """Of another size, rate, codec and way up, without sound: the second file is shown as alone."""
    one = code_clip(tmp_path / "one.mp4", frames=25, fps=25, size=(96, 54), chirps=[0.5], bframes=0)
    two = code_clip(tmp_path / "two.mp4", frames=50, fps=50, size=(108, 192), first=100, codec="mpeg4",
                    audio=None, rotate=90)  # fmt: skip
    path = tmp_path / "both.mp4"
    path.write_bytes(one.read_bytes() + two.read_bytes())
    media = uploaded(path)
    assert (media.duration_ms, media.fps) == (2000, 50)
    film = exported(timeline_of(path), tmp_path / "film.mp4", path)
    alone = exported(timeline_of(two), tmp_path / "alone.mp4", two)
    shown = watched(film)
    assert [number(luma) for luma in shown[:50]] == [n // 2 for n in range(50)]
    assert np.abs(np.stack(shown[50:]) - np.stack(watched(alone)).astype(float)).mean() < 4
    assert found_chirps(decoded_sound(film)) == pytest.approx([0.5], abs=0.02)
    with Pictures(path, exact=True) as pictures:
        turned = [picture.look.rotation for picture in pictures.stream()]
    assert set(turned[:25]) == {0}
    assert set(turned[25:]) == {VideoReader(two).look.rotation} != {0}


@pytest.mark.parametrize(
    "told",
    [{"mpegts_start_pid": "0x200"}, {"mpegts_pmt_start_pid": "0x1100", "mpegts_service_id": "2"}, {}],
    ids=["streams", "program", "codec"],
)
def test_joined_broadcasts_may_differ(told: dict[str, str], tmp_path: Path) -> None:
    """The second stream's names, program and codec may be others, and the first may be silent: all counts."""
    one = _broadcast(tmp_path / "one.ts", 0, sound=False)
    two = _broadcast(tmp_path / "two.ts", 100, codec="libx264" if told else "mpeg2video", options=told)
    path = tmp_path / "both.ts"
    path.write_bytes(one.read_bytes() + two.read_bytes())
    film = exported(timeline_of(path), tmp_path / "film.mp4", path)
    assert [number(luma) for luma in watched(film)] == [*range(25), *range(100, 125)]
    assert found_chirps(decoded_sound(film)) == pytest.approx([1.5], abs=0.02)
    assert uploaded(path).notes[0].en == "2 files are joined in it: the second begins at 0:01"


def test_a_stream_that_is_taken_up_later_ends_no_reading(tmp_path: Path) -> None:
    """A program that gets another sound while it is on the air is read on to its end."""
    one = _broadcast(tmp_path / "one.ts", 0)
    two = _broadcast(tmp_path / "two.ts", 100, options={"mpegts_pmt_start_pid": "0x1100"})
    path = tmp_path / "both.ts"
    path.write_bytes(one.read_bytes() + two.read_bytes() + one.read_bytes())
    with av.open(str(path)) as file:
        pictures = [packet for packet in demuxed(file, file.streams.video[0]) if packet.size]
    assert len(pictures) == 75


def _broadcast(
    path: Path,
    first: int,
    *,
    codec: str = "libx264",
    sound: bool = True,
    options: dict[str, str] | None = None,
) -> Path:
    """A second of MPEG-TS with a chirp in its middle."""
    with av.open(str(path), "w", format="mpegts", options=options or {}) as file:
        video = file.add_stream(codec, rate=25, options={"bf": "0"})
        video.width, video.height, video.pix_fmt, video.bit_rate = 96, 54, "yuv420p", 2_000_000
        heard = file.add_stream("mp2", rate=RATE, layout="mono") if sound else None
        for i in range(25):
            frame = av.VideoFrame.from_ndarray(picture(first + i, 96, 54), "gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = i, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        if heard is not None:
            wave = np.zeros(RATE, np.float32)
            wave[RATE // 2 :][: chirp().size] = chirp()
            frame = av.AudioFrame.from_ndarray(wave[None], "flt", "mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
            for turned in av.AudioResampler("s16", "mono", RATE, frame_size=1152).resample(frame):
                file.mux(heard.encode(turned))
            file.mux(heard.encode(None))
    return path


def test_a_joined_file_that_cannot_be_read_is_told_of(folder: Path, tmp_path: Path) -> None:
    """Where only the first of two files in one can be read, that one is used, and it is said."""
    made(Case("mp4", "cfr", ((Fraction(0), Fraction(2)),)), folder)
    one, path = tmp_path / "one.mp4", tmp_path / "two.mp4"
    write(one, [part_of(folder, "pictures"), part_of(folder, "sound")], [Fraction(0), Fraction(0)])
    whole = one.read_bytes()
    path.write_bytes(whole + whole[: whole.index(b"ftyp") + 28] + b"\0\0\0\x08moov")
    assert uploaded(one).notes == ()
    (note,) = uploaded(path).notes
    assert note.en == "the file joined to its end can't be read: upload each as a file of its own"
    assert uploaded(path).duration_ms == 2000


@pytest.mark.parametrize(
    ("name", "codec"),
    [("ogg", "libopus"), ("flac", "flac"), ("wav", "pcm_s16le"), ("aiff", "pcm_s16be"), ("caf", "pcm_s16be"),
     ("mp3", "libmp3lame"), ("m4a", "aac"), ("w64", "pcm_s16le")],
)  # fmt: skip
def test_joined_sounds_are_heard_one_behind_the_other(name: str, codec: str, tmp_path: Path) -> None:
    """Sounds in a row, as radio streams and recorders save them: all are heard, each in its time."""
    part, path = tmp_path / f"part.{name}", tmp_path / f"joined.{name}"
    wave = np.zeros(RATE * 2, np.float32)
    wave[RATE // 2 :][: chirp().size] = chirp()
    with av.open(str(part), "w") as file:
        stream = file.add_stream(codec, rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(wave[None], "flt", "mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        own, size = stream.codec_context.format, stream.codec_context.frame_size
        resampler = av.AudioResampler(own, "mono", RATE, frame_size=size or 1024)
        for turned in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(turned))
        file.mux(stream.encode(None))
    path.write_bytes(part.read_bytes() * 2)
    assert probe(path).duration_ms == pytest.approx(4000, abs=20)
    assert found_chirps(heard(path)) == pytest.approx([0.5, 2.5], abs=0.02)
    with SoundReader(path) as reader:
        reader.seek(2 * RATE)
        assert found_chirps(reader.read(RATE)) == pytest.approx([0.5], abs=0.02)


def test_a_joined_aac_of_another_rate_keeps_its_pitch(tmp_path: Path) -> None:
    """Half a file at 48 kHz, half at 24 kHz: both are heard at their pitch and in their time."""
    path = tmp_path / "both.aac"
    whole = b""
    for rate in (RATE, RATE // 2):
        part = tmp_path / f"{rate}.aac"
        wave = np.zeros(2 * RATE, np.float32)
        wave[RATE // 2 :][: chirp().size] = chirp()
        with av.open(str(part), "w", format="adts") as file:
            stream = file.add_stream("aac", rate=rate, layout="mono")
            frame = av.AudioFrame.from_ndarray(wave[None], "fltp", "mono")
            frame.sample_rate = RATE
            for turned in av.AudioResampler("fltp", "mono", rate).resample(frame):
                file.mux(stream.encode(turned))
            file.mux(stream.encode(None))
        whole += part.read_bytes()
    path.write_bytes(whole)
    assert probe(path).duration_ms == pytest.approx(4000, abs=100)
    # An encoder of AAC begins 1024 samples early, which such a file can't tell.
    assert found_chirps(heard(path)) == pytest.approx([0.521, 2.564], abs=0.03)


def test_an_mp3_is_joined_with_its_tag(tmp_path: Path) -> None:
    """The second file's tag, which holds a picture, is neither heard nor does it move what follows it."""
    part, path = tmp_path / "part.mp3", tmp_path / "joined.mp3"
    wave = np.zeros(RATE * 2, np.float32)
    wave[RATE // 2 :][: chirp().size] = chirp()
    with av.open(str(part), "w") as file:
        stream = file.add_stream("libmp3lame", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(wave[None], "fltp", "mono")
        frame.sample_rate = RATE
        for turned in av.AudioResampler("s16p", "mono", RATE, frame_size=1152).resample(frame):
            file.mux(stream.encode(turned))
        file.mux(stream.encode(None))
    sound = part.read_bytes()
    noise = np.random.default_rng(0).integers(0, 256, 20_000, np.uint8).tobytes()
    size = len(noise) + 10
    frame_head = b"APIC" + len(noise).to_bytes(4, "big") + b"\0\0"
    tag = b"ID3\3\0\0" + bytes(size >> shift & 127 for shift in (21, 14, 7, 0)) + frame_head + noise
    body = sound[sound.index(b"Info") - 21 :]
    path.write_bytes(sound + tag + body)
    assert probe(path).duration_ms == pytest.approx(4000, abs=20)
    assert found_chirps(heard(path)) == pytest.approx([0.5, 2.5], abs=0.01)


@pytest.mark.parametrize(
    ("codec", "between"), [("libx264", 0), ("libx264", 1), ("libx264", 2), ("mpeg4", 2), ("mjpeg", 0)]
)
def test_a_picture_stands_while_an_avi_leaves_pictures_out(codec: str, between: int, tmp_path: Path) -> None:
    """A recorder of the screen writes nothing while nothing moves; the next picture comes in its time.

    So it is with pictures that are stored behind later ones (`between` two others), too.
    """
    path, moments = tmp_path / "screen.avi", [*range(10), *range(60, 75)]
    with av.open(str(path), "w") as file:
        video = file.add_stream(codec, rate=25, options={} if codec == "mjpeg" else {"bf": str(between)})
        video.width, video.height, video.pix_fmt = 96, 54, "yuvj420p" if codec == "mjpeg" else "yuv420p"
        video.time_base = video.codec_context.time_base = Fraction(1, 25)
        for moment in moments:
            frame = av.VideoFrame.from_ndarray(picture(moment, 96, 54), "gray").reformat(format=video.pix_fmt)
            frame.pts, frame.time_base = moment, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
    assert probe(path).duration_ms == 3000
    with VideoReader(path) as reader:
        shown = [number(reader.at(Fraction(k, 25)).to_ndarray(format="gray")) for k in range(75)]
        assert shown == [*range(10), *[9] * 50, *range(60, 75)]
        assert number(reader.at(Fraction(1)).to_ndarray(format="gray")) == 9
    with Pictures(path, exact=True) as pictures:
        seen = [(p.ms, number(p.frame.to_ndarray(format="gray"))) for p in pictures.stream()]
    assert seen == [(moment * 40, moment) for moment in moments]


def test_pictures_of_a_program_stream_are_found_in_any_order(folder: Path) -> None:
    """A DVD's stream dates few of its pictures: they are found again where they were going forward."""
    path = _recoded(folder, "mpg")
    with VideoReader(path) as reader:
        forward = [number(reader.at(Fraction(k, 25)).to_ndarray(format="gray")) for k in range(50)]
        for k in (40, 7, 31, 0, 26, 13):
            assert number(reader.at(Fraction(k, 25)).to_ndarray(format="gray")) == forward[k]


RECODED = {"mpg": ("vob", "mpeg2video", "mp2"), "wmv": ("asf", "wmv2", "wmav2")}
"""What a DVD and Windows have: the container and the codecs."""


def _recoded(folder: Path, name: str) -> Path:
    """The same pictures and sound in such a file."""
    part, (form, codec, voice) = folder / f"part.{name}", RECODED[name]
    source = made(Case("mkv", "cfr", ((Fraction(0), Fraction(2)),)), folder)
    with av.open(str(source)) as read, av.open(str(part), "w", form) as file:
        video = file.add_stream(codec, rate=25)
        video.width, video.height, video.pix_fmt, video.bit_rate = 96, 54, "yuv420p", 4_000_000
        sound = file.add_stream(voice, rate=RATE, layout="mono")
        sound.bit_rate = 128_000
        sound.codec_context.open()
        own, size = sound.codec_context.format, sound.codec_context.frame_size
        resampler = av.AudioResampler(own, "mono", RATE, frame_size=size)
        for frame in read.decode(read.streams.video[0], read.streams.audio[0]):
            if isinstance(frame, av.VideoFrame):
                frame.pts, frame.time_base, frame.pict_type = round(frame.time * 25), Fraction(1, 25), 0
                file.mux(video.encode(frame))
            else:
                for turned in resampler.resample(frame):
                    file.mux(sound.encode(turned))
        file.mux(video.encode(None))
        file.mux(sound.encode(None))
    return part


def test_a_clock_that_jumps_leaves_no_hole(folder: Path, tmp_path: Path) -> None:
    """A broadcast that was interrupted for a minute goes on at once, and that is said."""
    part = made(Case("ts", "cfr", ((Fraction(0), Fraction(2)),)), folder)
    later = tmp_path / "later.ts"
    write(later, [part_of(folder, "pictures"), part_of(folder, "sound")], [Fraction(62), Fraction(62)])
    path = tmp_path / "gap.ts"
    path.write_bytes(part.read_bytes() + later.read_bytes())
    draft = timeline_of(path)
    assert draft.duration_ms == pytest.approx(4000, abs=45)
    (note,) = uploaded(path).notes
    assert note.en == "nothing was recorded for 1:00 at 0:02: it is left out"
    film = exported(draft, tmp_path / "film.mp4", path)
    assert [number(luma) for luma in watched(film)][:100] == [*range(50), *range(50)]


def part_of(folder: Path, kind: str) -> Path:
    """What the cases at 25 pictures a second in MPEG-TS are made of."""
    if kind == "pictures":
        return folder / "pictures-libx264-cfr.mp4"
    return next(path for path in folder.glob("sound-aac-2-0.25-1-1.75.mp4"))


@pytest.mark.parametrize(("name", "codec"), [("a.aac", "aac"), ("a.mp3", "libmp3lame")])
def test_sound_is_as_long_as_its_packets(name: str, codec: str, tmp_path: Path) -> None:
    """Where a file only lets its length be guessed, from a bit rate that changes, it is counted."""
    noise = np.random.default_rng(0).standard_normal((1, 4 * RATE)).astype(np.float32) * 0.3
    samples = np.concatenate([np.zeros((1, 14 * RATE), np.float32), noise], axis=1)
    path = tmp_path / name
    options = {"write_xing": "0"} if codec == "libmp3lame" else {}
    with av.open(str(path), "w", options=options) as file:
        stream = file.add_stream(codec, rate=RATE, layout="mono", options={"q": "4", "flags": "+qscale"})
        frame = av.AudioFrame.from_ndarray(samples, "fltp", "mono")
        frame.sample_rate = RATE
        for turned in av.AudioResampler(stream.codec_context.format or "fltp", "mono", RATE).resample(frame):
            file.mux(stream.encode(turned))
        file.mux(stream.encode(None))
    with av.open(str(path)) as file:
        guess = (file.duration or 0) / av.time_base
    assert abs(guess - 18) > 1, "the guess has to be wrong for this test"
    assert probe(path).duration_ms == pytest.approx(18_000, abs=60)


@pytest.mark.parametrize(
    ("ending", "codec"),
    [("opus", "libopus"), ("mka", "libopus"), ("caf", "alac"), ("mp3", "libmp3lame")],
)
def test_what_is_skipped_at_the_end_is_taken_off_once(ending: str, codec: str, tmp_path: Path) -> None:
    """A last packet that says how much of it to skip, in its length or besides, ends when the sound does."""
    path = recording(tmp_path / f"note.{ending}", Track(0.5, seconds=1.25, codec=codec))
    assert probe(path).duration_ms == pytest.approx(1250, abs=1)


def test_samples_to_skip_do_not_move_the_sound(folder: Path, tmp_path: Path) -> None:
    """Opus begins with samples that are not heard; a program that moved the pictures by them moved both."""
    write_opus = made(Case("webm", "cfr", ((Fraction(0), Fraction(2)),)), folder)
    sound = folder / "sound-libopus-2-0.25-1-1.75.mp4"
    path = tmp_path / "moved.mkv"
    write(path, [folder / "pictures-libvpx-cfr.webm", sound], [Fraction(7, 1000), Fraction(0)])
    for clip in (write_opus, path):
        film = exported(timeline_of(clip), tmp_path / "film.mp4", clip)
        assert [number(luma) for luma in watched(film)] == list(range(50))
        assert found_chirps(decoded_sound(film)) == pytest.approx([0.25, 1, 1.75], abs=0.002)


@pytest.mark.parametrize("stated", [7, 999_999])
def test_a_sound_is_as_long_as_its_list(folder: Path, tmp_path: Path, stated: int) -> None:
    """Where an MP4's header and its list of packets differ, the sound is neither lost nor made longer."""
    data = made(Case("mp4", "1fps", ((Fraction(0), Fraction(4)),)), folder).read_bytes()
    at = data.rindex(b"mdhd") + 20
    path = tmp_path / "stated.mp4"
    path.write_bytes(data[:at] + stated.to_bytes(4, "big") + data[at + 4 :])
    media = uploaded(path)
    assert media.duration_ms == pytest.approx(4000, abs=30)
    assert [note.en[:15] for note in media.notes] == ["its pictures en"]


@pytest.mark.parametrize("container", ["mkv", "avi", "wmv"])
def test_a_file_that_is_cut_off_is_used_as_far_as_it_goes(
    container: str, folder: Path, tmp_path: Path
) -> None:
    """Half of a download is half a clip, which can be exported; where it is cut off is said."""
    case = Case(container, "cfr", ((Fraction(0), Fraction(2)),))
    whole = _recoded(folder, container) if container in RECODED else made(case, folder)
    assert uploaded(whole).notes == ()
    path = tmp_path / f"half.{container}"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    media = uploaded(path)
    assert 300 < media.duration_ms < 1700
    assert any(note.en.startswith("the file is cut off at ") for note in media.notes)
    film = exported(timeline_of(path), tmp_path / "film.mp4", path)
    shown = [number(luma) for luma in watched(film)]
    assert shown[:8] == list(range(8))
    assert len(shown) == round(media.duration_ms * 25 / 1000)


def test_the_end_is_the_last_picture_seen_not_the_last_decoded(folder: Path) -> None:
    """With B-frames the list of an MP4 puts the gaps elsewhere: the pictures tell when they end."""
    found = extents(made(Case("mp4", "vfr"), folder)).pictures
    assert found is not None
    assert float(found.last - found.first) == pytest.approx(59 / 30, abs=0.001)
    assert float(found.end - found.first) == pytest.approx(2, abs=0.001)


def test_a_clock_that_counts_pictures_rounds_nothing(folder: Path) -> None:
    """At a picture a second the unit of an AVI's clock is a second: none is shown half of it early."""
    assert faults(Case("avi", "1fps", ((Fraction(0), Fraction(4)),)), folder) == []


def test_a_file_is_read_in_constant_memory() -> None:
    """However many pictures there are, no more than some thousand times are held."""
    pace = Pace()
    for moment in range(0, 3_000_000, 30):
        pace.add(moment)
        assert len(pace._block) <= 4096
    pace.finish()
    assert pace.count == 100_000
    assert pace.mean(Fraction(1, 900)) == Fraction(1, 30)
    assert not pace.uneven(Fraction(1, 900))


def test_an_animation_shows_each_of_its_pictures(tmp_path: Path) -> None:
    """Ten quick pictures between two slow ones are all seen: the timeline is as quick as the quickest."""
    frames = [Image.fromarray(picture(i, 96, 54)).convert("RGB") for i in range(12)]
    path = tmp_path / "a.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=[1000, *[40] * 10, 1500])
    draft = timeline_of(path)
    assert draft.meta["fps"] == 25
    film = exported(draft, tmp_path / "film.mp4", path)
    shown = [number(luma) for luma in watched(film)]
    assert shown == [*[0] * 25, *range(1, 11), *[11] * 38][: len(shown)]
