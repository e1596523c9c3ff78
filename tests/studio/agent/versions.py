"""What a server does with the end of a turn: versions, and what can be undone and redone."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent.world import Earlier

if TYPE_CHECKING:
    from nemo_widgets.studio.agent import Done, MediaItem

__all__ = ["Versions"]


@dataclass
class Versions:
    """A session's versions, in a world without files. `said` has for each what was said for its edits."""

    draft: Draft
    media: dict[str, MediaItem]
    history: list[Draft]
    first: Draft
    language: str = "en"
    earlier: list[Earlier] = field(default_factory=list)
    undone: list[Draft] = field(default_factory=list)
    said: list[tuple[Draft, list[str]]] = field(default_factory=list)

    def made(self, draft: Draft) -> list[str]:
        return next((said for version, said in self.said if version is draft), [])

    def take(self, message: str, done: Done) -> None:
        """Store what came of a turn as a new version."""
        self.earlier.append(Earlier(message, done.reply, changed=done.draft is not None))
        if done.draft is None:
            return
        new, now, edits = Draft(copy.deepcopy(done.draft.data)), self.draft, done.edits
        gone = [now, *self.history[len(self.history) - done.undo + 1 :][::-1]]
        again = self.undone[len(self.undone) - done.redo :] if done.redo else []
        back = self.history[-done.undo] if done.undo else again[0] if again else now
        self.history = self.history[: -done.undo] if done.undo else [*self.history, now, *again[:0:-1]]
        if edits == ["undo"]:
            self.undone = [*self.undone, *gone]
        elif edits == ["redo"]:
            self.undone = self.undone[: -done.redo]
        else:
            self.undone = []
            self.history += [back] if back is not now else []
        fresh = edits[:1] == ["start_over"]  # nothing that was said before stands any more
        said = [] if fresh else self.made(back)
        self.said.append((new, said if edits in (["undo"], ["redo"], ["start_over"]) else [*said, message]))
        self.draft = new
