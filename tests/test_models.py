"""The models of this machine: what the servers here list, and nothing sent to any of them."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import nemo_widgets as nemo


@contextmanager
def serving(body):
    """A server of models; yields the API's base and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.command, self.path))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_each_model_of_a_server_is_a_row_with_what_to_set():
    body = json.dumps({"object": "list", "data": [{"id": "qwen3:8b"}, {"id": "llama3.2"}]}).encode()
    with serving(body) as (url, asked):
        table = nemo.models(url)
    assert table[["server", "model"]].to_numpy().tolist() == [[url, "qwen3:8b"], [url, "llama3.2"]]
    assert table.environment[0] == f"NEMO_LLM_URL={url} NEMO_LLM_MODEL=qwen3:8b"
    assert asked == [("GET", "/v1/models")]


ODD = [b"", b"<html>", b"[]", b'{"data": {"id": 3}}', b'{"data": [{"id": 3}, 4, {}]}', b"[" * 90_000]


@pytest.mark.parametrize("body", [*ODD, b" " * 2_000_000], ids=range(len(ODD) + 1))
def test_what_is_no_list_of_models_is_none(body):
    with serving(body) as (url, _):
        assert nemo.models(url).empty


def test_where_nobody_listens_there_is_no_model():
    assert nemo.models("http://127.0.0.1:9/v1").empty


def test_a_name_without_a_readable_character_harms_no_table():
    with serving(json.dumps({"data": [{"id": "a\x1b]8;;http://x\x07\nb"}]}).encode()) as (url, _):
        (name,) = nemo.models(url).model
    assert "\x1b" not in name
    assert "\n" not in name
