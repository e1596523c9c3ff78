"""What changed in a draft, as sentences. What the things themselves are called stands in `draft.schema`."""

__all__ = ["ROWS"]

ROWS = {
    "change.ended": ("{told}.", "{told}。"),
    "change.none": ("none", "无"),
    "change.detail": ("{name} changed", "{name} 有改动"),
    "change.detail values": ("{name} changed ({values})", "{name} 有改动（{values}）"),
    "change.whole": ("{what}: {values}", "{what}：{values}"),
    "change.order": ("Order: {values}", "顺序：{values}"),
    "change.of": ("{what} of {whose}: {values}", "{whose}的{what}：{values}"),
    "change.of when": ("{what} of {whose} ({when}): {values}", "{whose}（{when}）的{what}：{values}"),
    # What is called so.
    "change.project": ("Title of the project", "项目名称"),
    "change.clip": ("Clip", "片段"),
    "change.music": ("Music", "音乐"),
    "change.kind": ("Segment of kind {kind}", "“{kind}”类片段"),
    "change.the clip": ("the clip", "片段"),
    "change.the": ("the {noun}", "{noun}"),
    "change.The": ("The {noun}", "{noun}"),
    "change.noun called": ("{noun} {name}", "{noun}{name}"),
    "change.clips": ("{count} clips", "{count} 个片段"),
    "change.pieces": ("{count} pieces of music", "{count} 段音乐"),
    "change.kinds": ("{count} segments of kind {kind}", "{count} 个“{kind}”类片段"),
    "change.texts": ("{count} {name}s", "{count} 个{name}"),
    # One.
    "change.added": ("{noun} added: {what}", "已添加{noun}：{what}"),
    "change.removed": ("{noun} removed: {what}", "已删除{noun}：{what}"),
    "change.cut": ("Removed {part} of {name}", "剪掉了 {name} 的 {part}"),
    "change.restored": ("Added {part} of {name}", "加回了 {name} 的 {part}"),
    "change.moved": ("{who} moved from {before} to {after}", "{who}从 {before} 移到 {after}"),
    "change.split": ("{who} split at {at}", "{who}在 {at} 处分割"),
    "change.now at": ("{who} is now at {after} (was {before})", "{who}现在位于 {after}（原为 {before}）"),
    "change.now long": ("{who} is now {after} long (was {before})", "{who}现在长 {after}（原为 {before}）"),
    "change.transition": ("Transition at {at}: {before} → {after}", "{at} 处的转场：{before} → {after}"),
    "change.transition set": ("{told} at {at}", "{at} 处添加了转场：{told}"),
    "change.transition gone": ("{told} at {at} removed", "{at} 处移除了转场：{told}"),
    "change.transition long": ("{kind} of {seconds} s", "{kind} {seconds} 秒"),
    "change.held": ("Picture held at {at} for {long}", "画面在 {at} 定格 {long}"),
    "change.held of": ("Picture of {name} held at {at} for {long}", "{name}的画面在 {at} 定格 {long}"),
    "change.held otherwise": ("Picture held at {at}: {values}", "画面在 {at} 的定格：{values}"),
    "change.held otherwise of": (
        "Picture of {name} held at {at}: {values}",
        "{name}的画面在 {at} 的定格：{values}",
    ),
    "change.released": ("Picture no longer held at {at}", "画面在 {at} 不再定格"),
    "change.released of": ("Picture of {name} no longer held at {at}", "{name}的画面在 {at} 不再定格"),
    # Many.
    "change.extent": (", {start}–{end}", "（{start}–{end}）"),
    "change.many cut": ("Removed {count} parts, {long} together", "剪掉了 {count} 处，共 {long}"),
    "change.many restored": ("Added {count} parts, {long} together", "加回了 {count} 处，共 {long}"),
    "change.transitions set": (
        "Transitions set at {count} cuts{extent} ({kinds})",
        "在 {count} 个剪辑点添加了转场{extent}：{kinds}",
    ),
    "change.transitions changed": (
        "Transitions changed at {count} cuts{extent} ({kinds})",
        "更换了 {count} 个剪辑点的转场{extent}：{kinds}",
    ),
    "change.transitions removed": (
        "Transitions removed at {count} cuts{extent} ({kinds})",
        "移除了 {count} 个剪辑点的转场{extent}：{kinds}",
    ),
    "change.more kinds": ("and {count} more", "另有 {count} 种"),
    "change.many split": (
        "{count} cuts made without taking anything out{extent}",
        "分割了 {count} 处，没有剪掉内容{extent}",
    ),
    "change.many freeze": (
        "{count} pictures held or no longer held{extent}",
        "{count} 处画面的定格有改动{extent}",
    ),
    "change.many added": ("{things} added{extent}", "添加了 {things}{extent}"),
    "change.many removed": ("{things} removed{extent}", "删除了 {things}{extent}"),
    "change.many moved": ("{things} moved{extent}", "移动了 {things}{extent}"),
    "change.many details": (
        "{count} details changed, {name} the first of them",
        "{count} 处细节有改动，第一处是 {name}",
    ),
    "change.many": ("{what} of {things}{extent} changed", "{things}的{what}有改动{extent}"),
    "change.many alike": ("{what} of {things}{extent}: {values}", "{things}的{what}{extent}：{values}"),
}
