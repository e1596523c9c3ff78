"""Uploads (§5): files from the disk, one request each, and links that the server fetches itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from nemo_widgets.catalogue import say, translation
from nemo_widgets.errors import (
    FileTooLarge,
    NemoError,
    NotAccepted,
    ProtocolError,
    StoreError,
    UnsupportedFile,
    UploadError,
    UploadUnclear,
    UploadUnknown,
)
from nemo_widgets.links import link_name, veiled, without_query
from nemo_widgets.media_types import in_words
from nemo_widgets.reasons import sentence

from .file_checks import Checked, check, read_by_studio
from .multipart import FileForm
from .progress import Meter, UploadCallback, UploadProgress
from .upload_answer import UploadAnswer, names_none
from .wire import Call

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

    from .calls import Caller
    from .envelope import Verdict
    from .models import MediaFile
    from .upload_answer import NotTaken

__all__ = ["send_files", "send_links"]

_ABOUT_FILES = (4001, 415, 4002, 413)
"""The numbers of the error table that are about one file."""
_GIVEN_UP = (408, 499)
"""By these a gateway says that it waited no longer, and nothing of what became of the request."""
_ALL_TYPES = in_words(studio=True)


async def send_files(
    caller: Caller,
    session_id: str,
    paths: Iterable[str | os.PathLike[str]],
    progress: UploadCallback | None = None,
    *,
    key: str = "",
    turn: Callable[[], Awaitable[object]] | None = None,
) -> list[MediaFile]:
    """Send files in order; nothing is sent before all of them have been looked at.

    Raises:
        UploadError, UnsupportedFile, FileTooLarge: a file can't be sent, or the server does not take it.
        UploadUnknown, NotAccepted: the connection broke after, or before, a whole file had left.
        UploadUnclear: the server's answer does not say whether it took it. NemoError: the request failed.
    """
    most = caller.settings.file_most
    files = [await asyncio.to_thread(check, Path(path), most, studio=caller.wire.is_studio) for path in paths]
    extra = await caller.keyed(key)
    found: list[MediaFile] = []
    for file in files:
        found += await _send(caller, session_id, file, progress=progress, extra=extra, turn=turn)
    return found


async def send_links(
    caller: Caller, session_id: str, urls: Iterable[str], *, key: str = ""
) -> list[MediaFile]:
    """Let the server fetch files from the web. What follows a link's `?` may be a secret: nothing repeats it.

    Raises:
        UploadError: one of them is no web address, or was not taken. UploadUnknown: the answer got lost.
        UploadUnclear: the answer does not say whether the server took it. NemoError: the request failed.
    """
    links = [_link(url) for url in urls]
    if not links:
        return []
    call = Call(
        "POST",
        _path(session_id),
        kind="paid",
        about="upload",
        json={"urls": links, "source_type": "url"},
        headers=await caller.keyed(key),
        read_s=caller.settings.upload_answer_s,
    )
    verdict = await caller.ask(call)
    studio = caller.wire.is_studio
    why = None if verdict.error is None else _veiled(verdict.error, links, studio=studio)
    if why is not None and verdict.lost:
        raise UploadUnknown(say("sent.fetched or not", why=why.message)) from why
    try:
        found = _taken(caller, replace(verdict, error=why), [link_name(link) for link in links])
    except NemoError as error:
        raise _veiled(error, links, studio=studio) from error.__cause__
    return [replace(file, filename=_plain_name(file.filename, links)) for file in found]


def _plain_name(name: str, links: Iterable[str]) -> str:
    """The name that a server made of a link, without what follows its path."""
    for link in links:
        name = veiled(name, link)
    return link_name(name) if "://" in name else name.partition("?")[0] or name


async def _send(
    caller: Caller,
    session_id: str,
    file: Checked,
    *,
    progress: UploadCallback | None,
    extra: dict[str, str],
    turn: Callable[[], Awaitable[object]] | None,
) -> list[MediaFile]:
    def told(count: int, *, done: bool = False) -> None:
        if progress is not None:
            # What has left may still be turned away: the last byte counts with the server's answer.
            counted = count if done else min(count, file.size - 1)
            progress(UploadProgress(file.path, counted, file.size, done, count == file.size))

    form = FileForm(file, caller.settings)
    meter = Meter(told, caller.settings.progress_s)

    def body() -> AsyncGenerator[bytes, None]:
        return form.body(lambda count: meter.at(count, last=count == file.size), turn)

    call = Call(
        "POST",
        _path(session_id),
        kind="paid",
        about="upload",
        content=body,
        headers={**form.headers, **extra},
        read_s=caller.settings.upload_answer_s,
    )
    verdict = await caller.ask(call)
    if verdict.error is not None and verdict.lost:
        # Not sent again by itself: a clip that did arrive would stand on the timeline twice.
        name, why = file.path.name, verdict.error
        if form.whole:
            raise UploadUnknown(say("sent.may not", name=name, why=why.message)) from why
        raise NotAccepted(say("upload.not there", name=name, why=why.message)) from why
    if verdict.error is not None and not form.whole and _is_unclear(verdict):
        told_why = say("upload.not there", name=file.path.name, why=verdict.error.message)
        raise _with(verdict.error, told_why, verdict.error.hint)
    found = _taken(caller, verdict, [file.path.name])
    told(file.size, done=True)
    return found


def _taken(caller: Caller, verdict: Verdict, names: list[str]) -> list[MediaFile]:
    """The files that the server took of those that were sent.

    Raises:
        NemoError: it did not take all of them; the error names the one, or each with its reason.
        UploadUnclear: it tells nothing about any, or has failed in the middle of it.
    """
    answer = UploadAnswer.read(verdict.body, names, fine=verdict.error is None)
    if answer.failed:
        errors = [_not_taken(caller, failed, verdict) for failed in answer.failed]
        if len(errors) == 1:
            error = errors[0]
        else:
            error = UploadError(" ".join(error.message for error in errors), hint=_hints(errors))
        if taken := ", ".join(file.filename for file in answer.files):
            error = _with(error, error.message, f"{error.hint} {say('sent.taken', names=taken)}".strip())
        raise error
    told = names[0] if len(names) == 1 else say("sent.files", count=len(names))
    if verdict.error is not None and _is_unclear(verdict):
        raise UploadUnclear(say("sent.may not", name=told, why=verdict.error.message)) from verdict.error
    if verdict.error is not None:
        raise _refused(caller, verdict.error, told if len(names) == 1 else "")
    if not answer.files and names_none(verdict.body):
        why = UploadError(say("sent.lists none, shows none"))
        raise UploadUnclear(say("sent.may not", name=told, why=say("sent.lists none"))) from why
    if not answer.files:
        raise UploadUnclear(say("sent.names none", name=told))
    return answer.files


def _is_unclear(verdict: Verdict) -> bool:
    """Whether an answer is no refusal: the server, or what stands before it, failed over what it had got."""
    if isinstance(verdict.error, ProtocolError):
        return True
    if isinstance(verdict.error, StoreError):
        return False
    if 200 <= (verdict.number or 0) < 300:  # noqa: PLR2004 - HTTP's own class
        return True  # a refusal without a number of the table: only the state shows what arrived
    return verdict.number in _GIVEN_UP or 500 <= (verdict.number or 0) < 600  # noqa: PLR2004 - HTTP's own class


def _not_taken(caller: Caller, failed: NotTaken, verdict: Verdict) -> NemoError:
    """The error of one file of an answer: that of its code, else that of the whole answer."""
    name = failed.name or say("sent.a file")
    why = sentence(failed.why.removeprefix(f"{name}:").strip())
    request_id = verdict.error.request_id if verdict.error is not None else ""
    if failed.code is not None and failed.code in _ABOUT_FILES:
        error: NemoError = caller.auth.reader.error(failed.code, why, about="upload", request_id=request_id)
        return _refused(caller, error, name)
    told = say("sent.not taken", name=name, why=why or say("sent.no reason"))
    if isinstance(verdict.error, (UnsupportedFile, FileTooLarge)):
        return _with(verdict.error, told, verdict.error.hint)
    return UploadError(told, request_id=request_id)


def _refused(caller: Caller, error: NemoError, name: str) -> NemoError:
    """The error of a file, with its name where it does not say it, and with what helps.

    A studio takes more than the protocol lists, and looks into each file: where that is of a type that it
    takes, it is the content that it can't read.
    """
    if not isinstance(error, (UnsupportedFile, FileTooLarge, UploadError)):
        return error
    message = error.message if not name or name in error.message else f"{name}: {error.message}"
    hint = error.hint
    if caller.wire.is_studio and isinstance(error, UnsupportedFile):
        told = "upload that" in message or message.startswith(f"“{name}” can't be read as subtitles")
        anew = "" if told else say("sent.anew")
        hint = "" if _ALL_TYPES in message else f"{anew} {read_by_studio(name)}".strip()
    return _with(error, translation(message) if caller.wire.is_studio else message, hint)


def _with(error: NemoError, message: str, hint: str) -> NemoError:
    return type(error)(message, hint=hint, request_id=error.request_id)


def _hints(errors: Iterable[NemoError]) -> str:
    return " ".join(dict.fromkeys(error.hint for error in errors if error.hint))


def _veiled(error: NemoError, links: Iterable[str], *, studio: bool) -> NemoError:
    """The error without what is secret in the links, should the server have repeated it.

    Where it gives no file, to list the types that a file may have is no help.
    """
    message = error.message
    for link in links:
        message = veiled(message, link)
    hint = error.hint
    if isinstance(error, UnsupportedFile) and studio:
        hint = f"{say('sent.link')} {hint.removeprefix(say('sent.anew'))}".strip()
    elif isinstance(error, UnsupportedFile) and hint == error.default_hint and not _names_type(message):
        hint = f"{say('sent.link')} {hint}"  # its table's action stays (§10)
    return _with(error, message, hint)


def _names_type(message: str) -> bool:
    """Whether a refusal speaks of the file's type."""
    return "type" in message or "类型" in message


def _path(session_id: str) -> str:
    return f"/api/upload-video/nemo_agent/me/{quote(session_id, safe='')}"


def _link(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        good = False
    if not good:
        raise UploadError(say("file.link", link=repr(without_query(url))), hint=say("file.link begins"))
    return url
