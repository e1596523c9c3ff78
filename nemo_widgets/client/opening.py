"""The beginning of an answer, waited for no longer than it may take."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    import httpx

__all__ = ["opened"]


@asynccontextmanager
async def opened(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    *,
    timeout: httpx.Timeout,  # noqa: ASYNC109 - of the library
    content: bytes | AsyncGenerator[bytes, None] | None = None,
    **options: Any,
) -> AsyncIterator[httpx.Response]:
    """The response to a request, once its head is there; its body is not read.

    The library waits anew after each byte of a head, and after each answer that announces another (1xx), so
    that a server could keep it waiting for ever. Here the time from the request's last byte on is counted.

    Args:
        client: sends it.
        method: as in HTTP.
        url: the address.
        timeout: the limits of each step; together they are the limit of all.
        content: the request's body. To make it and to send it may take any time.
        options: the rest of the request, as `httpx.AsyncClient.stream` takes it.

    Raises:
        httpx.ReadTimeout: its head took too long. httpx.HTTPError: there is none.
    """
    import httpx

    loop = asyncio.get_running_loop()
    most = sum(limit or 0.0 for limit in (timeout.write, timeout.read))
    connecting = 2 * (timeout.connect or 0.0) + (timeout.pool or 0.0)  # TLS has the same time once more
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(None) as limit:

                async def watched(body: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
                    limit.reschedule(None)
                    async with aclosing(body):
                        async for piece in body:
                            limit.reschedule(loop.time() + most)
                            yield piece  # whoever does not ask for the next one reads the answer already
                            limit.reschedule(None)
                    limit.reschedule(loop.time() + most)

                limit.reschedule(loop.time() + connecting + most)
                body = content if content is None or isinstance(content, bytes) else watched(content)
                stream = client.stream(method, url, content=body, timeout=timeout, **options)
                response = await stack.enter_async_context(stream)
        except TimeoutError:
            raise httpx.ReadTimeout(say("answer.no head")) from None
        yield response
