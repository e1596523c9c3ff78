"""A machine without fonts of its own, so that it is the same everywhere what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nemo_widgets.fonts import choice, faces, lines, system

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CACHES = (
    choice.face_of,
    faces.of_extra,
    faces.bundled,
    faces.can_shape,
    faces._opened,
    system.installed,
    lines.set_line,
)
"""What is remembered of the fonts that there are."""


@pytest.fixture
def anew() -> Iterator[Callable[[], None]]:
    """Forgets which fonts there are; at the end of the test as well."""

    def forget() -> None:
        for cache in CACHES:
            cache.cache_clear()

    forget()
    yield forget
    forget()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, anew: Callable[[], None]) -> None:
    """Only the package's own fonts."""
    monkeypatch.setattr(choice, "installed", lambda: ())
    monkeypatch.setattr(choice, "of_extra", lambda: ())
    anew()
