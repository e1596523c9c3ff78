"""Why a studio makes no film or picture of a draft. It says so in English, and the client says it again."""

__all__ = ["ROWS"]

ROWS = {
    "film.formats": (
        "Exports are {formats}; “{format}” can't be made: the nearest is {near}.",
        "可以导出 {formats}；做不了“{format}”，最接近的是 {near}。",
    ),
    "film.quality": (
        "The quality is high, medium or low, not “{quality}”: {near} is the nearest.",
        "质量是 high、medium 或 low，不是“{quality}”；最接近的是 {near}。",
    ),
    "film.crf": (
        "crf goes from 0 (best) to 51, not {crf}: {near} is the nearest.",
        "crf 从 0（最好）到 51，不能是 {crf}；最接近的是 {near}。",
    ),
    "film.preset": (
        "The preset is one of {names}, not “{preset}”.",
        "preset 是 {names} 之一，不是“{preset}”。",
    ),
    "film.fastest": (
        "{format} has at most {most} frames a second, not {fps}: {near} is the nearest.",
        "{format} 每秒最多 {most} 帧，不能是 {fps}；最接近的是 {near}。",
    ),
    "film.sound has no": (
        "{format} is sound alone, which has no {key}: leave the {key} out.",
        "{format} 只有声音，没有 {key}：请去掉它。",
    ),
    "film.animation has no": (
        "{format} is an animation, which has no {key}: leave the {key} out.",
        "{format} 是动画，没有 {key}：请去掉它。",
    ),
    "film.codec": (
        "The codec of {format} is {codec}, not “{asked}”: leave it out.",
        "{format} 的编码是 {codec}，不是“{asked}”：请去掉它。",
    ),
    "film.word": (
        "The export's {key} is a word, not {value}.",
        "导出的 {key} 是文字，不是 {value}。",
    ),
    "film.fps": (
        "The export's fps is a number, not {value}.",
        "导出的 fps 是数字，不是 {value}。",
    ),
    "film.whole crf": (
        "The export's crf is a whole number, not {value}.",
        "导出的 crf 是整数，不是 {value}。",
    ),
    "film.too large": (
        "A video of {size} can't be made, its sides have at most {most} pixels: 4k is the nearest.",
        "做不了 {size} 的视频，边长最多 {most} 像素；最接近的是 4k。",
    ),
    "film.too many lines": (
        "A video of {lines} lines can't be made, its sides have at most {most} pixels: 4k is the nearest.",
        "做不了 {lines} 行的视频，边长最多 {most} 像素；最接近的是 4k。",
    ),
    "film.resolution near": (
        "A resolution is “source”, “720p” or “1280x720”, not “{size}”: {near} is the nearest.",
        "分辨率写成“source”、“720p”或“1280x720”，不是“{size}”；最接近的是 {near}。",
    ),
    "film.resolution": (
        "A resolution is “source”, “720p” or “1280x720”, not “{size}”.",
        "分辨率写成“source”、“720p”或“1280x720”，不是“{size}”。",
    ),
    "film.size": (
        "A video of {size} pixels can't be made, its sides have {least} to {most}: {near} is the nearest.",
        "做不了 {size} 像素的视频，边长是 {least} 到 {most} 像素；最接近的是 {near}。",
    ),
    "film.rate": (
        "“{value}” is not a number of frames a second.",
        "“{value}”不是每秒帧数。",
    ),
    "film.rates": (
        "A video has between 1 and {most} frames a second, not {value}: {near} is the nearest.",
        "视频每秒 1 到 {most} 帧，不能是 {value}；最接近的是 {near}。",
    ),
    "film.empty": (
        "There is nothing to export yet: the timeline is empty.",
        "时间线是空的，没有可以导出的。",
    ),
    "film.no length": (
        "“{name}” has no length on the timeline.",
        "“{name}”在时间线上没有长度。",
    ),
    "film.short": (
        "The timeline is shorter than one frame.",
        "时间线不到一帧。",
    ),
    "film.long": (
        "The timeline is longer than a day.",
        "时间线超过一天。",
    ),
    "film.silent": (
        "{format} has no sound, and the timeline is sound alone: say “mp4”.",
        "{format} 没有声音，而时间线上只有声音：请用“mp4”。",
    ),
    "film.colour": (
        "The export can be faded to black or white, not {color}.",
        "导出只能淡到黑色或白色，不能是 {color}。",
    ),
    "film.fade in": (
        "The export can't be faded in over {ms} ms.",
        "导出不能用 {ms} 毫秒淡入。",
    ),
    "film.fade out": (
        "The export can't be faded out over {ms} ms.",
        "导出不能用 {ms} 毫秒淡出。",
    ),
    "film.no file": (
        "“{name}” has no file to it.",
        "“{name}”没有对应的文件。",
    ),
    "film.not here": (
        "The file of “{name}” isn't here: it must be uploaded again.",
        "“{name}”的文件不在这里，需要重新上传。",
    ),
    "film.from": (
        "“{name}” is {length} long; the timeline wants it from {begin} on.",
        "“{name}”长 {length}，时间线却要从 {begin} 开始用它。",
    ),
    "film.until": (
        "“{name}” is {length} long; the timeline wants it until {until}.",
        "“{name}”长 {length}，时间线却要用到 {until}。",
    ),
    "film.kept": (
        "“{name}” is kept from {begin} to {end}, which is nothing.",
        "“{name}”保留的是 {begin} 到 {end}，那里什么也没有。",
    ),
    "film.longer": (
        "“{name}” is longer on the timeline than what is kept of the clip.",
        "“{name}”在时间线上比片段保留的部分长。",
    ),
    "film.no music": (
        "There is no generated music called “{name}”.",
        "没有名为“{name}”的自制音乐。",
    ),
    "film.no sound": (
        "“{name}” has no sound.",
        "“{name}”没有声音。",
    ),
    "film.before": (
        "“{name}” begins before the timeline does.",
        "“{name}”早于时间线开始。",
    ),
    "film.speed": (
        "“{name}” can't be played at {speed} times its speed.",
        "“{name}”不能以 {speed} 倍速播放。",
    ),
    "film.sound on video": (
        "“{name}” is sound without a picture: it can't stand on a video track.",
        "“{name}”只有声音没有画面，不能放在视频轨道上。",
    ),
    "film.text on video": (
        "“{name}” is a file of subtitles: it can't stand on a video track.",
        "“{name}”是字幕文件，不能放在视频轨道上。",
    ),
    "film.hold": (
        "“{name}” is {length} long; the timeline wants to hold it at {at}.",
        "“{name}”长 {length}，时间线却要停在 {at}。",
    ),
    "film.nothing to see": (
        "There is nothing to see: the timeline is sound alone.",
        "没有画面可看：时间线上只有声音。",
    ),
    "film.flipped": (
        "“{name}” can't be flipped by {value}: it is one of {choices}.",
        "“{name}”不能用 {value} 翻转，只能是 {choices} 之一。",
    ),
    "film.fitted": (
        "“{name}” can't be fitted by {value}: it is one of {choices}.",
        "“{name}”不能用 {value} 适配画面，只能是 {choices} 之一。",
    ),
    "film.turn": (
        "“{name}” can be turned by 90, 180 or 270 degrees, not {value}.",
        "“{name}”可以旋转 90、180 或 270 度，不能是 {value}。",
    ),
    "film.crop": (
        "The crop of “{name}” needs x, y, w and h as fractions of the picture.",
        "“{name}”的裁剪需要 x、y、w、h，按画面的比例。",
    ),
    "film.crop beyond": (
        "The crop of “{name}” reaches beyond the picture or leaves nothing of it.",
        "“{name}”的裁剪超出了画面，或者什么也没留下。",
    ),
    "film.focus": (
        "The focus of “{name}” is a list of [ms, x, y], x and y between 0 and 1.",
        "“{name}”的焦点是 [ms, x, y] 的列表，x 和 y 在 0 到 1 之间。",
    ),
    "film.zoom": (
        "The zoom of “{name}” needs from and to as factors, x and y between 0 and 1.",
        "“{name}”的缩放需要 from 和 to 两个倍数，x 和 y 在 0 到 1 之间。",
    ),
    "film.zooms": (
        "“{name}” can be zoomed {least} to {most} times, not {value}.",
        "“{name}”可以缩放 {least} 到 {most} 倍，不能是 {value}。",
    ),
    "film.look": (
        "“{name}” has a look that nobody knows: {look}.",
        "“{name}”有一种不认识的画面效果：{look}。",
    ),
    "film.amount": (
        "The {look} of “{name}” goes from {least} to 1, not {value}.",
        "“{name}”的 {look} 从 {least} 到 1，不能是 {value}。",
    ),
    "film.no json": (
        "The draft is a text that is no JSON.",
        "草稿是文字，但不是 JSON。",
    ),
    "film.no tracks": (
        "The draft has no tracks, so there is nothing to export.",
        "草稿没有轨道，没有可以导出的。",
    ),
    "film.no segment": (
        "No track of the draft has a segment, so there is nothing to export.",
        "草稿的轨道上没有片段，没有可以导出的。",
    ),
    "film.not uploaded": (
        "The draft's segment {name} shows a file that was not uploaded here.",
        "草稿的片段 {name} 用了没有上传到这里的文件。",
    ),
    "film.half": (
        "The draft holds half a character, as of an emoji cut in two: type that text again.",
        "草稿里有半个字符（例如被切断的表情）：请重新输入那段文字。",
    ),
    "film.many tracks": (
        "The draft has {count} tracks; at most {most} can be exported.",
        "草稿有 {count} 条轨道，最多能导出 {most} 条。",
    ),
    "film.many segments": (
        "The draft has {count} segments; at most {most} can be exported.",
        "草稿有 {count} 个片段，最多能导出 {most} 个。",
    ),
    "film.long text": (
        "The text “{text}” has {count} characters; one text has at most {most}.",
        "文字“{text}”有 {count} 个字符，一段文字最多 {most} 个。",
    ),
    "film.elsewhere": (
        "The draft shows a file that was not uploaded here.",
        "草稿用了没有上传到这里的文件。",
    ),
    "film.gone": (
        "The file of {name} is gone from the studio's folder.",
        "{name} 的文件已不在工作室的文件夹里。",
    ),
    "film.slow plan": ("To explain the export takes too long.", "说明导出计划花的时间太长。"),
    "film.large plan": (
        "To explain the export needs more memory than it may have.",
        "说明导出计划需要的内存超过了上限。",
    ),
    "film.lost plan": (
        "The export can't be explained: what reads the clip crashed.",
        "无法说明导出计划：读取片段的程序崩溃了。",
    ),
    "film.slow frame": (
        "The frame takes too long.",
        "这一帧花的时间太长。",
    ),
    "film.large frame": (
        "The frame needs more memory than it may have.",
        "这一帧需要的内存超过上限。",
    ),
    "film.lost frame": (
        "The frame can't be made: what reads the clip crashed.",
        "做不出这一帧：读取片段的程序崩溃了。",
    ),
    "film.nothing there": (
        "The timeline is empty: there is nothing to see.",
        "时间线是空的，没有画面可看。",
    ),
}
