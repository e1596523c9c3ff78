"""One file as a multipart form (RFC 7578, names escaped as the WHATWG's form data), in constant memory."""

from __future__ import annotations

import asyncio
import os
import secrets
from typing import TYPE_CHECKING, Any, BinaryIO

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UploadError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from .file_checks import Checked
    from .settings import ClientSettings

__all__ = ["FileForm"]

_QUOTE = str.maketrans({'"': "%22"})
_TAIL = 256 * 1024
"""So much is kept back of a body that has to wait for its turn."""
_DRIBBLE = 1024
_STRIDE = 4


class FileForm:
    """The body of an upload. Its length is known, and `body()` can be read more than once.

    Attributes:
        whole: whether the last byte has been handed out, so that a server may have taken the file.
    """

    def __init__(self, file: Checked, settings: ClientSettings, *, field: str = "files") -> None:
        self._file, self._settings = file, settings
        boundary = f"nemo-{secrets.token_hex(16)}"
        name = file.path.name.translate(_QUOTE)
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            f"Content-Type: {file.media_type}\r\n\r\n"
        )
        self._head = head.encode()
        self._tail = f"\r\n--{boundary}--\r\n".encode()
        self.whole = False
        self.headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(self._head) + file.size + len(self._tail)),
        }

    async def body(
        self, sent: Callable[[int], None], turn: Callable[[], Awaitable[object]] | None = None
    ) -> AsyncGenerator[bytes, None]:
        """The form's bytes; `sent` is called with how many of the file's are behind us.

        Args:
            sent: hears of progress.
            turn: awaited when all but the end of the file was handed out; meanwhile some of it still is, a
                little every few seconds, so that nobody takes the connection for dead.

        Raises:
            UploadError: the file changed since it was checked, or can't be read any more. The form is left
                without its end then, so that no server takes half a file, or two halves, for a whole one.
        """
        self.whole = False
        size = self._file.size
        with await self._opened() as file:
            self._compare(file)
            yield self._head
            sent(0)
            done = 0
            async for piece in self._pieces(file, size - min(size, _TAIL) if turn else size):
                yield piece
                done += len(piece)
                sent(done)
            if turn is not None:
                waiting: asyncio.Future[Any] = asyncio.ensure_future(turn())
                try:
                    while await self._goes_on_waiting(waiting):
                        if step := min(_DRIBBLE, max(1, (size - done) // 64), size - done - 1):
                            yield await self._read(file, step)
                            done += step
                            sent(done)
                    await waiting
                finally:
                    waiting.cancel()
                async for piece in self._pieces(file, size - done):
                    yield piece
                    done += len(piece)
                    sent(done)
            self._compare(file)
        self.whole = True
        yield self._tail

    async def _goes_on_waiting(self, waiting: asyncio.Future[Any]) -> bool:
        """Whether the turn has not come after the next few seconds."""
        pause: asyncio.Future[Any] = asyncio.ensure_future(
            self._settings.clock.sleep(self._settings.dribble_s)
        )
        try:
            await asyncio.wait({waiting, pause}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            pause.cancel()
        return not waiting.done()

    async def _opened(self) -> BinaryIO:
        # The disk may be slow or a network's: the loop goes on while a thread opens and reads.
        opening = asyncio.ensure_future(asyncio.to_thread(self._file.path.open, "rb"))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_close)
            raise
        except OSError as error:
            raise self._unreadable(error) from None

    async def _pieces(self, file: BinaryIO, count: int) -> AsyncGenerator[bytes, None]:
        """The next `count` bytes: read in strides, for which a thread is worth it, and sent in chunks."""
        chunk = self._settings.chunk
        while count:
            read = await self._read(file, min(count, _STRIDE * chunk))
            count -= len(read)
            for at in range(0, len(read), chunk):
                yield read[at : at + chunk]

    async def _read(self, file: BinaryIO, step: int) -> bytes:
        try:
            piece = await asyncio.to_thread(file.read, step)
        except OSError as error:
            raise self._unreadable(error) from None
        if len(piece) < step:
            raise self._changed("changing.shorter")
        return piece

    def _unreadable(self, error: OSError) -> UploadError:
        if isinstance(error, FileNotFoundError):
            return self._changed("changing.vanished")
        return UploadError(
            say("file.unreadable", name=self._file.path.name, why=error.strerror or say("file.refused"))
        )

    def _compare(self, file: BinaryIO) -> None:
        """Raise UploadError where the file, or what stands under its name, is not what was checked."""
        try:
            now, named = os.fstat(file.fileno()), self._file.path.stat()
        except OSError as error:
            raise self._unreadable(error) from None
        if now.st_size != self._file.size:
            raise self._changed("changing.shorter" if now.st_size < self._file.size else "changing.longer")
        if now.st_mtime_ns != self._file.changed:
            raise self._changed("changing.changed")
        if {(now.st_dev, now.st_ino), (named.st_dev, named.st_ino)} != {self._file.place}:
            raise self._changed("changing.replaced")

    def _changed(self, how: str) -> UploadError:
        told = say("changing.told", name=self._file.path.name, how=say(how))
        return UploadError(told, hint=say("changing.hint"))


def _close(opening: asyncio.Future[Any]) -> None:
    """Close a file that was being opened as its upload was stopped."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
