"""Fonts that are not the package's: the machine's folders, the `fonts` extra; and what shaping needs."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from nemo_widgets.fonts import choice, drawable, faces, missing, needs_shaping, set_line, shaping, system
from nemo_widgets.fonts.faces import MAIN, Face, bundled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

THAI = next(face for face in bundled() if "Thai" in face.path.name)


@pytest.fixture
def without_thai(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, anew: Callable[[], None]) -> Path:
    """A package whose own fonts have no Thai, on a machine with empty folders; where a user's fonts stand."""
    monkeypatch.setattr(choice, "bundled", lambda japanese=False: (MAIN,))  # noqa: ARG005 - as it is called
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "none"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    anew()
    return tmp_path / "fonts" / "truetype"


def test_a_font_in_the_users_folder_is_found(without_thai: Path, anew: Callable[[], None]) -> None:
    """Without fontconfig as well; files that are no fonts and fonts of nothing but boxes are passed over."""
    assert missing("ไทย") == ["ไ", "ท", "ย"]
    without_thai.mkdir(parents=True)
    (without_thai / "Noto Sans Broken Bold.ttf").write_bytes(b"no font")
    whole = THAI.path.read_bytes()
    for kept in (1400, 1700):  # with its map of characters whole, but not its letters
        (without_thai / f"Noto Sans Cut {kept} Bold.ttf").write_bytes(whole[:kept])
    shutil.copyfile(THAI.path, without_thai / "LastResort.otf")
    anew()
    assert missing("ไทย") == ["ไ", "ท", "ย"]
    own = shutil.copyfile(THAI.path, without_thai / "My Thai.TTF")
    anew()
    assert missing("ไทย") == []
    assert [run.face for run in set_line("ไทย", 40).runs] == [Face(own)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have names")
def test_only_files_of_a_fonts_size_are_opened(without_thai: Path, anew: Callable[[], None]) -> None:
    """A pipe, whose opening waits for ever, a device without an end, and a file of gigabytes are no fonts."""
    without_thai.mkdir(parents=True)
    os.mkfifo(without_thai / "Pipe Bold.ttf")
    (without_thai / "Device Bold.ttf").symlink_to("/dev/zero")
    (without_thai / "Round Bold.ttf").symlink_to("Round Bold.ttf")
    with (without_thai / "Huge Bold.ttf").open("wb") as file:
        file.truncate(3_000_000_000)
    own = shutil.copyfile(THAI.path, without_thai / "My Thai.ttf")
    anew()
    assert system.installed() == (Face(own),)


@pytest.mark.usefixtures("without_thai")
def test_the_extra_goes_before_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anew: Callable[[], None]
) -> None:
    """A package of fonts from the registry is used where the package's own have nothing."""
    folder = tmp_path / "site" / "manimgx_fonts_cjk"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    font = shutil.copyfile(THAI.path, folder / "NotoSansCJK-VF.otf.ttc")
    monkeypatch.syspath_prepend(str(folder.parent))
    anew()
    assert [run.face for run in set_line("ไทย", 40).runs] == [Face(font)]


def test_bold_upright_fonts_without_serifs_are_preferred(
    without_thai: Path, anew: Callable[[], None]
) -> None:
    """Of several that have a letter the one that fits the titles best is taken."""
    without_thai.mkdir(parents=True)
    names = (
        "A-Thin",
        "NotoSerifThai-Bold",
        "NotoSansThai-BoldItalic",
        "NotoSansThai-Regular",
        "NotoSansThai-Bold",
    )
    for name in names:
        shutil.copyfile(THAI.path, without_thai / f"{name}.ttf")
    anew()
    order = [face.path.stem for face in system.installed()]
    assert order[:2] == ["NotoSansThai-Bold", "NotoSansThai-Regular"]


def test_without_raqm_it_is_told_what_can_not_be_joined(
    monkeypatch: pytest.MonkeyPatch, anew: Callable[[], None]
) -> None:
    """What needs no joining is drawn all the same, right to left too; a word of the others is named."""
    for module in (faces, shaping):
        monkeypatch.setattr(module, "can_shape", lambda: False)
    monkeypatch.setattr("nemo_widgets.fonts.lines.can_shape", lambda: False)
    anew()
    for text in ("Zażółć", "Київ", "שלום עולם", "한국어", "日本語", "ქართული"):
        assert needs_shaping(text) == ""
    assert needs_shaping("Hi مرحبا 123") == "مرحبا"
    assert needs_shaping("एक हिन्दी") == "एक"
    assert needs_shaping("ok 👩‍👩‍👧") == "👩‍👩‍👧"
    assert "".join(run.text for run in set_line("שלום (ab)", 40).runs) == "(ab) םולש"
    assert drawable("a") == "a"


def test_with_raqm_nothing_is_told() -> None:
    """Where letters are joined there is nothing to say of them."""
    if faces.can_shape():
        assert needs_shaping("مرحبا एक") == ""
