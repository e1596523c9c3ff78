"""What is said of an upload: what goes on, which files arrived, and why others did not."""

__all__ = ["ROWS"]

ROWS = {
    "upload.uploading": ("uploading", "上传中"),
    "upload.finding out": ("finding out what arrived", "查明哪些文件到了"),
    "upload.finding out one": ("finding out whether it arrived", "查明是否到了"),
    "upload.session has it": ("finding out whether the session has it", "查明会话里是否有它"),
    "upload.fetching": ("the server is fetching it", "服务器正在下载"),
    "upload.checking": ("checking", "检查中"),
    "upload.before it": ("waiting for the file before it", "等待前一个文件"),
    "upload.uploaded": ("Uploaded {name} · {media}", "已上传 {name} · {media}"),
    "upload.no name": ("There is a name with nothing in it.", "有一个名称是空的。"),
    "upload.name one": ("Name a file or a link: clip.mp4.", "请给出文件或链接：clip.mp4。"),
    "upload.nothing": ("There is nothing to upload.", "没有要上传的文件。"),
    "upload.name one magic": (
        "Name a file or a link: `%nemo upload clip.mp4`.",
        "请给出文件或链接：`%nemo upload clip.mp4`。",
    ),
    "upload.which": ("Which file?", "哪个文件？"),
    "upload.name it": ("Name it: `%nemo upload clip.mp4`.", "请写上文件名：`%nemo upload clip.mp4`。"),
    "upload.left out": (
        "Left out, since it is no media: {names}.",
        "不是媒体文件，已略过：{names}。",
    ),
    "upload.to new session": (
        "Upload your clips again: they go to the new session.",
        "请重新上传片段：它们会进入新的会话。",
    ),
    "upload.not there": ("{name} did not arrive: {why}", "{name} 没有到：{why}"),
    "upload.again": ("Upload it again.", "请重新上传。"),
    "upload.other": (
        "{name} may have arrived as {other}: the state shows that since.",
        "{name} 可能以 {other} 的名称到了：状态里后来出现了它。",
    ),
    "upload.other why": (
        "{name} may have arrived as {other}: the state shows that since. {why}",
        "{name} 可能以 {other} 的名称到了：状态里后来出现了它。{why}",
    ),
    "upload.look": (
        "`%nemo status` shows what there is; upload it again only if it is another one.",
        "`%nemo status` 查看现状；只有那是别的文件时才重新上传。",
    ),
    "upload.later": (
        "`%nemo status` shows when it is there; if it stays away, upload it again.",
        "`%nemo status` 可以看到它何时到；如果一直没有，请重新上传。",
    ),
    "upload.not shown": (
        "{name} was sent, but the session does not show it: {why}.",
        "{name} 已发送，但会话里没有显示：{why}。",
    ),
    "upload.took but": (
        "The server says that it took {name}, but does not show it.",
        "服务器说收到了 {name}，但没有显示它。",
    ),
    "upload.unreadable": (
        "Whether {name} arrived can't be found out now: the state can't be read.",
        "现在无法查明 {name} 是否到了：读不到状态。",
    ),
    "upload.unknown": (
        "Whether {name} arrived can't be found out now: {why}",
        "现在无法查明 {name} 是否到了：{why}",
    ),
    "upload.one missing": (
        "{count} of {all} was not uploaded: {line}",
        "{all} 个文件中有 {count} 个没有上传：{line}",
    ),
    "upload.missing": ("{count} of {all} were not uploaded:", "{all} 个文件中有 {count} 个没有上传："),
    "upload.doubtful": (
        "{count} of {all} are not there, or nobody knows whether they are:",
        "{all} 个文件中有 {count} 个不在，或无法确定是否在：",
    ),
    "upload.one doubtful": (
        "{count} of {all} is not there, or nobody knows whether it is: {line}",
        "{all} 个文件中有 {count} 个不在，或无法确定是否在：{line}",
    ),
    "upload.about": ("{name}: {told}", "{name}：{told}"),
    "upload.is there": ("{names} is uploaded: don't send it again.", "{names} 已经上传，不用再传。"),
    "upload.are there": ("{names} are uploaded: don't send them again.", "{names} 已经上传，不用再传。"),
    "upload.is there, one": (
        "{names} is uploaded: don't send it again; `%nemo again` sends only the other one.",
        "{names} 已经上传，不用再传；`%nemo again` 只传另一个。",
    ),
    "upload.are there, one": (
        "{names} are uploaded: don't send them again; `%nemo again` sends only the other one.",
        "{names} 已经上传，不用再传；`%nemo again` 只传另一个。",
    ),
    "upload.is there, some": (
        "{names} is uploaded: don't send it again; `%nemo again` sends only the others.",
        "{names} 已经上传，不用再传；`%nemo again` 只传其余的。",
    ),
    "upload.are there, some": (
        "{names} are uploaded: don't send them again; `%nemo again` sends only the others.",
        "{names} 已经上传，不用再传；`%nemo again` 只传其余的。",
    ),
    "upload.changed since": ("{name} has changed since.", "{name} 之后被改动过。"),
    "upload.by itself": ("Upload it by itself, as it is now.", "请单独上传现在的文件。"),
    "upload.gone since": ("{name} is not there any more.", "{name} 已经不在了。"),
    "upload.cancelled": (
        "Cancelled: {count} of {all} files were uploaded before.",
        "已取消：之前上传了 {all} 个文件中的 {count} 个。",
    ),
    "upload.may arrive": (
        " {names} had left as a whole and may arrive all the same: `%nemo tracks` shows it.",
        "{names} 已经全部发出，可能仍会到：`%nemo tracks` 可以看到。",
    ),
    "upload.late": ("{names} was uploaded before the stop arrived.", "停止之前 {names} 已经上传。"),
    "upload.late all": ("Everything was uploaded before the stop arrived.", "停止之前已经全部上传。"),
    "upload.under way": ("An upload is still under way.", "还有文件正在上传。"),
    "upload.signature lost": (
        "{names} did not arrive, and what signs its link is kept nowhere.",
        "{names} 没有到，而链接的签名没有保存。",
    ),
    "upload.whole link": (
        "Upload it again, with the whole link: `%nemo upload LINK`",
        "请用完整的链接重新上传：`%nemo upload LINK`",
    ),
    "sent.fetched or not": (
        "The server may have fetched it or not: {why}",
        "无法知道服务器是否下载了它：{why}",
    ),
    "sent.may not": ("{name} may not have arrived: {why}", "{name} 可能没有到：{why}"),
    "sent.taken": ("Taken: {names}.", "已接收：{names}。"),
    "sent.files": ("{count} files", "{count} 个文件"),
    "sent.a file": ("A file", "一个文件"),
    "sent.lists none": ("the server's answer lists no file.", "服务器的回答没有列出文件。"),
    "sent.lists none, shows none": (
        "the server's answer lists no file, and its session shows none.",
        "服务器的回答没有列出文件，会话里也没有。",
    ),
    "sent.names none": (
        "The server took the upload of {name}, but names no file in its answer.",
        "服务器接收了 {name}，但回答里没有文件名。",
    ),
    "sent.not taken": ("{name} was not taken: {why}", "没有接收 {name}：{why}"),
    "sent.no reason": ("the server does not say why.", "服务器没有说明原因。"),
    "sent.anew": (
        "Does another program open it? Then save it anew from there, and upload that.",
        "别的程序能打开它吗？请从那里重新保存，再上传。",
    ),
    "sent.link": (
        "A link has to lead straight to a media file: try it in a browser.",
        "链接必须直接指向媒体文件：请在浏览器里试试。",
    ),
    "names.and": ("{names} and {last}", "{names}和 {last}"),
    "names.comma": (", ", "、"),
    "names.more": ("{count} more", "另外 {count} 个"),
}
