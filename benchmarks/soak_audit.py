"""Whether a studio's database and disk agree, and whether nothing is lost of what people were told."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["audit", "counts"]

_TABLES = ("sessions", "messages", "drafts", "media", "jobs")
_OPEN = ("queued", "running", "pending", "processing")


def counts(data: Path) -> dict[str, int]:
    """How many rows the tables have, and how many files the folders."""
    with closing(sqlite3.connect(data / "studio.sqlite3")) as base:
        rows = {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _TABLES}  # noqa: S608 - ours
    files = {f"{name}/": len(list((data / name).iterdir())) for name in ("media", "results", "incoming")}
    return {**rows, **files}


def audit(data: Path, credits_left: int, credits_given: int) -> list[str]:
    """Every disagreement of a studio that is not running, one sentence each."""
    with closing(sqlite3.connect(data / "studio.sqlite3")) as base:
        base.row_factory = sqlite3.Row
        found = [f"integrity: {row[0]}" for row in base.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"a row of {row[0]} points nowhere" for row in base.execute("PRAGMA foreign_key_check")]
        table = {name: [dict(row) for row in base.execute(f"SELECT * FROM {name}")] for name in _TABLES}  # noqa: S608 - ours
        owners = base.execute("SELECT count(*) FROM owners").fetchone()[0]
    if owners:
        found.append(f"{owners} processes are said to live, though none does")
    found += _media(data / "media", table["media"])
    found += _results(data / "results", table["jobs"])
    found += _ledger(table["messages"], table["drafts"])
    done = sum(message["status"] == "done" for message in table["messages"])
    if credits_given - credits_left < done:
        found.append(f"{done} messages are done, but only {credits_given - credits_left} are paid")
    found += [f"incoming/{path.name} is left over" for path in (data / "incoming").iterdir()]
    found += [
        f"{path.relative_to(data)} is open to others"
        for path in (data, *data.rglob("*"))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]
    return found


def _media(folder: Path, rows: list[dict[str, Any]]) -> list[str]:
    found, hashes = [], {path.name: _hash(path) for path in folder.iterdir()}
    for row in rows:
        if row["file"] not in hashes:
            found.append(f"the file of {row['name']} is gone")
        elif hashes[row["file"]] != row["hash"]:
            found.append(f"the file of {row['name']} is another one")
    found += [f"media/{name} belongs to nothing" for name in hashes.keys() - {row["file"] for row in rows}]
    return found + _twice("upload", [f"{row['session']}/{row['key']}" for row in rows if row["key"]])


def _results(folder: Path, rows: list[dict[str, Any]]) -> list[str]:
    found, files = [], {path.name: path.stat().st_size for path in folder.iterdir()}
    named = {f"{row['token']}{row['name'][row['name'].rindex('.') :]}": row for row in rows}
    for name, row in named.items():
        if row["status"] == "completed" and files.get(name) != row["size"]:
            found.append(f"the export {row['id']} is completed, but its file has {files.get(name)} bytes")
        elif row["status"] != "completed" and name in files:
            found.append(f"the export {row['id']} is {row['status']}, but its file is there")
        if row["status"] in _OPEN:
            found.append(f"the export {row['id']} is still {row['status']}")
    return found + [f"results/{name} belongs to nothing" for name in files.keys() - named.keys()]


def _ledger(messages: list[dict[str, Any]], drafts: list[dict[str, Any]]) -> list[str]:
    found = [f"a message is still {row['status']}" for row in messages if row["status"] in _OPEN]
    found += _twice("message", [f"{row['session']}/{row['key']}" for row in messages if row["key"]])
    status = {row["id"]: row["status"] for row in messages}
    made = {row["message"] for row in drafts}
    for draft in drafts:
        if draft["message"] is not None and status.get(draft["message"]) != "done":
            found.append(f"a message that is {status.get(draft['message'])} made a version")
        json.loads(draft["data"])
    found += [
        f"the message {row['text']!r} is done, but made no version: {row['reply']}"
        for row in messages
        if row["status"] == row["outcome"] == "done"
        and row["id"] not in made
        and "othing" not in row["reply"]  # "Nothing was changed", "There is nothing to undo"
    ]
    for session in {draft["session"] for draft in drafts}:
        numbers = sorted(draft["version"] for draft in drafts if draft["session"] == session)
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"a session's versions are {numbers}")
    return found


def _twice(what: str, keys: list[str]) -> list[str]:
    return [f"the {what} {key} is there twice" for key in {key for key in keys if keys.count(key) > 1}]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
