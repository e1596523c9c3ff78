"""What holds for all tests: nothing is written among the user's own things, and no token gets out."""

import os
import signal
import sys
from pathlib import Path

import pytest
from canary import Watch
from hypothesis import settings
from limits import standstills_noted
from sharing import LIVE, ByFile, Yielding

LONG = ("lessons", "faults", "analysis")
"""The folders whose files take longest: begun first, so that no worker is left with one at the end."""


def pytest_configure(config):
    """From the first test to the end of the session it is seen to that no token is let out."""
    config.pluginmanager.register(Watch(), "canary")
    # Grammars of addresses that no notebook's schema asks for, 3 s to load; jsonschema does without them.
    sys.modules.setdefault("rfc3987_syntax", None)
    # Hundreds of processes are started that import the package: each would compile it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # A deadline by the clock tells of the machine; what a text costs, test_linear.py measures in CPU time.
    # What passed once passes anywhere; NEMO_FUZZ looks further, with other examples each time.
    settings.register_profile(
        "shared machine", deadline=None, derandomize="NEMO_FUZZ" not in os.environ, database=None
    )
    settings.load_profile("shared machine")
    if hasattr(config, "workerinput"):  # a worker is started with SIGINT ignored
        signal.signal(signal.SIGINT, signal.default_int_handler)
        config.pluginmanager.register(Yielding(), "yielding")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Puts the longest first and marks the live ones."""
    weights = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: weights.get(item.path.parent.name, len(LONG)))
    for item in items:
        if item.path.parent.name in LIVE:
            item.add_marker("live")


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers():
    """One worker more than there are cores: the one with the live tests waits for half of its time."""
    return (yield) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The tests are shared out by file, whatever way of sharing them is asked for."""
    return ByFile(config, log)


@pytest.fixture(scope="session", autouse=True)
def _watched(request, tmp_path_factory):
    with request.config.pluginmanager.get_plugin("canary").watching(tmp_path_factory.getbasetemp()):
        yield


@pytest.fixture(scope="session", autouse=True)
def _standstills(tmp_path_factory):
    with standstills_noted(tmp_path_factory.getbasetemp()):
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_journal(tmp_path_factory):
    """The runs of tests, and of the kernels that they start, are written down in a folder of their own."""
    kept = os.environ.get("NEMO_JOURNAL")
    os.environ["NEMO_JOURNAL"] = str(tmp_path_factory.mktemp("journal"))
    yield
    if kept is None:
        del os.environ["NEMO_JOURNAL"]
    else:
        os.environ["NEMO_JOURNAL"] = kept


@pytest.fixture(autouse=True)
def _no_sessions_of_others(_own_journal):
    """No test is offered the sessions of another one, whose server may have had the same port."""
    yield
    for path in (Path(os.environ["NEMO_JOURNAL"]) / "sessions").glob("*.json"):
        path.unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _kept_workers():
    """The studios of all tests share their workers: to start one takes longer than most tests do."""
    from nemo_widgets.studio.workers import PROCESSES

    PROCESSES.hold()
    yield
    PROCESSES.release()


@pytest.fixture(scope="session", autouse=True)
def kept_samples(request, tmp_path_factory):
    """Samples that were drawn for one test are there for the others, in kernels too; none is the user's.

    They stand in pytest's own cache, for later runs as well: under the hash of the code that drew them, so
    that other code draws anew.
    """
    if (cache := getattr(request.config, "cache", None)) is not None:
        folder = cache.mkdir("nemo")
    else:
        folder = tmp_path_factory.getbasetemp()
        folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "cache"
    os.environ["NEMO_CACHE"] = str(folder)


@pytest.fixture(scope="session")
def short_film():
    """The film in half a minute, which is as short as it can be, and what is known about it."""
    from nemo_widgets.studio.samples import keeping
    from nemo_widgets.studio.samples.film import film, make_film
    from nemo_widgets.studio.samples.shooting import known

    return keeping.kept("short_film", lambda path: make_film(path, seconds=30)), known(film(30))


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Gives the made sample of a name, which no test may change; each is made once."""
    from nemo_widgets.studio import samples

    clips = {}

    def clip(name):
        if name not in clips:
            clips[name] = samples.make(name, tmp_path_factory.mktemp(name))
        return clips[name]

    return clip
