"""Starts the studio for `connect(local=True)`: the one place outside of it that knows where it lives."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from nemo_widgets.call_checks import check_call
from nemo_widgets.catalogue import say
from nemo_widgets.disk_faults import explain
from nemo_widgets.errors import ConnectError, DownloadError, MissingExtra, StoreError
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.paths import is_file

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.studio.launch import Studio

__all__ = ["folder", "is_data", "present", "sample", "stop", "studio"]

_running: dict[str, Studio] = {}
_lock = threading.RLock()
"""Held while one is started or stopped: by a thread of its own, which goes on when its call was stopped."""


def studio(data: str | Path | None = None) -> Studio:
    """The studio of this process over the folder `data`, started when first wanted; it ends any other one.

    Raises:
        MissingExtra: it is not installed. ConnectError: it can't be started; the sentence says why.
    """
    return to_thread(lambda: _studio(data))


def _studio(data: str | Path | None) -> Studio:
    try:
        from nemo_widgets.studio.launch import default_data, launch
    except ImportError as error:
        raise _missing(error) from None
    # By its name, so that a run whose record names the folder finds the studio that has it by default.
    where = folder(data if data is not None else default_data())
    key = str(where)
    with _lock:
        if key not in _running or not (_running[key].running and is_data(where)):
            _stop()
            try:
                _running[key] = launch(where)
            except StoreError as error:
                hint = say("studio.folder", told=error.hint).strip()
                raise ConnectError(error.message, hint=hint) from None
            except OSError as error:
                why, hint = explain(error)
                raise ConnectError(say("studio.port", why=why), hint=hint) from None
        return _running[key]


def present(data: str | Path | None = None) -> Studio | None:
    """The studio over `data`, by default the one that runs or has something to show; None if there is none.

    Raises:
        MissingExtra: it is not installed.
    """
    return to_thread(lambda: _present(data))


def _present(data: str | Path | None) -> Studio | None:
    with _lock:
        if data is None and _running:
            return next(iter(_running.values()))
        if data is None:
            try:
                from nemo_widgets.studio.launch import default_data
            except ImportError as error:
                raise _missing(error) from None
            data = default_data()
        return _studio(data) if is_data(data) else None


def folder(data: str | Path) -> Path:
    """A data folder as it is known by.

    Raises:
        ConnectError: it is that of a user whom there is not, or the working directory is gone.
    """
    from pathlib import Path

    try:
        return Path(data).expanduser().absolute()
    except (RuntimeError, OSError) as error:
        why = str(error).rstrip(".")
        raise ConnectError(
            say("studio.no folder", folder=data, why=why), hint=say("studio.from root")
        ) from None


def is_data(data: str | Path) -> bool:
    """Whether it is a studio's data folder."""
    return is_file(folder(data) / "studio.sqlite3")


def stop() -> None:
    """Stop it, if it runs; what it keeps on disk stays."""
    to_thread(_stop)


def _stop() -> None:
    with _lock:
        for name in list(_running):
            _running.pop(name).stop()


@check_call
@stoppable
def sample(name: str, folder: str | Path = ".") -> Path:
    """Put a clip to try things out with into `folder`, and return its path.

    The clips are `speech`, `scenes`, `interview`, `recording`, `footage` and `film`. All but the first two
    are drawn and spoken when you first ask for them. That takes some seconds, shows its progress, and is kept
    in your cache (`NEMO_CACHE`) for the next time.

    Raises:
        MissingExtra: the studio is not installed. UsageError: there is no such sample.
        DownloadError: the clip can't be written.
    """
    from nemo_widgets.errors import UsageError
    from nemo_widgets.sample_progress import Drawing

    def work() -> Path:
        from nemo_widgets.studio.samples import make

        return make(name, folder, drawing)

    try:
        with Drawing(name) as drawing:
            return to_thread(work)
    except ImportError as error:
        raise _missing(error) from None
    except ValueError as error:
        raise UsageError(str(error.args[0]), hint="") from None
    except OSError as error:
        why, hint = explain(error)
        raise DownloadError(say("sample.unwritable", name=name, why=why), hint=hint) from None


def _missing(error: ImportError) -> MissingExtra:
    return MissingExtra(
        say("studio.missing", name=error.name),
        hint=say("studio.install"),
    )
