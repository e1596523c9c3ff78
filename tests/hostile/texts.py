"""What strangers may write, and where: one list of hostile texts, one of the fields that others fill.

A new field is a row of `FIELDS`, `EVENTS` or `FAILURES`; it is then tried with every text.
"""

from __future__ import annotations

import copy
import itertools
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nemo_widgets.testing import ScriptedBackend

__all__ = ["EVENTS", "FAILURES", "FIELDS", "HERE", "HIT", "TEXTS", "filled", "hostile", "mixed", "put"]

HERE = "HOSTILE"
"""Where a template holds the hostile text."""
HIT = "nemoHit"
"""A script that runs sets this in its window."""
_RUN = f"window.{HIT}=1;fetch('{{u}}run')"

TEXTS = (
    f"<script>{_RUN}</script>",
    f'x<img src="{{u}}img" onerror="{_RUN}">',
    f'\\\\<svg onload="{_RUN}"><image href="{{u}}svg"/></svg>',
    f"</pre></code></textarea></title></style></script><script>{_RUN}</script>",
    "<!-- --><style>@import '{u}css';</style><link rel=stylesheet href={u}link><base href={u}>",
    "<iframe src='{u}frame'></iframe><video poster={u}poster src={u}video></video>",
    '<button data-commandlinker-command="notebook:restart-run-all">Go</button>',
    "![t]({u}picture) ![t][r] [![t]({u}inner)]({u}outer)\n\n[r]: {u}reference",
    (
        "[a](javascript:{HIT}) [b]( <java\tscript:x>) [c](&#106;avascript:x) [d][j] <javascript:x>"
        "\n\n[j]: data:text/html,x"
    ),
    (
        "[good.org](https://evil.test/) <https://good.org@evil.test/> https://good.org@evil.test "
        "www.good.org@evil.test http://2130706433/ https://evil.test%2f@good.org"
    ),
    "javascript://%0aalert(1) data:text/html,<script>alert(1)</script> file:///etc/x xmpp:a@b.c vscode://x",
    r"$\href{{javascript:fetch()}}{{x}}$ $$\style{{background:url({u}st)}}{{x}}$$ \(\href{{data:x}}{{y}}\)",
    r"\\(\\unicode{{x}}\\) \\[y\\] \begin{{equation}}\href{{{u}math}}{{z}}\end{{equation}} \ref{{q}} `$`x$`$",
    "&dollar;x&#36; &bsol;(y\\\\&rpar; &lt;img src={u}entity&gt; &#60;script&#62;{HIT}&#x3c;/script>",
    '```mermaid\ngraph LR\nA["<img src={u}mermaid>"]-->B\nclick A href "javascript:alert(1)"\n```\n',
    (
        '```mermaid\n</pre><img src="{u}breakout">\n```\n~~~geojson\n{{"type":"Point"}}\n~~~\n'
        "```{{=html}}\n<img src={u}raw>\n```"
    ),
    "- a\n\n      <img src={u}code>\n- `` ` <img src={u}ticks> ``\n\n  ```\n  $$\n  ```\n<img src={u}last>$$",
    (
        "| a | `|` <img src={u}cell> |\n|---|:-:|\n| ![t]({u}cell2) | $x$ |\n\n"
        "# <img src={u}head> $x$ #\n> <img src={u}quote>"
    ),
    (
        "`x`{{=html}} [x]{{onclick=x}} ::: {{.a}}\n% title\n---\na: <img src={u}yaml>\n---\n"
        "[^1]\n\n[^1]: <img src={u}note>"
    ),
    "\x1b]8;;{u}osc\x07click\x1b]8;;\x07 \x1b[2J\x1b[31mred\x1b[0m \x9b31m \rover",
    "gpj\u202e4pm.exe \u2066x\u2069 \u200fy &#x202e;z &#27;[31m \u2028<img src={u}ls>",
    '" onmouseover="window.{HIT}=1" x=\'{u}\' style="background:url({u}attr)" autofocus onfocus="fetch(1)',
    "<sub>[x]({u}sub)<img src={u}sub></sub><span>\\$</span>x<span>$</span> {{% raw %}}{{{{ x }}}}",
)
"""Each with `{u}` for the canary's address."""

FIELDS: tuple[tuple[str, str], ...] = (
    ("POST /api/tasks/", "data.task_id"),
    ("POST /api/tasks/", "data.user_id"),
    ("POST /api/tasks/", "message"),
    ("GET /api/credits/", "message"),
    ("GET /api/credits/", "data.currency"),
    ("GET /api/credits/", "data.plan"),
    ("GET /api/credits/", "data.credits.0.type"),
    ("POST /api/upload-video/", "message"),
    ("POST /api/upload-video/", "data.files.0.filename"),
    ("POST /api/upload-video/", "data.files.0.file_type"),
    ("POST /api/upload-video/", "data.files.0.cdn_url"),
    ("POST /api/upload-video/", "data.files.0.hash"),
    ("POST /api/upload-video/", "data.files.0.notes.0"),
    ("POST /api/upload-video/", "data.files.0.notes.1"),
    ("POST /api/upload-video/", "data.failed.0.filename"),
    ("POST /api/upload-video/", "data.failed.0.reason"),
    ("GET /api/state/", "message"),
    ("GET /api/state/", "data.task_id"),
    ("GET /api/state/", "data.task_name"),
    ("GET /api/state/", "data.user_id"),
    ("GET /api/state/", "data.state.video_infos.0.name"),
    ("GET /api/state/", "data.state.video_infos.0.url"),
    ("GET /api/state/", "data.state.canvas_config.ratio"),
    ("GET /api/state/", "data.state.generated_media"),
    ("GET /api/state/", "data.state.video_analyses.text"),
    ("GET /api/state/", f"data.state.draft.{HERE}"),
    ("GET /api/state/", "data.state.draft.m.title"),
    ("GET /api/state/", "data.state.draft.m.fps"),
    ("GET /api/state/", "data.state.draft.t.0.m.name"),
    ("GET /api/state/", "data.state.draft.t.1.m.name"),
    *(
        ("GET /api/state/", f"data.state.draft.t.{track}.sg.0.m.{key}")
        for track in (0, 1, 2)
        for key in ("id", "name", "text", "src", "transition.type", "position", "color", "font", "look", HERE)
    ),
    ("POST /api/render/", "message"),
    ("POST /api/render/", "data.message"),
    ("GET /api/render/", "message"),
    ("GET /api/render/", "data.stage"),
    ("GET /api/render/", "createdAt"),
    *(("GET /studio/sessions", f"data.sessions.0.{key}") for key in ("session_id", "task_id", "language")),
    ("GET /studio/sessions", "data.sessions.0.clips.0"),
    *(
        ("GET /studio/sessions", f"data.messages.0.{key}")
        for key in ("id", "key", "text", "status", "reply", "error", "outcome")
    ),
    *(("GET /studio/sessions", f"data.media.0.{key}") for key in ("key", "filename", "file_type", "cdn_url")),
    *(("GET /studio/sessions", f"data.renders.0.{key}") for key in ("id", "status")),
    *(
        ("POST /studio/clean", f"data.items.0.{key}")
        for key in ("kind", "name", "why", "session_id", "render_id")
    ),
)
"""A route, and a place in the JSON that is answered there; those of `/studio` are asked of a studio alone."""

_ASK = {
    "title": HERE,
    "questions": [{"id": HERE, "prompt": HERE, "options": [HERE, {"id": HERE, "label": HERE}]}],
}
_ASK_OTHERWISE = {
    "header": HERE,
    "items": [
        {"name": HERE, "header": HERE, "choices": {HERE: HERE, "a": {"value": HERE, "title": HERE}}},
        {"key": HERE, "message": HERE, "options": f"{HERE}|b", "multiSelect": "yes"},
    ],
}
_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
EVENTS: tuple[tuple[Any, ...], ...] = (
    (
        {"content": {"parts": [{"text": HERE}]}, "author": HERE, "id": HERE},
        {"content": {"parts": [{"text": HERE, "thought": True}]}},
        {"content": {"parts": [{"functionCall": {"id": HERE, "name": HERE, "args": {HERE: HERE}}}]}},
        {"content": {"parts": [{"functionResponse": {"id": HERE, "name": HERE, "response": {HERE: HERE}}}]}},
        {
            "content": {
                "parts": [{"inlineData": {"mimeType": "image/png", "data": _DOT, "displayName": HERE}}]
            }
        },
        {"customMetadata": {"nemo": {"progress": {"tool": HERE, "source": HERE, "done_s": 1, "whole_s": 2}}}},
        {"content": {"parts": [{"text": HERE}]}, "partial": False},
    ),
    (
        {"type": "text", "content": HERE},
        {"type": "thought", "content": HERE},
        {"type": "tool_call", "name": HERE, "args": {HERE: HERE}},
        {"type": "tool_result", "name": HERE, "result": HERE},
        {"type": "progress", "tool": HERE, "source": HERE, "done_s": 1, "whole_s": 2},
        {"type": "image", "mimeType": "image/png", "data": _DOT, "alt": HERE},
        {"type": HERE, HERE: HERE},
        {"choices": [{"delta": {"content": HERE}}]},
        b"event: " + HERE.encode() + b"\nid: " + HERE.encode() + b"\ndata: " + HERE.encode() + b"\n\n",
        b": " + HERE.encode() + b"\n\n",
        {"type": "text", "content": HERE, "outcome": HERE},
    ),
    ({"type": "tool_call", "name": "ask_question", "args": _ASK},),
    ({"type": "tool_call", "name": "ask_question", "args": _ASK_OTHERWISE},),
    ({"type": "question", "prompt": HERE, "choices": [{"value": HERE, "description": HERE}], "multiple": 1},),
    (
        {
            "content": {
                "parts": [
                    {
                        "functionCall": {
                            "id": "c",
                            "name": "adk_request_confirmation",
                            "args": {
                                "originalFunctionCall": {"name": HERE, "args": {HERE: HERE}},
                                "toolConfirmation": {"hint": HERE, "confirmed": False},
                            },
                        }
                    }
                ]
            }
        },
    ),
    ({"type": "text", "content": f"{HERE}\n\nWhich clip do you mean, {HERE}?"},),
    (
        {"type": "text", "content": HERE},
        {"type": "done", "finishReason": "MAX_TOKENS", "reason": HERE, "interrupted": True},
    ),
    ({"type": "text", "content": f"{HERE}\n\nClick **{HERE}** to apply the changes."},),
    ({"error": HERE},),
    ({"errorCode": HERE, "errorMessage": HERE},),
    ({"type": "error", "message": HERE, "code": HERE},),
    (b"event: error\ndata: " + HERE.encode() + b"\n\n",),
)
"""The events of one answer each, in each shape that the client reads."""

FAILURES: tuple[dict[str, Any], ...] = (
    {"code": 1002, "message": HERE},
    {"code": 2001, "message": HERE, "request_id": HERE},
    {"code": 4001, "message": HERE},
    {"code": 4002, "message": HERE},
    {"code": 402, "message": HERE},
    {"code": 9999, "message": HERE},
    {"success": False, "error": HERE},
    {"detail": [{"loc": [HERE], "msg": HERE}]},
    {"status": "failed", "error": HERE, "message": HERE, "id": HERE},
    {"data": {"files": [], "failed": [{"filename": HERE, "error": HERE}]}},
)
"""Answers that are errors."""


def mixed(texts: Sequence[str]) -> Iterator[str]:
    """All of the texts at once, for ever, each time another one first: of some fields little is shown."""
    order = deque(texts)
    while True:
        yield "\n\n".join(order)
        order.rotate(1)


def filled(template: Any, said: Iterator[str]) -> Any:
    """A copy of a template with hostile texts in its places, keys too."""
    match template:
        case bytes():
            return template.replace(HERE.encode(), " ".join(next(said).split("\n")).encode())
        case str():
            return template.replace(HERE, next(said)) if HERE in template else template
        case dict():
            return {filled(key, said): filled(held, said) for key, held in template.items()}
        case list() | tuple():
            return [filled(held, said) for held in template]
    return template


def hostile(backend: ScriptedBackend, said: Iterator[str]) -> None:
    """Let a backend say hostile texts in all of the fields, the same ones each time."""
    for route in dict.fromkeys(route for route, _ in FIELDS):
        words = {place: next(said) for other, place in FIELDS if other == route}
        backend.answer(
            route,
            lambda usual, own="/studio" in route, words=words: put({} if own else usual, words),
            times=None,
        )


def put(answer: Any, words: dict[str, str]) -> Any:
    """An answer with words in their places, which are made where they are missing."""
    made = copy.deepcopy(answer)
    for place, text in words.items():
        held, way = made, place.split(".")
        for key, following in itertools.pairwise(way):
            inner = _slot(held, key)
            if not isinstance(held[inner], (dict, list)):
                held[inner] = [] if following.isdigit() else {}
            held = held[inner]
        held[_slot(held, text if way[-1] == HERE else way[-1])] = text
    return made


def _slot(held: Any, key: str) -> Any:
    """Where in a list or an object a key is, which is made if it is missing."""
    if isinstance(held, list):
        held += [None] * (int(key) + 1 - len(held))
        return int(key)
    held.setdefault(key, None)
    return key
