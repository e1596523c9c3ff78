"""What a public call says of arguments of another type than it takes."""

__all__ = ["ROWS"]

ROWS = {
    "call.wrong type": (
        "`{name}` of `{call}` is {what}, not {value}.",
        "`{call}` 的 `{name}` 是{what}，不是 {value}。",
    ),
    "call.unknown": ("`{call}` takes no {names}.", "`{call}` 没有参数 {names}。"),
    "call.missing": ("`{call}` needs {names}.", "`{call}` 需要 {names}。"),
    "call.too many": (
        "`{call}` was given {given} too many: what is not in its place needs its name, as `name=value`.",
        "给 `{call}` 的值多了 {given} 个：不按位置给的值要写名称，即 `名称=值`。",
    ),
    "call.takes": ("It takes: {names}.", "可用的参数：{names}。"),
    "call.takes none": ("It takes nothing.", "不需要参数。"),
    "call.such": ("Such as `{example}`.", "例如 `{example}`。"),
    # What an argument is.
    "call.is text": ("text", "文字"),
    "call.is choice": ("an option's number or label, or text", "选项的编号、选项的文字，或者自己的话"),
    "call.is file": ("the name or path of a file", "文件名或路径"),
    "call.is folder": ("the name or path of a folder", "文件夹的名称或路径"),
    "call.is files": ("a list of files", "文件列表"),
    "call.is source": (
        "the name, path or link of a file, or a list of them",
        "文件名、路径或链接，或者它们的列表",
    ),
    "call.is number": ("a number", "数字"),
    "call.is rate": ('a number, or text such as "30000/1001"', '数字，或者 "30000/1001" 这样的文字'),
    "call.is token": ("text", "文字"),
    "call.is draft": (
        "a draft, such as `s.draft` or `nemo.Draft(data)`",
        "草稿，例如 `s.draft` 或 `nemo.Draft(data)`",
    ),
    "call.is draft or data": ("a draft or its JSON as a dict", "草稿，或者它的 JSON（dict）"),
    "call.is settings": ("a `nemo.ClientSettings`", "`nemo.ClientSettings` 对象"),
    "call.is export": ("an export's run, such as `s.start_export()`", "导出的任务，例如 `s.start_export()`"),
}
