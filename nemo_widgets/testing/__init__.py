"""For tests of what is built upon nemo-widgets, and for lessons: no account, no network, no waiting.

Three things that work together or alone; none of them needs more than the standard library.

`FastClock` makes waits short. Put it into the client's settings, and a minute takes 60 ms:

    >>> from nemo_widgets.testing import CUT, FastClock, Proxy, ScriptedBackend
    >>> from nemo_widgets.client import ClientSettings
    >>> clock = FastClock(speed=1000)
    >>> settings = ClientSettings(clock=clock)

`ScriptedBackend` is a real server on this machine that answers what it is told to, and behaves sensibly
where it is told nothing. What it received can be looked at:

    >>> with ScriptedBackend(clock=clock) as backend:                               # doctest: +SKIP
    ...     session = nemo.connect(url=backend.url, settings=settings)
    ...     session.upload("clip.mp4")
    ...     backend.reply("Cut it.", draft=shorter)                 # an answer, and what it does
    ...     backend.reply(events=["Cutting…", CUT, 45], draft=shorter)   # the stream breaks; done 45 s later
    ...     backend.error("/api/state", status=503, times=2)        # twice, then it goes well
    ...     backend.render(["pending", 30, "failed"])               # what the polls of an export are told
    ...     session.edit("cut the pauses")
    ...     assert backend.messages == ["cut the pauses"]           # sent once, whatever happened

`Proxy` stands before any server, also the studio, and breaks connections at the byte one wants:

    >>> with Proxy(studio.url) as proxy:                                            # doctest: +SKIP
    ...     session = nemo.connect(url=proxy.url)
    ...     proxy.fault(cut_after=400, only="POST /run_sse", times=1)
    ...     proxy.fault(slice=1)                        # byte by byte
    ...     proxy.log                                   # what went through, and what was done to it

All three may be opened and closed by hand where no `with` fits, as in the cells of a notebook:
`backend = ScriptedBackend().open()`, and in the last cell `backend.close()`.
"""

from .backend import ScriptedBackend
from .clock import FastClock
from .faults import Exchange, Fault
from .proxy import Proxy
from .records import Render, Request, Upload
from .script import CUT, RESET

__all__ = [
    "CUT",
    "RESET",
    "Exchange",
    "FastClock",
    "Fault",
    "Proxy",
    "Render",
    "Request",
    "ScriptedBackend",
    "Upload",
]
