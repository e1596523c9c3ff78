"""What the protocol's requests and answers hold, in the forms that are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.limits import MOST_LINKS, MOST_MESSAGE, MOST_TEXT, MOST_TRACKS

from .schemas import ADDRESS, BYTES, COUNT, MOMENT, NUMBER, TEXT, TRUTH, a_list, an_object, envelope, or_null

if TYPE_CHECKING:
    from nemo_widgets.studio.settings import Settings

    from .schemas import Schema

__all__ = [
    "APPLY", "CLEAN", "CLEANED", "EVENT", "EXPLANATION", "LEDGER", "MESSAGE", "OVERVIEWS", "RENDERS",
    "STATES", "SUBMIT", "UPLOAD", "media", "render", "session", "state", "token", "upload",
]  # fmt: skip


def token(settings: Settings) -> Schema:
    """An anonymous token, with its envelope."""
    more: Schema = {} if settings.token_minimal else {"user_id": TEXT, "expires_at": TEXT, "credits": COUNT}
    if settings.token_at_top:
        return an_object({"code": {"const": 0}, "token": TEXT, **more})
    return envelope(an_object({"token": TEXT, **more}))


def session(settings: Settings) -> Schema:
    """A new session."""
    user: Schema = {"user_id": TEXT} if settings.user_id else {}
    return an_object({"task_id": TEXT, "session_id": TEXT, **user})


def _media(settings: Settings, **more: Schema) -> Schema:
    kinds: Schema = {"enum": ["video", "image", "audio", "text"]}
    known: Schema = {name: or_null(NUMBER) for name in ("width", "height", "fps")}
    address: Schema = {settings.upload_url_key: ADDRESS}
    shape: Schema = {
        "filename": TEXT,
        "file_type": kinds,
        **address,
        "duration": NUMBER,
        **known,
        "hash": TEXT,
        "notes?": a_list(TEXT),
    }
    return an_object({**more, **shape})


def upload(settings: Settings) -> Schema:
    """What was taken in."""
    return an_object({settings.upload_key: a_list(_media(settings)), "session_state_applied": TRUTH})


def media(settings: Settings) -> Schema:
    """What was uploaded into a session."""
    return an_object({"media": a_list(_media(settings, key=TEXT))})


def state(settings: Settings) -> Schema:
    """A session's state; what has no content yet may be missing, null or empty."""
    keys = ("draft", "video_infos", "canvas_config", "generated_media", "video_analyses")
    user: Schema = {"user_id": TEXT} if settings.user_id else {}
    inner = an_object({f"{key}?": {} for key in keys})
    about = {"session_id": TEXT, "task_id": TEXT, "task_name": TEXT, "draft_version": COUNT}
    return an_object({**about, "state": inner, **user})


def render(settings: Settings) -> Schema:
    """How far an export is, with its envelope."""
    facts = {f"{name}?": or_null(TEXT if name == "stage" else NUMBER) for name in (
        "frames", "frames_total", "stage", "heard_ms", "sound_ms", "copy_frames", "copy_frames_total",
        "position",
    )}  # fmt: skip
    status: Schema = {"enum": ["pending", "processing", "completed", "failed"]}
    percents: Schema = {"type": "integer", "minimum": 0, "maximum": 100}
    shared = {
        "id": TEXT, "status": status, "progress": percents, "outputUrl": or_null(ADDRESS), **facts,
        "retry?": TRUTH, f"{settings.render_error_key}?": TEXT,
    }  # fmt: skip
    sizes = {f"{name}?": NUMBER for name in ("width", "height", "fps")}
    output = or_null(an_object({"url": ADDRESS, "duration": NUMBER, "size": COUNT, **sizes}))
    times = {"createdAt": or_null(TEXT), "completedAt": or_null(TEXT)}
    match settings.render_status:
        case "flat":
            return an_object({**shared, "output": output})
        case "wrapped":
            return an_object({"success": {"const": True}, "data": an_object({**shared, **times})})
        case "union":
            wrapped = an_object({**shared, **times, "output": output})
            kept = {"code": {"const": 0}, "success": {"const": True}, "data": wrapped}
            return an_object({**kept, **shared, "output": output})


DRAFT = an_object(
    {
        "t": a_list(
            an_object(
                {
                    "tt?": {"type": "integer", "description": "0 video, 1 audio, 7 text."},
                    "sg?": a_list(
                        an_object(
                            {"d?": NUMBER, "m?": an_object({"text?": {**TEXT, "maxLength": MOST_TEXT}})}
                        )
                    ),
                }
            ),
            maxItems=MOST_TRACKS,
        ),
        "d?": {"type": "number", "description": "Milliseconds, as all times."},
        "m?": an_object({"title?": TEXT, "width?": NUMBER, "height?": NUMBER}),
    }
)
"""The keys of protocol §8."""

_PARTS = a_list(an_object({"text?": TEXT}))
MESSAGE: Schema = {
    **an_object({
        "app_name?": TEXT,
        "user_id?": or_null({"const": "me"}),
        "session_id": TEXT,
        "new_message": an_object({"role?": TEXT, "parts": _PARTS}),
        "draft_version?": or_null(COUNT),
    }),
    "description": f"ADK's RunAgentRequest, in snake_case or camelCase; at most {MOST_MESSAGE:,} characters.",
}  # fmt: skip
APPLY: Schema = an_object({"draft": DRAFT, "new_message": an_object({"role?": TEXT, "parts": _PARTS}),
                           "draft_version?": or_null(COUNT)})  # fmt: skip
"""A draft that becomes the timeline, and the words for that."""
EVENT: Schema = {
    **an_object({"data?": {"type": "string", "contentMediaType": "application/json"}, "event?": TEXT}),
    "description": "One event of the stream: an object as ADK sends it (protocol §4), or a keep-alive.",
}  # fmt: skip
SUBMIT = an_object({
    "id": {"type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$"},
    "sessionId": TEXT,
    "draft": DRAFT,
    "output?": or_null(
        an_object({"format?": {"const": "mp4"}, "quality?": {"enum": ["high", "medium", "low"]}})
    ),
})  # fmt: skip
UPLOAD = {
    "multipart/form-data": an_object({"files": a_list(BYTES, minItems=1)}),
    "application/json": an_object(
        {"urls": a_list(TEXT, minItems=1, maxItems=MOST_LINKS), "source_type?": {"const": "url"}}
    ),
}
CLEAN = an_object({"keep_sessions?": a_list(TEXT), "keep_renders?": a_list(TEXT), "remove?": TRUTH})
CLEANED = an_object({
    "items": a_list(
        an_object(
            {"kind": TEXT, "name": TEXT, "session_id": TEXT, "size": COUNT, "why": TEXT, "render_id": TEXT}
        )
    ),
    "removed": TRUTH,
})  # fmt: skip
LEDGER = a_list(an_object({
    "id": COUNT, "key": TEXT, "text": TEXT, "cost": COUNT, "status": TEXT, "outcome": TEXT,
    "reply": or_null(TEXT), "error": or_null(TEXT), "created": MOMENT,
    "ended": or_null(MOMENT), "version": or_null(COUNT),
}))  # fmt: skip
RENDERS = a_list(an_object({"id": TEXT, "status": TEXT, "created": MOMENT, "completed": or_null(MOMENT)}))
STATES = a_list(an_object({"version": COUNT, "instruction": TEXT, "created": MOMENT, "draft": DRAFT}))
OVERVIEWS = an_object({
    "sessions": a_list(an_object({
        "session_id": TEXT, "task_id": TEXT, "task_name": TEXT, "language": TEXT, "clips": a_list(TEXT),
        "segments": COUNT, "duration_ms": NUMBER, "versions": COUNT, "size": COUNT, "created": MOMENT,
        "used": MOMENT, "busy": TRUTH,
    })),
    "filled": COUNT,
    "disk_bytes?": COUNT,
})  # fmt: skip

EXPLANATION = an_object(
    {
        "format": TEXT,
        "duration_ms": COUNT,
        "frames": COUNT,
        **{name: or_null(NUMBER) for name in ("width", "height", "fps")},
        "stretches": a_list(
            an_object(
                {
                    "what": {"enum": ["copy", "keep", "encode", "still"]},
                    "why": TEXT,
                    "source": {**TEXT, "description": "The clip that is shown, where it is one."},
                    **dict.fromkeys(("start_ms", "end_ms", "first", "last"), COUNT),
                }
            )
        ),
        "sound": {**TRUTH, "description": "The sound is mixed and encoded."},
    }
)
"""What an export would do; of sound alone without frames and stretches."""
