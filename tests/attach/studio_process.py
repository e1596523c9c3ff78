"""`python studio_process.py GATE serve …`: the studio's own command, whose agent can be held.

Whatever it is told `slowly` it has done only once there is a file GATE.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio import backend
from nemo_widgets.studio.__main__ import main
from nemo_widgets.studio.agent.world import Heartbeat, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_SLOWLY = ", slowly"
_turn = backend._Grammar.turn


def _held(grammar: Any, text: str, world: Any) -> Iterator[Any]:
    if text.endswith(_SLOWLY):
        yield Text("Working on it. ")
        while not Path(sys.argv[1]).exists():
            time.sleep(0.02)
            yield Heartbeat()
    yield from _turn(grammar, text.removesuffix(_SLOWLY), world)


if __name__ == "__main__":
    backend._Grammar.turn = _held
    sys.exit(main(sys.argv[2:]))
