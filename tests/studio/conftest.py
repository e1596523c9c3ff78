"""The made samples, each made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nemo_widgets.studio import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Callable[[str], Path]:
    """Gives the clip of a name, which no test may change."""
    clips: dict[str, Path] = {}

    def clip(name: str) -> Path:
        if name not in clips:
            clips[name] = samples.make(name, tmp_path_factory.mktemp(name))
        return clips[name]

    return clip
