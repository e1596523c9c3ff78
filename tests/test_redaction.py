"""What is secret is hidden however it is written, in one place, at a cost that grows with the text alone."""

import gc
import json
import re

import pytest
from disguised import FORMS, holds
from growth import assert_linear, pumped

from nemo_widgets.client.secret import Secret
from nemo_widgets.links import unsigned
from nemo_widgets.printable import printable
from nemo_widgets.redaction import redact, redact_body, redact_in, redact_json, remember

TOKEN = "nmv_usr_Ab3-dE.fgH_ij~0123456789abcdefghijXYZ"
KEY = "sk-proj/4+Zk9Qm2-Lr7T_w8Xy=Vb1"


@pytest.fixture
def key():
    made = Secret(KEY)
    remember(made)
    return made


@pytest.fixture
def token():
    made = Secret(TOKEN)
    remember(made)
    return made


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_hidden_in_whatever_spelling(form):
    """A text with a secret in it has none any more, whoever decodes it how; what stands around it stays."""
    written = f"It said: {FORMS[form](TOKEN)} and went on."
    assert holds(written, TOKEN)
    hidden = redact(written)
    assert not holds(hidden, TOKEN)
    assert hidden.startswith("It said: ")
    assert hidden.endswith(" and went on.")
    assert "•••" in hidden


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("form", [name for name in FORMS if name != "mixed"])
def test_a_key_of_any_kind_is_hidden(form):
    """What does not look like a token is hidden likewise, once somebody holds it."""
    written = FORMS[form](KEY)
    assert not holds(redact(f"<{written}>"), KEY)


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("length", [12, 16, 30, len(KEY) - 1])
def test_a_secret_that_was_cut_off_is_hidden(length):
    """Of a secret whose end is missing the beginning is hidden too."""
    assert redact(f"It broke at {KEY[:length]}") == "It broke at •••"


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("form", FORMS)
def test_what_is_hidden_in_json_leaves_json(form):
    """An answer is as good JSON as before, and so are its other values; also in UTF-16."""
    answer = json.dumps({"n": 1, "a": [FORMS[form](TOKEN), "x\ny\\"], FORMS[form](TOKEN): "é"})
    for read in (redact_json(answer), redact_body(answer.encode()), redact_body(answer.encode("utf-16"))):
        made = json.loads(read)
        assert made["n"] == 1
        assert made["a"][1] == "x\ny\\"
        assert not holds(json.dumps(made, ensure_ascii=False), TOKEN)


@pytest.mark.usefixtures("key")
def test_escapes_of_json_itself_are_none_of_a_secret():
    """A line end before words that a secret goes on with is no part of one."""
    other = Secret("nemo-secret-0123456789")
    remember(other)
    answer = json.dumps({"text": f"a\n{other.reveal()[1:]}"})
    assert json.loads(redact_json(answer)) == {"text": f"a\n{other.reveal()[1:]}"}


@pytest.mark.usefixtures("token", "key")
def test_what_is_not_secret_stays():
    """Ordinary words, links and code are left to the letter, and the very text is given back."""
    for text in ("Cut **it** at 50% & more: a\\b", "https://a.org/x?v=1&t=30", "nmv_usr_", "", "é\u200bx"):
        assert redact(text) == text
        assert redact_json(text) is text
    body = b'{"a": "\\u00e9\\u200b 50%"}'
    assert redact_body(body) is body


def test_a_secret_is_forgotten_with_who_held_it():
    """Nothing is hidden for the sake of somebody who is gone, while an equal secret is held it is."""
    one, other = Secret(KEY), Secret(KEY)
    for each in (one, other, one):
        remember(each)
    del one
    gc.collect()
    assert redact(KEY) == "•••"
    del other, each
    gc.collect()
    assert redact(KEY) == KEY


def test_a_text_that_held_nothing_secret_is_looked_through_anew_once_something_is():
    """What has passed before does not pass any more as soon as somebody holds what is in it."""
    said = f"The key is {KEY}."
    assert redact(said) == redact(said) == said
    held = Secret(KEY)
    remember(held)
    assert redact(said) == redact(said) == "The key is •••."


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://s3.test/v.mp4?X-Amz-Date=1&X-Amz-Signature=c0ffee#t=1", "https://s3.test/v.mp4"),
        ("gs://b/v.mp4?X-Goog-Signature=c0ffee", "gs://b/v.mp4"),
        ("/v.mp4?sig=c0ffee&se=2026", "/v.mp4"),
        ('{"url":"https://c.test/v?a=1\\u0026Signature\\u003dc0ffee"}', '{"url":"https://c.test/v"}'),
        ("https://h.test/v?access_token=c0ffee)", "https://h.test/v"),
        ("see [it](https://h.test/v?b=1&amp;auth=c0ffee) now", "see [it](https://h.test/v now"),
        ("https://h.test/v?title=a+token&page=2", "https://h.test/v?title=a+token&page=2"),
    ],
)
def test_what_signs_a_link_is_not_shown(link, shown):
    """A query that proves who asks is left out of everything that is shown, any other one stays."""
    assert unsigned(link) == shown
    assert "c0ffee" not in printable(link)


HOSTILE = (
    *(
        "n",
        "nmv_",
        "nmv_usr_",
        "nmv_usr_Ab3-dE.fgH",
        "\\",
        "\\u006e",
        "%25",
        "%6",
        "&amp;",
        "&#110",
        "&lowbar",
    ),
    *("\u200b", "n\u200b", "\x1b[", "n\x1b[1m", "\\u200b", "bm12X", "6e6d765f", "6e ", "?a=", "&token", "?"),
    *(TOKEN[:-1], "\\u006e\\u200b", "bm12X3Vz\\n", "<b>", "<!-- ", "**", "n*", "\u00ad", "\\156"),
)


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    "unit",
    [*HOSTILE, *(f"{form(TOKEN)}, " for form in FORMS.values())],
    ids=[*map(ascii, HOSTILE), *FORMS],
)
def test_hiding_costs_no_more_than_the_text_is_long(unit):
    """However a server mixes what looks like a secret, it is looked through once."""
    assert_linear(redact, pumped(unit), about=repr(unit))


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("name", ["x", "x{}"])
def test_hiding_pieces_costs_no_more_than_there_are(name):
    """However many texts there are, under one name or many, each is looked through a few times."""

    def make(size):
        return [{name.format(at // 2): TOKEN[20:] if at % 2 else TOKEN[:20]} for at in range(size)]

    assert_linear(redact_in, make, floor=0.02)


CODED = (
    *("VVVV", "JSQl", "IREFIQ", "JSUl", "5252", "3636", "MJWTCMSYGNLHU", "Ym0xMlgzVnpj"),
    *("a2a2a2a2\n", "A" * 25 + " "),
)
"""What may be in a code in a code, whichever of its signs one begins with."""


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("unit", CODED)
def test_codes_in_codes_cost_no_more_than_the_text_is_long(unit):
    """However often what comes out of a code looks like another one, only so much is decoded."""
    assert_linear(redact, pumped(unit), about=repr(unit), floor=0.02)


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    "answer",
    [
        [TOKEN[:9], TOKEN[9:20], TOKEN[20:]],
        [{"id": 1, "said": TOKEN[at : at + 5]} for at in range(0, len(TOKEN), 5)],
        {"a": {"x": TOKEN[:20]}, "b": [{"y": "z"}, {"x": TOKEN[20:]}]},
        [{"x": each, "y": "and"} for each in FORMS["base64 twice"](TOKEN)],
    ],
)
def test_a_secret_in_pieces_is_hidden(answer):
    """Texts that follow each other in what is noted, or are under one name, hold no secret together."""
    made = redact_in(answer)
    assert TOKEN[8:14] not in "".join(re.findall(r"[A-Za-z0-9]+", json.dumps(made)))
    assert "•••" in json.dumps(made, ensure_ascii=False)
    assert [*map(type, made)] == [*map(type, answer)]


@pytest.mark.usefixtures("token")
def test_a_secret_in_pieces_that_follow_each_other_is_hidden_in_an_answer():
    """An answer in whose texts a secret stands, piece for piece, is as good JSON as before, without it."""
    for pieces in ([TOKEN[:9], TOKEN[9:20], TOKEN[20:]], FORMS["base64 in groups"](TOKEN).split()):
        assert json.loads(redact_json(json.dumps({"n": 1, "a": pieces}))) == {
            "n": 1,
            "a": ["•••"] * len(pieces),
        }


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("cut", [4, 7, 11, 20])
@pytest.mark.parametrize("between", [{}, {"n": 1}, {"n": [True, None]}])
def test_a_secret_in_pieces_in_fields_of_an_answer_is_hidden(cut, between):
    """Whatever keys and numbers stand between its pieces in the body."""
    body = json.dumps({"told": [TOKEN[:cut], between, TOKEN[cut:]]}).encode()
    hidden = json.loads(redact_body(body))["told"]
    assert not any(piece in str(hidden) for piece in (TOKEN[:cut], TOKEN[cut:]))


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    "pieces", [[TOKEN[:9], TOKEN[9:]], FORMS["base64"](TOKEN).split("=")[0].partition("V")]
)
@pytest.mark.parametrize("more", [1, 6000])
@pytest.mark.parametrize("digits", [1, 6000])
def test_a_secret_in_pieces_is_hidden_in_an_answer_of_any_size(pieces, more, digits):
    """However large the rest of it is, and whatever number in it Python does not read by itself."""
    rest = [{"src": f"https://h/{at:06x}.mp4", "in": at, "name": f"clip {at}"} for at in range(more)]
    told = [{"x": each, "y": rest} for each in pieces]
    body = json.dumps(told).replace("}]}", '}], "n": ' + "9" * digits + "}").encode()
    assert (len(body) > 256 * 1024) == (more > 1)
    hidden = redact_body(body).decode()
    assert [each for each in pieces if len(each) > 4 and each in hidden] == []
    assert hidden.count("https://h/") == len(pieces) * more


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("name", ["x", "x{}", "{}"])
@pytest.mark.parametrize("piece", [TOKEN[:5], "bm12X3Vz", "a b"])
def test_fields_of_a_large_answer_cost_no_more_than_there_are(name, piece):
    """However many fields there are, under one name or many, all are searched a few times."""

    def make(size):
        return json.dumps([{name.format(at // 2): piece} for at in range(size)]).encode()

    assert_linear(redact_body, make, floor=0.05, most=1 << 17)


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("body", [b'{"a": "b"}', b"[1, 2", b"", b'{"a": 1e5}', '{"a": "é"}'.encode("utf-16")])
def test_an_answer_without_a_secret_stays_as_it_came(body):
    """To the byte."""
    assert redact_body(body) is body
