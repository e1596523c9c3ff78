"""What is said of a server's rarer answers, of the agent's model, of addresses and of what a file is."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

__all__ = ["ROWS"]

ROWS = {
    # The agent's model, and its tools.
    "model.safety": (
        "The agent's model stopped for reasons of safety. Say it in other words.",
        "助手的模型出于安全原因停止了。请换个说法。",
    ),
    "model.blocked": (
        "The agent's model does not answer to what was asked: its rules forbid it. Say it in other words.",
        "助手的模型不回答这个请求：它的规则不允许。请换个说法。",
    ),
    "model.too long": (
        "The agent's answer became too long and was cut off. Say it in smaller steps.",
        "助手的回答太长，被截断了。请分成更小的步骤。",
    ),
    "model.broke": (
        "The agent's model failed in the middle of its answer. Try again.",
        "助手的模型回答到一半出错了。请再试一次。",
    ),
    "model.malformed": (
        "The agent's model made a call that can't be read. Try again, or say it in smaller steps.",
        "助手的模型发出了无法读取的调用。请再试一次，或者分成更小的步骤。",
    ),
    "model.no picture": (
        "The agent's model made no picture: its rules forbid it, or it could not. Say it in other words.",
        "助手的模型没有生成图片：它的规则不允许，或者做不到。请换个说法。",
    ),
    "model.personal": (
        "The agent's model stopped, since the answer would hold personal data. Say it in other words.",
        "助手的模型停止了，因为回答会包含个人信息。请换个说法。",
    ),
    "model.recitation": (
        "The agent's model stopped, since the answer would repeat somebody else's work. Say it in other words.",
        "助手的模型停止了，因为回答会照搬他人的作品。请换个说法。",
    ),
    "model.language": (
        "The agent's model does not speak this language. Say it in another language.",
        "助手的模型不支持这种语言。请换一种语言。",
    ),
    "model.no such tool": (
        "The agent's model called a tool that it does not have. Try again.",
        "助手的模型调用了它没有的工具。请再试一次。",
    ),
    "model.many tools": (
        "The agent's model called its tools too often. Say it in smaller steps.",
        "助手的模型调用工具的次数太多。请分成更小的步骤。",
    ),
    "model.many calls": (
        "The agent has asked its model too often. Say it in smaller steps.",
        "助手调用模型的次数太多。请分成更小的步骤。",
    ),
    "model.stopped": (
        "The agent's model stopped and does not say why. Try again.",
        "助手的模型停止了，没有说明原因。请再试一次。",
    ),
    "model.sign in": (
        "A tool of the agent's asks for a sign-in elsewhere. That is given on the server.",
        "助手的一个工具需要在别处登录。请到服务器上登录。",
    ),
    "model.interrupted": (
        "The agent's answer was interrupted, and is cut off.",
        "助手的回答被打断，不完整。",
    ),
    "who.agent": ("agent", "助手"),
    "who.server": ("server", "服务器"),
    "who.agent's tool": ("agent's tool", "助手的工具"),
    "who.tool": ("tool", "工具"),
    "failure.stopped": ("The {who} stopped ({why}).", "{who}停止了（{why}）。"),
    "failure.says nothing": ("it does not say why", "没有说明原因"),
    "failure.unapplied": (
        "What the {who} did was not applied to the timeline",
        "{who}做的改动没有应用到时间线",
    ),
    "ask.may use": ("May the agent use {tool}?", "允许助手使用 {tool} 吗？"),
    "ask.may go on": ("May the agent go on?", "允许助手继续吗？"),
    # Addresses, names and tokens.
    "address.server": ("The server's address", "服务器地址"),
    "address.like": (
        "It looks like https://host or http://127.0.0.1:8000.",
        "应该像 https://host 或 http://127.0.0.1:8000 这样。",
    ),
    "address.none": ("{what} is not a web address.", "{what} 不是网址。"),
    "address.none such": ("{what} is not a web address: {url}.", "{what} 不是网址：{url}。"),
    "address.bare": (
        "{what} has to be without a user name, a query and a fragment.",
        "{what} 不能带用户名、查询参数和片段。",
    ),
    "address.cloud": ("the NemoVideo cloud", "NemoVideo 云端"),
    "address.at": ("the server at {api}", "服务器 {api}"),
    "skill.name": ("name", "名称"),
    "skill.version": ("version", "版本"),
    "skill.letters": (
        "A skill's {what} is made of ASCII letters, digits and hyphens, not {text}.",
        "技能的{what}只能用 ASCII 字母、数字和连字符，不能是 {text}。",
    ),
    "token.given": ("The token given", "给出的令牌"),
    "token.sent": ("What the server sent", "服务器发来的内容"),
    "token.none": ("There is no token.", "没有令牌。"),
    "token.set": ("Set NEMO_TOKEN.", "请设置 NEMO_TOKEN。"),
    "token.bad": (
        "{where} is not a token: it is empty or holds characters that no token has.",
        "{where} 不是令牌：它是空的，或者含有令牌里没有的字符。",
    ),
    "client id.bad": (
        "NEMO_CLIENT_ID has to be at most {most} visible ASCII characters.",
        "NEMO_CLIENT_ID 最多 {most} 个可见的 ASCII 字符。",
    ),
    "client id.unset": ("Unset it, and an id is made and kept.", "取消设置后，会自动生成并保存一个 id。"),
    "key.letters": (
        "A key is made of visible ASCII without spaces, not {key}.",
        "键只能用可见的 ASCII 字符，不含空格，不能是 {key}。",
    ),
    # Answers.
    "answer.large": ("The server's answer is larger than {size}.", "服务器的回答超过 {size}。"),
    "answer.too large": ("The answer is larger than {size}.", "回答超过 {size}。"),
    "answer.large event": ("An event of the answer is larger than {size}.", "回答中的一个事件超过 {size}。"),
    "answer.compressed": (
        "The answer is compressed in a way that was not asked for.",
        "回答的压缩方式不是所请求的。",
    ),
    "answer.not compressed": ("The answer is not compressed as it says.", "回答的压缩方式与声明的不符。"),
    "answer.breaks off": (
        "The answer breaks off in the middle of what was compressed.",
        "回答的压缩内容中途断了。",
    ),
    "answer.no head": ("The head of the answer did not come to its end.", "回答的头部没有收完。"),
    "answer.no claim": ("The server's answer holds no claim.", "服务器的回答里没有认领凭证。"),
    "answer.too often": ("The server is asked too often.", "对服务器的请求太频繁。"),
    "answer.again in": ("{told} Trying again in {seconds} s.", "{told}{seconds} 秒后重试。"),
    "send.deep": ("What is to be sent is nested too deep for JSON.", "要发送的内容嵌套太深，无法写成 JSON。"),
    "send.no number": (
        "What is to be sent holds a number that is none: NaN, or one without an end.",
        "要发送的内容里有不是数字的数字：NaN 或无穷大。",
    ),
    "result.not done": ("The render is not done yet ({state}).", "渲染还没有完成（{state}）。"),
    "result.in part": (
        "{host} sent {size} of {whole} bytes.",
        "{host} 只发来了 {whole} 字节中的 {size} 字节。",
    ),
    "result.large": (
        "The result is larger than {most}, and the server does not say how large it is.",
        "结果超过 {most}，而服务器没有说明它有多大。",
    ),
    "result.other": (
        "What came is not the result: {size} bytes were announced, and {came} came.",
        "收到的不是结果：声明为 {size} 字节，收到 {came} 字节。",
    ),
    "result.off the web": (
        "The result's address leads to one that is not on the web.",
        "结果的地址指向的不是网址。",
    ),
    "result.circles": ("The result's address leads in circles.", "结果的地址循环跳转。"),
    "result.file closed": ("The file is not open.", "文件没有打开。"),
    "result.lost answer": ("The answer to the export got lost", "导出请求的回答丢失了"),
    "result.answered": ("The server answered: {said}", "服务器回答：{said}"),
    "result.unknown job": (
        "{told}, and the server does not know the job.",
        "{told}，服务器也不认识这个任务。",
    ),
    "result.untold job": (
        "{told}, and the server does not tell about the job.",
        "{told}，服务器也没有说明这个任务的情况。",
    ),
    "result.unknown word": (
        "The server has called the render “{word}” for {long}, a word that the protocol does not know.",
        "服务器 {long} 来一直说渲染处于“{word}”，协议里没有这个词。",
    ),
    "result.unknown word, why": (
        "The server has called the render “{word}” for {long}, a word that the protocol does not know: {why}.",
        "服务器 {long} 来一直说渲染处于“{word}”，协议里没有这个词：{why}。",
    ),
    "sent.not in session": (
        "the server says that its session was not brought up to date",
        "服务器说会话没有更新",
    ),
    "sent.at work": ("the server is still at work on it ({state})", "服务器还在处理它（{state}）"),
    "sent.no address": ("the server tells no address of it", "服务器没有给出它的地址"),
    # What is known here of sessions, runs and questions.
    "clean.no studio": ("Only a studio can be cleaned.", "只有工作室可以清理。"),
    "clean.cloud": ("Of a cloud's sessions nothing is kept here.", "云端会话在这里不保存任何内容。"),
    "run.other kind": (
        "{id} is of a kind that this version does not know.",
        "{id} 是这个版本不认识的类型。",
    ),
    "run.forgotten": ("Forgotten.", "已忘记。"),
    "run.taken over": ("{id} went on with it.", "{id} 接着做了。"),
    "session.two servers": ("There is a session {name} at {servers}.", "会话 {name} 在 {servers} 都有。"),
    "session.which server": (
        "Say at which: `nemo.connect(session={name}, url=…)`.",
        "请说明是哪一个：`nemo.connect(session={name}, url=…)`。",
    ),
    "question.gone": (
        "The agent's last question is not known here any more{words}.",
        "这里已经没有助手的上一个问题了{words}。",
    ),
    "question.words": (": “{words}”", "：“{words}”"),
    "question.in words": ("Answer it in words: `%nemo edit …`.", "请用自己的话回答：`%nemo edit …`。"),
    "ask.many answers": (
        "There are {count} questions, not {given}: {names}.",
        "有 {count} 个问题，不是 {given} 个：{names}。",
    ),
    "ask.no question": ("There is no question {name}. There is: {names}.", "没有问题 {name}。有：{names}。"),
    "ask.no question, near": (
        "There is no question {name}. Did you mean {near}? There is: {names}.",
        "没有问题 {name}。是不是 {near}？有：{names}。",
    ),
    "ask.twice": ("Question {name} is answered twice.", "问题 {name} 回答了两次。"),
    "studio.no folder": ("There is no folder {folder}: {why}.", "没有文件夹 {folder}：{why}。"),
    "studio.from root": (
        "Name it from the root, such as /home/me/data.",
        "请从根目录写起，例如 /home/me/data。",
    ),
    "sample.unknown": ("There is no sample {name}: there are {names}.", "没有示例 {name}：有 {names}。"),
    "sample.meant": (" Did you mean {name}?", "是不是 {name}？"),
    "sample.unwritable": ("The sample {name} can't be written: {why}.", "无法写入示例 {name}：{why}。"),
    "sample.drawing": ("Drawing {name}…", "正在生成 {name}…"),
    "sample.frame": (
        "Drawing {name}: frame {done} of {whole}",
        "正在生成 {name}：第 {done} 帧，共 {whole} 帧",
    ),
    "sample.drawn": (
        "Drew {name}, {count} frames in {seconds} s; it is kept for the next time.",
        "已生成 {name}，{count} 帧，用时 {seconds} 秒；会留着下次使用。",
    ),
    "sample.stopped": ("Drawing {name} was stopped.", "{name} 的生成已停止。"),
    # Credits.
    "credits.none needed": ("none needed: nothing costs any here", "不需要：这里什么都不收费"),
    "credits.unlimited": ("unlimited credits", "积分不限"),
    "credits.available": ("{count} credits available", "可用积分 {count}"),
    "credits.frozen": ("{count} frozen", "冻结 {count}"),
    "credits.in all": ("{count} in all", "共 {count}"),
    "credits.all": ("{count} credits in all", "积分共 {count}"),
    "credits.unknown": ("unknown", "未知"),
    "credits.told": ("{told}.", "{told}。"),
}
