"""Whether Stop lands at any moment: `python benchmarks/stops.py [--times N] [--seed S] [--trial N]`.

Each trial starts a fresh kernel, runs one command or call of `tests/kernels/stops.py` and interrupts it at a
random moment: somewhere in it, in its last 0.2 s, twice in a row, or again while the first is being handled.
Afterwards it has to have ended with one line or as if nothing had been, the next cells have to work, and no
live view or thread may be left. `--trial` does one of them again.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from kernels.stops import CALLS, Home, complaints, length, prepared, stopped
from kernels.versions import KERNELS, specs

if TYPE_CHECKING:
    from kernels.stops import Call

_WAYS = ("once", "once", "once", "late", "twice", "while handled")
_LATE_S = 0.2
_WITHIN_S = 1.0


def _moments(chance: random.Random, way: str, whole: float) -> list[float]:
    """When to interrupt a call that takes `whole` seconds by itself."""
    first = chance.uniform(max(0.0, whole - _LATE_S), whole) if way == "late" else chance.uniform(0, whole)
    gap = {"twice": chance.uniform(0.0, 0.02), "while handled": chance.uniform(0.03, 0.6)}.get(way)
    return [first] if gap is None else [first, first + gap]


def main() -> None:
    """Do the trials, and print each and the figures of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trial", type=int, action="append", help="only this one")
    parser.add_argument("--kernel", choices=[version.name for version in KERNELS], default="newest")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nemo-stops-") as name:
        folder = Path(name)
        (folder / "cache").mkdir()
        version = next(each for each in KERNELS if each.name == options.kernel)
        if problem := specs(folder / "cache", folder / "specs", [version])[version.name]:
            sys.exit(problem)
        home = Home(folder / "user", folder / "specs", version.name)
        _trials(home, options.trial or range(options.times), options.seed)


def _trials(home: Home, trials: range | list[int], seed: int) -> None:
    lengths: dict[int, float] = {}
    took, bad, before = [], 0, 0
    for trial in trials:
        chance = random.Random(f"{seed}-{trial}")  # noqa: S311 - nothing is kept secret by it
        which = trial % len(CALLS)  # each in turn
        call, way = CALLS[which], chance.choice(_WAYS)
        if which not in lengths:
            lengths[which] = _length(home, call)
        moments = _moments(chance, way, lengths[which])
        kernel = home.fresh()
        try:
            prepared(kernel, call)
            cell, seconds = stopped(kernel, call, moments)
            found = complaints(kernel, call, cell)
        except (AssertionError, Empty) as error:
            seconds, found = 0.0, [f"hung: {error!r}\n{home.threads(kernel)}"]
        finally:
            kernel.stop()
        if seconds > _WITHIN_S:
            found.append(f"ended after {seconds:.2f} s")
        bad += bool(found)
        before += seconds < 0
        took += [seconds] * (seconds >= 0)
        at = "+".join(f"{moment:.3f}" for moment in moments)
        ended = "; ".join(found) or ("had ended" if seconds < 0 else (cell.error or ["no error"])[0])
        print(
            f"{trial} {way} {at} of {lengths[which]:.2f} s, {seconds:.2f} s, {call.code!r}: {ended}",
            flush=True,
        )
    centiles = statistics.quantiles(took, n=20) if len(took) > 1 else [0.0] * 19
    print(
        f"{len(trials)} trials, {bad} with complaints; {before} ended before the stop;"
        f" else it took p50 {centiles[9]:.2f}, p95 {centiles[18]:.2f}, at most {max(took, default=0.0):.2f} s"
    )


def _length(home: Home, call: Call) -> float:
    kernel = home.fresh()
    try:
        prepared(kernel, call)
        return length(kernel, call)
    finally:
        kernel.stop()


if __name__ == "__main__":
    main()
