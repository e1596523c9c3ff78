"""What the testing package shows, and what it needs."""

import subprocess
import sys

from nemo_widgets import testing


def test_the_public_names_are_there():
    """`__all__` is what is meant to be used: all of it is there, sorted, and documented."""
    assert testing.__all__ == [
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
    assert all(getattr(testing, name).__doc__ for name in testing.__all__ if name[1].islower())
    assert (repr(testing.CUT), repr(testing.RESET)) == ("CUT", "RESET")


def test_nothing_is_needed_but_the_standard_library():
    """Importing, opening and closing all of it loads neither the studio's parts nor anything heavy."""
    code = (
        "import sys\n"
        "from nemo_widgets.testing import *\n"
        "with ScriptedBackend(clock=FastClock()) as backend, Proxy(backend.url) as proxy: pass\n"
        "heavy = 'starlette uvicorn httpx pandas numpy av PIL IPython anyio'.split()\n"
        "print(*[name for name in heavy if name in sys.modules])\n"
        "print(*[name for name in sys.modules if name.startswith('nemo_widgets.studio')])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
