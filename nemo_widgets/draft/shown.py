"""How things of ours show themselves as a cell's last value: by what stands above them and knows pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from nemo_widgets.interrupts import stoppable

if TYPE_CHECKING:
    from .layout import HasData

__all__ = ["Bundle", "Comparison", "Shown", "shown"]

Bundle = tuple[dict[str, Any], dict[str, Any]]
"""The forms of an output by MIME type, and for each what is to be known of it."""


@singledispatch
def shown(thing: object) -> Bundle:
    """The bundle of a thing: its words, until somebody has registered more for its type."""
    return {"text/plain": repr(thing)}, {}


class Shown:
    """Shows itself as `shown` says, to every host that asks for a MIME bundle; if that fails, in words."""

    __slots__ = ()

    @stoppable
    def _repr_mimebundle_(self, *_: object, **__: object) -> Bundle:
        try:
            return shown(self)
        except Exception:  # noqa: BLE001 - to look at a thing must never fail
            return {"text/plain": repr(self)}, {}


@dataclass(frozen=True, slots=True)
class Comparison(Shown):
    """Two drafts that are looked at side by side."""

    before: HasData
    after: HasData
