"""What is said of timeline files: what a format could not hold, and what is no timeline."""

__all__ = ["ROWS"]

ROWS = {
    "timeline.written": (
        "{name} holds the timeline ({format}); no film was rendered.",
        "{name} 是时间线文件（{format}），没有渲染影片。",
    ),
    "timeline.no film": (
        "A timeline file is no film, and has no {names}.",
        "时间线文件不是影片，没有 {names}。",
    ),
    "loss.on a server": (
        "Other programs may not find what lies on a server: {names}. `draft.to_file` takes paths=.",
        "其他软件可能找不到服务器上的文件：{names}。可用 `draft.to_file` 的 paths= 指定位置。",
    ),
    "loss.none": ("Nothing is lost.", "没有丢失任何内容。"),
    "loss.kind": (
        "{kind} tracks are not in it (segments: {count}).",
        "文件中没有{kind}轨道（{count} 段）。",
    ),
    "loss.track": (
        "A track of an unknown type ({kind}) is not in it (segments: {count}).",
        "文件中没有未知类型的轨道（{kind}，{count} 段）。",
    ),
    "loss.lanes": (
        "Only the first track of each kind is in it, not the further ones (segments: {count}).",
        "每种轨道只写入第一条：其余轨道的 {count} 段没有写入。",
    ),
    "loss.channels": (
        "It has four sound tracks at most: further ones are not in it (segments: {count}).",
        "最多四条音轨：其余音轨的 {count} 段没有写入。",
    ),
    "loss.detail": ("Not in it: {what} (segments: {count}).", "没有写入：{count} 段的{what}。"),
    "loss.keys": ("Not in it: keys of the draft’s own, {names}.", "没有写入：草稿自有的键 {names}。"),
    "loss.root": ("Not in it, of the whole film: {what}.", "没有写入整部影片的：{what}。"),
    "loss.transition kind": (
        "Each transition is a crossfade in it; they were {kinds}.",
        "转场都写成叠化，原来是 {kinds}。",
    ),
    "loss.transition sound": (
        "The sound is cut in the middle of transitions, not faded ({count}).",
        "{count} 处转场的声音在中间切开，没有淡化。",
    ),
    "loss.transition above": (
        "Transitions of upper tracks are cuts in it ({count}).",
        "上层轨道的转场写成直接切换（{count} 处）。",
    ),
    "loss.transition alone": (
        "Transitions without an overlap are not in it ({count}).",
        "没有重叠的转场没有写入（{count} 处）。",
    ),
    "loss.rounded": (
        "What begins or ends between two frames is moved to the nearest (segments: {count}).",
        "{count} 段的起点或终点落在两帧之间，已移到最近的一帧。",
    ),
    "loss.length": ("Left out: what has no length (segments: {count}).", "略去 {count} 个没有时长的段。"),
    "loss.before": (
        "What lies before the timeline begins is left out (segments: {count}).",
        "{count} 段早于时间线起点开始，这部分已略去。",
    ),
    "loss.made here": (
        "Music that the studio makes has no file: other programs won’t find it.",
        "工作室生成的音乐没有文件：其他软件找不到它。",
    ),
    "loss.own": (
        "Kept for this package only, and not shown by others: {what}.",
        "只为本软件包保留，其他软件不显示：{what}。",
    ),
    "loss.texts": ("Texts carry no {what} in it.", "文字不带{what}。"),
    "loss.sources": (
        "It is of one file: others are not in it (segments: {count}).",
        "它只对应一个文件：其他文件的 {count} 段没有写入。",
    ),
    "loss.order": (
        "It keeps which parts are shown, but not where they stand on the timeline.",
        "它只记录保留哪些部分，不记录它们在时间线上的位置。",
    ),
    "loss.day": (
        "Timecode ends after a day: what comes later is not in it (segments: {count}).",
        "时间码到一天为止：之后的 {count} 段没有写入。",
    ),
    "loss.signs": (
        "Signs that the format would read as code are other ones that look alike (texts: {count}).",
        "{count} 条文字中会被当作代码的符号换成了形状相近的符号。",
    ),
    "loss.short": (
        "Chapters shorter than 10 seconds are part of the one before ({count}).",
        "{count} 个不足 10 秒的章节并入前一章。",
    ),
    "loss.few": (
        "YouTube shows chapters from three on; here are {count}.",
        "YouTube 至少要三个章节才会显示；这里只有 {count} 个。",
    ),
    "loss.long text": (
        "Texts of over 1,000 characters are cut short ({count}).",
        "超过 1000 字的文字已截短（{count} 条）。",
    ),
    # Of what is read.
    "loss.unread": ("Left out: {what} ({count}).", "已略去：{what}（{count} 处）。"),
    "loss.rate": (
        "It does not say its frame rate: {fps} a second is taken. Give another with fps=.",
        "文件没有写明帧率：按每秒 {fps} 帧读取。可用 fps= 指定。",
    ),
    "loss.markers": ("Texts are markers in it ({count}).", "文字写成标记（{count} 个）。"),
    "loss.a fade": ("fades from and to black", "从黑场淡入或淡出到黑场"),
    "loss.a clip without a place": ("clips without a place of their own", "没有位置的片段"),
    "loss.loud": (
        "Levels above 12 dB are 12 dB in it ({count}).",
        "高于 12 dB 的音量写成 12 dB（{count} 处）。",
    ),
    "loss.rounded speed": (
        "Clips at another speed begin up to a frame earlier or later ({count}).",
        "变速片段的起点可能相差一帧（{count} 段）。",
    ),
    "loss.a key": ("keys, which are put over other pictures", "键控画面"),
    "loss.a channel": ("edits on channels that are not known", "未知通道上的剪辑"),
    "loss.a nested timeline": ("timelines within the timeline", "嵌套的时间线"),
    "loss.a disabled track": ("tracks that are switched off", "已关闭的轨道"),
    "loss.a disabled clip": ("clips that are switched off", "已停用的片段"),
    "loss.a clip without a file": ("clips without a file", "没有文件的片段"),
    "loss.a clip without an end": ("parts without an end", "没有终点的部分"),
    "loss.a effect": ("effects", "效果"),
    "loss.a marker": ("markers", "标记"),
    "formats.otio missing": ("OpenTimelineIO is not installed.", "没有安装 OpenTimelineIO。"),
    "formats.otio install": (
        'Install it: pip install "nemo-widgets[otio]"',
        '请安装：pip install "nemo-widgets[otio]"',
    ),
    "formats.otio later": (
        "It has no release for this version of Python: .fcpxml, .xml and .edl need nothing more.",
        "它还没有支持这个 Python 版本的发行版：.fcpxml、.xml 和 .edl 不需要它。",
    ),
    "loss.rows": (
        "It is the table of segments: times, names, texts, speeds and levels, not looks and keys of its own.",
        "内容是片段表：时间、名称、文字、速度和音量，不含效果和草稿自有的键。",
    ),
    "formats.parquet missing": ("Parquet files need pyarrow.", "Parquet 文件需要 pyarrow。"),
    "formats.parquet install": ("Install it: pip install pyarrow", "请安装：pip install pyarrow"),
    "rows.kind": (
        "Row {row}: kind is “{value}”; there are {known}.",
        "第 {row} 行：kind 是“{value}”；可用 {known}。",
    ),
    "rows.nothing": ("Row {row} has neither a source nor a text.", "第 {row} 行既没有 source 也没有 text。"),
    "rows.source": ("Row {row} has no source.", "第 {row} 行没有 source。"),
    "rows.length": (
        "Row {row} has no length: it needs out_ms, end_ms or duration_ms that is more than its beginning.",
        "第 {row} 行没有时长：需要大于起点的 out_ms、end_ms 或 duration_ms。",
    ),
    "rows.number": (
        "Row {row}: {column} is “{value}”, which is no number from 0 up.",
        "第 {row} 行：{column} 是“{value}”，不是大于等于 0 的数。",
    ),
    "build.end": ("“{name}” needs an end or lasting.", "“{name}”需要 end 或 lasting。"),
    "build.length": ("“{name}” ends before it has begun.", "“{name}”还没开始就结束了。"),
    "build.transition": (
        "There is no transition “{name}”; there are {known}.",
        "没有“{name}”这种转场；有 {known}。",
    ),
    "build.style": (
        "There is no kind of text “{name}”; there are {known}.",
        "没有“{name}”这种文字；有 {known}。",
    ),
    "build.range": ("{value} is not from {least} to {most}.", "{value} 不在 {least} 到 {most} 之间。"),
    "formats.no texts": (
        "No text is on the timeline: the {format} file would be empty.",
        "时间线上没有文字：{format} 文件会是空的。",
    ),
    "formats.nothing": (
        "Nothing is on the timeline that the file could hold.",
        "时间线上没有可以写入文件的内容。",
    ),
    "chapters.start": ("Start", "开头"),
    "chapters.heading": ("Chapters", "章节"),
    "formats.unreadable": ("This can’t be read as {format}: {why}", "无法按 {format} 读取：{why}"),
    "formats.none such": (
        "There is no timeline file “{format}”; there are {formats}.",
        "没有“{format}”这种时间线文件；有 {formats}。",
    ),
    "formats.no reading": (
        "“{format}” can’t be read as a timeline; these can: {formats}.",
        "无法把“{format}”读作时间线；可读的有 {formats}。",
    ),
    "formats.definitions": (
        "The {format} defines entities of its own, which are not read.",
        "这个 {format} 自定义了实体，不予读取。",
    ),
    "formats.too deep": ("The {format} is nested too deep.", "这个 {format} 嵌套过深。"),
    "formats.no timeline": ("This {format} file holds no timeline.", "这个 {format} 文件里没有时间线。"),
    "loss.wipes": ("Its wipes are crossfades here.", "其中的划像按叠化读取。"),
}
