"""What an English clause asks for, decided by all of its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.export_formats import SOUNDS

from .aside import ANY_FILE, FILE, LINK, PATH, QUOTE
from .wishes import wishes

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["kind", "made"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEAD = re.compile(
    r"^(?:(?:please|kindly|(?:can|could|would|will) you|(?:can|could|may) (?:i|we)|"
    r"i(?= (?:want|need) (?:the|my) )|i(?:'d| would) (?:like|love) to|"
    r"(?:i(?:'m| am) |we(?:'re| are) )?ready to|"
    r"i (?:want to|need to|wanna)|let'?s|let (?:us|me)|go ahead and|help me|it's time to|time to|now|just|"
    r"finally|ok|okay|great|so|well|yes|hey|hi|hello|also|next|thanks|start|begin|do|run)\s+)+(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s(?:please|now|thanks|thank you|for me|for us|right away|asap|too|as well|yet|then)$",
    re.IGNORECASE,
)

_LONGEST_TAIL = len(" right away")

_EXPORT = _words("export download render output save re-export reexport")
_SEND = _words("send give get hand mail email show deliver have want need")
_TO_ME = _words("send have want need")
_RESULT = _words(
    "it this that video clip movie film file result mp4 link download export everything version cut timeline "
    "project copy master"
)
_QUALIFIED = _RESULT | _words(
    "the my our a an as final finished clean edited whole entire complete full draft all of to in into at "
    "with high low medium best highest lowest quality resolution h264 h.264 720p 1080p 480p hd disk again me "
    "us computer laptop desktop downloads folder youtube tiktok instagram reels for on from here locally up "
    "out gif mov webm mkv avi mp3 m4a wav flac aac ogg audio sound podcast recording only alone format url "
    "over just nice good proper simple single normal regular standard playable shareable usable"
)
_MAKE = _words("convert turn make create produce transcode encode write")
_MADE_OF = _words(
    "it this that the a an video clip movie film timeline result cut everything file me us of from into to "
    "out"
)
_WONDERS = re.compile(
    r"(?:(?:hi|hey|hello|ok|okay|so|and|but|then|also)\s+)*(?:can|could|may|might|should|shall|must|do|does|did|would)\s+"
    r"(?:i|we|it|this|one)\s+(?:\w+\s+){0,2}?"
    r"(?:export|save|render|output|download|convert|turn|make|create|be)(?![\w'])",
    re.IGNORECASE,
)
"""'Can I export as gif?' asks what an export can be, where it says anything of that."""
_ASKING = _words(
    "what what's whats is are my our the do i we have got left how many much show me check see tell any "
    "still current currently right now there view display print list in on of please all"
)
_CREDITS = _words("credits credit balance billing")
_CREDITS_TOO = _words("account remaining remain remains available enough total")
_STATUS = _words("status state tracks timeline segments")
_STATUS_TOO = _words("update summary project project's draft video session which look at this its")
_BRING = _words("upload import load add send use open attach")
_BROUGHT = _words(
    "the my this these a an another some more new file files video videos clip clips picture pictures image "
    "images photo photos song music audio footage and from it something"
)
_HERE = _BROUGHT | _words("here is are here's take")

_IT = r"^\S+(?: (?:it|this|the video|video))? "
_AS_VIDEO = r"(?:(?:as|to|into|in) (?:an? )?(?:video|film|movie|mp4)(?: file)? )?"
MADE = (
    (
        re.compile(
            _IT
            + _AS_VIDEO
            + r"(?:with|showing|over) (?:an? |the |its )?(?:sound ?|audio ?|moving ?)?(waveform)s?"
            r"(?: (?:behind it|as (?:the )?(?:background|picture)))?$",
            re.IGNORECASE,
        ),
        "show the {}",
    ),
    (
        re.compile(
            _IT + _AS_VIDEO + rf"with ([{QUOTE}{FILE}].|(?:the|my) (?:picture|image|photo|cover))"
            r" (?:behind(?: (?:it|the sound))?|(?:as|in) (?:the )?(?:background|picture|cover|backdrop))$",
            re.IGNORECASE,
        ),
        "show {} behind the sound",
    ),
    (re.compile(_IT + r"(?:as|into) (an? .*\S)$", re.IGNORECASE), "make it {}"),
    (re.compile(_IT + r"(an? \d+[- ](?:s|sec|second|minute|min)\w* .*\S)$", re.IGNORECASE), "make it {}"),
    (re.compile(_IT + r"(?:without|after removing) (.*\S)$", re.IGNORECASE), "remove {}"),
    (re.compile(_IT + r"after cutting (.*\S)$", re.IGNORECASE), "cut {}"),
    (re.compile(_IT + r"after adding (.*\S)$", re.IGNORECASE), "add {}"),
)
"""Export requests that contain an edit ("export it without the pauses"), and the edit alone ("remove {}")."""


def bare(clause: str) -> str:
    """The clause without please, can you, thanks and their like."""
    said = _LEAD.sub("", " ".join(clause.replace(":", " ").split()))
    end = len(said)
    while tail := _TAIL.search(said, max(0, end - _LONGEST_TAIL), end):
        end = tail.start()
    return said[:end]


def kind(clause: str) -> str:
    """Export, credits, status, upload, edit, `both` (an export with an edit), or `wish` (of an export)."""
    said = bare(clause)
    words = said.lower().split()
    if not words:
        return "edit"
    if looked := _looked(words):
        return looked
    if _uploaded(said, words):
        return "upload"
    rest, found = wishes(" ".join(clause.split()))
    if found and _WONDERS.match(clause.strip()):
        return "edit"
    return _export_kind(said, rest, found)


def _export_kind(said: str, rest: str, found: Mapping[str, str]) -> str:
    """The kind of a clause that may ask for an export, of which `rest` is left without what was `found`."""
    exported = _exported(said, said.lower().split())
    if exported == "export" or not found:
        # A file that is no name for the export is to be used for something.
        return "edit" if exported == "export" and FILE in rest else exported
    so = _exported_so(bare(rest).lower().split(), found)
    # What was said of the file alone may look like an edit: 'as a small mp3'.
    return exported if exported == "both" and so != "export" else so


def made(clause: str) -> tuple[re.Match[str], str] | None:
    """The edit that an export holds, and its form; of what the file is to be like it says nothing."""
    rest, found = wishes(" ".join(clause.split()))
    for said in (bare(rest), bare(clause)):
        for pattern, form in MADE:
            if m := pattern.match(said):
                return m, form + _noun(m[1], clause, found.get("format", ""))
    return None


def _noun(thing: str, clause: str, taken: str) -> str:
    """What a format was the noun of that was taken out of a clause: 'a funny mp4' is a funny video."""
    bereft = taken and f"{thing} {taken}".lower() in " ".join(clause.split()).lower()
    return (" sound" if taken in SOUNDS else " video") if bereft else ""


def _looked(words: list[str]) -> str:
    asked = frozenset(words) - _ASKING
    if asked & _CREDITS and asked <= _CREDITS | _CREDITS_TOO and not (words[0] == "balance" and words[1:]):
        return "credits"
    return "status" if asked & _STATUS and asked <= _STATUS | _STATUS_TOO else ""


def _uploaded(said: str, words: list[str]) -> bool:
    files = [w for w in words if PATH.fullmatch(w) or re.fullmatch(f"(?:{ANY_FILE}|&|,)+", w)]
    rest = frozenset(words) - frozenset(files)
    behind = rest - {words[0]}
    if files and (rest <= _HERE or (words[0] in _BRING and behind <= _BROUGHT)):
        return True
    fetched = words[0] in _EXPORT and LINK in said
    return (fetched or words[0] in ("upload", "import")) and behind <= _BROUGHT


def _exported(said: str, words: list[str]) -> str:
    named = FILE in said
    behind = re.sub(f"[{QUOTE}{FILE}][\ue100-\uf8ff]", "", said.lower()).split()[1:]
    rest = frozenset(behind)
    plain = rest <= _QUALIFIED
    if words[0] in _EXPORT:
        if plain and (words[0] != "save" or not rest or named or rest & _RESULT):
            return "export"
        return "both" if made(said) else "edit"
    to_me = words[0] in _TO_ME or rest & {"me", "us"}
    sent = words[0] in _SEND and to_me and plain and rest & _RESULT
    return "export" if sent or words in (["the", "export"], ["an", "export"]) else "edit"


def _exported_so(words: list[str], found: Mapping[str, str]) -> str:
    """The kind of a clause by what is left of it without what was found of a file: an export, or an edit."""
    if not words:
        return "wish"
    words = words[1:] if words[0] == "i" and words[1:2] in (["want"], ["need"]) else words
    behind, named = frozenset(words[1:]), not {"format", "path"}.isdisjoint(found)
    if words[0] in _EXPORT:
        meant = words[0] != "save" or not behind or behind & _RESULT or named
        if behind <= _QUALIFIED and meant:
            return "export"
        return "edit"
    if words[0] in _MAKE:
        return "export" if named and behind <= _MADE_OF else "edit"
    sent = words[0] in _SEND and (words[0] in _TO_ME or behind & {"me", "us"}) and behind <= _QUALIFIED
    return "export" if sent and (behind & _RESULT or named or "sound" in found) else "edit"
