"""Transitions by type and the fades of a whole export, read off the pixels of every frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from studio.render.quadrants import letter, plain, quadrants

if TYPE_CHECKING:
    from types import SimpleNamespace


def crossed(kit: SimpleNamespace, kind: str, first: str, second: str) -> list[np.ndarray]:
    """Two stills of a second each, with a transition of 20 frames from frame 10 to 29."""
    segments = [
        kit.clip(first, 0, 0, 1000),
        kit.clip(second, 333, 0, 1000, transition={"type": kind, "d": 667}),
    ]
    return kit.coloured(kit.make(kit.timeline(segments, size=(320, 180)), crf=5).path)


@pytest.mark.parametrize(("kind", "level"), [("fade-black", 0), ("fade-white", 255)])
def test_a_fade_goes_through_its_colour(kit: SimpleNamespace, kind: str, level: int) -> None:
    """First the one picture goes into the colour, then the other comes out of it: they never mix."""
    frames = crossed(kit, kind, plain(kit.folder, "r"), plain(kit.folder, "b"))
    assert [letter(frames[n], 0.5, 0.5) for n in (9, 30)] == ["r", "b"]
    red, blue = ([int(f[90, 160, c]) for f in frames] for c in (0, 2))
    assert frames[19].mean() == pytest.approx(level, abs=20)
    assert frames[20].mean() == pytest.approx(level, abs=20)
    if not level:
        assert max(red[20:]) < 60, "nothing of the old one is left in the second half"
        assert max(blue[:20]) < 60
        assert red[10:20] == sorted(red[10:20], reverse=True)
        assert blue[20:30] == sorted(blue[20:30])


@pytest.mark.parametrize(
    ("kind", "new_at"),
    [
        ("wipe-left", (0.9, 0.5)),
        ("wipe-right", (0.1, 0.5)),
        ("wipe-up", (0.5, 0.9)),
        ("wipe-down", (0.5, 0.1)),
    ],
)
def test_a_wipe_uncovers_the_new_picture_in_its_direction(
    kit: SimpleNamespace, kind: str, new_at: tuple[float, float]
) -> None:
    """The edge crosses the canvas evenly; both pictures stand still, and neither shows through the other."""
    frames = crossed(kit, kind, plain(kit.folder, "r"), plain(kit.folder, "b"))
    assert letter(frames[15], *new_at) == "b"
    assert letter(frames[15], 1 - new_at[0], 1 - new_at[1]) == "r"
    shares = [float((f[..., 2] > f[..., 0]).mean()) for f in frames[10:30]]
    assert shares == pytest.approx([(2 * n + 1) / 40 for n in range(20)], abs=0.012)
    whole = crossed(kit, kind, quadrants(kit.folder), plain(kit.folder, "n"))[13]
    expected = {"wipe-left": "rb", "wipe-right": "gy", "wipe-up": "rg", "wipe-down": "by"}[kind]
    left = {"wipe-left": [(0.2, 0.2), (0.2, 0.8)], "wipe-right": [(0.8, 0.2), (0.8, 0.8)],
            "wipe-up": [(0.2, 0.2), (0.8, 0.2)], "wipe-down": [(0.2, 0.8), (0.8, 0.8)]}[kind]  # fmt: skip
    assert "".join(letter(whole, *at) for at in left) == expected, "the old one is not moved"


@pytest.mark.parametrize(
    ("kind", "seen"),
    [("slide-left", "gryb"), ("slide-right", "gryb"), ("slide-up", "byrg"), ("slide-down", "byrg")],
)
def test_a_slide_pushes_the_old_picture_out(kit: SimpleNamespace, kind: str, seen: str) -> None:
    """Half way the halves that face each other are seen: both pictures have moved by half the canvas."""
    name = quadrants(kit.folder)
    frames = crossed(kit, kind, name, name)
    corners = "".join(letter(frames[19], x, y) for y in (0.2, 0.8) for x in (0.2, 0.8))
    assert corners == seen
    early = frames[14]  # 9 of 40 are over: the seam of the new picture lies there
    x, y = {"slide-left": (0.87, 0.2), "slide-right": (0.13, 0.2), "slide-up": (0.2, 0.87),
            "slide-down": (0.2, 0.13)}[kind]  # fmt: skip
    first = {"slide-left": "r", "slide-right": "g", "slide-up": "r", "slide-down": "b"}
    assert letter(early, x, y) == first[kind]


def test_the_sound_crosses_whatever_the_picture_does(kit: SimpleNamespace) -> None:
    """Under a wipe the two sounds fade into each other, each by half in the middle."""
    rate = 48_000
    tones = [np.sin(2 * np.pi * f * np.arange(rate) / rate) * 0.5 for f in (400, 1500)]
    names = []
    for n, tone in enumerate(tones):
        names.append(kit.made(f"tone{n}.mp4", frames=30, sound=tone, size=(64, 36)))
    wipe = {"type": "wipe-left", "d": 500}
    segments = [kit.clip(names[0], 0, 0, 1000), kit.clip(names[1], 500, 0, 1000, transition=wipe)]
    heard = kit.heard(kit.make(kit.timeline(segments, size=(64, 36))).path)[:, 0]

    def level(frequency: int, at: float) -> float:
        part = heard[round((at - 0.05) * rate) : round((at + 0.05) * rate)]
        wave = np.exp(2j * np.pi * frequency * np.arange(part.size) / rate)
        return float(abs(part @ wave) * 2 / part.size)

    assert [level(400, t) for t in (0.3, 0.75, 1.2)] == pytest.approx([0.5, 0.25, 0], abs=0.03)
    assert [level(1500, t) for t in (0.3, 0.75, 1.2)] == pytest.approx([0, 0.25, 0.5], abs=0.03)


def faded(kit: SimpleNamespace, **root: Any) -> SimpleNamespace:
    text = {"start": 0, "text": "WWW", "position": "center", "size": 500, "animation": "none"}
    titles = [{"d": 2000, "m": text}]
    rate = 48_000
    tone = np.sin(2 * np.pi * 400 * np.arange(2 * rate) / rate) * 0.5
    name = kit.made("hum.mp4", frames=60, sound=tone, size=(160, 90))
    draft = kit.timeline([kit.clip(name, 0, 0, 2000)], titles=titles)
    draft.data["m"].update(root)
    return kit.make(draft, crf=5)


@pytest.mark.parametrize(("color", "level"), [("black", 16), ("white", 235)])
def test_an_export_fades_in_and_out_with_all_that_is_on_it(
    kit: SimpleNamespace, color: str, level: int
) -> None:
    """Picture, text and sound come out of the colour over the first 500 ms and go into it over the last."""
    plain_one = faded(kit).path
    still = kit.watched(plain_one)
    done = faded(kit, fade_in=500, fade_out=1000, fade_color=color)
    frames = kit.watched(done.path)
    shares = [min(1, (n + 0.5) / 15, (60 - n - 0.5) / 30) for n in range(60)]
    for n in (0, 4, 10, 20, 40, 59):
        wanted = level + (still[n].astype(float) - level) * shares[n]
        assert np.abs(frames[n] - wanted).mean() < 4, n
    before, after = (np.abs(kit.heard(path)[:96_000, 0]).reshape(-1, 2400) for path in (plain_one, done.path))
    ratios = after.sum(axis=1) / before.sum(axis=1)
    wanted = [min(1, (n + 0.5) / 10, (40 - n - 0.5) / 20) for n in range(40)]
    assert ratios == pytest.approx(wanted, abs=0.04)


def test_fades_longer_than_the_export_share_it(kit: SimpleNamespace) -> None:
    """Five seconds in and fifteen out over two seconds meet after half a second."""
    plan = faded(kit, fade_in=5000, fade_out=15_000).plan
    assert (plan.fades.enter, plan.fades.leave) == (15, 45)
