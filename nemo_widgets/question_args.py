"""Reads the arguments of an `ask_question` call, however the agent wrote them.

Protocol §4: they are `title` and `questions`, a list of `{id, prompt, options: [{id, label}],
allow_multiple}`. Agents are free in what they write, and may be hostile, so reading is tolerant and
everything is capped: whatever comes, there is something that can be shown, or nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from nemo_widgets import json_text
from nemo_widgets.printable import one_line, shortened, without_halves, without_sequences

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Asked", "read"]

MAX_ITEMS, MAX_OPTIONS = 12, 50
MAX_LABEL, MAX_PROMPT = 300, 2000
_MAX_JSON = 200_000
_BIG = 10**20
"""No id is as large, and Python refuses to write the largest numbers."""

_ITEMS = ("questions", "question", "items")
_PROMPT = ("prompt", "question", "text", "label", "title", "header", "message")
_OPTIONS = ("options", "choices")
_LABEL = ("label", "text", "title", "name", "value", "id")
_MULTIPLE = ("allow_multiple", "allowMultiple", "multiple", "multi_select", "multiSelect")
# Nothing of these is ever meant: controls, and marks that turn the direction of what stands behind them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


class Asked(NamedTuple):
    """One question as it was read; an option is (id, label), both with something in them."""

    id: str
    prompt: str
    options: tuple[tuple[str, str], ...] = ()
    multiple: bool = False


def read(args: Any) -> tuple[str, list[Asked]]:
    """The title and the questions; no questions if there is nothing to ask. Never raises.

    The title of a single question without a prompt is its prompt.
    """
    args = _json(args)
    if not isinstance(args, dict):
        args = {"questions": args}
    title = one_line(_said(args, "title", "header"), MAX_LABEL)
    raw = _json(next((args[key] for key in _ITEMS if args.get(key)), None))
    # A question may also be written straight into the arguments, with its choices beside it.
    if raw is None or (isinstance(raw, str) and _list(args, _OPTIONS)):
        raw = {k: v for k, v in args.items() if k not in ("title", "header")}
    items: list[Asked] = []
    for each in (raw if isinstance(raw, list) else [raw])[:MAX_ITEMS]:
        item = _item(each, {i.id for i in items}, len(items) + 1)
        if item is not None:
            items.append(item)
    if not items and title:
        items = [Asked("q1", title)]
    if len(items) == 1:
        items = [items[0]._replace(prompt=items[0].prompt or title)]
        return "" if one_line(items[0].prompt) == title else title, items
    return title, [item._replace(prompt=item.prompt or f"Question {n}") for n, item in enumerate(items, 1)]


def _item(raw: Any, taken: set[str], number: int) -> Asked | None:
    raw = _json(raw)
    if isinstance(raw, str):
        raw = {"prompt": raw}
    if not isinstance(raw, dict):
        return None
    options: dict[str, str] = {}
    for each in _list(raw, _OPTIONS)[: 2 * MAX_OPTIONS]:
        source = each if isinstance(each, dict) else {"label": each}
        label = one_line(_said(source, *_LABEL), MAX_LABEL)
        if label and label not in options and len(options) < MAX_OPTIONS:
            own = one_line(_said(source, "id", "value"), MAX_LABEL)
            options[label] = own or label
    prompt = shortened(_said(raw, *_PROMPT), MAX_PROMPT)
    if not prompt and not options:
        return None
    own = one_line(_said(raw, "id", "name", "key"), MAX_LABEL) or f"q{number}"
    while own in taken:
        own += "-2"
    multiple = next((raw[key] for key in _MULTIPLE if key in raw), False)
    if isinstance(multiple, str):
        multiple = multiple.strip().casefold() in ("true", "yes", "1")
    pairs = tuple((key, label) for label, key in options.items())
    return Asked(own, prompt, pairs, bool(multiple and pairs))


def _list(raw: dict[Any, Any], keys: Iterable[str]) -> list[Any]:
    """The list under the first of `keys` that holds something; an object there is `{id: label}`."""
    found = _json(next((raw[key] for key in keys if raw.get(key)), []))
    if isinstance(found, dict) and isinstance(found.get("label"), str):
        return [found]
    if isinstance(found, dict):
        return [v if isinstance(v, dict) else {"id": k, "label": v} for k, v in found.items()]
    if isinstance(found, str):
        return re.split(r"[\n|]", found)
    return found if isinstance(found, list) else []


def _said(raw: dict[Any, Any], *keys: str) -> str:
    """The first of `keys` that holds words or a number, as clean text."""
    for key in keys:
        value = raw.get(key)
        if isinstance(value, bool):
            value = str(value).lower()
        elif isinstance(value, (int, float)):
            value = str(value) if abs(value) < _BIG else ""
        if isinstance(value, str):
            # A lone surrogate can't be sent to a browser; it is shown as what it is, a broken character.
            text = without_halves(_UNSEEN.sub("", without_sequences(value[:_MAX_JSON])))
            if text.strip():
                return text.strip()
    return ""


def _json(value: Any) -> Any:
    """What a text of JSON holds, where it is a list or an object; anything else as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{") and len(value) <= _MAX_JSON:
        try:
            return json_text.read(value)
        except ValueError:
            return value
    return value
