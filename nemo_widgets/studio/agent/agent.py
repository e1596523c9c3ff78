"""One turn: a message in, steps out, the last of them the new draft and the answer."""

from __future__ import annotations

import re
import zlib
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from nemo_widgets.draft import Draft, clock, is_sound
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.words import Said

from .composing import ANYWAY, NEVER_MIND, Asked, Plan, Refusal
from .dialogue.meant import Meant, distinct
from .dialogue.partly import without_edit, without_words
from .dialogue.taking_up import QuestionsAsked
from .dialogue.understanding import UNASKED, UNPLANNED, understand
from .listening import UNLOOKED, Listened, Stopped, beside
from .planning.plans import allowed, planned
from .planning.trouble import ModelError
from .replies import EXPORT, NOTHING_CHANGED, UPLOAD_FIRST, answers, became, new_length, refused, reply, why
from .returning import returned, steps_again
from .whereabouts import LOOKED_FOR, look_for
from .world import Done, Picture, Text, ToolCall, ToolResult

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from nemo_widgets.studio.agent.edits.edit import Edit, Outcome

    from .planning.model import Model
    from .world import OutcomeWord, Step, World

__all__ = ["Agent", "AgentSettings"]

_SILENT_OF = 3
_WRITTEN = frozenset({"add_title", "add_subtitles"})
_UNSEEN = Said(
    "It is seen where the sound is exported as a video, over its waveform or a picture.",
    "只有把声音导出为带波形或图片的视频时才会看到。",
)
_SHALL_I = Said("Nothing was changed yet. Shall I do it?", "还没有做任何改动，要执行吗？")
_PHRASE = re.compile(r"[^.!?。！？，：:]*+(?:[.!?。！？，：:]++\d?+\s*+|\Z)")


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """How the agent behaves.

    `silent`: how often a cut or a transition closes without text, as about 30 % do in the cloud (protocol
    §4): never, every third instruction (by its words), or always. `heartbeat_s`: seconds between heartbeats.
    `model` is asked for what the grammar does not understand.
    """

    silent: Literal["third", "never", "always"] = "never"
    heartbeat_s: float = 2.0
    model: Model | None = None


class Agent:
    """Understands instructions by a grammar and carries them out on a draft."""

    def __init__(self, settings: AgentSettings | None = None) -> None:
        self._settings = settings or AgentSettings()
        self._asked = QuestionsAsked()

    def turn(self, text: str, world: World) -> Generator[Step, None, None]:
        """The steps of one message, the last of them a `Done`; a cancelled turn just ends."""
        try:
            plan = allowed(text, world) or understand(text, world)
            answers = self._asked.is_taken_up(text, plan, world)
        except ModelError as refusal:
            yield from _say(reply([refusal.said], world.language))
            return
        with closing(self._steps(text, plan, world)) as steps:
            for step in steps:
                yield replace(step, answers=answers) if isinstance(step, Done) else step

    def _steps(self, text: str, plan: Plan | Asked | Refusal, world: World) -> Generator[Step, None, None]:
        language = plan.language
        try:
            if isinstance(plan, Refusal):
                plan = yield from self._meant(text, plan, world)
            elif isinstance(plan, Asked) and self._settings.model and not plan.inquiries:
                plan = yield from self._planned_or(plan, text, world, language)
            listened = Listened(world)
            yield from self._looked(plan, listened)
            if isinstance(plan, Refusal):
                told = reply([*listened.trouble], language) if listened.trouble else refused(plan, listened)
                yield from _say(told, became(plan))
            elif isinstance(plan, Asked) and not read(world.draft.data):
                yield from _say(reply([UPLOAD_FIRST, NOTHING_CHANGED], language))
            elif isinstance(plan, Asked):
                said = sum([*answers(plan.inquiries, world.draft, listened), plan.said], Said())
                yield from self._ask(text, said, plan.choices, language)
            elif not read(world.draft.data) and not (plan.undo or plan.redo or plan.start_over):
                yield from _say(reply([UPLOAD_FIRST, NOTHING_CHANGED], language))
            else:
                yield from self._carry_out(text, plan, world, listened)
        except (EditRefused, ModelError) as refusal:
            yield from _say(reply([*_answered(plan, world), refusal.said], language))
        except Unclear as unclear:
            said = sum(_answered(plan, world), Said()) + unclear.said
            yield from self._ask(text, said, unclear.choices, language)
        except Stopped:
            return

    def _meant(
        self, text: str, refusal: Refusal, world: World
    ) -> Generator[Step, None, Plan | Asked | Refusal]:
        """What a message comes to that the grammar does not read: by its words, by a model, or by asking."""
        meant = Meant(text, refusal, world) if world.draft else None
        if meant is not None and (plan := meant.plan()):
            return plan
        question = meant and (_rest_of(text, refusal, world, meant) or meant.question(NEVER_MIND))
        if not self._settings.model or refusal.inquiries or refusal.reason in UNPLANNED:
            return question or refusal
        doubted = refusal if refusal.reason in UNASKED else None
        return (yield from self._planned_or(question or doubted, text, world, refusal.language))

    def _planned_or(
        self, otherwise: Asked | Refusal | None, text: str, world: World, language: str
    ) -> Generator[Step, None, Plan | Asked | Refusal]:
        """The model's plan; where it has none, the question is asked, with the reason."""
        try:
            return (yield from self._planned(text, world, language))
        except ModelError as error:
            if isinstance(otherwise, Asked):
                return replace(otherwise, said=error.said + otherwise.said)
            if otherwise is None:
                raise
            return otherwise

    def _planned(self, text: str, world: World, language: str) -> Generator[Step, None, Plan]:
        """What the language model makes of a message that the grammar does not understand."""
        model = self._settings.model
        assert model is not None  # noqa: S101 - asked by the caller
        yield ToolCall("plan_1", "ask_model", {"model": model.name} if model.name else {})
        calls, name = yield from beside(lambda _: model.ask(text, world), world, self._settings.heartbeat_s)
        plan = planned(calls, name, language, text, world)
        response = {"status": "success", "edits": [edit.name for edit in plan.edits]}
        yield ToolResult("plan_1", "ask_model", response)
        return plan

    def _looked(self, plan: Plan | Asked | Refusal, listened: Listened) -> Iterator[Step]:
        """Find what the answers to a message's questions need."""
        asked = [*plan.before, *plan.after] if isinstance(plan, Plan) else plan.inquiries
        named = [inquiry.about for inquiry in asked]
        named += [plan.reason] if isinstance(plan, Refusal) else []
        for about in dict.fromkeys(named) if listened.draft else ():
            if about in LOOKED_FOR:
                yield from look_for(about, listened, self._settings.heartbeat_s)

    def _carry_out(self, text: str, plan: Plan, world: World, listened: Listened) -> Iterator[Step]:
        start, went_back = returned(plan, world)
        if start is None:
            yield from _say(reply([*_answered(plan, world), went_back], plan.language))
            return
        steps: list[Step] = []
        draft, names = start, [done] if (done := _name(plan)) else []
        outcomes: list[Outcome] = []
        for number, edit in enumerate(plan.edits, 1):
            yield from listened.listen(edit, draft, self._settings.heartbeat_s)
            outcome = _made(edit, draft, listened, partial(without_edit, text, plan, number - 1, world))
            outcomes.append(outcome)
            if outcome.draft != draft:
                names.append(edit.name)
                steps += _shown(number, outcome, plan.language)
            draft = outcome.draft
        if world.cancelled():
            raise Stopped
        if plan.confirm and (plan.doubtful or _halves(draft, world)):
            yield from self._ask(text, *_confirmed(plan, outcomes, draft, world), plan.language)
            return
        changed = draft != world.draft.data
        yield from steps if changed else ()
        new = Draft(draft)
        told = [outcomes[i] for i in plan.told]  # the order in which they were said
        spoken = [
            *answers(plan.before, world.draft, listened),
            plan.notes,
            went_back,
            *(o.said for o in told),
            *listened.trouble,
            *(o.notes for o in told),
        ]
        length = new_length(length_of(world.draft.data), length_of(draft))
        if outcomes or plan.start_over:  # of an undo alone it is told already
            spoken.append(length)
        spoken += answers([i for i in plan.after if i.about != "length" or not length.en], new, listened)
        spoken += [_UNSEEN] if is_sound(draft) and not _WRITTEN.isdisjoint(names) else []
        spoken += [EXPORT] if plan.export else []
        spoken += [] if changed else [NOTHING_CHANGED]
        answer = reply(spoken, plan.language)
        if changed and self._is_silent(text, plan):
            yield Done(new, "", edits=names)
            return
        yield from _text(answer)
        again = steps_again(plan, world)
        yield Done(new, answer, plan.undo, again, names) if changed else _unchanged(answer, listened)

    def _ask(self, text: str, said: Said, choices: Sequence[Said], language: str) -> Iterator[Step]:
        """A question with choices (protocol §4), each an instruction by itself: the answer needs no memory.

        The choices are in the call; whoever shows it shows them, once.
        """
        prompt = said.in_language(language)
        labels = [choice.in_language(language) for choice in choices]
        self._asked.keep(text, prompt, labels)
        options = [{"id": str(i), "label": label} for i, label in enumerate(labels, 1)]
        question = {"id": "which", "prompt": prompt, "options": options, "allow_multiple": False}
        yield ToolCall("ask_1", "ask_question", {"title": prompt, "questions": [question]})
        yield from _text(prompt)
        yield Done(None, prompt, outcome="asked")

    def _is_silent(self, text: str, plan: Plan) -> bool:
        if self._settings.silent == "never" or _name(plan) or plan.notes.en or plan.before or plan.after:
            return False
        if not all(edit.timeline for edit in plan.edits):
            return False
        return self._settings.silent == "always" or zlib.crc32(text.encode()) % _SILENT_OF == 0


def _made(
    edit: Edit, draft: dict[str, Any], listened: Listened, without: Callable[[], str | None]
) -> Outcome:
    """What came of an edit; `without` gives the rest of the message, None if that can't be told.

    Raises:
        EditRefused: it can't be made. Unclear: likewise, or nobody could look whether there is anything to
            do, and the rest of the message could be done.
    """
    outcome = None
    try:
        outcome = _applied(edit, draft, listened)
        if outcome.draft != draft or not listened.missed(edit, draft):
            return outcome
        outcome = replace(outcome, said=Said(), notes=UNLOOKED)
        said = UNLOOKED
    except EditRefused as refusal:
        said = UNLOOKED + NOTHING_CHANGED if listened.missed(edit, draft) else refusal.said
    said = sum(listened.trouble, Said()) + said  # what could not be found may be the reason
    if (rest := without()) is not None:
        raise Unclear(said + ANYWAY, _either(rest))
    if outcome is None:
        raise EditRefused(said)
    return outcome


def _applied(edit: Edit, draft: dict[str, Any], listened: Listened) -> Outcome:
    if edit.pictured and is_sound(draft):
        raise EditRefused(
            Said("There is sound alone on the timeline, and no picture for that. Nothing was changed.",
                 "时间线上只有声音，没有画面可以这样改。没有做任何改动。")
        )  # fmt: skip
    return edit.apply(draft, listened)


def _answered(plan: Plan | Asked | Refusal, world: World) -> list[Said]:
    """The answers to what was asked beside a plan of which nothing came."""
    return answers([*plan.before, *plan.after], world.draft, world) if isinstance(plan, Plan) else []


def _name(plan: Plan) -> str:
    return "undo" if plan.undo else "redo" if plan.redo else "start_over" if plan.start_over else ""


def _shown(number: int, outcome: Outcome, language: str) -> list[Step]:
    call = f"edit_{number}"
    pictures = [Picture(png, said.in_language(language)) for png, said in outcome.shown]
    return [
        ToolCall(call, outcome.tool, outcome.args),
        ToolResult(call, outcome.tool, outcome.response),
        *pictures,
    ]


def _rest_of(text: str, refusal: Refusal, world: World, meant: Meant) -> Asked | None:
    """The question whether the rest of a message is to be done without what is not understood of it."""
    found = without_words(text, refusal, world)
    if found is None:
        return None
    rest, gone = found
    more = "".join(f" and “{words}”" for words in gone[1:]), "".join(f"和“{words}”" for words in gone[1:])
    said = why(refusal)
    if refusal.reason == "not understood":
        said = Said(
            f"I did not understand “{refusal.words}”{more[0]}.", f"没听懂“{refusal.words}”{more[1]}。"
        )
    near = [meant.whole(), rest, *meant.near()[:1]]
    choices = [Said(sentence, sentence) for sentence in distinct(near, world)]
    return Asked(said + ANYWAY, (*choices, NEVER_MIND), refusal.language)


def _either(rest: str) -> tuple[Said, ...]:
    """The rest of a message, or nothing of it."""
    return Said(rest, rest), NEVER_MIND


def _text(answer: str) -> Iterator[Step]:
    for phrase in filter(None, _PHRASE.findall(answer)):
        yield Text(phrase)


def _confirmed(
    plan: Plan, outcomes: Sequence[Outcome], draft: dict[str, Any], world: World
) -> tuple[Said, tuple[Said, ...]]:
    """The question whether a model's plan is to be carried out that cuts more than half, or is doubtful."""
    before, after = clock(length_of(world.draft.data)), clock(length_of(draft))
    cuts = Said(
        f"It would cut more than half, {before} to {after}:", f"这会剪掉一半以上，从 {before} 到 {after}："
    )
    said = sum([plan.notes, cuts if _halves(draft, world) else Said(), *(o.said for o in outcomes)], Said())
    return said + _SHALL_I, (plan.confirm or Said(), NEVER_MIND)


def _halves(draft: dict[str, Any], world: World) -> bool:
    """Whether a draft is shorter than half of the present one."""
    return 2 * length_of(draft) < length_of(world.draft.data)


def _unchanged(answer: str, listened: Listened) -> Done:
    """The end of a turn that changed nothing: all is so already, or it could not be looked whether it is."""
    return Done(None, answer, outcome="refused" if listened.trouble else "done")


def _say(answer: str, outcome: OutcomeWord = "refused") -> Iterator[Step]:
    """An answer that changes nothing."""
    yield from _text(answer)
    yield Done(None, answer, outcome=outcome)
