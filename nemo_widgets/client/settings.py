"""How long the client waits, how often it asks, how much it takes; the defaults are the protocol's."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from nemo_widgets.call_checks import check_constructor, number_fields

from .timing import Clock

__all__ = ["ClientSettings"]


@check_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """Times in seconds, sizes in bytes.

    Attributes:
        connect_s: to open a connection.
        read_s: until an answer begins, and between two pieces of it.
        body_s: from an answer's beginning to its end, where it is no stream of events and no file.
        upload_answer_s: the same after an upload, while the server looks into the file.
        chat_total_s: a message's answer, from sending to end (protocol §4).
        chat_quiet_s: nothing but heartbeats for this long counts as timed out. By default that is the whole
            time, for heartbeats mean 'keep waiting' (protocol §4).
        chat_stall_s: not one byte for this long means that the connection is dead, though nobody said so.
        still_s: how often one who waits for an answer is told that it still works (protocol §4).
        recover_first_s, recover_every_s, recover_reads: after a dropped stream the state is read first after
            so long, then every so long; so many reads without a change mean: not done (protocol §4).
        settle_s: the waits between reads of the state after an answer that came to its end, while it shows no
            change: the state may lag some seconds behind (protocol §4). By the first two a timeline is read
            again that is the one before an edit that was seen.
        silent_s: the further waits where the answer was without words, or an error.
        late_s: an edit's own change may appear so long after it; from then on the first read without one
            means that none comes.
        attempts: how often a safe request is tried in all.
        backoff_s, backoff_most_s: the wait before the second attempt, and the longest.
        rate_wait_s, rate_wait_most_s: the one wait after a 429 (protocol §10), and the longest that a
            Retry-After may make of it.
        poll_s, studio_poll_s: how often a render is asked for, in the cloud and with the studio; there up to
            six times as often where the render is quick, so that what is shown is true.
        poll_failures: so many failed polls in a row, each already retried, end the waiting.
        unknown_polls: so many times a render that was just submitted may be unknown yet.
        render_s: how long a render may take in all; download_s: how long fetching its result.
        unknown_word_s: how long a server may call a render by a word that we don't know, with nothing new.
        chunk: how much of a file is read, sent or written at once.
        dribble_s: how often a body that waits for its turn to arrive shows that it is alive.
        progress_s: the shortest time between two progress calls.
        answer_most: the largest answer that is no stream and no file, as it is out of its compression.
        event_most: the largest event of a stream; stream_most: the largest stream in all; words_most: the
            longest answer, in characters of its words, thoughts and calls.
        message_most: the longest message to the agent, in characters.
        download_most: the largest file to download of which nobody says how large it is.
        file_most: the largest file for an upload (protocol §5).
        clock: what all of these are measured on; tests put one of their own here.
    """

    connect_s: float = 10
    read_s: float = 60
    body_s: float = 120
    upload_answer_s: float = 300
    chat_total_s: float = 900
    chat_quiet_s: float = 900
    chat_stall_s: float = 180
    still_s: float = 120
    recover_first_s: float = 30
    recover_every_s: float = 60
    recover_reads: int = 5
    settle_s: tuple[float, ...] = (0.5, 1, 2, 4)
    silent_s: tuple[float, ...] = (8, 15)
    late_s: float = 60
    attempts: int = 4
    backoff_s: float = 0.5
    backoff_most_s: float = 8
    rate_wait_s: float = 30
    rate_wait_most_s: float = 120
    poll_s: float = 30
    studio_poll_s: float = 0.3
    poll_failures: int = 5
    unknown_polls: int = 3
    render_s: float = 3600
    download_s: float = 6 * 3600
    unknown_word_s: float = 300
    chunk: int = 256 * 1024
    dribble_s: float = 5
    progress_s: float = 0.05
    answer_most: int = 32 * 1024 * 1024
    event_most: int = 16 * 1024 * 1024
    stream_most: int = 64 * 1024 * 1024
    words_most: int = 4_000_000
    message_most: int = 100_000
    download_most: int = 4 * 1024 * 1024 * 1024
    file_most: int = 500 * 1024 * 1024
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        names = (field.name for field in fields(self) if field.name != "clock")
        number_fields("ClientSettings", {name: getattr(self, name) for name in names})

    @property
    def lost_s(self) -> float:
        """How long a message may be at work whose answer got lost, before it counts as not done."""
        return self.recover_first_s + self.recover_every_s * (self.recover_reads - 1)
