"""English instructions to someone before a window: one verb phrase, read whole or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import window as w
from .buttons import SETTLED
from .step import Known, Step
from .veil import QUOTE

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LEVEL", "clicked", "edit", "read"]

LEVEL = "the level"
"""What a slider sets that is not named."""
_LONGEST = 7
"""What is dragged has no more words than this."""
_IT = ("it", "them")
_SEEING = ("see", "show", "view")
_BUTTON = ("button", "btn", "icon", "option", "arrow", "toggle", "key")
_MERELY = ("use", "check", "find", "look for", "pick", "toggle", "hover over")
"""Verbs that people also use of what is no window."""
_VERB = re.compile(w.EDIT_VERB + r"\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:and|then|or)\s+(?:click|tap|press|open|drag|select|choose|go)\b")
_VALUE = re.compile(r"[-+]?\d[\d.]*\s*(?:%|dB|x|px|s)?")
_WAY = re.compile(r"(?i)\b(?:(up|right|higher)|down|left|lower)\b")
_FACT = re.compile(rf"(?<![A-Za-z])\d|{QUOTE}")
_ONTO = re.compile(r"(?i)^(?:on)?to\b")
_NEW = re.compile(r"(?i)an?\s")
_NEW_PLACE = re.compile(r"(?i)(?:on)?to the (?:timeline|canvas)$")


def read(words: str, known: Known = Known()) -> tuple[Step, str] | None:  # noqa: B008 - it is frozen
    """The step that a verb phrase asks for and the words behind it that stay; None if it is none."""
    if not w.STARTS.match(words):
        placed = w.PLACED.match(words)
        kind = w.BUTTONS.get(_label(placed["name"], known).lower()) if placed else None
        return (Step(kind), "") if kind else None
    for pattern, made in _READERS:
        m = pattern.match(words)
        if m and (step := made(m, known)):
            return step, _facts(m, step) + (m["tail"] or "")
    return None


def _facts(m: re.Match[str], step: Step) -> str:
    """What is told beside the instruction of what is there, ' to see the 3 new titles': it stays."""
    given = m.groupdict()
    words = (given.get("purpose") or "").strip()
    seen = (given.get("seen") or "").strip()
    words = words or (f"see {seen}" if seen else "")
    keeps = step.kind not in ("edit", "drop", "save") and _FACT.search(words)
    return f" to {words}" if keeps else ""


def clicked(words: str, known: Known) -> Step | None:
    """What a lone name is behind a click: '… and then Export'."""
    if words not in known.inside and words.lower() not in w.BUTTONS and not w.PLAIN.match(words):
        return None
    found = read(f"click {words}", known)
    return found[0] if found else None


def edit(words: str, about: str = "") -> Step:
    """An edit in these words, `about` for the 'it' in them; said by the one who types it."""
    if about and about.lower() not in _IT:
        words = re.sub(r"\b(?:it|them)\b", lambda _: about, words, count=1)
    words = re.sub(r"^edit\b", "change", re.sub(r"\byour\b", "my", words.strip()))
    return Step("edit", words, about)


def _label(name: str | None, known: Known) -> str:
    said = re.split(r"\s*[>→]\s*", name or "")[-1].strip()
    return known.inside.get(said, said)


def _noun(m: re.Match[str]) -> str:
    """What sort of thing of a window it is; 'the preview' is one by itself."""
    return (m["noun"] or m["sole"] or ("preview" if m["name"] == "preview" else "")).lower()


def _purpose(m: re.Match[str]) -> str:
    words = (m["purpose"] or "").strip()
    return words if _VERB.match(words) and not w.IDLE.match(words) else ""


def _clicked(m: re.Match[str], known: Known) -> Step | None:
    name, noun = _label(m["name"], known), _noun(m)
    verb = m["verb"].lower()
    if w.CHORD.match(name) or noun == "playhead":
        return None
    if noun == "timeline":
        return Step("timeline") if verb in ("check", "use", "find") else None
    quoted = name != (m["name"] or "").strip()
    button = verb not in _MERELY and (quoted or w.PLAIN.match(name) or name[:1].isupper())
    if not noun and not button:
        return None
    purpose = _purpose(m)
    kind = w.BUTTONS.get(name.lower(), "play" if not name and noun.startswith("preview") else "")
    if kind == "play" and (looked := w.LOOKS.match((m["purpose"] or "").strip())):
        return _looked(looked, known)
    return (
        None
        if verb in _MERELY and not (kind or purpose)
        else _pressed(name.lower(), noun, kind, purpose, known)
    )


def _pressed(name: str, noun: str, kind: str, purpose: str, known: Known) -> Step:
    if kind:
        return Step(kind)
    if SETTLED.match(name):  # what it is pressed for, the API has done or is asked for
        return Step("drop")
    if name == "redo" or purpose:
        return edit(purpose or name, known.about)
    name = w.DRAWN.get(name, name)
    if w.ITEMS.match(name) and (known.about or known.at):
        return edit(f"{name} {known.about or 'the clip'}" + (f" at {known.at}" if known.at else ""))
    return Step("tracks") if w.PANELS.match(noun) and not w.ITEMS.match(name) else Step("drop")


def _gone(m: re.Match[str], known: Known) -> Step | None:
    name, noun = _label(m["name"], known).lower(), _noun(m)
    verb = m["verb"].lower()
    bracketed = name != (m["name"] or "").strip().lower() and w.PANELS.search(name)
    if not (noun or bracketed) and name not in w.PAGES and not re.search("[>→]", m["name"] or ""):
        return None
    if noun == "timeline" or verb == "close":
        return Step("timeline" if noun == "timeline" else "drop")
    plays = noun.startswith("preview") or name == "preview" or noun in ("player", "monitor")
    if kind := w.BUTTONS.get(name, "play" if plays else ""):
        return Step(kind)
    if noun == "slider":
        return Step("drop", alone=False)
    if noun in _BUTTON or verb in _SEEING:
        return None
    purpose = _purpose(m)
    return edit(purpose, known.about) if purpose else Step("tracks")


def _picked(m: re.Match[str], known: Known) -> Step | None:
    what, verb = m["what"], m["verb"].lower()
    thing = known.about if what.lower() in _IT else what
    if verb in ("use", "check", "find", "look for", "hit", "push"):
        return None
    if purpose := _purpose(m):
        return edit(purpose, thing)
    clicks = ("click" in verb or verb == "tap") and what.lower() not in _IT
    return Step("drop", about=thing, alone=bool(m["place"].strip()) or clicks)


def _looked(m: re.Match[str], _: Known) -> Step:
    return Step("timeline" if m["where"].lower() == "timeline" else "play")


def _keyed(m: re.Match[str], known: Known) -> Step | None:
    keys = known.inside.get(m["keys"], m["keys"]).lower()
    if keys in ("delete", "backspace", "del") and (known.about or known.at):
        return edit(f"delete {known.about or 'the clip'}")
    if not re.match(w.KEY, keys):
        if keys.startswith("space"):
            return Step("play")
        return (
            Step("drop")
            if keys in ("enter", "return", "delete", "backspace", "del", "esc", "escape")
            else None
        )
    last = re.split(r"[\s+/-]+", keys)[-1].strip("⌘⇧")
    again = last == "y" or (last == "z" and ("shift" in keys or "⇧" in keys))
    return edit("redo") if again else Step({"z": "undo", "s": "save"}.get(last, "drop"))


def _dragged(m: re.Match[str], known: Known) -> Step | None:
    verb, what, where = m["verb"].lower(), m["what"].strip(), (m["where"] or "").strip()
    if _GOES_ON.search(f"{what} {where}"):
        return None
    if w.FILES.match(what) and (w.DROP_ZONE.search(where) or "drop" in verb):
        return Step("upload")
    if re.match(r"(?i)(?:the\s+)?playhead$", what):
        return Step("drop", detail=re.sub(r"^\S+\s+", "", where), alone=False)
    if slider := w.SLIDER.match(what):
        return _slid(slider, where)
    return None if verb in ("drop", "slide", "pull") else _moved(what, where, _purpose(m), known)


def _moved(what: str, where: str, purpose: str, known: Known) -> Step | None:
    if edge := w.EDGE.match(what):
        said = purpose or (f"trim {edge['of']} {where}" if where else "")
        return edit(said, edge["of"]) if said else None
    thing = known.about if known.about and what.lower() in _IT else what
    if purpose and not w.SPOT.search(where):
        return edit(purpose, thing)
    there = w.SPOT.search(where) or w.NUDGED.match(f"{thing} {where}")
    if not there or not w.THING.search(thing) or len(what.split()) > _LONGEST:
        return None
    if _NEW.match(thing) or _NEW_PLACE.match(where):
        return edit(f"add {thing} {_ONTO.sub('to', where)}")
    return edit(f"move {thing} {_ONTO.sub('to', where)}")


def _slid(slider: re.Match[str], where: str) -> Step | None:
    """A slider that is dragged, by its name and where to."""
    name = f"the {slider['name'].strip()}" if slider["name"] else LEVEL
    if value := _VALUE.search(where):
        return edit(f"set {name} to {value[0].strip()}")
    way = _WAY.search(f"{slider['way'] or ''} {where}")
    return edit(f"{'raise' if way[1] else 'lower'} {name}") if way else None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Known], Step | None]], ...] = (
    (w.PAGED, lambda _, __: Step("drop", alone=False)),
    (w.ACCOUNT, lambda _, __: Step("credits")),
    (w.KEYS, _keyed),
    (w.LOOKS, _looked),
    (w.SCROLLS, lambda _, __: Step("timeline")),
    (w.CLICKS, _clicked),
    (w.GOES, _gone),
    (w.PICKS, _picked),
    (w.DRAGS, _dragged),
)
