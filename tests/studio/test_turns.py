"""A turn and its listener, who may leave at any moment."""

from nemo_widgets.studio.turns import Turn


def test_a_listener_who_leaves_while_something_is_said_breaks_nothing():
    """The message goes on to its end when its stream is dropped in the middle of a word."""
    heard = []
    turn = Turn(None, None, heard.append, "")

    class Leaving:
        def is_set(self):
            turn.leave()
            return False

    turn._settled = Leaving()
    turn.post("Cutting.")
    assert heard == ["Cutting."]
    turn.post("Done.")
    assert heard == ["Cutting."], "nobody listens any more"
