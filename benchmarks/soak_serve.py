"""`python soak_serve.py THREADS serve …`: the studio's own command, which names its threads when it is asked.

On SIGUSR1 it writes them into the file THREADS, as a list in JSON.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

from nemo_widgets.studio.__main__ import main


def _tell(*_: object) -> None:
    """Write the threads' names, at once or not at all."""
    part = Path(f"{sys.argv[1]}.part")
    with suppress(OSError):
        part.write_text(json.dumps([thread.name for thread in threading.enumerate()]))
        part.replace(sys.argv[1])


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, _tell)
    sys.exit(main(sys.argv[2:]))
