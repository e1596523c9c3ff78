"""The draft's schema: its lists stand once, are drawn, and are called alike wherever they are told."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, get_args

import pytest

import nemo_widgets
from nemo_widgets.draft import Draft, changes, describe
from nemo_widgets.draft import schema as of_draft
from nemo_widgets.studio.agent.edits.dressing import Flip, Look, Rotate
from nemo_widgets.studio.agent.edits.framing import Fit, Frame
from nemo_widgets.studio.agent.edits.lettering import Lettering
from nemo_widgets.studio.agent.edits.texts import Kind
from nemo_widgets.studio.agent.edits.titles import AddTitle, ChangeTitle
from nemo_widgets.studio.agent.edits.transitions import SetTransitions
from nemo_widgets.studio.render.effects import looks
from nemo_widgets.studio.render.text import styles

from .conftest import CLIP, MUTE, clip_draft, make_world

TWO = clip_draft((CLIP, "interview", 60_000), (MUTE, "mute", 20_000))
LISTS = ("LOOKS", "FLIPS", "FITS", "TRANSITIONS", "TEXT_KINDS", "POSITIONS", "ANIMATIONS", "COLORS")
WORDS = "studio/agent/language/"
"""What people say for a value stands with the reader of their language."""
USES = {
    ("draft/schema.py", name): "the list" for name in LISTS
} | {
    ("studio/render/effects/looks.py", "LOOKS"): "how each look is drawn",
    ("studio/render/text/styles.py", "TEXT_KINDS"): "how each kind is set",
    ("studio/render/text/stacking.py", "TEXT_KINDS"): "which kind makes room for which",
    ("studio/render/text/wording.py", "POSITIONS"): "other servers' words for a place",
    ("studio/render/text/wording.py", "ANIMATIONS"): "how long each takes",
    ("studio/agent/edits/lettering.py", "COLORS"): "what people call each colour",
    ("studio/agent/edits/texts.py", "TEXT_KINDS"): "the type",
    ("studio/agent/edits/framing.py", "FITS"): "the type",
    ("studio/agent/edits/dressing.py", "FLIPS"): "the type",
}  # fmt: skip


def after(edit: Any, draft: dict[str, Any] = TWO) -> tuple[str, str, dict[str, Any]]:
    """What the reply says and what the list of changes says of an edit, and the draft."""
    outcome = edit.apply(draft, make_world(draft))
    return outcome.said.en, " ".join(describe(changes(Draft(draft), Draft(outcome.draft)))), outcome.draft


EDITS = (
    [(Look(kind), look.name.en) for kind, look in of_draft.LOOKS.items()]
    + [(Flip(way), name.en) for way, name in of_draft.FLIPS.items()]
    + [(Rotate(by), of_draft.rotation_name(by).en) for by in (90, 180, 270, -90)]
    + [(Frame(9, 16, fit=fit), of_draft.FITS[fit].en) for fit in get_args(Fit)]
    + [(SetTransitions(500, kind=kind), name.en) for kind, name in of_draft.TRANSITIONS.items()]
    + [(AddTitle("Hi", style=kind), of_draft.TEXT_KINDS[kind].name.en) for kind in get_args(Kind)]
)


@pytest.mark.parametrize(("edit", "name"), EDITS, ids=[f"{e.name} {n}" for e, n in EDITS])
def test_the_reply_and_the_list_of_changes_call_it_alike(edit: Any, name: str) -> None:
    """A look is a 'sharpness' in both, a picture turned to the left in both, a lower third no 'title'."""
    reply, told, _ = after(edit)
    assert name in reply.lower()
    assert name in told.lower()


STYLES = (
    [(Lettering(position=key), "place", name.en) for key, name in of_draft.POSITIONS.items()]
    + [(Lettering(animation=key), "animation", name.en) for key, name in of_draft.ANIMATIONS.items()]
    + [(Lettering(color=key), "colour", name.en) for key, name in of_draft.COLORS.items()]
)


@pytest.mark.parametrize(("look", "what", "name"), STYLES, ids=[n for _, _, n in STYLES])
def test_a_text_s_style_is_called_alike(look: Lettering, what: str, name: str) -> None:
    """Where a title stands, its colour and how it comes are told in the words of the reply."""
    title = AddTitle("Hi", look=Lettering(position="center-left", color="#123456", animation="pop"))
    if what == "animation" and look.animation == "pop":
        title = AddTitle("Hi")
    draft = after(title)[2]
    if draft["t"][-1]["sg"][0]["m"].get("position") == look.position:
        draft = after(AddTitle("Hi"))[2]
    reply, told, _ = after(ChangeTitle(look=look), draft)
    assert name in reply
    assert f"{what.capitalize()} of “Hi”" in told
    assert name in told


def test_what_can_be_asked_for_can_be_drawn() -> None:
    """Every look, kind of text and fit of the schema is one that the export knows, and no more."""
    assert looks._TONES.keys() == of_draft.LOOKS.keys()
    assert styles.STYLES.keys() == of_draft.TEXT_KINDS.keys()
    assert set(get_args(Kind)) == of_draft.TEXT_KINDS.keys()
    assert set(get_args(Fit)) == of_draft.FITS.keys()


def test_no_list_of_the_schema_stands_twice() -> None:
    """Three or more of a list's values together are one of the uses named above: nothing else is kept."""
    root = Path(nemo_widgets.__file__).parent
    seen = set()
    for path in root.rglob("*.py"):
        where = path.relative_to(root).as_posix()
        if where.startswith(WORDS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            values = {item.value for item in _items(node) if isinstance(item, ast.Constant)}
            seen |= {
                (where, n)
                for n in LISTS
                if len(values & (known := getattr(of_draft, n).keys())) >= min(3, len(known))
            }
    assert seen == USES.keys()


def _items(node: ast.AST) -> list[Any]:
    if isinstance(node, ast.Dict):
        return [*node.keys, *node.values]
    return node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else []
