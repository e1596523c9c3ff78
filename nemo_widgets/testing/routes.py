"""What a scripted backend answers by itself: the protocol's requests but the chat, sensibly and in memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from .memory import SEEN, kind_of, name_in, source, upload_entry
from .records import Render
from .script import plain
from .talking import Answer, multipart, parcel

if TYPE_CHECKING:
    from collections.abc import Callable

    from .memory import Memory, Session
    from .talking import Asked

__all__ = ["Routes", "refusal"]

_STATUS = {1001: 401, 1002: 404, 2001: 403, 4001: 415, 4002: 413}
_SAID = {
    1001: "The token is missing, wrong or has expired.",
    1002: "There is no such session.",
    2001: "There are no credits left.",
    4001: "This type of file is not supported.",
    4002: "The file is too large.",
}
_ATTRIBUTION = ("x-skill-source", "x-skill-version", "x-skill-platform")
_ENDS = ("completed", "failed")
_NO_SESSION, _NO_TOKEN, _NO_FILE = 1002, 1001, 4001


def refusal(code: int, said: str = "", *, http200: bool = True) -> Answer:
    """An error of the protocol's table (§10): its own numbers in the body, HTTP's as the status too."""
    status = 200 if http200 and code in _STATUS else _STATUS.get(code, code)
    return Answer.of({"code": code, "message": said or _SAID.get(code, "That can't be done.")}, status)


class Routes:
    """The routes, over one memory.

    Attributes:
        credits: what there is to spend.
        renders: every job, by its id.
        scripted: the scripts of the next jobs: their statuses and results.
    """

    def __init__(
        self,
        memory: Memory,
        *,
        body_codes_http200: bool,
        render_status: Literal["union", "flat", "wrapped"],
        token_at_top: bool,
        result: bytes,
    ) -> None:
        self._memory, self._http200 = memory, body_codes_http200
        self._shape, self._token_at_top, self._result = render_status, token_at_top, result
        self._tokens = 0
        self.credits: float = 100
        self.renders: dict[str, Render] = {}
        self.scripted: list[tuple[list[Any], bytes | None]] = []
        self._open: dict[str, Callable[..., Answer]] = {
            r"POST /api/auth/anonymous-token": self._token,
            r"GET /results/([^/]+)/[^/]+": self._download,
            r"GET /media/([0-9a-f]+)/[^/]+": self._media,
        }
        self._private: dict[str, Callable[..., Answer]] = {
            r"POST /api/auth/claim-token": self._claim,
            r"POST /api/tasks/me/with-session/nemo_agent": self._make,
            r"GET /api/credits/balance/simple": self._balance,
            r"GET /api/state/nemo_agent/me/([^/]+)/latest": self._state,
            r"POST /api/upload-video/nemo_agent/me/([^/]+)": self._upload,
            r"POST /api/render/proxy/lambda": self._submit,
            r"GET /api/render/proxy/lambda/([^/]+)": self._poll,
            r"POST /api/render/proxy/lambda/([^/]+)/cancel": self._cancel,
            r"GET /api/render/proxy/([^/]+)/download": self._download,
        }

    def answer(self, asked: Asked) -> Answer:
        """The answer to anything but a message."""
        line = asked.record.line
        for pattern, method in self._open.items():
            if (found := re.fullmatch(pattern, line)) is not None:
                return method(asked, *found.groups())
        for pattern, method in self._private.items():
            if (found := re.fullmatch(pattern, line)) is not None:
                return method(asked, *found.groups()) if asked.bearer else self.refuse(_NO_TOKEN)
        return Answer.of({"detail": "Not Found"}, 404)

    def refuse(self, code: int, said: str = "") -> Answer:
        """An error, in the form that is set."""
        return refusal(code, said, http200=self._http200)

    def _token(self, asked: Asked) -> Answer:
        if not asked.headers.get("x-client-id"):
            return self.refuse(400, "The header X-Client-Id is missing.")
        self._tokens += 1
        data = {"token": f"nmv_usr_scripted_{self._tokens}", "user_id": "anon_1", "credits": self.credits}
        return Answer.of({"code": 0, **data} if self._token_at_top else {"code": 0, "data": data})

    def _make(self, asked: Asked) -> Answer:
        name, language = asked.json.get("task_name", "project"), asked.json.get("language", "en")
        made = self._memory.make(str(name), str(language))
        return _ok({"task_id": made.task_id, "session_id": made.id, "user_id": "anon_1"})

    def _claim(self, asked: Asked) -> Answer:
        del asked
        return _ok({"claim_token": "clm_scripted", "expires_in": 604800})

    def _balance(self, asked: Asked) -> Answer:
        del asked
        return _ok({"available": self.credits, "frozen": 0, "total": self.credits})

    def _state(self, asked: Asked, session_id: str) -> Answer:
        if (session := self._memory.sessions.get(session_id)) is None:
            return self.refuse(_NO_SESSION)
        about = {"session_id": session.id, "task_id": session.task_id, "task_name": session.name}
        return _ok({**about, "user_id": "anon_1", "state": _state_of(session, asked.base)})

    def _upload(self, asked: Asked, session_id: str) -> Answer:
        if (session := self._memory.sessions.get(session_id)) is None:
            return self.refuse(_NO_SESSION)
        links = asked.json.get("urls")
        files = [(name_in(link), b"") for link in links] if links else multipart(asked)
        if not files:
            return Answer.of({"detail": "The upload holds no file, or broke off before its end."}, 422)
        for name, _ in files:
            if not kind_of(name):
                return self.refuse(_NO_FILE, f"{name} is of no supported type.")
        told = []
        for at, (name, content) in enumerate(files):
            link = links[at] if links else ""
            upload = self._memory.add(session, name, content, link=link, base=asked.base)
            told.append(upload_entry(upload, asked.base))
        return _ok({"files": told, "session_state_applied": True})

    def _submit(self, asked: Asked) -> Answer:
        if not all(asked.headers.get(name) for name in _ATTRIBUTION):
            return self.refuse(402, "An export needs the headers X-Skill-*.")
        body = asked.json
        session_id, render_id = str(body.get("sessionId", "")), str(body.get("id", ""))
        if session_id not in self._memory.sessions:
            return self.refuse(_NO_SESSION)
        if (known := self.renders.get(render_id)) is not None:
            known.submitted += 1
            return self._job(known, asked, {"status": "pending"})
        statuses, result = self.scripted.pop(0) if self.scripted else (["pending", 50, "completed"], None)
        render = Render(
            render_id,
            session_id,
            plain(body.get("draft") or {}),
            body.get("output") or {},
            statuses=list(statuses),
            result=self._result if result is None else result,
        )
        self.renders[render_id] = render
        return self._job(render, asked, {"status": "pending"})

    def _poll(self, asked: Asked, render_id: str) -> Answer:
        if (render := self.renders.get(render_id)) is None:
            return _unknown()
        render.polls += 1
        status = render.statuses.pop(0) if len(render.statuses) > 1 else render.statuses[0]
        if isinstance(status, (int, float)):
            status = {"status": "processing", "progress": status}
        return self._job(render, asked, {"status": status} if isinstance(status, str) else dict(status))

    def _cancel(self, asked: Asked, render_id: str) -> Answer:
        del asked
        if (render := self.renders.get(render_id)) is None:
            return _unknown()
        if render.statuses != ["completed"]:
            render.cancelled = True
            render.statuses[:] = [{"status": "failed", "error": "The export was cancelled."}]
        return _ok({"id": render_id, "cancelled": render.cancelled})

    def _download(self, asked: Asked, render_id: str) -> Answer:
        render = self.renders.get(render_id)
        return _unknown() if render is None else parcel(asked, render.result, "video/mp4", render.id)

    def _media(self, asked: Asked, tag: str) -> Answer:
        found = next((item for item in self._memory.uploads if item.hash.startswith(tag)), None)
        return _unknown() if found is None else parcel(asked, found.content, f"{found.kind}/*", tag)

    def _job(self, render: Render, asked: Asked, told: dict[str, Any]) -> Answer:
        """A job's status in the shape that is set; what the script says wins over what we would say."""
        status = told.get("status", "processing")
        progress = 100 if status == "completed" else 0
        url = f"{asked.base}/results/{render.id}/result.mp4" if status == "completed" else None
        shared = {"id": render.id, "status": status, "progress": progress, "outputUrl": url}
        if status == "failed":
            shared["error"] = "The render failed, as it was told to."
        shared |= told
        output = {"url": url, "duration": plain(render.draft).get("d", 0) / 1000, "size": len(render.result)}
        flat = {**shared, "output": output if url else None}
        if self._shape == "flat":
            return Answer.of(flat)
        if self._shape == "wrapped":
            return Answer.of({"success": True, "data": shared})
        return Answer.of({"code": 0, "success": True, **flat, "data": flat})


def _ok(data: Any) -> Answer:
    return Answer.of({"code": 0, "data": data})


def _unknown() -> Answer:
    return Answer.of({"detail": "There is no such thing."}, 404)


def _state_of(session: Session, base: str) -> dict[str, Any]:
    if not session.draft and not session.uploads:
        return {}
    seen = [item for item in session.uploads if item.kind in SEEN]
    return {
        "draft": session.draft,
        "video_infos": [{"name": item.filename, "url": source(item, base)} for item in seen],
    }
