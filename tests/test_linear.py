"""No text that others wrote costs the client more than its size."""

import re

from growth import WORST, growth, pumped


def test_a_quadratic_pattern_is_told_from_a_linear_one():
    """The measure that these tests rest on can fail: it tells a search that begins anew at each place."""
    quadratic, linear = re.compile(r"\{\\[^}]*\}"), re.compile(r"\{\\[^{}]*\}")
    assert growth(lambda text: quadratic.sub("", text), pumped("{\\"))[0] > 2
    assert growth(lambda text: linear.sub("", text), pumped("{\\"))[0] <= WORST
