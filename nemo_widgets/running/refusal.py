"""The words by which an agent says that it can't do something, or has not understood it.

A studio says so in a mark of its own; of any other server the words are all there is. They count only where
the timeline has not changed, and only at the beginning of one of the answer's first sentences.
"""

from __future__ import annotations

import re

from .refusals_abroad import abroad

__all__ = ["says_no"]

_OPENINGS = ("sorry", "afraid", "apologies", "apologize", "apologise", "unfortunately", "regrettably")
_UNABLE = (
    "can't", "can not", "cannot", "could not", "couldn't", "wasn't able", "was not able", "am not able",
    "am unable", "are unable", "was unable", "are not able", "aren't able", "won't be able", "must decline",
    "will not be able", "did not understand", "didn't understand", "did not quite understand",
    "didn't quite understand", "do not understand", "don't understand", "don't quite understand",
    "do not support", "don't support", "don't know how", "do not know how", "don't have a way",
    "don't have a tool", "don't have the tool", "don't have the ability", "do not have the ability",
    "don't have any", "not sure what", "not sure which", "not sure how",
)  # fmt: skip
_IMPOSSIBLE = (
    "isn't", "is not", "not", "can't be", "cannot be", "can not be", "isn't currently", "is not currently",
    "isn't yet", "is not yet",
)  # fmt: skip
_STATES = ("possible", "supported", "available", "allowed", "done", "something i can", "something that i can")
_OTHERS = (
    "this goes against", "that goes against", "this violates", "that violates", "not understood",
)  # fmt: skip
_WORK = (
    r"(?:the |this |your |that )?(?:operation|request|edit|action|processing|process|cut|trim|task|tool"
    r"|change|generation|rendering|video|clip)s?"
)
_WENT_WRONG = (
    r"(?:failed|fail\b|timed out|unsuccessful"
    r"|not (?:be |been )?(?:completed|processed|applied|made|done|cut|go through|succeed|work))"
)
_NUMBERED = (
    r"(?:such|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)"
    r"|clip \d+|(?:clip|video|file)s? (?:on|in|yet|called|named))"
)
_FEATURE = r"(?:this|that|it|(?:this |that |the |your )?[\w-]+(?: [\w-]+){0,2})"
_PLAN = "(?:plan|subscription|membership|licen[cs]e|upgrade)"
_LIMIT = r"(?:the|your|its|all)(?: [\w-]+){0,3}? (?:limit|quota|allowance|credits|edits|minutes)"
_FAILED = (
    rf"{_WORK} (?:has |have |was |were |could |did )?{_WENT_WRONG}",
    r"(?:error|failure|failed)\s*[:：]", r"failed to\b", r"(?:an|some|unknown|internal) error\b",
    r"(?:there (?:was|has been)|(?:i|we) (?:ran into|encountered|hit)) an? (?:\w+ )?(?:error|problem)\b",
    r"(?:it (?:looks|seems) like )?something (?:went|has gone) wrong", r"(?:was |were )?unable to\b",
    r"(?:could not|couldn't|cannot|can't) (?!be )\w+",
    r"(?:you've|you have|you) (?:run|ran) out of\b", r"you (?:don't|do not) have (?:enough|any)\b",
    r"(?:insufficient|not enough|out of|no more) (?:credits|balance|quota)\b",
    r"(?:you(?:'ll)? (?:need|have) to |you must |please )(?:first )?(?:upload|add) [^,;]{1,40}\bfirst\b",
    r"i (?:only|just) (?:edit|work|handle|do|support|deal)\b",
    r"i can only (?:help|edit|work|assist|handle|do)\b",
    rf"(?:it (?:seems|appears|looks like)(?: that)? )?there(?: is|'s| are) no {_NUMBERED}\b(?!.* to \w)",
    r"(?:that|this)(?:'s| is) (?:outside|beyond)\b",
    rf"{_FEATURE} (?:requires?|needs?) (?:a|an|the|our|your|to) (?:[\w-]+ ){{0,2}}{_PLAN}\b",
    rf"{_FEATURE} (?:is|are) (?:currently )?(?:(?:a|an) (?:premium|paid|pro|plus|vip)\b|only available\b)",
    r"(?:please )?(?:upgrade|subscribe) (?:your (?:plan|account)|to (?:a |an |the |our )?[\w-]+)\b",
    rf"(?:you|your [\w ]{{1,30}}?)(?:'ve| have| has)? (?:reached|exceeded|hit|used up) {_LIMIT}\b",
)  # fmt: skip
"""What says that it failed, or that something is missing without which it can't be done."""
_SOME_ZH = "(?:一个|一些|一点|点儿?|些)?(?:临时|暂时|暂时性|未知|内部|技术|意外|网络)?的?"
_FAILED_ZH = (
    "(?:本次|此次)?(?:操作|处理|剪辑|编辑|删除|请求|生成|渲染|任务|执行|修改|裁剪|导出)失败",
    f"(?:系统|程序|服务器?|服务|我|我们|这里|处理时)?(?:出错|(?:发生|出现|遇到|碰到|出)了?{_SOME_ZH}(?:错误|问题|故障|异常))",
    "(?:该|此|这个|这项)?(?:功能|操作)?(?:仅限|仅对|只对|只有)(?:会员|付费|专业版|高级版)",
    "(?:该|此|这个|这项)?(?:功能|操作)?(?:需要|须|请)(?:先)?(?:升级|开通|订阅|购买)",
    "(?:您|你)?(?:的)?(?:今日|本月|本周|免费)?(?:次数|额度|用量|配额)?(?:已达到?|达到了?|超出了?|超过了?)(?:[^，。]{0,6})?(?:上限|限制|限额)",
    "错误[:：]", "(?:系统|服务器?|服务)(?:错误|繁忙|异常)",
    "(?:您的?|你的?)?(?:积分|额度|余额)(?:不足|不够|已用完|用完了|已耗尽)",
    "(?:请|您需要|你需要)先(?:上传|添加|导入)", "(?:我)?未能", "我(?:只能|只会|只负责)(?:剪|编|处理|帮)",
    "(?:似乎|好像|看起来|这里|视频里|时间线上)?(?:没有|不存在)(?:第.{1,3}[段个条]|这个|该)(?!.*可以)",
)  # fmt: skip
_UNTOUCHED = (
    "no changes were made", "no change was made", "no changes have been made", "nothing was changed",
    "nothing has been changed",
)  # fmt: skip
_UNTOUCHED_ZH = ("没有做任何改动", "没有做任何修改", "没有做任何更改", "没有任何改动")
"""These say no unless the reason beside them is that there was nothing to do."""
_CHINESE = (
    "抱歉", "很抱歉", "非常抱歉", "十分抱歉", "对不起", "不好意思", "很遗憾", "遗憾", "无法", "不能",
    "不支持", "没办法", "没有办法", "办不到", "做不到", "没听懂", "听不懂", "没有听懂", "没有理解",
    "没能理解", "没有明白", "没明白", "不明白", "不理解", "不太理解",
)  # fmt: skip
_CHINESE_BEFORE = (
    "我", "我们", "目前", "暂时", "现在", "还", "暂", "这个功能", "该功能", "这个操作", "该操作", "这",
    "这个", "我还", "我目前", "我暂时",
)  # fmt: skip

_LOOKED_AT = 600
"""So many characters are looked at: an answer that refuses begins with that."""
_MOST = 3
"""So many sentences."""


def _one_of(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


_ENGLISH = re.compile(
    r"(?:(?:oh|hmm|well|but|however|okay|ok)[, ]+)?(?:"
    rf"(?:(?:i'm|i am|we're|we are|i)\s+)?(?:(?:very|so|really|terribly)\s+)?{_one_of(_OPENINGS)}\b"
    rf"|(?:i|we|i'm|we're)\s+(?:{_one_of(_UNABLE)}|(?:un|not )able)\b"
    rf"|(?:that|this|it|the request|your request|this feature|that feature|that's|this is|it's)\s+"
    rf"{_one_of(_IMPOSSIBLE)}\s+{_one_of(_STATES)}\b"
    rf"|{_one_of(_OTHERS)}\b|{'|'.join(_FAILED)})",
    re.IGNORECASE,
)
_ZH = re.compile(rf"{_one_of(_CHINESE_BEFORE)}?{_one_of(_CHINESE)}|{'|'.join(_FAILED_ZH)}")
_NOT_TOUCHED = re.compile(rf"{_one_of(_UNTOUCHED)}\b|{_one_of(_UNTOUCHED_ZH)}", re.IGNORECASE)
_NAMED = r"(?![^.]*(?:\b(?:such|way|tool|clips?|files?|called|named)\b|[“\"`]|文件|素材|片段))"
_NOTHING_TO_DO = re.compile(
    rf"(?:i|we)(?:'ve| have)? (?:found|find|detected|see|saw) no(?:ne|thing)?\b{_NAMED}"
    r"|there (?:is|are|was|were) no [\w' -]{1,40} to (?:remove|cut|delete|trim|take|clean|strip|drop)\b"
    rf"|no {_NAMED}[\w' -]{{1,40}} (?:was|were) (?:found|detected)\b"
    r"|(?:it|they|that|this)(?:'s| is| are|'re) already\b"
    rf"|(?:没有找到|没找到|未找到|没有发现|未发现|没有检测到){_NAMED}|没有可以(?:去掉|删|剪|移除)|已经",
    re.IGNORECASE,
)
"""What was to go is not there, or all is so already: understood, and nothing is refused.

Where something is missing that was named, such as a clip, it is.
"""
_SENTENCE = re.compile(r"[^.!?。！？\n]+")


def says_no(text: str) -> bool:
    """Whether an answer says that nothing was done, in English, Chinese or another language that is known.

    >>> says_no("I'm sorry, I can't remove backgrounds."), says_no("I cut what you can't hear.")
    (True, False)
    >>> says_no("I found no pauses. Nothing was changed.")
    False
    """
    start = text[:_LOOKED_AT].replace("’", "'")
    sentences = (found[0].strip(' *_#>-,，\t¡¿«„“"') for found in _SENTENCE.finditer(start))
    first = [sentence for sentence in sentences if sentence][:_MOST]
    if any(_ENGLISH.match(sentence) or _ZH.match(sentence) for sentence in first):
        return True
    if abroad(first):
        return True
    untouched = any(_NOT_TOUCHED.match(sentence) for sentence in first)
    return untouched and not any(_NOTHING_TO_DO.match(sentence) for sentence in first)
