"""Runs the lessons in `notebooks/` and saves them with what they show.

    python .ci/notebooks.py                  all of them
    python .ci/notebooks.py quickstart       one
    python .ci/notebooks.py --stale          those whose cells were changed since

Each runs in an empty folder, with a studio, a journal and a home of its own, and keeps static outputs only.
What would be another the next time although the lesson shows the same is replaced: durations are left out;
ids, ports and moments get a value that never changes.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

if TYPE_CHECKING:
    from collections.abc import Callable

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
KEY = "nemo_widgets"
"""Where a notebook's metadata say of which sources its outputs are."""

_LONGEST_S = 900
_PNG_HEAD = 33
"""Bytes up to the end of the first chunk: the player's mark stands behind it, another one each time."""
_MARK = re.compile(rb"....tEXtnemo\0", re.DOTALL)
_TIMES = (
    (re.compile(r"^((?:<sub>)?[A-Z][a-z]+(?: [a-z]+)*) · \d+\.\d s", re.MULTILINE), r"\1"),
    (re.compile(r"( not done| failed| refused) after \d+\.\d s"), r"\1"),
    (re.compile(r"( [kM]B) in \d+\.\d s"), r"\1"),
    (re.compile(r"( frames) in (?:\d+ min )?\d+(?:\.\d)? s(?=; it is kept)"), r"\1"),
    (re.compile(r"\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\b"), "2026-01-01 12:00:00"),
)
_AT = (
    (re.compile(r"(<th>\d+</th>\s*<td>)\d+\.\d{3}(</td>)"), r"\1…\2"),
    (re.compile(r"^(\d+ +)\d+\.\d{3}(?=  )", re.MULTILINE), r"\1  …  "),
)
"""The seconds in the table of a stream."""
_INVOCATION = re.compile(r'(?<="invocationId":"e-)[0-9a-f-]+')
"""A message's own id in an event, cut off where the table cuts it off."""
_ID = re.compile(r"\b(edit|upload|export)-([a-z0-9]{5})\b")
_PORT = re.compile(r"(?<=127\.0\.0\.1:)\d{4,5}")


def sources(notebook: Any) -> str:
    """What the outputs depend on: a hash of the code, cell by cell."""
    code = "\0".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    return hashlib.sha256(code.encode()).hexdigest()


def is_stale(notebook: Any) -> bool:
    """Whether the outputs are those of other code than that which is there."""
    return bool(notebook.metadata.get(KEY, {}).get("sources") != sources(notebook))


def execute(path: Path, folder: Path) -> Any:
    """The notebook, run in an empty folder, with outputs that hold nothing which changes by itself."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, 4)  # type: ignore[no-untyped-call]
    metadata = {**notebook.metadata, KEY: {"sources": sources(notebook)}}
    home, work = folder / "home", folder / "work"
    home.mkdir()
    work.mkdir()
    names = {"HOME": "", "IPYTHONDIR": "ipython", "NEMO_STUDIO_DATA": "studio", "NEMO_JOURNAL": "journal"}
    own = {name: str(home / inside) for name, inside in names.items()}
    language = dict.fromkeys(("LANG", "LC_ALL"), "en_US.UTF-8")
    client = NotebookClient(
        notebook,
        timeout=_LONGEST_S,
        resources={"metadata": {"path": str(work)}},
        record_timing=False,
        store_widget_state=False,
    )
    client.execute(env={**os.environ, **own, **language, "TZ": "UTC"})
    notebook.metadata = nbformat.from_dict(metadata)  # type: ignore[no-untyped-call]
    steady(notebook)
    return notebook


def steady(notebook: Any) -> None:
    """Replace what is another each time in the outputs of a notebook."""
    replaced = _Steady()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [replaced.output(output, cell.source) for output in cell.outputs]


class _Steady:
    """Replaces what changes by itself; the same id or port becomes the same one throughout a notebook."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._ports: dict[str, str] = {}

    def output(self, output: Any, source: str) -> Any:
        """An output as it is saved."""
        if "text" in output:
            output.text = self._text(output.text, source)
        for kind, value in output.get("data", {}).items():
            if kind == "image/png":
                output.data[kind] = base64.b64encode(_unmarked(base64.b64decode(value))).decode("ascii")
            elif isinstance(value, str):
                output.data[kind] = self._text(value, source)
        return output

    def _text(self, text: str, source: str) -> str:
        for pattern, instead in (*_TIMES, *(_AT if ".stream" in source else ())):
            text = pattern.sub(instead, text)
        text = _INVOCATION.sub(lambda m: "0" * len(m[0]), text)
        text = _ID.sub(lambda m: f"{m[1]}-{_known(self._ids, m[2], '{:05}'.format)}", text)
        return _PORT.sub(lambda m: _known(self._ports, m[0], "5{:04}".format), text)


def _known(known: dict[str, str], name: str, form: Callable[[int], str]) -> str:
    return known.setdefault(name, form(len(known) + 1))


def _unmarked(png: bytes) -> bytes:
    """A picture without the mark by which a player finds it while its kernel lives."""
    chunk = png[_PNG_HEAD:]
    if not _MARK.match(chunk):
        return png
    return png[:_PNG_HEAD] + chunk[12 + int.from_bytes(chunk[:4]) :]


def main(arguments: list[str]) -> None:
    """Run the notebooks that are named, else all, with `--stale` those that need it."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        if "--stale" in arguments:
            wanted = is_stale(nbformat.read(path, 4))  # type: ignore[no-untyped-call]
        else:
            wanted = not arguments or path.stem in arguments
        if wanted:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                notebook = execute(path, Path(folder))
            nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
            print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
