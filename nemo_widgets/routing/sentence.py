"""Sentences to routes: clause by clause, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from . import chinese, english
from .aside import ANY_FILE, FILE, PATH, QUOTE, name, reveal, veil

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Route", "route"]


@dataclass(frozen=True, slots=True)
class Route:
    """What a sentence asks for: `actions` in order: edit (at most once), export, credits, status, upload.

    `instruction` is what goes to the agent (without the clauses that do not concern it), "" if nothing
    does. `sources` are the files and links of an upload. `output` is what was said of an export:
    resolution, quality, format, and path (where to).
    """

    actions: tuple[str, ...]
    instruction: str = ""
    sources: tuple[str, ...] = ()
    output: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_JOINT = _rx(
    r"(?:\s*(?:[,;&!?，；。！？、\n]|\.(?=\s|$)|\b(?:(?<!go ahead )and|then|but|after that|plus)\b"
    r"|然后|接着|随后|之后|并且|并|再(?!见|次|来)|后(?=再?(?:导出|下载|渲染))|但是|但|最后(?=把|将|导|下|再|发)))+\s*"
)
_ASIDES = _rx(
    r"(?:(?:ok|okay|great|good|nice|perfect|cool|fine|awesome|yes|done|all good|thanks|thank you|please|hi|"
    r"hello|hey|well done|now|(?:it |that |this )?looks (?:good|great|fine|perfect)|i (?:like|love) it|"
    r"i'm (?:happy|done|ready)(?: with (?:it|this|that))?|that's (?:it|all|good|fine)|love it|"
    r"(?:finish|wrap|finali[sz]e)(?: it| this)?(?: up)?|"
    r"(?:i think )?we're (?:all )?(?:done|set)(?: here)?)\s*)+"
    r"|好的?|谢谢(?:你|您)?|没问题|可以|行|不错|很好|就这样|嗯|那|满意"
)
_NOT = _rx(
    r"^(?:please )?(?:don't|do not|never|not|no need to|you needn't)(?: have to)?\s+(?=\S)"
    r"|^(?:请)?(?:先|暂时)?(?:不要|别|不用|无需|不必|不需要)(?:先|急着)?"
)
_TELLS_TEXT = _rx(
    r"\b(?:named|called|label+ed|titled|says?|saying|reads?|reading|words?|texts?|captions?)\b|写|字"
)
_RESOLUTION = _rx(r"(?<!\d)(480p|720p|1080p)")
_QUALITY = _rx(r"(high|medium|low|best)(?:est)?\s+quality|(高|中|低)(?:等)?(?:质量|画质)")
_LEVELS = {"best": "high", "高": "high", "中": "medium", "低": "low"}
_FORMAT = _rx(r"(?<![.a-z0-9])(mp4|gif|mov|webm|mkv|avi|mp3|m4a|wav|flac|aac|ogg)(?![a-z0-9])")
_SOUND = _rx(
    r"\b(?:as|the|only)\s+(?:an?\s+|the\s+)?(?:audio|sound)\b|\b(?:audio|sound)\s+(?:only|alone|file)\b|音频|只.{0,4}声音"
)
_TARGET = _rx(rf"(?:\b(?:to|as|into)|为|到|成)\s*([{QUOTE}{FILE}][\ue100-\uf8ff])")


def route(text: str) -> Route:
    """The route of a sentence; anything that is not plainly something else goes to the agent.

    >>> route("send me the video").actions
    ('export',)
    >>> route('add a title that says "Export"').actions
    ('edit',)
    >>> route("cut the pauses, add transitions, and export a clean final video").actions
    ('edit', 'export')
    >>> dict(route("export it in 720p").output)
    {'resolution': '720p'}
    """
    veiled, aside = veil(text.strip())
    clauses = _clauses(veiled.replace("’", "'"))
    kinds = _kinds(clauses)
    wanted = _actions(kinds)
    if not wanted or (wanted == ("edit",) and "held" not in kinds):
        return Route(("edit",), text.strip())
    both = list(zip(clauses, kinds, strict=True))
    sources = [m.group() for (_, clause), kind in both if kind == "upload" for m in PATH.finditer(clause)]
    exports = " ".join(clause for (_, clause), kind in both if kind in ("export", "both"))
    return Route(
        wanted,
        reveal(_instruction(clauses, kinds), aside),
        tuple(name(reveal(source, aside)) for source in sources),
        MappingProxyType(_output(exports, aside)),
    )


def _clauses(veiled: str) -> list[tuple[str, str]]:
    """The clauses, each with the joint before it; a list of files is one clause."""
    found, start, joint = [], 0, ""
    for m in _JOINT.finditer(veiled):
        around = veiled[max(0, m.start() - 2) : m.start()] + veiled[m.end() : m.end() + 2]
        if re.fullmatch(ANY_FILE * 2, around):
            continue
        if m.start() > start:
            found.append((joint, veiled[start : m.start()]))
            joint = ""
        start, joint = m.end(), joint + m.group()
    if start < len(veiled):
        found.append((joint, veiled[start:]))
    return found


def _kinds(clauses: list[tuple[str, str]]) -> list[str]:
    """What each clause asks for: an action, `both` (edit and export), `held` (no export) or `aside`."""
    kinds: list[str] = []
    edited = text_follows = False
    for joint, clause in clauses:
        kind = _kind(clause)
        if re.search("[.;!?；。！？\n]", joint):
            text_follows = False
        if edited and (_listed(clause, kind, text_follows=text_follows) or _there(clause, kind)):
            kind = "edit"
        if kind == "edit":
            edited = True
            text_follows = text_follows or bool(_TELLS_TEXT.search(clause) and QUOTE not in clause)
        kinds.append(kind)
    return kinds


def _listed(clause: str, kind: str, *, text_follows: bool) -> bool:
    """Whether this, behind an edit, is one more thing of a list: 'a menu with name, status and balance'."""
    single = len(clause.split()) == 1 and not chinese.is_chinese(clause)
    return single and (text_follows or kind in ("status", "credits", "upload"))


def _there(clause: str, kind: str) -> bool:
    """Whether this, behind an edit, brings nothing: 'add' and 'use' then speak of what is there already."""
    brings = re.match("(?:please )?(?:upload|import)|上传|导入", clause.strip(), re.IGNORECASE)
    return kind == "upload" and not brings


def _kind(clause: str) -> str:
    words = clause.strip()
    if _ASIDES.fullmatch(words):
        return "aside"
    if refused := _NOT.match(words):
        return "held" if _kind(words[refused.end() :]) == "export" else "edit"
    return chinese.kind(words) if chinese.is_chinese(words) else english.kind(words)


def _actions(kinds: list[str]) -> tuple[str, ...]:
    """In order; the edits as one, at the place of the first, and what would be done twice in a row once."""
    every = [k for kind in kinds for k in (("edit", "export") if kind == "both" else (kind,))]
    first = every.index("edit") if "edit" in every else -1
    kept = [k for i, k in enumerate(every) if k not in ("aside", "held") and (k != "edit" or i == first)]
    return tuple(k for i, k in enumerate(kept) if i == 0 or kept[i - 1] != k)


def _instruction(clauses: list[tuple[str, str]], kinds: list[str]) -> str:
    told = ""
    for (joint, clause), kind in zip(clauses, kinds, strict=True):
        if kind in ("edit", "both"):
            told += (joint if told else "") + (clause if kind == "edit" else _made(clause))
    return told.strip()


def _made(clause: str) -> str:
    """The wish that an export holds."""
    zh = chinese.is_chinese(clause)
    said, forms = (chinese.bare(clause), chinese.MADE) if zh else (english.bare(clause), english.MADE)
    return next(form.format(m[1]) for pattern, form in forms if (m := pattern.match(said)))


def _output(clause: str, aside: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if size := _RESOLUTION.search(clause):
        found["resolution"] = size[1].lower()
    if quality := _QUALITY.search(clause):
        level = (quality[1] or quality[2]).lower()
        found["quality"] = _LEVELS.get(level, level)
    if kind := _FORMAT.search(clause):
        found["format"] = kind[1].lower()
    elif _SOUND.search(clause):
        found["format"] = "m4a"
    if target := _TARGET.search(clause):
        found["path"] = name(reveal(target[1], aside))
    return found
