"""What is told of uploads that failed: each file once, with its reason and what to do about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import NemoError, OutcomeUnknown, SessionNotFound, UploadError
from nemo_widgets.paths import is_there
from nemo_widgets.reasons import sentence

from .sources import file_of, is_link, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["changed_since", "in_a_row", "none_fits", "told_together"]

_BRIEF = 80
"""A hint of more characters has no room in the line of its file."""
_NAMED = 5
"""No more names than this are told."""


def told_together(
    failures: Mapping[str, BaseException], *, arrived: Sequence[str], doubtful: bool
) -> BaseException:
    """The error of an upload, of the errors of its files by their sources.

    Args:
        failures: at least one.
        arrived: the names of those that are uploaded.
        doubtful: whether it is not known of all of them if they arrived.
    """
    gone = [error for error in failures.values() if isinstance(error, SessionNotFound)]
    if gone or (len(failures) == 1 and not arrived):
        return gone[0] if gone else next(iter(failures.values()))
    given = {source: getattr(error, "hint", "") for source, error in failures.items()}
    alone = len(failures) == 1
    # What is true of one file stands beside it; what is long or true of several stands once, below.
    beside = {
        s: h for s, h in given.items() if not alone and len(h) <= _BRIEF and Counter(given.values())[h] == 1
    }
    lines = [_about(name_of(source), error, beside.get(source, "")) for source, error in failures.items()]
    hints = [hint for source, hint in given.items() if source not in beside]
    if doubtful:
        hints.append(OutcomeUnknown.default_hint)
    if arrived:
        row = "upload.is there" if len(arrived) == 1 else "upload.are there"
        row += "" if doubtful else ", one" if alone else ", some"
        hints.append(say(row, names=in_a_row(arrived)))
    hints = list(dict.fromkeys(filter(None, hints)))
    counts = {"count": len(failures), "all": len(failures) + len(arrived)}
    if alone:
        row = "upload.one doubtful" if doubtful else "upload.one missing"
        return UploadError(say(row, line=lines[0], **counts), hint=" ".join(hints))
    head = say("upload.doubtful" if doubtful else "upload.missing", **counts)
    return UploadError("\n".join([head, *lines]), hint="\n".join(hints))


def none_fits(sources: Iterable[str], look: Callable[[Path], object]) -> BaseException | None:
    """The error of an upload of which nothing can be sent, before it begins; None if something can.

    `look` raises what is wrong with a file. Of a link only its server knows.
    """
    failures: dict[str, BaseException] = {}
    for source in sources:
        if is_link(source) or not source.strip():
            return None
        try:
            look(file_of(source))
        except NemoError as error:
            failures[source] = error
        else:
            return None
    return told_together(failures, arrived=(), doubtful=False) if failures else None


def in_a_row(names: Sequence[str]) -> str:
    """Names as a sentence has them: `a.mp4, b.mp4 and c.mp4`; of many the first."""
    rest = len(names) - _NAMED
    shown = [*names[:_NAMED], say("names.more", count=rest)] if rest > 1 else list(names)
    if len(shown) < 2:  # noqa: PLR2004 - the last of them is joined in another way
        return "".join(shown)
    return say("names.and", names=say("names.comma").join(shown[:-1]), last=shown[-1])


def _about(name: str, error: BaseException, hint: str) -> str:
    """The error as a sentence that names the file once, and what to do about it."""
    told = sentence(str(getattr(error, "message", error)).strip())
    return f"{told if name in told else say('upload.about', name=name, told=told)} {hint}".strip()


def changed_since(source: str) -> UploadError:
    """The error of a file that is not what was to be uploaded any more."""
    path = file_of(source)
    if is_there(path):
        return UploadError(say("upload.changed since", name=path.name), hint=say("upload.by itself"))
    return UploadError(say("upload.gone since", name=path.name), hint="")
