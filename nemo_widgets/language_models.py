"""The language models that run on this machine and could plan edits: what NEMO_LLM_URL may be set to."""

from __future__ import annotations

import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from nemo_widgets.call_checks import check_call
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.printable import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["SERVERS", "models"]

SERVERS = {
    "Ollama": "http://127.0.0.1:11434/v1",
    "LM Studio": "http://127.0.0.1:1234/v1",
    "llama.cpp": "http://127.0.0.1:8080/v1",
}
"""The programs that serve models, and where each listens unless it is told otherwise."""
_COLUMNS = ["server", "model", "environment"]
_MOST_BYTES = 1_000_000
_MOST_MODELS = 100
_WAIT_S = 1.0


@check_call
@stoppable
def models(url: str | None = None) -> pd.DataFrame:
    """The language models that Ollama, LM Studio and llama.cpp serve on this machine, one a row.

    `environment` is what makes the studio's agent ask that model for what the grammar does not understand.
    Only the lists of models are asked for, on this machine; nothing is sent to a model.

    Args:
        url: The base of one other server's API, such as http://127.0.0.1:8000/v1, in their place.
    """
    return to_thread(lambda: _listed(SERVERS if url is None else {url: url}))


def _listed(places: Mapping[str, str]) -> pd.DataFrame:
    from nemo_widgets.table import table_of

    with ThreadPoolExecutor(max_workers=max(1, len(places))) as pool:
        served = list(pool.map(_models, places.values()))
    rows = [
        (one_line(server), one_line(model), f"NEMO_LLM_URL={url} NEMO_LLM_MODEL={one_line(model)}")
        for (server, url), names in zip(places.items(), served, strict=True)
        for model in names
    ]
    return table_of(rows, _COLUMNS)


def _models(url: str) -> list[str]:
    """The names that a server lists; none where there is no such server."""
    import httpx

    content = b""
    with (
        contextlib.suppress(httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError),
        httpx.Client(timeout=_WAIT_S, trust_env=False) as client,
        client.stream("GET", f"{url.rstrip('/')}/models") as answer,
    ):
        for piece in answer.iter_bytes():
            content += piece
            if len(content) > _MOST_BYTES:
                return []
        return _names(json.loads(content)) if answer.is_success else []
    return []


def _names(body: Any) -> list[str]:
    rows = body.get("data") if isinstance(body, dict) else None
    names = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [name for name in names if isinstance(name, str) and name.strip()][:_MOST_MODELS]
