"""The words by which an agent says that it can't do something, or has not understood it.

A studio says so in a mark of its own; of any other server the words are all there is. They count only where
the timeline has not changed, and only at the beginning of one of the answer's first sentences.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

from .abroad import past_apology_abroad, refuses_abroad
from .simplified import simplified
from .undone import GIVEN_UP, UNTOUCHED

__all__ = ["says_no"]

_OPENINGS = ("sorry", "afraid", "apologies", "apologize", "apologise", "unfortunately", "regrettably")
_UNABLE = (
    "can't", "can not", "cannot", "could not", "couldn't", "wasn't able", "was not able", "am not able",
    "am unable", "are unable", "was unable", "are not able", "aren't able", "won't be able", "must decline",
    "will not be able", "did not understand", "didn't understand", "did not quite understand",
    "didn't quite understand", "do not understand", "don't understand", "don't quite understand",
    "do not support", "don't support", "don't know how", "do not know how", "don't have a way",
    "don't have a tool", "don't have the tool", "don't have the ability", "do not have the ability",
    "don't have any", "not sure what", "not sure which", "not sure how", "have to decline", "need to decline",
    "have to refuse", "must refuse", "decline to", "refuse to", "don't have access", "do not have access",
    "don't have permission", "do not have permission", "lack the", "have no way", "have no tool",
    "have no access", "am not allowed", "am not permitted", "not allowed", "not permitted", "was blocked",
    "do not offer", "don't offer", "don't think i can", "do not think i can", "not going to", "failed to",
    "didn't manage to", "did not manage to", "have no permission", "no longer support", "were unable", "were not able", "weren't able",
)  # fmt: skip
_IMPOSSIBLE = (
    "isn't", "is not", "not", "can't be", "cannot be", "can not be", "isn't currently", "is not currently",
    "isn't yet", "is not yet", "not currently", "not yet", "won't be", "will not be",
)  # fmt: skip
_HINDERED = "(?:impossible|unavailable|unsupported|forbidden|prohibited|restricted|disabled|against (?:our|the|my)|beyond my|not part of)"
_STATES = ("possible", "supported", "available", "allowed", "done", "something i can", "something that i can")
_OTHERS = (
    "not understood", "no can do", "access denied", "permission denied", "not possible", "not supported",
    "not available", "not allowed", "not permitted",
)  # fmt: skip
_WORD = r"(?!(?:that|which|what|who|where|how|so|because|when|if|as|removed|cut|added)\b)[\w'/-]+"
_SUBJECT = rf"(?:(?:the|this|that|your|it|they|these|those|an?|\d+)\b(?: {_WORD}){{0,5}}?|{_WORD}(?: {_WORD}){{0,3}}?)"
"""What a sentence begins to speak of; none that has a clause of its own within it."""
_COULD_NOT_BE = (
    r"(?:(?:can|could|will|did|may)(?:n't| ?not)|won't|(?:is|was|are|were)(?:n't| not) able to|(?:is|was|are|were) unable to)"
    r"(?: currently| yet| always)? (?:be|get)\b(?! (?:heard|seen|noticed|felt|told|found|detected|missed|recogni[sz]ed|better|clearer)\b)"
)
_AGAINST = r"(?:violat|breach|infring|go(?:es)? against|conflicts? with|contraven)\w*"
_RULES = r"(?:polic(?:y|ies)|guidelines?|terms|rules?|copyrights?|standards|laws?)"
_DENIED = r"(?:denied|rejected|declined|refused|blocked|flagged|prohibited|forbidden)"
_WORK = (
    r"(?:the |this |your |that )?(?:operation|request|edit|action|processing|process|cut|trim|task|tool"
    r"|change|generation|rendering|video|clip)s?"
)
_WENT_WRONG = (
    r"(?:failed|fail\b|timed out|unsuccessful|aborted|rolled back"
    r"|not (?:be |been )?(?:completed|processed|applied|made|done|cut|go through|succeed|work))"
)
_NUMBERED = (
    r"(?:such|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)"
    r"|clip \d+|(?:clip|video|file)s? (?:on|in|yet|called|named))"
)
_PRODUCT = r"(?:tool|assistant|agent|app|editor|service|system|feature|version|skill|bot)"
_FEATURE = r"(?:this|that|it|(?:this |that |the |your )?[\w-]+(?: [\w-]+){0,2})"
_PLANS = r"(?:the|your)(?: [\w-]+){0,2}? (?:plan|subscription|account|tier|licen[cs]e|membership|trial)"
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
    r"(?:the|this|your|that)(?: [\w-]+){1,2} (?:has |have )?failed(?=\s*$|[,:;]| (?:to|because|due|with|as|since)\b)",
    r"(?:the |our )?(?:server|service|model|system|api|tool)s? (?:is|are|seems?)(?: [\w-]+){0,2} (?:busy|overloaded|down|offline)\b",
    r"(?:please )?(?:re)?try (?:it )?again (?:later|in a)\b", r"timeout (?:while|error|reached|occurred)\b", r"i'd rather not\b",
    r"you have no (?:\w+ )?(?:credits|balance|quota|minutes|edits)\b",
    r"no (?!changes?\b)[\w' -]{1,30} (?:was|were|has been|have been) (?:added|applied|made|generated|created|inserted)\b",
    r"i (?:only|just) (?:edit|work|handle|do|support|deal)\b",
    r"i can only (?:help|edit|work|assist|handle|do)\b",
    (r"(?:i'm|i am|we're|we are) (?:only|just|solely) (?:able|allowed|permitted|designed|built|made|trained|meant|set up|here) "
    r"(?:to|for)\b"),
    (r"(?:i was|i am|i'm|this (?:tool|assistant|agent) (?:is|was)) (?:built|made|designed|trained|meant|intended) "
    r"(?:only|just|solely|exclusively|purely) (?:to|for)\b"),
    r"(?:i|we) (?:only|just|solely|exclusively) (?:know|understand|offer|accept|process|take|cover|speak)\b",
    (r"(?:i'm|i am|we're|we are) (?:just|only|merely) an? (?:[\w-]+ ){0,3}"
    r"(?:editor|assistant|agent|tool|bot|ai|program|model)s?\b"),
    (r"my (?:abilities|capabilities|skills|scope|role|job|expertise|tools?) (?:here )?(?:is|are|ends?|stops?|only)\b"
    r"(?= (?:limited|restricted|confined|only|just|at|with|here|cover|extend|include|let|allow)|$)"),
    (rf"(?:this|the|our) {_PRODUCT} (?:is )?(?:currently )?(?:only|just|merely|solely|exclusively) "
    r"(?:handles?|supports?|does|works?|edits?|covers?|deals?|accepts?|process(?:es)?|allows?|offers?|meant|made|designed|for|an? )\b"),
    rf"(?:this|the|our) {_PRODUCT} is (?:limited|restricted|confined) to\b",
    (r"(?:that|this|it|your request|the request|what you(?:'re| are)? ask\w*(?: for)?)(?:'s| is| goes| falls| lies| would be) "
    r"(?:well |far |just |a bit )?(?:beyond|outside|out of (?:my|our|the) (?:scope|reach|range)|not something (?:i|we) (?:do|can|offer))\b"),
    (rf"{_FEATURE} (?:requires?|needs?|calls? for) (?:a |an )?(?:another|different|other|dedicated|external|separate|full|professional) "
    r"(?:[\w-]+ ){0,2}(?:tool|app|software|editor|program|service)s?\b"),
    (r"you(?:'ll|'d| will| would)? (?:have|need) to (?:do|use|find|try|turn to)\b[^.]{0,40}\b(?:another|other|different|yourself|elsewhere"
    r"|by hand|external)\b"),
    r"only [\w' /-]{1,40} (?:is|are) (?:currently |presently )?(?:supported|possible|available|allowed|offered)\b",
    rf"(?:it (?:seems|appears|looks like)(?: that)? )?there(?: is|'s| are) no {_NUMBERED}\b(?!.* to \w)",
    r"(?:that|this)(?:'s| is) (?:outside|beyond)\b",
    rf"{_FEATURE} (?:requires?|needs?) (?:a|an|the|our|your|to) (?:[\w-]+ ){{0,2}}{_PLAN}\b",
    rf"{_FEATURE} (?:is|are) (?:currently )?(?:(?:a|an) (?:premium|paid|pro|plus|vip)\b|only available\b)",
    r"(?:please )?(?:upgrade|subscribe) (?:your (?:plan|account)|to (?:a |an |the |our )?[\w-]+)\b",
    rf"(?:you|your [\w ]{{1,30}}?)(?:'ve| have| has)? (?:reached|exceeded|hit|used up) {_LIMIT}\b",
    (rf"(?:{_LIMIT}|(?:rate |usage |daily |monthly )?(?:limit|quota)) (?:is |was |were |are |has been |have been )?"
    r"(?:reached|exceeded|used up|exhausted)\b"),
    rf"{_PLANS} (?:does|do|is|are)(?:n't| not)\b", rf"{_FEATURE} (?:is|are) (?:not|n't) (?:part|included)\b.*{_PLAN}",
    r"(?:please )?(?:log|sign) ?in (?:to|first|again)\b", r"traceback \(most recent", r"(?:this|that|the)(?: \w+)? feature is coming\b",
    r"(?:i'm|i am|we're|we are) (?:currently |still |too )?busy\b",
    (r"(?:please |you(?:'ll| will)? (?:first )?(?:need|have) to |you must )(?:first )?"
    r"(?:log|sign) ?(?:in|on|up)\b"), r"(?:log|sign)[ -]?in (?:is )?(?:required|needed|necessary)\b",
    r"you (?:must|(?:need|have) to) (?:first )?(?:be (?:logged|signed) in|verify|upgrade|subscribe|register|top up|buy|purchase)\b",
    r"(?:i|we) (?:won't|will not) (?!be\b|touch\b|need\b|forget\b)\w+(?!.*\b(?:until|unless|before|without)\b)",
    rf"{_SUBJECT} {_COULD_NOT_BE}",
    (rf"{_SUBJECT} (?:was|were|has|have)(?:n't| not)(?: been)? (?:added|generated|created|saved|removed|rendered|exported|completed"
    r"|processed|updated|inserted|placed|trimmed|replaced)\b"),
    (r"(?:the|your|this|that) (?:clip|file|video|media|session|project|asset)s?\b[^,;]{0,40} "
    r"(?:could not be|couldn't be|cannot be|can't be|was not|wasn't) found\b"),
    (rf"{_SUBJECT} (?:is|are|was|were)(?:n't| not)(?: (?:currently|yet|be|been|officially|being))? "
    r"(?:possible|supported|available|allowed|permitted|implemented|applied|accepted|authori[sz]ed)\b"),
    rf"(?:{_SUBJECT} (?:is|are|was|were)|(?:it|that|this)'s)(?: (?:currently|still|just|simply|temporarily|unfortunately|technically))? {_HINDERED}\b",
    r"(?:impossible|unavailable|unsupported|forbidden|prohibited)\b",
    rf"(?:{_SUBJECT} )?(?:(?:would|may|might|could|will|appears? to|seems? to) )?{_AGAINST} (?:[\w'-]+ ){{0,4}}?{_RULES}\b",
    (rf"(?:the |this |your |that )?(?:request|prompt|content|message|access|permission|generation|edit)s? "
    rf"(?:has been |have been |was |were |is |are |got )?{_DENIED}\b(?![\"”'])"), rf"(?:{_DENIED}) (?:by|due to|because)\b",
    (r"there(?:'s no| is no| are no| isn't an?y?| is not an?y?| aren't any)(?: such)? "
    r"(?:way|option|tool|support|feature|possibility|function)s?\b"),
)  # fmt: skip
"""What says that it failed, or that something is missing without which it can't be done."""
_SOME_ZH = "(?:一个|一些|一点|点儿?|些)?(?:临时|暂时|暂时性|未知|内部|技术|意外|网络)?的?"
_FAILED_ZH = (
    "(?:本次|此次)?(?:操作|处理|剪辑|编辑|删除|请求|生成|渲染|任务|执行|修改|裁剪|导出)失败",
    f"(?:系统|程序|服务器?|服务|我|我们|这里|处理时)?(?:出错|(?:发生|出现|遇到|碰到|出)了?{_SOME_ZH}(?:错误|问题|故障|异常))",
    "(?:该|此|这个|这项)?(?:功能|操作)?(?:仅限|仅对|只对|只有)(?:会员|付费|专业版|高级版)",
    "(?:该|此|这个|这项)?(?:功能|操作)?(?:需要|须|请)(?:先)?(?:升级|开通|订阅|购买)",
    "(?:您|你)?(?:的)?(?:今日|本月|本周|免费)?(?:次数|额度|用量|配额)?(?:已达到?|达到了?|超出了?|超过了?)(?:[^，。]{0,6})?(?:上限|限制|限额)",
    "(?:您的|你的|该|此|本次)?(?:操作|处理|剪辑|编辑|请求|任务|连接|生成)(?:已经?)?(?:超时|中止|终止|中断|回滚)",
    "错误[:：]", "(?:系统|服务器?|服务)(?:错误|繁忙|异常)",
    "(?:您的?|你的?)?(?:积分|额度|余额)(?:不足|不够|已用完|用完了|已耗尽)",
    "(?:请|您需要|你需要)先(?:上传|添加|导入)", "(?:我)?未能",
    ("(?:我们?|本工具|该工具|这个工具|这款工具|此工具|本助手|该功能|这个功能|系统|目前|当前|暂时|现在|这里|本服务|[，,]){0,4}"
    "(?:只能|只可以|只会|只负责|只支持|仅支持|仅能|仅可|只提供|仅提供|只处理|仅处理|仅限于?|只限于?|专门?负责|只擅长)"
    "(?:用于|为您|为你|对)?(?:剪辑?|编辑?|处理|帮|做|提供|回答|支持|进行|协助|完成|操作|应用|视频|修剪|裁剪|添加|导出|文字|中文|英文|MP4)"),
    "(?:这|那|此|该|您的|你的)[^，。]{0,8}(?:不在|不属于)[^，。]{0,8}(?:范围|能力|功能|职责)", "(?:这|那)不是我(?:能|可以|擅长)",
    "(?:请|您可以|你可以|建议您?|建议你)(?:使用|尝试|试试|换用|改用|借助)(?:其他|别的|其它|专业|专门|第三方)",
    "(?:似乎|好像|看起来|这里|视频里|时间线上)?(?:没有|不存在)(?:第.{1,3}[段个条]|这个|该)(?!.*可以)",
)  # fmt: skip
_UNTOUCHED = (
    "no changes were made", "no change was made", "no changes have been made", "nothing was changed",
    "nothing has been changed", "nothing happened", "nothing was done", "i did nothing", "i made no changes",
    "i didn't change anything", "i did not change anything",
)  # fmt: skip
_UNTOUCHED_ZH = ("没有做任何改动", "没有做任何修改", "没有做任何更改", "没有任何改动")
"""These say no unless the reason beside them is that there was nothing to do."""
_CHINESE = (
    "抱歉", "很抱歉", "非常抱歉", "十分抱歉", "对不起", "不好意思", "很遗憾", "遗憾", "无法", "不能",
    "不支持", "没办法", "没有办法", "办不到", "做不到", "没听懂", "听不懂", "没有听懂", "没有理解",
    "没能理解", "没有明白", "没明白", "不明白", "不理解", "不太理解",
)  # fmt: skip
_BEFORE_ZH = "(?:我们?|目前|暂时|现在|当前|还|暂|仍|也|都|完全|这个?|这项|该|此|本|您的?|你的?|所?请求的?|功能|操作|请求|系统|版本|效果|地区|指令|很){0,5}"
_SOMETHING_ZH = "(?:[您你我]的|[^，,；;。：:了的把将已“「]){0,12}"
_NOT_OF = "(?![^，。]{0,4}的(?:片段|镜头|部分|画面|地方|内容|声音))"
_SORRY_WORDS_ZH = "(?:(?:很|非常|十分|真|实在)?(?:抱歉|对不起|不好意思))"
_CANT_ZH = (
    f"{_SOMETHING_ZH}(?:(?:不|未|没有?|暂未|尚未|并未)(?:被?支持|支援|开放|上线|提供|实现|获授权|被允许|启用)|不可用|不可行|被拒绝?|被屏蔽|被禁止)(?![^，。]{{0,6}}的)",
    f"{_SOMETHING_ZH}(?:无法|不能|未能|没能|没法)(?:被)?(?:完成|执行|处理|添加|删除|实现|生成|应用|使用|提供|满足|继续|进行|识别|支持|支援)(?![^，。]{{0,6}}的)",
    f"{_SOMETHING_ZH}失败(?![了]?的|原因|[^，。：:]{{0,3}}镜头|[^，。：:]{{0,3}}片段)",
    "[^，,；;。：:了已“「]{0,14}(?:违反|违背|不符合|触犯|侵犯)了?[^，。]{0,14}(?:政策|规定|规范|规则|条款|准则|法律|法规|版权|要求)",
    "[^，,；;。：:了的没无未不“「]{0,8}(?:超时|异常|繁忙)(?![^，。]{0,6}的)",
    f"{_SOMETHING_ZH}没有?[^，。]{{0,4}}成功",
    "[^，。了]{0,6}审核[^，。]{0,4}(?:未|没有?|不)通过",
    "[^，。了]{0,6}超出了?(?:我|目前|系统)[^，。]{0,6}(?:能力|范围)",
    "(?:[^，。了]{1,16}[，,])?请?(?:您|你)?稍[后候](?:再试|重试)",
    f"{_SOMETHING_ZH}(?:涉及|含有|包含|属于)(?:敏感|违规|侵权|版权|受保护)",
    "[^，。]{0,6}(?:未通过|没有通过)[^，。]{0,4}审核",
    "(?:[^，。了]{1,16}[，,])?(?:请|您?需要|你需要|必须|须)您?先(?:上传|添加|导入|登录|登入|注册|升级|开通|订阅|购买|充值|绑定|授权)",
    "我(?:们)?(?:不会|拒绝|不得|不可以)(?!再|动|忘|改变)",
    "(?:没有|缺少|缺乏)(?:相应的?|足够的?)?权限",
    "权限不足",
    f"{_SOMETHING_ZH}(?:套餐|会员|订阅|版本)(?:不|未)(?:包含|包括|含|支持)",
)

_LOOKED_AT = 600
"""So many characters are looked at: an answer that refuses begins with that."""
_MOST = 3
"""So many sentences."""


def _one_of(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


_ENGLISH = re.compile(
    r"(?:(?:oh|hmm|well|but|however|okay|ok|as an? [\w -]{1,40}|(?:i|we)(?:'ve| have)? tried[\w' -]{0,40})[, ]+)*(?:"
    rf"(?:(?:i'm|i am|we're|we are|i)\s+)?(?:(?:very|so|really|terribly)\s+)?{_one_of(_OPENINGS)}\b"
    rf"|(?:i|we|i'm|we're)\s+(?:(?:currently|still|just|simply|really|sadly|also)\s+)?(?:{_one_of(_UNABLE)}|(?:un|not )able)\b"
    rf"|(?:that|this|it|the request|your request|this feature|that feature|that's|this is|it's)\s+"
    rf"{_one_of(_IMPOSSIBLE)}\s+{_one_of(_STATES)}\b"
    rf"|{_one_of(_OTHERS)}\b(?![\"”'])|{'|'.join(_FAILED)})",
    re.IGNORECASE,
)
_ZH = re.compile(
    rf"(?:但是?|不过|作为[^，。]{{1,12}}[，,]?)?(?:{_BEFORE_ZH}{_one_of(_CHINESE)}{_NOT_OF}|{'|'.join((*_FAILED_ZH, *_CANT_ZH))})"
)
_APOLOGY = re.compile(
    r"(?:(?:i'm|i am|we're|we are) )?(?:very |so |really |truly )?"
    r"(?:(?:sorry|apologies|my apologies|(?:i|we) apologi[sz]e) (?:for|about|that|it|to (?:keep|have kept))\b"
    r"|sorry, (?=that took|it took|this took))"
    r"(?:(?!n't|\bnot\b|\bcannot\b|\bunable\b|\bfail|\berror)[^.,;:–—])*?"
    r"\b(?:wait(?:ing)?|delays?|hold-?ups?|confusion|misunderstanding|mix-?up|mistake|inconvenience|trouble|earlier"
    r"|before|last time|slow(?:ness)?|took(?: so)?(?: very| a bit| a little)?(?: long(?:er)?| a (?:while|moment))?|that)\b"
    r"(?=\s*(?:$|[,;:–—])|\s+-\s|\s+(?:but|however)\b)[\s,;:–—-]*(?:(?:but|however)\b[\s,]*)?"
    f"|{_SORRY_WORDS_ZH}[，,]?(?:让(?:您|你)?(?:们)?久?等|久等|刚才|之前|上次|造成|给(?:您|你)(?:带来|添)|耽误|打扰|因?为?(?:等待|延迟|延误|误会|混淆))"
    "(?:(?!失败|出错|错误|无法|不能|没|未)[^，,。；;：:]){0,16}(?:[，,；;：:]+|$)(?:但是?|不过)?",
    re.IGNORECASE,
)
"""An apology for what is over."""
_NOT_TOUCHED = re.compile(rf"{_one_of(_UNTOUCHED)}\b|{_one_of(_UNTOUCHED_ZH)}", re.IGNORECASE)
_IN = "(?<!in the )(?<!in your )(?<!in this )(?<!of the )(?<!of your )"
_NAMED = (
    rf"(?![^.]*(?:\b(?:such|ways?|tools?|options?|{_IN}clips?|{_IN}footage|{_IN}videos?|files?|called|named)\b"
    '|[“"`]|文件|档案|素材|片段))'
)
_SORRY = r"(?:(?:i'm |i am )?(?:very |so )?(?:sorry|afraid|unfortunately)[,:]? (?:but |that )?)?"
_SORRY_ZH = "(?:(?:很|非常)?抱歉|对不起|不好意思)?[，,]?(?:我们?|在?(?:视频|影片|时间[线轴])[中里上]?)?(?:并|还|暂时)?"
_LOOKED = "(?:find|detect|see|hear|spot|locate|notice|identify)"
_NOTHING_TO_DO = re.compile(
    rf"{_SORRY}(?:i|we)(?:'ve| have)? (?:found|find|detected|see|saw) no(?:ne|thing)?\b{_NAMED}"
    rf"|{_SORRY}(?:i|we) (?:(?:(?:can't|(?:could|did|do)n't|(?:could|can|did|do) ?not)|(?:was|were|am|are) (?:unable|not able) to) {_LOOKED}"
    rf"|have(?:n't| not) (?:found|seen|detected)) (?:any(?:thing|where)?|one|a single|an? (?=[^.]*\b(?:scenes?|shots?"
    rf"|moments?|parts?|places?|pauses?|silences?|spots?|sections?|segments?)\b)){_NAMED}"
    r"|there (?:is|are|was|were) no (?! ?ways?\b)[\w' -]{1,40} to (?:remove|cut|delete|trim|take|clean|strip|drop)\b"
    rf"|no {_NAMED}[\w' -]{{1,40}} (?:(?:was|were) (?:found|detected)|(?:could|can) be (?:found|detected|seen|heard))\b"
    r"|(?:it|they|that|this)(?:'s| is| are|'re) already\b"
    rf"|{_SORRY_ZH}(?:没有找到|没找到|未找到|没有发现|未发现|没有检测到|未检测到|无法找到|未能找到|没能找到|找不到){_NAMED}"
    "|没有可以(?:去掉|删|剪|移除)|已经",
    re.IGNORECASE,
)
"""What was to go is not there, or all is so already: understood, and nothing is refused.

Where something is missing that was named, such as a clip, it is.
"""
_SENTENCE = re.compile(r"[^.!?。！？؟।\n]+")


def _past_apology(sentence: str) -> str:
    """What a sentence says behind an apology for what is over, such as a wait, by which nothing is refused."""
    found = _APOLOGY.match(simplified(sentence))
    return sentence[found.end() :] if found else past_apology_abroad(sentence)


def says_no(text: str) -> bool:
    """Whether an answer says that nothing was done, in English, Chinese or another language that is known.

    >>> says_no("I'm sorry, I can't remove backgrounds."), says_no("I cut what you can't hear.")
    (True, False)
    >>> says_no("I found no pauses. Nothing was changed."), says_no("這個功能目前不支援。")
    (False, True)
    >>> says_no("Sorry for the wait - the intro is gone now."), says_no("I am only able to edit video.")
    (False, True)
    """
    start = text[:_LOOKED_AT].replace("’", "'")
    sentences = (found[0].strip(' *_#>-,，\t¡¿«„“"「『') for found in _SENTENCE.finditer(start))
    first = [rest for sentence in sentences if (rest := _past_apology(sentence))][:_MOST]
    written, first = first, [simplified(sentence) for sentence in first]
    understood = [bool(_NOTHING_TO_DO.match(sentence)) for sentence in first]
    said = [sentence for sentence, there in zip(first, understood, strict=True) if not there]
    if any(_ENGLISH.match(s) or _ZH.match(s) or GIVEN_UP.match(s) for s in said):
        return True
    if refuses_abroad([s for s, there in zip(written, understood, strict=True) if not there]):
        return True
    untouched = any(_NOT_TOUCHED.match(s) or UNTOUCHED.match(s) for s in first)
    return untouched and not any(understood)
