"""CI's look for packages with known vulnerabilities: what it makes of the answers that pip-audit gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"
FINE = {"name": "httpx", "version": "0.28.1", "vulns": []}
BAD = {"name": "jinja", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
OURS = {"name": "nemo-widgets", "skip_reason": "not in the list"}
UNKNOWN = {"name": "mine", "skip_reason": "not in the list"}
OUT_OF_REACH = {"name": "httpx", "skip_reason": "not in the list"}


@pytest.mark.parametrize(
    ("first", "then", "codes", "said"),
    [
        ([FINE], [FINE, OURS], (0, 0), "1 packages looked up, 0 known"),
        ([FINE], [FINE, BAD], (1, 1), "jinja 1.0: CVE-1, mended in 1.1"),
        ([FINE], [FINE, UNKNOWN], (0, 1), "not in the list: mine"),
        ([OUT_OF_REACH], None, (0, 1), "can't be reached from here; nothing was looked up"),
        (None, None, (0, 1), "can't be reached from here; nothing was looked up"),
        ([FINE], None, (1, 1), "no connection"),
    ],
)
def test_an_audit_is_clean_only_if_it_was_one(first, then, codes, said, tmp_path):
    """A vulnerability fails; a list out of reach is said, and fails where an audit is required."""
    answers = [None if found is None else json.dumps({"dependencies": found}) for found in (first, then)]
    (tmp_path / "pip_audit.py").write_text(
        "import sys\n"
        f"answer = {answers!r}['--local' in sys.argv]\n"
        "sys.exit('no connection') if answer is None else print(answer)\n"
    )
    for options, code in zip(((), ("--required",)), codes, strict=True):
        ran = subprocess.run(
            [sys.executable, str(AUDIT), *options],
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (code, "")
        assert said in ran.stdout
