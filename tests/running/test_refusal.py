"""A refusal is known by its words."""

import pytest
from refusal_sentences import OTHER, SAYS_NO

from nemo_widgets.running.refusal import says_no


@pytest.mark.parametrize("text", SAYS_NO)
def test_a_refusal_is_known_by_its_words(text):
    """Where an agent says that it can't, has not understood, or that nothing came of it, it has refused."""
    assert says_no(text)


@pytest.mark.parametrize("text", OTHER)
def test_other_words_are_no_refusal(text):
    """Words that speak of something else are no refusal, nor that what was to go is not there."""
    assert not says_no(text)
