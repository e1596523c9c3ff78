"""What the magics say."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

__all__ = ["ROWS"]

ROWS = {
    "magic.help": ("`%nemo help {name}` shows how.", "`%nemo help {name}` 说明用法。"),
    "magic.no option": ("%nemo {name} has no {option}.", "%nemo {name} 没有 {option}。"),
    "magic.meant": ("Did you mean `{near}`?", "是不是 `{near}`？"),
    "magic.unknown": ("There is no %nemo {name}.", "没有 %nemo {name}。"),
    "magic.tell": ("To tell the agent: `%nemo ask {line}`", "要对助手说：`%nemo ask {line}`"),
    "magic.tell how": (
        "`%nemo help` shows all. To tell the agent what to do: `%nemo edit …`, or `%%nemo edit` with the words below it.",
        "`%nemo help` 列出全部。要让助手做事：`%nemo edit …`，或者用 `%%nemo edit`，把话写在下一行。",
    ),
    "magic.no text": ("%%nemo {name} takes no text below it.", "%%nemo {name} 下面不能写文字。"),
    "magic.one line": ("Use one line: `%nemo {line}`", "请写成一行：`%nemo {line}`"),
    "magic.spaces": (
        " A name with spaces stands in quotes. To tell the agent: `%nemo ask {line}`",
        "带空格的名称要加引号。要对助手说：`%nemo ask {line}`",
    ),
    "magic.belongs": ("{option} belongs to {names}. ", "{option} 属于 {names}。"),
    "magic.and": (" and ", " 和 "),
    "magic.inside": (
        "{found} stands in the text of %%nemo {name}, and would be sent to the agent as words.",
        "{found} 写在 %%nemo {name} 的文字里，会当作话发给助手。",
    ),
    "magic.own cell": (
        "Nothing was sent. Put it in a cell of its own.",
        "没有发送任何内容。请把它放进单独的单元格。",
    ),
    "magic.write it": (
        "Write it behind `%nemo {name}`, or below `%%nemo {name}`.",
        "请写在 `%nemo {name}` 后面，或者 `%%nemo {name}` 下面。",
    ),
    "magic.quotation": ("A quotation mark is missing in: {rest}", "这里缺少引号：{rest}"),
    "magic.first line": (
        "{said} has to be the first line of its cell. Nothing of this cell was run.",
        "{said} 必须是单元格的第一行。这个单元格什么也没有运行。",
    ),
    "magic.one line works": (
        "Put {said} in a cell of its own. One line works anywhere: `%nemo {line}`.",
        "请把 {said} 放进单独的单元格。单行写法在哪里都可以：`%nemo {line}`。",
    ),
    "magic.cancelled": ("Cancelled {names}.", "已取消 {names}。"),
    "magic.nothing under way": ("Nothing is under way.", "没有正在进行的任务。"),
    "magic.disconnected": ("Disconnected.", "已断开连接。"),
    "magic.nothing left": (
        "Nothing was left behind. `%nemo runs` lists all runs.",
        "没有中断的任务。`%nemo runs` 列出所有任务。",
    ),
    "magic.forgotten": ("{id} is forgotten.", "已忘记 {id}。"),
    "magic.latest sessions": (
        "The latest {most} of {count} sessions; all: `sessions = %nemo sessions`",
        "{count} 个会话中最近的 {most} 个；全部：`sessions = %nemo sessions`",
    ),
    "magic.latest runs": (
        "The latest {most} of {count} runs; all: `runs = %nemo runs`",
        "{count} 个任务中最近的 {most} 个；全部：`runs = %nemo runs`",
    ),
    "magic.no variable": (
        "There is no variable {name} with a draft.",
        "没有存放草稿的变量 {name}。",
    ),
    "magic.bad variable": ("{name} can't be the name of a variable.", "{name} 不能作为变量名。"),
    "magic.what unknown": (
        "`%nemo what` lists what can be said, and does not know: {asked}.",
        "`%nemo what` 列出可以说的话，不认识：{asked}。",
    ),
    "magic.ask what": ("To ask the agent: `%nemo ask what {words}`", "要问助手：`%nemo ask what {words}`"),
    "credits.free": (
        "No credits are needed: nothing costs any here.",
        "不需要积分：这里什么都不收费。",
    ),
    "credits.untold": (
        "The server does not tell how many credits there are.",
        "服务器没有说明有多少积分。",
    ),
    "question.none": ("The agent has not asked anything.", "助手没有提问。"),
    "question.no more": (
        "The agent has not asked anything more: its last question was answered, or another message has followed it.",
        "助手没有新的提问：上一个问题已经回答，或者后面又发了别的消息。",
    ),
    "question.say": ("Say what to do: `%nemo edit …`.", "请说要做什么：`%nemo edit …`。"),
    "question.under way": (
        "{id} is under way: what it asks, if anything, is there once it has ended.",
        "{id} 正在进行：如果它有问题，结束后就会显示。",
    ),
    "question.wait": ("Wait for it, or `%nemo cancel`.", "请等它结束，或者 `%nemo cancel`。"),
}
