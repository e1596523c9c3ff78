"""What an export would be, before it is made: its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.call_checks import check_class
from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.interrupts import load, stoppable
from nemo_widgets.session_base import SessionBase, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nemo_widgets.draft import Draft
    from nemo_widgets.plan_table import PlanTable

__all__ = ["SessionPreview", "settings_of"]

_OPTIONS = ("format", "quality", "resolution", "fps", "codec", "crf")


@check_class
class SessionPreview(SessionBase):
    """A session that tells and shows what its export would be."""

    @stoppable
    def explain(
        self, path: str | Path | None = None, *, draft: Draft | None = None, **output: Any
    ) -> PlanTable:
        """What an export would copy, keep, encode or show still, and why; only with a studio.

        Nothing is rendered.

        Args:
            path: the file that the export would become; only its ending counts.
            draft: the draft to render; by default the session's timeline.
            output: format, quality, resolution, fps, codec, crf, as `export` takes them.

        Returns:
            A DataFrame: kind, what (copy, keep, encode, still), start_ms, end_ms, frames, source, why. Its
            `summary` is a line of words, its `picture` shows it below the timeline.

        Raises:
            UsageError: the server is no studio. NemoError: there is nothing to export, or it can't be made.
        """
        from nemo_widgets.paths import expanded
        from nemo_widgets.running.naming import checked_format, told_format

        settings = settings_of(output) or {}
        checked_format(settings, studio=True)
        if (
            path is not None
            and not settings.get("format")
            and (told := told_format(expanded(path), studio=True))
        ):
            settings["format"] = told
        connection, chosen = self._connection, draft if draft is not None else self._chosen
        shown = chosen if chosen is not None else self.draft
        if not connection.session_id or not shown:
            raise UsageError(say("export.empty"), hint=say("frame.upload first"))
        plan = wait_for(connection.client.explain(connection.session_id, draft=chosen, output=settings))
        table: PlanTable = load("nemo_widgets.plan_table").plan_table(plan, shown)
        return table


def settings_of(output: Mapping[str, Any]) -> dict[str, Any] | None:
    """The form of an export as a program asked for it; None where it asked for nothing.

    Raises:
        UsageError: there is no such option.
    """
    if wrong := set(output) - set(_OPTIONS):
        raise UsageError(
            say("export.unknown options", names=", ".join(sorted(wrong))),
            hint=say("export.options", names=", ".join(_OPTIONS)),
        )
    given = {name: value for name, value in output.items() if value is not None}
    return {"quality": "high", **given} if given else None
