"""What is said of an edit: what goes on, what became of it, and what to do about it."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

__all__ = ["ROWS"]

ROWS = {
    # What goes on.
    "edit.listening": ("listening for pauses", "查找停顿"),
    "edit.cutting": ("cutting", "剪切"),
    "edit.transitions": ("placing transitions", "添加转场"),
    "edit.music": ("mixing music", "混入音乐"),
    "edit.level": ("setting the music's level", "调整音乐音量"),
    "edit.title": ("setting the title", "制作标题"),
    "edit.thinking": ("thinking", "思考中"),
    "edit.finding out": ("finding out what became of the edit", "查明剪辑的结果"),
    "edit.finding out of": ("finding out what became of {id}", "查明 {id} 的结果"),
    "edit.finding out made": ("{why} Finding out whether the edit was made", "{why}正在查明剪辑是否完成"),
    "edit.reading after": ("{why} Reading the timeline", "{why}正在读取时间线"),
    "edit.waits for one": (
        "waiting for the message before it; Cancel withdraws it",
        "等待前一条消息；点“取消”可以撤回",
    ),
    "edit.waits for": (
        "waiting for {count} messages before it; Cancel withdraws it",
        "等待前面 {count} 条消息；点“取消”可以撤回",
    ),
    "edit.not yet sent": (
        "Nothing is sent yet: the one before may still be at work. {told}",
        "还没有发送：前一次可能还在进行。{told}",
    ),
    "edit.not sent again": ("It is not sent again. {told}", "不会重复发送。{told}"),
    "edit.read in": (
        "The timeline is read in {seconds:g} s ({number} of {count}).",
        "{seconds:g} 秒后读取时间线（第 {number} 次，共 {count} 次）。",
    ),
    "edit.still working": ("Still working…", "仍在进行…"),
    "look.at heard": ("Listening to {name}", "正在听 {name}"),
    "look.at seen": ("Looking at {name}", "正在看 {name}"),
    "look.heard of": ("{done} of {whole} heard", "已听 {done} / {whole}"),
    "look.seen of": ("{done} of {whole} seen", "已看 {done} / {whole}"),
    "look.heard through": ("{whole} heard", "已听完 {whole}"),
    "look.seen through": ("{whole} seen", "已看完 {whole}"),
    # What became of it.
    "edit.made": ("{why}; the edit was made all the same.", "{why}；剪辑仍然完成了。"),
    "edit.made by it": (
        "{why}; the timeline has changed since, it seems by this edit.",
        "{why}；之后时间线有变化，看来是这次剪辑做的。",
    ),
    "edit.broke off": ("The connection broke off", "连接中断了"),
    "edit.kernel stopped": ("Its kernel stopped", "它的内核停止了"),
    "edit.shortened": (
        "A link below is shown without its signature, so that it may not open.",
        "下面有一个链接没有显示签名，因此可能打不开。",
    ),
    "edit.unread": (
        "The timeline could not be read afterwards; `%nemo timeline` shows it.",
        "之后没能读到时间线；`%nemo timeline` 可以查看。",
    ),
    "edit.silent": ("The agent made the edit without a word. {what}", "助手没有说话就完成了剪辑。{what}"),
    "edit.what changed": ("What changed:", "变化如下："),
    "edit.after": ("{first} {then}", "{first}{then}"),
    "edit.ended silent": ("The agent ended without a word.", "助手没有说话就结束了。"),
    "edit.not understood": (
        "The server sent something that is not understood: `run.stream` shows it as it came.",
        "服务器发来的内容无法理解：`run.stream` 可以看到原文。",
    ),
    "edit.nothing changed": ("Nothing changed.", "没有变化。"),
    "edit.first the clip": ("**First, the clip:**", "**先是片段：**"),
    "edit.then added": ("**Then, added by the agent:**", "**然后助手加上了：**"),
    "edit.tool failed": ("A tool of the agent's failed: {why}", "助手的一个工具失败了：{why}"),
    "edit.too long": (
        "… (The answer has {count:,} characters. The first {most:,} are shown.)",
        "…（回答共 {count:,} 个字符，只显示前 {most:,} 个。）",
    ),
    "edit.shows only now": (
        "The timeline shows what {id} changed only now: {told}",
        "时间线现在才显示 {id} 的改动：{told}",
    ),
    "edit.made late": ("It was made after all.", "其实完成了。"),
    "edit.made after all": ("{id} was made after all: {told}", "{id} 其实完成了：{told}"),
    # How it failed.
    "edit.says no": ("The agent says that it was not done.", "助手说没有做。"),
    "edit.not made": (
        "{why} The edit was not made, and nothing was changed.",
        "{why}剪辑没有完成，没有任何改动。",
    ),
    "edit.unknown": (
        "{why} Whether the edit was made can't be found out now.",
        "{why}现在无法查明剪辑是否完成。",
    ),
    "edit.beside": (
        "{why} The timeline is as it was, but {beside}.",
        "{why}时间线没有变化，但是{beside}。",
    ),
    "edit.beside hint": (
        "Is that what you wanted? `%nemo attach` looks again, `%nemo again --anyway` sends it again.",
        "这是您想要的吗？`%nemo attach` 再查一次，`%nemo again --anyway` 重新发送。",
    ),
    "edit.agent failed": ("The agent failed.", "助手出错了。"),
    "edit.at work": ("The agent said no more than that it is at work.", "助手只说正在处理。"),
    "edit.no end": ("The answer stopped in the middle.", "回答说到一半就停了。"),
    "edit.error changed": (
        "The timeline changed all the same: {changed} `%nemo undo` takes that back.",
        "时间线仍然变了：{changed} `%nemo undo` 可以撤销。",
    ),
    "edit.error touched": (
        "Whether it changed anything can't be told; `%nemo timeline` shows what there is.",
        "无法判断有没有改动；`%nemo timeline` 可以查看现状。",
    ),
    "edit.error beside": (
        "The timeline is as it was, but {beside}. Is that what you wanted?",
        "时间线没有变化，但是{beside}。这是您想要的吗？",
    ),
    "edit.error unchanged": (
        "Nothing was changed. Say it in smaller steps, or `%nemo again`.",
        "没有任何改动。请分成更小的步骤，或者 `%nemo again`。",
    ),
    "edit.error unreadable": (
        "Whether the timeline changed can't be found out now; `%nemo attach` looks again.",
        "现在无法查明时间线有没有变；`%nemo attach` 再查一次。",
    ),
    "edit.unchanged": ("Nothing was changed.", "没有任何改动。"),
    "edit.unchanged again": (
        "Nothing was changed: `%nemo again` says it again.",
        "没有任何改动：`%nemo again` 可以再说一次。",
    ),
    "edit.as it was": ("The timeline is as it was.", "时间线没有变化。"),
    "edit.not sent": (
        "The edit was not sent before its kernel stopped. Nothing was changed.",
        "内核停止之前剪辑还没有发送。没有任何改动。",
    ),
    "edit.question closed": (
        "That question is closed: the conversation went on with “{request}”. Nothing was sent.",
        "那个问题已经过去了：之后说的是“{request}”。没有发送任何内容。",
    ),
    "edit.question closed asked": (
        "That question is closed: the conversation went on with “{request}”. The agent has asked something else. Nothing was sent.",
        "那个问题已经过去了：之后说的是“{request}”，助手又问了别的。没有发送任何内容。",
    ),
    "edit.newest question": (
        "`%nemo answer` answers the newest question.",
        "`%nemo answer` 回答最新的问题。",
    ),
    # What a stop has come to.
    "edit.cancelled unsent": (
        "Cancelled before it was sent: nothing was changed.",
        "发送之前已取消：没有任何改动。",
    ),
    "edit.made before stop": (
        "The edit had been made before the stop arrived; `%nemo undo` takes it back.",
        "停止之前剪辑已经完成；`%nemo undo` 可以撤销。",
    ),
    "edit.cancelled": ("Cancelled: nothing was changed.", "已取消：没有任何改动。"),
    "edit.stopped waiting": (
        "Stopped waiting; `%nemo attach {id}` finds out whether the edit was made.",
        "不再等待；`%nemo attach {id}` 可以查明剪辑是否完成。",
    ),
    "edit.stopped cloud": (
        "Stopped waiting. An edit that the cloud accepted goes on there and is paid for; `%nemo attach {id}` finds out what became of it.",
        "不再等待。云端已接受的剪辑会继续进行并计费；`%nemo attach {id}` 可以查明结果。",
    ),
    "edit.answered before stop": (
        "The answer was there before the stop arrived, and nothing was changed.",
        "停止之前回答已经到了，没有任何改动。",
    ),
    "edit.wait stopped": ("The wait for the answer was stopped.", "对回答的等待被停止了。"),
    "edit.kernel stopped before": (
        "The kernel stopped before the answer was there.",
        "回答到来之前内核停止了。",
    ),
    # Beside the timeline.
    "beside.canvas": ("the canvas is now {size}", "画布现在是 {size}"),
    "beside.canvas changed": ("the canvas has changed", "画布变了"),
    "beside.generated": ("something was generated", "生成了一些内容"),
    "beside.one clip": ("1 clip was generated", "生成了 1 个片段"),
    "beside.clips": ("{count} clips were generated", "生成了 {count} 个片段"),
    "beside.one file": ("1 file was generated", "生成了 1 个文件"),
    "beside.files": ("{count} files were generated", "生成了 {count} 个文件"),
    "beside.and": ("{first} and {then}", "{first}，{then}"),
    # The session that an edit is made in.
    "session.gone": (
        "The server no longer knew the session, so a new one was made; its timeline is empty.",
        "服务器已经不认识这个会话，因此新建了一个；它的时间线是空的。",
    ),
    "session.gone unsent": ("{gone} Nothing was sent.", "{gone}没有发送任何内容。"),
    "session.gone undone": ("{gone} Nothing was done.", "{gone}什么也没有做。"),
    "session.gone unloaded": ("{gone} Nothing is uploaded to it.", "{gone}还没有上传任何文件。"),
    "session.upload, then say": (
        "Upload your clips again, then say it again.",
        "请重新上传片段，然后再说一次。",
    ),
    "session.no address": (
        "The server knows no such address (HTTP 404), though the session is there. Nothing was done.",
        "会话还在，但服务器不认识这个地址（HTTP 404）。什么也没有做。",
    ),
    "session.try address": (
        "Is the address right, and does nothing stand between you and the server? Then say it again.",
        "地址正确吗？您和服务器之间有没有别的东西？确认之后请再说一次。",
    ),
    "session.more": (" And {count} more.", " 另有 {count} 处。"),
    "session.arrived": (
        "What was cancelled had arrived all the same: {told}",
        "取消的文件仍然到了：{told}",
    ),
    "stale.no timeline": (
        "The server shows no timeline now, where there was one. Nothing was sent.",
        "服务器现在不显示原有的时间线。没有发送任何内容。",
    ),
    "stale.unsent": ("{made} Nothing was sent.", "{made} 没有发送任何内容。"),
    "stale.changed": (
        "The timeline has changed since you last saw it: {told} Nothing was sent.",
        "您上次看过之后时间线有了变化：{told} 没有发送任何内容。",
    ),
    "stale.overtaken": (
        "The timeline was changed elsewhere just then: {told} Your message did nothing.",
        "时间线刚好在别处被改动：{told} 您的消息没有起作用。",
    ),
    "stale.as seen": ("It is as you last saw it again.", "现在又和您上次看到的一样。"),
    # `again`.
    "again.was made": (
        "{id} was made after all: {told} Nothing was sent.",
        "{id} 其实完成了：{told} 没有发送任何内容。",
    ),
    "again.was made in part": (
        "{id} ended with an error, but changed the timeline: {told} Nothing was sent.",
        "{id} 以错误结束，但改动了时间线：{told} 没有发送任何内容。",
    ),
    "again.wanted": (
        "Is that what you wanted? `%nemo undo` takes it back, `%nemo again --anyway` sends it again.",
        "这是您想要的吗？`%nemo undo` 撤销它，`%nemo again --anyway` 重新发送。",
    ),
    "again.unknown": (
        "What became of {id} can't be found out now. Nothing was sent.",
        "现在无法查明 {id} 的结果。没有发送任何内容。",
    ),
    "again.unknown beside": (
        "What became of {id} can't be found out now. The timeline is as it was, but {beside}. Nothing was sent.",
        "现在无法查明 {id} 的结果。时间线没有变化，但是{beside}。没有发送任何内容。",
    ),
    "again.looks": ("`%nemo again` looks once more.", "`%nemo again` 再查一次。"),
    "again.shows": (
        "`%nemo timeline` shows what there is; `%nemo again --anyway` sends it again.",
        "`%nemo timeline` 查看现状；`%nemo again --anyway` 重新发送。",
    ),
    "again.none": ("There is no edit to send again.", "没有可以重新发送的剪辑。"),
    "again.all there": ("All that was to be uploaded is there.", "要上传的都已经到了。"),
    "again.say": ("Say what to do: `%nemo edit …`", "请说要做什么：`%nemo edit …`"),
    "again.under way": ("The last edit, “{request}”, is still under way.", "上一次剪辑“{request}”还在进行。"),
    "again.refused": (
        "The last edit, “{request}”, was refused.",
        "上一次剪辑“{request}”被拒绝了。",
    ),
    "again.asked": (
        "The last edit, “{request}”, was answered with a question.",
        "对上一次剪辑“{request}”，助手反问了。",
    ),
    "again.unchanged": (
        "The last edit, “{request}”, was answered, and changed nothing.",
        "上一次剪辑“{request}”得到了回答，没有任何改动。",
    ),
    "again.last made": ("The last edit, “{request}”, was made.", "上一次剪辑“{request}”已经完成。"),
    "again.otherwise": ("Say it otherwise. {anyway}", "请换个说法。{anyway}"),
    "again.answer": ("Answer it. {anyway}", "请先回答。{anyway}"),
    "again.anyway": (
        "To send it all the same: `%nemo again --anyway`",
        "仍要发送：`%nemo again --anyway`",
    ),
    "again.missing": (
        "{anyway}. What did not arrive before it: {names}",
        "{anyway}。此前没有到的文件：{names}",
    ),
    "again.wait": ("Wait for it, or stop it: `%nemo cancel`", "请等它结束，或者停止它：`%nemo cancel`"),
}
