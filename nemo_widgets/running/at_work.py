"""The words by which an agent says no more than that it is at work, as in 'On it! This may take a moment'.

They tell nothing of what became of an edit. They count only where nothing else is said.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

from .simplified import simplified

__all__ = ["says_at_work"]

_LONGEST = 300
"""In characters: a longer answer says more than that."""
_WORK = (
    r"(?:working|processing|generating|rendering|preparing|analy[sz]ing|editing|cutting|trimming|creating|starting|uploading"
    r"|applying)"
)
_THING = r"(?: (?:on|with))?(?: (?:it|this|that|them|(?:your|the|this|these)(?: [\w-]+){1,4}))?"
_NOW = r"(?: (?:now|right now|at the moment|currently|for you|in the background))?"
_SOON = r"(?:shortly|soon|in a (?:moment|minute|second|bit|few [a-z]+)|in about .{1,20}|once .{1,40}|when .{1,40}|as soon as .{1,40})"
_AT_WORK = (
    rf"(?:(?:i'm|i am|we're|we are) )?(?:still |currently |now |already )?{_WORK}{_THING}{_NOW}(?: ?\(?\d{{1,3}} ?%\)?)?",
    r"(?:i'm |we're )?on it",
    r"(?:this|it|that) (?:may|might|will|can|could|should)(?: (?:only|just|usually|still))? take\b(?! (?:effect|place|the|its|out|away|over)\b).{0,60}",
    r"(?:(?:i|we)(?:'ve| have)? |(?:your|the|this) [\w-]+(?: [\w-]+){0,2} (?:is|was|has been) )(?:just |now |been )?(?:queued|submitted|scheduled)\b(?! by\b).{0,60}",
    rf"(?:it|they|the (?:changes?|results?|edits?|video|clip))(?:'ll| will) (?:appear|show up|be (?:ready|done|there|visible|applied))\b.{{0,40}}{_SOON}",
    r"(?:i|we)(?:'ll| will) (?:let you know|notify you|tell you|update you) (?:once|when|as soon as)\b.{0,60}",
    r"(?:我们?)?(?:现在|已经|还)?正在(?:为您|为你|努力|后台)?(?:处理|生成|剪辑|编辑|渲染|分析|准备|执行|裁剪|制作|加载).{0,30}",
    "(?:处理|生成|剪辑|编辑|渲染|分析|制作|执行)中.{0,10}",
    "(?:我们?|您的)?(?:任务|请求|编辑|剪辑|修改)?已(?:经)?(?:提交|排队|加入队列|进入队列|受理).{0,30}",
    "(?:这|可能|大约|大概|预计|通常){1,3}需要(?:一些|一点|几|数|约)?.{0,12}(?:时间|分钟|秒钟?|一会儿?)",
    "(?:稍后|完成后|马上|很快|即将)(?:将|会|就)?.{0,12}(?:显示|出现|完成|通知|告诉|就好|生效).{0,12}",
)
"""Sentences that say it."""
_BESIDE = (
    r"\d{1,3} ?%(?: (?:done|complete))?", "sure(?: thing)?", "okay?", "alright", "great", "got it", "absolutely", "understood", "of course", "will do",
    "one moment", "just a (?:moment|second|minute|sec)", "hang on", "hold on", "stand by", "sit tight",
    "(?:please )?(?:wait|bear with me|be patient|hold on|stand by|give me a .{1,20})(?: (?:a|for|while|until)\\b.{0,40})?",
    "thanks? (?:you )?for (?:your patience|waiting)", "好的?", "没问题", "收到", "明白了?", "当然", "可以",
    "(?:请|麻烦)?(?:您|你)?(?:稍候|稍等|耐心等待|等待)(?:片刻|一下|一会儿?)?", "感谢.{0,8}(?:耐心|等待)",
)  # fmt: skip
"""Sentences that may stand beside it."""
_SAYS = re.compile("|".join(f"(?:{words})" for words in _AT_WORK), re.IGNORECASE)
_FILLS = re.compile("|".join(f"(?:{words})" for words in _BESIDE), re.IGNORECASE)
_PARTS = re.compile(r"[.!?。！？…，,;；\n—–]+|\s-\s")
_SIGNS = re.compile(r"^\W+")
"""Pictures and marks before a sentence."""


def says_at_work(text: str) -> bool:
    """Whether all that was said is that the work goes on.

    >>> says_at_work("On it! This may take a minute."), says_at_work("正在处理，请稍候……")
    (True, True)
    >>> says_at_work("Working on it. I cut the pauses."), says_at_work("Sure!")
    (False, False)
    """
    if len(text) > _LONGEST:
        return False
    told = _PARTS.split(simplified(text.replace("’", "'")))
    parts = [part for part in (_SIGNS.sub("", each).strip(" *_#>	\"'") for each in told) if part]
    said = [_SAYS.fullmatch(part) is not None for part in parts]
    return any(said) and all(here or _FILLS.fullmatch(part) for here, part in zip(said, parts, strict=True))
