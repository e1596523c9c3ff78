"""Compares what the studio has in its database with what the client has in its journal."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemo_widgets.journal import Journal, Record

__all__ = ["MUSIC", "NOTHING", "SHORTER", "TITLE", "Books"]

TITLE, SHORTER, MUSIC = 'add a title that says "One"', "remove the first second", "add music"
NOTHING = ("make it purple with dragons", "hello", "add a title")
"""What the agent refuses, what asks for nothing, what it answers with a question: it changes nothing."""
_OPEN = ("queued", "running")
_ANSWERED = ("done", "refused", "asked")
_UNDONE = ("failed", "cancelled", "interrupted")
_TABLES = {
    "messages": "SELECT *, id AS number FROM messages",
    "media": "SELECT * FROM media",
    "jobs": "SELECT * FROM jobs",
    "drafts": "SELECT rowid AS number, * FROM drafts",
}


class Books:
    """What both sides wrote down since `marks`.

    Args:
        data: the studio's folder.
        journal: the client's journal of this example.
        marks: how far each of the studio's tables was written when the example began.
    """

    def __init__(self, data: Path, journal: Journal, marks: dict[str, int]) -> None:
        self.data, self.journal, self.marks = data, journal, marks
        with closing(sqlite3.connect(data / "studio.sqlite3", timeout=10)) as base:
            base.row_factory = sqlite3.Row
            base.execute("BEGIN")  # all tables as they were at one moment
            found = {name: [dict(row) for row in base.execute(sql)] for name, sql in _TABLES.items()}
        new = {name: [r for r in rows if r["number"] > marks.get(name, 0)] for name, rows in found.items()}
        self.marks_now = {name: max((r["number"] for r in rows), default=0) for name, rows in found.items()}
        self.messages, self.media, self.jobs, self.drafts = (new[name] for name in _TABLES)
        self.records = {record.id: record for record in journal.records()}

    def wrong(self, *, healed: bool) -> list[str]:
        """Every disagreement, one sentence each. `healed`: nothing is broken, and all was attached to."""
        found = [*self._edits(), *self._renders(), *self._uploads(), *self._timelines()]
        if healed:
            found += self._leftovers()
        return found

    def version_of(self, run: str) -> int | None:
        """The version of the draft that a run's message made."""
        message = next((m["id"] for m in self.messages if m["key"] == run), None)
        return next((d["version"] for d in self.drafts if message and d["message"] == message), None)

    def _edits(self) -> list[str]:
        found = [f"two messages with the key {k}" for k, n in _counted(self.messages, "key") if n > 1]
        status = {m["key"]: m["status"] for m in self.messages}
        edits = {record.id for record in self._of("edit")}
        found += [f"the message {key!r} is in no journal" for key in status if key not in edits]
        for record in self._of("edit"):
            there = status.get(record.id, "")
            if record.stage in _ANSWERED and there != "done":
                found.append(f"{record.id} is {record.stage}, but its message is {there or 'not there'}")
            elif record.over and record.stage not in _ANSWERED and there not in ("", *_UNDONE):
                found.append(f"{record.id} is {record.stage} ({record.told}), but its message is {there}")
            elif record.stage == "begun" and there:
                found.append(f"{record.id} was not sent, but its message is {there}")
        return found

    def _renders(self) -> list[str]:
        found = [f"two jobs of the id {k}" for k, n in _counted(self.jobs, "id") if n > 1]
        records = {str(r.details.get("render_id", "")): r for r in self._of("export")}
        strange = [job for job in self.jobs if job["status"] != "failed" and job["id"] not in records]
        found += [f"the job {job['id']} ({job['status']}) is in no journal" for job in strange]
        jobs = {job["id"]: job for job in self.jobs}
        for render_id, record in records.items():
            target = record.details.get("target")
            film = Path(target).read_bytes() if target and Path(target).exists() else None
            job = jobs.get(render_id, {"status": "not there"})
            if record.stage == "done" and (job["status"] != "completed" or film is None):
                found.append(f"{record.id} is done, but its job is {job['status']}")
            if film is not None and (job["status"] != "completed" or film != self._result(job)):
                found.append(f"the file of {record.id}, which is {record.stage}, is not what was rendered")
            if film is not None and record.stage in ("failed", "not done"):
                found.append(f"{record.id} has failed ({record.told}), but its file is there")
        return found

    def _result(self, job: dict[str, Any]) -> bytes:
        return (self.data / "results" / f"{job['token']}.mp4").read_bytes()

    def _uploads(self) -> list[str]:
        counts = dict(_counted(self.media, "key"))
        found = [f"{key} was uploaded {n} times" for key, n in counts.items() if n > 1]
        records = {record.id: record for record in self._of("upload")}
        for media in self.media:
            run, _, place = media["key"].partition("/")
            sources = records[run].details["sources"] if run in records else []
            if not place.isdigit() or int(place) >= len(sources):
                found.append(f"the upload {media['key']!r} is in no journal")
            elif not sources[int(place)]["source"].endswith(f"/{media['name']}"):
                found.append(f"{media['key']} is {media['name']}, which was not asked for")
        for record in records.values():
            keys = [f"{record.id}/{i}" for i in range(len(record.details["sources"]))]
            if record.stage == "done" and (missing := [key for key in keys if key not in counts]):
                found.append(f"{record.id} is done, but {missing} did not arrive")
            if record.stage in ("failed", "not done") and len(keys) == 1 and keys[0] in counts:
                found.append(f"{record.id} is {record.stage} ({record.told}), but it arrived")
        return found

    def _timelines(self) -> list[str]:
        """Walk through the versions of every timeline: each is what its message or upload makes of it."""
        found = []
        texts = {m["id"]: m["text"] for m in self.messages}
        for session in {draft["session"] for draft in self.drafts}:
            versions = [json.loads(d["data"]) for d in self.drafts if d["session"] == session]
            makers = [texts.get(d["message"], "") for d in self.drafts if d["session"] == session]
            for before, after, text in zip([{"t": []}, *versions], versions, makers, strict=False):
                if not _follows(before, after, text):
                    found.append(f"{text or 'an upload'!r} made {after} of {before}")
            uploads = sum(media["session"] == session for media in self.media)
            if uploads != makers.count(""):
                found.append(f"{uploads} uploads made {makers.count('')} versions of the timeline")
        made = {draft["message"] for draft in self.drafts}
        idle = [message["text"] for message in self.messages if message["text"] in NOTHING]
        busy = [message["text"] for message in self.messages if message["id"] in made]
        return found + [f"{text!r} changed the timeline" for text in idle if text in busy]

    def _leftovers(self) -> list[str]:
        found = [f"{r.id} is left {r.stage}: {r.told}" for r in self.records.values() if not r.over]
        found += [f"{r.id} is still carried" for r in self.records.values() if self.journal.carried(r)]
        found += [f"{m['key']} is still {m['status']}" for m in self.messages if m["status"] in _OPEN]
        folders = [self.journal.folder.parent, self.data / "incoming"]
        parts = [path.name for folder in folders for path in folder.iterdir() if ".part" in path.name]
        parts += [path.name for path in self.journal.folder.iterdir() if path.name.startswith(".")]
        return found + [f"{name} is left over" for name in parts]

    def _of(self, kind: str) -> list[Record]:
        return [record for record in self.records.values() if record.kind == kind]


def _counted(rows: list[dict[str, Any]], column: str) -> list[tuple[str, int]]:
    return list(Counter(row[column] for row in rows).items())


def _follows(before: dict[str, Any], after: dict[str, Any], text: str) -> bool:
    """Whether the one timeline can be what that message, or an upload (""), made of the other."""
    clips, clips_before = _segments(after, 0), _segments(before, 0)
    match text:
        case "":
            return len(clips) == len(clips_before) + 1
        case _ if text == TITLE:
            return clips == clips_before and any(s["m"]["text"] == "One" for s in _segments(after, 7))
        case _ if text == SHORTER:
            return after["d"] == before["d"] - 1000
        case _ if text == MUSIC:
            return clips == clips_before and len(_segments(after, 1)) == 1
        case "undo":
            return True
    return False


def _segments(draft: dict[str, Any], kind: int) -> list[dict[str, Any]]:
    return [segment for track in draft["t"] if track["tt"] == kind for segment in track["sg"]]
