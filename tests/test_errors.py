"""The error tree."""

import pickle
import sys
from types import SimpleNamespace

import pytest

from nemo_widgets import errors

KINDS = [getattr(errors, name) for name in errors.__all__]


@pytest.mark.parametrize("kind", KINDS)
def test_errors_survive_pickling(kind):
    """An error keeps its message, hint and request id through another process."""
    error = pickle.loads(pickle.dumps(kind("It broke.", hint="Do this.", request_id="r1")))  # noqa: S301 - our own
    assert (type(error), error.message, error.hint, error.request_id) == (kind, "It broke.", "Do this.", "r1")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("E_BUSY", "E_BUSY."),
        ("no room on the disk", "no room on the disk."),
        ("no room on the disk \n", "no room on the disk."),
        ("The file “a.mp4”", "The file “a.mp4”."),
        ("See `%nemo tracks`", "See `%nemo tracks`."),
        ("It failed (code 5)", "It failed (code 5)."),
        ("It failed:", "It failed."),
        ("服务器忙", "服务器忙。"),
        ("It broke.", "It broke."),
        ("Try again!", "Try again!"),
        ("Who is it?", "Who is it?"),
        ("It was cut off…", "It was cut off…"),
        ("It says “stop.”", "It says “stop.”"),
        ("服务器忙。", "服务器忙。"),
        ("", ""),
    ],
)
def test_every_error_reads_as_a_sentence(words, told):
    """Whatever a server gives as a reason has an end, and never two, in str(error) and on a page."""
    for kind in KINDS:
        error = kind(words, hint="Do this.", request_id="r1")
        assert str(error) == f"[r1] {told} Do this."
        assert told in error._lines()[0]
        assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own


def test_a_notebook_shows_two_lines():
    """In a notebook an error is its sentence and what to do next, not forty lines of frames."""
    lines = errors.NothingToExport("Nothing is there.")._render_traceback_()
    assert len(lines) == 2
    assert "Nothing is there." in lines[0]
    assert "%nemo upload" in lines[1]


def test_where_no_colours_are_wanted_none_are_printed(monkeypatch):
    """IPython with `--colors=NoColor` prints an error without an escape sequence."""
    shell = SimpleNamespace(colors="NoColor")
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert "\x1b" not in "".join(errors.NothingToExport("Nothing is there.")._render_traceback_())


def test_the_tree_in_the_docstring_is_the_tree():
    """Every error stands in the module's drawing, under the one it derives from."""
    parents: dict[str, str] = {}
    stack: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        if not line.strip() or not any(name in line for name in errors.__all__) or line[0] not in "N├└│":
            continue
        depth = len(line) - len(line.lstrip("│├└─ "))
        name = line.strip("│├└─ ").split()[0]
        while stack and stack[-1][0] >= depth:
            stack.pop()
        parents[name] = stack[-1][1] if stack else "Exception"
        stack.append((depth, name))
    assert parents == {kind.__name__: kind.__base__.__name__ for kind in KINDS}
