"""What a server writes into a draft by itself, without an edit: dates, versions, ids, signatures of links.

Which keys a real draft holds is not public (protocol §8), so they are known by their names, and by values
that are moments.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from .changes import changes
from .unsigned import DEEPEST, WORDS, all_unsigned, unsigned_draft, unsigned_text

if TYPE_CHECKING:
    from .changes import Change
    from .model import Draft

__all__ = ["edited", "fingerprint", "tells"]

_OWN = frozenset(
    (
        "id", "uuid", "guid", "draftid", "trackid", "segmentid", "projectid", "requestid", "traceid",
        "version", "revision", "rev", "etag", "hash", "checksum", "md5", "sha256", "nonce", "cachekey",
        "updated", "modified", "saved", "synced", "checked", "accessed", "created", "timestamp", "ts",
        "mtime", "ctime", "lastmodified", "lastsaved", "lastsynced", "lastupdated", "lastaccessed",
        "lastopened", "lastchecked", "savedby", "updatedby", "modifiedby", "now",
    )
)  # fmt: skip
"""Keys by their names, without their spelling."""
_KEPT = frozenset({"version", "revision", "rev", "etag", "nonce", "heartbeat"})
"""A key with one of these words counts what was written, whatever else stands in its name."""
_LOOKS = frozenset(
    (
        "read", "reads", "access", "accesses", "accessed", "seen", "view", "views", "viewed", "poll", "polls",
        "polled", "fetch", "fetches", "fetched", "visit", "visits", "visited", "hit", "hits", "ping", "pings",
    )
)  # fmt: skip
"""A number beside one of these words, or a key that tells of the last time, is of those who look."""
_LAST = _LOOKS | {"active", "activity", "opened", "open", "used", "loaded", "served", "touched", "edited"}
_WHEN = re.compile(r"(?:at|on|time|date|ts)\Z")
_EXPIRY = re.compile(r"expir(?:e|y|ation)|\Attl\Z")
"""How long a link holds is the server's own, in whatever words and units."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
_EPOCH = 1_000_000_000
"""In seconds: 2001. A length or a place in a film is never so large."""
_LONGEST = 100
"""In characters: what of a key is looked at."""


def edited(before: Draft, after: Draft) -> tuple[list[Change], bool]:
    """The changes that somebody has made, and whether a key was touched that servers keep by themselves.

    A key of that kind shows that the draft was written, and nothing of what was changed in it. The signature
    of a link does not even show that, and beside an edit it makes no other source of a clip's.

    >>> from nemo_widgets.draft import Draft
    >>> edited(Draft({"t": [], "version": 1}), Draft({"t": [], "version": 2}))
    ([], True)
    """
    if before.data == after.data:
        return [], False
    if not _differ(before.data, after.data, own=False):
        return [], False
    made = _differ(before.data, after.data, own=True)
    return (changes(_unsigned_draft(before), _unsigned_draft(after)) if made else []), not made


def fingerprint(data: Any) -> str:
    """A short text that is another one where somebody has changed the data, and not where a server has.

    >>> fingerprint({"ratio": "9:16", "updated": 1}) == fingerprint({"updated": 2, "ratio": "9:16"})
    True
    """
    kept = json.dumps(_without_own(all_unsigned(data)), sort_keys=True, default=str)
    return hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest()[:16]


def tells(before: Draft, now: Draft) -> bool:
    """Whether a state says what stands on the timeline; one without tracks may be an empty answer.

    Before first use there are none (protocol §7), so that it does where there were none before, too.
    """
    return isinstance(now.data.get("t"), list) or not before


def _differ(before: Any, after: Any, *, own: bool, depth: int = 0) -> bool:
    """Whether two data differ in more than the signatures of links and, if `own`, what servers write.

    What is equal is not walked through.
    """
    if before == after or depth > DEEPEST:
        return bool(before != after)
    if isinstance(before, dict) and isinstance(after, dict):
        return any(_differ_at(key, before, after, own=own, depth=depth) for key in {**before, **after})
    if isinstance(before, list) and isinstance(after, list):
        pairs = zip(before, after, strict=False)
        return len(before) != len(after) or any(_differ(x, y, own=own, depth=depth + 1) for x, y in pairs)
    both = isinstance(before, str) and isinstance(after, str)
    return not both or unsigned_text(before) != unsigned_text(after)


def _differ_at(key: str, before: dict[str, Any], after: dict[str, Any], *, own: bool, depth: int) -> bool:
    was, now = (_holds(data, key, own=own, root=not depth) for data in (before, after))
    if not (was and now):
        return was != now
    x, y = before[key], after[key]
    return bool(x != y) if key in WORDS else _differ(x, y, own=own, depth=depth + 1)


def _holds(data: dict[str, Any], key: str, *, own: bool, root: bool) -> bool:
    """Whether an object holds a key that counts. No tracks are none, whichever way that is said."""
    return (
        key in data and not (own and _is_own(key, data[key])) and not (root and key == "t" and not data[key])
    )


def _without_own(data: Any, depth: int = 0) -> Any:
    """The data without what servers write by themselves."""
    if depth > DEEPEST:
        return None
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if not _is_own(key, value)}
        return {key: _without_own(value, depth + 1) for key, value in kept.items()}
    return [_without_own(item, depth + 1) for item in data] if isinstance(data, list) else data


def _is_own(key: str, value: Any) -> bool:
    if isinstance(value, (bool, dict, list)):
        return False
    plain = "".join(c for c in key if c.isalnum()).lower()
    if plain in _OWN or _EXPIRY.search(plain) or _is_count(key, value):
        return True
    if isinstance(value, str):
        return _MOMENT.fullmatch(value) is not None and plain not in WORDS
    return isinstance(value, (int, float)) and value >= _EPOCH and _WHEN.search(plain) is not None


def _is_count(key: str, value: Any) -> bool:
    """Whether a key tells by the words of its name who has written or looked, when or how often."""
    words = set(re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key[:_LONGEST]).lower()))
    if not _KEPT.isdisjoint(words) or ("last" in words and not _LAST.isdisjoint(words)):
        return True
    return isinstance(value, (int, float)) and not _LOOKS.isdisjoint(words)


def _unsigned_draft(draft: Draft) -> Draft:
    """A draft with its links as they are without signatures; itself where none is signed."""
    data = unsigned_draft(draft.data)
    return draft if data is draft.data else type(draft)(data)
