"""The examples in docstrings are true: each is run, and shows what it says."""

import doctest
import importlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "nemo_widgets"
SOURCES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): text
    for path in sorted(PACKAGE.rglob("*.py"))
    if "    >>> " in (text := path.read_text())
}
"""The source of each module that has examples, by its name."""


def docstrings_of(name):
    """The docstrings of a module that have examples."""
    module = importlib.import_module(name)
    return [docstring for docstring in doctest.DocTestFinder().find(module, name) if docstring.examples]


@pytest.mark.parametrize("name", SOURCES)
def test_the_examples_of_a_module_hold(name):
    """Every example that is not marked as one that needs a server gives what it says."""
    runner, said = doctest.DocTestRunner(), []
    for docstring in docstrings_of(name):
        runner.run(docstring, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


def test_no_example_is_overlooked():
    """Each stands in a docstring, where it is found to be run."""
    assert sum(len(docstring.examples) for name in SOURCES for docstring in docstrings_of(name)) == sum(
        source.count("    >>> ") for source in SOURCES.values()
    )
