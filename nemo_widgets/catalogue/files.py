"""What is said of files and folders of this machine."""

__all__ = ["ROWS"]

ROWS = {
    "file.folder": ("{path} is a folder.", "{path} 是文件夹。"),
    "file.all in it": ("All that is in it: {path}/*", "其中的全部文件：{path}/*"),
    "file.in it": ("Name a file in it.", "请给出其中的一个文件。"),
    "file.ordinary": ("{path} is not an ordinary file.", "{path} 不是普通文件。"),
    "file.unfit": ("{name} {why}.", "{name} {why}。"),
    "file.rename": ("Rename it, then upload it.", "请改名后再上传。"),
    "file.control character": (
        "has a line end or another control character in its name",
        "的名称里有换行或其他控制字符",
    ),
    "file.backslash": ("has a backslash in its name", "的名称里有反斜杠"),
    "file.escaped": (
        "has %22, %0A or %0D in its name, which servers may read as something else",
        "的名称里有 %22、%0A 或 %0D，服务器可能会读成别的",
    ),
    "file.not utf8": ("has a name that is not UTF-8", "的名称不是 UTF-8"),
    "file.long name": ("has a name of {bytes} bytes, over {most}", "的名称有 {bytes} 字节，超过 {most}"),
    "file.type": ("{name} is of no supported type.", "{name} 不是支持的类型。"),
    "file.empty": ("{name} is empty.", "{name} 是空的。"),
    "file.whole": ("Was it copied or downloaded to its end?", "它复制或下载完了吗？"),
    "file.size": ("{name} has {size} MB.", "{name} 有 {size} MB。"),
    "file.missing": ("There is no file {path}.", "没有文件 {path}。"),
    "file.unreadable": ("{name} can't be read: {why}.", "无法读取 {name}：{why}。"),
    "file.invalid name": ("its name is not valid", "名称无效"),
    "file.refused": ("the system refuses", "系统拒绝"),
    "file.holds": ("{name} is named {suffix} but holds {what}.", "{name} 叫 {suffix}，内容却是{what}。"),
    "file.web page": ("a web page", "网页"),
    "file.as subtitles": (
        "To use it as subtitles, rename it to {ending}.",
        "要当作字幕使用，请把它改名为 {ending}。",
    ),
    "file.unread": ("{name} is {what}, which is not read.", "{name} 是{what}，无法读取。"),
    "file.text without times": (
        "{name} is of no supported type: there is text in it, without times of subtitles.",
        "{name} 不是支持的类型：里面是文字，没有字幕的时间。",
    ),
    "file.archive": ("an archive", "压缩包"),
    "file.program": ("a program", "程序"),
    "file.text": ("text", "文字"),
    "file.page saved": (
        "The page was saved instead of the file: download the file itself.",
        "保存的是网页而不是文件：请下载文件本身。",
    ),
    "file.studio reads": ("The studio reads {types}.", "工作室能读取 {types}。"),
    "file.studio reads video": (
        "Videos that the studio reads: {types}.",
        "工作室能读取的视频：{types}。",
    ),
    "file.studio reads image": (
        "Pictures that the studio reads: {types}.",
        "工作室能读取的图片：{types}。",
    ),
    "file.studio reads audio": (
        "Sounds that the studio reads: {types}.",
        "工作室能读取的声音：{types}。",
    ),
    "file.studio reads text": (
        "Subtitles that the studio reads: {types}.",
        "工作室能读取的字幕：{types}。",
    ),
    "file.elsewhere": ("Is it in another folder?", "它在别的文件夹里吗？"),
    "file.no folder either": ("There is no folder {folder}, either.", "文件夹 {folder} 也不存在。"),
    "file.braces": (
        "Between braces stands a variable's name and nothing else: give what you mean a name first.",
        "大括号里只能写变量名：请先给它一个名字。",
    ),
    "file.no folder": ("There is no folder {folder}.", "没有文件夹 {folder}。"),
    "file.make it": ("Make it first, or name another one.", "请先新建它，或者换一个。"),
    "file.unwritable": ("{path} can't be written: {why}.", "无法写入 {path}：{why}。"),
    "file.read only": ("the folder may only be read", "文件夹是只读的"),
    "file.another folder": ("Name another folder.", "请换一个文件夹。"),
    "file.no fit": ("No file fits {pattern}.", "没有文件符合 {pattern}。"),
    "file.no media fit": (
        "{pattern} fits no video, picture, sound or subtitles.",
        "{pattern} 没有匹配到视频、图片、声音或字幕。",
    ),
    "file.fits": ("What it fits: {names}.", "它匹配到：{names}。"),
    "file.working folder": (
        "The folder that this kernel works in is not there any more.",
        "这个内核所在的文件夹已经不在了。",
    ),
    "file.cd": ("Choose another one: `%cd ~`.", "请换一个：`%cd ~`。"),
    "changing.told": (
        "{name} {how} while it was sent, so the upload was broken off.",
        "{name} 在发送时{how}，因此上传中断了。",
    ),
    "changing.vanished": ("vanished", "消失了"),
    "changing.shorter": ("became shorter", "变短了"),
    "changing.longer": ("grew", "变长了"),
    "changing.changed": ("changed", "被改动了"),
    "changing.replaced": ("was replaced by another file", "被换成了另一个文件"),
    "changing.hint": (
        "Upload it again once whatever writes it is done.",
        "请等写入它的程序结束后再上传。",
    ),
    "file.link": ("{link} is not a web address.", "{link} 不是网址。"),
    "file.link begins": ("A link begins with https:// or http://.", "链接以 https:// 或 http:// 开头。"),
}
