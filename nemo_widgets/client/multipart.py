"""One file as a multipart form (RFC 7578, names escaped as the WHATWG's form data), in constant memory."""

from __future__ import annotations

import asyncio
import os
import secrets
from typing import TYPE_CHECKING

from nemo_widgets.errors import UploadError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from .file_checks import Checked

__all__ = ["FileForm"]

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


class FileForm:
    """The body of an upload. Its length is known, and `body()` can be read more than once."""

    def __init__(self, file: Checked, *, field: str = "files", chunk: int) -> None:
        self._file = file
        self._chunk = chunk
        boundary = f"nemo-{secrets.token_hex(16)}"
        name = file.path.name.translate(_ESCAPES)
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            f"Content-Type: {file.media_type}\r\n\r\n"
        )
        # A name whose bytes are not UTF-8 reaches us with surrogates; the server gets question marks.
        self._head = head.encode("utf-8", "replace")
        self._tail = f"\r\n--{boundary}--\r\n".encode()
        self.headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(self._head) + file.size + len(self._tail)),
        }

    async def body(self, sent: Callable[[int], None]) -> AsyncIterator[bytes]:
        """The form's bytes; `sent` is called with how many of the file's are behind us.

        Raises:
            UploadError: the file changed since it was checked, or can't be read any more. The form is left
                without its end then, so that no server takes half a file for a whole one.
        """
        yield self._head
        done = 0
        sent(0)
        try:
            # The disk may be slow or a network's: the loop goes on while a thread reads.
            file = await asyncio.to_thread(self._file.path.open, "rb")
            try:
                while done < self._file.size:
                    piece = await asyncio.to_thread(file.read, min(self._chunk, self._file.size - done))
                    if not piece:
                        raise self._changed("became shorter")
                    yield piece
                    done += len(piece)
                    sent(done)
                now = os.fstat(file.fileno())
            finally:
                await asyncio.to_thread(file.close)
        except OSError as error:
            raise UploadError(f"{self._file.path.name} can't be read: {error.strerror}.") from None
        if (now.st_size, now.st_mtime_ns) != (self._file.size, self._file.changed):
            raise self._changed("changed")
        yield self._tail

    def _changed(self, how: str) -> UploadError:
        return UploadError(
            f"{self._file.path.name} {how} while it was sent, so the upload was broken off.",
            hint="Upload it again once whatever writes it is done.",
        )
