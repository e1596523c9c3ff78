"""What an upload's answer says of each file (§5): taken, or not taken and why. Pure.

The protocol names one shape. All others that are plausible are read too: lists and objects under other
names, one file without a list, names or links alone, and failures beside the files or inside of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.printable import printable_repr
from nemo_widgets.reasons import says_nothing

from .json_values import find, layers, named, number, parsed, plain, text
from .models import MediaFile, name_in
from .reason_words import SAID, WRONG, one_line
from .render_words import WORDS, state_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["NotTaken", "UploadAnswer", "names_none", "why_absent"]

_WRAPPERS = ("data", "result")
_FILES = (
    "files",
    "uploaded_files",
    "uploaded",
    "succeeded",
    "successful",
    "accepted",
    "media",
    "media_files",
    "videos",
    "uploads",
    "results",
    "items",
    "file",
    "video",
    "urls",
    *_WRAPPERS,
)
_FAILED = ("failed", "failed_files", "failures", "errors", "rejected", "invalid", "skipped", "not_uploaded")
_OF_A_FILE = frozenset(map(plain, ("filename", "file_name", "cdn_url", "file_url", "url", "file_id", "hash")))
_WHY = (*WRONG, "reason", "why")
"""Beside a file one of these is said of one that was not taken."""
_GOOD = (
    "success", "ok", "uploaded", "accepted", "valid", "is_success", "is_valid", "is_ok", "succeeded",
    "successful",
)  # fmt: skip
_NO = frozenset(
    ("failed", "failure", "fail", "error", "rejected", "refused", "denied", "invalid", "unsupported",
     "skipped", "toolarge", "quarantined", "infected", "corrupt", "corrupted", "blocked", "unreadable", "not",
     "dropped", "discarded", "incomplete", "damaged", "abort", "abgelehnt", "refusé", "refusée", "rechazado",
     "rejeitado", "recusado", "rifiutato", "geweigerd", "отклонено", "отклонён", "ungültig", "invalide",
     "inválido")
)  # fmt: skip
"""A status with one of these words says that the file was not taken: `upload_failed`, `not_supported`."""
_NO_SIGNS = re.compile(
    "不支[持援]|不能|不可|无[效法]|無[效法]|[拒违違]|过期|過期|过大|過大|损坏|損壞|受损|未通过|未通過|拒否|거부|만료"
)
_MENDED = frozenset({"no", "without", "yet", "started", "processed", "retry", "retrying"})
_ONE_FAILED = re.compile(
    r"(?:[1-9]\d*|one|all) (?:of \d+ )?(?:files?|uploads?|items?|videos?) (?:have |has )?failed\b"
)
_MOST = 1000
"""So many files of an answer are looked at."""
_LONGEST = 300
_FINE = (0, 200, 201, 202)
_ADDRESSES = ("cdn_url", "url", "file_url", "download_url")
_STATUS = ("status", "state", "upload_status", "result")
_APPLIED = ("session_state_applied", "state_applied")
_BAD = 400


@printable_repr
@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that the server did not take: its name, why in its words, and the code, where it has one."""

    name: str
    why: str = ""
    code: int | None = None


@printable_repr
@dataclass(frozen=True, slots=True)
class UploadAnswer:
    """What became of the files that were sent. Both lists are empty where the answer names none of them."""

    files: list[MediaFile]
    failed: list[NotTaken]

    @classmethod
    def read(cls, body: Any, sent: Sequence[str], *, fine: bool = True) -> UploadAnswer:
        """Read an answer, envelope and all.

        `sent` are the names as they left, in order; `fine` is whether the envelope tells of no error, so that
        a reason beside no file is about all of them.
        """
        files: list[MediaFile] = []
        failed: list[NotTaken] = []
        items = (_listed(body, _FILES) or list(_alone(body)))[:_MOST]
        for at, (key, item) in enumerate(items):
            name = key or (sent[at] if len(items) == len(sent) else _only(sent))
            if (why := _failure(item, name)) is not None:
                failed.append(why)
            elif key and isinstance(item, str) and " " in item.strip() and "://" not in item:
                failed.append(_refused(item, key, name))  # a sentence in the place of the file
            elif (file := _file(item, name)) is not None:
                files.append(file)
        told = {why.name for why in failed}
        for key, item in _listed(body, _FAILED)[:_MOST]:
            # One that names nobody is about the only file, unless that is named as taken.
            why = _refused(item, key, "" if files else _only(sent))
            if why.name and why.name not in told:
                failed.append(why)
        proven = failed or any(file.cdn_url for file in files)
        if not proven and len(sent) == 1 and (said := _counted(body)) is not None:
            files, failed = [], [NotTaken(sent[0], said)]
        if fine and not files and not failed and (reason := _reason(body)):
            failed += [NotTaken(name, reason) for name in sent]
        gone = {why.name for why in failed}
        if find(body, *_APPLIED) is False:
            files = [replace(file, raw={**file.raw, _APPLIED[0]: False}) for file in files]
        return cls([file for file in files if file.filename not in gone], failed)


def names_none(body: Any) -> bool:
    """Whether an answer lists its files, and there are none."""
    wanted = {plain(name) for name in _FILES if name not in _WRAPPERS}
    held = [value for layer in layers(body) for name, value in named(layer) if plain(name) in wanted]
    return bool(held) and all(value in ([], {}) for value in held)


def why_absent(file: MediaFile) -> str:
    """Why a session may not have a file that was taken, as an answer tells; "" where nothing says so.

    >>> why_absent(MediaFile("a.mp4", raw={"status": "processing"}))
    'the server is still at work on it (processing)'
    """
    if find(file.raw, *_APPLIED) is False:
        return say("sent.not in session")
    if file.cdn_url:
        return ""
    status = text(find(file.raw, *_STATUS)).strip()
    if _state(status) in ("pending", "processing"):
        return say("sent.at work", state=" ".join(status.split())[:40])
    empty = {plain(name) for name, value in named(file.raw) if value in (None, "")}
    return say("sent.no address") if empty & set(map(plain, _ADDRESSES)) else ""


def _reason(body: Any) -> str:
    """Why nothing was taken, where an answer that lists no file says that something is wrong."""
    return next((why for layer in layers(body) if (why := _words(layer, *_WHY))), "")


def _counted(body: Any) -> str | None:
    """Why nothing was taken, where an answer only counts; None where it does not say that anything failed."""
    said = _words(body, *_WHY, *SAID)
    lost, got = (
        number(find(body, "failed", "failed_count", "fail_count", "failure_count", "failures")),
        number(find(body, "uploaded", "succeeded", "success_count")),
    )
    if (lost and not got) or _ONE_FAILED.match(said.lower()):
        return said
    return None


def _only(sent: Sequence[str]) -> str:
    return sent[0] if len(sent) == 1 else ""


def _listed(body: Any, names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The items under the first of the names that holds any, with their keys where it is an object."""
    if isinstance(body, list) and "data" in names:
        return [("", item) for item in body]
    for wanted in map(plain, names):
        for layer in layers(body):
            for name, held in named(layer):
                bare = wanted not in _WRAPPERS
                if plain(name) == wanted and (found := _items(parsed(held), bare=bare)):
                    return found
    return []


def _items(held: Any, *, bare: bool) -> list[tuple[str, Any]]:
    """The items of a list, of an object by names, or the one that it is. `bare`: a text may be one."""
    if isinstance(held, list):
        return [("", item) for item in held if isinstance(item, (dict, str)) and item]
    if isinstance(held, str) and held and bare:
        return [("", held)]
    if not isinstance(held, dict):
        return []
    if not bare:
        return [(name, item) for name, item in named(held) if "." in name and isinstance(item, dict)]
    if _is_a_file(held) or "error" in held:
        return [("", held)]
    return [
        (name if "." in name else "", item)
        for name, item in islice(held.items(), _MOST)
        if "." in name or (isinstance(item, dict) and _is_a_file(item))
    ]


def _alone(body: Any) -> Iterator[tuple[str, Any]]:
    """The one file that an answer describes without a list."""
    for layer in layers(body):
        if _is_a_file(layer):
            yield "", layer
            return


def _is_a_file(item: dict[str, Any]) -> bool:
    return not _OF_A_FILE.isdisjoint(plain(name) for name, _ in named(item))


def _file(item: Any, name: str) -> MediaFile | None:
    if isinstance(item, dict):
        return MediaFile.from_json(item, name)
    if isinstance(item, str) and "://" in item:
        return MediaFile(name or name_in(item), cdn_url=item)
    if isinstance(item, str) and "." in item:
        return MediaFile(item)
    return MediaFile(name) if name and item not in (None, False, "") else None


def _failure(item: Any, name: str) -> NotTaken | None:
    """Why an item of the files was not taken; None where it was."""
    if not isinstance(item, dict):
        return NotTaken(name) if item is False and name else None
    why, code = _words(item, *_WHY), _code(item)
    fine = find(item, *_GOOD)
    fine = fine if isinstance(fine, bool) else text(fine).strip().lower()
    if fine is True or fine in ("true", "yes", "1"):
        return None
    bad = fine is False or fine in ("false", "no", "0") or find(item, "error", "failed", "has_error") is True
    bad = bad or _says_no(text(find(item, *_STATUS)))
    if bad or why or (code is not None and code not in _FINE) or _code_word(item):
        return _refused(item, "", name)
    return None


def _says_no(status: str) -> bool:
    """Whether the words of a status say that a file was not taken."""
    words = set(re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", status).lower()))
    if not _MENDED.isdisjoint(words):
        return False
    if plain(status) in _NO or not _NO.isdisjoint(words) or _NO_SIGNS.search(status):
        return True
    return _state(status) in ("failed", "cancelled")


def _state(status: str) -> str:
    """The word for a state that a status means, in any of the languages that are known."""
    word = state_word(status)
    return WORDS.get(word, word)


def _no_in(item: dict[str, Any]) -> str:
    """A status that says why by itself, in words: `unsupported_format`."""
    status = text(find(item, *_STATUS))
    words = re.findall(r"[^\W_]+", status.lower())
    return " ".join(words) if len(words) > 1 and _says_no(status) else ""


def _code_word(item: dict[str, Any]) -> str:
    """A code of a file's failure that is a word; "" for none, and for one that says that all is well."""
    for place in (item, find(item, "error", "errors")):
        held = find(place, "error_code", "code") if isinstance(place, dict) else None
        if isinstance(held, str) and number(held) is None and not says_nothing(held):
            return held if _says_no(held) or held.isupper() else ""
    return ""


def _refused(item: Any, key: str, fallback: str) -> NotTaken:
    """An item that says of a file that it was not taken, and perhaps which one and why."""
    if isinstance(item, dict):
        named = MediaFile.from_json({**item, "url": None}, key or fallback).filename
        why = _words(item, *_WHY, *SAID) or _code_word(item) or _no_in(item)
        return NotTaken(named, why, _code(item))
    said = " ".join(text(item).split())
    if not key and "." in said.rstrip(".") and " " not in said:
        return NotTaken(said)
    return NotTaken(key or fallback, said)


def _code(item: dict[str, Any]) -> int | None:
    """The code of a file's failure, also where it stands inside of `error`."""
    for place in (item, find(item, "error", "errors")):
        held = number(find(place, "code", "error_code", "errno"))
        if held is not None:
            return int(held)
    status = number(find(item, "status_code", "http_status", "http_code", "status"))
    return int(status) if status is not None and status >= _BAD else None


def _words(item: Any, *keys: str) -> str:
    """A reason on one line, under the first of the keys that says something."""
    told = (one_line(find(item, key)) for key in keys)
    return next((words for words in told if not says_nothing(words)), "")[:_LONGEST]
