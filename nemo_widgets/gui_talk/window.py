"""What a window is made of, in English, and the verb phrases that tell someone to use it, as patterns.

Names of buttons are known by their capitals, so case matters except in the verbs and common nouns.
"""

from __future__ import annotations

import re

from .veil import CODE, QUOTE

__all__ = [
    "ACCOUNT",
    "BUTTONS",
    "CHORD",
    "CLICKS",
    "DRAGS",
    "DRAWN",
    "DROP_ZONE",
    "EDGE",
    "EDIT_VERB",
    "FILES",
    "GOES",
    "IDLE",
    "ITEMS",
    "KEY",
    "KEYS",
    "LOOKS",
    "NUDGED",
    "PAGED",
    "PAGES",
    "PANELS",
    "PICKS",
    "PLACE",
    "PLACED",
    "PLAIN",
    "SCROLLS",
    "SLIDER",
    "SPOT",
    "STARTS",
    "STRONG",
    "THING",
]

EDIT_VERB = (
    r"(?:add|remove|delete|cut|split|trim|crop|change|adjust|set|edit|move|replace|swap|mute|unmute|lower|"
    r"raise|increase|decrease|reduce|turn|resize|reposition|rename|speed|slow|fade|shorten|extend|lengthen|"
    r"duplicate|copy|merge|join|reorder|rotate|flip|zoom|insert|put|place|blur|tweak|fine-tune|"
    r"customi[sz]e|modify|update|correct|fix|align|centre|center|style|animate|reverse|restore|hide|"
    r"generate|regenerate|make|apply)"
)
IDLE = re.compile(
    r"(?:apply|make|save|update|set|edit|adjust)\s+(?:(?:the|your|all|any|some|these|those|further|more)\s+)*"
    r"(?:changes?|edits?|settings?|adjustments?|tweaks?|it|them|effect)$|edit$"
)
"""An edit's verb that says nothing of what to edit."""

_NAME = (
    r"(?:export|download|share|render|publish|save|undo|redo|upload|import|play|pause|preview|apply|ok|okay|"
    r"done|confirm|split|delete|remove|trim|cut|crop|add|text|titles?|audio|sound|music|volume|speed|"
    r"effects?|transitions?|filters?|media|properties|project|version|history|layers?|captions?|subtitles?|"
    r"colou?rs?|adjustments?|adjust|account|billing|profile|credits?|file|edit|view|generate|continue|gear|"
    r"plus|three[- ]dots?|hamburger|stickers?|templates?|elements?|videos?|images?|photos?|animations?|"
    r"fonts?|styles?|format|background|tools?|tracks?|clips?|scissors?|trash|mute|zoom|fade|mixer|upgrade|"
    rf"subscription|settings|as|new|[A-Z+][\w&+/'-]*|&|>|→|{QUOTE}|{CODE})"
)
STRONG = (
    r"(?:button|btn|command|icon|panel|pane|tab|menu|toolbar|side\s?bar|slider|check\s?box|"
    r"drop-?\s?down(?:\s+(?:menu|list))?|dialog(?:ue)?(?:\s+box)?|settings|inspector|(?:media\s+)?library|"
    r"canvas|preview\s+(?:window|panel|area|pane|player|monitor)|preview|toggle|timeline|playhead|"
    r"upload\s+area)"
)
_WEAK = (
    r"(?:option|section|page|area|bar|window|view|mode|tool|field|box|list|arrow|key|player|monitor|switch|"
    r"editor)"
)
_LOOK = (
    r"(?:blue|green|red|orange|purple|white|black|big|small|little|large|round|main|left|right|top|bottom|"
    r"upper|lower|left-hand|right-hand|same)"
)
_OBJECT = (
    rf"(?:(?i:the|your|an?|this|that|its)\s+)?(?:{_LOOK}\s+)*"
    rf"(?:(?P<name>{_NAME}(?:\s+{_NAME}){{0,3}}?)(?:\s+(?P<noun>(?i:{STRONG}|{_WEAK})))?"
    rf"|(?P<sole>(?i:{STRONG})))"
)
_PLACE_WORD = (
    r"(?i:upper|lower|top|bottom|very|far|left|right|left-hand|right-hand|hand|main|corner|side|edge|centre|"
    r"center|toolbar|menu|panel|bar|sidebar|screen|window|editor|interface|page|header|timeline|project|"
    r"workspace|app|canvas|preview|inspector|tab|settings|dialog|library|account|file|media|audio|text|"
    r"music|effects|export|of the)\b"
)
PLACE = (
    r"(?:(?:\s*\([^()]{1,40}\))|,?\s+(?i:in|on|at|from|under|within|inside|above|below|of|near|next\s+to|"
    r"to(?=\s+the\s+(?:left|right)))\s+"
    rf"(?i:the\s+|your\s+)?{_PLACE_WORD}(?:[\s-]+{_PLACE_WORD})*)*+"
)
_END = (
    r"(?:\s+(?i:in\s+order\s+to|so\s+you\s+can|to)\s+(?P<purpose>[^;]+?))?"
    r"(?P<tail>\s+(?:(?i:when|once|if|after|before|whenever|as\s+soon\s+as|until|unless|because)\s.*"
    r"|(?i:now|yet|again|later|first|next|instead|too|as\s+well|any\s?time|directly)))?$"
)
_CLICK = (
    r"(?P<verb>(?i:(?:double|right|left)[- ]click|click|tap|press|hit|push|select|choose|use|hover\s+over|"
    r"toggle|check|find|look\s+for|pick))(?i:\s+on)?"
)
_GO = (
    r"(?P<verb>(?i:open\s+up|open|go\s+to|head\s+(?:over\s+)?to|switch\s+to|navigate\s+to|access|expand|visit|"
    r"jump\s+to|bring\s+up|pull\s+up|look\s+(?:at|in|under|for)|find|view|see|check(?:\s+out)?|"
    r"take\s+a\s+look\s+at|return\s+to|show|close))"
)
_DRAFT = (
    rf"(?:(?i:the|your|a|any|this|that|each|every)\s+(?:[\w'’-]+\s+|{QUOTE}\s+){{0,3}}?"
    r"(?i:clip|title|text|music|track|segment|caption|subtitle|transition|layer|image|logo|element|song|"
    r"audio|sound|photo|picture|overlay|sticker|scene)(?i:\s+(?:layer|track|clip|element|box|segment))?"
    r"|(?i:it|them))"
)
STARTS = re.compile(
    r"(?i:double|right|left|click|tap|press|hit|push|select|choose|use|hover|toggle|check|find|look|pick|"
    r"open|go|head|switch|navigate|access|expand|visit|jump|bring|pull|view|see|take|return|show|close|"
    r"preview|watch|review|play|inspect|scrub|scroll|zoom|swipe|manage|type|drag|drop|slide|move|put|place|"
    r"position)\b"
)
"""What every instruction begins with: where this fails, nothing else needs to be tried."""

CLICKS = re.compile(rf"{_CLICK}\s+{_OBJECT}{PLACE}{_END}")
PLACED = re.compile(
    rf"(?:(?i:the|your)\s+)?(?P<name>{_NAME}(?:\s+{_NAME})?)\s+(?i:button|icon)"
    rf"(?:\s+(?i:is|can\s+be\s+found)(?:\s+(?i:located|right))?{PLACE}(?<!is)(?<!found)(?<!located))?(?P<tail>)$"
)
"""'The Export button is in the top right corner', or the bare name."""
GOES = re.compile(rf"{_GO}\s+{_OBJECT}{PLACE}{_END}")
PICKS = re.compile(rf"{_CLICK}\s+(?P<what>{_DRAFT})(?P<place>{PLACE}){_END}")
LOOKS = re.compile(
    r"(?i:preview|see|view|check|watch|review|play|inspect|look\s+at|scrub\s+through)(?i:\s+back)?"
    r"(?:\s+(?i:it|this|that|them|everything|(?P<seen>(?:the|your|all|how|what|my)\s+[^,;]{1,60}?)))?"
    r"\s+(?i:in|on|inside|using|with)\s+(?i:(?:the|your)\s+)?"
    r"(?P<where>(?i:timeline|preview(?:\s+(?:window|panel|area|pane|player|monitor))?|player|canvas))"
    rf"(?i:\s+(?:panel|view|area|window))?{PLACE}{_END}"
)
SCROLLS = re.compile(
    r"(?i:scroll|zoom|swipe|scrub|look|go)"
    r"(?i:\s+(?:through|along|in\s+on|in(?:to)?|out|on|across|over))?\s+(?i:the|your)\s+"
    rf"(?i:timeline){PLACE}{_END}"
)
PAGED = re.compile(
    r"(?i)scroll\s+(?:up|down|left|right)"
    r"(?:\s+to\s+the\s+(?:bottom|top|end)(?:\s+of\s+the\s+(?:page|panel|list|menu))?)?(?P<tail>)$"
)
_HOLDS = r"(?i:page|settings|section|menu|tab)"
ACCOUNT = re.compile(
    r"(?i:check|view|see|visit|open|go\s+to|head\s+to|manage|look\s+at|review)\s+(?:(?i:your|the)\s+)?"
    r"(?i:NemoVideo\s+)?(?:(?i:account|billing)"
    r"|(?i:remaining\s+)?(?i:balance|credits)"
    r"(?=\s+(?i:in|on|under|from)\s+(?i:your|the)\s+(?i:account|profile|billing))"
    rf"|(?i:balance|credits?|subscription|plan|profile)(?=\s+{_HOLDS}))"
    rf"(?i:[\s/>→]+(?:and|or|balance|{_HOLDS}|info(?:rmation)?|details|dashboard|billing|account|credits?))*"
    rf"(?i:\s+for\s+(?:(?:the|your|more)\s+)?(?:(?:account|remaining)\s+)?(?:balance|credits))?{PLACE}{_END}"
)
KEY = r"(?i:ctrl|control|cmd|command|strg|⌘|⇧|shift|alt|option|⌥)"
CHORD = re.compile(rf"{KEY}\s*[+/-]")
KEYS = re.compile(
    rf"(?i:press|hit|use|type)\s+(?i:the\s+)?"
    rf"(?P<keys>(?:{KEY}[\s+/-]*(?:or\s+)?)+(?P<key>[A-Za-z])\b|{CODE}|"
    r"(?i:space\s?bar|space|delete|backspace|enter|return|del|esc(?:ape)?)(?!\s+\w+\s+button))"
    rf"(?i:\s*[/(]?\s*(?:or\s+)?(?:{KEY}[\s+/-]*)+[A-Za-z]\b(?:\s+on\s+(?:a\s+|your\s+)?(?:mac\w*|windows))?\)?"
    r"|\s+or\s+(?:backspace|delete))?"
    rf"(?i:\s+(?:key|shortcut|on\s+(?:your\s+)?(?:keyboard|windows|mac)))*{_END}"
)
DRAGS = re.compile(
    r"(?P<verb>(?i:drag\s+and\s+drop|drag-and-drop|drag\s?/\s?drop|drag|drop|slide|pull"
    r"|(?:move|put|place|position)(?=\s+the\s+playhead\b)))\s+(?P<what>[^,;]+?)"
    r"(?:\s+(?i:from)\s+(?:(?i:the|your)\s+)?[\w\s]{0,25}?"
    r"(?i:panel|library|tab|menu|sidebar|computer|desktop|folder))?"
    r"(?:\s+(?P<where>(?i:(?:up|down|over|back|left|right|forward|out|in)\s+)?"
    r"(?i:to|into|onto|in\s+front\s+of|behind|before|after|between|above|below|under|on|at|towards?|over)\s+"
    rf"(?!{EDIT_VERB}\b)[^,;]+?|(?i:here|up|down|left|right|higher|lower)))?"
    rf"{_END}"
)
SPOT = re.compile(
    r"(?i)\b(?:start|beginning|end|left|right|top|bottom|cent(?:er|re)|middle|corner|side|edge|front|back|"
    r"timeline|track|clip|segment|layer|cut|canvas|title|scene|position|spot|place|one|marks?|point|frame)s?\b"
    r"|\d"
)
"""Where something can be dragged to."""
THING = re.compile(
    r"(?i)\b(?:clip|title|text|music|track|segment|caption|subtitle|transition|crossfade|dissolve|fade|layer|image|"
    r"logo|element|song|audio|sound|photo|picture|overlay|sticker|scene|shot|video|effect|filter|watermark|intro|"
    rf"outro|one|it|them)s?\b|{QUOTE}"
)
"""What of a timeline can be dragged."""
NUDGED = re.compile(rf"{_DRAFT} (?:up|down|left|right|higher|lower)$")
FILES = re.compile(
    r"(?i)(?:(?:your|the|a|an|more|any|some|additional)\s+)*(?:(?:video|media|audio|own|new|raw|image)\s+)*"
    r"(?:files?|footage|media|photos|images|videos?|uploads?|music\s+files?)$"
)
DROP_ZONE = re.compile(
    r"(?i)\b(?:library|upload|window|page|editor|browser|area|here|zone|panel|chat|box|workspace|timeline)\b"
)
SLIDER = re.compile(
    r"(?i)(?:(?:the|its|your)\s+)?(?:(?P<name>(?!(?:the|its|your)\b)[\w\s]{2,25}?)\s+)?"
    r"(?:slider|knob|fader|handle)(?:\s+(?P<way>up|down|left|right))?$"
)
EDGE = re.compile(
    r"(?i)(?:either|the|one|both|an?)?\s*(?:of\s+)?(?:the\s+)?(?:(?:left|right|start|end|outer)\s+)*"
    r"(?:edges?|handles?|ends?|corners?|borders?)\s+of\s+(?P<of>.+)$"
)
ITEMS = re.compile(r"(?:delete|remove|split|duplicate|copy|mute|unmute|trim|crop|reverse|rotate|hide|cut)$")
"""Menu items that name an edit of what was clicked before."""
DRAWN = {"trash": "delete", "trash can": "delete", "bin": "delete", "scissors": "split", "scissor": "split"}
"""What is drawn on the icons of such items."""
PLAIN = re.compile(
    r"(?i)(?:apply|ok|okay|done|confirm|continue|export|download|save|undo|redo|upload|import|generate|play|preview|"
    r"split|delete)$"
)
"""Buttons that are known without the word, a capital or quotation marks."""
PANELS = re.compile(
    r"(?:panel|pane|tab|menu|toolbar|side\s?bar|settings|inspector|(?:media\s+)?library|drop.?down.*|"
    r"dialog.*|canvas|section|page|area|window|view|editor|list|bar)$"
)
PAGES = frozenset(("settings", "file", "billing", "account", "profile", "subscription"))
"""What one can be told to go to without the word page."""


def _named(kind: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split("|"), kind)


BUTTONS = {
    **_named(
        "export",
        "export|download|share|render|publish|save video|save as|export video|download video|"
        "export project|导出|下载",
    ),
    **_named("undo", "undo|撤销"),
    **_named(
        "upload",
        "upload|import|+|plus|add media|upload media|import media|add file|add files|upload file|"
        "upload files|upload video|上传",
    ),
    **_named("play", "play|preview|play/pause|播放|预览"),
    **_named("save", "save|save project|保存"),
    **_named("runs", "history|version history|undo history"),
    **_named("credits", "account|billing|credits|profile|subscription|account settings|upgrade|top up"),
}
"""What the buttons and panels of these names come to."""
