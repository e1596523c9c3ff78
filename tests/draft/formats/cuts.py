"""Drafts for the tests of timeline files, and what of them a file has to say."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

RATES = {
    "23.976": Fraction(24000, 1001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "30": Fraction(30),
    "50": Fraction(50),
    "59.94": Fraction(60000, 1001),
    "60": Fraction(60),
}
TEN_HOURS_S = 36_000
FILMS = ("/films/harbour.mp4", "/films/a b & c.mov", "/films/城市.mp4")


def ms(frames, fps):
    return round(frames * 1000 / fps)


def clip(fps, source, start, length, begin, **meta):
    """A clip by its frames."""
    start_ms, end_ms = ms(start, fps), ms(start + length, fps)
    lasting = end_ms - start_ms
    begin_ms = ms(begin, fps)
    out = begin_ms + round(lasting * meta.get("speed", 1))
    return {"d": lasting, "m": {"start": start_ms, "src": source, "in": begin_ms, "out": out, **meta}}


def draft(fps, clips, *, music=(), texts=()):
    """A draft of (source, start, length, begin, overlap) of the main track, of music, and of texts."""
    main = []
    for n, (source, start, length, begin, overlap) in enumerate(clips, 1):
        cut = {"transition": {"type": "crossfade", "d": ms(start + overlap, fps) - ms(start, fps)}}
        main.append(
            clip(fps, source, start, length, begin, id=f"v{n}", name=f"clip {n}", **(cut if overlap else {}))
        )
    tracks = [{"tt": 0, "m": {"name": "Main"}, "sg": main}]
    if music:
        sounds = [clip(fps, *one, volume=0.35, id=f"a{n}") for n, one in enumerate(music, 1)]
        tracks.append({"tt": 1, "m": {"name": "BGM"}, "sg": sounds})
    if texts:
        words = [
            {"d": ms(s + n, fps) - ms(s, fps), "m": {"start": ms(s, fps), "text": t, "id": f"x{s}"}}
            for t, s, n in texts
        ]
        tracks.append({"tt": 7, "m": {"name": "Title"}, "sg": words})
    whole = str(fps) if fps.denominator > 1 else int(fps)
    return {"m": {"title": "Harbour", "width": 1280, "height": 720, "fps": whole}, "t": tracks}


def usual(fps):
    """Ten hours at a rate: two clips with a dissolve between, one behind a gap, music and a title."""
    end = int(TEN_HOURS_S * fps)
    clips = [
        (FILMS[0], 0, 1801, 17, 0),
        (FILMS[1], 1792, 5000, 100_003, 9),
        (FILMS[2], end - 7777, 7777, int(3600 * fps) + 1, 0),
    ]
    return draft(fps, clips, music=[("/films/lo-fi.mp3", 3, end - 5, 0)], texts=[("Urban Dreams", 31, 90)])


def places(fps, data):
    """Of each clip of the main track: source, start and end on the timeline, and begin, in frames."""
    segments = data["t"][0]["sg"]
    return [
        (
            s["m"]["src"],
            round(s["m"]["start"] * fps / 1000),
            round((s["m"]["start"] + s["d"]) * fps / 1000),
            round(s["m"]["in"] * fps / 1000),
        )
        for s in segments
    ]


@st.composite
def cuts(draw):
    """A rate, and clips of the main track, some led into by a dissolve, some behind a gap."""
    fps = draw(st.sampled_from([*RATES.values()]))
    at, last, clips = 0, 0, []
    for n in range(draw(st.integers(1, 6))):
        length = draw(st.integers(2, 400))
        room = min(last, length) - 1
        overlap = draw(st.integers(0, room)) if n and room > 0 and draw(st.booleans()) else 0
        gap = 0 if overlap else draw(st.sampled_from([0, 0, 1, 37]))
        begin = draw(st.integers(0, 200_000))
        clips.append((draw(st.sampled_from(FILMS)), at + gap - overlap, length, begin, overlap))
        at, last = at + gap - overlap + length, length - overlap
    return fps, clips
