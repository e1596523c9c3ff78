"""Anything may break at any time, in any order: what was paid for and what is told stay the same.

A studio and a client, each in a process of its own that is killed now and then, do what Hypothesis thinks of,
and a proxy between them breaks connections. After each step the studio's database and the client's journal
are compared; in the end everything is mended, what was left behind is attached to, and all has to be known.

NEMO_FUZZ=300 tries so many more sequences, others each time.
"""

import os
import time

import pytest
from faults.books import MUSIC, NOTHING, SHORTER, TITLE, Books
from faults.world import World
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from waiting import PATIENCE_S

MORE = int(os.environ.get("NEMO_FUZZ", "0"))
_ROUNDS = 10
REQUESTS = [
    None,
    "POST /api/tasks",
    "GET /api/state",
    "POST /api/upload-video",
    "POST /run_sse",
    "POST /api/render/proxy/lambda",
    "GET /api/render/proxy/lambda",
    "GET /results",
    "GET /studio/sessions",
    "POST /studio/sessions",
]

EDITS = st.sampled_from([TITLE, SHORTER, MUSIC, "undo", *NOTHING]).map(lambda text: ("edit", text))
UPLOADS = st.lists(st.integers(0, 2), min_size=1, max_size=2).map(lambda places: ("upload", places))
EXPORTS = st.just(("export", None))
JOBS = st.lists(st.one_of(EDITS, EDITS, UPLOADS, EXPORTS), min_size=1, max_size=2)
MOMENTS = st.integers(0, 800)
"""Milliseconds; most jobs take less."""


class Machine(RuleBasedStateMachine):
    """The steps. Each leaves nothing under way that somebody waits for."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.exports = self.paid = 0
        self.marks = {}
        self.connected = self.failed = False

    @initialize()
    def begin(self):
        self.world.fresh()
        self.paid = self.world.paid()
        self.marks = self.books().marks_now
        for _ in range(_ROUNDS):
            if not self.connected:
                self.connect()
        self.sure(self.connected, "no connection")
        self.heard(self.start([("upload", [0])]))

    # -- steps --------------------------------------------------------------------------------------

    @precondition(lambda self: self.world.driver.alive)
    @rule(jobs=JOBS)
    def work(self, jobs):
        self.heard(self.start(jobs))

    @precondition(lambda self: self.world.driver.alive)
    @rule(edit=EDITS)
    def one_edit(self, edit):
        """What a finished edit says of itself is so, where nothing else is under way."""
        # A stopped upload that had left whole may yet arrive, and the edit then shows its clip too.
        stopped = any(r.kind == "upload" and r.stage == "cancelled" for r in self.world.journal.records())
        alone = not stopped and not self.world.journal.left()
        value = self.heard(self.start([edit]))[0].get("value")
        if alone and value and value["outcome"] == "done":
            made = self.books().version_of(value["run"]) is not None
            self.sure(made == bool(value["changed"]), f"{value}, but a version was made: {made}")

    @precondition(lambda self: self.world.driver.alive)
    @rule(jobs=JOBS, after=MOMENTS)
    def work_and_cancel(self, jobs, after):
        numbers = self.start(jobs, after)
        self.world.tell("    cancel")
        self.heard([*numbers, self.world.driver.ask("cancel")])

    @precondition(lambda self: self.world.driver.alive)
    @rule(jobs=JOBS, after=MOMENTS)
    def work_and_kill_the_client(self, jobs, after):
        self.start(jobs, after)
        self.world.kill_the_client()

    @precondition(lambda self: self.world.driver.alive and self.world.studio.alive)
    @rule(jobs=JOBS, after=MOMENTS, back=st.booleans())
    def work_and_kill_the_studio(self, jobs, after, back):
        numbers = self.start(jobs, after)
        self.world.kill_the_studio()
        if back:
            self.world.start_the_studio()
        self.heard(numbers)

    @precondition(lambda self: not self.world.studio.alive)
    @rule()
    def start_the_studio(self):
        self.world.start_the_studio()

    @precondition(lambda self: not self.world.driver.alive)
    @rule()
    def start_the_client(self):
        """It attaches to what was left behind, as far as it can; what it can't stays for later."""
        self.world.start_the_client()
        self.connected = False
        self.take_up()

    @rule(
        how=st.sampled_from(["cut", "reset", "stall", "half_close", "latency"]),
        after=st.integers(0, 1500),
        direction=st.sampled_from(["down", "up"]),
        of=st.sampled_from(["whole", "body"]),
        only=st.sampled_from(REQUESTS),
    )
    def break_the_line(self, how, after, direction, of, only):
        what = {"latency_s": after / 3000} if how == "latency" else {f"{how}_after": after}
        self.world.proxy.fault(**what, direction=direction, of=of, only=only, times=1)
        self.world.tell(f"a fault: {what} {direction} {of} of {only}")

    @rule()
    def mend_the_line(self):
        self.world.proxy.clear()
        self.world.tell("the faults are taken away")

    # -- promises -----------------------------------------------------------------------------------

    @invariant()
    def both_books_agree(self):
        self.agree(healed=False)

    def teardown(self):
        try:
            if not self.failed:
                self.mend_everything()
        finally:
            if self.failed:
                self.world.put_away()

    def mend_everything(self):
        self.world.mend()
        for _ in range(_ROUNDS):
            self.take_up()
        self.connect()  # which puts away what was left half written
        self.agree(healed=True)
        done = sum(message["status"] == "done" for message in self.books().messages)
        self.sure(self.world.paid() - self.paid == done, f"{done} messages are done, but not so many paid")

    # -- the rest -----------------------------------------------------------------------------------

    def start(self, jobs, after=None):
        """Give the commands; with `after`, only wait for so many milliseconds then."""
        if not self.connected:
            self.connect()
        numbers = []
        for kind, what in jobs:
            given = {"text": what}
            if kind == "upload":
                given = {"files": [self.world.pictures[place] for place in what]}
            elif kind == "export":
                self.exports += 1
                given = {"path": str(self.world.place / f"film-{self.exports}.mp4")}
            numbers.append(self.world.driver.ask(kind, **given))
        self.world.tell(f"{jobs}" if after is None else f"{jobs}, and after {after} ms:")
        if after is not None:
            time.sleep(after / 1000)
        return numbers

    def heard(self, numbers):
        """The answers to commands, all of which come in time, and whose errors all have names."""
        answers = []
        for number in numbers:
            answers.append(answer := self.world.driver.wait(number))
            self.world.tell(f"    {answer}")
            self.sure(answer.get("named", True), f"an error without a name: {answer}")
        complaints = self.world.driver.errors.read_text()
        self.sure(not complaints, f"the client complains: {complaints}")
        return answers

    def connect(self):
        self.world.tell("connect")
        number = self.world.driver.ask(
            "connect", url=self.world.proxy.url, journal=str(self.world.journal.folder)
        )
        self.connected = "value" in self.heard([number])[0]

    def take_up(self):
        """Attach to everything that was left behind."""
        for record in self.world.journal.left():
            self.world.tell(f"attach to {record.id}, which is {record.stage}")
            number = self.world.driver.ask("attach", run=record.id, journal=str(self.world.journal.folder))
            self.heard([number])

    def books(self):
        return Books(self.world.studio.data, self.world.journal, self.marks)

    def agree(self, *, healed):
        """What is wrong may be about to come right: who was told to stop takes a moment."""
        end = time.monotonic() + PATIENCE_S
        while (wrong := self.books().wrong(healed=healed)) and time.monotonic() < end:
            time.sleep(0.05)
        self.sure(not wrong, "\n".join(wrong))

    def sure(self, right, otherwise):
        if not right:
            self.failed = True
            story = "\n".join([*self.world.story, *map(str, self.world.log)])
            raise AssertionError(f"{otherwise}\n\n{story}")


@pytest.mark.timeout(900 + 60 * MORE)
def test_whatever_breaks_what_is_paid_and_what_is_told_stay_the_same(tmp_path_factory):
    """After any sequence of work, faults, kills and restarts the ledger and the journal agree."""
    with World(tmp_path_factory.mktemp("machine")) as world:
        run_state_machine_as_test(
            lambda: Machine(world),
            settings=settings(
                max_examples=MORE or 10,
                stateful_step_count=12,
                report_multiple_bugs=False,
                deadline=None,
                derandomize=not MORE,
                database=None,
                # Processes never do the same thing twice at the same moment, so nothing can be shrunk.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
