"""Work in other processes: what it gives, what it may take, and that nothing of it is left."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
import worker_calls
from limits import within
from waiting import PATIENCE_S, until

from nemo_widgets.studio.render import RenderError
from nemo_widgets.studio.store.owners import _runs
from nemo_widgets.studio.workers import (
    PROCESSES,
    Limits,
    MemoryLimit,
    TimeLimit,
    WorkerLost,
    Workers,
    cores,
    executor,
)

MB = 1024 * 1024


@pytest.fixture
def workers():
    """Makes executors; all of them are shut down in the end."""
    made = []

    def make(**limits):
        made.append(Workers(Limits(**limits)))
        return made[-1]

    yield make
    for each in made:
        each.shutdown(cancel_futures=True)


def pid_in(part):
    """The number of the process that has begun to write the file."""
    return int(until(lambda: part.exists() and part.read_text()))


def test_results_of_another_process(workers):
    """A call gives its result, made elsewhere; what prints or reads there is not in its way."""
    pool = workers()
    assert pool.run(worker_calls.print_and_ask) == ""
    assert pool.run(os.getpid) != os.getpid()
    assert list(pool.map(abs, [-1, 2, -3])) == [1, 2, 3]


def test_errors_arrive_as_they_were_raised(workers):
    """A named error has its name and sentence still; one that can't be sent is told in words."""
    pool = workers()
    with pytest.raises(RenderError) as told:
        pool.run(worker_calls.refuse, "“a.mp4” is gone.")
    assert str(told.value) == "“a.mp4” is gone."
    assert "worker_calls.py" in told.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Odd: the reel is stuck"):
        pool.run(worker_calls.fail_oddly)


@pytest.mark.parametrize("way", ["asked", "shut down"])
def test_cancelled_work_leaves_nothing(workers, tmp_path, way):
    """Within a second its process is gone, and so is the half file that it had written."""
    pool, part, stop, ends = workers(), tmp_path / "film.part", threading.Event(), []

    def call():
        try:
            pool.run(worker_calls.write_and_wait, part, cancelled=stop.is_set, parts=[part])
        except CancelledError:
            ends.append(time.monotonic())

    thread = threading.Thread(target=call)
    thread.start()
    pid, asked = pid_in(part), time.monotonic()
    if way == "asked":
        stop.set()
    else:
        pool.shutdown(wait=False, cancel_futures=True)
    thread.join(PATIENCE_S)
    assert within(ends[0] - asked, 1)
    until(lambda: not _runs(pid, ""))
    assert not part.exists()


def test_cancelled_future_ends_its_work(tmp_path):
    """A future can be cancelled until it is done: its process ends, and the next in the queue begins."""
    pool = Workers(most=1)
    running, waiting, last = (
        pool.submit(worker_calls.write_and_wait, tmp_path / "film.part"),
        pool.submit(worker_calls.write_and_wait, tmp_path / "never.part"),
        pool.submit(abs, -1),
    )
    pid = pid_in(tmp_path / "film.part")
    assert waiting.cancel()
    assert running.cancel()
    assert last.result(PATIENCE_S) == 1
    until(lambda: not _runs(pid, ""))
    assert not (tmp_path / "never.part").exists()
    pool.shutdown()
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(abs, -1)


def test_no_more_time_than_it_may_have(workers):
    """What takes too long in all, or from one word to the next, is ended with a name for it."""
    with pytest.raises(TimeLimit):
        workers(seconds=0.2).run(time.sleep, 60)
    with pytest.raises(TimeLimit):
        workers(silence_s=0.2).run(time.sleep, 60)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells there what memory a process has")
def test_no_more_memory_than_it_may_have(workers):
    """What takes more memory than it may is ended with a name for it; the next call is none the worse."""
    pool = workers(memory=200 * MB)
    with pytest.raises(MemoryLimit):
        pool.run(worker_calls.grow, 2000)
    assert pool.run(worker_calls.grow, 20) == 20_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells there what memory a process has")
def test_what_an_earlier_call_has_left_is_no_fault_of_the_next(workers):
    """A call that may take little is carried out by a worker that holds little."""
    pid = workers().run(worker_calls.hold, 60)
    assert workers(memory=110 * MB).run(os.getpid) != pid
    assert workers(memory=110 * MB).run(worker_calls.grow, 1) == 1_000_000


def test_killed_process_is_told_as_lost(workers):
    """Where the system ends a process, whoever waits for it is told, and the next call has another one."""
    pool = workers()
    with pytest.raises(WorkerLost):
        pool.run(worker_calls.be_killed)
    assert pool.run(abs, -1) == 1


def test_idle_worker_ends_by_itself(workers):
    """A worker that is not called for a while ends; a call that comes just then is made all the same."""
    pool = workers()
    pid = pool.run(worker_calls.leave_soon)
    until(lambda: not _runs(pid, "") and pid not in PROCESSES.pids)
    for wait in (0.05, 0.06):
        pool.run(worker_calls.leave_soon)
        time.sleep(wait)
        assert pool.run(abs, -1) == 1


@pytest.mark.parametrize(
    ("share", "wanted"), [("200000 100000", 2), ("150000 100000", 1), ("50000 100000", 1), ("max 100000", 64)]
)
def test_a_containers_share_of_the_cores_counts(monkeypatch, tmp_path, share, wanted):
    """On a machine of 64 cores, a container that may use two of them has two."""
    monkeypatch.setattr(executor.os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    monkeypatch.setattr(executor, "_SHARE", tmp_path / "cpu.max")
    assert cores() == 64
    (tmp_path / "cpu.max").write_text(share)
    assert cores() == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells and is told")
def test_workers_are_the_first_to_go_where_memory_runs_out(workers):
    """The system ends a worker rather than the program, which may be the user's notebook."""
    assert int(workers().run(Path.read_text, Path("/proc/self/oom_score_adj"))) == 800


PROGRAM = """
import os, pathlib, sys, threading
sys.path.append(sys.argv[2])
import worker_calls
from nemo_widgets.studio.workers import Workers
pool, part = Workers(), pathlib.Path(sys.argv[1])
for name in ("one", "two"):
    file = part.with_suffix("." + name)
    threading.Thread(
        target=pool.run, args=(worker_calls.write_and_wait, file), kwargs={"parts": [file]}, daemon=True
    ).start()
sys.stdin.readline()
"""


@pytest.mark.parametrize("end", ["killed", "over"])
def test_no_worker_outlives_its_program(tmp_path, end):
    """Whether the program is killed or ends, its workers are gone within a second, and their half files too.

    The program is one of `python -c`, whose `__main__` nobody could import.
    """
    parts, tests = [tmp_path / "film.one", tmp_path / "film.two"], str(Path(__file__).parents[1])
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "film"), tests]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as program:
        pids = [pid_in(part) for part in parts]
        if end == "killed":
            program.kill()
        else:
            program.communicate(b"\n")
    until(lambda: not any(_runs(pid, "") for pid in pids))
    assert list(tmp_path.iterdir()) == []
