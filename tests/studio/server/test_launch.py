"""Starting and stopping, from a notebook's kernel and from a terminal."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from limits import within
from waiting import PATIENCE_S, until

from nemo_widgets.studio import __main__ as command
from nemo_widgets.studio.launch import default_data, launch
from nemo_widgets.studio.store import StoreError

SERVE = [sys.executable, "-m", "nemo_widgets.studio", "serve"]


def test_ready_at_once_and_gone_after(start):
    """When launch returns, the studio serves; after stop it does not; stopping again does nothing."""
    studio = start()
    assert httpx.get(f"{studio.url}/studio/health").json()["ok"] is True
    assert studio.running
    studio.stop()
    studio.stop()
    assert not studio.running
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{studio.url}/studio/health")


def test_stop_is_quick_with_open_streams_and_downloads(start, connect, agent, clip):
    """Three seconds are the most that a stop takes, with a message under way and a download nobody reads."""
    studio = start()
    client = connect(studio)
    session = client.session()
    url = client.upload(session, clip).json()["data"]["files"][0]["cdn_url"]
    path = studio.data / "media" / next((studio.data / "media").iterdir()).name
    with path.open("r+b") as file:
        file.truncate(50_000_000)
    body = {"session_id": session, "new_message": {"parts": [{"text": "hold"}]}}
    ends = []

    def listen():
        ends.append(client.post("/run_sse", json=body).text)

    talking = threading.Thread(target=listen)
    talking.start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    with httpx.stream("GET", url):
        asked = time.monotonic()
        studio.stop()
        assert within(time.monotonic() - asked, 3)
    talking.join(PATIENCE_S)
    assert "The studio was stopped." in ends[0]


def test_answers_at_once(common, guest):
    """No small answer waits for the 40 ms that Nagle's algorithm and a delayed ACK make of it."""
    guest.get("/studio/health")
    connections = vars(common)["_server"].server_state.connections
    sockets = [connection.transport.get_extra_info("socket") for connection in list(connections)]
    assert sockets
    assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in sockets)


async def test_works_beside_a_running_loop(tmp_path):
    """A studio started where a loop is running (a notebook's kernel) serves that loop's own requests."""
    studio = launch(tmp_path)
    try:
        async with httpx.AsyncClient() as client:
            answers = await asyncio.gather(*(client.get(f"{studio.url}/studio/health") for _ in range(5)))
        assert [answer.json()["ok"] for answer in answers] == [True] * 5
    finally:
        studio.stop()


def test_signal_handlers_and_logging_stay_as_they_were(start, capfd):
    """A studio touches no signal handler, leaves no log handler behind, and prints nothing."""
    before = [signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)]
    handlers = list(logging.getLogger("uvicorn.error").handlers), list(logging.getLogger().handlers)
    studio = start()
    httpx.get(f"{studio.url}/nope")
    studio.stop()
    assert [signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)] == before
    assert (list(logging.getLogger("uvicorn.error").handlers), list(logging.getLogger().handlers)) == handlers
    assert capfd.readouterr() == ("", "")
    assert "/nope 404" in (studio.data / "studio.log").read_text()


def test_the_log_tells_what_was_refused(start, connect):
    """Beside a status of 200 the log has the code by which a request was refused, 1001 as well as 4001."""
    studio = start()
    stranger = connect(studio, token="nmv_usr_nobody_0123456789")
    stranger.get("/api/credits/balance/simple")
    client = connect(studio)
    client.post(f"/api/upload-video/nemo_agent/me/{client.session()}", json={"urls": ["a.mp4"]})
    studio.stop()
    log = (studio.data / "studio.log").read_text()
    assert "GET /api/credits/balance/simple 200 (1001)" in log
    assert re.search(r"POST /api/upload-video/\S+ 200 \(4001\)", log)
    assert re.search(r"POST /api/tasks/\S+ 200$", log, re.MULTILINE)


def test_no_secret_in_log_or_repr(start, connect, clip):
    """Neither the token nor a client id gets into the studio's log or its repr."""
    studio = start()
    client = connect(studio)
    client.upload(client.session(), clip)
    issued = httpx.post(
        f"{studio.url}/api/auth/anonymous-token", headers={"X-Client-Id": "my-client"}
    ).json()["data"]
    connect(studio, token=issued["token"]).session()
    studio.stop()
    log = (studio.data / "studio.log").read_text() + repr(studio) + repr(vars(studio)["_backend"])
    assert "run_sse" not in log
    for secret in (studio.token, issued["token"], "my-client"):
        assert secret not in log


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200), ("localhost:{port}", 200), ("LOCALHOST", 200), ("[::1]:{port}", 200),
        ("evil.example:{port}", 421), ("localhost.evil.example", 421), ("127.0.0.1.nip.io", 421),
        ("192.168.0.7", 421), ("", 421), ("[::1", 421), ("evil.example@127.0.0.1", 421),
        ("127.0.0.1/evil.example", 421), ("127.0.0.1#", 421), ("127.0.0.1?x", 421), ("[::1].evil", 421),
        ("evil[::1]", 421), ("localhost:x", 421), ("localhost:8:8", 421), ("[::1%evil]", 421),
    ],
)  # fmt: skip
def test_other_names_are_turned_away(common, host, status):
    """A request made for a name that is not this machine's is refused: DNS rebinding gets nowhere."""
    port = common.url.rpartition(":")[2]
    answer = httpx.get(f"{common.url}/studio/health", headers={"Host": host.format(port=port)})
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers


def test_addresses_follow_the_name_that_was_asked_for(client, clip, studio):
    """Who reaches the studio as localhost gets addresses under localhost."""
    session = client.session()
    port = studio.url.rpartition(":")[2]
    client.upload(session, clip)
    answer = client.get(f"/api/state/nemo_agent/me/{session}/latest", headers={"Host": f"localhost:{port}"})
    assert answer.json()["data"]["state"]["video_infos"][0]["url"].startswith(
        f"http://localhost:{port}/media/"
    )


@pytest.mark.parametrize("path", ["/studio/health", "/nope", "/api/credits/balance/simple", "/media/x/y"])
def test_every_answer_says_that_it_is_the_studios(common, path):
    """The studio's header, with its version, is on every answer, errors included."""
    health = httpx.get(f"{common.url}/studio/health").json()
    answer = httpx.get(common.url + path)
    assert answer.headers["x-nemo-studio"] == health["version"]
    assert answer.headers["x-request-id"]


def test_taken_port_and_broken_folder_are_told(tmp_path, studio):
    """A port that is taken, or a folder that is a file, raises at once and leaves nothing running."""
    threads = set(threading.enumerate())
    with pytest.raises(OSError, match="in use"):
        launch(tmp_path / "other", port=int(studio.url.rpartition(":")[2]))
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        launch(tmp_path / "file")
    until(lambda: set(threading.enumerate()) <= threads)


def test_default_folder(monkeypatch, tmp_path):
    """The data folder is the platform's place for user data, unless the environment names another."""
    monkeypatch.delenv("NEMO_STUDIO_DATA", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_data() == tmp_path / "nemo-widgets" / "studio"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_data() == Path.home() / "Library" / "Application Support" / "nemo-widgets" / "studio"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_data() == tmp_path / "local" / "nemo-widgets" / "studio"
    monkeypatch.setenv("NEMO_STUDIO_DATA", str(tmp_path / "mine"))
    assert default_data() == tmp_path / "mine"


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_command_serves_until_it_is_told_to_stop(tmp_path, name):
    """The command prints a line of JSON once it serves, logs to standard error, and ends with 0 at once."""
    command = [
        *SERVE,
        "--data",
        str(tmp_path),
        "--set",
        "events=typed",
        "--set",
        "credits=7",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        told = json.loads(process.stdout.readline())
        assert set(told) == {"url", "token"}
        bearer = {"Authorization": f"Bearer {told['token']}"}
        answer = httpx.get(told["url"] + "/api/credits/balance/simple", headers=bearer)
        assert answer.json()["data"]["available"] == 7
        assert httpx.post(told["url"] + "/api/auth/anonymous-token").status_code == 400
        asked = time.monotonic()
        process.send_signal(name)
        out, log = process.communicate(timeout=PATIENCE_S)
        assert within(time.monotonic() - asked, 3)
    assert (process.returncode, out) == (0, "")
    assert "POST /api/auth/anonymous-token 400" in log
    assert told["token"] not in log
    assert "Traceback" not in log


def test_program_that_ends_while_the_grammar_is_being_read(tmp_path):
    """The agent, loaded beside the first requests, has nothing to say when the end comes meanwhile."""
    code = (
        "import atexit, pathlib, sys, threading, time\n"
        "class Late:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        while name.endswith('agent.listening') and not threading._SHUTTING_DOWN:\n"
        "            time.sleep(0.001)\n"
        "sys.meta_path.insert(0, Late())\n"
        "from nemo_widgets.studio.launch import launch\n"
        "studio = launch(pathlib.Path(sys.argv[1]))\n"
        "atexit.register(time.sleep, 1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, timeout=PATIENCE_S, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")


def test_kernel_that_ends_stops_its_studio(tmp_path):
    """A program that forgets to stop its studio ends all the same, promptly and without a word."""
    code = (
        "import sys, httpx, pathlib, time\n"
        "from nemo_widgets.studio.launch import launch\n"
        "studio = launch(pathlib.Path(sys.argv[1]))\n"
        "assert httpx.get(studio.url + '/studio/health').json()['ok']\n"
        "(studio.data / 'over').write_text(str(time.time()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, timeout=PATIENCE_S, check=True
    )
    assert within(time.time() - float((tmp_path / "over").read_text()), 5)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "events=xml"], "events is one of adk, typed"),
        (["--set", "colour=red"], "is not name=value with one of the names"),
        (["--set", "heartbeat_s=0"], "heartbeat_s must be more than 0"),
        (["--set", "attribution=maybe"], "attribution is true or false"),
        (["--set", "credits=many"], "credits is a number"),
        (["--set", "tokens_per_address=0"], "tokens_per_address must be at least 1 (--no-anonymous"),
        (["--set", "tokens_per_client=-1"], "tokens_per_client must be at least 1"),
        (["--set", "tokens_here=0"], "tokens_here must be at least 1"),
        (["--set", "link_timeout_s=inf"], "link_timeout_s is a number, not inf"),
        (["--set", "link_most_s=nan"], "link_most_s is a number, not nan"),
        (["--set", "text_pause=-1"], "text_pause must not be less than 0"),
        (["--set", "link_networks=home"], "link_networks: 'home' is no list of networks"),
        (["--host", "192.0.2.1"], "can't listen on 192.0.2.1"),
        (["--port", "99999"], "can't listen on 127.0.0.1:99999: there are ports up to 65,535"),
        (["--port", "-1"], "can't listen on 127.0.0.1:-1"),
        (["--data", "/dev/null"], "can't use the folder"),
    ],
)
def test_command_says_what_is_wrong(arguments, said, tmp_path, capsys, monkeypatch):
    """What can't be is told in one sentence, with exit code 1."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert command.main(["serve", "--data", str(tmp_path), *arguments]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


@pytest.mark.parametrize("module", ["av", "uvicorn"])
def test_missing_extra_is_one_sentence(module, tmp_path):
    """Without a part of the extra, the command says what to install and ends with 1."""
    code = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "from nemo_widgets.studio.__main__ import main\n"
        "sys.exit(main(['serve', '--data', sys.argv[1]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert 'pip install "nemo-widgets[studio]"' in done.stderr


def test_listens_on_the_old_and_the_new_loopback(tmp_path):
    """An IPv6 host gives an address that a client can use as it stands."""
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        studio = launch(tmp_path, host="::1")
    except OSError:
        pytest.skip("no IPv6 loopback here")
    try:
        assert studio.url.startswith("http://[::1]:")
        assert httpx.get(f"{studio.url}/studio/health").json()["ok"] is True
    finally:
        studio.stop()
