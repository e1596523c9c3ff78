"""The ranker: kinds of edit by the words of a message, for a question."""

import random

import numpy as np
import pytest

from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings.frames import frames
from nemo_widgets.studio.agent.ranking import guess_of
from nemo_widgets.studio.agent.ranking.features import PLACES, features, masked
from nemo_widgets.studio.agent.ranking.ranker import NOTHING, QUESTION, model
from nemo_widgets.studio.agent.ranking.sentences import LANGUAGES, filled_in, sentences, templates
from nemo_widgets.studio.agent.ranking.training import made_of
from nemo_widgets.studio.timeline.outline import Outline


def guess(text):
    veiled = veil(text, [], outline=Outline())
    return guess_of(veiled, {})


def test_the_weights_are_made_of_the_templates():
    """Whoever changes a template makes them anew: `python -m nemo_widgets.studio.agent.ranking.training`."""
    assert model().made_of == made_of()


def test_every_kind_is_one_of_the_frames():
    """A kind that no frame says could not be asked about."""
    kinds = set(model().kinds) - {NOTHING, QUESTION}
    assert kinds <= {frame.rank for frame in frames()}
    assert model().weights.shape == (PLACES, len(model().kinds))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_learned_from_it_knows(language):
    """The kind of a template is among the first three of 19 in 20, with other values than it saw."""
    chance, missed, seen = random.Random(99), [], 0  # noqa: S311 - no secret
    for kind, said in templates(language).items():
        if kind in (NOTHING, QUESTION, "manners", "remarks", "reasons", "chains"):
            continue
        for template in said[::3]:
            seen += 1
            first = [name for name, _ in guess(filled_in(template, language, chance)).rank.kinds[:3]]
            missed += [(kind, template)] if kind not in first else []
    assert seen > 200
    assert len(missed) * 20 <= seen, missed


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("could the picture be a little less gloomy", "brighter"),
        ("the tune nearly drowns the talking", "music-down"),
        ("i'd rather the last shot came first", "front"),
        ("音乐太闹了，人说话都压住了", "music-down"),
        ("片子太素了，颜色再浓郁些", "vivid"),
    ],
)
def test_other_words_than_it_saw_are_near_to_it(text, first):
    """It goes by words and letters, not by whole phrases."""
    assert first in [kind for kind, _ in guess(text).rank.kinds[:3]]


def test_a_value_is_seen_as_its_kind_alone():
    """One time is as good as any other: the model knows none of them."""
    assert masked("a b", []) == "a b"
    one, other = guess("remove 0:10 to 0:20"), guess("remove 0:31 to 0:32.5")
    assert one.rank == other.rank


@pytest.mark.parametrize("text", ["", "?", "…", "\ue000", "a" * 5000, "剪" * 3000, "🎬" * 50])
def test_any_text_has_features(text):
    """Each once, ascending, within the table."""
    found = features(text)
    assert np.array_equal(found, np.unique(found))
    assert found.size == 0 or (found[0] >= 0 and found[-1] < PLACES)


def test_the_same_seed_makes_the_same_sentences():
    """So that the weights can be made again."""
    for language in LANGUAGES:
        one, other = (
            list(sentences(language, random.Random(7)))  # noqa: S311 - no secret
            for _ in range(2)
        )
        assert one == other
        assert len({kind for _, kinds in one for kind in kinds}) == len(model().kinds)
