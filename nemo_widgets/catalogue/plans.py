"""What is said of an export before it is made: what is copied, kept and encoded, and why; and of previews."""

__all__ = ["ROWS"]

ROWS = {
    "plan.whole": (
        "{format} · {size} · {fps} frames a second · {length} · {shares}",
        "{format} · {size} · 每秒 {fps} 帧 · {length} · {shares}",
    ),
    "plan.whole sound": ("{format} · {length} · the sound alone", "{format} · {length} · 只有声音"),
    "plan.nothing rendered": ("Nothing has been rendered.", "没有渲染任何内容。"),
    # What is done with a stretch.
    "plan.does copy": ("{share} copied", "原样复制 {share}"),
    "plan.does keep": ("{share} kept", "沿用 {share}"),
    "plan.does encode": ("{share} encoded", "重新编码 {share}"),
    "plan.does still": ("{share} still", "静止画面 {share}"),
    # And why.
    "plan.why untouched": ("nothing of it was changed", "没有改动"),
    "plan.why same film": ("the same film was exported before", "之前导出过同样的影片"),
    "plan.why shown before": ("an earlier film shows the same", "之前的影片里有同样的画面"),
    "plan.why still": ("a photo or a frame that is held", "照片或定格画面"),
    "plan.why waveform": ("the sound is drawn as a waveform", "把声音画成波形"),
    "plan.why format": ("nothing can be copied into this format", "这种格式不能复制"),
    "plan.why quality": ("another quality is asked for", "要求了别的画质"),
    "plan.why fade": ("the film fades here", "影片在这里淡入或淡出"),
    "plan.why transition": ("a transition", "转场"),
    "plan.why title": ("a text stands over it", "上面有文字"),
    "plan.why black": ("no clip stands here", "这里没有片段"),
    "plan.why treatment": ("its look, crop, turn or zoom is changed", "改了色调、裁剪、方向或缩放"),
    "plan.why reverse": ("it runs backwards", "倒放"),
    "plan.why speed": ("its speed is changed", "改了速度"),
    "plan.why rate": ("the clip has another frame rate", "片段的帧率不同"),
    "plan.why codec": ("the clip is not coded as the film is", "片段的编码与影片不同"),
    "plan.why pixels": ("the clip has more bits or colours a pixel", "片段的位深或色彩采样不同"),
    "plan.why size": ("the clip has another size", "片段的尺寸不同"),
    "plan.why interlaced": ("the clip is interlaced", "片段是隔行扫描的"),
    "plan.why damaged": ("the clip is damaged, or has gaps", "片段有损坏或缺口"),
    "plan.why structure": ("the clip's file is built in an unusual way", "片段的文件结构特殊"),
    "plan.why turned": (
        "the clip is stored turned, or with pixels that are no squares",
        "片段是旋转存储的，或者像素不是方形",
    ),
    "plan.why colours": ("the clip has other colours than the film", "片段的色彩标准与影片不同"),
    "plan.why encoder": (
        "it can't stand beside what is copied of another clip",
        "不能和另一个片段的复制内容放在一起",
    ),
    "plan.why joint": (
        "between a cut and the next key frame, or too short",
        "在剪切点和下一个关键帧之间，或者太短",
    ),
    "plan.why mix": ("the sound is mixed on the sample", "声音按采样混合"),
    "plan.studio only": (
        "Only the studio tells beforehand what an export does; the cloud does not.",
        "只有工作室能在导出前说明会做什么；云端不能。",
    ),
    "plan.just export": ("`%nemo export` makes it.", "`%nemo export` 直接导出。"),
    "plan.no answer": ("The studio sent no plan.", "工作室没有发来计划。"),
}
