"""The buttons that an agent may wait for, and the clauses that ask to press one, in English and Chinese."""

from __future__ import annotations

import re

from .veil import CODE, LINK, QUOTE

__all__ = [
    "CHANGES",
    "CHINESE",
    "CONDITIONS",
    "CONTENT",
    "DECLINES",
    "DELETES",
    "ENGLISH",
    "GOES_ON",
    "ITEMS",
    "LATER",
    "NEGATED",
    "NODS",
    "OFFERS",
    "ON",
    "OR",
    "OTHERS",
    "PAYS",
    "PLAINLY",
    "PRESSED",
    "REPLIES",
    "SETTLED",
]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_GO = (
    r"(?:confirm|apply|accept|agree|approve|allow|authori[sz]e|okay|ok|yes|yep|sure|continue|proceed|regenerate|generate|"
    r"re-?start|start|begin|go\s+ahead|go|next|done|finish|complete|submit|create|run|execute|process|resume|retry|"
    r"try\s+again|got\s+it|keep|replace|overwrite|delete|remove|discard|reset|clear|enhance|do\s+it|make\s+it|i\s+agree)"
)
_NOT = (
    r"(?:no|nope|cancel|skip|never\s?mind|not\s+now|dismiss|decline|reject|later|maybe\s+later|go\s+back|"
    r"stop|abort)"
)
_GO_ZH = (
    "(?:确认无误|确认|確認|确定|確定|应用|應用|套用|同意|接受|允许|允許|批准|授权|好的|好|是的|是|继续|繼續|重新生成|生成|產生|"
    "重新开始|开始|開始|下一步|完成|提交|创建|建立|执行|執行|运行|处理|重试|重試|知道了|保留|替换|替換|覆盖|覆蓋|删除|刪除|移除|"
    "清空|清除|重置|立即生成|立即开始|增强)"
)
_NOT_ZH = "(?:取消|不要|不用|不了|不|否|跳过|跳過|算了|暂不|暫不|拒绝|拒絕|返回|以后再说|稍后)"
_NOUN = (
    r"(?:(?:option|confirmation|pop-?up|dialog)?\s*"
    r"(?:button|btn|option|key|icon|link|prompt|choice|check\s?box|box|check\s?mark|tick|card|banner))"
)

PLAINLY = _rx(rf"(?:{_GO}|{_NOT}|{_GO_ZH}|{_NOT_ZH})(?![a-z])")
"""What a button's word begins with that answers the agent."""
DECLINES = _rx(rf"(?:{_NOT}|{_NOT_ZH})(?![a-z])")
SETTLED = _rx(
    r"(?:apply|okay|ok|done|confirm|finish|complete|got\s+it|确认|確認|确定|確定|应用|應用|套用|完成|知道了|好的?)(?![a-z])"
)
"""Words that ask for nothing more where the change is there already."""
NODS = _rx(r"ok|okay|done|got\s+it|finish|知道了|好的?|确定|確定|完成")
ON = _rx(
    r"\b(?P<en>confirm|proceed|continue|go\s+ahead|go\s+on|approve|accept|agree|start|begin|apply|finali[sz]e|generate|finish|"
    r"complete|submit|resume)\b|(?P<zh>确认|確認|确定|確定|继续|繼續|应用|應用|套用|开始|開始|生成|提交|同意|执行|執行|完成|生效)"
)
"""What a press is for, where the work goes on with it."""
GOES_ON = _rx(
    r"(?:\W*(?:below|above|here))?\W*(?:to|and|so|before|for|when|if|once|in\s+order\s+to)\b.{0,60}?"
    + ON.pattern.replace("?P<en>", "?:").replace("?P<zh>", "?:")
    + "|(?:即可|就可以|来|以便?|并|便|后|才能?|让我)*"
    "(?:确认|確認|继续|繼續|开始|開始|执行|執行|同意|生效|应用|應用|套用|生成|提交|完成)"
)
OFFERS = _rx(
    r"\b(?:can|could|shall|should|would\s+you|do\s+you|want|going\s+to|will|about\s+to|ready\s+to|plan(?:ned)?\s+to|i'll|need|"
    r"next|also)\b|\?|？|要不要|是否|吗|可以|需要|将|將|准备|要"
)
"""The agent speaks of what is not done yet."""
CHANGES = _rx(r"\bchanges?\b|更改|修改|变更")
ITEMS = re.compile("删除|刪除|移除")
"""Buttons that name an edit, and so are advice unless they confirm one."""
PAYS = _rx(
    r"\b(?:re)?generat|\bcreate\b|\bcredits?\b|\bpa(?:y|id)\b|\bcharge|\bcosts?\b|生成|產生|创建|积分|付费|扣费|收费|费用"
)
DELETES = _rx(
    r"\b(?:delet|remov|discard|overwrit|replac|eras|clear|reset|start\s+over)|删除|刪除|移除|清空|清除|覆盖|替换|丢弃|重置|重新开始"
)
OTHERS = _rx(
    r"\b(?:she|he|they|users?|viewers?|audience|presenter|narrator|speaker|character|people|someone|everyone|tutorial|"
    r"recording|says?|said|reads?)\b|[他她]|观众|用户|旁白|画外音|台词|主持人|演示|教程|录屏|写着|写道|显示"
)
"""Somebody else presses, or is quoted."""
CONTENT = _rx(
    r"\b(?:captions?|titles?|subtitles?|texts?|words?|scenes?|shots?|scripts?|lines?|slides?|overlays?|cta)\b"
    "|字幕|标题|文字|文案|镜头|脚本|[幕场段](?=[^\\w\ue010-\uf8ff]*$)"
)
"""What shows the words behind a colon or a dash to those who watch."""
NEGATED = _rx(
    r"\b(?:don't|do\s+not|never|without|no\s+need|needn't|not)\b|不要|不用|不必|无需|无须|请勿|别|不需要"
)

_YOU = (
    r"(?:you(?:'ll|\s+will)?\s+(?:can|could|may|should|must|need\s+to|have\s+to|(?:just|only|simply|still|now)\s+(?:need|have)\s+to)"
    r"|you(?:'ll|\s+will)\s+(?:need|have)\s+to|you\s+(?:just|simply)|(?:can|could|would|will)\s+you"
    r"|(?:i(?:'m|\s+am)\s+)?(?:just\s+)?(?:waiting|ready)\s+for\s+you\s+to|i(?:'ll)?\s+(?:just\s+|still\s+|only\s+)?need\s+you\s+to"
    r"|(?:i\s+)?ask\s+you\s+to|for\s+you\s+to|until\s+you|as\s+soon\s+as\s+you)"
)
_ADDRESS = (
    rf"(?:(?:{_YOU}|please|just|simply|now|then|next|first|finally|lastly|also|so|and|or|but|either|kindly|again|"
    r"go\s+ahead\s+and|feel\s+free\s+to|be\s+sure\s+to|make\s+sure\s+(?:to|you)|remember\s+to|don't\s+forget\s+to|"
    r"all\s+you\s+(?:need|have)\s+to\s+do\s+is)\s+)*"
)
_SIGN = r"[^\w\ue010-\uf8ff]*"
_LEAD = (
    rf"{_SIGN}(?:(?:if|when(?:ever)?|once|to|in\s+order\s+to|before|for|after)\b(?!\s+you\s*$)[^,;:]{{1,60}}?\s+)??"
    + _ADDRESS
)
LATER = "will|starts?|begins?|applies|confirms|triggers|makes|commits|finishes|completes|removes|cuts"
"""What a press does, behind the button's name."""
_PRESS = r"(?:(?:long-)?(?:click|tap|press)|hit|push|select|choose|pick|use|tick|check)(?:\s+on)?"
_PRESSING = r"(?:clicking|tapping|pressing|hitting|pushing|selecting|choosing|ticking|checking)(?:\s+on)?"
_DRAWN = "[\u2190-\u2bff\U0001f300-\U0001faff\ufe0f]+"
_LOOK = (
    r"(?:(?:the|that|this|your|an?|any)\s+)?(?:(?:blue|green|red|big|large|small|main|round|same)\s+)*"
    "(?:[<\u2190-\u2bff\U0001f300-\U0001faff\ufe0f]+\\s*)?"
)
_ENDS = (
    r"(?=[^\w\ue010-\uf8ff]*$|\s*[(/,;:>—–-]|\s+(?:to|so|below|above|here|when|if|once|before|after|for|now|again|whenever|as|and|or|then|at|on|in|"
    rf"from|next|near|with|underneath|instead|{LATER}|first)\b)"
)
_CAPITAL = r"[A-Z][\w'’]*(?:\s+(?:&\s+)?(?!(?:of|the|a|in|on|at|and|or|to)\b)[\w'’]+){0,3}?"
_DIGIT = r"\d(?![\d:.%])"
_LABELLED = r"(?i:button|btn|option)\s+(?i:that\s+says|labell?ed|marked|called|named|reading|saying)\s+"
_NAMED = (
    rf"(?:(?:{_LABELLED})?(?:(?P<name>{QUOTE}|{CODE}|{LINK}|(?i:{_GO}|{_NOT})(?=\s|\W|$)|{_CAPITAL}|{_DIGIT})"
    rf"(?:\s+(?P<noun>(?i:{_NOUN})))?{_ENDS}))"
)
_NAMELESS = rf"(?P<sole>(?i:{_NOUN}|{_DRAWN}|it|here|below|enter|return|space(?:\s?bar)?|any\s+key)){_ENDS}"
ENGLISH = re.compile(
    rf"(?P<lead>(?i:{_LEAD}|.*\b(?:by|after)\s+))(?P<verb>(?i:{_PRESSING}|{_PRESS}))"
    rf"(?:\s+(?i:{_LOOK})(?:{_NAMED}|{_NAMELESS})|(?=\s+(?i:to)\b))"
)
"""'Please click Confirm', from the start of a clause: a name, or nothing but 'the button', 'here'."""
_IN_WINDOW = (
    r"\s+(?:in|on|at|using|through|via)\s+(?:the|this|that|your)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:dialog(?:ue)?|pop-?up|window|panel|box|card|prompt|screen|editor|page|banner|chat|side\s?bar|app)"
    r"(?:\s+(?:box|window|panel|page))?(?:\s+(?:on|at|to)\s+the\s+(?:right|left|top|bottom))?"
)
"""Where in a window something is to be confirmed."""
PRESSED = re.compile(
    rf"(?:\b(?i:{_PRESSING}|{_PRESS})\s+(?i:{_LOOK}){_NAMED}|(?:点击|點擊|单击|單擊|点按|按下?)\s*(?P<zh>{QUOTE}|{_GO_ZH}))"
)
"""The same anywhere in a sentence of which is known that it instructs the reader."""
CONDITIONS = re.compile(
    r"(?:(?i:\b(?:once|when(?:ever)?|after|as\s+soon\s+as|until|if)\s+you(?:'ve|\s+have)?\s+)"
    rf"(?P<verb>(?i:(?:click|tapp?|press|hit|push|select)(?:ed)?|chosen?|choose)(?i:\s+on)?)\s+(?i:{_LOOK}){_NAMED}"
    rf"|[在当當等](?:您|你)(?:点击|點擊|单击|按下?|轻触|选择)(?:了|一下)?\s*(?P<zh>{QUOTE}|{CODE}|{_GO_ZH})(?:按钮|按鈕|键)?(?:之后|以后|后|後|时|時|之前|以前|前))"
)
"""'Once you click Confirm': it waits where the agent says what it will do then."""
REPLIES = re.compile(
    rf"(?i){_SIGN}{_ADDRESS}(?:reply|respond|answer|type|say|enter|write)(?:\s+with)?\s+(?:the\s+word\s+)?"
    rf"(?P<name>{QUOTE}|{CODE}|(?:{_GO}|{_NOT})|{_DIGIT}){_ENDS}"
    rf"|{_SIGN}{_ADDRESS}(?P<self>confirm|approve|accept|agree)"
    r"(?=(?:\s+(?:it|this|that|(?:the|this|my|these)\s+(?:plan|changes?|edits?|proposal|cuts?|deletion)))?"
    rf"(?:{_IN_WINDOW})?(?:[^\w\ue010-\uf8ff]*$|\s+(?:to|so\s+(?:that\s+)?i|and\s+i|if|first|below|before|with\s+(?:a|one|your|the)\s+(?:click|tap|button))\b))"
    rf"|{_SIGN}(?:请|請|您|你|可以|只需|直接)*(?:回复|回覆|输入|輸入|发送|回答)\s*(?P<zh>{QUOTE}|{CODE}|{_GO_ZH}|{_NOT_ZH}|{_GO}(?![a-z])|{_DIGIT})"
    rf"|{_SIGN}(?:请|請)(?:您|你)?(?:在[^，。；]{{1,12}}?[中里上内侧边方角部])?(?P<zh2>确认|確認)(?=[^\w\ue010-\uf8ff]*$|(?:以便?|后|後|即可|并|来|一下$|是否))"
    rf"|{_SIGN}(?:您|你|只需要?|需要?|直接|然后|再|现在|先|并|可以?)*(?:在|到|去)[^，。；]{{0,10}}?"
    r"(?:面板|弹窗|彈窗|对话框|對話框|弹出框|窗口|視窗|侧边?栏|卡片|提示框)[中里裡上内]?(?:进行)?(?P<zh3>确认|確認)"
    r"(?:一下)?(?=[^\w\ue010-\uf8ff]*$|即可|就行|就可以)"
)
"""'Reply “yes” to go on', 'Please confirm': the same without a button."""
OR = re.compile(
    rf"(?:/|[(（]|,|，|、|\s(?i:or)\b|或者?|還是|还是|;|；)\W*(?i:(?:or|and|please|else)\s+)*(?i:(?:{_PRESS}|type|say|reply)\s+|(?:点击|點擊|选择|選擇|按下?|回复|回覆|输入)\s*)?(?i:{_LOOK})"
    rf"(?P<name>{QUOTE}|{CODE}|(?i:{_GO}|{_NOT})(?![a-zA-Z])(?=\W|\s|$)|{_NOT_ZH}|{_GO_ZH}|{_CAPITAL}{_ENDS}|{_DIGIT}(?:{_ENDS}|(?=[\u4e00-\u9fff])))"
)
"""Another button behind the first: 'or No to cancel'."""

_ZH_WHERE = (
    "(?:[在到去从從][^，。；]{1,12}?(?:[中里上内侧边方角部]"
    "|面板|工具栏|菜单栏?|窗口|区域|对话框|弹窗|界面|页面|弹出框|这里|那里))"
)
_ZH_LEAD = (
    r"[^\w\ue010-\uf8ff]*(?:[^，。；：]{0,14}?(?:后|後|之后|以后|时|時|的话|的話|前|无误|請|请))?"
    f"{_ZH_WHERE}?"
    "(?:手动|勾选|勾選|并|並|当|待|一旦|请|請|您|你|麻烦|烦请|劳驾|劳烦|有劳|只需要?|仅需|需要?|就差|只差|还差|只剩|动动手指?|可以?|先|再|就|直接|现在|然后|接着|之后|最后|或者?|也|则|便|等待?|等|必须|要|得|还|"
    "通过|随时|都|即|记得|如果|若|如|想|同意|满意|无误|确认无误|认可|继续|在此|随后|是否)*+"
    f"{_ZH_WHERE}?"
)
_ZH_PLACE = (
    r"(?:(?:屏幕|界面|页面|窗口|弹窗|对话框|编辑器|聊天框|面板)[上中里内]?的)?"
    r"(?:(?:在|从)?(?:屏幕|界面|页面|窗口|弹窗|对话框|编辑器)?(?:的)?(?:右上角|左上角|右下角|左下角|左侧|右侧|左边|右边|上方|下方|下面|以下|"
    r"上面|顶部|底部|旁边|中间|弹窗|对话框|弹出框)(?:中|里|上)?(?:的)?)?"
    r"(?:[红绿蓝橙紫黄灰黑白紅綠藍黃]色的?)?"
)
_ZH_NOUN = "(?:按钮|按鈕|按键|键|鍵|选项|選項|图标|圖標|链接)"
_ZH_ENDS = (
    r"(?=[^\w\ue010-\uf8ff]*$|[，。；、（(/]|即可|就|来|來|以|并|並|便|后|後|才|继续|繼續|开始|開始|确认|確認|应用|套用|执行|生成|删除|移除|让我|我|或|"
    r"完成|立即|进行|保存|取消|保留|表示|同意|吧|哦|呢|啦|呀|可|让|放弃|再)"
)
CHINESE = re.compile(
    rf"(?P<lead>{_ZH_LEAD})(?P<verb>点击|點擊|点按|点选|點選|点一下|點一下|点下|点|點|轻点|輕點|单击|單擊|双击|按下|按一下|按|轻触|輕觸|选择|選擇|选|敲|戳)"
    rf"\s*(?:一下)?\s*{_ZH_PLACE}\s*(?:(?:标有|标着|写着|名为)?(?P<name>{QUOTE}|{CODE}|{LINK}|(?:{_GO_ZH}|{_NOT_ZH}|(?i:{_GO}|{_NOT})(?![A-Za-z])|[\u4e00-\u9fff]{{2,6}}?(?={_ZH_NOUN})))"
    rf"\s*(?:的?{_ZH_NOUN})?(?:（[^（）]*）)?{_ZH_ENDS}"
    rf"|(?P<sole>{_ZH_NOUN}|此处|这里|這裡|回车键?|(?i:enter)\s*键?|任意键|空格键?){_ZH_ENDS})"
)
