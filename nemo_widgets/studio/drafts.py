"""Drafts on their way out and in: a source is a URL for the client, and a path of ours inside."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nemo_widgets.catalogue import english

from .limits import NotJson, check_draft, parse_json, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .store import Media

__all__ = ["BadDraft", "inward", "media_id", "outward"]

_MEDIA = "/media/"
_MADE = "music:"
"""Sources that the renderer makes itself."""


class BadDraft(Exception):
    """A draft that can't be exported; the text says why."""


def outward(draft: dict[str, Any], base: str) -> dict[str, Any]:
    """A copy whose sources are URLs under `base` (without a slash at its end)."""
    new = copy.deepcopy(draft)
    for meta in _sources(new):
        if meta["src"].startswith(_MEDIA):
            meta["src"] = base + meta["src"]
    return new


def inward(draft: Any, known: Mapping[str, Media]) -> dict[str, Any]:
    """A copy as the studio wants it, from whatever a client sent back.

    Only the media's id counts, not the URL's host: the studio's port changes from start to start.

    Raises:
        BadDraft: there is no segment, or a source that this user never uploaded.
        OverLimit: it is larger than any may be.
    """
    if isinstance(draft, str):  # as JSON in a text, as shells and form fields send it
        try:
            draft = parse_json(draft, "The draft")
        except NotJson:
            raise BadDraft(english("film.no json")) from None
    if not isinstance(draft, dict) or not isinstance(draft.get("t"), list):
        raise BadDraft(english("film.no tracks"))
    if not any(isinstance(track, dict) and track.get("sg") for track in draft["t"]):
        raise BadDraft(english("film.no segment"))
    check_draft(draft)
    new = copy.deepcopy(draft)
    for meta in _sources(new):
        if meta["src"].startswith(_MADE):
            continue
        media = known.get(media_id(meta["src"]))
        if media is None:
            raise BadDraft(english("film.not uploaded", name=_label(meta)))
        meta["src"] = media.src
    return new


def media_id(src: str) -> str:
    """The media id in a source's path; "" if it has none."""
    try:
        path = urlsplit(src).path
    except ValueError:
        return ""
    return path.removeprefix(_MEDIA).partition("/")[0] if path.startswith(_MEDIA) else ""


def _sources(draft: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What has a source: the `m` of segments, and a picture behind sound, whatever else the draft holds."""
    root = draft.get("m")
    backdrop = root.get("backdrop") if isinstance(root, dict) else None
    if isinstance(backdrop, dict) and isinstance(backdrop.get("src"), str) and backdrop["src"]:
        yield backdrop
    tracks = draft.get("t")
    for track in tracks if isinstance(tracks, list) else []:
        segments = track.get("sg") if isinstance(track, dict) else None
        for segment in segments if isinstance(segments, list) else []:
            meta = segment.get("m") if isinstance(segment, dict) else None
            if isinstance(meta, dict) and isinstance(meta.get("src"), str) and meta["src"]:
                yield meta


def _label(meta: dict[str, Any]) -> str:
    return short(meta.get("name") or meta.get("id") or "without a name")
