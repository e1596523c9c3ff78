"""The words by which an agent reports that its work came to nothing: skipped, given up, not kept, as before.

They count beside the words of a refusal, at the beginning of a sentence. `GIVEN_UP` says no by itself;
`UNTOUCHED` says so unless the reason beside it is that there was nothing to do.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

__all__ = ["GIVEN_UP", "UNTOUCHED"]

_I = r"(?:i|we)(?:'ve| have)?"
_THING = r"(?:(?:the|this|that|your|my|these|those|an?|any|all|every|its) )?[\w'’-]+(?: [\w'’-]+){0,3}?"
_END = r"(?=\s*$|[,:;–—(]|\s-|\s+(?:because|since|due|owing|this time|again|yet|so far|for now|here|after|at all|unfortunately|sadly)\b)"
_WHY = (
    r"(?=,? (?:because|since|due to|owing to)\b(?! (?:you|of what you))"
    r"|[,:;–—]? ?-? ?(?:as|for|for that|:)? ?[^.]*\b(?:not|n't|no|missing|locked|fail\w*|error|cannot|un\w+able|unsupported|too)\b)"
)
_STEP_BACK = r"(?:skip|omit|leave out|drop|abandon|abort|cancel|stop|revert|roll back|undo|give up(?: on)?|forgo|ignore|pass on|discard)"
_STEPPED_BACK = r"(?:skipped|omitted|dropped|abandoned|aborted|cancell?ed|stopped|reverted|rolled back|undid|undone|discarded|gave up on|given up on)"
_OUT = r"(?:skipped|left out|left off|omitted|ignored|abandoned|aborted|given up)"
_EDITS = (
    r"(?:changes?|edits?|cuts?|work|results?|operation|request|modifications?|progress|draft|update|step)"
)
_MADE = (
    r"(?:saved|applied|changed|done|made|written|edited|stored|kept|modified|rendered|exported|updated|trimmed|cut|removed|added"
    r"|committed|deleted|inserted|altered|recorded|performed|carried out|completed|accomplished|achieved)"
)
_FAILED = (
    r"(?:(?:did not|didn't|does not|doesn't|would not|wouldn't) (?:work(?: out)?|take(?: effect)?|stick|succeed|go through|go as planned"
    r"|happen|complete|finish|come through|save|apply|register|hold)|failed|fails|keeps? failing|came to nothing|went nowhere"
    r"|fell through|(?:was|were|is|has been)(?:n't| not)(?: very)? successful|(?:was|were|proved|has been) (?:unsuccessful|in vain|fruitless))"
)
_WENT_ON = (
    r"(?![^.]*[,;:–—]\s*(?:so|and|but|therefore|then|instead)?,?\s*(?:i|we)(?:'ve| have)?(?: (?:then|now|just|instead|also|simply))? "
    r"(?:removed|cut|deleted|trimmed|took|replaced|used|moved|made|put|added|swapped|muted)\b)"
)
"""Unless the sentence goes on with what was done instead."""
_WHOLE = r"(?:(?:the|your) (?:whole |entire )?(?:timeline|video|film|movie|project|draft|edit|sequence|cut)|everything|it all|all)"
_AS_BEFORE = (
    r"(?:unchanged|untouched|unaltered|unmodified|unedited|intact|the same(?: as (?:before|it was|ever))?|(?:exactly |just )?as (?:it|they) (?:was|were|is|are)"
    r"(?! before (?:your?|i|we|the|that|my)\b)|as before|in its original state)"
)
_LEAD = r"(?:(?:well|hmm|so|ok|okay|oh|but|however|sadly|alas|in the end|for now|this time)[, ]+)*"
_GIVEN_UP = (
    rf"{_I} (?:(?:then|unfortunately|sadly|eventually|therefore|just) )*(?:had to|have to|needed to|was forced to|were forced to|(?:was|were) made to|(?:had|have) no choice but to|decided to|chose to) {_STEP_BACK}(?: {_THING})?(?: out| off)?{_END}",
    rf"{_I} (?:had to|have to|needed to|was forced to) leave {_THING} (?:out|off|away|undone|unfinished){_END}",
    rf"{_I} (?:{_STEPPED_BACK}|left out) {_THING}{_WHY}",
    rf"{_I} left {_THING} (?:out|off|away){_WHY}",
    rf"{_I} left {_THING} (?:undone|unfinished|incomplete){_END}",
    rf"{_I} (?:gave|given) up(?: (?:on|trying)(?: [\w'-]+){{1,4}}?)?{_END}",
    r"no (?:luck|dice|joy|go|success|result|results|good)(?=\s*$|\s*[:,;–—]|\s-| (?:this time|with|yet|so far|today|here|after|because|adding|cutting|removing)\b)",
    r"still (?:nothing|no luck|no success|no result)(?=\s*$|[,:;–—])",
    rf"(?:{_WHOLE}|that|this|it|(?:the|my|your|this|that) (?:[\w-]+ ){{0,2}}?{_EDITS}|(?:the|my|this|that|all|both|every) (?:[\w-]+ )?(?:attempts?|tr(?:y|ies)|effort)(?: (?:to|at) [^,.;:]{{1,40}}?)?) (?:just |simply |unfortunately |still )?{_FAILED}{_END}{_WENT_ON}",
    rf"(?!(?:this|that|nothing|everything|anything|something)\b)\w+ing (?:[\w'-]+ ){{1,4}}{_FAILED}{_END}{_WENT_ON}",
    rf"{_THING} (?:(?:did not|didn't) (?:take(?: effect)?|stick|go through|go in|come through|succeed|make it(?: in| through)?)|fell through|came to nothing|was(?: not|n't) kept){_END}{_WENT_ON}",
    rf"(?:that|this|it|the {_EDITS}) (?:went|has gone|had) (?:badly )?(?:wrong|no effect)(?=\s*$|[,:;–—]| on (?:the|your)\b){_WENT_ON}",
    r"(?:it|that|this) was (?:all )?(?:in vain|for nothing|to no avail)\b", r"nothing came of\b",
    rf"{_I} (?:rolled|took|turned|put|moved) (?:everything|it|all(?: of it)?|{_THING}) back{_WHY}",
    rf"{_I} (?:had|have|met with) no (?:luck|success)\b",
    rf"{_I} (?:(?:was|were|am|are|have|has)(?:n't| not)(?: been)?|had(?:n't| not) been) (?:very |at all )?successful\b",
    rf"{_I} (?:was|were|have been) unsuccessful\b",
    rf"{_I} (?:ended|wound) up (?:not|without|(?:changing|doing|saving|making|cutting|adding) (?:nothing|no\b))",
    rf"{_I} (?:did|changed|saved|made|applied|cut|wrote|kept|got) (?:nothing|no (?:changes?|edits?|cuts?|progress))(?=\s*$|[,:;–—]| (?:at all|so far|yet|this time|because|since))",
    rf"{_I} (?:stopped|quit|halted|aborted|backed out) (?:before|without) (?:\w+ing|any)\b",
    rf"{_I} (?:ran|run) into (?:(?:some|a few|an?|serious|technical|unexpected|several) )*(?:trouble|difficult(?:y|ies)|problems?|issues?|errors?|snags?|obstacles?)\b{_WENT_ON}",
    rf"(?:none|not one|no part|nothing) of (?:the|your|my|these|those|this|that|it)(?: [\w-]+){{0,2}}? (?:was|were|has been|have been|could be|got) (?:actually )?{_MADE}",
    rf"(?:the|your|my|these|all|all of the|both) (?:[\w-]+ )?{_EDITS} (?:was|were|have been|has been|had to be|got|is|are) (?:all )?(?:not (?:been )?(?:kept|{_MADE})|lost|discarded|dropped|thrown away|rolled back|reverted|undone|abandoned|cancelled){_END}",
    rf"{_THING} (?:was|were|had to be|has been|have been|got) {_OUT}{_END}(?!\s*,? as (?:you|asked|requested|wished|told))",
    r"(?:cancell?ed|aborted|rolled back|reverted|discarded|stopped|abandoned|given up)(?=\s*$|\s*[:;,–—])(?!\s*,? as (?:you|asked|requested|wished|told))",
)  # fmt: skip
_UNTOUCHED = (
    rf"nothing(?: at all)? (?:was|were|has been|have been|had been|got|gets|is|could be|ended up) (?:actually |yet |really )?(?:being )?{_MADE}(?! (?:but|except|other|save|beyond)\b)",
    rf"(?:no|zero|0|not a single|not one) (?:actual |further )?(?:changes?|edits?|cuts?|modifications?|updates?) (?:was|were|has been|have been|got|could be|is|are) (?:actually )?{_MADE}",
    r"(?:no|zero) (?:changes|edits)(?=\s*$|[,:;–—])",
    rf"{_WHOLE} (?:(?:is|are|was|were|has been|has|remains?|remained|stays?|stayed|looks?)(?: been)?(?: left| kept)?|therefore remains) (?:still |exactly |just |completely |therefore )?{_AS_BEFORE}",
    rf"{_I} (?:left|kept) {_WHOLE} (?:exactly |just )?{_AS_BEFORE}",
    rf"{_WHOLE} (?:(?:did not|didn't|has not|hasn't|have not|haven't) (?:actually )?(?:changed?|been (?:changed|touched|edited|altered))|(?:was|were)(?:n't| not) (?:changed|touched|edited|altered|saved))\b",
    rf"(?:i|we) (?:(?:did not|didn't|have not|haven't) )(?:actually |yet |really )?(?:saved?|changed?|make|do|apply|applied|touch(?:ed)?|edit(?:ed)?|cut|add(?:ed)?|alter(?:ed)?|modify|modified) (?:anything|a thing|any (?:changes?|edits?|cuts?)|{_WHOLE})(?! (?:else|but|except|other|beyond|besides)\b)",
    r"(?:i|we) (?:have not|haven't) (?:done|made) (?:anything|any (?:changes?|edits?|cuts?))(?! (?:else|but|except|other)\b)",
)  # fmt: skip

_ENDS_ZH = "(?=[了啦呢]?\\s*(?:$|[，,；;：:。（(—]|因|由于|原因))"
_IT_ZH = '[^，,；;。：:了的没無无未不被“「"已]{0,10}'
_MADE_ZH = "(?:保存|存储|应用|生效|改变|改动?|更改|修改|编辑|剪辑?|剪切|删除?|添加|加上?|处理|完成|写入|变化?|更新|做|动|执行|成功|调整)"
_RESULT_ZH = "(?:加上(?:去)?|加进去|加成|添加|添上|剪成|剪掉|剪好|剪完|删掉|删成|删除|生效|保存|存上|应用|改成|改好|做成|做好|弄成|弄好|完成|成功|写入|更新|插入|换成|换上|调成)"
_CHANGES_ZH = "(?:更改|修改|改动|变化|变更|编辑|操作|剪辑|内容|处理|调整|进展)"
_WORK_ZH = "(?:更改|修改|改动|编辑|剪辑|结果|进度|操作|请求|任务|成果|草稿|步骤)"
_STEP_BACK_ZH = "(?:跳过|放弃|取消|中止|终止|停止|省略|略过|撤销|回滚|忽略|作罢|停下|不加|不做|不剪|留空)"
_GIVEN_UP_ZH = (
    f"(?:所以|因此|最后|最终|结果|于是)?(?:我们?)?(?:只好|只能|只得|不得不|被迫|无奈|最终|最后)(?:先|暂时|将其)?{_STEP_BACK_ZH}",
    f"(?:我们?)?已?(?:经)?放弃了?(?:对)?(?:这次|本次|该|此|这个|这项)?{_IT_ZH}{_WORK_ZH}",
    f"(?:因为?|由于)[^。]{{1,24}}?[，,](?:我们?)?(?:已经?)?(?:只好|不得不)?{_STEP_BACK_ZH}了",
    f"(?:我们?)?(?:先|暂时|已)?{_STEP_BACK_ZH}了{_IT_ZH}[，,](?:因为|由于|原因是)(?!(?:您|你))",
    "(?:我们?)?试(?:了|过)[^，。]{0,8}?[，,]?(?:都|但|还是|仍)*(?:没有?成功|失败|不行|没用)",
    f"(?:我们?|{_IT_ZH})?(?:还)?(?:没|未)(?:来得及|赶上){_MADE_ZH}",
    f"{_IT_ZH}(?:没有?|毫无|无)(?:任何|什么)?(?:效果|作用){_ENDS_ZH}",
    f"{_IT_ZH}(?:已经?|都|全)?被(?:跳过|省略|略过|丢弃|忽略|取消|放弃|回滚|撤销){_ENDS_ZH}",
    f"{_IT_ZH}(?:还|仍|都|最终|并|也|实际上?)?(?:没有?|没能|未|未能|并未|尚未)(?:能|能够|被|真正)?{_RESULT_ZH}[^，。：:的]{{0,5}}{_ENDS_ZH}",
    f"(?:您|你)?的?(?:所有|全部|这些)?{_WORK_ZH}(?:已经?|都|全部?|也)*(?:丢失|丢了|被?丢弃|作废|没有?保留|没保住|未保留|撤回|白费|落空)",
    f"(?:我的?|这次|几次|多次|所有|此次|本次)?(?:尝试|努力){_IT_ZH}(?:都|均|最终|但|全部)?(?:失败|没有?成功|未成功|未果|无果)",
    "(?:可惜|遗憾的是|但|结果)?[，,]?(?:这次|还是|仍然?|依然|都)?(?:没有?成功|不成功|未成功|失败了?|没戏|白搭|没用|行不通|搞不定)" + _ENDS_ZH,
    "(?:已经?|现已)?(?:取消|中止|终止|放弃|回滚|作罢)了?(?=\\s*(?:$|[，,；;：:]))(?![，,](?:如您|按您|照您|如你|按你))",
    f"(?:很)?(?:运气不好|运气不佳|不走运|可惜|不巧)[，,][^。]*?(?:没有?|没能|未能?|失败|不能|无法)(?:{_RESULT_ZH}|$|了)?",
)  # fmt: skip
_UNTOUCHED_ZH = (
    f"(?:我们?)?(?:目前|暂时|实际上?|其实|最终|结果|最后)?(?:什么|任何(?:东西|内容)|一切|一点|啥)(?:都|也)?(?:还|并)?(?:没有?|未)(?:有|被|能|能够)?{_MADE_ZH}",
    f"(?:我们?|时间[线轴]|视频|影片|项目)?[上中里]?(?:目前|暂时|实际上?|并|也|还|尚)?(?:没有?|未|并未|无)(?:有|被|对[^，。]{{1,8}})?(?:保存|存储|应用|做|做出|作出?|进行|产生|发生|写入)?了?(?:任何|一点|丝毫)(?:实质性?的?)?{_CHANGES_ZH}",
    "(?:我们?)?(?:并|还|也)?(?:没有?|未|没敢|不曾)(?:动|碰|改动?|修改|触碰)过?(?:您的|你的|整个)?(?:时间[线轴]|视频|影片|项目|任何|什么)",
    "一切(?:都|还是|仍)?照旧",
    f"(?:零|0 ?个?){_CHANGES_ZH}",
    "(?:整个|您的|你的)?(?:时间[线轴]|视频|影片|项目|成片|一切|所有内容|全部内容|整体|草稿)(?:目前|都|全部|仍然?|还是?|依然|依旧|也|因此|现在)*(?:没有?(?:任何|什么)?(?:变化|改变|变|动)|未变|未改变|未被?(?:修改|改动|更改)|(?:保持|维持)(?:不变|原样|原状)|原封不动|(?:和|与|跟)(?:之前|原来|以前)一样)",
)  # fmt: skip

GIVEN_UP = re.compile(rf"{_LEAD}(?:{'|'.join(_GIVEN_UP)})|{'|'.join(_GIVEN_UP_ZH)}", re.IGNORECASE)
UNTOUCHED = re.compile(rf"{_LEAD}(?:{'|'.join(_UNTOUCHED)})|{'|'.join(_UNTOUCHED_ZH)}", re.IGNORECASE)
