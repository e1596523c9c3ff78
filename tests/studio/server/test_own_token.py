"""The studio's own token: from a file or the environment, and never from a command line."""

from __future__ import annotations

import stat
from pathlib import Path

import httpx
import pytest
from serving import refused, serving

from nemo_widgets.studio.own_token import own_token

TOKEN = "nmv_usr_a_token_that_was_given_0123456789"


def test_the_token_comes_from_a_file_or_the_environment(tmp_path):
    """A given token opens the studio and is printed nowhere; no process shows it among its words."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o644)
    ways = [(("--token-file", file), {}), ((), {"NEMO_STUDIO_TOKEN": TOKEN})]
    for options, environment in ways:
        with serving(*options, data=tmp_path / "data", **environment) as (process, told, url):
            assert set(told) == {"url"}
            bearer = {"Authorization": f"Bearer {TOKEN}"}
            assert httpx.get(f"{url}/api/credits/balance/simple", headers=bearer).json()["code"] == 0
            assert TOKEN not in Path(f"/proc/{process.pid}/cmdline").read_text()
        assert TOKEN not in process.told
        assert ("Others can read the token" in process.told) is bool(options)
    file.unlink()


def test_a_token_file_that_is_not_there_is_made(tmp_path):
    """A new token goes into the named file, for its owner alone, and is that of the next start as well."""
    file = tmp_path / "token"
    with serving("--token-file", file, data=tmp_path / "data") as (_, told, url):
        assert set(told) == {"url"}
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        bearer = {"Authorization": f"Bearer {file.read_text().strip()}"}
        assert httpx.get(f"{url}/api/credits/balance/simple", headers=bearer).json()["code"] == 0
    assert own_token(file) == (file.read_text().strip(), "")
    file.unlink()


@pytest.mark.parametrize("words", [("--token", TOKEN), (f"--token={TOKEN}",), ("--token",)])
def test_a_token_on_the_command_line_isrefused(words, capsys, monkeypatch, tmp_path):
    """It is not taken, not repeated, and the sentence names the file and the variable."""
    told = refused(capsys, monkeypatch, *words, "--data", tmp_path / "data")
    assert "--token-file" in told
    assert "NEMO_STUDIO_TOKEN" in told
    assert TOKEN not in told


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "holds no token"), ("two words", "holds no token"), ("a\nb", "holds no token"),
     ("ä" * 30, "visible ASCII"), ("x" * 600, "512 visible"), (None, "can't be read")],
)  # fmt: skip
def test_a_file_without_a_token_is_told(content, said, capsys, monkeypatch, tmp_path):
    """A file that holds something else than a token is refused with the reason, and not repeated."""
    file = tmp_path / "token"
    file.mkdir() if content is None else file.write_text(content)
    told = refused(capsys, monkeypatch, "--token-file", file, "--data", tmp_path / "data")
    assert said in told
    assert "two words" not in told
