"""Every way in which a clip's pictures and sounds lie in time: `python benchmarks/matrix.py [--only mkv]`.

Clips are made in each container, with sound that begins earlier or later, ends earlier or later, is missing
or there twice; at an even and an uneven pace, at 1 and 120 pictures a second; beginning at 0, later, before
0, and without a length in the file. Each is taken in and exported as it is. Printed is what is not right: the
length to the frame, each picture within half a frame of its time, each sound within 20 ms, and what should
be said. `--every 7` tries every seventh case.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from containers import cases, faults


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="one container")
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth case")
    asked = parser.parse_args()
    chosen = [case for case in cases() if asked.only in ("", case.container)][:: asked.every]
    wrong, kinds, begun = 0, Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for case in chosen:
            try:
                found = faults(case, Path(folder))
            except Exception as error:  # noqa: BLE001 - it is one of the answers
                found = [f"{type(error).__name__}: {error}"]
            kinds[case.container] += 1
            if found:
                wrong += 1
                sounds = " ".join(f"{float(a):g}..{float(b):g}" for a, b in case.sounds) or "none"
                head = f"{case.container} {case.pace} start {case.start} told {case.told} sound {sounds}"
                print(f"{head}: {'; '.join(found)}", flush=True)
    took = time.monotonic() - begun
    print(f"{len(chosen)} cases {dict(kinds)}, {wrong} not right, {took:.0f} s")


if __name__ == "__main__":
    main()
