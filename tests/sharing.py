"""How the tests are shared out among pytest-xdist's workers, and which of them go first on the cores."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

__all__ = ["LIVE", "ByFile", "Yielding"]

LIVE = frozenset({"attach", "browser", "kernels", "notebook"})
"""The folders of tests that watch kernels and pages at work: one at a time, and first on the cores."""
ALONE = ("test_every_byte.py", "test_skill_notebooks.py", "test_soak.py")
"""The files whose tests share nothing, so that any worker may take one of them."""
_YIELD = 5
"""Steps of `nice` that a worker goes down: it keeps a quarter of a core that the live ones want.

Other tests have limits of time, too, though wider ones.
"""


class ByFile(LoadScopeScheduling):
    """Hands each file's tests to one worker, so that what they share is made once; the live to the first.

    The first worker begins with the live files, so that none runs beside another. The others take the rest
    meanwhile.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if file.endswith(ALONE) else file

    def _next_for(self, node: WorkerController) -> str | None:
        """The file that this worker should take next; None when the queue has none for it."""
        running = (one for one in self.assigned_work if not one.shutting_down)
        live = [scope for scope in self.workqueue if _folder(scope) in LIVE]
        if live and node is next(running, None):
            return live[0]
        return next((scope for scope in self.workqueue if scope not in live), None)

    def _assign_work_unit(self, node: WorkerController) -> None:
        scope = self._next_for(node)
        if scope is None:
            node.shutdown()
            return
        self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        if not node.shutting_down and self._next_for(node) is None:
            node.shutdown()
            return
        super()._reschedule(node)


class Yielding:
    """A plugin of a worker: from its first test that is not live on, it leaves the cores to the live ones.

    The processes that such a test starts inherit the lower priority.
    """

    def __init__(self) -> None:
        self._lowered = not hasattr(os, "nice")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Lower the priority once."""
        if not self._lowered and "live" not in item.keywords:
            os.nice(_YIELD)
            self._lowered = True


def _folder(scope: str) -> str:
    """The folder of a file of tests, as the last part of its path."""
    return scope.partition("::")[0].rpartition("/")[0].rpartition("/")[2]
