"""The layout as tests: which part may import which, what a command may load, what a wheel may contain."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.memory.profiles import Profiles

ROOT = Path(__file__).parents[1]
PARTS = ("app", "widgets", "learning", "themes")

# app -> widgets -> learning, app -> learning, app -> themes. A part may always import itself.
ARROWS = {
    "app": {"widgets", "learning", "themes"},
    "widgets": {"learning"},
    "learning": set(),
    "themes": set(),
}
# `learning` draws nothing, reads no configuration and has no network; `widgets` draw and have no files and no network.
SERVICES = {"httpx", "requests", "litellm", "anthropic", "openai"}
FORBIDDEN = {
    "app": set(),
    "widgets": SERVICES | {"typer", "click", "pydantic", "tinydb", "filelock"},
    "learning": SERVICES | {"typer", "click", "pydantic", "textual", "rich"},
    "themes": SERVICES | {"typer", "click", "pydantic", "tinydb", "filelock"},
}
NETWORK = {"socket", "http", "urllib", "ssl", "ftplib", "smtplib"}
# "About 300": a few lines more are no second subject.
LONGEST = 320


def modules(part: str) -> list[Path]:
    return sorted((ROOT / part).rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, wherever the import stands: line and dotted name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield node.lineno, node.module or ""
            # `from learnchat import widgets` names the part after the import.
            if node.module == "learnchat":
                yield from ((node.lineno, f"learnchat.{alias.name}") for alias in node.names)


def learnchat_imports(part: str) -> Iterator[tuple[str, str]]:
    for path in modules(part):
        for line, name in imported(path):
            package, _, rest = name.partition(".")
            if package == "learnchat" and rest:
                yield f"{path.relative_to(ROOT)}:{line}", rest.split(".")[0]


def test_the_walk_sees_imports_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "import a.b\nfrom learnchat import app\nif True:\n    import d\ndef f():\n    from learnchat.x import y"
    )

    assert {name for _, name in imported(path)} == {"a.b", "learnchat", "learnchat.app", "learnchat.x", "d"}


@pytest.mark.parametrize("part", PARTS)
def test_imports_follow_the_arrows(part: str) -> None:
    assert modules(part)

    wrong = [
        f"{place} imports {other}" for place, other in learnchat_imports(part) if other not in ARROWS[part] | {part}
    ]

    assert wrong == []


@pytest.mark.parametrize("part", PARTS)
def test_no_part_imports_what_is_not_its_business(part: str) -> None:
    forbidden = FORBIDDEN[part] if part == "app" else FORBIDDEN[part] | NETWORK

    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(part)
        for line, name in imported(path)
        if name.split(".")[0] in forbidden
    ]

    assert wrong == []


def test_every_module_begins_with_a_docstring_and_is_no_longer_than_one_subject() -> None:
    for part in PARTS:
        for path in modules(part):
            text = path.read_text(encoding="utf-8")
            assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"
            assert len(text.splitlines()) <= LONGEST, f"{path} is long: it has two subjects"


def test_every_folder_of_modules_is_in_the_package_list() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = tomllib.load(file)["tool"]["setuptools"]["packages"]
    found = {
        ".".join(("learnchat", *path.parent.relative_to(ROOT).parts))
        for part in PARTS
        for path in (ROOT / part).rglob("__init__.py")
    }

    assert sorted(listed) == sorted(found)
    assert all((path.parent / "__init__.py").is_file() for part in PARTS for path in modules(part))


def loaded_by(program: str, directory: Path) -> set[str]:
    """The top-level modules that a program has loaded when it ends."""
    ending = "\nimport sys\nprint('\\n' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", program + ending], cwd=directory, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["insights"], ["insights", "--json"], ["inbox"], ["locate"]])
def test_a_command_on_a_hundred_insights_loads_no_screen_no_model_and_no_validation(
    tmp_path: Path, arguments: list[str]
) -> None:
    profiles = Profiles.open(find_project(tmp_path), Locations.find().user_data, SystemClock())
    for number in range(100):
        profiles.remember(f"Rule number {number} holds for the module of that number")

    loaded = loaded_by(f"from learnchat.app.cli import run\nassert run({arguments!r}) == 0", tmp_path)

    assert "typer" in loaded
    assert loaded & {"textual", "litellm", "anthropic", "openai", "httpx", "pydantic", "rich"} == set()


def test_the_engine_alone_draws_nothing_and_validates_nothing(tmp_path: Path) -> None:
    names = [".".join(("learnchat", *path.relative_to(ROOT).with_suffix("").parts)) for path in modules("learning")]
    # Training happens offline, with an extra.
    names = [name for name in names if ".training." not in name]

    loaded = loaded_by("\n".join(f"import {name}" for name in names if not name.endswith("__init__")), tmp_path)

    assert loaded & {"textual", "rich", "typer", "pydantic", "httpx"} == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel, built from a copy of the tree without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    left_out = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "snapshot_report.html")
    shutil.copytree(ROOT, tree, ignore=left_out)
    # What somebody's editor or a test may leave beside the modules must not get in.
    (tree / "app" / "left-behind.txt").write_text("x")
    program = "import sys\nfrom setuptools import build_meta\nbuild_meta.build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=tree, check=True, capture_output=True, env=dict(os.environ)
    )
    [built] = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return archive.namelist()


def test_a_wheel_contains_learnchat_and_nothing_else(wheel: list[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"learnchat"}
    allowed = {".py", ".tcss", ".toml", ".json", ".txt", ".npz", ""}
    assert {Path(name).suffix for name in wheel if name.startswith("learnchat/")} <= allowed | {".typed"}
    assert not any("/tests/" in name or "left-behind" in name for name in wheel)


def test_a_wheel_contains_every_module_and_data_file(wheel: list[str]) -> None:
    wanted = [
        f"learnchat/{path.relative_to(ROOT).as_posix()}"
        for part in PARTS
        for path in (ROOT / part).rglob("*")
        if path.suffix in (".py", ".tcss", ".toml", ".json") or path.name == "py.typed"
    ]
    wanted += [
        f"learnchat/learning/training/{name}" for name in ("examples_yes.txt", "examples_no.txt", "word_vectors.npz")
    ]

    assert sorted(name for name in wheel if name.startswith("learnchat/")) == sorted(wanted)
    assert any(name.endswith(".tcss") for name in wanted)
    assert sum(name.endswith(".toml") for name in wanted) >= 4
