"""The studio's routes, one module a part of the protocol."""

from __future__ import annotations

from starlette.routing import Route

from . import account, chat, files, keeping, own, renders, state, upload

__all__ = ["ROUTES"]

ROUTES = [
    Route("/api/auth/anonymous-token", account.anonymous_token, methods=["POST"]),
    Route("/api/auth/claim-token", account.claim_token, methods=["POST"]),
    Route("/api/tasks/{user}/with-session/nemo_agent", account.create_session, methods=["POST"]),
    Route("/api/credits/balance/simple", account.balance),
    Route("/api/state/nemo_agent/{user}/{session_id}/latest", state.latest),
    Route("/api/upload-video/nemo_agent/{user}/{session_id}", upload.upload, methods=["POST"]),
    Route("/run_sse", chat.run_sse, methods=["POST"]),
    Route("/api/render/proxy/lambda", renders.submit, methods=["POST"]),
    Route("/api/render/proxy/lambda/{render_id}", renders.status),
    Route("/api/render/proxy/lambda/{render_id}/cancel", renders.cancel, methods=["POST"]),
    Route("/api/render/proxy/{render_id}/download", renders.download),
    Route("/media/{media_id}/{name}", files.media),
    Route("/results/{token}/{name}", files.result),
    Route("/studio/health", own.health),
    Route("/studio/sessions", keeping.sessions),
    Route("/studio/sessions/{session_id}", keeping.forget, methods=["DELETE"]),
    Route("/studio/clean", keeping.clean, methods=["POST"]),
    Route("/studio/sessions/{session_id}/messages", own.messages),
    Route("/studio/sessions/{session_id}/media", own.media),
    Route("/studio/sessions/{session_id}/renders", own.renders),
    Route("/studio/sessions/{session_id}/cancel", own.cancel, methods=["POST"]),
    Route("/studio/sessions/{session_id}/withdraw", own.withdraw, methods=["POST"]),
]
