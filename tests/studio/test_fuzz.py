"""Whatever comes in where the studio reads: it is read, or refused in one sentence. What broke is kept."""

import json
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from nemo_widgets.studio import links, names
from nemo_widgets.studio.drafts import BadDraft, inward
from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.limits import NotJson, OverLimit, parse_json, whole
from nemo_widgets.studio.media import MediaError, extent
from nemo_widgets.studio.media.still import StillReader
from nemo_widgets.studio.media.text import subtitles
from nemo_widgets.studio.receive import MultipartReceiver
from nemo_widgets.studio.render import Output, RenderError
from nemo_widgets.studio.subtitles import SubtitleError, read_subtitles
from nemo_widgets.widgets import AnswerPicture
from nemo_widgets.widgets.stills import look

BOUNDED = settings(
    max_examples=150, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
TIMED = (
    *("00:00:01,000 --> 00:00:02,500", "00:01.5 --> 00:03", "-->", "0:00:01.000,0:00:02.500", "[00:01.00]x"),
    *("[offset:+500]", "[Events]", "Format: Start,End,Text", "Dialogue: 0,0:00:01.00,0:00:02.50,,,0,0,0,,x"),
    *('<tt xmlns="http://www.w3.org/ns/ttml">', "<body>", '<p begin="1s" end="2s">x</p>', "<p dur='99t'>"),
    *('<p begin="00:00:01:12">', "</body></tt>", "<br/>", "<!--", "<!DOCTYPE tt [", '<?xml version="1.0"?>'),
)
LINES = st.sampled_from(
    ["1", *TIMED, "WEBVTT", "NOTE", "{\\an8}x", "<i>x</i>", "&#9;", "&lt;", "&a;"]
) | st.text(max_size=20)
KEYS = st.sampled_from(["format", "quality", "resolution", "fps", "codec", "crf"])
HEAD = b'Content-Disposition: form-data; name=files; filename="a.mp4"'
PART = st.sampled_from([b"--b\r\n", b"--b--", b"\r\n", HEAD, b"\r\n\r\n", b"x"])


@BOUNDED
@given(st.lists(LINES, max_size=12).map("\n".join) | st.text(max_size=200))
@example("WEBVTT\n\n00:01.000 --> 00:02.000\n&#" + "9" * 5000 + ";")
@example("00:00:01,000 --> 00:00:02,500\n" + "{\\" * 5000)
def test_subtitles(text):
    """Any text is subtitles in order, each with something in it, or none for a reason."""
    try:
        cues = read_subtitles(text).cues
    except SubtitleError as error:
        assert len(str(error)) < 300  # noqa: PT017 - either may come
        return
    assert all(start < end and written for start, end, written in cues)
    assert [cue[0] for cue in cues] == sorted({cue[0] for cue in cues})


@BOUNDED
@given(st.lists(st.sampled_from(TIMED).map(str.encode) | st.binary(max_size=12), max_size=12).map(b"\n".join))
@example(b"\xff\xfe<\0t\0t\0>\0")
@example(b'<?xml version="1.0" encoding="\xff"?><tt/>')
def test_subtitle_files(tmp_path, content):
    """Any bytes are a file of subtitles in some encoding, or refused for a reason."""
    path = tmp_path / "a.srt"
    path.write_bytes(content)
    try:
        assert subtitles(path, "a.srt")[0] > 0
    except MediaError as error:
        assert len(str(error)) < 500  # noqa: PT017 - either may come


def _coded(form, mode="RGB"):
    data = BytesIO()
    Image.linear_gradient("L").resize((24, 16)).convert(mode).save(data, form)
    return data.getvalue()


PICTURES = [_coded(form) for form in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "BMP", "PPM", "ICO", "TGA")]
PICTURES += [_coded("GIF", "P"), _coded("PNG", "I;16"), _coded("TIFF", "CMYK"), _coded("TGA", "RGBA")]
PICTURES += [b"qoif\0\0\0\x04\0\0\0\x04\x03\0" + b"\xfe\1\2\3" * 16 + b"\0" * 7 + b"\1"]
PICTURES += [b"8BPS\0\1" + bytes(6) + b"\0\3\0\0\0\4\0\0\0\4\0\x08\0\3" + bytes(12 + 2 + 48)]


@BOUNDED
@given(
    st.sampled_from(PICTURES),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=6),
    st.integers(8, 5000),
)
def test_pictures(tmp_path, picture, changes, length):
    """Whatever byte of a picture is another one, it is read or refused, by the studio and for its card."""
    data = bytearray(picture[:length])
    for at, byte in changes:
        if at < len(data):
            data[at] = byte
    path = tmp_path / "a.png"
    path.write_bytes(data)
    try:
        with StillReader(path) as still:
            assert still.at(0).mode == "RGB"
    except MediaError as error:
        assert len(str(error)) < 300  # noqa: PT017 - either may come
    assert look(path).width >= 0
    kept = AnswerPicture(bytes(data), "").kept
    assert kept is None or kept[1]


@BOUNDED
@given(JSON | st.fixed_dictionaries({"t": JSON}) | st.builds(lambda m: {"t": [{"sg": [{"m": m}]}]}, JSON))
@example({"t": [{"sg": [{"m": {"src": "http://[/media/a"}}]}]})
@example({"t": [{"sg": [{"m": {"text": "\ud83d"}}]}]})
def test_drafts(draft):
    """Any JSON is a draft that can be exported, or none for a reason; as a value and as a text."""
    for sent in (draft, json.dumps(draft)):
        try:
            assert isinstance(inward(sent, {}), dict)
        except (BadDraft, OverLimit) as error:
            assert len(str(error)) < 300  # noqa: PT017 - either may come


@BOUNDED
@given(JSON.map(json.dumps).map(str.encode) | st.binary(max_size=60))
@example(b'{"a": ' + b"9" * 5000 + b"}")
@example(b"[" * 100_000)
@example(b'"\xed\xa0\x80"')
def test_json(body):
    """Any bytes are JSON that can be written again, or none for a reason."""
    try:
        value = parse_json(body, "It")
    except (NotJson, OverLimit) as error:
        assert len(str(error)) < 300  # noqa: PT017 - either may come
        return
    assert whole(value) in (True, False)
    assert parse_json(json.dumps(value), "It") == value


@BOUNDED
@given(
    st.dictionaries(
        st.sampled_from(["format", "quality", "resolution", "fps", "codec", "crf"]), JSON, max_size=4
    )
)
@example({"fps": "1e999999999"})
@example({"fps": "9" * 5000})
@example({"crf": float("nan")})
@example({"crf": float("inf")})
def test_forms_of_exports(output):
    """Any JSON is the form of an export, or none for a reason."""
    try:
        Output.from_request(output)
    except RenderError as error:
        assert len(str(error)) < 300  # noqa: PT017 - either may come


@BOUNDED
@given(st.lists(PART | st.binary(max_size=8), max_size=14).map(b"".join), st.integers(1, 9))
@example(b'--b\r\nContent-Disposition: form-data; filename="\xff.mp4"\r\n\r\nx\r\n--b--', 3)
def test_forms(tmp_path, body, piece):
    """Any body is a form with files, or none for a reason, however it is cut in pieces; nothing is left."""
    count = iter(range(1000))
    receiver = MultipartReceiver(
        "multipart/form-data; boundary=b", lambda: tmp_path / f"{id(body)}-{next(count)}", 1000
    )
    try:
        for at in range(0, len(body), piece):
            receiver.feed(body[at : at + piece])
        assert receiver.finish()
    except Refused as error:
        assert len(error.message) < 500  # noqa: PT017 - either may come
    finally:
        receiver.discard()
    assert not list(tmp_path.iterdir())


@BOUNDED
@given(st.text(max_size=60) | st.text(max_size=20).map("https://{}".format))
@example("http://127.0.0.1:99999/x.mp4")
@example("http://[::1")
@example("https://\ud83d/x")
def test_links_and_names(text):
    """Any text as a link or a name comes to a name that can be shown and kept."""
    assert len(links.shown(text)) < 600
    assert len(links._file_name(text).encode()) <= 200
    assert links.link_hash(text)
    assert 0 < len(names.display_name(text).encode()) <= 200
    assert names.result_name(text, "mp4").endswith(".mp4")
    assert extent._length(text) >= 0


@pytest.mark.parametrize("told", ["00:00:1e999999999", "9" * 5000 + ":0:0", "1:2", "nan:0:0", "0:0:inf"])
def test_lengths_that_files_tell(told):
    """A length in a file's metadata that is none is left aside at once."""
    assert extent._length(told) == 0
