"""An edit's stream, cut after every one of its bytes: what is reported is as uncut, and it was sent once.

The studio is asked as what it is (its ledger knows what became of the message, with the agent's words), and
as a server that keeps no ledger, like the cloud (there the timeline is all there is).

What reads the stream is tried after every byte, with a studio's answer that is played from memory: it tells
the messages that came whole and that the stream broke, and nothing besides. For all that comes behind it, the
cuts from the end of one message to the end of the next are therefore the same, and whole edits are made over
a real line for some of them: those around each of these ends, and one byte in every sixteen.
"""

import asyncio
import contextlib
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from clips import code_clip
from faults.tape import Tape, content, some_cuts

from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.errors import NemoError, StreamDropped
from nemo_widgets.journal import Journal
from nemo_widgets.loop import blocking, submit
from nemo_widgets.running import Connection, EditRun
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings
from nemo_widgets.testing import Proxy

EDIT = "remove the first second"
CHAT = "POST /run_sse"
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
    token: str
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

    def sweep(self, offsets: list[int], uncut: list[str]) -> list[str]:
        """What went wrong at each of the offsets."""
        wrong = []
        for start in range(0, len(offsets), A_SESSION):
            some = offsets[start : start + A_SESSION]
            self.renew()
            for offset, expected in zip(some, uncut, strict=False):
                fault = self.proxy.fault(cut_after=offset, only=CHAT, times=1)
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
def lines(folder, *, silent, studio):
    """Sessions with a clip each, over one studio; in the end everything is closed."""
    clip = code_clip(folder / "clip.mp4", frames=CLIP_S * 10, fps=10, size=(64, 36), audio=None)
    with contextlib.ExitStack() as stack:
        forms = {"silent": "always", "events": "adk"} if silent else {"silent": "never", "events": "typed"}
        server = launch(folder / "studio", settings=Settings(text_pause=0, **forms))
        stack.callback(server.stop)

        async def made(proxy: Proxy, name: str) -> Line:
            client = AsyncClient(base_url=proxy.url, token=server.token, settings=QUICK)
            direct = AsyncClient(base_url=server.url, token=server.token)
            session = await client.create_session()
            await direct.upload(session.session_id, [clip])
            journal = Journal(folder / f"journal-{name}")
            link = Connection(client, session.session_id, journal=journal)
            return Line(proxy, server.token, link, direct, clip)

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


@pytest.fixture(scope="module")
def memory_folder(tmp_path_factory):
    """A folder in memory where there is one: hundreds of synced files need no disk here."""
    if not Path("/dev/shm").is_dir():  # noqa: S108 - memory, not a place for others to look into
        yield tmp_path_factory.mktemp("every_byte")
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.fixture(scope="module", params=["studio", "cloud"])
def all_lines(request, memory_folder):
    """The lines to one studio."""
    studio = request.param == "studio"
    folder = memory_folder / request.param
    folder.mkdir()
    with lines(folder, silent=not studio, studio=studio) as found:
        yield found


@dataclass
class Played:
    """A client that is played one answer again and again, and what it heard as that was a real one."""

    client: AsyncClient
    session_id: str
    tape: Tape
    uncut: Any = None

    @property
    def answer(self) -> bytes:
        return self.tape.answers[CHAT]

    def whole(self, cut: int) -> int:
        """How many messages have come whole with the first so many bytes."""
        return content(self.answer, cut).count(b"\n\n")

    async def heard(self) -> Any:
        """The answer as its reader tells it: messages with their events, the marked end, and the error."""
        told, ends, error = [], [], None
        chat = self.client.chat(
            self.session_id,
            EDIT,
            key="edit-1",
            raw=lambda message: told.append((message, [])),
            ended=ends.append,
        )
        try:
            async with contextlib.aclosing(chat) as events:
                async for event in events:
                    told[-1][1].append(event)
        except NemoError as raised:
            error = type(raised), raised.nothing_done
        return told, ends, error


@pytest.fixture
async def played(all_lines, monkeypatch):
    """An answer of the studio, played."""
    line, tape = all_lines[0], Tape()
    async with AsyncClient(base_url=line.proxy.url, token=line.token, settings=QUICK) as client:
        with tape.between(monkeypatch):
            session = await client.create_session()
            await client.upload(session.session_id, [line.clip])
            made = Played(client, session.session_id, tape)
            made.uncut = await made.heard()
        yield made


async def test_after_every_byte_the_whole_messages_are_heard_and_a_break(played):
    """A stream that is cut is told as the messages that came whole and a break; it is asked for once."""
    told, ends, error = played.uncut
    assert await played.heard() == (told, ends, error) == (told, [True], None)
    size = len(played.answer)
    assert size > 500
    assert (played.whole(0), played.whole(size - 1)) == (0, len(told))
    for cut in range(size):
        played.tape.cut(CHAT, cut)
        assert await played.heard() == (told[: played.whole(cut)], [], (StreamDropped, False)), cut
        assert played.tape.asked == [CHAT], cut


@pytest.mark.timeout(900)
def test_a_cut_anywhere_leaves_the_report_and_one_message(all_lines, played):
    """Wherever the stream is cut, what is reported is what the uncut edit reports, and it was sent once."""
    uncut = [[plain(line.edit()) for _ in range(A_SESSION)] for line in all_lines]
    assert [line.sent() for line in all_lines] == [[EDIT] * A_SESSION] * AT_ONCE
    size = min(e.down for line in all_lines for e in line.proxy.log if e.line == CHAT)
    ends = [cut for cut in range(1, size) if played.whole(cut) != played.whole(cut - 1)]
    cuts = [cut for cut in some_cuts(played.answer, *ends) if cut < size]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        shares = [cuts[i::AT_ONCE] for i in range(AT_ONCE)]
        wrong = list(threads.map(Line.sweep, all_lines, shares, uncut))
    assert [line for part in wrong for line in part][:5] == []
