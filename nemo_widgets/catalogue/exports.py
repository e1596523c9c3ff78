"""What is said of an export: what goes on, how it failed, and how one goes on with it."""

__all__ = ["ROWS"]

ROWS = {
    "export.the timeline": ("the timeline", "时间线"),
    "export.finding out": ("finding out what became of the export", "查明导出的结果"),
    "export.downloading": ("downloading", "下载中"),
    "export.rendering": ("rendering", "渲染中"),
    "export.listening": ("listening to the sound", "分析声音"),
    "export.writing": ("putting the file in order", "整理文件"),
    "export.render": ("Render", "渲染"),
    "export.sound": ("Sound", "声音"),
    "export.download": ("Download", "下载"),
    "export.heard through": ("heard through", "已听完"),
    "export.heard": ("{done} of {whole} heard", "已听 {done} / {whole}"),
    "export.heard pass": (
        "{done} of {whole} heard, pass {number} of {count}",
        "已听 {done} / {whole}，第 {number} 遍，共 {count} 遍",
    ),
    "export.frames": ("{count} frames", "{count} 帧"),
    "export.frame": ("frame {done} of {whole}", "第 {done} 帧，共 {whole} 帧"),
    "export.in queue": ("in the queue", "排队中"),
    "export.place in queue": ("{place} in the queue", "排在第 {number}"),
    "export.server says": ("the server says “{word}”", "服务器说“{word}”"),
    "export.waits for sound": ("waiting for the sound", "等待声音"),
    "export.empty": (
        "There is nothing on the timeline yet, so nothing to export.",
        "时间线上还没有内容，没有可以导出的。",
    ),
    "export.same": (
        "{id} was the same export, and may be done: this goes on with its job.",
        "{id} 是同样的导出，可能已经完成：这里继续它的任务。",
    ),
    "export.gone": (
        "The server had taken the export, and does not know it any more.",
        "服务器接受过这次导出，但现在不认识它了。",
    ),
    "export.notes": ("The server says of the film: {notes}", "服务器对影片的说明：{notes}"),
    "export.once more": ("{why} It is tried once more.", "{why}再试一次。"),
    "export.may be done": (
        "It may be done all the same: `%nemo attach {id}` goes on with it.",
        "它可能仍会完成：`%nemo attach {id}` 可以继续。",
    ),
    "export.asks again": ("`%nemo attach {id}` asks for it once more.", "`%nemo attach {id}` 再要一次。"),
    "export.stop failed": ("The stop came to nothing: {why}", "没能停止：{why}"),
    "export.no word of stop": (
        "The server did not say that it stopped the export.",
        "服务器没有说它停止了导出。",
    ),
    "export.stopped waiting": (
        "Stopped waiting. {why} It goes on there or is done; `%nemo attach {id}` fetches it.",
        "不再等待。{why}它会在那里继续或已经完成；`%nemo attach {id}` 可以取回。",
    ),
    "export.cancelled": ("Cancelled: no file was written.", "已取消：没有写入文件。"),
    "export.cancelled late": ("Cancelled, when {name} had been written.", "取消时 {name} 已经写好。"),
    "export.late": ("{name} was exported before the stop arrived.", "停止之前 {name} 已经导出。"),
    "export.late film": ("The film was exported before the stop arrived.", "停止之前影片已经导出。"),
    "export.no video": ("{id} has no video ({state}).", "{id} 没有视频（{state}）。"),
    "export.unknown options": ("Unknown: {names}.", "不认识：{names}。"),
    "export.options": ("There are {names}.", "可用的有 {names}。"),
    "export.being written": (
        "{name} is being exported already, by {id}. Nothing was sent.",
        "{id} 正在导出 {name}。没有发送任何内容。",
    ),
    "export.wait or rename": (
        "Wait for it, stop it with `%nemo cancel`, or give this one another name.",
        "请等它完成，用 `%nemo cancel` 停止它，或者换一个名称。",
    ),
    "export.no ending": ("There is no .{ending} export.", "不能导出 .{ending}。"),
    "export.call it": (
        "Call it {meant}, or {whole} if .{ending} is part of its name.",
        "请叫它 {meant}；如果 .{ending} 是名称的一部分，就叫 {whole}。",
    ),
    "export.called": (
        "There is no .{ending} export, so it is called {name}",
        "不能导出 .{ending}，因此文件名是 {name}",
    ),
    "export.there are": ("there are {formats}.", "可以导出{formats}。"),
    "export.would be folder": ("{path} would be a folder.", "{path} 会是文件夹。"),
    "export.no slash": (
        "Name a file in it, or leave out the slash at the end.",
        "请给出其中的文件，或者去掉末尾的斜杠。",
    ),
    "instead.table": (
        'The timeline as a table is `s.draft.segments.to_csv("{name}.csv")`.',
        '时间线的表格：`s.draft.segments.to_csv("{name}.csv")`。',
    ),
    "instead.timeline": (
        'The timeline itself, without a film, is `s.export("{name}.{ending}")`.',
        '只要时间线、不要影片：`s.export("{name}.{ending}")`。',
    ),
    "instead.otio": (
        "There is no .{ending} export; for other editors call it {name}.otio, {name}.fcpxml or {name}.xml.",
        "不能导出 .{ending}；要给其他剪辑软件，请叫它 {name}.otio、{name}.fcpxml 或 {name}.xml。",
    ),
    "instead.subtitles": (
        "There is no .{ending} export; the texts alone are {name}.srt, {name}.vtt or {name}.ass.",
        "不能导出 .{ending}；只要文字请叫它 {name}.srt、{name}.vtt 或 {name}.ass。",
    ),
    "instead.format": (
        "Ask for the format {ending}, or call it {name}.",
        "请指定格式 {ending}，或者叫它 {name}。",
    ),
    "instead.call it": ("Call it {name}.", "请叫它 {name}。"),
    "instead.video": ("An export is a video: call it {name}.", "导出的是视频：请叫它 {name}。"),
    "instead.animation": ("For an animation call it {name}.", "要动图请叫它 {name}。"),
    "instead.sound": ("For the sound alone call it {name}.", "只要声音请叫它 {name}。"),
    "export.no format": ("“{wanted}” is no format: {there}", "“{wanted}”不是格式：{there}"),
    "export.no such format": ("There is no {wanted} export: {there}", "不能导出 {wanted}：{there}"),
    "export.nameless": ("nameless", "没有名称的格式"),
    "export.ends in mp4": (
        "Give the export a name that ends in .mp4.",
        "请给导出一个以 .mp4 结尾的名称。",
    ),
    "export.nearest": (
        "The nearest is {format}: give the export a name that ends in .{ending}.",
        "最接近的是 {format}：请给导出一个以 .{ending} 结尾的名称。",
    ),
    "export.misnamed": (
        "The export becomes {format}; {name} would be misnamed.",
        "导出的是 {format}；{name} 这个名称不合适。",
    ),
    "export.over upload": (
        "{name} was uploaded; the export would write over it.",
        "{name} 是上传的文件，导出会覆盖它。",
    ),
    "export.another name": ("Give it another name, such as {name}.", "请换一个名称，例如 {name}。"),
    "export.no name": ("“{name}” is no name that a file can have.", "“{name}”不能作为文件名。"),
    "export.name otherwise": ("Name it otherwise.", "请换一个名称。"),
    "export.long name": (
        "The name has {bytes} bytes, and a file's name may have {most}.",
        "名称有 {bytes} 字节，文件名最多 {most} 字节。",
    ),
    "export.name shorter": ("Name it shorter.", "请用短一些的名称。"),
    "export.none yet": ("Nothing has been exported yet.", "还没有导出过。"),
    "export.export first": (
        "Run `%nemo export` first, or name a file.",
        "请先运行 `%nemo export`，或者给出一个文件。",
    ),
    "export.still exported": (
        "{name} is still being exported, by {run}.",
        "{name} 还在导出（{run}）。",
    ),
    "export.play later": ("Play it once that is done.", "请等它完成后再播放。"),
    "export.no file to play": ("There is no file {name} to play.", "没有可以播放的文件 {name}。"),
}
