"""A model that understands everything is let do it: what strangers say is done, or asked about."""

import dataclasses
import json
from fractions import Fraction

from nemo_widgets.studio.agent import Agent, AgentSettings
from nemo_widgets.studio.agent.composing import Plan
from nemo_widgets.studio.agent.plan import read
from nemo_widgets.studio.agent.planning.model import Model
from nemo_widgets.studio.timeline.refs import ClipRef

from .conftest import run
from .test_model import calling, choices, served
from .test_strangers import film, plain, rows

EACH = 4
"""Every so manieth row is said."""


def called(value, draft):
    """A value of an edit as a model writes it into a call."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, ClipRef) and value.first > 0 and value == ClipRef(value.first):
        return {"clip": value.first}
    if callable(getattr(value, "within", None)):
        return dict(zip(("start_ms", "end_ms"), value.within(draft), strict=True))
    if isinstance(value, tuple):
        return [called(one, draft) for one in value]
    if dataclasses.is_dataclass(value):
        given = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if not is_usual(value, f)}
        return {name: "usual" if held is None else called(held, draft) for name, held in given.items()}
    return value


def is_usual(value, field):
    return getattr(value, field.name) == field.default


def planned(row):
    """The calls of a model that knows what is wanted, and the timeline that they lead to."""
    world, calls = film(row), []
    for instruction in row["want"]:
        plan = read(instruction, world)
        if not isinstance(plan, Plan):
            return None
        calls += [(name, {"steps": n}) for name, n in (("undo", plan.undo), ("redo", plan.redo)) if n]
        calls += [("start_over", {})] if plan.start_over else []
        calls += [(edit.name, called(edit, world.draft.data)) for edit in plan.edits]
        run(instruction, world)
    return [(name, json.dumps(given)) for name, given in calls], plain(world.draft)


def test_what_a_model_reads_right_is_done_or_asked_about():
    calls = []
    missed = []
    wanted = [(row, plan) for row in rows("offered")[::EACH] if (plan := planned(row))]
    with served(lambda: calling(*calls)) as (url, _):
        agent = Agent(AgentSettings(silent="never", heartbeat_s=0.01, model=Model(url, "tiny")))
        for row, (plan, goal) in wanted:
            calls[:] = plan
            world = film(row)
            steps = list(agent.turn(row["say"], world))
            draft = steps[-1].draft or world.draft
            if plain(draft) != goal and steps[-1].outcome == "asked":
                draft = list(agent.turn(choices(steps)[0], world))[-1].draft or world.draft
            if plain(draft) != goal:
                missed.append((row["say"], steps[-1].reply))
    assert len(wanted) > 30
    assert len(missed) <= len(wanted) // 50, missed


def test_a_model_that_answers_idle_talk_in_words_changes_nothing():
    with served(calling(("answer_question", json.dumps({"text": "Nice film."})))) as (url, _):
        agent = Agent(AgentSettings(silent="never", heartbeat_s=0.01, model=Model(url, "tiny")))
        for row in rows("nothing")[:: 4 * EACH]:
            world = film(row)
            assert list(agent.turn(row["say"], world))[-1].draft is None, row["say"]
