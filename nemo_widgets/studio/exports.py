"""Exports, one at a time in a thread; what is left unfinished is taken up at the next start."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from nemo_widgets.draft import Draft

from .drafts import media_id
from .render import Output, Progress, RenderCancelled, RenderError, make_plan, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .store import Job, Jobs, Store

__all__ = ["Exports"]

_log = logging.getLogger("nemo_widgets.studio.exports")

_TICK_S = 2.0
"""How often this process says that it lives, and looks for work that a dead one left."""
_LOOK_S = 0.15
"""How often it is looked up whether to stop."""
_TELL_S = (0.04, 0.15)
"""How soon progress is written down again: where it is another percent by now, and where it is not."""


class Exports:
    """The thread that renders."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="nemo-studio-exports", daemon=True)
        self._pulse = threading.Thread(target=self._live, name="nemo-studio-pulse", daemon=True)

    def start(self) -> None:
        """Enter this process among the owners, take over what dead ones left, and begin."""
        self._tick()
        self._thread.start()
        self._pulse.start()

    def wake(self) -> None:
        """There is something new to do."""
        self._wake.set()

    def begin_to_stop(self) -> None:
        """Stop rendering soon."""
        self._stopping.set()
        self._wake.set()

    def stop(self, timeout: float) -> None:
        """Stop rendering within about `timeout` seconds; what is unfinished waits for the next start."""
        self.begin_to_stop()
        self._thread.join(timeout * 3 / 4)
        self._pulse.join(timeout / 4)
        with self._store.transaction():
            self._store.jobs.release(self._store.owners.token)
            self._store.projects.interrupt([self._store.owners.token])
            self._store.owners.leave()

    def _live(self) -> None:
        while not self._stopping.wait(_TICK_S):
            try:
                self._tick()
            except Exception:  # noqa: BLE001 - tried again at the next beat
                _log.exception("The studio's pulse missed a beat")

    def _tick(self) -> None:
        store = self._store
        # One transaction: a process that dies in between must not leave the dead one's work unclaimed.
        with store.transaction():
            store.owners.live()
            dead = store.owners.bury()
            store.projects.interrupt(dead)
            adopted = store.jobs.adopt(store.owners.token, dead)
        if adopted:
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                job = self._store.jobs.take(self._store.owners.token)
                if job is not None:
                    self._export(job)
                    continue
            except Exception:  # noqa: BLE001 - the thread must outlive any one job
                _log.exception("The studio could not go on with an export")
            self._wake.wait()

    def _export(self, job: Job) -> None:
        jobs, target = self._store.jobs, self._store.result(job)
        watch, progress = _Watch(lambda: jobs.stopped(job), self._stopping), _Told(jobs, job)

        try:
            plan = make_plan(Draft(job.draft), self._sources(job), Output.from_request(job.output))
            done = render(plan, target, progress=progress, cancelled=watch)
        except RenderCancelled:
            target.unlink(missing_ok=True)
            if not self._stopping.is_set():
                jobs.end(job, "cancelled")
        except RenderError as error:
            jobs.end(job, "failed", error=str(error))
        except Exception as error:  # noqa: BLE001 - told to the user as a failed export
            _log.exception("Export %s failed", job.id)
            jobs.end(job, "failed", error=f"The export failed ({type(error).__name__}: {error}).")
        else:
            made = {"width": done.width, "height": done.height, "fps": round(float(done.fps), 3)}
            work = asdict(Progress("done", done.frames, done.frames)) | made
            jobs.end(job, "completed", duration_ms=done.duration_ms, size=done.size, work=work)

    def _sources(self, job: Job) -> Callable[[str], Path]:
        media = self._store.library.of_user(job.user)

        def source(src: str) -> Path:
            found = media.get(media_id(src))
            if found is None:
                raise RenderError("The draft shows a file that was not uploaded here.")
            path = self._store.library.path(found)
            if not path.is_file():
                raise RenderError(f"The file of {found.name} is gone from the studio's folder.")
            return path

        return source


class _Told:
    """Writes down how far a job is: often enough to be true, seldom enough to cost nothing."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self._jobs, self._job = jobs, job
        self._last: tuple[str, int] = "", -1
        self._at = -1.0

    def __call__(self, now: Progress) -> None:
        clock, mark = time.monotonic(), (now.stage, now.percent)
        fresh = now.stage != self._last[0]
        if fresh or clock - self._at >= _TELL_S[mark == self._last]:
            self._last, self._at = mark, clock
            if now.stage != "done":  # that is for the end to say
                self._jobs.advance(self._job, now.percent, asdict(now))


class _Watch:
    """Whether to stop: asked for every frame, looked up a few times a second."""

    def __init__(self, stopped: Callable[[], bool], stopping: threading.Event) -> None:
        self._stopped = stopped
        self._stopping = stopping
        self._seen = -1.0
        self._answer = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if not self._answer and now - self._seen >= _LOOK_S:
            self._seen = now
            self._answer = self._stopped()
        return self._answer or self._stopping.is_set()
