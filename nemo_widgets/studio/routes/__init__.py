"""The studio's routes, one module a part of the protocol; its description is made from this table."""

from __future__ import annotations

from nemo_widgets.studio.errors import (
    BUSY,
    FILE_TOO_LARGE,
    INVALID,
    NO_CREDITS,
    NO_SESSION,
    NOT_FOUND,
    SENT_BEFORE,
    UNSUPPORTED_FILE,
)
from nemo_widgets.studio.openapi import Operation, shapes
from nemo_widgets.studio.openapi.schemas import COUNT, TEXT, TRUTH, an_object

from . import account, chat, files, frames, keeping, own, renders, state, upload

__all__ = ["ROUTES"]

_JSON, _STREAM, _FILE, _FILM = "application/json", "text/event-stream", "*/*", "video/mp4"
_PNG = "image/png"
_BAD_HEADER, _NO_EXPORT, _NONE_GIVEN, _TOO_MANY = 400, 402, 403, 429
_CLIENT_ID = {"X-Client-Id": {"type": "string", "minLength": 1, "maxLength": 64, "required": True}}
_KEY = {"Idempotency-Key": {"type": "string", "maxLength": 200, "pattern": "^[ -~]*$"}}
_SKILL = {f"X-Skill-{name}": {**TEXT, "minLength": 1} for name in ("Source", "Version", "Platform")}
_LIMIT = {"limit": {"type": "integer", "minimum": 1, "maximum": keeping.MOST}}
_ONLY_EMPTY = {"only_empty": {"type": "string", "enum": list(keeping.TRUTHS)}}
_MESSAGE_NAMED = {_JSON: an_object({"invocationId?": TEXT, "key?": TEXT})}

ROUTES = [
    Operation(
        *("POST", "/api/auth/anonymous-token", account.anonymous_token), token=False, headers=_CLIENT_ID,
        answers={_JSON: shapes.token}, bare=True, refuses=(_BAD_HEADER, _NONE_GIVEN, _TOO_MANY),
    ),
    Operation(
        *("POST", "/api/auth/claim-token", account.claim_token),
        body={_JSON: an_object({"task_id": TEXT, "session_id": TEXT})},
        answers={_JSON: an_object({"claim_token": TEXT, "expires_in": COUNT})}, refuses=(NO_SESSION,),
    ),
    Operation(
        *("POST", "/api/tasks/{user}/with-session/nemo_agent", account.create_session),
        body={_JSON: an_object({"task_name?": TEXT, "language?": TEXT})}, answers={_JSON: shapes.session},
    ),
    Operation(
        *("GET", "/api/credits/balance/simple", account.balance),
        answers={
            _JSON: an_object({"available": COUNT, "frozen": COUNT, "total": COUNT, "message_cost": COUNT})
        },
    ),
    Operation(
        *("GET", "/api/state/nemo_agent/{user}/{session_id}/latest", state.latest),
        answers={_JSON: shapes.state},
    ),
    Operation(
        *("POST", "/api/upload-video/nemo_agent/{user}/{session_id}", upload.upload), headers=_KEY,
        body=shapes.UPLOAD, answers={_JSON: shapes.upload},
        refuses=(_BAD_HEADER, UNSUPPORTED_FILE, FILE_TOO_LARGE),
    ),
    Operation(
        *("POST", "/run_sse", chat.run_sse), headers=_KEY, body={_JSON: shapes.MESSAGE},
        answers={_STREAM: shapes.EVENT}, bare=True,
        refuses=(_BAD_HEADER, NO_SESSION, NO_CREDITS, SENT_BEFORE),
    ),
    Operation(
        *("POST", "/api/render/proxy/lambda", renders.submit), headers=_SKILL, body={_JSON: shapes.SUBMIT},
        answers={_JSON: shapes.render}, bare=True, refuses=(_NO_EXPORT, NO_SESSION),
    ),
    Operation(
        *("GET", "/api/render/proxy/lambda/{render_id}", renders.status),
        answers={_JSON: shapes.render}, bare=True, refuses=(NOT_FOUND,),
    ),
    Operation(
        *("POST", "/api/render/proxy/lambda/{render_id}/cancel", renders.cancel),
        answers={_JSON: an_object({"id": TEXT, "cancelled": TRUTH})}, refuses=(NOT_FOUND,),
    ),
    Operation(
        *("GET", "/api/render/proxy/{render_id}/download", renders.download),
        answers={_FILM: {}}, bare=True, ranges=True, refuses=(NOT_FOUND,),
    ),
    Operation(
        *("GET", "/media/{media_id}/{name}", files.media), token=False,
        answers={_FILE: {}}, bare=True, ranges=True, refuses=(NOT_FOUND,),
    ),
    Operation(
        *("GET", "/results/{token}/{name}", files.result), token=False,
        answers={_FILM: {}}, bare=True, ranges=True, refuses=(NOT_FOUND,),
    ),
    Operation(
        *("GET", "/openapi.json", own.openapi), token=False, answers={_JSON: {"type": "object"}}, bare=True,
    ),
    Operation(
        *("GET", "/studio/health", own.health), token=False,
        answers={_JSON: an_object({"ok": TRUTH, "version": TEXT})}, bare=True,
    ),
    Operation(
        *("GET", "/studio/sessions", keeping.sessions), query=_LIMIT,
        answers={_JSON: shapes.OVERVIEWS}, refuses=(INVALID,),
    ),
    Operation(
        *("DELETE", "/studio/sessions/{session_id}", keeping.forget), query=_ONLY_EMPTY,
        answers={_JSON: an_object({"deleted": TEXT, "freed_bytes": COUNT})},
        refuses=(NO_SESSION, BUSY, INVALID),
    ),
    Operation(
        *("POST", "/studio/clean", keeping.clean), body={_JSON: shapes.CLEAN},
        answers={_JSON: shapes.CLEANED},
    ),
    Operation(
        *("POST", "/studio/sessions/{session_id}/apply", chat.apply), headers=_KEY,
        body={_JSON: shapes.APPLY}, answers={_STREAM: shapes.EVENT}, bare=True,
        refuses=(_BAD_HEADER, NO_SESSION, NO_CREDITS, SENT_BEFORE, INVALID),
    ),
    Operation(
        *("GET", "/studio/sessions/{session_id}/messages", own.messages),
        answers={_JSON: an_object({"messages": shapes.LEDGER})}, refuses=(NO_SESSION,),
    ),
    Operation(
        *("GET", "/studio/sessions/{session_id}/media", own.media),
        answers={_JSON: shapes.media}, refuses=(NO_SESSION,),
    ),
    Operation(
        *("GET", "/studio/sessions/{session_id}/renders", own.renders),
        answers={_JSON: an_object({"renders": shapes.RENDERS})}, refuses=(NO_SESSION,),
    ),
    Operation(
        *("GET", "/studio/sessions/{session_id}/states", own.states),
        answers={_JSON: an_object({"states": shapes.STATES})}, refuses=(NO_SESSION,),
    ),
    Operation(
        *("POST", "/studio/sessions/{session_id}/frame", frames.frame),
        body={_JSON: an_object({"at_ms": COUNT, "resolution?": TEXT, "draft?": {"type": "object"}})},
        answers={_PNG: {}}, bare=True, refuses=(NO_SESSION, INVALID),
    ),
    Operation(
        *("POST", "/studio/sessions/{session_id}/explain", frames.explain),
        body={_JSON: an_object({"draft?": {"type": "object"}, "output?": {"type": "object"}})},
        answers={_JSON: shapes.EXPLANATION}, refuses=(NO_SESSION, INVALID),
    ),
    Operation(
        *("POST", "/studio/sessions/{session_id}/cancel", own.cancel), body=_MESSAGE_NAMED,
        answers={_JSON: an_object({"cancelled": TRUTH})}, refuses=(NO_SESSION,),
    ),
    Operation(
        *("POST", "/studio/sessions/{session_id}/withdraw", own.withdraw),
        body={_JSON: an_object({"key": {**TEXT, "minLength": 1}})},
        answers={_JSON: an_object({"withdrawn": TRUTH})}, refuses=(NO_SESSION,),
    ),
]  # fmt: skip
