"""Sound is coded by a thread ahead of its pictures: in order, with its errors, while it is wanted."""

from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING

import pytest

from nemo_widgets.studio.render.ahead import made_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_all_items_come_in_their_order() -> None:
    """However few may wait at once, and where there are none."""
    with made_ahead(range(100), 2) as items:
        assert list(items) == list(range(100))
    with made_ahead([], 1) as items:
        assert list(items) == []


def test_an_error_comes_where_it_happened() -> None:
    """What was made before it is given first, and the error is the thread's own."""

    def broken() -> Iterator[int]:
        yield 1
        raise OSError(28, "No space left on device")

    with made_ahead(broken(), 5) as items:
        assert next(items) == 1
        with pytest.raises(OSError, match="No space"):
            next(items)


def test_no_thread_is_left_where_nobody_takes_more() -> None:
    """A cancelled export leaves at once, with its thread waiting for room; it is over then."""
    made = count()
    before = threading.active_count()

    def cancelled() -> None:
        with made_ahead(made, 3) as items:
            next(items)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cancelled()
    assert threading.active_count() == before
    assert next(made) <= 7
