"""What a run's record holds for its kind to go on with, looked at before anybody relies on it."""

from __future__ import annotations

from typing import Any

from .links import is_link, without_query

__all__ = ["check_details", "once_over"]

_TEXTS = ("render_id", "sent_as", "target", "notebook")


def check_details(kind: str, details: dict[str, Any], *, over: bool) -> None:
    """Do nothing, unless something in the details of a run of this kind is not of its type.

    Raises:
        ValueError: it is not, or an upload that is not `over` does not say what it sends.
    """
    good = all(details.get(name) is None or _is_text(details[name]) for name in _TEXTS)
    good = good and all(isinstance(details.get(name), dict | None) for name in ("output", "beside"))
    if kind == "upload":
        had = details.get("had", {})
        good = good and (_are_sources(details.get("sources")) or over)
        good = good and isinstance(details.get("all"), int | None)
        good = good and isinstance(had, dict) and all(type(count) is int for count in had.values())
        good = good and _tells_what_is_missing(details)
    if not good:
        raise ValueError("no details of a run")


def once_over(details: dict[str, Any]) -> dict[str, Any]:
    """The details of a run of which nothing more comes: what signs its links is needed no more."""
    sources = details.get("sources")
    if not _are_sources(sources):
        return details
    return {**details, "sources": [_plain(item) for item in sources or []]}


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    source = item["source"]
    plain = without_query(source) if is_link(source) else source
    return {**item, "source": plain, "signed": True} if plain != source else item


def _tells_what_is_missing(details: dict[str, Any]) -> bool:
    """Whether an upload that says what did not arrive says it as one that can be gone on with."""
    if "missing" not in details:
        return True
    places, had = range(len(details.get("sources") or ())), details.get("had_after")
    lists = [details["missing"], details.get("left")]
    good = all(isinstance(one, list) and all(type(i) is int and i in places for i in one) for one in lists)
    return good and isinstance(had, dict) and all(type(count) is int for count in had.values())


def _are_sources(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, dict) and "stamp" in item and _is_text(item.get("source")) for item in value
    )


def _is_text(value: Any) -> bool:
    """Whether it is a text that can be a path."""
    return isinstance(value, str) and "\0" not in value
