"""Where the answer about a render (§9) says that its result is, and what else it says of that: any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.export_formats import ANIMATIONS, VIDEOS

from .json_values import first, mapping, parsed, plain, text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["found_in", "link_in", "output_in"]

_LINK = (
    "outputurl", "downloadurl", "videourl", "resulturl", "fileurl", "outputfile", "cdnurl", "signedurl",
    "presignedurl", "mediaurl", "downloadlink", "url",
)  # fmt: skip
_OUTPUT = ("output", "outputs", "result", "video", "file", "files", "videos", "media")
_PLACE = ("file", "link", "href", "mp4", "video", "uri", "src", "location", "s3url", "filepath")
"""These hold a link, or something else: a name, a state."""
_ADDRESS = ("http://", "https://", "/")
_DEEPEST = 3
_FILMS = tuple(f".{name}" for name in (*VIDEOS, *ANIMATIONS))


def found_in(levels: Sequence[dict[str, Any]], *keys: str) -> Any:
    """The first value under one of the keys, in the first object that has one; None where none has."""
    return next((value for level in levels if (value := first(level, *keys)) is not None), None)


def link_in(levels: Sequence[dict[str, Any]], output: dict[str, Any]) -> str:
    """Where the result is, wherever that stands."""
    sure = text(first(output, *_LINK)) or text(found_in(levels, *_LINK))
    places = (text(place.get(name)) for place in (output, *levels) for name in _PLACE)
    return sure or next((held for held in places if held.startswith(_ADDRESS)), "")


def output_in(levels: Sequence[dict[str, Any]], depth: int = 0) -> dict[str, Any]:
    """What is told of the result; a mere link is an output with nothing but its address."""
    for level in levels:
        for key in _OUTPUT:
            output = parsed(level.get(key))
            output = _film(output) if isinstance(output, list) else output
            if isinstance(output, dict):
                inside = {plain(name): value for name, value in output.items()}
                if link_in([], inside):
                    return inside
                inner = output_in([inside], depth + 1) if depth < _DEEPEST else {}
                if inner or key == "output":
                    return {**inside, **inner}
            elif isinstance(output, str) and output.startswith(_ADDRESS):
                return {"url": output}
    return {}


def _film(items: list[Any]) -> Any:
    """Of several results the film: the first that is called like one, else the first; None where none is."""
    called = (item for item in items if _address(item).partition("?")[0].lower().endswith(_FILMS))
    return next(called, items[0] if items else None)


def _address(item: Any) -> str:
    return (
        item
        if isinstance(item, str)
        else link_in([], {plain(key): held for key, held in mapping(item).items()})
    )
