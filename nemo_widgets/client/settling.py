"""What came of submitting an export (§9): one pure function of the answer and of what is found under the id.

An answer is a refusal of the protocol's table, says that there is a job, or says nothing. Where it says
nothing the id is looked up before anybody calls it failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from nemo_widgets.catalogue import say, translation
from nemo_widgets.errors import NotAccepted, RenderRefused, RenderUnknown

from .render_status import RenderStatus, complaint, denial, job_id, tells_of_a_job

if TYPE_CHECKING:
    from .envelope import Verdict

__all__ = ["Found", "Settled", "error_of", "settle"]

Found: TypeAlias = Literal["there", "absent", "silent"]
"""What the server says of an id: there is such a job, there is none, or nothing that can be relied on."""
Settled: TypeAlias = Literal["accepted", "refused", "unknown", "look"]
"""What came of a submit; `look` where that depends on what the server says of the id."""

_MAYBE = (408, 409, 425, 499)
"""Answers of HTTP's 4xx that say nothing of whether there is a job: 409 may mean that there is."""
_OF_HTTP = range(400, 500)
_FINE = (0, 200)
_BAD = 400


def settle(answer: Verdict, found: Found | None = None) -> Settled:
    """What came of a submit, by its answer and, once that was looked up, by what is `found` under its id."""
    body = answer.body if isinstance(answer.body, dict) else {}
    about_the_job = answer.error is None or not (answer.in_table or answer.status >= _BAD)
    status = RenderStatus.from_json(body)
    if about_the_job and status.status in ("failed", "cancelled") and status.sure:
        return "refused"
    if answer.error is None and denial(body) is not None:
        return "refused"
    if answer.error is not None:
        unsent = (answer.number is None and not answer.sent) or (answer.number == 0 and not answer.status)
        denied = answer.in_table or answer.turned_away or answer.number in _OF_HTTP
        if unsent or (denied and answer.number not in _MAYBE and answer.status not in _MAYBE):
            return "refused"
    # An answer that calls itself an error may be one of the job, or of whatever stands before it.
    # One that calls the job by a word that nobody knows may have turned it away.
    elif status.status != "failed" and status.understood and _takes(body):
        return "accepted"
    if found is None:
        return "look"
    return {"there": "accepted", "absent": "refused", "silent": "unknown"}[found]  # type: ignore[return-value]


def _takes(body: dict[str, Any]) -> bool:
    """Whether an answer without an error says that there is a job now."""
    if tells_of_a_job(body) or job_id(body):
        return True
    if complaint(body):
        return False
    return body.get("success") is True or body.get("code") in _FINE


def _said(body: Any) -> str:
    """What an answer says is wrong, of a job or of the request; the word for the job that nobody knows."""
    status = RenderStatus.from_json(body or {})
    return status.error or complaint(body) or ("" if status.understood else f"“{status.status}”")


def _refused(why: str) -> RenderRefused:
    return RenderRefused(say("render.refused because", why=translation(why) or say("render.no reason")))


def error_of(answer: Verdict, settled: Settled, found: Found | None) -> Exception:
    """The error of a submit that was not accepted, or of which that is not known."""
    if found is None:
        job = RenderStatus.from_json(answer.body) if isinstance(answer.body, dict) else None
        if job is not None and job.sure and job.status in ("failed", "cancelled"):
            return _refused(job.error)
        if answer.error is None and (why := denial(answer.body)) is not None:
            return _refused(why)
        return answer.error or RenderRefused(say("render.refused"))
    told, request_id = say("result.lost answer"), ""
    if answer.error is not None and answer.number is not None:
        told, request_id = answer.error.message.rstrip(".。"), answer.error.request_id
    elif answer.error is None and (said := _said(answer.body)):
        told = say("result.answered", said=said.rstrip(".。"))
    if settled == "refused":
        return NotAccepted(say("result.unknown job", told=told), request_id=request_id)
    return RenderUnknown(say("result.untold job", told=told), request_id=request_id)
