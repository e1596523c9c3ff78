"""What the repository says of itself beside the code: in one place, or alike in each."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
FLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text()) for path in FLOWS}


def test_the_citation_is_of_this_version():
    """CITATION.cff names what pyproject names."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert (cited["title"], cited["version"]) == (PROJECT["name"], PROJECT["version"])
    assert (cited["license"], cited["abstract"]) == (PROJECT["license"], PROJECT["description"])
    assert cited["keywords"] == PROJECT["keywords"]


def test_every_python_that_is_promised_is_tested():
    """The workflow tests each Python of the classifiers, and none that pip would refuse."""
    tested = WORKFLOWS["tests"]["jobs"]["tests"]["strategy"]["matrix"]["python"]
    promised = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    assert set(promised) <= set(tested)
    assert tested[0] == PROJECT["requires-python"].removeprefix(">=")


def test_a_workflow_may_only_read():
    """No workflow can write to the repository, and none leaves its credentials in the checkout."""
    assert {"lint", "tests", "wheels", "docs", "security"} <= set(WORKFLOWS)
    for name, workflow in WORKFLOWS.items():
        assert workflow["permissions"] == {"contents": "read"}, name
        for job in workflow["jobs"].values():
            assert job["timeout-minutes"] <= 90, name
            steps = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout")]
            assert all(step["with"]["persist-credentials"] is False for step in steps), name


def test_the_files_that_contributors_are_sent_to_exist():
    """Every path in CONTRIBUTING.md is there."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    paths = re.findall(r"`((?:nemo_widgets|tests|docs)/[\w./]+)`", text)
    assert len(paths) > 30
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_what_the_five_changes_name_is_where_they_say():
    """The lists and functions that the worked changes name stand in those files."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    named = re.findall(r"^\d\. `(nemo_widgets/[\w/]+\.py)`[^:\n]*:((?:.|\n(?!\d\.|\n))*)", text, re.MULTILINE)
    assert len(named) >= 12
    for path, said in named:
        source = (ROOT / path).read_text()
        for name in re.findall(r"`(_?[A-Z][A-Za-z_]+|segments_table|parsers(?=\(\)))", said):
            assert re.search(rf"\b{name}\b", source), (path, name)
