"""What is said around the agent's questions: how one answers, and what became of them."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

__all__ = ["ROWS"]

ROWS = {
    "ask.any": ("one or more", "可多选"),
    "ask.unanswered": ("Not answered: the conversation went on.", "没有回答：对话已经继续。"),
    "ask.no choice": ("No choice was made.", "没有选择。"),
    "ask.answered": ("Answered:", "已回答："),
    "ask.went on": ("Went on with:", "之后说的是："),
    "ask.left": ("Not answered: {names}", "没有回答：{names}"),
    "ask.how": ("Answer with {form}.", "请用 {form} 回答。"),
    "ask.how, or words": (
        "Answer with {form}, or in words of your own.",
        "请用 {form} 回答，或者用自己的话。",
    ),
    "ask.how, several": (
        "Answer with {form} (one answer for each question, a semicolon between them).",
        "请用 {form} 回答（每个问题一个回答，用分号隔开）。",
    ),
    "ask.your words": ("your words", "您的话"),
    "ask.wrong choice": (
        "There is no choice {text}. Choose from: {choices}.",
        "没有选项 {text}。可选：{choices}。",
    ),
    "ask.wrong choice, near": (
        "There is no choice {text}. Did you mean {near}? Choose from: {choices}.",
        "没有选项 {text}。是不是 {near}？可选：{choices}。",
    ),
    "ask.the question": ("The question", "这个问题"),
    "ask.one answer": ("{asked} takes one answer, not {count}.", "{asked}只能有一个回答，不是 {count} 个。"),
    "ask.needs": ("{asked} needs an answer.", "{asked}需要一个回答。"),
    "ask.choose": ("{told} Choose from: {choices}.", "{told}可选：{choices}。"),
    "ask.counts": (
        "There are {count} questions and {given} answers: put ';' between them, as in `{example}`.",
        "有 {count} 个问题、{given} 个回答：请用分号隔开，例如 `{example}`。",
    ),
    "ask.counts, one": (
        "There are {count} questions and {given} answer: put ';' between them, as in `{example}`.",
        "有 {count} 个问题、{given} 个回答：请用分号隔开，例如 `{example}`。",
    ),
    "ask.lost": (
        "The kernel stopped. `%nemo sessions` leads back; then answer in words: `%nemo edit {words}`.",
        "内核已停止。`%nemo sessions` 可以回去；然后用自己的话回答：`%nemo edit {words}`。",
    ),
    "ask.not sent": ("The answer was not sent: {why}", "回答没有发送：{why}"),
    # The card of a session.
    "where.here": ("the **studio on this machine**", "**本机的工作室**"),
    "where.studio": ("a **studio** at {api}", " {api} 上的**工作室**"),
    "where.cloud": ("the **NemoVideo cloud**", " **NemoVideo 云端**"),
    "where.server": ("the server at {api}", "服务器 {api}"),
    "card.connected": ("Connected to", "已连接"),
    "card.disconnected": ("Disconnected from", "已断开"),
    "card.skill": ("{how} {where} · skill **{skill}**", "{how}{where} · 技能 **{skill}**"),
    "card.under way": ("**{count} under way**", "**{count} 个进行中**"),
    "card.one": ("1 {kind}", "1 次{kind}"),
    "card.some": ("{count} {kind}s", "{count} 次{kind}"),
    # The disk.
    "disk.one": ("1 session.", "1 个会话。"),
    "disk.some": ("{count} sessions.", "{count} 个会话。"),
    "disk.one taken": (
        "1 session; the studio takes {size}, its database included. `%nemo clean` tells what of it can go; {whole}",
        "1 个会话；工作室占用 {size}（包括数据库）。`%nemo clean` 说明哪些可以清理；{whole}",
    ),
    "disk.some taken": (
        "{count} sessions; the studio takes {size}, its database included. `%nemo clean` tells what of it can go; {whole}",
        "{count} 个会话；工作室占用 {size}（包括数据库）。`%nemo clean` 说明哪些可以清理；{whole}",
    ),
    "disk.whole": (
        "a whole session goes with `%nemo sessions --forget NAME`.",
        "整个会话用 `%nemo sessions --forget NAME` 删除。",
    ),
    "disk.stays": (
        "Uploads that are in use stay, and so does every file beside the notebook.",
        "正在使用的上传文件会保留，笔记本旁边的文件也都保留。",
    ),
    "disk.nothing": ("There is nothing that nobody needs; {whole}", "没有多余的内容；{whole}"),
    "disk.one thing": ("1 thing", "1 项"),
    "disk.things": ("{count} things", "{count} 项"),
    "disk.removed": (
        "Removed {things} from the studio, {size}. {stays}",
        "已从工作室删除 {things}，共 {size}。{stays}",
    ),
    "disk.can go": (
        "{things} can go, {size}; nothing was removed yet: `%nemo clean --yes`",
        "可以删除 {things}，共 {size}；还没有删除：`%nemo clean --yes`",
    ),
    "disk.off list": (
        "{what} would be taken off this list: `%nemo sessions --forget {name} --yes`",
        "{what} 会从列表中去掉：`%nemo sessions --forget {name} --yes`",
    ),
    "disk.is off list": (
        "{what} is off this list. Its server may still have it.",
        "{what} 已从列表中去掉。它的服务器上可能还有。",
    ),
    "disk.would go": (
        "{what} would be removed for good, with up to {size}: `%nemo sessions --forget {name} --yes`",
        "{what} 会被永久删除，最多释放 {size}：`%nemo sessions --forget {name} --yes`",
    ),
    "disk.gone": ("{what} is removed; that freed {size}.", "{what} 已删除，释放了 {size}。"),
    "disk.open here": ("{name} is open here.", "{name} 正在这里打开。"),
    "disk.open elsewhere": ("{name} is open in another kernel.", "{name} 正在另一个内核里打开。"),
    "disk.leave first": (
        "Open another one first, or `%nemo disconnect`.",
        "请先打开别的会话，或者 `%nemo disconnect`。",
    ),
    "disk.leave there": ("Disconnect it there.", "请在那里断开。"),
    "disk.no studio": ("There is no studio here to clean.", "这里没有可以清理的工作室。"),
    "disk.start one": ("`%nemo connect --local` starts one.", "`%nemo connect --local` 可以启动一个。"),
}
