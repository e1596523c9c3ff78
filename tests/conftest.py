"""What holds for all tests: nothing of them is written where the user's own things are."""

import os

import pytest


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
