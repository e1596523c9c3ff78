"""What is said of drafts as data: what can't be read in one."""

__all__ = ["ROWS"]

ROWS = {
    "table.no draft": ("A draft is a JSON object.", "草稿应为一个 JSON 对象。"),
    "table.set": (
        "a draft’s {name} can’t be set: s.apply(d.with_{name}(df)) checks the edited table first",
        "不能给草稿的 {name} 赋值：请用 s.apply(d.with_{name}(df))，它会先检查改过的表格",
    ),
    "table.first": ("The first {count} of {whole} rows.", "共 {whole} 行，显示前 {count} 行。"),
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
