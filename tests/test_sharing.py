"""How the tests are shared out among workers."""

import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

CONFTEST = """
from sharing import ByFile

def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)
"""
TESTS = """
import os
import pytest

@pytest.mark.parametrize("number", range(4))
def test_it(number):
    with open({told!r}, "a") as file:
        print(os.environ["PYTEST_XDIST_WORKER"], {name!r}, number, file=file)
"""
FILES = ("kernels/test_a", "notebook/test_b", "browser/test_c", "others/test_d", "others/test_e", "test_f")


@pytest.fixture
def shared(tmp_path):
    """Runs small files of tests on two workers: which worker ran what, in order, and the exit code."""

    def run(*files):
        told = tmp_path / "told.txt"
        (tmp_path / "conftest.py").write_text(CONFTEST)
        for name in files:
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(TESTS.format(told=str(told), name=name))
        here = str(Path(__file__).parent)
        env = {**os.environ, "PYTHONPATH": here, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        command = [sys.executable, "-m", "pytest", "-p", "xdist", "-n", "2", "--no-loadscope-reorder"]
        command += ["--rootdir", ".", "-p", "no:cacheprovider", "--import-mode=importlib", "."]
        ended = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=200
        )
        assert told.exists(), ended.stdout + ended.stderr
        return [line.split() for line in told.read_text().splitlines()], ended.returncode

    return run


def test_live_files_go_to_one_worker_and_each_file_to_one(shared):
    """The live files are run by one worker, one after the other; each file by one worker; each test once."""
    ran, code = shared(*FILES)
    assert code == 0
    assert sorted(tuple(one[1:]) for one in ran) == sorted((f, str(n)) for f in FILES for n in range(4))
    by = {name: {worker for worker, file, _ in ran if file == name} for name in FILES}
    assert all(len(workers) == 1 for workers in by.values())
    assert by[FILES[0]] == by[FILES[1]] == by[FILES[2]]
    live = [file for _, file, _ in ran if file in FILES[:3]]
    assert len(list(groupby(live))) == 3
    assert by[FILES[3]] != by[FILES[0]]


def test_where_only_live_ones_are_there_the_others_end(shared):
    """A worker that nothing is left for ends, and so does the session."""
    ran, code = shared(*FILES[:2])
    assert (len(ran), len({worker for worker, *_ in ran}), code) == (8, 1, 0)
