"""Whatever comes in where the studio reads: it is read, or refused in one sentence. What broke is kept."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nemo_widgets.studio import links, names
from nemo_widgets.studio.drafts import BadDraft, inward
from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.limits import NotJson, OverLimit, parse_json, whole
from nemo_widgets.studio.media import extent
from nemo_widgets.studio.receive import MultipartReceiver
from nemo_widgets.studio.render import Output, RenderError
from nemo_widgets.studio.subtitles import SubtitleError, read_subtitles

BOUNDED = settings(
    max_examples=150, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
TIMED = ("00:00:01,000 --> 00:00:02,500", "00:01.5 --> 00:03", "-->")
LINES = st.sampled_from(["1", *TIMED, "WEBVTT", "NOTE", "{\\an8}x", "<i>x</i>", "&#9;"]) | st.text(
    max_size=20
)
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
