"""How fast drafts become tables: `python benchmarks/drafts.py [--segments N]`.

Printed is, of one draft of so many segments (100,000), how long the table of its segments takes, beside
reading its JSON and beside `pandas.json_normalize` of the same segments, each the best of five rounds in one
run. The table is to take at most twice as long as the JSON, and a fifth of `json_normalize`. Then how long
the difference to a draft takes in which a tenth of the segments were edited, removed or moved: at most 3 s.
Then, of drafts of a tenth as many segments, how long the picture of the timeline takes, at most 0.3 s, and
that of the difference, with finding it, at most 1 s. The command fails if not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import pandas as pd

from nemo_widgets.draft import Draft
from nemo_widgets.widgets import difference_png, timeline_png

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 5
_MOST_JSON, _LEAST_NORMALIZE, _MOST_DIFF_S = 2.0, 5.0, 3.0
_MOST_PICTURE_S, _MOST_BOTH_S = 0.3, 1.0


def main() -> int:
    """Run what the command line asks for; 1 if a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--segments", type=int, default=100_000)
    count = parser.parse_args().segments
    text = json.dumps(made(count))
    data = json.loads(text)
    draft = Draft(data)
    _ = draft.segments  # imports pandas
    loads = _best(lambda: json.loads(text))
    table = _best(lambda: draft.segments)
    meta = [["t", "tt"], ["t", "m", "name"]]
    flat = _best(lambda: pd.json_normalize(data, ["t", "sg"], meta, errors="ignore"))
    print(f"{count:,} segments, {len(text) / 1e6:.1f} MB")
    print(f"json.loads            {loads:7.3f} s")
    slower, quicker = table / loads, flat / table
    print(f"draft.segments        {table:7.3f} s   {slower:.2f} x json.loads (at most {_MOST_JSON:g})")
    print(f"pandas.json_normalize {flat:7.3f} s   {quicker:.1f} x that (at least {_LEAST_NORMALIZE:g})")
    other = Draft(_edited(json.loads(text)))
    rows = len(draft.diff(other))
    compared = _best(lambda: draft.diff(other))
    print(f"draft.diff            {compared:7.3f} s   {rows:,} differences (at most {_MOST_DIFF_S:g} s)")
    small = made(count // 10)
    before, after = Draft(small), Draft(_edited(json.loads(json.dumps(small))))
    timeline_png(before)  # loads the letters
    picture = _best(lambda: timeline_png(before))
    both = _best(lambda: difference_png(before, after))
    print(
        f"timeline picture      {picture:7.3f} s   {count // 10:,} segments (at most {_MOST_PICTURE_S:g} s)"
    )
    print(f"difference picture    {both:7.3f} s   twice as many (at most {_MOST_BOTH_S:g} s)")
    missed = slower > _MOST_JSON or quicker < _LEAST_NORMALIZE or compared > _MOST_DIFF_S
    return int(missed or picture > _MOST_PICTURE_S or both > _MOST_BOTH_S)


def made(count: int) -> dict[str, Any]:
    """A draft of so many segments: clips of 50 files, seven in ten, and subtitles."""
    clips = [_clip(n) for n in range(count * 7 // 10)]
    texts = [_text(n) for n in range(count - len(clips))]
    return {
        "d": len(clips) * 1000,
        "m": {"title": "long", "width": 1920, "height": 1080, "fps": 30},
        "t": [
            {"tt": 0, "m": {"name": "Main"}, "sg": clips},
            {"tt": 7, "m": {"name": "Subtitles"}, "sg": texts},
        ],
    }


def _clip(n: int) -> dict[str, Any]:
    meta = {
        "id": f"v{n}", "start": n * 1000, "src": f"/media/{n % 50}/clip{n % 50}.mp4", "in": n * 40,
        "out": n * 40 + 1000, "speed": 1.0, "volume": 0.8, "name": f"clip{n % 50}",
    }  # fmt: skip
    return {"d": 1000, "m": meta}


def _text(n: int) -> dict[str, Any]:
    meta = {
        "id": f"x{n}", "start": n * 2000, "text": f"Line {n} of the subtitles", "style": "subtitle",
        "position": "bottom-center", "size": 48, "color": "#ffffff",
    }  # fmt: skip
    return {"d": 1800, "m": meta}


def _edited(data: dict[str, Any]) -> dict[str, Any]:
    """The draft with every tenth segment softer, trimmed or of another text; some gone or moved."""
    clips, texts = (track["sg"] for track in data["t"])
    for clip in clips[::20]:
        clip["m"]["volume"] = 0.1
    for clip in clips[10::40]:
        clip["m"]["out"] -= 100
        clip["d"] -= 100
    for text in texts[::10]:
        text["m"]["text"] += "!"
    clips[:] = [*clips[300:400], *clips[:300], *clips[500:]]
    end = 0
    for clip in clips:
        clip["m"]["start"] = end
        end += clip["d"]
    return data


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main())
