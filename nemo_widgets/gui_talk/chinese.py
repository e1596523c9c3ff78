"""Chinese instructions to someone before a window: one clause, read whole or not at all."""

from __future__ import annotations

import re

from .buttons import SETTLED
from .step import Known, Step
from .veil import CODE, QUOTE

__all__ = ["LEAD", "read", "stands_for"]

LEAD = re.compile(
    r"(?P<lead>[^\w\ue010-\uf8ff]*(?:(?:完成后|之后|以后|最后)?(?:如果需要|如需|如有需要|需要时|随时|此外|另外|接下来|下一步)?"
    r"(?:(?:请|您|你)?(?:也|还|随时|现在|就|便|则|只|仅|直接|先|再|然后|接着|之后|最后|首先|或者?|并|即|都)*"
    r"(?:可以|可|只需要?|需要|需|应该|应|要|能|不妨|建议|尝试|试试|记得|别忘了|直接)?)(?:请|先|再|直接|随时|到时候|通过)*))"
)
_NAME = rf"(?:{QUOTE}|{CODE}|[A-Za-z+][\w+ >/-]*?|[\u4e00-\u9fff]{{1,6}}?)"
_BUTTON = "(?:按钮|命令|按键|图标|选项|菜单项|链接|开关|复选框|下拉框|箭头)"
_PANEL = (
    "(?:面板|菜单栏|菜单|选项卡|标签页|标签栏|侧边栏|侧栏|工具栏|设置页面|设置|对话框|弹窗|媒体库|素材库|素材面板|检查器|"
    "属性栏|下拉菜单|窗口|界面)"
)
_CORNER = "(?:右上角|左上角|右下角|左下角|左侧|右侧|左边|右边|上方|下方|顶部|底部|旁边|中间)"
_PLACE = (
    rf"(?:(?:在|从|位于)?(?:屏幕|界面|页面|窗口|编辑器|时间线|时间轴|画布|工具栏|菜单栏|预览窗口|{QUOTE})?(?:的)?"
    rf"(?:{_CORNER}(?:的)?(?:工具栏|菜单栏|菜单|面板|侧边栏)?|工具栏|菜单栏|菜单|面板|侧边栏)(?:的)?(?:中|里|上)?(?:的)?)?"
)
_SO = r"(?P<so>即可|就可以|就能|便可|就行|就好)?"
_EDIT_VERB = (
    r"(?:(?:把|将).{1,30}(?:分开|分割|剪|删|移|调|改|放|切|换|设|拖|静音|缩|拉)|调整|调节|调高|调低|修改|更改|删除|分割|剪切|裁剪|修剪|"
    r"添加(?!素材|文件|视频)|替换|移动|设置|静音|降低|提高|缩短|延长|编辑(?=.)|旋转|复制|合并)"
)
_ENDS = (
    r"(?:来|以|以便|并|进行|去|，)?(?P<purpose>(?:"
    + _EDIT_VERB
    + r"|下载|保存|导出|获取|查看|看|预览|播放|添加|上传|撤销|恢复|还原|返回|"
    r"在(?:时间[线轴]|预览窗口)[上中里]?(?:播放|预览|查看)|确认|完成|应用|继续|生成|渲染|选择|管理|充值|分享|确定|观看|检查|生效)[^，。；]{0,30})?"
)
_CLICK = r"(?:双击|右键点击|右击|单击|点击|点按|轻点|点选|点一下|点|按下|按|轻触|选择|选中|使用|用|找到)"
_CLICKS = re.compile(
    rf"(?P<verb>{_CLICK})(?:一下|界面)?\s*{_PLACE}\s*(?P<name>{_NAME})?\s*(?P<noun>{_BUTTON}|{_PANEL})?(?:（[^（）]{{1,20}}）|\([^()]{{1,20}}\))?"
    rf"{_SO}{_ENDS}$"
)
_GOES = re.compile(
    rf"(?:打开|进入|前往|切换到|切换至|展开|访问|转到|跳转到|去|到)\s*{_PLACE}\s*(?P<name>{_NAME})?\s*(?P<noun>{_PANEL}|时间线|时间轴|预览窗口|页面)"
    rf"(?:中|里|上|内)?{_SO}{_ENDS}$"
)
_OPENS = re.compile(rf"(?:打开|展开)\s*(?P<name>{QUOTE}){_SO}{_ENDS}$")
_BARE = re.compile(
    rf"导出$|(?P<name>导出|下载)(?:按钮|图标)(?:(?:在|位于)(?:屏幕|界面|页面|窗口|编辑器)?(?:的)?{_CORNER})?$"
)
_LOOKS = re.compile(
    rf"(?:在|到|去|通过|打开)?(?:{_CORNER}的?)?"
    r"(?P<where>时间线|时间轴|预览窗口|预览区域?|预览面板|播放器|画布)(?:面板|窗口)?(?:中|上|里|内|来)?"
    r"(?:进行)?(?:播放并?)?(?:预览|查看|播放|观看|看看|看|检查|浏览)(?:一下)?[^，。；的]{0,3}(?:的)?(?:效果|视频|结果|成片|剪辑|片段|画面|内容|修改|改动)?$"
)
_ACCOUNT = re.compile(
    r"(?:(?:在|到|去|前往|进入|打开|查看|检查|访问)(?:您的?|你的?)?(?:账户|账号|账单|个人中心|订阅)(?:(?:/|和|或|与)?(?:账户|账单))?(?:页面|设置|中心|信息|详情)?(?:中|里|上)?"
    r"(?:(?:查看|检查|确认|查询)?(?:您的|你的|的|剩余|账户)*(?:余额|积分|账单|点数|额度)?)?)$"
)
_KEYS = re.compile(
    r"(?:按下?|使用|用|通过)\s*(?:快捷键|键盘)?\s*"
    r"(?P<keys>(?:(?:Ctrl|Cmd|Command|⌘|Shift|Control)\s*[+＋]?\s*)+[A-Za-z]\b|"
    + CODE
    + r"|空格键|空格|回车键?|删除键)(?:\s*(?:或|/)\s*(?:Ctrl|Cmd|Command|⌘)\s*[+＋]?\s*[A-Za-z])?"
    + r"\s*(?:键|快捷键|组合键)?"
    + _SO
    + _ENDS
    + "$",
    re.IGNORECASE,
)
_DRAGS = re.compile(
    r"(?:在(?:画布|时间线|时间轴|预览窗口|轨道)(?:上|中|里))?(?:(?:把|将)(?P<what>[^，。；]{1,30}?)(?:拖拽|拖动|拖放|拖)(?:到|至|进|入|在)|(?:拖拽|拖动|拖放)(?P<what2>[^，。；]{1,30}?)(?:到|至|进))"
    r"(?!了)(?P<where>[^，。；]{1,30}?)(?:位置)?(?:即可|就可以|就行)?$"
)
_EDGES = re.compile(
    r"(?:拖动|拖拽)(?P<of>[^，。；]{1,15}?)(?:的)?(?:两端|边缘|边框|手柄|两侧|一端)(?:即可|就可以|来|以|进行)*(?P<purpose>裁剪|修剪|调整[^，。；]{0,10}|缩短|延长)[^，。；]{0,10}$"
)
_SLIDES = re.compile(
    rf"(?:拖动|拖拽|滑动|调节|移动)[^，。；]{{0,8}}滑[块杆动条]+{_SO}(?:来|以|进行)?(?P<purpose>{_EDIT_VERB}[^，。；]{{0,20}})$"
)
_PANELLED = re.compile(
    rf"在{_PLACE}(?P<name>{_NAME})?\s*(?P<noun>{_PANEL})(?:中|里|上|内)?(?:进行)?(?P<purpose>(?:{_EDIT_VERB}|查看|预览)[^，。；]{{0,20}})$"
)
_DRAFT = r"[^，。；“”]{0,8}?(?:片段|标题|文字|音乐|音轨|轨道|字幕|图片|视频|转场|图层|素材)"
_PICKS = re.compile(
    rf"(?P<verb>双击|右键点击|右键单击|右击|单击|点击|选中|选择)(?P<place>(?:时间线|时间轴|画布|轨道|预览窗口)(?:上|中|里)?的?)?(?P<what>{_DRAFT})"
    rf"{_SO}(?:来|以|并|进行)?(?P<purpose>{_EDIT_VERB}[^，。；]{{0,20}}|修改|编辑|调整|删除)?$"
)
_CHOSEN = re.compile(rf"(?:选择|点击|选|按)\s*({QUOTE}|[\u4e00-\u9fff]{{2}})(?:选项|按钮|键)?")
_ITEMS = re.compile("删除|分割|复制|静音|裁剪|倒放|旋转|剪切")
_GOAL = re.compile(
    rf"(?:如果|若|如)?(?:您|你)?(?:要|想要|想|需要|需|若要)(?P<goal>{_EDIT_VERB}[^，。；]{{1,20}})$"
)
_SLIDER = re.compile(r"(?P<n>[\u4e00-\u9fff]{2,6}?)的?滑[块杆动条]+$")
_TOLD = re.compile("(?:修改|更改|调整|设置|编辑|删除|剪切)(?:才|将|会|已|后|就|便|即|也)")
"""Of an edit something is told: 修改才会生效."""
_THING = re.compile(
    "片段|标题|文字|文本|音乐|音轨|音频|轨道|字幕|图片|照片|视频|转场|图层|素材|镜头|片头|片尾|开头|结尾|水印|贴纸|特效|滤镜"
    "|场景|它|[Ll]ogo|" + QUOTE
)
_FACT = re.compile(rf"(?<![A-Za-z])\d|{QUOTE}")
_FILES = re.compile(r"(?:您的|你的|本地的?|新的?)*(?:视频|素材|媒体|音频|图片)?(?:文件|素材|视频)$")
_DROP_ZONE = re.compile("媒体库|素材库|上传区|窗口|页面|这里|此处|编辑器|面板|界面|时间线|时间轴|区域")
_SPOT = re.compile(
    r"\d|[前后头尾端首末]|开[头始]|结尾|中间|时间线|时间轴|轨道|片段|位置|处|上方|下方|左|右|顶部|底部|画面|标题"
)

_KINDS = (
    ("export", re.compile(r"导出|下载|渲染|分享|输出|保存视频|export|download|share|render", re.IGNORECASE)),
    ("undo", re.compile(r"撤销|undo|回退", re.IGNORECASE)),
    ("upload", re.compile(r"上传|导入|添加素材|添加文件|添加媒体|upload|import", re.IGNORECASE)),
    ("save", re.compile(r"保存(?:项目|草稿)?|save", re.IGNORECASE)),
    ("play", re.compile(r"播放|预览|play|preview", re.IGNORECASE)),
    ("runs", re.compile(r"历史(?:记录)?|history", re.IGNORECASE)),
    ("credits", re.compile(r"账户|账号|账单|积分|个人中心|充值|升级|account|billing", re.IGNORECASE)),
)


def edit(words: str) -> Step | None:
    """The edit that a clause behind an opened panel asks for."""
    return Step("edit", words) if re.match(_EDIT_VERB, words) and not _TOLD.match(words) else None


def goal(words: str) -> str:
    """The edit that 要… in front of an instruction names, "" for none."""
    found = _GOAL.match(words)
    return found["goal"] if found else ""


def read(words: str, known: Known) -> tuple[Step, str] | None:
    """The step that a clause without its frame asks for and the words behind it; None if it is none."""
    if known.about and (chosen := _CHOSEN.fullmatch(words)):
        label = known.inside.get(chosen[1], chosen[1])
        return (Step("edit", label + known.about), "") if _ITEMS.fullmatch(label) else None
    for pattern, made in _READERS:
        m = pattern.match(words)
        if m and (step := made(m, known)):
            return step, _tail(m) if step.kind not in ("edit", "save", "drop") else ""
    return None


def _tail(m: re.Match[str]) -> str:
    """What stays behind the step: 即可, and what a purpose tells of what is there."""
    given = m.groupdict()
    purpose = given.get("purpose") or ""
    so = (given.get("so") or "").replace("就能", "即可")
    return so + (f"，{purpose}" if _FACT.search(purpose) else "")


def stands_for(name: str) -> str:
    """The kind of step that a button of this name comes to, "" for none."""
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(name)), "")


def _name(m: re.Match[str], known: Known) -> str:
    name = re.split(r"\s*[>→]\s*", m["name"] or "")[-1].strip()
    return known.inside.get(name, name)


def _edits(m: re.Match[str]) -> str:
    words = m["purpose"] or ""
    return words if re.match(_EDIT_VERB, words) else ""


def _clicked(m: re.Match[str], known: Known) -> Step | None:
    name, noun = _name(m, known), m["noun"] or ""
    quoted = name != (m["name"] or "").strip()
    kind = stands_for(name)
    presses = m["verb"] not in ("使用", "用", "找到", "选择", "选中")
    if not noun and not (presses and (quoted or kind)):
        return None
    if not presses and not (kind or _edits(m) or (quoted and noun)):
        return None
    if name in ("重做", "Redo"):
        return Step("edit", "重做")
    if kind:
        looked = _LOOKS.match(m["purpose"] or "") if kind == "play" else None
        return _looked(looked, known) if looked else Step(kind)
    if (words := _edits(m)) and not SETTLED.match(name):
        return Step("edit", words)
    return Step("tracks") if re.fullmatch(_PANEL, noun) else Step("drop")


def _opened(m: re.Match[str], known: Known) -> Step | None:
    name = _name(m, known)
    return (
        Step(stands_for(re.sub(f"{_PANEL}$", "", name)) or "tracks")
        if re.search(f"{_PANEL}$", name)
        else None
    )


def _gone(m: re.Match[str], known: Known) -> Step | None:
    name, noun = _name(m, known), m["noun"]
    if noun in ("时间线", "时间轴"):
        return Step("timeline") if not name or name in ("视频", "主") else None
    if noun == "预览窗口":
        return Step("play")
    if kind := stands_for(name):
        return Step(kind)
    if noun == "页面" or (noun in ("窗口", "界面") and not name):
        return None
    words = _edits(m)
    return Step("edit", words) if words else Step("tracks")


def _looked(m: re.Match[str], _: Known) -> Step:
    return Step("timeline" if m["where"].startswith("时间") else "play")


def _keyed(m: re.Match[str], known: Known) -> Step | None:
    keys = known.inside.get(m["keys"], m["keys"]).strip().lower()
    last = keys[-1]
    if keys.startswith("空格"):
        return Step("play")
    if keys[:1] in "回删":
        return Step("drop")
    if not re.match("ctrl|cmd|command|⌘|shift|control", keys):
        return None
    if last == "z" and "shift" not in keys:
        return Step("undo")
    return Step("save") if last == "s" else Step("edit", "重做") if last in "zy" else Step("drop")


def _dragged(m: re.Match[str], _: Known) -> Step | None:
    what, where = (m["what"] or m["what2"]).strip(), m["where"].strip()
    bare = re.sub("从[^，]*?(?:面板|媒体库|素材库|菜单)(?:中|里)?", "", what)
    what, verb = bare, "移到" if bare == what else "加到"
    if _FILES.match(what) and _DROP_ZONE.search(where):
        return Step("upload")
    if what == "播放头":
        return Step("drop", alone=False)
    if slider := _SLIDER.search(what):
        return Step("edit", f"把{slider['n'].removeprefix('把')}调到{m['where']}")
    placed = _SPOT.search(where) and _THING.search(what)
    return Step("edit", f"把{what}{verb}{m['where'].rstrip()}") if placed else None


def _panelled(m: re.Match[str], _: Known) -> Step:
    return Step("edit", m["purpose"]) if re.match(_EDIT_VERB, m["purpose"]) else Step("tracks")


def _picked(m: re.Match[str], _: Known) -> Step | None:
    what, purpose = m["what"], m["purpose"] or ""
    if purpose:
        return Step(
            "edit",
            purpose + what
            if purpose in ("修改", "编辑", "调整", "删除")
            else purpose.replace("编辑", "修改", 1),
        )
    return Step("drop", about=what, alone=bool(m["place"]))


def _edged(m: re.Match[str], _: Known) -> Step:
    return Step(
        "edit",
        f"{m['purpose']}{m['of']}" if m["purpose"] in ("裁剪", "修剪", "缩短", "延长") else m["purpose"],
    )


_READERS = (
    (_ACCOUNT, lambda _, __: Step("credits")),
    (_KEYS, _keyed),
    (_LOOKS, _looked),
    (_PANELLED, _panelled),
    (_SLIDES, lambda m, _: Step("edit", m["purpose"])),
    (_GOES, _gone),
    (_OPENS, _opened),
    (_BARE, lambda _, __: Step("export")),
    (_CLICKS, _clicked),
    (_DRAGS, _dragged),
    (_EDGES, _edged),
    (_PICKS, _picked),
)
