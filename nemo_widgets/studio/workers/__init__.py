"""Work in processes of its own, with limits of time and memory, ended within a moment wherever it stands.

A worker is a Python that is started afresh: nothing is forked, and the program's `__main__` is not imported,
so that it works from a notebook, from `python -c`, and from a script without a guard. It takes its calls from
a pipe and ends with the pipe, so that none outlives the program.
"""

from .child import tell
from .executor import Limits, Workers, cores
from .pool import PROCESSES
from .process import MemoryLimit, TimeLimit, WorkerError, WorkerLost

__all__ = [
    "PROCESSES",
    "Limits",
    "MemoryLimit",
    "TimeLimit",
    "WorkerError",
    "WorkerLost",
    "Workers",
    "cores",
    "tell",
]
