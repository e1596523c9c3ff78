"""What is told of uploads that failed: each file once, with its reason and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.errors import NemoError, OutcomeUnknown, SessionNotFound, UploadError
from nemo_widgets.paths import is_there
from nemo_widgets.reasons import sentence

from .sources import file_of, name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["changed_since", "told_together"]


def told_together(failures: Mapping[str, BaseException], *, sent: int, doubtful: bool) -> BaseException:
    """The error of an upload, of the errors of its files by their sources.

    Args:
        failures: at least one.
        sent: how many others are uploaded.
        doubtful: whether it is not known of all of them if they arrived.
    """
    gone = [error for error in failures.values() if isinstance(error, SessionNotFound)]
    if gone or (len(failures) == 1 and not sent):
        return gone[0] if gone else next(iter(failures.values()))
    told = ";\n".join(_about(name_of(source), error) for source, error in failures.items())
    hints = [error.hint for error in failures.values() if isinstance(error, NemoError)]
    if doubtful:
        hints.append(OutcomeUnknown.default_hint)
    if sent:
        hints.append("The other file is uploaded." if sent == 1 else f"The other {sent} files are uploaded.")
    hint = " ".join(dict.fromkeys(hint for hint in hints if hint))
    gap = "\n" if len(failures) > 1 else " "  # a line each, for whoever reads them
    count = f"{len(failures)} of {len(failures) + sent}"
    return UploadError(f"{count} were not uploaded:{gap}{sentence(told)}", hint=hint)


def _about(name: str, error: BaseException) -> str:
    """The error as a part of a sentence that names the file once."""
    told = str(getattr(error, "message", error)).strip().rstrip(".。")
    return told if name in told else f"{name}: {told}"


def changed_since(source: str) -> UploadError:
    """The error of a file that is not what was to be uploaded any more."""
    path = file_of(source)
    if is_there(path):
        return UploadError(f"{path.name} has changed since.", hint="Upload it by itself, as it is now.")
    return UploadError(f"{path.name} is not there any more.", hint="")
