"""How soon a cell answers while the studio in its kernel renders: `python benchmarks/busy_kernel.py`.

A kernel connects to its own studio, uploads 5 s of video and exports it twice at 1080p in the background.
Printed is how long `1 + 1` takes, alone and meanwhile: half of the times, 95 in 100, and the longest.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from crowd import make_clip
from jupyter_client.manager import start_new_kernel

_BEGIN = """
import nemo_widgets as nemo
session = nemo.connect(local=True, data="data")
_ = session.upload("clip.mp4")
"""
_EXPORT = "runs = [session.start_export(f'{n}.mp4', resolution='1080p') for n in range(2)]"
_BUSY = "print(any(not run.done for run in runs))"
_TIMES = 100


def main() -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        make_clip(Path(folder) / "clip.mp4")
        manager, client = start_new_kernel(cwd=folder)
        try:
            _run(client, _BEGIN)
            print(f"load {os.getloadavg()[0]:.1f}")
            _tell("alone", [_run(client, "1 + 1")[0] for _ in range(_TIMES)])
            _run(client, _EXPORT)
            time.sleep(2)
            taken: list[float] = []
            while _run(client, _BUSY)[1] == "True\n" and len(taken) < _TIMES:
                taken.append(_run(client, "1 + 1")[0])
                time.sleep(0.05)
            _tell("beside two exports", taken)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def _run(client: Any, code: str) -> tuple[float, str]:
    """How many seconds a cell takes, and what it prints."""
    printed: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    begun = time.perf_counter()
    reply = client.execute_interactive(code, output_hook=hear, timeout=300)["content"]
    if reply["status"] != "ok":
        raise RuntimeError(reply)
    return time.perf_counter() - begun, "".join(printed)


def _tell(what: str, taken: list[float]) -> None:
    ms = sorted(1000 * seconds for seconds in taken)
    p50, p95 = statistics.median(ms), ms[int(0.95 * (len(ms) - 1))]
    print(f"1 + 1 {what}: p50 {p50:.0f}, p95 {p95:.0f}, at most {ms[-1]:.0f} ms, {len(ms)} times")


if __name__ == "__main__":
    main()
