"""The words by which servers call the state of a render, read as the protocol's (§9). Pure."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from .render_words_abroad import told_abroad

__all__ = ["KNOWN", "OF_AN_ENVELOPE", "WORDS", "incomplete", "only_cancelled", "state_word"]

KNOWN = ("pending", "processing", "completed", "failed", "cancelled")
"""The words for a job's state that we know."""
_SYNONYMS = {
    "pending": "queued submitted waiting created accepted scheduled new initialized initializing received"
    " enqueued not_started queue in_queue",
    "processing": "running rendering in_progress inprogress progress working encoding muxing started starting"
    " active finalizing retrying",
    "completed": "complete done succeeded success successful finished rendered exported",
    "failed": "fail error errored failure rejected invalid timeout timed_out timedout expired crashed fatal"
    " killed oom died broken",
    "cancelled": "canceled aborted stopped terminated",
}
WORDS = {word: word for word in KNOWN} | {
    word: state for state, words in _SYNONYMS.items() for word in words.split()
}
OF_AN_ENVELOPE = {
    "ok": "ok",
    "no_error": "ok",
    "no_errors": "ok",
    "success": "completed",
    "error": "failed",
    "fail": "failed",
}
"""Words that an answer calls itself by, whatever the job is that it tells of; what they mean without one."""
_CHINESE = (
    ("pending", re.compile("排队|等待|待(?:处理|渲染)|已(?:提交|创建|接收)")),
    ("processing", re.compile("中$|正在|进行")),
    ("failed", re.compile("失败|出错|错误|异常|超时|崩溃")),
    ("cancelled", re.compile("取消|终止|停止|中止")),
    ("completed", re.compile("完成|成功|完毕|就绪")),
)
"""Chinese words for a job's state, those that tell that it goes on before those of its end."""
_CHINESE_DENIAL = re.compile("[未没不无]")
_FAILED = ("error", "fail", "failed", "failure")
_DENIALS = frozenset(("no", "non", "not", "never", "without", "un", "in", "isnt", "half"))
_UNABLE = frozenset(("cannot", "cant", "couldnt", "unable"))
_NEARLY = frozenset(("almost", "nearly"))
_IN_PART = frozenset(("partial", "partially", "partly", "errors", "error", "warning", "warnings", "failures"))
_DONE = frozenset(("complete", "finish", "render", "export", "process", "encode", "be"))
"""What something is said to be unable to do."""
_BESIDE = frozenset({"a", "the", "this", "your", "was", "were", "has", "been", "is", "got", "status"}) | {
    "render", "rendering", "job", "task", "export", "video", "request", "operation", "successfully",
}  # fmt: skip
"""What may stand beside a word for a cancelled job without telling anything more."""
_CANCELLED_ZH = re.compile(
    "(?:该|此|本)?(?:任务|渲染|导出|作业|视频|请求)*(?:已|被)*(?:取消|终止|停止|中止)(?:了|成功)?"
)
_LONGEST = 60
_JOINTS = ("with", "without", "by", "due", "because", "after")
"""Behind one of these stands how or why it is so."""


def state_word(value: str) -> str:
    """`RENDER_STATUS_IN_PROGRESS` is in_progress: what we know of its end. Else the word as it came.

    A word that takes back the one behind it is none that we know: `export_not_finished` tells no end.

    >>> state_word("Completed."), state_word("cannot_complete"), state_word("error_rendering")
    ('completed', 'failed', 'failed')
    >>> state_word("render_not_done"), state_word("almost_done"), state_word("completed_with_errors")
    ('render_not_done', 'processing', 'completed')
    >>> state_word("渲染中"), state_word("渲染失败"), state_word("未完成")
    ('processing', 'failed', '未完成')
    """
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", value[:200]).lower())
    while len(parts) > 1 and parts[-1].isdigit():
        parts.pop()
    word = "_".join(parts)[:_LONGEST]
    if not word or word in WORDS or word in OF_AN_ENVELOPE:
        return word or value.strip().lower()[:_LONGEST]
    if (joint := next((at for at, part in enumerate(parts) if part in _JOINTS), 0)) and (
        state_word("_".join(parts[:joint])) in WORDS
    ):
        return state_word("_".join(parts[:joint]))
    end, before = _known_end(parts)
    if _is_unable(parts):
        return "failed"
    if parts[0] in _FAILED and (parts[1] in ("to", "while") or WORDS.get(end) == "processing"):
        return end if end == "retrying" else "failed"
    if not _NEARLY.isdisjoint(before):
        return "processing"
    known = end if end == word or _DENIALS.isdisjoint(before) else ""
    return known or _in_chinese(word) or told_abroad(" ".join(parts)) or word


def _in_chinese(word: str) -> str:
    """The state that a Chinese word tells; "" for none, and where it denies what it names."""
    if _CHINESE_DENIAL.search(word):
        return ""
    return next((state for state, told in _CHINESE if told.search(word)), "")


def incomplete(value: str) -> bool:
    """Whether a word for what is done says that something of it is missing or went wrong."""
    parts = re.findall(r"[^\W_]+", value.lower()[:200])
    return len(parts) > 1 and "without" not in parts and not _IN_PART.isdisjoint(parts)


def only_cancelled(value: str) -> bool:
    """Whether a reason says no more than that the job was cancelled.

    >>> only_cancelled("The render was canceled."), only_cancelled("已取消"), only_cancelled("No credits")
    (True, True, False)
    """
    parts = re.findall(r"[^\W_]+", value.lower()[:200])
    told = [part for part in parts if part not in _BESIDE]
    return all(
        WORDS.get(part, told_abroad(part)) == "cancelled" or _CANCELLED_ZH.fullmatch(part) for part in told
    )


def _known_end(parts: list[str]) -> tuple[str, list[str]]:
    """The longest end of a word that is known, and what stands before it."""
    for at in range(len(parts)):
        end = "_".join(parts[at:])
        if end in WORDS or end in OF_AN_ENVELOPE:
            return end, parts[:at]
    return "", parts


def _is_unable(parts: list[str]) -> bool:
    """Whether it could not be done: `cannot_complete`, `could_not_be_completed`."""
    unable = not _UNABLE.isdisjoint(parts) or any(
        one in ("can", "could") and other == "not" for one, other in pairwise(parts)
    )
    return unable and (WORDS.get(parts[-1]) == "completed" or not _DONE.isdisjoint(parts))
