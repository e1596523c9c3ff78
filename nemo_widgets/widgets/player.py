"""A player in the cell: by the file's URL where the page can fetch it, else piece by piece over the comm."""

from __future__ import annotations

import base64
import contextlib
import contextvars
import io
import os
import tempfile
import threading
import weakref
import zlib
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width
from urllib.parse import quote
from uuid import uuid4

import anywidget
import traitlets

from nemo_widgets.catalogue import say, words
from nemo_widgets.disk_faults import explain
from nemo_widgets.errors import NemoError, UsageError
from nemo_widgets.file_sizes import size_words
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.languages import speaking, spoken
from nemo_widgets.media_types import MEDIA_TYPES
from nemo_widgets.paths import expanded, from_notebook, is_file, near, notebook_folder, working_folder

from .bundle import picture_bundle
from .fragments import Fragment, Index, fragment
from .poster import FILM_WIDE, STRIP, film_high, poster_image, poster_of
from .standing import asked
from .stills import Look, look

__all__ = ["Player"]

PIECE = 1 << 20
"""No message carries more: above 10 MiB the Jupyter server drops the connection without a word."""
_POSTER_BYTES = 24_000
_CONTROLS = 56
"""Pixels that a browser's controls cover at the foot of a sound's box."""
_HINT_CHARACTERS = 76
"""A longer line does not fit below the poster, and half a command is none."""
_ALT = {"audio": "alt.sound", "image": "alt.image"}
_SAYS = (
    *("player.busy", "player.click", "player.2", "player.3", "player.4", "player.damaged picture"),
    *("player.no source", "player.preparing", "player.no kind"),
)
_HEAD = 33
"""Bytes of a PNG up to the end of its first chunk: as many always, and a multiple of 3, as base64 wants."""


class Player(anywidget.AnyWidget):
    """Plays a film file in the cell, and can be asked and told where it is.

    Nothing of the film is ever in the notebook, which holds the poster. In JupyterLab and Notebook 7 it holds
    nothing else: the poster bears a mark by which the player finds it in the page and covers it, also after
    a reload, as long as there is a kernel. Elsewhere (VS Code, Colab) the output has a live view as well.
    Poster and player are of one size, which the film's shape gives, before a byte of the film is there.
    `current_time` (seconds, brought up to date four times a second), `duration` and `playing` can be
    observed; setting `current_time` seeks.

    Args:
        path: the film, or sound alone, which is shown as its waveform.
        duration_ms: its length, where that is known better than from the file.
        title: what to call it instead of the file's name.

    Raises:
        UsageError: there is no such file.
    """

    _esm = Path(__file__).with_name("player.js")
    _css = Path(__file__).with_name("player.css")

    # How base64 of the mark in the poster begins, behind that of the PNG's head.
    place = traitlets.Unicode().tag(sync=True)
    source = traitlets.Unicode("").tag(sync=True)
    poster = traitlets.Unicode("").tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    # What the page may have to say, in the language that is spoken where the player is made.
    says = traitlets.Dict().tag(sync=True)
    # In the page's pixels: the width, the height of the picture, and that of the strip of words below it.
    frame = traitlets.List([FILM_WIDE, 360, STRIP]).tag(sync=True)
    # A picture, as an animation is, plays by itself and has no controls.
    picture = traitlets.Bool(False).tag(sync=True)  # noqa: FBT003 - traitlets' way
    duration = traitlets.Float(0.0).tag(sync=True, echo_update=False)
    current_time = traitlets.Float(0.0).tag(sync=True, echo_update=False)
    playing = traitlets.Bool(False).tag(sync=True, echo_update=False)  # noqa: FBT003 - traitlets' way

    @stoppable
    def __init__(self, path: str | Path, *, duration_ms: int | None = None, title: str = "") -> None:
        self._files: list[weakref.finalize[Any, Any]] = []
        self._path = working_folder() / expanded(path)
        if not is_file(self._path) and is_file(meant := notebook_folder() / expanded(path)):
            self._path = meant  # a saved notebook names it from there
        if not is_file(self._path):
            hint = near(self._path, MEDIA_TYPES)
            raise UsageError(say("export.no file to play", name=repr(self._path.name)), hint=hint)
        found = to_thread(lambda: look(self._path))
        length_ms = duration_ms if duration_ms is not None else found.duration_ms
        self._name = title or self._path.name
        size = size_words(self._path.stat().st_size)
        self._words = " · ".join(filter(None, [found.words(self._name), found.sound, size]))
        self._hint = _how_to_play(self._path)
        self._alt = say(_ALT.get(found.kind, "alt.film"), words=self._words, hint=self._hint)
        self._language = spoken()
        self._look: Look | None = found
        self._png = b""
        self._mark = _chunk(b"tEXt", b"nemo\0" + uuid4().hex.encode())
        self._lock = threading.Lock()
        self._asked: dict[tuple[str, ...], list[str]] = {}
        self._made: dict[tuple[str, ...], tuple[Path, Index] | NemoError] = {}
        super().__init__(
            place=_base64(self._mark[:-4]),  # 45 bytes, without the check sum
            source=quote(from_notebook(self._path)),
            poster=to_thread(lambda: _data_uri(_before_playing(found))),
            title=title,
            words=self._words,
            says=words(*_SAYS),
            frame=[FILM_WIDE, film_high(found), STRIP],
            duration=length_ms / 1000,
            picture=found.kind == "image",
        )
        self.on_msg(self._message)

    def __repr__(self) -> str:
        return f"<Player {self._words}>"

    def play(self) -> None:
        """Start playing. A browser that wants a click first says so under the picture."""
        self.send({"type": "do", "verb": "play"})

    def pause(self) -> None:
        """Stop where it is."""
        self.send({"type": "do", "verb": "pause"})

    def seek(self, seconds: float) -> None:
        """Go to `seconds`, kept between the beginning and the end."""
        seconds = max(0.0, min(float(seconds), self.duration or float("inf")))
        self.current_time = seconds
        self.send({"type": "do", "verb": "seek", "to": seconds})

    def close(self) -> None:
        """Take the player off the page and remove its fragments (else they go at the end of the process)."""
        self.layout.close()
        super().close()
        for remove in self._files:
            remove()

    @stoppable
    def _message(self, _: Any, content: Any, __: Any) -> None:
        """Answer a view. This may run on any thread, several at once: so nothing here is shared or slow."""
        if not isinstance(content, dict) or not isinstance(ask := content.get("id"), str):
            return
        with speaking(self._language):
            if content.get("type") == "open":
                self._open(ask, _sounds(content))
            elif content.get("type") == "read":
                self._read(ask, content)

    def _open(self, ask: str, sounds: tuple[str, ...]) -> None:
        with self._lock:
            made = self._made.get(sounds)
            if made is None:
                waiting = self._asked.setdefault(sounds, [])
                waiting.append(ask)
                if len(waiting) > 1:
                    return
        if made is not None:
            self._opened(ask, sounds, made)
            return
        threading.Thread(
            target=contextvars.copy_context().run,
            args=(self._make, sounds),
            name="nemo-fragment",
            daemon=True,
        ).start()

    def _make(self, sounds: tuple[str, ...]) -> None:
        made: tuple[Path, Index] | NemoError
        name = ""
        try:
            if self.picture:
                made = self._path, _whole(self._path)
            else:
                handle, name = tempfile.mkstemp(prefix="nemo-player-", suffix=".mp4")
                os.close(handle)
                self._files.append(weakref.finalize(self, _unlink, name))
                made = Path(name), fragment(self._path, Path(name), sounds)
        except NemoError as error:
            made = error
            _unlink(name)
        except OSError as error:
            why, remedy = explain(error)
            told = say("player.no room", name=self._path.name, why=why)
            made = NemoError(told, hint=f"{remedy} {say('player.other folder')}".strip())
            _unlink(name)
        except Exception as error:  # noqa: BLE001 - whatever it is must reach the view, which waits for an answer
            why = f"{type(error).__name__}: {error}"
            made = NemoError(say("player.unprepared", name=self._path.name, why=why))
            _unlink(name)
        if self.comm is None:  # closed meanwhile
            _unlink(name)
        with self._lock:
            self._made[sounds] = made
            waiting = self._asked.pop(sounds, [])
        for ask in waiting:
            self._opened(ask, sounds, made)

    def _opened(self, ask: str, sounds: tuple[str, ...], made: tuple[Path, Index] | NemoError) -> None:
        if isinstance(made, NemoError):
            self._refuse(ask, f"{made.message} {made.hint}".strip())
            return
        _, index = made
        pieces = [[f.start, f.offset, f.size] for f in index.fragments]
        answer = {"mime": index.mime, "head": index.head, "shift": index.shift, "fragments": pieces}
        self.send({"type": "opened", "id": ask, "sounds": list(sounds), "duration": self.duration, **answer})

    def _read(self, ask: str, content: dict[str, Any]) -> None:
        made = self._made.get(_sounds(content))
        offset, size = content.get("offset"), content.get("size")
        if not isinstance(made, tuple):
            self._refuse(ask, say("player.not open"))
            return
        try:
            data = _piece(made[0], offset, size)
        except (OSError, ValueError) as error:
            self._refuse(ask, say("player.unreadable", why=error))
            return
        self.send({"type": "piece", "id": ask}, buffers=[data])

    def _refuse(self, ask: str, why: str) -> None:
        self.send({"type": "refused", "id": ask, "why": why})

    @stoppable
    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        if asked().picture:
            data, metadata = {}, {}
        if self._look is not None:
            seen = self._look
            png = to_thread(lambda: poster_of(seen, self._words, self._hint))
            self._png = png[:_HEAD] + self._mark + png[_HEAD:]
            self._look = None
        width, high, strip = self.frame
        poster, known = picture_bundle(
            self._png,
            self._alt,
            width=width,
            height=high + strip,
            plain=self._words,
        )
        return {**data, **poster}, {**metadata, **known}


def _chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG (PNG specification, §5.3)."""
    body = kind + content
    return len(content).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _how_to_play(path: Path) -> str:
    """What to run to play a film whose kernel has gone, said of files that the notebook's folder leads to."""
    name = from_notebook(path)
    if not name or set(name) & set("\"'{}`\n"):
        return say("player.run cell")
    command = f'%nemo play "{name}"' if " " in name else f"%nemo play {name}"
    hint = say("player.run", command=command)
    wide = len(hint) + sum(east_asian_width(letter) in "WF" for letter in hint)
    return hint if wide <= _HINT_CHARACTERS else say("player.run cell")


def _before_playing(found: Look) -> Any:
    """What is seen before the film is there: its still, or a sound's waveform, clear of the controls."""
    if found.picture is not None or found.kind == "audio":
        return poster_image(found, foot=_CONTROLS if found.picture is None else 0)
    return None


def _data_uri(picture: Any) -> str:
    """A small JPEG as a data URI, to be seen before the film is there; "" without a picture."""
    if not picture:
        return ""
    for quality in (70, 50, 30):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= _POSTER_BYTES:
            return f"data:image/jpeg;base64,{_base64(out.getvalue())}"
    return ""


def _whole(path: Path) -> Index:
    """A picture as pieces that one message may bring."""
    size = path.stat().st_size
    pieces = [Fragment(0.0, at, min(PIECE, size - at)) for at in range(0, size, PIECE)]
    return Index(MEDIA_TYPES[path.suffix.lower()].mime, 0, tuple(pieces))


def _sounds(content: dict[str, Any]) -> tuple[str, ...]:
    """The kinds of sound that the view's browser plays, of those we can make."""
    said = content.get("sounds")
    return tuple(s for s in ("aac", "opus") if s in said) if isinstance(said, list) else ()


def _piece(file: Path, offset: Any, size: Any) -> bytes:
    """A piece of a file, opened for this alone.

    Raises:
        ValueError: the file has no such piece, or it is more than one message may bring.
    """
    if type(offset) is not int or type(size) is not int or offset < 0 or not 0 < size <= PIECE:
        raise ValueError("no such piece")
    with file.open("rb") as opened:
        opened.seek(offset)
        data = opened.read(size)
    if len(data) != size:
        raise ValueError("no such piece")
    return data


def _unlink(name: str) -> None:
    with contextlib.suppress(OSError):
        Path(name).unlink()
