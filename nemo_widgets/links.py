"""Links as they may be shown: what a signed one holds behind its `?` is a secret, as is a password in it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

__all__ = [
    "WebLink",
    "is_link",
    "link_name",
    "plain_links",
    "shows_host",
    "signed",
    "unsigned",
    "veiled",
    "web_link",
    "without_query",
]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BEGINS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,40}[:：][/／]{2})(?P<place>[^/／]*)", re.IGNORECASE)
"""A link's scheme and host, in the wide signs of Chinese, too."""
_LINK = re.compile(r"""[a-z][a-z0-9+.-]{0,40}[:：][/／]{2}[^\s"'<>，。；）】》”]+""", re.IGNORECASE)
_WORD = re.compile(r"[^\s,]+")
_NAME = re.compile(r"(?<=[^?/])\.[a-z0-9]{2,4}(?:[?？;]|%3f)", re.IGNORECASE)
"""The end of a file's name that a query follows."""
_CUE = re.compile("[?？;]|%3f", re.IGNORECASE)
"""What begins a query, or a parameter in a path."""
_BEHIND = ".,;:!?)]}"
"""What stands behind a link in a sentence, and is no part of it."""

_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,20}\.?(?::\d{1,5})?", re.IGNORECASE)
_WEB = re.compile(
    rf"https?://(?P<host>{_HOST.pattern})"
    r"(?P<path>/[!-;=@-~]*)?(?P<query>\?[!-;=?-~]*)?(?P<anchor>\#[!-;=?-~]*)?",
    re.IGNORECASE,
)
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_NUMBER = re.compile(
    rf"(?!{_BYTE}(?:\.{_BYTE}){{3}}(?::|$))(?:.*\.)?(?:\d+|0x[\da-f]*)\.?(?::\d+)?", re.IGNORECASE
)
"""A host that browsers read as a number, and show as another one."""
_TRICK = re.compile(r"[@%\\]|[^\x00-\x7f]")
"""What stands in an address whose host is not where it seems to be, or looks like another one."""
_QUOTED = re.compile(r"[^\w:/?#@!+,;=%.&~-]", re.ASCII)
"""What an address does not need, and Markdown or HTML gives a meaning."""
_MAIL = re.compile(
    r"mailto:(?P<name>[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,20})(?:\?.*)?",
    re.ASCII | re.IGNORECASE,
)
_QUERY = re.compile(r"(?:[?？]|%3f|;(?=[\w.-]{1,40}=))[^\s\"'<>，。；）】》”]*", re.IGNORECASE)
_PROOF = (
    r"(?:x-(?:amz|goog|oss|cos)-[a-z-]{1,40}|(?:q-)?sign(?:ature)?|sig|hmac|policy|credential|password|passwd|pwd"
    r"|secret|(?:[a-z]{1,40}[_-])?(?:token|key|keyid|key-id|auth|jwt)|authorization|code"
    r"|(?:j|php|asp)?sess(?:ion)?(?:_?id)?|sid)(?:=|\\{1,16}u003d|%3d)"
)
_SIGNED = re.compile(rf"(?:[?？&;]|\\{{1,16}}u0026|%26|%3f){_PROOF}", re.IGNORECASE)
"""A query that proves who asks."""
_HIDDEN = re.compile(
    rf"(?:[?？#＃]|%3f(?=[^/]{{0,200}}(?:=|%3d))|(?:&|%26){_PROOF}).*|;[\w.~-]{{1,40}}(?:=|%3d)[^/／?？#]*",
    re.IGNORECASE | re.DOTALL,
)
"""What of a link is not shown: its query, however that is written, its fragment, and a path's parameters."""

_SHORTEST = 6
"""What is shorter is no secret, and would be found in the middle of ordinary words."""


class WebLink(NamedTuple):
    """A link that may be followed, and the host (of a letter the address) that is told with it."""

    address: str
    host: str


def web_link(address: str) -> WebLink | None:
    """The link of an address that is percent-encoded already; None if it may not be followed.

    Only http, https and mailto may, with a host that is written out: no user before it, whose name could
    pass for the host. What a query proves who asks by is a secret, and such a query is left out.

    >>> web_link("https://a.org/x?b=1")
    WebLink(address='https://a.org/x?b=1', host='a.org')
    >>> web_link("https://a.org@b.org/"), web_link("javascript:x")
    (None, None)
    """
    if mail := _MAIL.fullmatch(address):
        return WebLink(f"mailto:{mail['name']}", mail["name"])
    if (found := _WEB.fullmatch(address)) is None or not shows_host(found["host"]):
        return None
    if _SIGNED.search(f"{found['path'] or ''}{found['query'] or ''}"):
        address = _HIDDEN.sub("", address)
    return WebLink(_QUOTED.sub(lambda sign: f"%{ord(sign[0]):02X}", address), found["host"].lower())


def shows_host(place: str) -> bool:
    """Whether what stands behind `//` in an address begins with the very host that a browser asks."""
    host = _HOST.match(place)
    return host is not None and not _TRICK.search(place) and not _NUMBER.fullmatch(host[0])


def is_link(source: str) -> bool:
    """Whether a source is an address, of whatever kind, and not a file here."""
    return _ADDRESS.match(source.strip()) is not None


def signed(text: str) -> bool:
    """Whether a link in a text has a query by which somebody proves who asks.

    >>> signed("see https://a.org/x?v=1"), signed("see https://a.org/x?X-Amz-Signature=c0ffee")
    (False, True)
    """
    return _CUE.search(text) is not None and any(_SIGNED.search(query) for query in _QUERY.findall(text))


def unsigned(text: str) -> str:
    """A text whose links have no query by which somebody proves who asks.

    >>> unsigned("see https://a.org/x?v=1 and /y.mp4?X-Amz-Signature=c0ffee.")
    'see https://a.org/x?v=1 and /y.mp4'
    """
    if _CUE.search(text) is None:
        return text
    return _QUERY.sub(lambda query: "" if _SIGNED.search(query[0]) else query[0], text)


def without_query(link: str) -> str:
    """The link without user, password, query, fragment and the parameters of its path.

    >>> without_query("https://me:pw@a.org/x.mp4;jsessionid=c0ffee"), without_query("https://a.org/x%3Fsig=c0ffee")
    ('https://a.org/x.mp4', 'https://a.org/x')
    """
    link = link.strip()
    if (found := _BEGINS.match(link)) is None:
        return _HIDDEN.sub("", link)
    place = _HIDDEN.sub("", found["place"]).rpartition("@")[2]
    return f"{found['scheme']}{place}{_HIDDEN.sub('', link[found.end() :])}"


def link_name(link: str) -> str:
    """The name of the file that a link leads to; where its path names none, its host."""
    shown = without_query(link)
    try:
        return PurePosixPath(unquote(urlsplit(shown).path)).name or urlsplit(shown).hostname or "link"
    except ValueError:
        return "link"


def plain_links(text: str) -> str:
    """A text of the user's as it may be listed: its links without user, password, query and fragment."""

    def plain(found: re.Match[str]) -> str:
        link = found[0].rstrip(_BEHIND)
        return without_query(link) + found[0][len(link) :]

    text = _LINK.sub(plain, text) if "//" in text or "／／" in text else text
    # Without its scheme, or with the slashes of JSON, a link is known by what proves who asks.
    return unsigned(_WORD.sub(_unsigned, text)) if _CUE.search(text) else text


def _unsigned(found: re.Match[str]) -> str:
    """A word without the query behind a file's name, `x.mp4?signature=…`; it is looked through once."""
    word = found[0]
    for name in _NAME.finditer(word):
        equals = word.find("=", name.end())
        if equals in (-1, len(word) - 1):
            break
        if equals > name.end():
            return word[: name.start() + _CUE.search(word[name.start() :]).start()]  # type: ignore[union-attr]
    return word


def veiled(text: str, link: str) -> str:
    """A text that may repeat a link or its parts, without what `without_query` takes away."""
    link, shown = link.strip(), without_query(link)
    text = text.replace(link, shown)
    begins = _BEGINS.match(link)
    user = begins["place"].rpartition("@")[0] if begins else ""
    hidden = [re.split("^(?:%3f|.)", found[0], maxsplit=1)[1] for found in _HIDDEN.finditer(link)]
    values = [
        re.split("=|%3d", pair, maxsplit=1)[-1] for part in hidden for pair in re.split("[&#]|%26", part)
    ]
    secrets = {*hidden, user, user.partition(":")[2], *values}
    for secret in sorted(secrets | {unquote(secret) for secret in secrets}, key=len, reverse=True):
        if len(secret) >= _SHORTEST and secret not in shown:
            text = text.replace(f"?{secret}", "").replace(f"#{secret}", "").replace(secret, "•••")
    return text
