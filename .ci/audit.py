"""Looks the packages that are installed here up in the list of known vulnerabilities, with pip-audit.

`python .ci/audit.py` ends well where the list can't be reached, and says that nothing was looked up;
`python .ci/audit.py --required` fails there, and where a package is not in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

OURS = "nemo-widgets"
PROBE = "httpx"
"""Looked up first: where it is not known, the list is not there, and nothing else is asked for."""


def audit(*options: str) -> list[dict[str, Any]] | None:
    """What pip-audit finds of each package; None where the list can't be asked."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        print(done.stderr.strip()[-500:])
        return None


def probe() -> bool:
    """Whether the list can be asked."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "one.txt")
        wanted.write_text(f"{PROBE}=={version(PROBE)}\n")
        found = audit("--requirement", str(wanted), "--no-deps", "--disable-pip")
    return bool(found) and "skip_reason" not in found[0]


def main() -> int:
    """Returns the exit code."""
    required = "--required" in sys.argv[1:]
    if not probe():
        print("audit: the list of known vulnerabilities can't be reached from here; nothing was looked up.")
        return int(required)
    found = audit("--local")
    if found is None:
        return 1
    known = [one for one in found if "skip_reason" not in one]
    skipped = sorted(one["name"] for one in found if "skip_reason" in one and one["name"] != OURS)
    bad = [(one, vulnerability) for one in known for vulnerability in one["vulns"]]
    for one, vulnerability in bad:
        mended = ", ".join(vulnerability["fix_versions"]) or "no version yet"
        print(f"audit: {one['name']} {one['version']}: {vulnerability['id']}, mended in {mended}")
    if skipped:
        print(f"audit: not in the list: {', '.join(skipped)}")
    print(f"audit: {len(known)} packages looked up, {len(bad)} known vulnerabilities.")
    return int(bool(bad) or (required and bool(skipped)))


if __name__ == "__main__":
    sys.exit(main())
