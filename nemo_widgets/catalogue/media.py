"""Why a studio refuses a file. It says so in English, as all that goes over the wire; the client says it again."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

__all__ = ["ROWS"]

ROWS = {
    "media.unread": (
        "{name} is {what}, which is not read. {instead}",
        "{name} 是{what}，无法读取。{instead}",
    ),
    "media.type": ("{name} is of no supported type ({types}).", "{name} 不是支持的类型（{types}）。"),
    "media.larger": ("{name} is larger than {size}.", "{name} 超过 {size}。"),
    "media.nothing": ("{name} is empty.", "{name} 是空的。"),
    "media.no picture": ("“{name}” can't be read as a picture.", "“{name}”无法当作图片读取。"),
    "media.damaged picture": (
        "“{name}” is damaged: it can't be read as a picture.",
        "“{name}”已损坏，无法当作图片读取。",
    ),
    "media.large picture": (
        "“{name}” is too large a picture: make it smaller.",
        "图片“{name}”太大，请缩小。",
    ),
    "media.pixels": (
        "“{name}” has {size} pixels, which is too large a picture: make it smaller, or save it as a JPEG.",
        "“{name}”有 {size} 像素，图片太大：请缩小，或者存为 JPEG。",
    ),
    "media.moving": (
        "“{name}” has {size} pixels in each of {count} pictures, which is too much: save it as an MP4.",
        "“{name}”的 {count} 幅画面每幅都有 {size} 像素，太大了：请存为 MP4。",
    ),
    "media.unreadable": ("“{name}” can't be read.", "无法读取“{name}”。"),
    "media.damaged": (
        "“{name}” is damaged or was cut short: it can't be opened as a clip.",
        "“{name}”已损坏或不完整，无法当作片段打开。",
    ),
    "media.text": (
        "“{name}” is not a video, picture or sound: there is text in it.",
        "“{name}”不是视频、图片或声音：里面是文字。",
    ),
    "media.none": (
        "“{name}” is not a video, picture or sound that can be read.",
        "“{name}”不是能读取的视频、图片或声音。",
    ),
    "media.missing": ("The file of “{name}” is missing.", "“{name}”的文件不见了。"),
    "media.empty": ("“{name}” is empty (0 bytes).", "“{name}”是空的（0 字节）。"),
    "media.no pictures": ("“{name}” has no picture that can be decoded.", "“{name}”没有可以解码的画面。"),
    "media.neither": (
        "“{name}” has neither pictures nor sound that can be read.",
        "“{name}”没有能读取的画面，也没有能读取的声音。",
    ),
    "media.silent track": (
        "“{name}” has a sound track with nothing in it.",
        "“{name}”的音轨里什么也没有。",
    ),
    "media.endless": (
        "“{name}” is damaged: it says that it is longer than anything can be.",
        "“{name}”已损坏：它标明的时长不可能存在。",
    ),
    "media.slow": (
        "“{name}” takes longer than {seconds} seconds to be looked into: save it as an MP4 or a JPEG, and upload that.",
        "检查“{name}”超过了 {seconds} 秒：请存为 MP4 或 JPEG，再上传。",
    ),
    "media.memory": (
        "“{name}” needs more memory than it may have: make its picture smaller, and upload that.",
        "“{name}”需要的内存太多：请把画面缩小，再上传。",
    ),
    # Subtitles.
    "media.no text": (
        "“{name}” is no text: it breaks off, or is damaged.",
        "“{name}”不是文字：不完整或已损坏。",
    ),
    "media.encoding": ("“{name}” can't be read as {encoding}.", "“{name}”无法按 {encoding} 读取。"),
    "media.large text": (
        "“{name}” is larger than 2 MB, which no subtitles are.",
        "“{name}”超过 2 MB，字幕不会这么大。",
    ),
    "media.no subtitles": (
        "“{name}” can't be read as subtitles. {why}",
        "“{name}”无法当作字幕读取。{why}",
    ),
    "media.line": ("Line {line}: {why}", "第 {line} 行：{why}"),
    "media.no times": (
        "“{text}” has no times before it, such as 00:00:01,000 --> 00:00:03,500.",
        "“{text}”前面没有时间，例如 00:00:01,000 --> 00:00:03,500。",
    ),
    "media.bad times": (
        "“{text}” can't be read; times look like 00:00:01,000 --> 00:00:03,500.",
        "“{text}”无法读取；时间应写成 00:00:01,000 --> 00:00:03,500。",
    ),
    "media.sixty": (
        "There is no minute or second {number}: both go from 0 to 59.",
        "没有第 {number} 分或秒：分和秒都是 0 到 59。",
    ),
    "media.no cues": ("There are no subtitles in it.", "里面没有字幕。"),
    "media.many cues": (
        "There are {count} subtitles in it, over {most}.",
        "里面有 {count} 条字幕，超过 {most} 条。",
    ),
    "media.long cue": (
        "One subtitle has {count} characters, over {most}.",
        "有一条字幕有 {count} 个字符，超过 {most} 个。",
    ),
    "media.definitions": (
        "There are definitions (DOCTYPE) in it, which no subtitles need: take them out.",
        "里面有定义（DOCTYPE），字幕不需要：请去掉。",
    ),
    "media.bad xml": ("It is XML that is damaged here.", "这里的 XML 已损坏。"),
    # Links.
    "media.late": (
        "{link} was not there after {seconds} s, the most that a link may take.",
        "{link} 过了 {seconds} 秒还没有下载完，这是链接的最长时间。",
    ),
    "media.answered": ("{link} answered {status}.", "{link} 的回答是 {status}。"),
    "media.page": (
        "{link} leads to a web page, not to a media file.",
        "{link} 指向网页，不是媒体文件。",
    ),
    "media.packed": (
        "{link} is sent compressed, though it was asked not to be.",
        "{link} 发来的是压缩内容，尽管要求不要压缩。",
    ),
    # What a file is that nothing here reads, and what to do instead.
    "unread.as picture": ("Save it as PNG or JPEG, and upload that.", "请存为 PNG 或 JPEG，再上传。"),
    "unread.as drawing": ("Export it as PNG, and upload that.", "请导出为 PNG，再上传。"),
    "unread.as page": ("Export its page as PNG, and upload that.", "请把页面导出为 PNG，再上传。"),
    "unread.as raw": (
        "Develop it to JPEG, PNG or TIFF, and upload that.",
        "请转成 JPEG、PNG 或 TIFF，再上传。",
    ),
    "unread.as film": ("Convert it to MP4 or MOV, and upload that.", "请转成 MP4 或 MOV，再上传。"),
    "unread.as sound": ("Play it into a WAV, and upload that.", "请播放并录成 WAV，再上传。"),
    "unread.as slides": (
        "Export it as pictures or as a video, and upload that.",
        "请导出为图片或视频，再上传。",
    ),
    "unread.exr": ("an OpenEXR picture", " OpenEXR 图片"),
    "unread.dpx": ("a DPX picture", " DPX 图片"),
    "unread.cin": ("a Cineon picture", " Cineon 图片"),
    "unread.jxl": ("a JPEG XL picture", " JPEG XL 图片"),
    "unread.dds": ("a DDS picture", " DDS 图片"),
    "unread.icns": ("an ICNS picture", " ICNS 图片"),
    "unread.hdr": ("a Radiance HDR picture", " Radiance HDR 图片"),
    "unread.pfm": ("a PFM picture", " PFM 图片"),
    "unread.sgi": ("an SGI picture", " SGI 图片"),
    "unread.pcx": ("a PCX picture", " PCX 图片"),
    "unread.psb": ("a large Photoshop document (PSB)", "大型 Photoshop 文档（PSB）"),
    "unread.xcf": ("a GIMP picture", " GIMP 图片"),
    "unread.kra": ("a Krita picture", " Krita 图片"),
    "unread.svg": ("a vector drawing (SVG)", "矢量图（SVG）"),
    "unread.eps": ("a vector drawing (EPS)", "矢量图（EPS）"),
    "unread.pdf": ("a PDF document", " PDF 文档"),
    "unread.raw picture": ("a camera's raw picture", "相机的 RAW 照片"),
    "unread.raw film": ("a camera's raw film", "相机的 RAW 视频"),
    "unread.midi": ("a MIDI file, which holds notes and no sound", " MIDI 文件，里面是音符，没有声音"),
    "unread.slides": ("a slide show", "幻灯片"),
}
