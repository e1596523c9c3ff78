"""The documentation: it can be built, it fetches nothing, and what it shows is what there is."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from nemo_widgets.errors import UsageError
from nemo_widgets.magics.commands import COMMANDS
from nemo_widgets.magics.reading import parse
from nemo_widgets.media_types import MEDIA_TYPES

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
SHOWN = [ROOT / "README.md", *PAGES]


def code_in(page: Path) -> list[str]:
    return [
        textwrap.dedent(found)
        for found in re.findall(r"^ *```python\n(.*?)^ *```", page.read_text(), re.DOTALL | re.MULTILINE)
    ]


def sections_in(text: str) -> set[int]:
    """The sections of the protocol that a text cites: §4, §§2, 3 and 6."""
    own = re.sub(
        r"(?:RFC \d+|ISO/IEC [\d-]+|HTML|specification,) §[\d.]+(?: and §[\d.]+)?|§\d+\.[\d.]+", "", text
    )
    cited = re.findall(r"§§(\d+(?:(?:, | and )\d+)*)|§(\d+)", own)
    return {int(number) for group in cited for number in re.findall(r"\d+", " ".join(group))}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built as `mkdocs build --strict` does: any warning ends it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # the theme's news of its successor are no warning
    ran = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "WARNING" not in ran.stderr, ran.stderr
    return folder


def test_every_page_is_built(site):
    """Each page of `docs/` becomes a page of the site, without a warning."""
    built = {page.relative_to(site).with_suffix("") for page in site.rglob("*.html")}
    assert {page.relative_to(ROOT / "docs").with_suffix("") for page in PAGES} <= built


def test_a_page_fetches_nothing_from_elsewhere(site):
    """No script, style, font or picture comes from another host, so that the site can be read offline."""
    fetched = re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=[\"']?(?:https?:)?//([^\"'\s>]+)"
    )
    found = {}
    for page in site.rglob("*.html"):
        if addresses := fetched.findall(page.read_text()):
            found[page.name] = addresses
    assert not found


def test_the_reference_shows_every_public_name_and_magic(site):
    """What `nemo_widgets` offers stands in the reference, and so does every subcommand of `%nemo`."""
    import nemo_widgets

    text = "".join(page.read_text() for page in (site / "reference").glob("*.html"))
    described = set(re.findall(r'id="nemo_widgets(?:\.[a-z_]+)*\.(\w+)"', text))
    assert set(nemo_widgets.__all__) - described == set()
    assert [name for name in COMMANDS if f'id="{name}"' not in text] == []


def test_a_cited_section_is_one_of_the_protocol():
    """Each §N in code, tests and texts is a section of `docs/protocol.md`, and the reference links it."""
    headings = re.findall(r"^## (\d+) .* { #s\1 }$", (ROOT / "docs/protocol.md").read_text(), re.MULTILINE)
    sections = set(map(int, headings))
    assert sections == set(range(1, 12))
    files = [path for name in ("nemo_widgets", "tests") for path in (ROOT / name).rglob("*.py")]
    files += [*SHOWN, ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
    wrong = {path.name: bad for path in files if (bad := sections_in(path.read_text()) - sections)}
    assert not wrong


def test_a_citation_is_found_however_it_is_written():
    """One, several, and none where the section is another document's."""
    assert sections_in("protocol §4, and (§10, 1002); protocol §§2, 3 and 6.") == {2, 3, 4, 6, 10}
    assert sections_in("RFC 4918 §11.5; HTML §9.2.5 and §9.2.6; RFC 9112 §6; ISO/IEC 14496-12 §8.8") == set()


def test_the_magics_that_are_shown_exist():
    """Every `%nemo` line of README and documentation can be read, options and all."""
    seen = 0
    for page in SHOWN:
        variables = {name: name for block in code_in(page) for name in re.findall(r"(?m)^(\w+) = ", block)}
        for block in code_in(page):
            for line in block.splitlines():
                if found := re.match(r"(%%?)nemo\b ?(.*)", line):
                    seen += 1
                    try:
                        words = found[2].split("  #")[0]
                        parse(words, "words" if found[1] == "%%" else None, variables)
                    except UsageError as error:
                        pytest.fail(f"{page.name}: {line}: {error}")
    assert seen > 30


def test_the_python_that_is_shown_can_be_compiled():
    """Every block of Python is valid in a notebook."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | ast.PyCF_ONLY_AST
    for page in SHOWN:
        for block in code_in(page):
            compile(TransformerManager().transform_cell(block), page.name, "exec", flags)


def test_a_file_that_is_named_exists():
    """What the pages and README call by a path is there."""
    named = re.compile(r"`((?:notebooks|docs|tests|benchmarks|client|running|studio)/[\w./-]+\.\w+)`")
    for page in SHOWN:
        for path in named.findall(page.read_text()):
            assert (ROOT / path).exists() or (ROOT / "nemo_widgets" / path).exists(), (page.name, path)


def test_the_types_of_files_are_those_that_can_be_uploaded():
    """The how-to on uploads and the protocol name every extension that is not rare, and no other."""
    known = {extension.removeprefix(".") for extension, row in MEDIA_TYPES.items() if not row.rare}
    page = (ROOT / "docs/how-to/upload.md").read_text()
    table = " ".join(re.findall(r"^\| (?:video|picture|audio|subtitles) \| (.*) \|$", page, re.MULTILINE))
    more = re.search(r"The studio also takes (.*?)\. A file", page, re.DOTALL)[1]
    assert set(re.findall(r"\w+", f"{table} {more}")) - {"and"} == known
    section = (ROOT / "docs/protocol.md").read_text().partition("## 5 ")[2].partition("## 6 ")[0]
    rows = re.findall(r"^\| (?:video|image|audio|subtitles|more) \| (.*?) \|", section, re.MULTILINE)
    assert set(re.findall(r"\w+", " ".join(rows))) == known


def test_the_architecture_names_every_dependency():
    """Those of the core and those of the studio."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["studio"]]
    section = (ROOT / "docs/architecture.md").read_text().partition("## Dependencies")[2].partition("## ")[0]
    named = section.lower()
    assert [name for name in wanted if re.match(r"[\w-]+", name)[0].lower() not in named] == []


def folders(under: Path) -> set[str]:
    return {path.name for path in under.iterdir() if path.is_dir() and path.name != "__pycache__"}


def test_the_parts_of_the_architecture_exist():
    """Each folder that the architecture draws is there, and none of the package's own is left out."""
    page = (ROOT / "docs/architecture.md").read_text()
    drawn = re.search(r"```\n(nemo_widgets/\n.*?)```", page, re.DOTALL)[1]
    inside, studio = (
        set(" ".join(re.findall(rf"^ {{{depth}}}((?:[\w/]+/ *)+)", drawn, re.MULTILINE)).split())
        for depth in (2, 4)
    )
    package = ROOT / "nemo_widgets"
    assert {name.rstrip("/") for name in inside} == folders(package)
    assert {name.partition("/")[0] for name in studio} == folders(package / "studio")
    assert all((package / "studio" / name).is_dir() for name in studio)
