"""Loading the extension again and again, and connecting again and again, leaves nothing behind."""

from __future__ import annotations

import json
import time

import pytest
from kernels.versions import KERNELS
from waiting import PATIENCE_S

SPARE = 8
"""Far fewer than one for each time."""
STATE = """\
def _state():
    import atexit, json, psutil, threading
    ip = get_ipython()
    process, threads = psutil.Process(), [t.name for t in threading.enumerate()]
    print(json.dumps({
        "passing": [name for name in threads if "warm-up" in name or "pace" in name],
        "threads": sorted(name for name in threads if not name.startswith(("AnyIO", "asyncio_"))),
        "open files": process.num_fds() if hasattr(process, "num_fds") else process.num_handles(),
        "sockets": len(process.net_connections()),
        "before": [h.__name__ for h in ip.input_transformers_cleanup if "nemo" in h.__module__],
        "after": [h.__name__ for h in ip.input_transformers_post if "nemo" in h.__module__],
        "transformers": [len(ip.input_transformers_cleanup), len(ip.input_transformers_post)],
        "matchers": len(ip.Completer.custom_matchers),
        "dispatchers": {k: len(v.strs) + len(v.regexs) for k, v in ip.strdispatchers.items()},
        "magics": {kind: len(table) for kind, table in ip.magics_manager.magics.items()},
        "registry": len(ip.magics_manager.registry),
        "configurables": len(ip.configurables),
        "events": {name: len(calls) for name, calls in ip.events.callbacks.items()},
        "at exit": atexit._ncallbacks(),
    }))
_state()"""
LOAD = (
    "for i in range({0}):\n    for word in ('unload_ext load_ext' if i % 4 == 3 else 'reload_ext').split():\n"
    "        get_ipython().run_line_magic(word, 'nemo_widgets')"
)
CONNECT = "for _ in range({0}):\n    %nemo connect --local"


@pytest.fixture(params=[v.name for v in KERNELS], scope="module")
def kernel(request, company):
    """A kernel of its own, with the extension loaded."""
    made = company.fresh(request.param)
    made.asked("%load_ext nemo_widgets")
    yield made
    made.stop()


def state(kernel):
    """What there is in the kernel, once the threads are gone that go by themselves."""
    end = time.monotonic() + PATIENCE_S
    while True:
        printed = kernel.asked(STATE)
        assert "\n" not in printed, f"a thread had something to say:\n{printed}"
        now = json.loads(printed)
        if not now.pop("passing") or time.monotonic() > end:
            return now
        time.sleep(0.1)


def same(now, before):
    """As before; of files and sockets a few more may be open, which are closed a little later."""
    for name in ("open files", "sockets"):
        assert now.pop(name) <= before.pop(name) + SPARE
    assert now == before


@pytest.mark.parametrize("connected", [False, True], ids=["alone", "connected"])
def test_loading_fifty_times_leaves_no_more_than_twice(kernel, connected):
    """No thread, socket, transformer, magic, completer or callback is there twice, connected or not."""
    if connected:
        kernel.asked("%nemo connect --local")
    kernel.asked(LOAD.format(2))
    before = state(kernel)
    assert before["before"] == ["watch", "placed", "asking"]
    assert before["after"] == ["transform"]
    kernel.asked(LOAD.format(48))
    same(state(kernel), before)
    assert kernel.asked("%nemo status" if connected else "%nemo help") == ""


def test_connecting_twenty_times_leaves_one_connection(kernel):
    """The session before closes its sockets when the next one takes over."""
    kernel.asked(CONNECT.format(2))
    before = state(kernel)
    kernel.asked(CONNECT.format(18))
    same(state(kernel), before)


def test_connecting_again_stops_what_was_under_way(company):
    """An edit of the session before does not go on in the studio."""
    company.worker.stopped.clear()
    kernel = company.connected(KERNELS[-1].name)
    kernel.under_way("run = session.start('work')")
    kernel.asked("%nemo connect\nsession = nemo.current()")
    assert company.worker.stopped.wait(PATIENCE_S)
    assert kernel.asked("print(run.state)") == "cancelled"
