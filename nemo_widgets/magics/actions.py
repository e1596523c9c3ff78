"""What each subcommand does: a small method on the current session."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from nemo_widgets import connecting, disk, live, run_list, session_list
from nemo_widgets.catalogue import say
from nemo_widgets.draft import moment_ms
from nemo_widgets.draft.timeline_types import timeline_type
from nemo_widgets.errors import NotConnected, UsageError
from nemo_widgets.interrupts import to_thread
from nemo_widgets.journal import Journal
from nemo_widgets.languages import either, language_of, speaking, spoken, system_language
from nemo_widgets.once import refuse_repeats
from nemo_widgets.paths import expanded, is_file
from nemo_widgets.question import escaped
from nemo_widgets.routing import route
from nemo_widgets.run_words import stopped
from nemo_widgets.session import current
from nemo_widgets.session_offer import nothing_yet

from .awaiting import MARK
from .commands import LOOKING, help_text, options_of
from .filling import scope
from .pending import Pending
from .reading import parse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    import pandas as pd

    from nemo_widgets.plan_table import PlanTable
    from nemo_widgets.routing import Route
    from nemo_widgets.running import Run

__all__ = ["perform"]

_LISTED = 25
"""So many rows of a long table are shown: a notebook would leave out its middle."""


def perform(shell: Any, line: str, cell: str | None, *, assigned: bool = False) -> Any:
    """Do what was typed: the value to show, or a `Pending` to wait for.

    What is `assigned` (`run = %nemo edit …`) is the run or the draft, also where nothing is to be shown.

    Raises:
        UsageError: there is no such subcommand or option.
    """
    variables = scope(shell.user_ns)
    name, options = parse(line.replace(MARK, ""), cell, variables)
    if name not in LOOKING:
        refuse_repeats()
    actions = _Actions(shell, variables, assigned=assigned)
    outcome = getattr(actions, f"_{name}")(options)
    return _assigned(actions, outcome) if assigned else outcome


def _assigned(actions: _Actions, outcome: Any) -> Any:
    if isinstance(outcome, Pending):
        return Pending(outcome.run, lambda run: _assigned(actions, outcome.then(run)))
    if actions.whole is not None:
        return actions.whole
    return actions.kept if outcome is None else outcome


_WHAT = ("", "can i say", "can i do", "can you do", "can be said", "我能说什么", "能说什么", "可以说什么")
"""What may stand behind `%nemo what`."""


class _Actions:
    """One method a subcommand."""

    def __init__(self, shell: Any, variables: Mapping[str, Any], *, assigned: bool = False) -> None:
        self.shell = shell
        self.variables = variables
        self.assigned = assigned
        self.kept: Any = None
        self.whole: Any = None

    def _keep(self, options: argparse.Namespace, value: Any) -> None:
        self.kept = value
        if name := getattr(options, "output", None):
            if not name.isidentifier():
                raise UsageError(say("magic.bad variable", name=repr(name)), hint="")
            self.shell.user_ns[name] = value

    # -- work ---------------------------------------------------------------------------------------

    def _connect(self, options: argparse.Namespace) -> None:
        named = options_of(options, "skill", "language", "url")
        self.kept = connecting.connect(local=options.local, **named)

    def _open(self, options: argparse.Namespace) -> Any:
        return connecting.connect(session=options.session).timeline

    def _sessions(self, options: argparse.Namespace) -> pd.DataFrame | None:
        if options.forget:
            live.show_markdown(disk.forget(options.forget, yes=options.yes))
            return None
        listing = session_list.known()
        live.show_markdown(disk.disk_words(listing, empty=options.all))
        table = session_list.table(listing, empty=options.all)
        self._keep(options, table)
        named = table.reset_index().set_index("name")
        first = [column for column in named if column != "session"]
        return self._latest(named[[*first, "session"]], table, "sessions") if len(table) else None

    def _latest(self, shown: pd.DataFrame, whole: pd.DataFrame, what: str) -> pd.DataFrame:
        """The first rows of a table, which are the latest, and a line that says how many more there are."""
        self.whole = whole
        if len(shown) > _LISTED:
            live.show_markdown(say(f"magic.latest {what}", most=_LISTED, count=len(shown)))
        return shown.head(_LISTED)

    def _clean(self, options: argparse.Namespace) -> pd.DataFrame | None:
        table = disk.clean(yes=options.yes)
        live.show_markdown(disk.clean_words(table, yes=options.yes))
        self._keep(options, table)
        return table if len(table) else None

    def _upload(self, options: argparse.Namespace) -> Pending | None:
        return self._under_way(
            options, current().start_upload(*_whole(options.sources), background=options.background)
        )

    def _edit(self, options: argparse.Namespace) -> Pending | None:
        return self._under_way(options, self._start(options, options.words))

    def _answer(self, options: argparse.Namespace) -> Pending | None:
        return self._under_way(options, current().start_answer(options.words, background=options.background))

    def _again(self, options: argparse.Namespace) -> Pending | None:
        run = current().start_again(anyway=options.anyway, background=options.background)
        return self._under_way(options, run)

    def _undo(self, options: argparse.Namespace) -> Pending | None:
        return self._under_way(options, current().start_undo(options.n, background=options.background))

    def _redo(self, options: argparse.Namespace) -> Pending | None:
        return self._under_way(options, current().start_redo(options.n, background=options.background))

    def _start(self, options: argparse.Namespace, words: str) -> Run:
        return current().start(words, background=options.background, strict=options.strict)

    def _under_way(
        self, options: argparse.Namespace, run: Run, then: Callable[[Any], Any] = lambda _: None
    ) -> Pending | None:
        self._keep(options, run)
        return None if options.background else Pending(run, then)

    def _attach(self, options: argparse.Namespace) -> Pending | None:
        left = options.run or to_thread(_left_behind)
        if left is None:
            live.show_markdown(say("magic.nothing left"))
            return None
        if options.forget:
            connecting.forget(left)
            live.show_markdown(say("magic.forgotten", id=left))
            return None
        run = connecting.start_attach(left, background=options.background)
        return self._under_way(
            options, run, lambda run: current().exported(run) if run.kind == "export" else None
        )

    def _ask(self, options: argparse.Namespace) -> Any:
        """Everything that is asked for, in its order; what follows waits for what comes before it."""
        asked = route(options.words)
        if len(asked.actions) > 1:
            options.background = False  # what follows waits for what comes before it

        outputs = iter(asked.outputs)

        def go_on(rest: tuple[str, ...], before: Any = None) -> Any:
            if not rest:
                return before
            output = [next(outputs)] if rest[0] == "export" else []
            with speaking(language_of(options.words, spoken())):
                outcome = getattr(self, f"_ask_{rest[0]}")(options, asked, *output)
            if isinstance(outcome, Pending):
                return Pending(outcome.run, lambda run: go_on(rest[1:], outcome.then(run)))
            return go_on(rest[1:], outcome)

        return go_on(asked.actions)

    def _ask_edit(self, options: argparse.Namespace, asked: Route) -> Pending | None:
        return self._under_way(options, self._start(options, asked.instruction))

    def _ask_export(
        self, options: argparse.Namespace, asked: Route, output: Mapping[str, str | float]
    ) -> Any:
        settings: dict[str, Any] = dict(output)
        session, path = current(), settings.pop("path", None)
        if timeline_type(path):
            return session.export(path, **settings)
        run = session.start_export(path, background=options.background, **settings)
        if asked.actions[0] != "export":
            return Pending(run, session.exported)  # what is kept under a name is the edit, with its changes
        return self._under_way(options, run, session.exported)

    def _ask_upload(self, options: argparse.Namespace, asked: Route) -> Pending | None:
        if not asked.sources:
            raise UsageError(say("upload.which"), hint=say("upload.name it"))
        run = current().start_upload(*asked.sources, background=options.background)
        return self._under_way(options, run)

    def _ask_credits(self, options: argparse.Namespace, _: Route) -> None:
        self._credits(options)

    def _ask_status(self, *_: Any) -> Any:
        if busy := current().busy():  # the timeline's own words stand with its picture
            live.show_markdown(busy)
        return current().timeline

    def _export(self, options: argparse.Namespace) -> Any:
        session = current()
        chosen = None
        if options.draft:
            chosen = self.variables.get(options.draft)
            if chosen is None:
                raise UsageError(say("magic.no variable", name=repr(options.draft)), hint="")
        settings = options_of(options, "format", "quality", "resolution")
        if options.explain:
            return self._explain(options, session.explain(options.path, draft=chosen, **settings))
        if timeline_type(options.path):
            made = session.export(options.path, draft=chosen, **settings)
            self._keep(options, made)
            return made
        run = session.start_export(
            options.path, draft=chosen, background=options.background, anyway=options.anyway, **settings
        )

        def ended(run: Any) -> Any:
            video = session.exported(run)
            self._keep(options, video)
            return video

        if options.background:
            return self._under_way(options, run)
        return Pending(run, ended)

    def _explain(self, options: argparse.Namespace, table: PlanTable) -> PlanTable:
        """What an export would do: a line and a picture, and the table as the value."""
        from IPython.display import display

        self._keep(options, table)
        if not self.assigned:
            live.show_markdown(f"{table.summary}\n\n{say('plan.nothing rendered')}")
            if len(table):
                display(table.picture)
        return table

    def _cancel(self, _: argparse.Namespace) -> None:
        stopped = current().cancel()
        names = say("names.comma").join(run.id for run in stopped)
        live.show_markdown(say("magic.cancelled", names=names) if stopped else say("magic.nothing under way"))

    def _disconnect(self, _: argparse.Namespace) -> None:
        session = current()
        runs = [run for run in session.runs if not run.done]
        head = say("magic.disconnected")
        session.disconnect()
        live.show_markdown(stopped(head, runs))

    # -- looking ------------------------------------------------------------------------------------

    def _tracks(self, options: argparse.Namespace) -> pd.DataFrame:
        return self._rows(options, current().draft.tracks)

    def _segments(self, options: argparse.Namespace) -> pd.DataFrame:
        from nemo_widgets.draft.tables import brief

        self.whole = self._rows(options, current().draft.segments)
        return to_thread(lambda: brief(self.whole))

    def _rows(self, options: argparse.Namespace, table: pd.DataFrame) -> pd.DataFrame:
        self._keep(options, table)
        if table.empty:
            live.show_markdown(nothing_yet(current()))
        return table

    def _draft(self, options: argparse.Namespace) -> None:
        draft = current().draft
        self._keep(options, draft)
        if self.assigned:  # as a table that is assigned is not shown, either
            return
        text = to_thread(lambda: json.dumps(draft.data, ensure_ascii=False, indent=1))
        live.show_markdown(f"```json\n{text}\n```", text)

    def _timeline(self, _: argparse.Namespace) -> Any:
        return current().timeline

    def _history(self, options: argparse.Namespace) -> Any:
        history = current().history
        self._keep(options, history)
        if history.empty:
            live.show_markdown(nothing_yet(current()))
            return None
        return history

    def _diff(self, options: argparse.Namespace) -> Any:
        from nemo_widgets.widgets import DifferencePicture

        if len(options.states) > 2:  # noqa: PLR2004 - two states differ
            raise UsageError(say("history.two"), hint=say("history.look"))
        history = current().history
        if len(options.states) == 0 and len(history) < 2:  # noqa: PLR2004 - one before and one after
            raise UsageError(say("history.one"), hint=say("history.look"))
        numbers = [-2, -1] if not options.states else [*options.states, -1][:2]
        before, after = (history[number].draft for number in numbers)
        table = before.diff(after)
        self._keep(options, table)
        self.whole = table
        if self.assigned:
            return None
        told = [escaped(sentence) for sentence in table["sentence"].head(_LISTED)]
        more = len(table) - len(told)
        told += [say("difference.more", count=more)] if more else []
        live.show_markdown("\n".join(f"- {each}" for each in told) or say("difference.none"))
        return DifferencePicture(before, after)

    def _frame(self, options: argparse.Namespace) -> Any:
        from nemo_widgets.widgets import FramePicture

        session = current()
        image = session.frame(options.at)
        self._keep(options, image)
        if self.assigned:
            return None
        return FramePicture(image, moment_ms(options.at), film_ms=session.draft.duration_ms)

    def _play(self, options: argparse.Namespace) -> Any:
        from nemo_widgets.film_player import film_player

        return film_player(options.path) if options.path else current().play()  # a file needs no session

    def _status(self, _: argparse.Namespace) -> None:
        live.show_markdown(current().status())

    def _credits(self, _: argparse.Namespace) -> None:
        left = self.kept = current().credits()
        if left.free:
            live.show_markdown(say("credits.free"))
            return
        if not left.known:
            live.show_markdown(say("credits.untold"))
            return
        live.show_markdown(_emphasised(say("credits.told", told=str(left))))

    def _skills(self, _: argparse.Namespace) -> pd.DataFrame:
        from nemo_widgets import skills

        rows = [
            {"skill": s.name, "what it does": s.summary, "for example": (s.prompts or ("",))[0]}
            for s in (each.said(spoken()) for each in skills.every().values())
        ]

        def work() -> pd.DataFrame:
            from nemo_widgets.table import table_of

            return table_of(rows).set_index("skill")

        return to_thread(work)

    def _what(self, options: argparse.Namespace) -> None:
        from nemo_widgets import skills

        asked = " ".join(options.words).rstrip(" ?？").lower()
        if asked not in _WHAT:
            raise UsageError(
                say("magic.what unknown", asked=asked),
                hint=say("magic.ask what", words=" ".join(options.words)),
            )
        language = system_language()
        with contextlib.suppress(NotConnected):
            language = current()._connection.place.language  # noqa: SLF001 - one of our own
        lines = [
            "\n".join([f"**{s.title or s.name}**", "", *(f"- {words}" for words in s.prompts)])
            for s in (each.said(language) for each in skills.every().values())
            if s.prompts
        ]
        more = either(
            language,
            "Say it with `%nemo edit …`, or with `%%nemo edit` and the words below it.",
            "这样说：`%nemo edit …`，或者用 `%%nemo edit`，把话写在下一行。",
        )
        live.show_markdown("\n\n".join([*lines, more]))

    def _runs(self, _: argparse.Namespace) -> pd.DataFrame:
        table = run_list.runs()
        return self._latest(table, table, "runs")

    def _help(self, options: argparse.Namespace) -> None:
        live.show_markdown(help_text(options.command))


def _left_behind() -> str | None:
    """The run that was left behind last: of the server that one is connected to, if there is one."""
    here = session_list.server_here()
    left = min(Journal().left(), key=lambda record: record.place.server != here, default=None)
    return left.id if left is not None else None


def _emphasised(told: str) -> str:
    """Credits in words, the first of them in bold: the number, where there is one."""
    first, space, rest = told.partition(" ")
    return f"**{first.capitalize()}**{space}{rest}"


def _whole(sources: list[str]) -> list[str]:
    """The names as they were meant: a file's name with spaces may have been typed without quotes."""
    joined = " ".join(sources)
    if len(sources) > 1 and is_file(expanded(joined)):
        return [joined]
    return sources
