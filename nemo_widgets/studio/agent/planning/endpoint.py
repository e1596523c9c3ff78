"""The server behind NEMO_LLM_URL: one request, bounded in time and size, and what it says instead."""

from __future__ import annotations

import asyncio
import re
import time
import zlib
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nemo_widgets.disguises import Disguises
from nemo_widgets.redaction import redact_body, remember
from nemo_widgets.studio.words import Said

from .answers import error_in
from .trouble import URL, ModelError, cut_short, unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

__all__ = ["Endpoint", "Reply"]

_MOST_BYTES = 1_000_000
_LONGEST_WAIT_S = 30.0
_USUAL_WAIT_S = 1.0
_SLICE_S = 0.1
_ANY_HEADER = 32 + zlib.MAX_WBITS
_OK, _NOT_PAID, _FORBIDDEN, _NOT_FOUND, _TOO_MANY = 200, 402, 403, 404, 429
_MOST_NAMES = 8

_ELSEWHERE = re.compile(
    r"\b(?:countr(?:y|ies)|regions?|territor(?:y|ies)|ip address|location|firewall)\b|地区|国家"
)
"""What a server says that does not serve where one is."""
_OF_MODEL = re.compile(r"\bmodels?\b|模型")
_PAYING = re.compile(
    r"\b(?:insufficient[ _]?(?:quota|credits?|balance|funds)|billing|payment|credit balance|out of credits?"
    r"|no credits?|quota (?:is )?(?:used up|exhausted|exceeded)|exceeded your current quota|subscription)\b"
    r"|余额|欠费|充值"
)
"""By these a server says that somebody has to pay, whatever its status."""
_MODEL, _KEY = (Said(name, name) for name in ("NEMO_LLM_MODEL", "NEMO_LLM_KEY"))
_NO_MODEL = Said("NEMO_LLM_MODEL, which is not set", "NEMO_LLM_MODEL（还没有设置）")
_NO_KEY = Said("NEMO_LLM_KEY, which is not set", "NEMO_LLM_KEY（还没有设置）")
_BOTH = Said("NEMO_LLM_URL and NEMO_LLM_MODEL", "NEMO_LLM_URL 和 NEMO_LLM_MODEL")
_ACCOUNT = Said(
    "NEMO_LLM_KEY, whose account has no credit left or no plan for this",
    "NEMO_LLM_KEY：它的账户余额不足，或套餐不包含此模型",
)
_NO_ACCOUNT = Said(
    "NEMO_LLM_KEY, which is not set: the server answers only accounts that pay",
    "NEMO_LLM_KEY（还没有设置）：服务器只回答付费账户",
)
_LIMITS = Said("the limits of NEMO_LLM_KEY, and try again later", "NEMO_LLM_KEY 的限额，稍后再试")
_LIMITS_OF_ALL = Said("NEMO_LLM_URL, whose server is asked too often: try again later",
                      "NEMO_LLM_URL：请求太频繁，请稍后再试")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the body (a megabyte at most), how long to wait before another."""

    status: int
    body: bytes
    wait_s: float = 0.0

    @property
    def fine(self) -> bool:
        """Whether there is an answer to read."""
        return self.status == _OK


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The API's base and its key, for one turn: all that is asked in it may take `timeout_s` seconds."""

    url: str = field(repr=False)
    key: str = field(default="", repr=False)
    timeout_s: float = 120.0
    _begun: float = field(default_factory=time.monotonic, repr=False)
    _secrets: list[Disguises] = field(default_factory=list, repr=False, init=False)

    def __post_init__(self) -> None:
        # What the server repeats of them reaches nobody, for as long as this is held.
        self._secrets.extend(map(Disguises, filter(None, (self.key, _password(self.url)))))
        for secret in self._secrets:
            remember(secret)

    def _left(self) -> float:
        """How many seconds are left, a moment at least."""
        return max(_SLICE_S, self._begun + self.timeout_s - time.monotonic())

    def post(self, body: dict[str, Any], model: str, stopped: Callable[[], bool]) -> Reply:
        """Ask for a completion; after too many requests wait once, for as long as is said, and ask again.

        Raises:
            ModelError: it can't be reached, or its answer takes too long or too much room.
        """
        reply = self._send("POST", "/chat/completions", model, stopped, body)
        if reply.status == _TOO_MANY and reply.wait_s <= min(_LONGEST_WAIT_S, self._left()):
            until = time.monotonic() + reply.wait_s
            while time.monotonic() < until and not stopped():
                time.sleep(min(_SLICE_S, max(0.0, until - time.monotonic())))
            reply = self._send("POST", "/chat/completions", model, stopped, body)
        return reply

    def only_model(self, stopped: Callable[[], bool]) -> str:
        """The name of the server's model, where it has just one.

        Raises:
            ModelError: it has none or several, or does not tell.
        """
        import json

        reply = self._send("GET", "/models", "", stopped)
        if not reply.fine:
            raise self.refused(reply, "", _NO_MODEL)
        try:
            listed = json.loads(reply.body)
        except (ValueError, RecursionError):
            listed = None
        rows = listed.get("data") or listed.get("models") if isinstance(listed, dict) else listed
        rows = rows if isinstance(rows, list) else []
        ids = (row.get("id") or row.get("name") if isinstance(row, dict) else row for row in rows)
        names = list(dict.fromkeys(name for name in ids if isinstance(name, str) and name))
        chats = [name for name in names if "embed" not in name.lower()]
        if len(chats) == 1:
            return chats[0]
        shown = [cut_short(name, 80) for name in chats[:_MOST_NAMES]]
        more = len(chats) - len(shown)
        why = Said("it names no model", "它没有列出模型")
        if chats:
            rest = (f" and {more} more", f" 等 {len(chats)} 个") if more else ("", "")
            why = Said(f"it has these models: {', '.join(shown)}{rest[0]}",
                       f"它有这些模型：{'、'.join(shown)}{rest[1]}")  # fmt: skip
        raise unreachable("", why, _NO_MODEL)

    def elsewhere(self, reply: Reply, model: str) -> ModelError | None:
        """What answers with a page, or words of its own, is no model's server; None for what may be one."""
        text = cut_short(reply.body.decode("utf-8", "replace"), 80)
        if not text or text.startswith(("{", "[", "data:", "event:", ":")):
            return None
        said = ("a page", "网页") if text.startswith("<") else (f"“{text}”", f"“{text}”")
        why = Said(f"it answers with {said[0]}, and no completion", f"它返回的是{said[1]}，不是模型的回答")
        return unreachable(model, why, _usual_end(URL, self.url))

    def refused(self, reply: Reply, model: str, look: Said | None = None) -> ModelError:
        """The server's own reason, and what it is about: a variable, or the account behind one."""
        said = cut_short(error_in(reply.body))
        look = look or _about(reply.status, said, has_key=bool(self.key))
        if reply.status == _NOT_FOUND:
            look = _usual_end(look, self.url)
        status = f"HTTP {reply.status}" if reply.status != _OK else ""
        quoted = f"“{said}”" if said else ""
        why = Said(": ".join(filter(None, [status, quoted])) or "no answer",
                   "：".join(filter(None, [status, quoted])) or "没有回答")  # fmt: skip
        if reply.wait_s > _LONGEST_WAIT_S:
            why = Said(f"{why.en}; it asks to wait {reply.wait_s:.0f} s",
                       f"{why.zh}；要求等待 {reply.wait_s:.0f} 秒")  # fmt: skip
        return unreachable(model, why, look)

    def _signed(self, request: httpx.Request) -> httpx.Request:
        """The request with the key, put there at the last moment, so that no frame of ours ever holds it."""
        request.headers["Authorization"] = f"Bearer {self.key}"
        return request

    def _send(
        self,
        method: str,
        path: str,
        model: str,
        stopped: Callable[[], bool],
        body: dict[str, Any] | None = None,
    ) -> Reply:
        import httpx  # only who has a model waits for it

        try:
            return asyncio.run(self._exchange(method, path, model, stopped, body))
        except httpx.TimeoutException as error:
            why = f"no answer within {self.timeout_s:g} s" if path != "/models" else "no answer in time"
            kind = type(error).__name__
            raise unreachable(model, Said(f"{kind}, {why}", f"{kind}，超时")) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = type(error).__name__
            raise unreachable(model, Said(kind, kind)) from error

    async def _exchange(
        self,
        method: str,
        path: str,
        model: str,
        stopped: Callable[[], bool],
        body: dict[str, Any] | None,
    ) -> Reply:
        """The reply, looked for until the time is up or the turn is stopped, whatever the server sends."""
        left = self._left()
        until = time.monotonic() + left
        asking = asyncio.ensure_future(self._ask(method, path, model, left, body))
        try:
            while not asking.done():
                await asyncio.wait([asking], timeout=_SLICE_S)
                if not asking.done() and (stopped() or time.monotonic() > until):
                    en = f"no whole answer within {self.timeout_s:g} s"
                    raise unreachable(model, Said(en, f"{self.timeout_s:g} 秒内没有完整回答"), _BOTH)
            return asking.result()
        finally:
            asking.cancel()
            await asyncio.wait([asking])

    async def _ask(
        self, method: str, path: str, model: str, left: float, body: dict[str, Any] | None
    ) -> Reply:
        import httpx

        found = bytearray()
        async with (
            httpx.AsyncClient(timeout=httpx.Timeout(left, connect=min(10, left))) as client,
            client.stream(
                method,
                f"{self.url.rstrip('/').removesuffix('/chat/completions')}{path}",
                json=body,
                auth=self._signed if self.key else None,
                headers={"Accept-Encoding": "identity"},
                follow_redirects=False,
            ) as answer,
        ):
            async for chunk in answer.aiter_raw():
                found += chunk
                if len(found) > _MOST_BYTES:
                    raise _too_long(model)
            content = _unpacked(found, answer.headers.get("content-encoding", "").strip().lower())
            if len(content) > _MOST_BYTES:
                raise _too_long(model)
            return Reply(answer.status_code, redact_body(content), _wait_s(answer))


def _unpacked(body: bytearray, coding: str) -> bytes:
    """The body out of its compression, for servers that were asked for none; no more than is taken.

    Raises:
        httpx.DecodingError: it is compressed in another way, or not at all.
    """
    import httpx

    if coding in {"", "identity"}:
        return bytes(body)
    try:
        if coding in {"gzip", "x-gzip", "deflate"}:
            return zlib.decompressobj(_ANY_HEADER).decompress(body, _MOST_BYTES + 1)
    except zlib.error:
        pass
    raise httpx.DecodingError("It is not compressed as it says, or in a way that is not known.")


def _too_long(model: str) -> ModelError:
    return unreachable(model, Said("its answer is longer than a megabyte", "回答超过 1 MB"), _MODEL)


def _password(url: str) -> str:
    """The password in an address; "" if it has none."""
    try:
        return urlsplit(url).password or ""
    except ValueError:
        return ""


def _wait_s(answer: httpx.Response) -> float:
    """How long the server asks to wait, in seconds: as a number or a date; a little where it does not say."""
    said = answer.headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(said)) if said.isascii() else _USUAL_WAIT_S
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):  # `email` raises all of them
        return _USUAL_WAIT_S


def _about(status: int, said: str, *, has_key: bool) -> Said:
    """What to look at, by the status and the server's words."""
    about = said.lower()
    if status == _NOT_PAID or _PAYING.search(about):
        return _ACCOUNT if has_key else _NO_ACCOUNT
    if status == _FORBIDDEN and (_ELSEWHERE.search(about) or _OF_MODEL.search(about)):
        return URL if _ELSEWHERE.search(about) else _MODEL
    if status in (401, _FORBIDDEN) or (status == 400 and "api key" in about):  # noqa: PLR2004 - of HTTP
        return _KEY if has_key else _NO_KEY
    if status == _TOO_MANY:
        return _LIMITS if has_key else _LIMITS_OF_ALL
    if "model" in about or "tool" in about or "context" in about or status in (400, 422):
        return _MODEL
    return _BOTH if status == _NOT_FOUND else URL


def _usual_end(look: Said, url: str) -> Said:
    """The same, with how most addresses end where this one does not."""
    if re.search(r"/v\d", url):
        return look
    return Said(look.en.replace(URL.en, f"{URL.en} (most end in /v1)"),
                look.zh.replace(URL.zh, f"{URL.zh}（通常以 /v1 结尾）"))  # fmt: skip
