"""What errors say of servers and connections, and what to do about each kind of error."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

__all__ = ["ROWS"]

ROWS = {
    # What to do, by the kind of error, where nothing better is known.
    "hint.ConnectError": (
        "Is the address right and the server running? `%nemo connect --local` needs no server.",
        "地址正确吗？服务器在运行吗？`%nemo connect --local` 不需要服务器。",
    ),
    "hint.StreamDropped": (
        "Look at `%nemo tracks` before you send the instruction again: it may have been carried out.",
        "重新发送之前请先看 `%nemo tracks`：指令可能已经执行。",
    ),
    "hint.NotDone": (
        "Send it again if you still want it: `%nemo again`.",
        "如果仍然需要，请重新发送：`%nemo again`。",
    ),
    "hint.OutcomeUnknown": (
        "`%nemo attach` looks again; don't send it again before you know.",
        "`%nemo attach` 再查一次；查明之前请不要重新发送。",
    ),
    "hint.TimedOut": (
        "Look at `%nemo tracks`: the work may have been done all the same.",
        "请看 `%nemo tracks`：可能已经完成。",
    ),
    "hint.NotAccepted": ("It can be sent again.", "可以重新发送。"),
    "hint.UploadUnknown": (
        "Look at `%nemo tracks`, then upload it again if it is not there.",
        "请看 `%nemo tracks`，如果没有再重新上传。",
    ),
    "hint.RenderUnknown": (
        "`%nemo attach` looks again; `%nemo export --anyway` makes another job, before you know.",
        "`%nemo attach` 再查一次；`%nemo export --anyway` 不等查明就另做一次。",
    ),
    "hint.ProtocolError": (
        "Is this really a NemoVideo server, and does nothing stand between you and it?",
        "这确实是 NemoVideo 服务器吗？您和它之间有没有别的东西？",
    ),
    "hint.EventTooLarge": (
        "Look at `%nemo tracks`: the work may have been done all the same.",
        "请看 `%nemo tracks`：可能已经完成。",
    ),
    "hint.AuthError": (
        "Connect again: `%nemo connect` asks for a new token.",
        "请重新连接：`%nemo connect` 会要一个新的令牌。",
    ),
    "hint.SessionNotFound": ("`%nemo connect` makes a new one.", "`%nemo connect` 会新建一个。"),
    "hint.NoCredits": ("Top up credits in your account.", "请在您的账户里充值积分。"),
    "hint.UnsupportedFile": ("Supported: {types}.", "支持：{types}。"),
    "hint.FileTooLarge": (
        "Compress or trim it first: 500 MB is the most that a file may have.",
        "请先压缩或剪短：文件最大 500 MB。",
    ),
    "hint.MissingClientId": (
        "Connect again: a client id is made and sent.",
        "请重新连接：会生成并发送客户端标识。",
    ),
    "hint.ExportBlocked": (
        "Register or upgrade your plan to unlock export.",
        "请注册或升级套餐以使用导出。",
    ),
    "hint.RateLimited": (
        "Wait half a minute, then try once more.",
        "请等半分钟，再试一次。",
    ),
    "hint.RenderFailed": (
        "`%nemo export` tries again; the draft is unchanged.",
        "`%nemo export` 可以再试；草稿没有变化。",
    ),
    "hint.RenderRefused": (
        "Nothing is rendered; put that right, then export again.",
        "没有渲染；请改正之后重新导出。",
    ),
    "hint.RenderGone": (
        "`%nemo export` makes a new one; the draft is unchanged.",
        "`%nemo export` 会新做一个；草稿没有变化。",
    ),
    "hint.AgentError": (
        "Look at `%nemo tracks`; try again, or say it in smaller steps.",
        "请看 `%nemo tracks`；再试一次，或者分成更小的步骤。",
    ),
    "hint.Refused": (
        "Say it in other words; `%nemo what` lists what can be said.",
        "请换个说法；`%nemo what` 列出可以说的话。",
    ),
    "hint.NothingToExport": (
        "Upload a clip first: `%nemo upload clip.mp4`.",
        "请先上传片段：`%nemo upload clip.mp4`。",
    ),
    "hint.StaleDraft": (
        "Look at it with `%nemo timeline`, then say it again: it is sent then.",
        "请用 `%nemo timeline` 看一下，然后再说一次：那时会发送。",
    ),
    "hint.JournalError": (
        "Set NEMO_JOURNAL to a folder that can be written, and connect again.",
        "请把 NEMO_JOURNAL 设为可写的文件夹，然后重新连接。",
    ),
    "hint.NotConnected": (
        "Run `%nemo connect --local` (your own machine) or `%nemo connect` (the cloud) first.",
        "请先运行 `%nemo connect --local`（本机）或 `%nemo connect`（云端）。",
    ),
    "hint.TableRefused": (
        "Nothing was changed; the error’s `rows` lists each row, column and reason.",
        "没有做任何改动；错误的 `rows` 列出每一行、列和原因。",
    ),
    "hint.UsageError": ("`%nemo help` shows what there is.", "`%nemo help` 列出所有命令。"),
    "refused.above": ("The agent's answer stands above.", "助手的回答在上面。"),
    "refused.asks": (
        "The agent asks back, as it stands above: click an answer, or `%nemo answer 1`.",
        "助手反问了（见上面）：请点一个回答，或者 `%nemo answer 1`。",
    ),
    # What a server answers (protocol §10).
    "server.token": ("The token is wrong or has expired.", "令牌不正确或已过期。"),
    "server.session": ("The server does not know this session.", "服务器不认识这个会话。"),
    "server.credits": ("There are no credits left.", "积分已经用完。"),
    "server.type": ("The server does not take this type of file.", "服务器不接受这种类型的文件。"),
    "server.size": ("The file is too large.", "文件太大。"),
    "server.plan": ("Export is not part of the present plan.", "当前套餐不包括导出。"),
    "server.rate": ("The server is asked too often.", "对服务器的请求太频繁。"),
    "server.client id": ("The server misses the client id.", "服务器没有收到客户端标识。"),
    "server.no job": ("The server does not know this render job.", "服务器不认识这个渲染任务。"),
    "server.no address": ("The server does not know this address.", "服务器不认识这个地址。"),
    "server.not taken": ("The server does not take this.", "服务器不接受这个。"),
    "server.other plan": ("This is not part of the present plan.", "当前套餐不包括这项。"),
    "server.other plan said": (
        "This is not part of the present plan: {said}",
        "当前套餐不包括这项：{said}",
    ),
    "server.upgrade": ("Register or upgrade your plan.", "请注册或升级套餐。"),
    "server.error": ("The server answered with an error{number}.", "服务器返回了错误{number}。"),
    "server.error said": (
        "The server answered with an error{number}: {said}",
        "服务器返回了错误{number}：{said}",
    ),
    "server.http": (" (HTTP {number})", "（HTTP {number}）"),
    "server.code": (" (code {number})", "（代码 {number}）"),
    "server.later": (
        "The fault is the server's: try again in a while.",
        "问题在服务器一方：请稍后再试。",
    ),
    "server.unstored": (
        "The studio can't keep anything at present; its log says why.",
        "工作室目前无法保存任何内容；原因见它的日志。",
    ),
    "server.anonymous": (
        "Connect again: a new anonymous token is asked for.",
        "请重新连接：会要一个新的匿名令牌。",
    ),
    "server.register": ("Register to go on: {address}", "请注册后继续：{address}"),
    "server.not json": ("The server's answer is not JSON.", "服务器的回答不是 JSON。"),
    "server.too much json": (
        "The server's answer is not JSON that can be read: {why}.",
        "服务器的回答不是可以读取的 JSON：{why}。",
    ),
    "server.promise": (
        "The server's answer does not hold what the protocol promises.",
        "服务器的回答缺少协议规定的内容。",
    ),
    "server.redirect": (
        "The server answered with a redirect{to} (HTTP {number}), which is not followed with a token.",
        "服务器要求转到别处{to}（HTTP {number}），带着令牌时不会跟随。",
    ),
    "server.redirect to": (" to {host}", "（{host}）"),
    "server.real address": (
        "Set NEMO_API_URL to the address that the server really has.",
        "请把 NEMO_API_URL 设为服务器真正的地址。",
    ),
    "server.no session id": ("The server made a session without an id.", "服务器新建的会话没有标识。"),
    "server.no stream": (
        "The server answered with {what} instead of a stream of events.",
        "服务器返回的是 {what}，不是事件流。",
    ),
    "server.nothing": ("nothing", "空内容"),
    "server.page": ("a page", "网页"),
    "server.page inside": (
        "A page came in the middle of the answer{words}.",
        "回答中间出现了网页{words}。",
    ),
    "server.quoted": (" ({words})", "（{words}）"),
    "server.too many words": (
        "The words of the answer have more than {most:,} characters.",
        "回答的文字超过 {most:,} 个字符。",
    ),
    "server.long message": (
        "A message has {most:,} characters at most, and this one has {count:,}. It was not sent.",
        "一条消息最多 {most:,} 个字符，这条有 {count:,} 个。没有发送。",
    ),
    "server.fewer words": (
        "Say it in fewer words, or in several messages.",
        "请说得短一些，或者分成几条消息。",
    ),
    "server.slow tokens": ("The server hands out tokens slowly.", "服务器发放令牌较慢。"),
    "server.no tokens": (
        "No more anonymous tokens for now: one for each client id, ten for each network, in 7 days.{when}",
        "暂时没有匿名令牌了：7 天内每个客户端一个，每个网络十个。{when}",
    ),
    "server.next token": (" The server gives the next one in {span}.", "服务器将在 {span}后再发。"),
    "span.day": ("{count} day", "{count} 天"),
    "span.days": ("{count} days", "{count} 天"),
    "span.hour": ("{count} hour", "{count} 小时"),
    "span.hours": ("{count} hours", "{count} 小时"),
    "span.minute": ("{count} minute", "{count} 分钟"),
    "span.minutes": ("{count} minutes", "{count} 分钟"),
    "server.own token": (
        "Set NEMO_TOKEN to a token of your account, or work locally: `%nemo connect --local`.",
        "请把 NEMO_TOKEN 设为您账户的令牌，或者在本机工作：`%nemo connect --local`。",
    ),
    "server.token elsewhere": (
        "NEMO_TOKEN is meant for {meant}: it was not sent to {address}.",
        "NEMO_TOKEN 是给 {meant} 的：没有发送到 {address}。",
    ),
    "server.token elsewhere hint": (
        "Give that server's own token as `token`. If NEMO_TOKEN is the one, set NEMO_API_URL to that address; to connect as somebody anonymous, unset NEMO_TOKEN.",
        "请用 `token` 给出那个服务器自己的令牌。如果 NEMO_TOKEN 就是它，请把 NEMO_API_URL 设为那个地址；要匿名连接，请取消 NEMO_TOKEN。",
    ),
    "server.token of environment": (
        "It came from NEMO_TOKEN: check it, or unset it and connect again as somebody anonymous.",
        "它来自 NEMO_TOKEN：请检查，或者取消它并匿名重新连接。",
    ),
    "server.token given": (
        "It came from the program, as `token`: check it, or leave it out and connect again.",
        "它来自程序的 `token`：请检查，或者去掉它并重新连接。",
    ),
    # Connections.
    "wire.silent": ("{where} does not answer{why}.", "{where} 没有回应{why}。"),
    "wire.unreachable": ("Can't reach {where}{why}.", "无法连接 {where}{why}。"),
    "wire.late": (
        "{where} took the request, but its answer did not come in time.",
        "{where} 接受了请求，但没有及时回答。",
    ),
    "wire.undecodable": ("The answer of {where} can't be decoded.", "无法解码 {where} 的回答。"),
    "wire.no http": ("What {where} answered is no HTTP.", "{where} 返回的不是 HTTP 回答。"),
    "wire.broke": ("The connection to {where} broke{why}.", "与 {where} 的连接中断了{why}。"),
    "wire.try again": (
        "Try again; if it stays so, is something between you and the server closing connections?",
        "请再试一次；如果一直如此，您和服务器之间是否有东西在关闭连接？",
    ),
    "wire.why": (" ({why})", "（{why}）"),
    "wire.certificate": (" (its certificate is not trusted: {why})", "（证书不受信任：{why}）"),
    "wire.unended": (
        "The answer of {where} did not come to its end in {time}.",
        "{where} 的回答在 {time}内没有结束。",
    ),
    "wire.dead": (
        "Not a byte came from {where} for {time}: the connection seems dead.",
        "{time}内没有收到 {where} 的任何内容：连接似乎已断。",
    ),
    "wire.too long": ("The answer did not end in {time}.", "回答在 {time}内没有结束。"),
    "wire.quiet": ("No answer came for {time}.", "{time}内没有回答。"),
    "wire.stream broke": ("The stream broke.", "事件流中断了。"),
    # Renders and downloads.
    "render.failed": ("The render failed: {why}", "渲染失败：{why}"),
    "render.no reason": ("the server gives no reason", "服务器没有说明原因"),
    "render.cancelled": ("The render was cancelled", "渲染被取消了"),
    "render.cancelled because": ("The render was cancelled: {why}", "渲染被取消了：{why}"),
    "render.draft unchanged": ("The draft is unchanged.", "草稿没有变化。"),
    "render.not done": (
        "The render is not done after {time}; it may go on.",
        "{time}后渲染还没有完成；它可能还在进行。",
    ),
    "render.look again": (
        "`%nemo runs` lists it, `%nemo attach` looks at it again.",
        "`%nemo runs` 会列出它，`%nemo attach` 再查一次。",
    ),
    "render.tells nothing": (
        "The server's answer tells nothing about the render.",
        "服务器的回答没有提到渲染。",
    ),
    "render.untold": ("The server does not tell about the job.", "服务器没有说明这个任务。"),
    "render.refused": ("The export was refused.", "导出被拒绝。"),
    "render.refused because": ("The export was refused: {why}", "导出被拒绝：{why}"),
    "download.no address": (
        "The server names no address for the result.",
        "服务器没有给出结果的地址。",
    ),
    "download.expired": (
        "It may have expired: `%nemo export` makes a new one.",
        "它可能已经过期：`%nemo export` 会新做一个。",
    ),
    "download.made": (
        "The server says that the film is made, but not where it is in words that are understood.",
        "服务器说影片已经做好，但没有以能理解的方式说明在哪里。",
    ),
    "download.look there": (
        "Nothing has to be made anew: the server's own page may have it.",
        "不必重做：服务器自己的页面上可能有它。",
    ),
    "download.page": ("a page came instead", "收到的是网页"),
    "download.empty": ("The result is empty.", "结果是空的。"),
    "download.changed": ("The result changed while it was fetched.", "下载时结果发生了变化。"),
    "download.late": ("The result was not there after {time}.", "{time}后结果还没有出现。"),
    "download.no video": (
        "Instead of the result came something that is no video.",
        "收到的不是视频。",
    ),
    "download.refused": (
        "The result can't be fetched from its address ({why}).",
        "无法从地址下载结果（{why}）。",
    ),
    "download.other process": (
        "{name} is being fetched by another process.",
        "另一个进程正在下载 {name}。",
    ),
    "download.nothing": ("There was nothing to fetch.", "没有可以下载的内容。"),
    # Sessions.
    "session.none": ("There is no session yet.", "还没有会话。"),
    "session.ended with it": (
        "With the session before this one ended what was under way in it:",
        "上一个会话已关闭，其中正在进行的任务也随之结束：",
    ),
    "session.unknown": ("There is no session {name}.", "没有会话 {name}。"),
    "session.several": (
        "Several sessions begin with {name}: {names}{more}.",
        "有几个会话以 {name} 开头：{names}{more}。",
    ),
    "session.give more": ("Give more of it.", "请多写一些。"),
    "session.and more": (" and {count} more", " 等另外 {count} 个"),
    "session.lists": ("`%nemo sessions` lists them.", "`%nemo sessions` 列出它们。"),
    "session.forgotten": (
        "The server does not know {name} any more.",
        "服务器已经不认识 {name}。",
    ),
    "session.token ended": (
        "Its anonymous token ended {when}, and a cloud keeps sessions no longer than the token.",
        "它的匿名令牌已在 {when} 到期，云端不会比令牌更久地保留会话。",
    ),
    "session.other token": (
        "It may belong to another token, or have been removed there. `%nemo connect` makes a new one.",
        "它可能属于另一个令牌，或者已在那里删除。`%nemo connect` 会新建一个。",
    ),
    "session.contradiction": (
        "A url and local=True contradict each other.",
        "url 和 local=True 互相矛盾。",
    ),
    "session.leave out": ("Leave one of them out.", "请去掉其中一个。"),
    "near.meant": ("Did you mean {names}?", "是不是 {names}？"),
    "near.or": (" or ", " 或 "),
    # Runs and the journal.
    "journal.no run": ("There is no run {name}.", "没有任务 {name}。"),
    "journal.lists": ("`%nemo runs` lists them.", "`%nemo runs` 列出它们。"),
    "journal.alive": (
        "{name} is under way in a kernel that lives.",
        "{name} 正在另一个运行着的内核里进行。",
    ),
    "journal.wait there": ("Wait for it there, or stop it there.", "请在那里等它结束，或者在那里停止它。"),
    "journal.over": ("{name} is over: {ended}", "{name} 已经结束：{ended}"),
    "journal.unreadable": ("its record can't be read.", "它的记录无法读取。"),
    "journal.to attach": (
        "`%nemo runs` lists what can be attached to.",
        "`%nemo runs` 列出可以继续的任务。",
    ),
    "journal.unwritable": (
        "The run can't be written down in {folder}: {why}. Nothing was sent.",
        "无法在 {folder} 里记录任务：{why}。没有发送任何内容。",
    ),
    "journal.locked": ("its lock is taken", "它的锁被占用"),
    # Pieces of this package and of the machine.
    "studio.missing": (
        "The studio is not installed ({name} is missing).",
        "没有安装工作室（缺少 {name}）。",
    ),
    "studio.install": (
        'Install it with: pip install "nemo-widgets[studio]"',
        '请安装：pip install "nemo-widgets[studio]"',
    ),
    "studio.port": (
        "The studio can't listen on this machine: {why}.",
        "工作室无法在这台机器上监听：{why}。",
    ),
    "studio.folder": (
        "{told} NEMO_STUDIO_DATA names the studio's folder.",
        "{told}NEMO_STUDIO_DATA 指定工作室的文件夹。",
    ),
    "frame.shown": ("The frame at {at} · {size}", "{at} 处的画面 · {size}"),
    "frame.last": (
        "The last frame: the timeline is {length} long, and {at} is behind its end · {size}",
        "最后一帧：时间线长 {length}，{at} 已超出结尾 · {size}",
    ),
    "frame.no picture": ("The studio sent no picture.", "工作室没有发来画面。"),
    "frame.studio only": ("Only the studio shows single frames.", "只有工作室能显示单帧画面。"),
    "frame.export": (
        "Export the timeline, and look at the film.",
        "请导出时间线，然后看影片。",
    ),
    "frame.empty": (
        "The timeline is empty, so there is nothing to see.",
        "时间线是空的，没有可以看的画面。",
    ),
    "frame.upload first": ("Upload a clip first.", "请先上传片段。"),
    "frame.no position": ("“{value}” is no position.", "“{value}”不是时间点。"),
    "frame.say seconds": (
        'Say seconds, or a time such as "1:20.3".',
        '请给出秒数，或者 "1:20.3" 这样的时间。',
    ),
    "edit.no instruction": ("There is no instruction.", "没有指令。"),
    "edit.say what": (
        "Say what to do, such as: cut the pauses.",
        "请说要做什么，例如：剪掉停顿。",
    ),
    "edit.no number": ("{value} is no number of edits.", "{value} 不是剪辑的次数。"),
    "edit.such as": ("Such as {words} 3.", "例如 `{words} 3`。"),
}
