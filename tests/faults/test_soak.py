"""People at work while the studio is killed and its disk is full at times: the soak, for half a minute."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).parents[2] / "benchmarks" / "soak.py"


@pytest.mark.alone
def test_after_kills_and_full_disks_all_agrees_and_nothing_is_left(tmp_path):
    """Database, disk and what people were told agree, and no thread, process, file or socket is left over."""
    command = [sys.executable, str(SOAK), "--minutes", "0.4", "--people", "4", "--json"]
    command += ["--kill-s", "4", "--fill-s", "5", "--disk-mb", "64"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.stdout, ran.stderr
    told = json.loads(ran.stdout)
    assert told["wrong"] == [], ran.stderr
    assert ran.returncode == 0
    assert told["kills"]
    assert told["full disks"] or not told["disk"]
    for what, how in (("upload", "done"), ("edit", "done"), ("edit", "cancelled"), ("export", "completed")):
        assert told["ends"][what].get(how), told["ends"]
