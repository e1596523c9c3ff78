"""Where `%%nemo` stands in a cell, as IPython's own transformer sees it."""

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from nemo_widgets.magics.placing import placed

CALL = "get_ipython().run_cell_magic('nemo', 'edit', 'cut the pauses\\n')"
TEXT = "%%nemo edit\ncut the pauses\n"


@pytest.fixture(scope="module")
def transformed():
    """What IPython makes of a cell."""
    manager = TransformerManager()
    manager.cleanup_transforms.append(placed)
    return lambda cell: manager.transform_cell(cell).strip()


@pytest.mark.parametrize(
    "above", ["", "\n\n", "# why\n", "\n# why\n\n   # and how\n", "   \n", "#%% a cell of an editor\n"]
)
def test_comments_and_empty_lines_may_stand_above(transformed, above):
    """What is no code above `%%nemo` does no harm."""
    assert transformed(above + TEXT) == CALL


@pytest.mark.parametrize("above", ["%matplotlib inline\n", "# c\n\n%cd ..\n!ls it's\n", "%time 1\n# then\n"])
def test_line_magics_may_stand_above(transformed, above):
    """Line magics and shell commands above it run first, then `%%nemo`."""
    lines = transformed(above + TEXT).splitlines()
    assert lines[-1] == CALL
    assert any("run_line_magic" in line for line in lines[:-1])


@pytest.mark.parametrize(
    "above",
    ["x = 1\n", "import nemo_widgets\n# c\n", "for x in y:\n    ", "%time 1\nx = 1\n", "x = %nemo draft\n"],
)
def test_behind_code_one_line_says_where_it_has_to_stand(transformed, above):
    """Below Python code nothing of the cell is run but a call that says so."""
    assert transformed(above + TEXT.replace("cut", "    cut")) == (
        "get_ipython().magics_manager.registry['NemoMagics'].misplaced('edit')"
    )


@pytest.mark.parametrize(
    "cell", ['x = """\n%%nemo edit\ncut\n"""', "x = f('''\n%%nemo\n''')", "y = 5\nz = y"]
)
def test_texts_stay_texts(transformed, cell):
    """A string that holds a cell for others to copy is left alone."""
    assert transformed(cell) == cell


def test_the_cell_magic_above_gets_all_of_it(transformed):
    """Below `%%time`, with or without a comment over that, IPython hands `%%nemo` on."""
    wanted = transformed("%%time\n" + TEXT)
    assert wanted.startswith("get_ipython().run_cell_magic('time', '', '%%nemo edit")
    assert transformed("# how long?\n%%time\n" + TEXT) == wanted
