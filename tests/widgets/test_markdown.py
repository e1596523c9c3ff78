"""What an untrusted author may and may not put on the page."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from nemo_widgets.widgets.markdown import blocks, delta

ALLOWED = {
    *("p", "strong", "em", "s", "code", "pre", "a", "span", "ul", "ol", "li", "blockquote", "hr", "br"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}


class Reader(HTMLParser):
    """Notes every tag and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def read(text: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Reader()
    reader.feed("".join(blocks(text)))
    return reader.tags


ATTACKS = [
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    "<iframe src=https://e.com></iframe>",
    "<!-- --><svg onload=alert(1)>",
    "<style>*{display:none}</style>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java%73cript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](//e.com)",
    "[x](/lab?reset)",
    "[x](https:)",
    "<javascript:alert(1)>",
    '[x](https://e.com "a\\" onmouseover=alert(1) b")',
    "[x](https://e.com/\"onmouseover='alert(1)')",
    "![x](https://e.com/pixel.png)",
    "![<b onclick=alert(1)>](javascript:alert(1))",
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
    '```js" onload="alert(1)\ncode\n```',
    "[r]\n\n[r]: javascript:alert(1)",
    "`<b>`",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_dangerous_gets_through(text: str) -> None:
    """Only plain text elements reach the page, no handlers, no addresses but those that may be followed."""
    for tag, attributes in read(text):
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "target", "rel", "class", "start", "style"}
        if "style" in attributes:
            assert re.fullmatch(r"text-align:(left|right|center)", attributes["style"] or "")
        if "href" in attributes:
            assert re.match(r"https?://[^/]|mailto:.", attributes["href"] or "")
            assert attributes["target"] == "_blank"
            assert "noopener" in (attributes["rel"] or "")


@pytest.mark.parametrize(
    "address", ["https://e.com/a?b=1&c=2", "http://e.com", "mailto:a@b.c", "HTTPS://e.com"]
)
def test_links_that_may_be_followed_can_be(address: str) -> None:
    """Links to the web and to mail keep their address, written as a link and by itself in brackets."""
    for text in (f"[x]({address})", f"<{address}>"):
        assert [a.get("href") for tag, a in read(text) if tag == "a"] == [address]


@pytest.mark.parametrize(
    "text", ["[x](https://e.com/a)", "[e.com.evil](https://e.com)", "[x][r]\n\n[r]: https://e.com"]
)
def test_a_link_tells_its_host(text: str) -> None:
    """Whatever the words of a link are, the host that it leads to stands there; of a letter the address."""
    assert "(e.com)</a>" in "".join(blocks(text))
    assert "(a@b.org)</a>" in "".join(blocks("[x](mailto:a@b.org?cc=c@d.org)"))
    assert blocks("[e.com](https://e.com/a)")[0].count("e.com") == 2
    assert ">https://e.com/a</a>" in "".join(blocks("see https://e.com/a."))


@pytest.mark.parametrize(
    "address",
    [
        *("https://good.org@e.com", "https://2130706433/", "http://0x7f.1/", "https://e.com%2f@good.org"),
        *("https:e.com", "https:///e.com", "https://e.com\\@good.org", "https://[::1]/", "xmpp:a@e.com"),
    ],
)
def test_an_address_that_hides_its_host_is_no_link(address: str) -> None:
    """What stands for the host, and is not the host that a browser asks, is not linked in any form."""
    for text in (f"[x]({address})", f"<{address}>", address, f"[x][r]\n\n[r]: {address}"):
        assert not [tag for tag, _ in read(text) if tag == "a"], text


def test_formulas_are_words() -> None:
    """No text of an element holds two dollars, or a backslash by which a formula begins."""
    html = "".join(blocks(r"$x$ $$y$$ \\(a\\) \\[b\\] \begin{c} \ref{d} `$e$`"))
    bare = re.sub(r"<code>.*?</code>", "", html)
    assert not re.search(r"\$[^<]*\$|\\[()\[\]]|\\begin|\\ref", bare)
    assert re.sub("<[^>]*>|\u2060", "", html) == r"$x$ $$y$$ \(a\) \[b\] \begin{c} \ref{d} $e$"


def test_pictures_are_words() -> None:
    """A picture is not loaded; the words that describe it stand there."""
    assert blocks("![a *harbour*](https://e.com/x.png)") == [
        '<p><span class="nemo-picture">a harbour</span></p>'
    ]


def test_raw_html_is_shown_as_text() -> None:
    """Raw HTML is text that the reader sees."""
    assert blocks("<b>x</b>") == ["<p>&lt;b&gt;x&lt;/b&gt;</p>"]


def test_blocks_are_the_top_level_ones() -> None:
    """A list with a paragraph in it, a fence, a table and a rule are one block each."""
    text = "a\n\n- b\n\n  c\n- d\n\n```\ne\n\nf\n```\n\n| g |\n|---|\n| h |\n\n---\n\n    i"
    assert [re.match(r"<(\w+)", html).group(1) for html in blocks(text)] == [
        "p",
        "ul",
        "pre",
        "table",
        "hr",
        "pre",
    ]


def apply(shown: list[str], change: dict[str, Any]) -> list[str]:
    """What run_view.js does with a difference, in UTF-16 units as there."""
    start, kept = change["from"], b""
    if change["keep"]:
        kept = shown[start].encode("utf-16-le")[: 2 * change["keep"]]
    new = [kept.decode("utf-16-le") + h if i == 0 else h for i, h in enumerate(change["html"])]
    return shown[:start] + new


STORY = (
    "# Head 🎬\n\nI cut **three** pauses, `0:04`, and 结尾 as _well_.\n\n- one\n- two\n\n  more\n"
    "- three 🎵🎵\n\n```py\nx = 1\n\ny = 2\n```\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    "[ref] and <https://e.com>\n\n[ref]: https://e.com\n"
)


@pytest.mark.parametrize("seed", range(6))
def test_differences_lead_to_the_whole(seed: int) -> None:
    """However a text grows (or is replaced), following the differences shows exactly its blocks."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    shown: list[str] = []
    texts, at = [], 0
    while at < len(STORY):
        at += dice.randint(1, 12)
        texts.append(STORY[:at])
    for text in [*texts, "Something *else*.", "", STORY]:
        change = delta(shown, blocks(text))
        shown = apply(shown, change) if change else shown
        assert shown == blocks(text)


@pytest.mark.parametrize("unit", ["word **bold** 🎬 ", "- item\n", "para\n\n", "    code\n"])
def test_what_is_sent_grows_with_the_text_only(unit: str) -> None:
    """Twice the text costs at most about twice the bytes, even where it is all one block."""

    def cost(count: int) -> int:
        shown: list[str] = []
        total = 0
        for n in range(1, count + 1):
            change = delta(shown, blocks(unit * n))
            if change:
                total += sum(len(h) for h in change["html"]) + 20
                shown = apply(shown, change)
        return total

    assert cost(120) < 2.5 * cost(60)
