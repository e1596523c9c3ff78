"""Measures whether a parser's cost grows no faster than what it is fed.

The time is the thread's own CPU time, the least of several rounds, so that other work on the machine
hardly shows. Each round's text is a character shorter, so that no parser answers from a cache.
"""

import contextlib
import ctypes
import functools
import gc
import math
from time import sleep, thread_time

WORST = 1.3
"""How many times what a linear parser takes the cost may be."""
TIMES = 4
"""One text is compared with this many that are so many times shorter; a power of two, for tables' sake."""
FLOOR = 0.002
"""Seconds of CPU that the long text costs at least, unless it would be longer than `most`."""
MOST = 1 << 20
"""The longest text that a parser is fed, if it has no limit of its own. In characters or bytes."""
ROUNDS = 10
"""How often both are measured at the most."""
PAIRS = 3
"""How many lengths may be tried: a step where a cache ends shows at one, growth shows at each."""
LOOKS = 7
"""How often all of it is measured before a parser is said to grow."""
PAUSE_S = 0.5
"""Seconds before the second look, twice as many before each further one: 31.5 in all.

Growth shows each time. Neighbours that take a core's caches away, as an encoder does for a while, do not.
"""

HOSTILE = (
    *"a1 \t\n\r\x00\\/.,:;!?-_+=*~`'\"<>()[]{}|&%$#@^字。，“「é\ud800",
    *("a ", "1.", "a.", "\n\n", "\r\n", "- ", "* ", "> ", "# ", "1. ", "[a](", "![a](", "](", "[["),
    *("```\n", "~~~\n", "{\\", "\\\\", '\\"', '{"', '":', "<a ", "</a>", "<!--", "-->", "&amp;", "&#"),
    *("http://", "https://a.b/", "a@b.", "%20", "\x1b[", "\x1b]", "00:00:01,000 --> ", "00:", "1/"),
    *("and ", "the ", "字 ", "“字”", "(a", "a)", "a, ", "\\n"),
)
"""Pieces that repeated make trouble for patterns and scanners of every sort."""


def pumped(unit, before="", after=""):
    """Gives a maker of texts of any size: `unit` repeated between `before` and `after`. Text or bytes."""
    before, after = (before or unit[:0], after or unit[:0])

    def make(size):
        inner = max(0, size - len(before) - len(after))
        return before + (unit * (inner // len(unit) + 1))[:inner] + after

    return make


def nested(opening, closing, inmost=""):
    """Gives a maker of texts that are nested as deep as their size allows."""
    inmost = inmost or opening[:0]

    def make(size):
        depth = max(1, (size - len(inmost)) // (len(opening) + len(closing)))
        return opening * depth + inmost + closing * depth

    return make


@functools.cache
def _keep_memory(mebibytes=64):
    """Keeps so much memory with this process, for a parser's many small pieces and its few long ones.

    Memory that goes back to the system costs more than a parser's work when it is wanted again. Only the
    long text would pay for that, as its pieces alone need more than what lies ready.

    Returns:
        What holds the memory: a small piece in each part of it.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):  # another C library than glibc
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(-1, mebibytes << 21)  # M_TRIM_THRESHOLD
        mallopt(-3, mebibytes << 19)  # M_MMAP_THRESHOLD
    pieces = [bytes(450) for _ in range(mebibytes << 11)]
    return pieces[::128]


def growth(parse, make, *, most=MOST, refuses=(), floor=FLOOR):
    """How many times one long text costs what `TIMES` short ones do that are as long together.

    What `parse` returns is kept until the time is taken, so that both sides hold as much memory.

    Args:
        parse: Is called with what `make` gives for a size.
        make: Gives an input of a size. The size may be a number of characters, bytes, items or levels.
        most: The largest size that is fed: the parser's own limit, if it has one.
        refuses: The errors with which `parse` may refuse.
        floor: Seconds that the long text costs at least. With more of them growth is seen also where what
            grows is but a small part of the work.

    Returns:
        The factor, which is 1 for a linear parser and `TIMES` for a quadratic one, and a sentence. It is 0
        where the longest input takes so little that nothing is to be measured.
    """

    def cost(*sizes):
        given, got = [make(size) for size in sizes], []
        begun = thread_time()
        for one in given:
            with contextlib.suppress(*refuses):
                got.append(parse(one))
        got.clear()
        return thread_time() - begun

    size = 16 * TIMES
    _keep_memory()
    cost(size)  # whatever is made or loaded once
    collects = gc.isenabled()
    gc.disable()
    try:
        while size * 2 <= most and (cost(size) < floor or cost(size) < floor):
            size *= 2
        tried = []
        while len(tried) < PAIRS and size <= max(most, 16 * TIMES):
            if size * 2 > most and (cost(size) < 2 * FLOOR or cost(size) < 2 * FLOOR):
                return 0.0, f"{size} at once cost less than {2000 * FLOOR:g} ms, and longer none can be"
            tried.append(_compare(cost, size))
            if tried[-1][0] <= WORST:
                break
            size *= 2
    finally:
        if collects:
            gc.enable()
    return min(tried)


def _compare(cost, size):
    """The factor at a size of the long text, and the words to tell it."""
    one = many = math.inf
    for turn in range(ROUNDS):
        one = min(one, cost(size - turn))
        many = min(many, cost(*(size // TIMES - turn % 8 - at for at in range(TIMES))))
        factor = one / max(many, FLOOR / TIMES)
        if turn >= 1 and factor <= WORST:
            break
    words = f"{size} at once cost {one * 1000:.1f} ms, in {TIMES} parts {many * 1000:.1f} ms"
    return factor, f"{words}: {factor:.2f}x linear"


def assert_linear(parse, make, *, most=MOST, refuses=(), about="", floor=FLOOR):
    """Fails if `parse` costs more than `WORST` times what its input's growth accounts for. See `growth`."""
    for look in range(LOOKS):
        factor, told = growth(parse, make, most=most, refuses=refuses, floor=floor * 2**look)
        if factor <= WORST:
            break
        if look + 1 < LOOKS:
            sleep(PAUSE_S * 2**look)
    assert factor <= WORST, f"{about or parse}: {told}"
