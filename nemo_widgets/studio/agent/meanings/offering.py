"""Instructions that a message may mean, filled in with its own times, texts and clips."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import clock
from nemo_widgets.studio.agent.language.tokens import (
    DURATION,
    FILE,
    LOOSE,
    PERCENT,
    POINT,
    QUOTE,
    SPAN,
)
from nemo_widgets.studio.agent.language.verbatim import as_typed
from nemo_widgets.studio.timeline.refs import ClipRef

from .accounting import binds, left_out, places_in, with_its_preposition
from .topics import topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nemo_widgets.studio.agent.language.tokens import Veiled

    from .topics import Topic

__all__ = ["Meant", "meanings"]

_SLOTS = {
    "SPAN": "span", "LOOSE": "span", "POINT": "at", "DURATION": "long", "PERCENT": "share", "QUOTE": "text",
    "FILE": "file",
}  # fmt: skip
"""The slot that each sort of value goes into; one of whole clips goes into `clip`, the next into `other`."""
_TOKENS = {
    "SPAN": SPAN, "LOOSE": LOOSE, "POINT": POINT, "DURATION": DURATION, "PERCENT": PERCENT, "QUOTE": QUOTE,
    "FILE": FILE,
}  # fmt: skip
_VALUE = re.compile("|".join(f"(?P<{name}>{token})" for name, token in _TOKENS.items()))
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MOST = 3
_LONGEST = 400
"""A message of more characters says too much for three instructions."""
_SLOT = re.compile(r"\{(\w+)\}")
_AND = {"en": ", then ", "zh": "，然后"}
_IDLE = re.compile(
    r"(?<![a-z])(?:if|when(?:ever)?|maybe|perhaps|might|would(?!\s+(?:you|like|love))|used\s+to|yesterday|already|"
    r"should(?:n't|\s+(?:i|we))|told|said|says\s+that|thinks?|thinking|thought|wonder(?:ing)?|never|"
    r"don't|do\s+not|dont|didn't|isn't|won't|not(?!\s+needed)|no\s+need|except|but(?!\s+only))(?![a-z])"
    r"|如果|要是|也许|可能|或许|昨天|已经|别|不用|不必|不要(?!了)|除了|怎么|什么|吗|呢|但(?!只)|不过|以前|等会|再想想",
    re.IGNORECASE,
)
"""Words after which somebody may want nothing, or the opposite, or all but a part of it."""
_OPEN = re.compile(
    r"^[\W_]*(?:(?:please|just|now|so|ok|okay|then|also|and|first|next|finally|afterwards|later|could|can|would|you|we|i|i'd|"
    r"want|need|like|love|to|let's|let|us|go|ahead|quickly|simply|maybe|super|really|very|some|a|like|in|hey|"
    r"it|them|that|make|give|do|this|the\s+\w+|all|have)(?![a-z])[\W_]*)*$",
    re.IGNORECASE,
)
"""What may stand before the verb of a wish."""
_ORDER = re.compile(
    r"^[\W_]*(?:please\s+|can\s+you\s+|could\s+you\s+|i\s+(?:want|need)\s+)*"
    r"(?:make|turn|give|put|convert|do|have|need|want|change|set|go|i|let|get|add|format|crop|use|play|run|show|move|bring|place|shift|"
    r"stick)(?![a-z])",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(
    r"^(?:too|so|super|really|barely|hardly|can't|cannot|drown|drag|over|noth|no|with|nobody|useless|boring|"
    r"rubbish|garbage|pointless|need|has to|have to|must|should|can go|off|upside|side|all over|dull|washed|"
    r"wrong|hear|keep only|only|all i|just)",
    re.IGNORECASE,
)
"""How a word begins that is a wish wherever it stands."""
_PART = re.compile(
    r"[,;、!，；。]|\.(?=\s|$)|(?<![a-z])(?:and\s+then|and\s+also|after\s+that|afterwards|then|and|but|plus)(?![a-z])"
    r"|然后|接着|随后|并且|而且|同时|最后(?=把|加|剪|删)",
    re.IGNORECASE,
)
"""What stands between clauses."""
_REMARK = re.compile(
    r"^\s*(?:the|this|that|these|those|it|it's|its|there|there's|theres|my|because|cause|since|i'm|he|she|they)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?<![a-z])(?:it|them|that|this)(?![a-z])|它|他", re.IGNORECASE)
_AND_THEN = re.compile(r"^between\s+(.+?)\s+and\s+", re.IGNORECASE)
_OBJECT = re.compile(r"(?<![a-z])it(?![a-z])", re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:from|between|at|in|during|over)\s+", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"[\W_]*(?:$|(?:it|them|that|this|these|those|the|my|our|all|everything|every|each|both|from|between|in|on|out|"
    r"up|down|off|by|to|at|for|a|an|some|please|video|clip|film|movie|whole|first|last|second|slightly|bit|little|"
    r"more|please|so|and|then|with|until|after|before|now|again|too|around|over|how|like)"
    r"(?![a-z])|[\ue000-\uf8ff])",
    re.IGNORECASE,
)
"""What may follow a verb that names no thing: of an unknown thing it may mean something else."""
_KEPT = re.compile(r"(?<![a-z])(?:keep|leave)(?![a-z])|保留|留着", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?<![a-z])(?:the|my|your|all|of|it|that|this|these|those|last|latest|previous|first|please|now|just|again|once|"
    r"twice|times?|edits?|changes?|steps?|things?|everything|to|and|i|we|you|did|was|how|want|would|like|can|could|"
    r"let'?s|one|two|three|x|way|before|what|is|were|me|back|over|start|again|from|then)(?![a-z])|[\d\W_]|"
    r"请|帮我|一下|最近|刚才|那|上|下|所有|全部|的|了|吧|把|到|第|步|次|个|操作|改动|修改|编辑|剪辑|[一二两三四五六七八九十几零]",
    re.IGNORECASE,
)
"""Words beside which one that stands alone is still meant."""
_LABEL = re.compile(
    r"^\s*(?:the\s+)?(?:title|heading|headline|标题)\s*+[:：]\s*+([^“”\ue000-\uf8ff]{1,60}?)\s*$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?<![a-z])(?:each|every|all)\s+(?:of\s+)?(?:the\s+|my\s+)?(?:clip|shot|video|one)|每一?[个段条]|所有片段",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?<![\d.:])(?P<n>\d+(?:\.\d+)?)\s*(?:x(?![a-z\d])|×|times(?![a-z])|倍)", re.IGNORECASE)
_TWICE = re.compile(r"2x|两倍")
_ONLY = re.compile(r"(?:but\s+)?(?:only|just)\s+(?:from\s+|at\s+|in\s+|for\s+)?", re.IGNORECASE)
_BUT = re.compile(r"(?<![a-z])but\s+|但是?|不过", re.IGNORECASE)
_A_BIT = re.compile(
    r"(?<![a-z])(?:(?:a\s+(?:little|bit|touch|tad|notch))|slightly|somewhat)(?![a-z])", re.IGNORECASE
)
_COMPARED = re.compile(r"^(make\s.+?)\s+((?:more\s+)?\w+|\w+er)$")
_UNHEARD = re.compile(r"(?:can't|cannot|hardly|barely)\s+hear|hard\s+to\s+hear|听不[清见到]", re.IGNORECASE)
_SPANNING = re.compile(r"\d:\d\d to \d|\d\s*(?:s|secs?|seconds?)?(?:\s+to|\s*[-–])\s*\d")
_HAN = re.compile("[\u3400-\u9fff]")
_SHORT = 5
"""So many words are a wish without a verb."""


@dataclass(frozen=True, slots=True)
class Meant:
    """An instruction that a message may mean, and the words of the message that it leaves out."""

    sentence: str
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A topic that a clause speaks of: how surely, the instruction, and what it leaves out."""

    weight: int
    topic: Topic
    sentence: str
    left: tuple[str, ...]


def meanings(veiled: Veiled, text: str, language: str, reads: Callable[[str], bool]) -> list[Meant]:
    """Up to three instructions that the message may mean, the likeliest first; all leave out the same.

    Args:
        veiled: the message, its values put aside.
        text: it, without manners.
        language: in which the instructions are, `zh…` for Chinese, else English.
        reads: whether an instruction is understood.
    """
    if len(text) > _LONGEST or _IDLE.search(_unbound(re.sub(QUOTE, " ", text))):
        return []
    language = "zh" if language.lower().startswith("zh") else "en"
    clauses = _clauses(text)
    if len(clauses) > 1:
        if chain := _chain(clauses, veiled, language, reads):
            return [chain]
        spoken = [clause for clause in clauses if _ranked(clause, veiled, language, reads)]
        if len(spoken) > 1 or any(reads(veiled.reveal(clause).strip()) for clause in clauses):
            return []  # one instruction would leave out what the other clauses ask for
    whole = _ranked(text, veiled, language, reads)
    same = [reading for reading in whole if reading.left == whole[0].left]
    return [Meant(sentence, same[0].left) for sentence in dict.fromkeys(r.sentence for r in same)][:_MOST]


def _unbound(text: str) -> str:
    """The text without the bounds that a topic itself knows: 'but don't cut anything off'."""
    for topic in topics():
        if topic.does and topic.about and topic.about.search(text):
            text = topic.does.sub(lambda m: " " if _IDLE.search(m.group()) else m.group(), text)
    return re.sub(r"(?<![a-z])but\s+(?=\s|$)", " ", text)


def _clauses(text: str) -> list[str]:
    """The clauses: what remarks on something belongs to what follows, bare values to what came before."""
    found: list[str] = []
    remark = ""
    for part in filter(str.strip, _PART.split(text)):
        if remark:
            found[-1] += f", {part}"
        elif found and _values_only(part):
            found[-1] += f" {part}"
        else:
            found.append(part)
        remark = part if _REMARK.match(part) else ""
    return found


def _values_only(part: str) -> bool:
    return not any(
        topic.does and topic.does.search(part) and (topic.about is None or topic.about.search(part))
        for topic in topics()
    ) and bool(_VALUE.search(part))


def _chain(
    clauses: Sequence[str], veiled: Veiled, language: str, reads: Callable[[str], bool]
) -> Meant | None:
    """One instruction for a message of several clauses, each read or guessed; None where one is neither."""
    said: list[str] = []
    left: list[str] = []
    spoken: set[str] = set()
    before = ""
    for clause in clauses:
        words = veiled.reveal(clause).strip()
        about = before if _PRONOUN.search(clause) else ""
        found = _ranked(f"{clause} {about}".strip(), veiled, language, reads)
        names = {reading.topic.name for reading in found[:1]}
        if names & spoken or ("music-down" in spoken and _UNHEARD.search(clause)):
            continue  # why the other is wanted
        spoken |= names
        if not about and reads(words):
            said.append(words)
        elif found:
            said.append(found[0].sentence)
            left += found[0].left
        else:
            return None
        before = found[0].topic.name.partition("-")[0] if found else ""
    whole = _AND[language].join(dict.fromkeys(said))
    return Meant(whole, tuple(left)) if reads(whole) else None


def _ranked(text: str, veiled: Veiled, language: str, reads: Callable[[str], bool]) -> list[_Reading]:
    return sorted(_readings(text, veiled, language, reads), key=lambda reading: -reading.weight)


def _readings(text: str, veiled: Veiled, language: str, reads: Callable[[str], bool]) -> Iterator[_Reading]:
    values, clips = _values(text, veiled), _clips(text, veiled)
    bare = re.sub(QUOTE, " ", text)
    for topic in topics():
        does = [*topic.does.finditer(bare)] if topic.does else []
        about = topic.about.findall(bare) if topic.about else []
        if (
            (topic.does and not does)
            or (topic.about and not about)
            or (topic.value and topic.value not in values)
        ):
            continue
        kept = _KEPT.search(bare) or "text" in values  # who quotes a text wants it shown
        if topic.name.startswith("cut-") and _EACH.search(bare):  # not of each clip, but of the film
            continue
        if (topic.takes and kept) or (topic.alone and not _alone(bare, does)):
            continue
        wish = _wish(bare, does, short=topic.does is None, named=bool(about or topic.value))
        if not wish:
            continue
        for number, form in enumerate(topic.says[language]):
            slots = _SLOT.findall(form)
            if any(slot not in values for slot in slots):
                continue
            sentence = _about(clips, _SLOT.sub(lambda m: values[m[1]], form), language)
            sentence = _slightly(_times_as_fast(sentence, bare, veiled), bare, reads)
            said = [m.span() for m in (*does, *(topic.about.finditer(bare) if topic.about else ()))]
            whole = sentence and reads(sentence) and _completed(bare, sentence, said, veiled, reads)
            if whole:
                sentence, left = whole
                words = sum(map(len, {*(m.group().lower() for m in does), *map(str.lower, about)}))
                named = 12 * bool(does and about) + 4 * bool(topic.value)
                weight = wish + words + named + 10 * len(slots) - number - 10 * len(left)
                yield _Reading(weight, topic, sentence, left)
                break


def _completed(
    text: str, sentence: str, said: list[tuple[int, int]], veiled: Veiled, reads: Callable[[str], bool]
) -> tuple[str, tuple[str, ...]] | None:
    """An instruction with the words that it has left out and can take, and what it still leaves out.

    None where it can't be done without that.
    """
    unsaid = []
    spans = bool(_SPANNING.search(sentence)) and not re.search(f"{SPAN}|{LOOSE}", text)
    said += [m.span() for m in _BUT.finditer(text) if any(a <= m.end() < b for a, b in said)]
    for m in _VALUE.finditer(text):
        words = veiled.reveal(m.group()).strip()
        timed = spans and m.lastgroup in ("POINT", "DURATION")
        if m.lastgroup == "QUOTE" or timed or words in sentence or _bare_span(words) in sentence:
            said += [only.span() for only in _ONLY.finditer(text) if only.end() == m.start()]
        elif m.lastgroup in ("SPAN", "LOOSE", "FILE"):
            return None
        else:
            unsaid.append(words)
    quoted = re.search("[\"“‘'「『]", sentence)  # a title can take more words on how it looks
    left: list[tuple[int, int]] = []
    for place in left_out(text, sentence, said):
        tried = (with_its_preposition(text, place), text[slice(*place)])
        longer = [f"{sentence} {veiled.reveal(one).strip()}" for one in tried if quoted and not _does(one)]
        if taken := next((one for one in longer if not _HAN.search(one) and reads(one)), ""):
            sentence = taken
        else:
            left.append(place)
    told = [veiled.reveal(text[slice(*place)]) for place in left]
    whole = not _clips(text, veiled) and (_OBJECT.search(sentence) or sentence.startswith("swap"))
    if any(map(binds, told)) or (whole and places_in(text, left)):
        return None
    return sentence, (*told, *unsaid)


def _does(words: str) -> bool:
    """Whether words may ask for something by themselves."""
    return any(topic.does and topic.does.search(words) for topic in topics())


def _bare_span(words: str) -> str:
    """'Between 1:00 and 2:00' as '1:00 to 2:00'."""
    return _BETWEEN.sub("", _AND_THEN.sub(r"\1 to ", words))


def _slightly(sentence: str, text: str, reads: Callable[[str], bool]) -> str:
    """The instruction with the 'a bit' of the message, where it can be done by a bit."""
    if not _A_BIT.search(text):
        return sentence
    softer = _COMPARED.sub(r"\1 a bit \2", sentence)
    return softer if softer != sentence and reads(softer) else sentence


def _about(clips: Sequence[str], sentence: str, language: str) -> str:
    """The instruction about the clips that the message names, not about 'it'; "" where it leaves one out."""
    if len(clips) == 1 and clips[0] not in sentence:
        sentence = _OBJECT.sub(clips[0], sentence, count=1) if language == "en" else f"{clips[0]}{sentence}"
    return sentence if all(clip in sentence for clip in clips) else ""


def _times_as_fast(sentence: str, text: str, veiled: Veiled) -> str:
    """The instruction with the number that the message says, as in 1.5x; "" where it leaves that out."""
    said = _TIMES.search(veiled.reveal(text))
    if said is None or said["n"] in sentence:
        return sentence
    told = _TWICE.sub(lambda m: f"{said['n']}{'x' if m.group() == '2x' else '倍'}", sentence)
    return told if told != sentence else ""


def _alone(text: str, does: Sequence[re.Match[str]]) -> bool:
    """Whether nothing is spoken of but what the matches say."""
    rest = list(text)
    for m in does:
        rest[m.start() : m.end()] = " " * len(m.group())
    return not _BESIDE.sub("", "".join(rest)).strip()


def _wish(text: str, does: Sequence[re.Match[str]], *, short: bool, named: bool) -> int:
    """How clearly the words wish for something: 0 not at all, more where a verb opens its clause."""
    if short:
        return 10 if _ORDER.match(text) or len(text.split()) <= _SHORT or _CHINESE.search(text) else 0
    best = 0
    for m in does:
        clause = _PART.split(text[: m.start()])[-1]
        if _CHINESE.search(text) or _COMPLAINT.match(m.group()) or _ORDER.match(clause):
            best = max(best, 8)
        if _OPEN.match(clause) and (named or _FOLLOWS.match(text, m.end())):
            best = max(best, 15)
    return best


def _clips(text: str, veiled: Veiled) -> list[str]:
    """The clips and other files that a message names, as it does."""
    named = [m.group() for m in _VALUE.finditer(text) if m.lastgroup == "FILE" or _is_clip(m.group(), veiled)]
    return list(dict.fromkeys(veiled.reveal(token).strip() for token in named))


def _is_clip(token: str, veiled: Veiled) -> bool:
    return isinstance(veiled.value(token), ClipRef)


def _values(text: str, veiled: Veiled) -> Mapping[str, str]:
    """The first value of each slot that the words hold, as an instruction says it."""
    found: dict[str, str] = {}
    times: dict[str, int] = {}
    clips = _clips(text, veiled)
    if len(clips) > 1:
        found["other"] = clips[1]
    for m in _VALUE.finditer(text):
        value: Any = veiled.value(m.group())
        said = veiled.reveal(m.group()).strip()
        slot = "clip" if _is_clip(m.group(), veiled) else _SLOTS[m.lastgroup or ""]
        if slot == "span":
            said = _bare_span(said)
        found.setdefault(slot, said)
        if isinstance(value, int):
            times.setdefault(slot, value)
    if "text" not in found and (label := _LABEL.match(text)):
        found["text"] = f"“{as_typed(label[1], veiled)}”"
    if "span" not in found and {"at", "long"} <= times.keys():
        found["span"] = f"{clock(times['at'])} to {clock(times['at'] + times['long'])}"
    return found
