"""Whose turn it is."""

from nemo_widgets.studio.queueing import Asker, RoundRobin


def served(waiting, *, places=1, busy=()):
    """The order in which those are served who wait, each written as user, session and number."""

    def asker(name):
        return Asker(name[0], name[:2])

    turns, order, at_work = RoundRobin(), [], list(busy)
    for name in at_work:
        turns.begin(asker(name))
    told = turns.ordered(waiting, asker)
    while waiting:
        if len(at_work) >= places:
            turns.end(asker(at_work.pop(0)))
        first = turns.ordered(waiting, asker)[0]
        waiting = [name for name in waiting if name != first]
        turns.begin(asker(first))
        at_work.append(first)
        order.append(first)
    return order, told


def test_sessions_are_served_in_turn():
    """Who asked for three things waits with two until the others had one; each keeps its order."""
    waiting = ["aA1", "aA2", "aA3", "aB1", "aB2", "aC1"]
    order, told = served(waiting)
    assert order == told == ["aA1", "aB1", "aC1", "aA2", "aB2", "aA3"]


def test_who_is_served_already_waits_for_the_others():
    """What is under way counts, and who was served last comes last among those who have as much."""
    order, told = served(["aA2", "aA3", "aB1"], busy=["aA1"])
    assert order[0] == told[0] == "aB1"
    assert served(["aA2", "aA3", "aB2"], places=2, busy=["aA1", "aB1"])[0] == ["aA2", "aB2", "aA3"]


def test_many_sessions_are_no_more_than_one_user():
    """A user gets no more turns by having more sessions."""
    order, _ = served(["aA1", "aB1", "aC1", "aD1", "bA1", "bA2"])
    assert order == ["aA1", "bA1", "aB1", "bA2", "aC1", "aD1"]
