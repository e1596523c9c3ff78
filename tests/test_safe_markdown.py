"""What others wrote stands in saved notebooks as words: nothing of it runs, and nothing calls a server."""

import re

import pytest
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import markdown2html_mistune

import nemo_widgets as nemo
from nemo_widgets import run_output
from nemo_widgets.client import ClientSettings
from nemo_widgets.question import Question
from nemo_widgets.safe_markdown import safe_markdown
from nemo_widgets.testing import FastClock, ScriptedBackend

CLOCK = FastClock(speed=1000)
U = "http://spy.example/"
EVIL = [
    f'<script>fetch("{U}")</script>',
    f'\\\\<script>fetch("{U}")</script>',
    f"\\\\![x]({U})",
    f"**[![x]({U})]({U})**",
    f"![x][r]\n\n[r]: {U}",
    "[a](javascript:alert(1))",
    "[a]( <javascript:alert(1)>)",
    "[a](&#106;avascript:alert(1))",
    "> [r]\n>\n> [r]: data:text/html,x",
    "[r]\n\n[r]:\n  javascript:alert(1)",
    f'```\n</code></pre><img src="{U}">\n```\n<img src="{U}">',
    f'`` ` `` <img src="{U}"> \\`<img src="{U}">`',
    f'| <img src="{U}"> | ![x]({U}) |\n|--|--|\n| <svg onload=x> | <<a>img src="{U}"> |',
    f"<!-- x --><?php ?><![CDATA[ ]]><style>@import '{U}'</style>",
    f"- <iframe src={U}>\n- a`\n\n<img src={U}>`",
]
ACTIVE = re.compile(
    r"<(?!/?(?:p|sub|span|em|strong|code|pre|br|hr|ul|ol|li|blockquote|table|thead|tbody|tr|t[hd]|a|h[1-6]"
    r"|del|div)\b)[a-z!?]"
    r"|\son\w+\s*=[^&]*>"
    r'|href="(?!https?://|mailto:|#)',
    re.IGNORECASE,
)
"""A tag that is none of Markdown's own, a handler, or a link to elsewhere than http, https and mailto."""


def _html(markdown):
    html = markdown2html_mistune(markdown) + MarkdownIt("js-default", {"html": True}).render(markdown)
    return re.sub(r'<a class="anchor-link" href="#[^>]*>', "", html)


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
        made = nemo.connect(url=backend.url, token="nmv_usr_canary", settings=ClientSettings(clock=CLOCK))
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
        assert not ACTIVE.search(_html(data["text/markdown"])), data["text/markdown"]


@pytest.mark.parametrize("evil", EVIL)
def test_a_question_is_words(evil):
    """A backslash before HTML or a picture in a question does not let it through."""
    asked = Question.from_args({"questions": [{"id": "a", "prompt": evil, "options": [evil, "two"]}]})
    assert not ACTIVE.search(_html(asked.markdown()))


@pytest.mark.parametrize(
    "fine", ["**b** `a < b` 1 < 2", "[a.org](https://a.org/x) <https://a.org>", "a: [x] (y)!"]
)
def test_harmless_markdown_stays(fine):
    """What does no harm stays as it is, to the letter, and once made safe it stays as well."""
    assert safe_markdown(fine) == fine
    assert all(safe_markdown(once) == once for once in map(safe_markdown, EVIL))
