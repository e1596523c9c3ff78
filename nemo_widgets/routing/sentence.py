"""Sentences to routes: clause by clause, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from nemo_widgets.export_formats import SOUNDS

from . import chinese, english
from .aside import ANY_FILE, PATH, QUOTE, name, reveal, veil
from .wishes import wishes

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Route", "route"]


@dataclass(frozen=True, slots=True)
class Route:
    """What a sentence asks for: `actions` in order: edit (at most once), export, credits, status, upload.

    `instruction` is what goes to the agent (without the clauses that do not concern it), "" if nothing
    does. `sources` are the files and links of an upload. `outputs` are what was said of each export: path,
    format, resolution, fps, quality and codec.
    """

    actions: tuple[str, ...]
    instruction: str = ""
    sources: tuple[str, ...] = ()
    outputs: tuple[Mapping[str, str | float], ...] = field(default=(), hash=False)

    @property
    def output(self) -> Mapping[str, str | float]:
        """What was said of the first export."""
        return self.outputs[0] if self.outputs else MappingProxyType({})


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
_SAYS = _rx(
    r"\b(?:said|says?|saying|told|tells?|asked|asks|wrote|writes|suggest(?:ed|s)?|thinks?|thought|wants?|wanted"
    r"|insist(?:ed|s)?|recommend(?:ed|s)?|claims?)"
    r"(?:\s+(?:me|us|him|her|them|that|to))*\s*:?$|(?:说|讲|问|要求|建议|写道|觉得|认为|提到|表示)(?:过|了|道)?[：:]?$"
)
"""What follows is another one's words, up to the end of the sentence."""
_IF = _rx(r"^(?:if|unless|whether|when|once|as soon as|until|before)\b|^(?:如果|要是|假如|等到?|万一)")
_IF_DONE = _rx(
    r"(?:if|when|once|as soon as)\s+(?:(?:you can|possible|done|ready|you(?:'re| are) (?:done|ready)"
    r"|(?:that|it|this|everything|all)(?:'s| is) (?:done|ready|finished|ok|okay|fine|possible|all right)))"
    r"|如果可以(?:的话)?|可以的话|等(?:你)?[做弄剪]?好(?:了|以后|之后)?"
)
"""What no export depends on: it comes when all before it is done."""
_AS_SAID = ("resolution", "quality", "codec")


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
    if not wanted or ([action for action, _ in wanted] == ["edit"] and "held" not in kinds):
        return Route(("edit",), text.strip())
    both = list(zip(clauses, kinds, strict=True))
    sources = [m.group() for (_, clause), kind in both if kind == "upload" for m in PATH.finditer(clause)]
    outputs = [_output([clauses[i][1] for i in at], aside) for action, at in wanted if action == "export"]
    return Route(
        tuple(action for action, _ in wanted),
        reveal(_instruction(clauses, kinds), aside),
        tuple(name(reveal(source, aside)) for source in sources),
        tuple(MappingProxyType(output) for output in outputs),
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
    return _settled(clauses, kinds)


def _settled(clauses: list[tuple[str, str]], kinds: list[str]) -> list[str]:
    """The kinds with each wish as a part of the export beside it; of no export it is one of the edits.

    What somebody is said to have said, and what is to be done only if something is so, is an edit.
    """
    found, reported = list(kinds), False
    for i, (joint, _) in enumerate(clauses):
        reported = reported and not re.search("[.;!?；。！？\n]", joint)
        if reported:
            found[i] = "edit"
        reported = reported or (found[i] == "edit" and _hangs(clauses[i][1]))
    for i, kind in enumerate(found):
        if kind != "wish":
            continue
        before = next((j for j in range(i - 1, -1, -1) if found[j] != "aside"), None)
        behind = next((j for j in range(i + 1, len(found)) if found[j] not in ("aside", "wish")), None)
        beside = [j for j in (before, behind) if j is not None and found[j] in ("export", "both")]
        said = wishes(clauses[i][1])[1]
        fits = any(said.keys().isdisjoint(wishes(clauses[j][1])[1]) for j in beside)
        found[i] = "export" if fits else "edit"
    return found


def _hangs(clause: str) -> bool:
    """Whether what follows it is said by somebody else, or depends on it."""
    words = clause.strip()
    return bool(_SAYS.search(words) or _IF.match(words))


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
    if _ASIDES.fullmatch(words) or _IF_DONE.fullmatch(words):
        return "aside"
    words = words[done.end() :].lstrip() if (done := _IF_DONE.match(words)) else words
    if refused := _NOT.match(words):
        return "held" if _kind(words[refused.end() :]) == "export" else "edit"
    return chinese.kind(words) if chinese.is_chinese(words) else english.kind(words)


def _actions(kinds: list[str]) -> list[tuple[str, list[int]]]:
    """In order, each with its clauses: all edits at the place of the first, and no action twice in a row."""
    every = [
        (k, i) for i, kind in enumerate(kinds) for k in (("edit", "export") if kind == "both" else (kind,))
    ]
    first = next((n for n, (k, _) in enumerate(every) if k == "edit"), -1)
    found: list[tuple[str, list[int]]] = []
    for n, (kind, i) in enumerate(every):
        if kind in ("aside", "held") or (kind == "edit" and n != first):
            continue
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(i)
    return found


def _instruction(clauses: list[tuple[str, str]], kinds: list[str]) -> str:
    told = ""
    for (joint, clause), kind in zip(clauses, kinds, strict=True):
        if kind in ("edit", "both"):
            told += (joint if told else "") + (clause if kind == "edit" else _made(clause))
    return told.strip()


def _made(clause: str) -> str:
    """The edit that an export holds."""
    found = chinese.made(clause) if chinese.is_chinese(clause) else english.made(clause)
    return found[1].format(found[0][1]) if found else clause


def _output(clauses: list[str], aside: list[str]) -> dict[str, str | float]:
    """What was said of an export in these clauses."""
    said: dict[str, str] = {}
    for clause in clauses:
        said = {**wishes(" ".join(clause.split()))[1], **said}
    found: dict[str, str | float] = {key: said[key] for key in _AS_SAID if key in said}
    ending = ""
    if "path" in said:
        found["path"] = path = name(reveal(said["path"], aside))
        ending = path.rpartition(".")[2].lower() if "." in path else ""
    if rate := said.get("fps"):
        found["fps"] = float(rate) if "." in rate else int(rate)
    kind = said.get("format", "")
    if "sound" in said and kind in ("", "mp4"):
        kind = "" if ending in SOUNDS else "m4a"
    if kind and kind != ending:
        found["format"] = kind
    return found
