"""A draft as a cell's last value: the picture of its timeline. Importing this makes it so."""

from __future__ import annotations

from nemo_widgets.draft import Bundle, Draft, shown

__all__ = ["Draft"]


@shown.register
def _draft(draft: Draft) -> Bundle:
    from nemo_widgets.widgets import TimelinePicture
    from nemo_widgets.widgets.standing import in_terminal

    if in_terminal():
        return {"text/plain": repr(draft)}, {}
    return TimelinePicture(draft)._repr_mimebundle_()
