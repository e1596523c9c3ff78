"""Runs inside the kernel: frames, exports of every format, sessions opened again; in each language."""

from __future__ import annotations

import io
import json
import secrets
import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hostile.cells import CLOCK, clip_called, connect_to, do, magics
from hostile.kernel import Posing
from hostile.texts import EVENTS, FAILURES, filled, mixed
from IPython.display import display
from PIL import Image, PngImagePlugin

import nemo_widgets as nemo
from nemo_widgets.export_formats import ANIMATIONS
from nemo_widgets.session_register import Register
from nemo_widgets.testing import ScriptedBackend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["views"]

_FRAME = "POST /studio/sessions"
_FORMATS = ("mp4", *ANIMATIONS, "flac")


def views(texts: Sequence[str], language: str) -> None:
    """All of them, with these texts in every field, told in this language."""
    said = mixed(texts)
    with Posing(clock=CLOCK) as backend:
        connect_to(backend, language=language)
        magics("upload clip.mp4")
        _frames(backend, said, texts)
        _exports(backend, said)
    _noted(texts)
    with ScriptedBackend(clock=CLOCK) as backend:
        _opened_again(backend, said, language)


def _frames(backend: ScriptedBackend, said: Iterator[str], texts: Sequence[str]) -> None:
    for content in _pictures(said):
        backend.answer(_FRAME, content, kind="image/png", works=False)
        magics("frame 0:00.5")
    backend.answer(_FRAME, content, kind="image/svg+xml", works=False)
    magics("frame 0:00.5")
    for failure in FAILURES:
        backend.answer(_FRAME, filled(failure, said), status=200 if "code" in failure else 422, works=False)
        magics("frame")
    for text in texts:
        word = shlex.quote(" ".join(text.split()).replace("{", "{{").replace("}", "}}"))
        magics(f"frame {word}")
        do(lambda text=text: display(nemo.current().frame(text)))
        do(lambda text=text: display(nemo.current().frame(0, resolution=text)))


def _pictures(said: Iterator[str]) -> Iterator[bytes]:
    """Pictures with words in all that a picture can say of itself, and what is none."""
    image, words = Image.new("RGB", (64, 36), "teal"), PngImagePlugin.PngInfo()
    for key in ("Title", "Comment", "XML:com.adobe.xmp"):
        words.add_itxt(key, next(said))
    for form, more in (
        ("PNG", {"pnginfo": words}),
        ("GIF", {"comment": next(said).encode("utf-8", "replace")}),
    ):
        out = io.BytesIO()
        image.save(out, form, **more)
        yield out.getvalue()
    text = next(said)
    yield f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>'.encode("utf-8", "replace")
    yield b"GIF89a/*" + text.encode("utf-8", "replace")


def _exports(backend: ScriptedBackend, said: Iterator[str]) -> None:
    for name in _FORMATS:
        ways = ("status", "stage", "message", "warnings", "notes", "createdAt", "cancelledBy", "position")
        told = {key: next(said) for key in ways if key != "status"}
        output = {"format": next(said), "width": 64, "height": 36, "fps": next(said)}
        ends = [{**told, "status": "processing"}, {**told, "status": "completed"}]
        backend.render(ends, result=f"<html>{next(said)}</html>".encode("utf-8", "replace"))
        backend.answer(
            "GET /api/render/proxy/lambda", lambda usual, output=output: _put(usual, output), times=1
        )
        do(lambda name=name: display(nemo.current().export(f"cut.{name}", format=name)))
        magics(f"play cut.{name}")
    backend.render([{"status": next(said)}, {"status": "cancelled", "cancelledBy": next(said)}])
    magics("export cut.gif")


def _put(usual: Any, output: dict[str, Any]) -> Any:
    usual["output"] = {**(usual.get("output") or {}), **output}
    return usual


def _noted(texts: Sequence[str]) -> None:
    """Sessions of which somebody wrote the text into every field of the note."""
    folder = Register().folder
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).isoformat()
    for text in texts:
        place = dict.fromkeys(("api", "session_id", "task_id", "skill", "language"), text)
        note = {"place": {**place, "studio": None}, "clips": [text, text], "segments": 2, "duration_ms": 4000}
        path = folder / f"{secrets.token_hex(12)}.json"
        path.write_text(json.dumps({**note, "created": now, "used": now, "expires": ""}))
    do(lambda: display(nemo.sessions()))
    for one in Register().all()[:2]:
        magics(f"open {one.name}", f"sessions --forget {one.name}")


def _opened_again(backend: ScriptedBackend, said: Iterator[str], language: str) -> None:
    """A session with a question in it, left for a new one and opened again."""
    connect_to(backend, language=language)
    do(lambda: nemo.current().upload(clip_called(next(said)[:60])))
    backend.reply(events=filled(list(EVENTS[2]), said))
    do(lambda: display(nemo.current().edit(next(said)[:80])))
    name = Register().all()[0].name
    connect_to(backend, language=language)
    magics("sessions", "status", f"open {name}", "answer 1", "disconnect")
