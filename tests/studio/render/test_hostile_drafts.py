"""Whatever stands in a draft in the place of a value: a plan comes of it, or one plain sentence."""

import copy
import json
from itertools import product

import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.studio.render import Output, RenderError, make_plan
from nemo_widgets.studio.render.plan import Plan

VALUES = {
    "400 digits": 10**400,
    "400 digits below 0": -(10**400),
    "a huge float": 1e308,
    "a tiny float": 5e-324,
    "infinity": float("inf"),
    "no number": float("nan"),
    "half a character": "\ud800",
    "a long text": "9" * 100_000,
    "a number without end": "1e999999999",
    "nothing": None,
    "a truth": True,
    "lists in lists": json.loads("[" * 60 + "]" * 60),
    "an object": {"x": {"y": 10**400}},
    "below 0": -1,
}


def _draft(kit):
    name = kit.made("hostile.mp4", frames=90)
    effects = {
        "rotate": 90, "flip": "horizontal", "fit": "blur", "volume": 0.5, "fade_in": 100, "fade_out": 100,
        "crop": {"x": 0.1, "y": 0.1, "w": 0.5, "h": 0.5}, "zoom": {"from": 1, "to": 2, "x": 0.5, "y": 0.5},
        "looks": [{"type": "brightness", "amount": 0.2}], "focus": [[0, 0.5, 0.5]], "reverse": True,
    }  # fmt: skip
    second = kit.clip(name, 900, 1500, 2500, transition={"type": "crossfade", "d": 100}, speed=1.0)
    music = {"d": 1000, "m": {"start": 0, "src": "music:lofi", "volume": 0.3, "duck": True, "loop": True}}
    title = {"start": 0, "text": "Hi", "size": 64, "color": "#ffffff", "position": "center"}
    more = {"style": "lower-third", "subtitle": "there", "animation": "pop", "background": "#00000080"}
    draft = kit.timeline(
        [kit.clip(name, 0, 0, 1000, **effects), second],
        music=[music],
        titles=[{"d": 900, "m": {**title, **more}}],
    ).data
    draft["m"] |= {"loudness": -14, "fade_in": 100, "fade_out": 100, "fade_color": "black", "fit": "pad"}
    return draft


def _places(value, path=()):
    """The paths of all values in a draft, whole objects and lists too."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from _places(each, (*path, key))


def _with(draft, path, value):
    draft = copy.deepcopy(draft)
    inner = draft
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return draft


def _check(error):
    """Whether it is told in one sentence."""
    assert str(error).endswith(".")
    assert len(str(error)) < 300


@pytest.mark.parametrize("what", VALUES)
def test_any_value_anywhere_makes_a_plan_or_a_sentence(what, kit):
    """No value in the place of another one breaks planning, and no sentence repeats all of it."""
    draft = _draft(kit)
    source = {"hostile.mp4": kit.source("hostile.mp4")}.__getitem__
    assert isinstance(make_plan(Draft(draft), source), Plan)
    for path in _places(draft):
        try:
            made = make_plan(Draft(_with(draft, path, VALUES[what])), source)
        except RenderError as error:
            _check(error)
        else:
            assert isinstance(made, Plan), path


def test_any_value_in_the_form_makes_an_output_or_a_sentence():
    """No value in an export's form breaks it, and no sentence repeats all of it."""
    keys = ("format", "quality", "resolution", "fps", "codec", "crf", "preset")
    for key, value in product(keys, VALUES.values()):
        try:
            Output.from_request({key: value})
        except RenderError as error:
            _check(error)
