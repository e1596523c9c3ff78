"""What is said of drafts as data: what can't be read in one."""

__all__ = ["ROWS"]

ROWS = {
    "table.no draft": ("A draft is a JSON object.", "草稿应为一个 JSON 对象。"),
    "table.set": (
        "a draft’s {name} can’t be set: s.apply(d.with_{name}(df)) checks the edited table first",
        "不能给草稿的 {name} 赋值：请用 s.apply(d.with_{name}(df))，它会先检查改过的表格",
    ),
    "table.first": ("The first {count} of {whole} rows.", "共 {whole} 行，显示前 {count} 行。"),
    # What is wrong with an edited table.
    "table.refused": ("The table can’t become a draft: {told}", "这张表不能成为草稿：{told}"),
    "table.semicolon": ("; ", "；"),
    "table.row": ("{row}, {column}: {why}", "{row} 行 {column} 列：{why}"),
    "table.more": ("and {count} more", "另有 {count} 处"),
    "table.new": ("new row", "新行"),
    "table.no table": ("That is no DataFrame.", "这不是 DataFrame。"),
    "table.no ids": (
        "The table has no ids: its index must be `id`, as in `d.segments`, and each column stand once.",
        "表格没有 id：它的索引应为 `id`（如同 `d.segments`），且每一列只出现一次。",
    ),
    "table.no numbers": (
        "The table has no track numbers: its index must be `track`, as in `d.tracks`.",
        "表格没有轨道号：它的索引应为 `track`（如同 `d.tracks`）。",
    ),
    "table.no number": ("{value} is no number", "{value} 不是数字"),
    "table.no text": ("{value} is no text", "{value} 不是文本"),
    "table.missing": ("there is no value", "没有值"),
    "table.negative": ("{value} is less than 0", "{value} 小于 0"),
    "table.long": ("it is longer than {most}", "超过了 {most}"),
    "table.outside": ("{value} is not from {least} to {most}", "{value} 不在 {least} 到 {most} 之间"),
    "table.no transition": ("{value} is none of {known}", "{value} 不在 {known} 之中"),
    "table.fixed segment": (
        "a number follows from the order: reorder the rows instead",
        "编号由顺序决定：请调整行的顺序",
    ),
    "table.fixed other": ("it follows from the rest and can’t be edited", "它由其他内容决定，不能修改"),
    "table.no sum": (
        "{start} and {lasting} ms do not end at {end}",
        "从 {start} 起持续 {lasting} 毫秒，终点不是 {end}",
    ),
    "table.no length": ("it would last {value} ms", "它的长度将是 {value} 毫秒"),
    "table.backwards": ("it ends at {end}, before it begins at {begin}", "终点 {end} 早于起点 {begin}"),
    "table.no part": (
        "the part of the source lasts {long} ms, not {value}",
        "素材选段的长度是 {long} 毫秒，不是 {value}",
    ),
    "table.follows": (
        "clips of this track follow each other: it begins at {start}, not {value}",
        "这条轨道的片段首尾相接：它从 {start} 开始，不是 {value}",
    ),
    "table.long transition": (
        "{value} ms is longer than both clips allow, {most} ms",
        "{value} 毫秒超过了两段所允许的 {most} 毫秒",
    ),
    "table.no transition length": ("the transition has no length", "转场没有长度"),
    "table.overlap": ("it overlaps {other} by {value} ms", "它与 {other} 重叠 {value} 毫秒"),
    "table.twice": (
        "the id stands twice: give the copy one of its own, such as {copy}",
        "这个 id 出现了两次：请给副本另取一个，例如 {copy}",
    ),
    "table.no track": ("there is no track {value}, only 1 to {most}", "没有轨道 {value}，只有 1 到 {most}"),
    "table.other kind": ("track {value} is one of {kind}", "轨道 {value} 是 {kind} 轨道"),
    "table.nothing": ("a new row needs a source or a text", "新行需要来源或文字"),
    "table.no source": ("the draft has no such source", "草稿里没有这个来源"),
    "table.beyond": ("{value} lies beyond the file’s {most} ms", "{value} 超出了文件的 {most} 毫秒"),
    "instructions.no base": (
        "Name the draft to begin with: d.as_instructions(s.draft).",
        "请给出起始的草稿：d.as_instructions(s.draft)。",
    ),
    # python -m nemo_widgets.draft
    "shell.drafts": (
        "Drafts in files: what is on them, what differs; - is the standard input or output.",
        "文件里的草稿：内容和差别；- 表示标准输入或输出。",
    ),
    "shell.show": ("tell what is on a timeline", "说明时间线上有什么"),
    "shell.diff": (
        "tell what differs, a sentence a line; the status is 1 if something does",
        "逐行说明差别；有差别时退出码为 1",
    ),
    "shell.convert": (
        "write a timeline as another kind of file, as the name ends; .draft is a draft's JSON",
        "按文件名的结尾写成另一种时间线文件；.draft 是草稿的 JSON",
    ),
    "shell.csv": ("as CSV, for programs", "输出 CSV，供程序使用"),
    "shell.to": ("the kind of file, where the name does not say it", "文件类型（文件名没有说明时）"),
    # A draft that becomes the timeline.
    "apply.request": ("Apply a draft: {told}", "应用草稿：{told}"),
    "apply.the same": ("Apply a draft that changes nothing.", "应用草稿，没有任何改动。"),
    "apply.empty": (
        "Nothing was uploaded yet, so no draft can be applied.",
        "还没有上传任何文件，无法应用草稿。",
    ),
    "apply.cloud": (
        "The cloud takes no draft over: exports use it until the next edit, and its timeline stays as it is.",
        "云端无法接收草稿：在下一次编辑之前，导出会使用这个草稿，云端的时间线保持不变。",
    ),
    # What differs between two drafts, beside what the changes of an edit say.
    "difference.track": ("Track {name}", "轨道 {name}"),
    "difference.track added": ("Track {name} added.", "新增轨道 {name}。"),
    "difference.track removed": ("Track {name} removed.", "删除轨道 {name}。"),
    # What is odd about a value of a draft's JSON.
    "problem.object": ("{value} is no object", "{value} 不是对象"),
    "problem.list": ("{value} is no list", "{value} 不是列表"),
    "problem.text": ("{value} is no text", "{value} 不是文本"),
    "problem.number": ("{value} is no number", "{value} 不是数字"),
    "problem.time": ("{value} is no time in milliseconds", "{value} 不是以毫秒计的时间"),
    "problem.positive": ("{value} is not more than 0", "{value} 不大于 0"),
    "problem.negative": ("{value} is less than 0", "{value} 小于 0"),
    "problem.backwards": ("{value} lies before where the part begins", "{value} 早于选段的起点"),
    "problem.same id": ("{value} is the id of an earlier segment, too", "{value} 也是前面某一段的 id"),
}
