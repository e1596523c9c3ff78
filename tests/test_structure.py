"""How the package is built: who may import whom."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "nemo_widgets"


def named(path):
    """The module's name of a file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules():
    """Every module of the package, by its name, with its file."""
    return {named(path): path for path in PACKAGE.rglob("*.py")}


def imported(name, path):
    """The package's modules that a module imports: on top, for types alone, and in functions."""
    home = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules())
        elif isinstance(node, ast.ImportFrom):
            base = home.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                if inner in modules():
                    yield inner
                elif source in modules():
                    yield source


def circles(arrows):
    """The groups of names that lead back to one another (Tarjan's algorithm, without recursion)."""
    order, low, held, groups = {}, {}, [], []
    for root in arrows:
        if root in order:
            continue
        path = [(root, iter(arrows[root]))]
        order[root] = low[root] = len(order)
        held.append(root)
        while path:
            name, ahead = path[-1]
            for other in ahead:
                if other not in order:
                    order[other] = low[other] = len(order)
                    held.append(other)
                    path.append((other, iter(arrows[other])))
                    break
                if other in held:
                    low[name] = min(low[name], order[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[name])
                if low[name] == order[name]:
                    at = held.index(name)
                    groups.append(sorted(held[at:]))
                    del held[at:]
    return [group for group in groups if len(group) > 1]


def test_circles_are_found():
    """The search below finds a circle of any length, and none where there is none."""
    assert circles({"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": []}) == [["a", "b", "c"]]
    assert circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []


def test_no_circle():
    """No module leads back to itself by what it imports, for types alone and in functions included."""
    arrows = {name: sorted({*imported(name, path)} - {name}) for name, path in modules().items()}
    assert sum(map(len, arrows.values())) > 1000
    assert circles(arrows) == []


BELOW = {
    "nemo_widgets.draft": ("nemo_widgets.studio", "nemo_widgets.client", "nemo_widgets.running"),
    "nemo_widgets.studio.timeline": ("nemo_widgets.studio.agent", "nemo_widgets.studio.render"),
    "nemo_widgets.studio.render": ("nemo_widgets.studio.agent", "nemo_widgets.studio.routes"),
    "nemo_widgets.studio.agent.edits": (
        "nemo_widgets.studio.agent.language",
        "nemo_widgets.studio.agent.dialogue",
        "nemo_widgets.studio.agent.meanings",
        "nemo_widgets.studio.agent.planning",
    ),
    "nemo_widgets.client": ("nemo_widgets.studio", "nemo_widgets.running", "nemo_widgets.magics"),
}
"""What a folder is below of, and so may not import, for types alone or in functions either."""


def test_arrows_lead_downward():
    """A draft knows nobody, the timeline knows no edit, an edit no words, and the client no studio."""
    up = {
        (name, other)
        for folder, above in BELOW.items()
        for name, path in modules().items()
        if name.startswith(f"{folder}.")
        for other in imported(name, path)
        if other.startswith(tuple(f"{high}." for high in above)) or other in above
    }
    assert up == set()
