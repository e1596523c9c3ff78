"""An edit's stream, cut after every one of its bytes: what is reported is as uncut, and it was sent once.

The studio is asked as what it is (its ledger knows what became of the message, with the agent's words), and
as a server that keeps no ledger, like the cloud (there the timeline is all there is).
"""

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from clips import code_clip

from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.journal import Journal
from nemo_widgets.loop import blocking, submit
from nemo_widgets.running import Connection, EditRun
from nemo_widgets.testing import Proxy

EDIT = "remove the first second"
AT_ONCE = 3
A_SESSION = 20
"""Edits one after the other in one session, each of what the one before it left: nothing is put back."""
CLIP_S = 40
"""As long to write in figures, in seconds, after each of these edits as before them."""
QUICK = ClientSettings(recover_first_s=0.02, recover_every_s=0.05, recover_reads=400, studio_poll_s=0.02)
"""Looks often, and long enough for a studio that has little time; the schedule itself has its own tests."""


@dataclass
class Line:
    """One session with two ways to it: through the proxy, which cuts, and directly."""

    proxy: Proxy
    link: Connection
    direct: AsyncClient
    clip: Path

    def edit(self) -> dict[str, Any]:
        """The report of one edit."""
        run = EditRun(self.link, EDIT)
        run.result()
        return {
            "outcome": run.outcome,
            "changes": run.changes.to_dict("records"),
            "text": run.text,
            "silent": run.silent,
            "after": run.after.data,
        }

    def sent(self) -> list[str]:
        """The messages in the studio's ledger."""
        ledger = blocking(submit(self.direct.ledger(self.link.session_id, "messages")))
        return [message.text for message in ledger.messages]

    def renew(self) -> None:
        """Go on in a new session: a long history slows the studio down, which is not what is tested."""

        async def made() -> str:
            session = await self.direct.create_session()
            await self.direct.upload(session.session_id, [self.clip])
            return session.session_id

        self.link.session_id, self.link.seen = blocking(submit(made())), None

    def sweep(self, offsets: range, uncut: list[str]) -> list[str]:
        """What went wrong at each of the offsets."""
        wrong = []
        for start in range(0, len(offsets), A_SESSION):
            some = offsets[start : start + A_SESSION]
            self.renew()
            for offset, expected in zip(some, uncut, strict=False):
                fault = self.proxy.fault(cut_after=offset, only="POST /run_sse", times=1)
                report = plain(self.edit())
                if (report, fault.taken) != (expected, 1):
                    wrong.append(f"cut after {offset}: {report}")
                self.proxy.clear()
            if (sent := self.sent()) != [EDIT] * len(some):
                wrong.append(f"cut after each of {some}: sent {sent}")
        return wrong


def plain(report: dict[str, Any]) -> str:
    """The report without the ids of the session's media."""
    return re.sub(r"/media/[^/]+/", "/media/", repr(report))


@contextlib.contextmanager
def served(folder, *, silent):
    """A studio in a process of its own, so that its work and ours are done at the same time."""
    forms = ("silent=always", "events=adk") if silent else ("silent=never", "events=typed")
    command = [sys.executable, "-m", "nemo_widgets.studio", "serve", "--data", str(folder / "studio")]
    for form in ("text_pause=0", *forms):
        command += ["--set", form]
    with (folder / "studio.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
    try:
        yield SimpleNamespace(**json.loads(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@contextlib.contextmanager
def lines(folder, *, silent, studio):
    """Sessions with a clip each, over one studio; in the end everything is closed."""
    clip = code_clip(folder / "clip.mp4", frames=CLIP_S * 10, fps=10, size=(64, 36), audio=None)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(served(folder, silent=silent))

        async def made(proxy: Proxy, name: str) -> Line:
            client = AsyncClient(base_url=proxy.url, token=server.token, settings=QUICK)
            direct = AsyncClient(base_url=server.url, token=server.token)
            session = await client.create_session()
            await direct.upload(session.session_id, [clip])
            journal = Journal(folder / f"journal-{name}")
            return Line(proxy, Connection(client, session.session_id, journal=journal), direct, clip)

        found = []
        for i in range(AT_ONCE):
            proxy = stack.enter_context(Proxy(server.url, strip=() if studio else ("x-nemo-studio",)))
            found.append(blocking(submit(made(proxy, str(i)))))
            stack.callback(_close, found[-1])
        yield found


def _close(line: Line) -> None:
    async def close() -> None:
        await asyncio.gather(line.link.client.aclose(), line.direct.aclose())

    blocking(submit(close()))


@pytest.fixture
def memory_folder(tmp_path):
    """A folder in memory where there is one: thousands of synced files need no disk here."""
    if not Path("/dev/shm").is_dir():  # noqa: S108 - memory, not a place for others to look into
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("silent", "studio"), [(False, True), (True, False)], ids=["studio", "cloud"])
def test_a_cut_after_every_byte_leaves_the_report_and_one_message(memory_folder, silent, studio):
    """Wherever the stream is cut, what is reported is what the uncut edit reports, and it was sent once."""
    with lines(memory_folder, silent=silent, studio=studio) as all_lines:
        uncut = [[plain(line.edit()) for _ in range(A_SESSION)] for line in all_lines]
        assert [line.sent() for line in all_lines] == [[EDIT] * A_SESSION] * AT_ONCE
        size = min(e.down for line in all_lines for e in line.proxy.log if e.path == "/run_sse")
        assert size > 500
        shares = [range(i, size, AT_ONCE) for i in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as threads:
            wrong = list(threads.map(Line.sweep, all_lines, shares, uncut))
    assert [line for part in wrong for line in part][:5] == []
