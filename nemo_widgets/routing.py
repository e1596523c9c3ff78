"""Where a sentence goes before anything is sent: export, credits, status, upload, or the agent.

The words are the protocol's (§11), but a word alone decides nothing: `add a title that says "Export"` and
`balance the audio` are edits. So a sentence is cut into clauses, quoted text is put aside, and a clause
takes another route only if all of it asks for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Route", "route"]


@dataclass(frozen=True, slots=True)
class Route:
    """What a sentence asks for: `actions` in order, each edit, export, credits, status or upload.

    `instruction` is what goes to the agent (the clauses about an export left out), "" if nothing does.
    `sources` are the files and links of an upload.
    """

    actions: tuple[str, ...]
    instruction: str = ""
    sources: tuple[str, ...] = ()


_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|《[^》]*》|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
_SPLIT = re.compile(r"\s*(?:[,;，；。]|\band then\b|\bthen\b|\band\b|然后|接着|再|并且|并)\s*", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:please|can you|could you|would you|now|just|finally|go ahead and|"
    r"i(?:'d| would) like to|i want to|let'?s|for me|thanks|thank you|ok|okay)\b|"
    r"[请帮我吧了。！!?？.]|现在|最后|可以",
    re.IGNORECASE,
)

_VIDEO = (
    r"(?:(?:the|my|this|it|that|a|an|as|final|finished|clean|edited|whole|result|video|clip|movie|film|file|"
    r"timeline|project|draft|everything|to|in|into|at|with|high|low|medium|best|quality|resolution|"
    r"mp4|h\.?264|720p|1080p|480p|hd|full|disk|it's|again)\s*)*"
)
_FILE = r"(?:\S+\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|wav|m4a|aac)|https?://\S+)"
_ASK = r"(?:what(?:'s| is| are)?|show(?: me)?|check|tell me|see|list|print|how many|how much)?\s*"
_ZH_ASK = r"(?:查|查询|查看|看|看看|显示|列出|当前|现在|我|的|还|有|剩|多少|几|账户|账号|一下|还剩|所有)*"

_CLAUSES: dict[str, tuple[str, ...]] = {
    "export": (
        rf"(?:export|download|save|render)\s*{_VIDEO}(?:{_FILE})?",
        rf"(?:send|give|show|get) me (?:the )?{_VIDEO}(?:file|link|download)?",
        (
            r"(?:把|将)?(?:视频|成片|影片|它|结果|时间线)?(?:导出|下载|输出|渲染)"
            r"(?:成片|视频|影片|一下|为|成|到|文件|高清|\s|mp4|1080p|720p)*"
        ),
    ),
    "credits": (
        (
            rf"{_ASK}(?:is|are)?\s*(?:my|the)?\s*(?:account\s*)?(?:remaining\s*)?"
            r"(?:credits?|(?:credit )?balance)\s*"
            r"(?:do i have|have i got|are left|is left|remain(?:ing)?|left|balance|i have)*\s*(?:left)?"
        ),
        rf"{_ZH_ASK}(?:积分|余额|点数)(?:还|有|剩|多少|几|是|一下|呢|吗)*",
    ),
    "status": (
        (
            rf"{_ASK}(?:the|my|all|current)?\s*(?:current)?\s*(?:status|state|tracks?|timeline|segments)"
            r"(?:\s*(?:list|summary|of the (?:timeline|draft|project)))?"
        ),
        rf"{_ZH_ASK}(?:状态|轨道|时间线|片段)(?:是|什么|怎么样|如何|一下|呢)*",
    ),
    "upload": (
        rf"(?:upload|add|send|use|import|load)?\s*(?:the|my|this)?\s*(?:file|video|clip)?\s*(?:{_FILE}\s*)+",
        r"upload(?:\s*(?:a|the|my|another|some|new|file|files|video|videos|clip|clips))*",
        rf"(?:上传|添加|导入)\s*(?:视频|文件|素材|一个|新的|我的)*\s*(?:{_FILE}\s*)*",
    ),
}
_PATTERNS = {
    name: re.compile("|".join(f"(?:{p})" for p in some), re.IGNORECASE) for name, some in _CLAUSES.items()
}


def route(text: str) -> Route:
    """The route of a sentence; anything that is not plainly something else goes to the agent.

    >>> route("send me the video").actions
    ('export',)
    >>> route('add a title that says "Export"').actions
    ('edit',)
    >>> route("cut the pauses, add transitions, and export a clean final video").actions
    ('edit', 'export')
    """
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match.group())
        return f"\0{len(hidden) - 1}\0"

    veiled = _QUOTED.sub(hide, text.strip())
    whole = _kind(veiled)
    if whole != "edit":
        sources = tuple(re.findall(_FILE, text, re.IGNORECASE)) if whole == "upload" else ()
        return Route((whole,), sources=sources)
    pieces = [piece for piece in _SPLIT.split(veiled) if piece]
    kinds = [_kind(piece) for piece in pieces]
    if kinds and kinds[-1] == "export" and "edit" in kinds:
        veiled = veiled[: veiled.rindex(pieces[-1])]
        veiled = re.sub(
            r"(?:\s|[,;，；。]|\band then\b|\bthen\b|\band\b|然后|接着|再|并且|并)+$",
            "",
            veiled,
            flags=re.IGNORECASE,
        )
        return Route(("edit", "export"), _reveal(veiled, hidden))
    return Route(("edit",), text.strip())


def _kind(clause: str) -> str:
    bare = " ".join(_NOISE.sub(lambda m: m.group() if _inside_name(clause, m) else " ", clause).split())
    return next((kind for kind, pattern in _PATTERNS.items() if bare and pattern.fullmatch(bare)), "edit")


def _inside_name(clause: str, found: re.Match[str]) -> bool:
    """Whether a dot belongs to a file's name or an address and not to the sentence."""
    before, after = clause[: found.start()][-1:], clause[found.end() :][:1]
    return found.group() in ".?!" and bool(before.strip()) and bool(after.strip())


def _reveal(veiled: str, hidden: list[str]) -> str:
    return re.sub(r"\0(\d+)\0", lambda m: hidden[int(m.group(1))], veiled)
