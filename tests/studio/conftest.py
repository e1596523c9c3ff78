"""Drafts over coded clips, rendered to files."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from clips import chirp, clip, code_clip, coloured, found_chirps, heard, number, picture, timeline, watched

from nemo_widgets.studio.render import Output, make_plan, render

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nemo_widgets.draft import Draft
    from nemo_widgets.studio.render import KeptFilm


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The makers and readers above, a folder, and `make`: a draft rendered to a file in it."""
    folder = tmp_path_factory.mktemp("render")
    count = iter(range(1000))

    def source(name: str) -> Path:
        return folder / name

    def make(draft: Draft, films: Sequence[KeptFilm] = (), **output: Any) -> SimpleNamespace:
        plan = make_plan(draft, source, Output(**{"preset": "ultrafast", "quality": "high", **output}))
        target = folder / f"out{next(count)}.mp4"
        return SimpleNamespace(plan=plan, path=target, result=render(plan, target, films=films))

    def made(name: str, **form: Any) -> str:
        if not (folder / name).exists():
            code_clip(folder / name, **form)
        return name

    return SimpleNamespace(
        folder=folder, source=source, make=make, made=made, code_clip=code_clip, clip=clip, timeline=timeline,
        watched=watched, coloured=coloured, number=number, heard=heard, found_chirps=found_chirps,
        chirp=chirp, picture=picture, numbers=lambda path: [number(luma) for luma in watched(path)],
    )  # fmt: skip
