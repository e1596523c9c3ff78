"""What others wrote stands in saved notebooks as words: nothing of it runs, and nothing calls a server."""

import itertools
import re
import string
from html.parser import HTMLParser

import cmarkgfm
import pytest
from growth import HOSTILE, assert_linear, pumped
from hostile.texts import HIT, TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st
from limits import UNHURRIED
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import markdown2html_mistune

import nemo_widgets as nemo
from nemo_widgets import run_output
from nemo_widgets.catalogue import ROWS, say
from nemo_widgets.client import ClientSettings
from nemo_widgets.languages import speaking
from nemo_widgets.question import Question
from nemo_widgets.safe_markdown import safe_markdown
from nemo_widgets.testing import FastClock, ScriptedBackend
from nemo_widgets.widgets.markdown import blocks

CLOCK = FastClock(speed=1000)
U = "http://spy.example/"
EVIL = [text.format(u=U, HIT=HIT) for text in TEXTS]
UNSAFE = cmarkgfm.Options.CMARK_OPT_UNSAFE | cmarkgfm.Options.CMARK_OPT_FOOTNOTES
PARSERS = {
    "nbconvert": markdown2html_mistune,
    "VS Code": MarkdownIt("js-default", {"html": True}).render,
    "GitHub": lambda text: cmarkgfm.github_flavored_markdown_to_html(text, UNSAFE),
}
PIECES = (
    *(
        "<img src=x onerror=a>",
        "<svg onload=x>",
        "</pre><img src=x>",
        "<!--",
        "-->",
        "<a href='javascript:x'>",
    ),
    *("[a](https://a.org)", "![x](u)", "[a]: javascript:x", "[a]", "(u)", "]", "[", "!", "[^1]", "[^1]: x"),
    *("<https://a.org/x>", "https://b.org/?a=1&copy;", "javascript:x", "www.a@b.org", "https://a.org@b.org/"),
    *(
        "xmpp:a@b",
        "ftp://b",
        "data:text/html,x",
        "$",
        "$$",
        "$x$",
        "\\(",
        "\\)",
        "\\\\(",
        "\\begin{a}",
        "\\end{a}",
    ),
    *(
        "\\[z\\]",
        "\\ref{x}",
        "&dollar;",
        "&bsol;(",
        "&lbrack;x&rbrack;(javascript:x)",
        "&lt;",
        "&#60;",
        "&amp;",
    ),
    *(
        "```mermaid\n",
        "```",
        "~~~",
        "`",
        "``",
        "{=html}",
        "::: ",
        "% ",
        "{",
        "\n",
        "\n\n",
        "  \n",
        "    ",
        "\t",
    ),
    *(
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "|--|--|\n",
        "=",
        "---",
        "+",
        ":",
        ": ",
        "*",
        "**",
        "_",
        "~~",
        "\\",
        "\u2060",
    ),
    *("<sub>", "</sub>", "<span>\\$</span>", "<", ">", "</", "x", "word "),
)
"""Out of these anything can be put together that means something to a parser."""
TAGS = frozenset(
    (
        *("p", "sub", "span", "em", "strong", "code", "pre", "br", "hr", "ul", "ol", "li", "blockquote"),
        *("table", "thead", "tbody", "th", "td", "tr", "a", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("del", "s", "dl", "dt", "dd", "input"),
    )
)
PLAIN = frozenset({"class", "id", "align", "start", "type", "disabled", "checked", "style", "lang"})
FORMULA = re.compile(r"\$[^$]+\$|\$\$|\\\(|\\\[|\\begin\s*\{|\\(?:eq)?ref\s*\{", re.DOTALL)
LINK = re.compile(r"https?://([^/?#@]+)(?:[/?#].*)?|mailto:([^?]+)", re.DOTALL)


class Page(HTMLParser):
    """What a page makes of HTML: `wrong` is what should not be in it."""

    def __init__(self, html):
        super().__init__()
        self.wrong, self.words, self.link, self.in_code = [], "", None, 0
        self.feed(html)
        self.close()
        self._end()

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "wbr"):
            self._end()
        self.in_code += tag in ("code", "pre")
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name == "href" and not value.startswith("#"):
                found = LINK.fullmatch(value)
                self.link = [(found[1] or found[2]).lower() if found else "nowhere", ""]
            elif name not in (*PLAIN, "href") or (name != "id" and ("mermaid" in value or "url" in value)):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag):
        self._end()
        self.in_code -= tag in ("code", "pre")
        if tag == "a" and self.link is not None:
            host, words = self.link
            if host not in words.lower():
                self.wrong.append(f"{host} behind {words}")
            self.link = None

    def handle_data(self, data):
        self.words += "" if self.in_code else data
        if self.link is not None:
            self.link[1] += data

    def handle_comment(self, data):
        self.wrong.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def _end(self):
        if FORMULA.search(self.words):
            self.wrong.append(self.words)
        self.words = ""


def wrong(markdown):
    """What is wrong with Markdown as each of the parsers reads it."""
    return [(name, found) for name, render in PARSERS.items() for found in Page(render(markdown)).wrong]


def _draft(seconds, name):
    segment = {"d": seconds * 1000, "m": {"src": "s", "name": name, "in": 0, "out": seconds * 1000}}
    return {"t": [{"tt": 0, "sg": [segment]}]}


def _ask(words):
    options = [{"id": "1", "label": words}, {"id": "2", "label": "two"}]
    args = {"title": words, "questions": [{"id": "a", "prompt": words, "options": options}]}
    call = {"functionCall": {"id": "q1", "name": "ask_question", "args": args}}
    return {"content": {"parts": [call], "role": "model"}, "author": "nemo_agent"}


@pytest.fixture(scope="module")
def session():
    with ScriptedBackend(clock=CLOCK) as backend:
        made = nemo.connect(
            url=backend.url, token="nmv_usr_canary", settings=ClientSettings(clock=CLOCK, **UNHURRIED)
        )
        made.told = backend.reply
        yield made


@pytest.mark.parametrize("evil", EVIL[::3])
def test_words_of_others_are_saved_as_words(session, evil):
    """No script, picture, HTML or strange link of an agent, an error or a name is in what a run leaves."""
    session.told(evil, draft=_draft(len(evil), evil))
    session.told({"error": {"message": evil}})
    session.told(_ask(evil))
    session.told(f"{evil}\n\nClick **Confirm** to apply.")
    saved = []
    for _ in range(4):
        before = len(session.runs)
        try:
            session.edit("go on")
        except nemo.NemoError:
            assert len(session.runs) > before
        run = session.runs[-1]
        saved += [data for data, _ in (run_output.bundle(run), run._repr_mimebundle_())]
    saved += [session.runs._repr_mimebundle_()[0], session._repr_mimebundle_()[0]]
    assert sum("question" in data["text/markdown"] or "answer" in data["text/markdown"] for data in saved)
    for data in saved:
        assert wrong(data["text/markdown"]) == [], data["text/markdown"]


@pytest.mark.parametrize("evil", EVIL)
def test_a_question_is_words(evil):
    """A backslash before HTML or a picture in a question does not let it through."""
    asked = Question.from_args({"questions": [{"id": "a", "prompt": evil, "options": [evil, "two"]}]})
    assert wrong(asked.markdown()) == []


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_fills_a_slot_of_the_catalogue_is_words(language):
    """Whatever the package says of others' words, in either language, no parser takes them for more."""
    texts = itertools.cycle(EVIL)
    for row, languages in ROWS.items():
        slots = {
            name: 1.0 if kind else " ".join(next(texts).split())
            for form in languages
            for _, name, kind, _ in string.Formatter().parse(form)
            if name
        }
        with speaking(language):
            told = say(row, **slots)
        assert wrong(safe_markdown(told)) == [], row


@pytest.mark.parametrize("evil", EVIL)
def test_every_parser_reads_it_as_words(evil):
    """Each hostile text is words to nbconvert, to VS Code and to GitHub, and it would not be without this."""
    assert wrong(safe_markdown(evil)) == []
    assert wrong(evil) or "\x1b" in evil or "\u202e" in evil or evil.startswith('"')


@pytest.mark.parametrize(
    "kept", ["- a", "1. a\n\n   - b", "> - a", "- a\n\n  ```\n  b\n  ```", "a\n\n[b]: c"]
)
@pytest.mark.parametrize("evil", EVIL[:12:3])
def test_words_below_a_list_are_words(kept, evil):
    """An error that stands below a list, indented as nbconvert has it in Markdown, is none of its items."""
    below = "\n".join(f"    {line}" for line in evil.splitlines())
    assert wrong(f"{safe_markdown(kept)}\n\n\n\n{below}\n") == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_mixture_means_anything_to_a_parser(mixed):
    """However marks are mixed: no parser finds more in what is saved than the words and the marks allowed."""
    assert wrong(safe_markdown(mixed)) == []


def _seen(html):
    """What a reader sees: without what is invisible, empty, or a matter of lines."""
    bare = re.sub(r"\u2060|<br />|</?span[^>]*>|<(\w+)>\s*</\1>", "", "".join(html))
    return re.sub(r"\s+|<(\w+)></\1>", "", bare)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_saved_is_what_was_live(mixed):
    """The saved Markdown shows what the live view showed, and to save it again changes nothing."""
    saved = safe_markdown(mixed)
    assert _seen(blocks(saved)) == _seen(blocks(mixed))
    assert _seen(blocks(safe_markdown(saved))) == _seen(blocks(saved))


@pytest.mark.parametrize(
    "fine", ["**b** `a < b` 1 < 2", "[a.org](https://a.org/x) <https://a.org>", "a: [x] (y)!"]
)
def test_harmless_markdown_stays(fine):
    """What does no harm stays as it is, to the letter, and once made safe it stays as well."""
    assert safe_markdown(fine) == fine
    assert all(safe_markdown(once) == once for once in map(safe_markdown, EVIL))


def test_every_form_of_text_is_kept():
    """Lists, tables, quotes, code and headings are what they were."""
    text = (
        "# One\n\n2. two\n\n   > three\n\n3. - four\n   - five\n\n"
        "| a | b |\n| :-- | --: |\n| `c\\|d` | *e* |\n\n"
        '```json\n{"a": 1}\n```\n\n~~gone~~ **bold**  \nnext `` ` `` \\*\n\n___'
    )
    assert safe_markdown(text) == text


def test_code_of_a_kind_that_pages_draw_is_code():
    """A diagram or a map is shown as the code that it is; code that is only coloured keeps its language."""
    for kind in ("mermaid", "Mermaid", "geojson", "math", "{=html}", "stl", "js onload=x", "dot"):
        assert safe_markdown(f"```{kind}\nx\n```") == "```\nx\n```"
    assert safe_markdown("~~~Python\nx\n~~~") == "```python\nx\n```"


@pytest.mark.parametrize(
    "unit", [*HOSTILE, "<sub>", "<sub>a</sub>", "[a](x:)", "*a*", "https://a.org/ ", "a\\|"]
)
def test_it_costs_no_more_than_the_text_is_long(unit):
    """To make Markdown safe takes time in proportion to its length, whatever is in it."""
    assert_linear(safe_markdown, pumped(unit), most=1 << 15, about=repr(unit))
