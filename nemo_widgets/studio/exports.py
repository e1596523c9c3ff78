"""Exports: as many at a time as there are cores, users in turn; what is left goes on at the next start."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from nemo_widgets.errors import StoreError
from nemo_widgets.languages import system_language

from .failures import failure
from .queueing import Asker, RoundRobin
from .render import Progress, RenderError
from .rendering import export
from .store import TakenOver
from .workers import Limits, Workers, cores

if TYPE_CHECKING:
    from pathlib import Path

    from .settings import Settings
    from .store import Job, Jobs, Store, Waiting

__all__ = ["Exports"]

_log = logging.getLogger("nemo_widgets.studio.exports")

_TICK_S = 2.0
"""How often this process says that it lives, and looks for work that a dead one left."""
_LOOK_S = 0.15
"""How often it is looked up whether to stop."""
_SILENCE_S = 600.0
"""A render that has not got on for so long is stuck; to put a large file in order may take minutes."""
_LEAST_MEMORY, _CORE_MEMORY = 2 * 1024**3, 256 * 1024**2
"""What a render may take where nothing is set: FFmpeg has threads by the core, and pictures for each."""


class Exports:
    """Who renders, and what waits for it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._most, self._films = settings.renders or cores(), settings.films
        memory = settings.render_memory or max(_LEAST_MEMORY, cores() * _CORE_MEMORY)
        limits = Limits(settings.render_s, _SILENCE_S, memory)
        self._workers = Workers(limits)
        self._turns = RoundRobin()
        self._at_work: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._trouble = ""
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

    def warm(self) -> None:
        """See to it that the next export need not wait for its process to start."""
        self._workers.warm()

    def place(self, job: Job) -> int:
        """Which one of those that wait the job is: 1 for the next one, 0 if it does not wait."""
        mine = job.owner == self._store.owners.token
        with self._lock:
            turns = self._turns if mine else RoundRobin()
            waiting = turns.ordered(self._store.jobs.waiting(job.owner), _asker)
        return next((place for place, other in enumerate(waiting, 1) if other.token == job.token), 0)

    def begin_to_stop(self) -> None:
        """Stop rendering soon."""
        self._stopping.set()
        self._wake.set()

    def stop(self, timeout: float) -> None:
        """Stop rendering within about `timeout` seconds; what is unfinished waits for the next start."""
        self.begin_to_stop()
        end = time.monotonic() + timeout * 3 / 4
        self._thread.join(timeout / 4)
        for thread in list(self._at_work.values()):
            thread.join(max(0.0, end - time.monotonic()))
        self._workers.shutdown(wait=False, cancel_futures=True)
        self._pulse.join(timeout / 4)
        store = self._store
        try:
            store.backlog.catch_up()
            with store.transaction():
                store.jobs.release(store.owners.token)
                store.messages.interrupt(store.owners.token)
                store.owners.leave()
        except StoreError as error:  # the next one finds that we are gone
            _log.warning("The studio stops, and can't write that down: %s", error)

    def _live(self) -> None:
        while not self._stopping.wait(_TICK_S):
            try:
                self._tick()
            except StoreError as error:
                if self._trouble != error.message:  # once, not every two seconds
                    self._trouble = error.message
                    _log.warning("%s", error)
            except Exception:  # noqa: BLE001 - tried again at the next beat
                _log.exception("The studio's pulse missed a beat")
            else:
                if self._trouble:
                    _log.info("The data folder is in order again")
                    self._trouble = ""

    def _tick(self) -> None:
        store = self._store
        store.backlog.catch_up()
        # One transaction: a process that dies in between must not leave the dead one's work unclaimed.
        with store.transaction():
            store.owners.live()
            store.owners.bury()
            store.messages.interrupt()
            adopted = store.jobs.adopt(store.owners.token)
        if adopted:
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            wait_s = None
            try:
                while self._begin():
                    pass
            except StoreError:  # the pulse tells of it
                wait_s = _TICK_S
            except Exception:  # noqa: BLE001 - the thread must outlive any one job
                _log.exception("The studio could not go on with its exports")
                wait_s = _TICK_S
            self._wake.wait(wait_s)

    def _begin(self) -> bool:
        """Begin the next export; False if none waits that has a place."""
        jobs, owner = self._store.jobs, self._store.owners.token
        with self._lock:
            if len(self._at_work) > self._most:
                return False
            for waiting in self._turns.ordered(jobs.waiting(owner), _asker):
                if not self._has_place(waiting.user):
                    continue
                job = jobs.take(owner, waiting.token)
                if job is None:  # it was cancelled just now
                    continue
                self._turns.begin(_asker(waiting))
                thread = threading.Thread(
                    target=self._carry_out, args=(job,), name="nemo-studio-export", daemon=True
                )
                self._at_work[job.token] = thread
                try:
                    thread.start()
                except RuntimeError:  # the system has no thread left for it now
                    del self._at_work[job.token]
                    self._turns.end(_asker(waiting))
                    jobs.put_back(job)
                    raise
                return True
        return False

    def _has_place(self, user: str) -> bool:
        """Whether an export of this user may begin: where one user has all places, there is one for others.

        Exports may take hours, so that nobody waits for those of one person alone.
        """
        if len(self._at_work) < self._most:
            return True
        return self._turns.served == 1 and not self._turns.busy(user)

    def _carry_out(self, job: Job) -> None:
        try:
            self._export(job)
        except Exception:  # noqa: BLE001 - the others go on
            _log.exception("The studio could not go on with the export %s", job.id)
        finally:
            with self._lock:
                self._turns.end(Asker(job.user, job.session))
                del self._at_work[job.token]
            self._wake.set()

    def _export(self, job: Job) -> None:
        jobs, library = self._store.jobs, self._store.library
        films: list[Path] = []

        def heard(now: Progress) -> None:
            if now.stage != "done":  # that is for the end to say
                with suppress(StoreError):  # the film may be the one thing that there is room for
                    jobs.advance(job, now.percent, asdict(now))

        try:
            film = self._store.film(job)
            part = film.with_name(film.name + ".part")
            films += [film, part]
            files = {id_: (m.name, str(library.path(m))) for id_, m in library.of_user(job.user).items()}
            watch = _Watch(jobs, job, self._stopping)
            kept = self._store.films(job.user, self._films)
            done, index = self._workers.run(
                export,
                *(job.draft, files, job.output, film, kept),
                heard=heard,
                cancelled=watch,
                parts=films,
            )
            made = {"width": done.width, "height": done.height, "fps": round(float(done.fps), 3)}
            made = made if done.frames else {}  # sound alone has no picture
            work = asdict(Progress("done", done.frames, done.frames)) | made
            self._store.publish(job)
            jobs.end(
                job, "completed", duration_ms=done.duration_ms, size=done.size, work=work, film_index=index
            )
        except TakenOver:
            _log.warning("Another studio has taken export %s over", job.id)
        except CancelledError:
            if not self._stopping.is_set():
                jobs.end(job, "cancelled")
        except Exception as error:  # noqa: BLE001 - told to the user as a failed export
            reason, retry = failure(error, self._store.results, self._language(job))
            if not isinstance(error, RenderError):
                _log.warning("Export %s failed", job.id, exc_info=error)
            jobs.end(job, "failed", error=reason, work=None if retry else {"retry": False})
        finally:
            for path in films:
                with suppress(OSError):
                    path.unlink(missing_ok=True)

    def _language(self, job: Job) -> str:
        """What the session's people read: en or zh."""
        try:
            language = self._store.projects.language(job.session)
        except StoreError:
            language = system_language()
        return "zh" if language.lower().startswith("zh") else "en"


def _asker(waiting: Waiting) -> Asker:
    return Asker(waiting.user, waiting.session)


class _Watch:
    """Whether to stop: looked up a few times a second, however often it is asked."""

    def __init__(self, jobs: Jobs, job: Job, stopping: threading.Event) -> None:
        self._jobs, self._job, self._stopping = jobs, job, stopping
        self._seen = -1.0
        self._answer = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if not self._answer and now - self._seen >= _LOOK_S:
            self._seen = now
            with suppress(StoreError):  # asked again soon
                self._answer = self._jobs.stopped(self._job)
        return self._answer or self._stopping.is_set()
