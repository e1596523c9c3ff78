"""What tells at a glance whether a text may talk of a GUI; the grammar is loaded only if it may."""

from __future__ import annotations

import re

from nemo_widgets.phrasebook import LANGUAGES

__all__ = ["ASKS", "ASKS_ABROAD", "HINT"]

HINT = re.compile(
    r"click|tap|press|\bhit\b|smash|\bmash|\bslam|\bbang\b|punch|whack|\bpoke|\blook|"
    r"open|go(?:ing)? to|head|switch|navigat|access|expand|visit|jump|find|drag|drop|"
    r"slide|pull|preview|timeline|account|billing|ctrl|cmd|button|icon|panel|select|choos|use|check|scroll|playhead|"
    r"watch|play|settings|[导点单双右轻按打进前切展访转跳去到在拖使用找选账敲戳]",
    re.IGNORECASE,
)
"""What no instruction about a window is without."""
ASKS = re.compile(
    rf"{HINT.pattern}|reply|respond|type|answer|enter|say|confirm|approv|accept|agree|green light|"
    r"thumbs[ -]up|waiting|pending|swipe|your|[等需]|[批审回输輸发發确確\[【]",
    re.IGNORECASE,
)
"""What no demand for a click or a certain word is without."""
ASKS_ABROAD = re.compile(
    "|".join(press.cue for language in LANGUAGES.values() for press in language.presses if press.cue),
    re.IGNORECASE,
)
"""What no demand for a click in another language is without."""
