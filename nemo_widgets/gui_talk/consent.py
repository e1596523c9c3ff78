"""The word that an agent waits for where it names no button: 'once you confirm', 'confirmation required'."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

__all__ = ["NEEDS", "PROVIDED"]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_END = r"(?=[^\w\ue010-\uf8ff]*$"
_OF_IT = (
    _END + r"|\s*[,;)]|\s+(?:and|i|we|so|to|before|below|above|here|first)\b"
    r"|\s+(?:it|this|that|these|them|(?:the|these|this|my)\s+(?:plan|changes?|edits?|cuts?|preview|proposal))\b)"
)
"""What may follow where it is the agent's own work that is confirmed."""
_WAITS = r"(?:wait(?:ing)?\s+(?:for|on)|await(?:ing|s)?|needs?|requires?|pending)"
_AFTER = r"(?:after|upon|on|pending|with|without|until)"
_YOU = r"\b(?:once|when(?:ever)?|after|as\s+soon\s+as|until|unless|before)\s+you(?:'ve|\s+have)?\s+"
_ONCE = r"^\W*(?:once|when|as\s+soon\s+as|until)\s+(?:it(?:'s|\s+is)\s+|this\s+is\s+|the\s+\w+\s+is\s+)?"
_THIS = r"(?:this|it|that|(?:the|these)\s+(?:edits?|changes?|cuts?|operation|action|plan|step))(?:\s+(?:edit|change|cut|action|step|operation))?"
_STILL = r"(?:\s+(?:still|first|also))?"
_SWIPE = r"\b(?:swipe|slide|toggle\s+(?:it|the\s+switch)|flip\s+the\s+switch|move\s+the\s+slider)\s+(?:right\s+|left\s+)?to\s+"

NEEDS = {
    _rx(
        rf"\b(?:{_WAITS}|ready\s+for)\s+your\s+(?:final\s+)?(?:confirmation|consent|ok)\b"
        rf"|\b(?:your\s+)?confirmation(?:\s+is)?{_STILL}\s+(?:required|needed|pending){_OF_IT}"
        rf"|\b{_THIS}{_STILL}\s+(?:requires?|needs?)\s+(?:a\s+|explicit\s+)?confirmation{_OF_IT}"
        rf"|^\W*pending\s+confirmation{_END})"
        rf"|{_SWIPE}confirm\b"
    ): "Confirm",
    _rx(
        rf"\b{_WAITS}\s+your\s+(?:final\s+)?approval\b|\bgive\s+(?:me|us)\s+your\s+(?:approval|consent)\b"
        rf"|\b(?:your\s+)?approval(?:\s+is)?{_STILL}\s+(?:required|needed|pending){_OF_IT}"
        rf"|\b{_THIS}{_STILL}\s+(?:requires?|needs?)\s+(?:an?\s+|explicit\s+)?approval{_OF_IT}"
        rf"|^\W*pending\s+approval{_END})"
        rf"|{_SWIPE}approve\b"
    ): "Approve",
    _rx(rf"\b{_WAITS}\s+your\s+go[- ]ahead\b"): "Go ahead",
    _rx(
        r"\byour\s+(?:ok(?:ay)?|go[- ]ahead|confirmation|approval|click|consent)\s+is\s+all\s+"
        r"(?:that\s+)?(?:i|we)\s+need\b"
        r"|\b(?:give|send|show)\s+(?:me|us)\s+(?:the|a|your)\s+"
        r"(?:green\s+light|go[- ]ahead|thumbs[- ]up|nod|ok(?:ay)?)\b"
        r"|\bsay\s+the\s+word\b(?!\s+[^\w\s]?[\ue010-\uf8ff])(?=[^\w\ue010-\uf8ff]*$|\s+(?:and|when|to)\b)"
    ): "Go ahead",
    _rx(
        "(?:等待?|需要|等候|请)(?:您|你)的?(?:最终)?(?:确认|許可|许可)(?=[^\\w\ue010-\uf8ff]*$|[，。；以后再])"
        "|^\\W*(?:等待|等候|待)(?:用户)?确认(?=[^\\w\ue010-\uf8ff]*$)"
        "|在(?:您|你)确认(?:之前|以前|前)"
    ): "确认",
    _rx(
        "(?:等待?|需要|等候)(?:您|你)的?(?:最终)?(?:同意|批准)(?=[^\\w\ue010-\uf8ff]*$|[，。；以后再])"
        "|^\\W*请(?:您|你)?(?:予以)?(?:批准|审批)(?:方案|计划|更改|修改|一下)?(?=[^\\w\ue010-\uf8ff]*$)"
    ): "同意",
}
"""'Waiting for your confirmation', and the word that gives it."""
PROVIDED = {
    _rx(
        rf"{_YOU}confirm(?:ed)?{_OF_IT}|\b{_AFTER}\s+your\s+(?:final\s+|explicit\s+)?confirmation{_OF_IT}"
        rf"|{_ONCE}confirmed{_OF_IT}"
    ): "Confirm",
    _rx(
        rf"{_YOU}approved?{_OF_IT}|\b{_AFTER}\s+your\s+(?:final\s+|explicit\s+)?approval{_OF_IT}"
        rf"|{_ONCE}approved{_OF_IT}"
    ): "Approve",
    _rx(rf"{_YOU}(?:accept(?:ed)?){_OF_IT}"): "Accept",
    _rx(rf"{_YOU}(?:agreed?|say\s+yes|said\s+yes){_OF_IT}|\b{_AFTER}\s+your\s+consent{_OF_IT}"): "Yes",
    _rx(
        rf"{_YOU}(?:say\s+(?:so|go)|give\s+(?:me\s+)?(?:the|your)\s+(?:go[- ]ahead|ok(?:ay)?|green\s+light)){_OF_IT}"
        rf"|\b{_AFTER}\s+your\s+(?:go[- ]ahead|ok(?:ay)?){_OF_IT}"
    ): "Go ahead",
    _rx(
        "^\\W*(?:在|当|待|等)?(?:您|你)?(?:的)?确认(?:之后|以后|后)(?=[，,]?(?:我|才|就|便|会|将|即|生效|开始|执行))"
    ): "确认",
    _rx(
        "^\\W*(?:在|当|待|等)?(?:您|你)(?:的)?同意(?:之后|以后|后)(?=[，,]?(?:我|才|就|便|会|将|即|生效|开始|执行))"
    ): "同意",
}
"""The same where the sentence says what comes then: 'once you confirm, I'll cut it'."""
