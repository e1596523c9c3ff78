"""What stands in the widgets and pictures: on their buttons, beside a film, on a timeline, in its stead."""

__all__ = ["ROWS"]

ROWS = {
    # A run's live view.
    "view.queued": ("Waiting", "等待中"),
    "view.running": ("Running", "进行中"),
    "view.done": ("Done", "完成"),
    "view.failed": ("Failed", "失败"),
    "view.cancelled": ("Cancelled", "已取消"),
    "view.interrupted": ("Stopped", "已停止"),
    "view.cancel": ("Cancel", "取消"),
    "view.cancelling": ("Cancelling…", "正在取消…"),
    "view.cancel row": ("Cancel {label}", "取消 {label}"),
    "view.busy": (
        "The kernel is busy: press the notebook’s own Stop button (■) to cancel.",
        "内核正忙：要取消，请按笔记本自己的停止按钮（■）。",
    ),
    "view.busy row": (
        "The kernel is busy: this is cancelled as soon as it answers.",
        "内核正忙：它一有回应就会取消。",
    ),
    "view.cancel failed": ("Cancel failed: {why}", "取消失败：{why}"),
    # A question.
    "form.question": ("Question", "问题"),
    "form.send": ("Send", "发送"),
    "form.sending": ("Sending…", "正在发送…"),
    "form.busy": (
        "The kernel is busy: your answer goes out as soon as it is free.",
        "内核正忙：它一有空就会发送您的回答。",
    ),
    "form.left": ("{done} of {count} answered", "已回答 {done} / {count}"),
    "form.choose": ("Choose one", "请选择一项"),
    "form.your answer": ("Your answer", "您的回答"),
    "form.write": ("Your answer…", "您的回答…"),
    "form.else": ("Something else", "其他"),
    "form.write else": ("Something else…", "其他…"),
    # A player.
    "player.busy": ("Waiting for the kernel, which is busy…", "正在等待内核，它正忙…"),
    "player.click": (
        "Press ▶ to start: the browser wants a click first.",
        "请按 ▶ 开始：浏览器要求先点击一下。",
    ),
    "player.2": ("The film could not be fetched.", "无法取得影片。"),
    "player.3": ("The film is damaged.", "影片已损坏。"),
    "player.4": ("This browser can’t play the film.", "这个浏览器无法播放该影片。"),
    "player.damaged picture": ("The picture is damaged.", "图片已损坏。"),
    "player.no source": (
        "This browser can’t play a film that the kernel sends.",
        "这个浏览器无法播放内核发来的影片。",
    ),
    "player.preparing": ("Preparing the film…", "正在准备影片…"),
    "player.no kind": ("This browser can’t play {kind}.", "这个浏览器无法播放 {kind}。"),
    "player.run cell": ("Run this cell to play it.", "运行此单元格即可播放。"),
    "player.run": ("Run {command} to play it.", "运行 {command} 即可播放。"),
    "player.not open": ("The film is not open: run the cell again.", "影片没有打开：请重新运行此单元格。"),
    "player.unreadable": ("The film can't be read: {why}.", "无法读取影片：{why}。"),
    "player.no room": (
        "{name} can't be prepared in the folder for temporary files: {why}.",
        "无法在临时文件夹里准备 {name}：{why}。",
    ),
    "player.other folder": ("TMPDIR names another folder.", "TMPDIR 可以指定别的文件夹。"),
    "player.unprepared": ("{name} can't be prepared: {why}.", "无法准备 {name}：{why}。"),
    "player.no pyav": (
        "Playing a file that the browser can't fetch by itself needs PyAV.",
        "播放浏览器无法自己取得的文件需要 PyAV。",
    ),
    "player.install": (
        'Install it: pip install "nemo-widgets[studio]".',
        '请安装：pip install "nemo-widgets[studio]"。',
    ),
    "player.not h264": (
        "{name} can't be played here: its picture is {codec}, and only H.264 can.",
        "这里无法播放 {name}：它的画面是 {codec}，只支持 H.264。",
    ),
    "player.no picture": (
        "{name} can't be played here: it has no picture, and only H.264 can.",
        "这里无法播放 {name}：它没有画面，只支持 H.264。",
    ),
    "player.no film": (
        "{name} can't be read as a film: {why}.",
        "无法把 {name} 当作影片读取：{why}。",
    ),
    "player.empty": (
        "{name} can't be played here: it holds no pictures.",
        "这里无法播放 {name}：里面没有画面。",
    ),
    "player.gone": ("{film} · not there any more", "{film} · 文件已不在"),
    # What a picture is, for whoever does not see it.
    "alt.picture": ("picture", "图片"),
    "alt.sound": ("Waveform of the sound {words}. {hint}", "声音波形 {words}。{hint}"),
    "alt.image": ("Picture of the file {words}. {hint}", "文件图片 {words}。{hint}"),
    "alt.film": ("Poster of the film {words}. {hint}", "影片封面 {words}。{hint}"),
    # What a sound is made of.
    "sound.mono": ("mono", "单声道"),
    "sound.stereo": ("stereo", "立体声"),
    "sound.channels": ("{count} channels", "{count} 声道"),
    # Two timelines.
    "timelines.before": ("Before", "之前"),
    "timelines.after": ("After", "之后"),
    "difference.none": ("Nothing differs.", "没有差别。"),
    "difference.more": ("And {count} more.", "另有 {count} 处。"),
    "difference.legend": (
        "hatched: gone · bar: new or changed · line: moved",
        "斜线：已去除 · 横条：新的或改过的 · 连线：移动",
    ),
    # A session's history.
    "history.unsaid": ("upload or change elsewhere", "上传或其他改动"),
    "history.told": ("State {number}: {what} ({length}).", "状态 {number}：{what}（{length}）。"),
    "history.earlier": ("{count} earlier states", "更早的 {count} 个状态"),
    "history.no state": ("The session has no state {number}.", "会话没有第 {number} 个状态。"),
    "history.look": ("`%nemo history` shows all.", "`%nemo history` 会全部列出。"),
    "history.back": ("Go back to state {number}", "回到第 {number} 个状态"),
    "history.two": ("Two states are compared at a time.", "一次只能比较两个状态。"),
    "history.one": ("There is no edit yet to compare.", "还没有可以比较的剪辑。"),
    # A timeline.
    "timeline.empty": ("Nothing is on the timeline yet.", "时间线上还没有内容。"),
    "timeline.more one": ("and {count} more track", "另有 {count} 条轨道"),
    "timeline.more": ("and {count} more tracks", "另有 {count} 条轨道"),
    "timeline.segments": ("{count} segments", "{count} 段"),
    "timeline.untitled": ("untitled", "未命名"),
    "timeline.muted": ("muted", "静音"),
    "timeline.ducked": ("ducked", "自动压低"),
}
