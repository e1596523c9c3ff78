"""The help of the magics: what each subcommand and each option does, and how argparse says what is wrong."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

__all__ = ["COMMANDS", "ROWS"]

COMMANDS = {
    "connect": (
        "connect to the cloud, or with --local to the studio on this machine",
        "连接云端；加 --local 则连接本机的工作室",
    ),
    "sessions": (
        "list the sessions that you can open again, and the disk space that they take",
        "列出可以再次打开的会话，以及它们占用的磁盘空间",
    ),
    "open": (
        "open a session by its short name or id, and go on with it",
        "按短名称或 id 打开会话，接着做",
    ),
    "clean": (
        "list what the studio keeps and nobody needs; --yes removes it",
        "列出工作室里不再需要的内容；加 --yes 则删除",
    ),
    "upload": (
        "upload files, links and patterns (clip*.mp4) and put them on the timeline",
        "上传文件、链接和通配符（clip*.mp4），并放到时间线上",
    ),
    "edit": (
        "tell the agent what to do (below %%nemo edit, the cell's text is the instruction)",
        "告诉助手要做什么（%%nemo edit 下面的文字就是指令）",
    ),
    "ask": (
        "say anything: an export, credits, status or upload is recognised, the rest goes to the agent",
        "想说什么都行：导出、积分、状态和上传会自动识别，其余交给助手",
    ),
    "answer": (
        "answer the agent's question with an option's number or label, or in your own words",
        "回答助手的问题：选项的编号或文字，或者用自己的话",
    ),
    "again": (
        "send the last edit once more, unless it was made, or of an upload what did not arrive",
        "重新发送上一次剪辑（已完成的除外），或者上传中没有到的文件",
    ),
    "undo": ("take back the last edit, or the last N", "撤销上一次剪辑，或者最近 N 次"),
    "redo": ("bring back the last edit that was undone, or the last N", "恢复刚撤销的剪辑，或者最近 N 次"),
    "what": ("list examples of what you can say, by skill", "按技能列出可以怎么说"),
    "tracks": ("show the tracks as a table", "用表格显示轨道"),
    "segments": (
        "show the segments as a table, without what is usual in all",
        "用表格显示片段，省略全都一样的列",
    ),
    "draft": ("show the draft's JSON", "显示草稿的 JSON"),
    "timeline": ("show the timeline as a picture", "用图片显示时间线"),
    "history": (
        "show the states that the timeline has had, each with its instruction",
        "显示时间线有过的各个状态，以及对应的指令",
    ),
    "diff": (
        "show what the last edit changed, or what differs between two states: diff 2 5",
        "显示上一次剪辑改了什么，或者两个状态有什么不同：diff 2 5",
    ),
    "frame": (
        "show the picture at a moment, such as 12.5 or 1:20.3",
        "显示某一时刻的画面，例如 12.5 或 1:20.3",
    ),
    "status": ("show the timeline in words, and what is under way", "用文字说明时间线，以及正在进行的任务"),
    "export": ("render the timeline, download it and play it", "渲染时间线，下载并播放"),
    "play": ("play the last export, or a file", "播放上一次导出的影片，或者某个文件"),
    "credits": ("show how many credits are left", "显示还剩多少积分"),
    "skills": ("list the skills", "列出技能"),
    "runs": (
        "list all runs, of every notebook: done, under way, or left behind by a kernel",
        "列出所有笔记本的任务：已完成、进行中，或者因内核停止而中断",
    ),
    "attach": ("go on with a run that a stopped kernel left behind", "继续因内核停止而中断的任务"),
    "cancel": ("stop everything that is under way", "停止所有正在进行的任务"),
    "disconnect": (
        "disconnect from the server and stop what is under way; the session is kept",
        "断开服务器并停止正在进行的任务；会话会保留",
    ),
    "help": ("show this page, or the help of one subcommand", "显示本页，或者某个子命令的帮助"),
}
"""By their names, in their order."""

ROWS = {
    **{f"command.{name}": row for name, row in COMMANDS.items()},
    # Options and what stands behind a subcommand.
    "option.local": (
        "the studio on this machine: no account, no network",
        "本机的工作室：不需要账号和网络",
    ),
    "option.skill": ("the skill to work with", "使用哪个技能"),
    "option.language": (
        "the language that the agent answers in, such as en or zh-CN",
        "助手用哪种语言回答，例如 en 或 zh-CN",
    ),
    "option.url": ("another server that speaks the protocol", "另一个使用同一协议的服务器"),
    "option.sources": (
        "in the order of the timeline; *, ? and [ ] match names (clip2 comes before clip10)",
        "按时间线的顺序；*、? 和 [ ] 匹配文件名（clip2 排在 clip10 前面）",
    ),
    "option.background": ("go on with the notebook meanwhile", "在后台进行，笔记本可以继续使用"),
    "option.output": ("also keep the result in this variable", "同时把结果存到这个变量"),
    "option.words": ("the instruction; {name} takes a variable", "指令；{name} 代入变量"),
    "option.strict": (
        "end with an error where the agent refuses or asks back",
        "助手没有执行或者反问时，以错误结束",
    ),
    "option.n": ("how many edits (1)", "多少次剪辑（1）"),
    "option.states": (
        "the numbers of one or two states, as the history numbers them",
        "一个或两个状态的编号，见 history",
    ),
    "option.at": ("seconds, or a time such as 1:20.3", "秒数，或者时间点，例如 1:20.3"),
    "option.again anyway": ("send it even if it was made", "即使已经完成也重新发送"),
    "option.session": (
        "its short name or id, or the beginning of one",
        "会话的短名称或 id，写开头部分也可以",
    ),
    "option.all": ("also those with nothing in them", "也列出空的会话"),
    "option.forget session": (
        "say what removing it would delete; --yes removes it",
        "说明删除它会删掉什么；加 --yes 则删除",
    ),
    "option.yes": ("really remove it; this can't be undone", "真正删除；无法撤销"),
    "option.forget": ("stop offering it", "不再提示它"),
    "option.run": (
        "the run's id; by default the last one that was left behind",
        "任务的 id；默认是最近中断的一个",
    ),
    "option.path": (
        "the file; by default a name that overwrites nothing. Of the timeline alone: {timelines}",
        "文件名；默认取一个不会覆盖别的文件的名称。只要时间线：{timelines}",
    ),
    "option.format": ("{formats}; by default as the name ends", "{formats}；默认按文件名的后缀"),
    "option.resolution": (
        "1080p, 720p, 480p, 360p, source or WIDTHxHEIGHT; left out, nothing is enlarged",
        "1080p、720p、480p、360p、source 或 WIDTHxHEIGHT；省略则不放大",
    ),
    "option.draft": ("a variable that holds another draft", "存放另一份草稿的变量"),
    "option.explain": (
        "only tell what would be copied and what encoded, and why; nothing is rendered",
        "只说明哪些会复制、哪些会重新编码以及原因；不渲染",
    ),
    "option.export anyway": (
        "make a new job, whatever became of an earlier one",
        "不管之前的结果如何，另做一次",
    ),
    "option.film": (
        "the file to play; by default the last export",
        "要播放的文件；默认是上一次导出的影片",
    ),
    "option.what words": ("can I say?", "我能说什么"),
    "option.what": ("as one asks it", "照着提问就行"),
    # Around them.
    "help.usage": ("usage: ", "用法："),
    "help.arguments": ("positional arguments", "参数"),
    "help.options": ("options", "选项"),
    "help.one": ("**%nemo {name}**: {text}", "**%nemo {name}**：{text}"),
    "help.line": ("- `%nemo {name}`: {text}", "- `%nemo {name}`：{text}"),
    "help.below": (
        "`%%nemo` with a text below it takes the text as `ask`. `{variable}` in an instruction takes a variable, `{brace}` is a brace.",
        "`%%nemo` 下面写文字，相当于 `ask`。指令中的 `{variable}` 代入变量，`{brace}` 表示花括号本身。",
    ),
    "args.wrong": ("%nemo {name}: {message}.", "%nemo {name}：{message}。"),
    "args.required": ("the following arguments are required: {names}", "缺少 {names}"),
    "args.unrecognized": ("unrecognized arguments: {names}", "无法识别：{names}"),
    "args.choice": (
        "argument {name}: invalid choice: {word} (choose from {choices})",
        "{name} 不能是 {word}，可选：{choices}",
    ),
    "args.one": ("argument {name}: expected one argument", "{name} 后面缺少一个值"),
    "args.none": ("argument {name}: ignored explicit argument {word}", "{name} 不带值，多了 {word}"),
    # What stands in braces, and what is done once.
    "braces.twice": (
        "Nothing was sent. Braces that are meant as such are written twice: `{braces}`.",
        "没有发送任何内容。要写花括号本身，请写两次：`{braces}`。",
    ),
    "braces.alone": ("A brace stands alone in: {near}", "这里有单独的花括号：{near}"),
    "braces.no python": ("{words} is no expression of Python.", "{words} 不是 Python 表达式。"),
    "braces.no variable": (
        "{words} stands for nothing: there is no such variable.",
        "{words} 没有对应的内容：没有这个变量。",
    ),
    "braces.failed": ("{words} can't be worked out: {why}", "无法计算 {words}：{why}"),
    "once.repeated": (
        "timeit runs a line many times over, and each time would be sent. Nothing was sent.",
        "timeit 会把一行运行很多次，每次都会发送。没有发送任何内容。",
    ),
    "once.time": ("`%time` and `%%time` run it once.", "`%time` 和 `%%time` 只运行一次。"),
    "magic.no closing": ("No closing quotation.", "引号没有成对。"),
    # Skills.
    "skill.unknown": ("There is no skill {name}.", "没有技能 {name}。"),
    "skill.meant": ("Did you mean {name}? ", "是不是 {name}？"),
    "skill.lists": ("`%nemo skills` lists them.", "`%nemo skills` 列出全部技能。"),
    "skill.unreadable": ("{name} can't be read as a skill: {why}.", "无法把 {name} 当作技能读取：{why}。"),
    "skill.wrong": ("{name} is not a skill ({why}).", "{name} 不是技能（{why}）。"),
    "skill.unknown fields": ("unknown: {names}", "不认识的字段：{names}"),
    "skill.no name": ("it has no name", "没有名称"),
}
