"""The rules of the house: imports go one way, nothing heavy at import, nothing of one machine in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "deepsix"
LONGEST_MODULE_LINES = 500

# What each room may import of ours, besides itself. `case` and `errors` are the common ground.
GROUND = {"case", "errors"}
CORE = GROUND | {"knowledge", "hip", "intake", "diagnosis", "plan", "recovery", "followup", "records", "export"}
MAY_IMPORT = {
    "case": {"errors"},
    "errors": set(),
    "knowledge": {"errors"},
    "hip": {"errors"},
    "intake": GROUND | {"knowledge", "hip"},
    "diagnosis": GROUND | {"knowledge", "hip"},
    "recovery": CORE - {"followup", "records", "export"},
    "plan": CORE - {"followup", "records", "export"},
    "followup": CORE - {"records", "export"},
    "records": CORE - {"export"},
    "export": CORE,
    "study": CORE | {"study"},
    "cli": CORE | {"study", "web"},
    "web": CORE | {"study"},
}
# Thin shells that live in the room they belong to.
SHELLS = {"hip/commands.py"}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "__pycache__" not in path.parts)


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    """Yield the rooms a module imports from, also inside functions and for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "deepsix" else [f"deepsix.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("deepsix."))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def inside(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", [p for p in modules() if room_of(p) != "__init__"], ids=inside)
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    allowed = MAY_IMPORT["cli"] if inside(path) in SHELLS else MAY_IMPORT[room]
    assert set(imported_rooms(path)) - allowed - {room} == set()


@pytest.mark.parametrize("path", modules(), ids=inside)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    if path.name.startswith("_") and path.name != "__init__.py":
        return
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "the module has no docstring"


@pytest.mark.parametrize("path", modules(), ids=inside)
def test_no_module_is_too_long_to_find_things_in(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE_LINES


@pytest.mark.parametrize("path", modules(), ids=inside)
def test_the_core_does_not_print(path: Path) -> None:
    if room_of(path) in ("cli", "web") or inside(path) in SHELLS:
        return
    calls = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert calls == []


@pytest.mark.parametrize("heavy", ["numpy", "numba", "rich", "typer", "deepsix.diagnosis"])
def test_importing_the_package_loads_nothing_heavy(heavy: str) -> None:
    code = f"import sys, deepsix; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_does_not_load_the_engine() -> None:
    code = "import sys, deepsix.cli; sys.exit('numpy' in sys.modules or 'deepsix.knowledge.loader' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_public_name_can_be_imported() -> None:
    import deepsix

    assert all(getattr(deepsix, name) is not None for name in deepsix.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = deepsix.nonsense


@cache
def tracked_texts() -> dict[str, str]:
    """Return every tracked text file; a file that is not text is left out."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so there is no list of tracked files")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    texts = {}
    for name in filter(None, names.split("\0")):
        path = ROOT / name
        if path.is_file():
            try:
                texts[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return texts


MACHINE = re.compile(
    # Somebody's home or scratch folder, or a folder at the root that no system has.
    r"(?<![\w.:/])/(?:home/\w+|Users/\w+|root/|tmp/\w|work/|workspace/|mnt/\w)",
)
REGISTRY = re.compile(
    # Where packages come from is set outside the repository, for each machine.
    r"index-url|extra-index|trusted-host|PIP_INDEX|registry\s*=|//[\w.-]+:\d{2,5}/|https?://[\w.-]*(?:artifact|nexus|proxy|mirror)",
    re.IGNORECASE,
)
PRIVATE_HOST = re.compile(r"\b(?:10\.\d{1,3}|192\.168)\.\d{1,3}\.\d{1,3}\b")  # 127.0.0.1 is every machine's own


def found(pattern: re.Pattern[str], *, but: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1} {match.group()}"
        for name, text in tracked_texts().items()
        if name != relative(Path(__file__)) and not name.startswith(but)
        for match in pattern.finditer(text)
    ]


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert found(MACHINE) == []


def test_no_file_names_a_package_registry() -> None:
    assert found(REGISTRY) == []


def test_no_file_names_a_private_host() -> None:
    # Data hold numbers with dots (DOIs, versions); a host would be in code, settings or documentation.
    assert found(PRIVATE_HOST, but=("src/deepsix/knowledge/data/", "src/deepsix/hip/data/", "tests/cases/")) == []


def test_nothing_built_is_tracked() -> None:
    built = re.compile(r"(?:^|/)(?:__pycache__|\.venv|dist|node_modules|\.hypothesis)/|\.pyc$|\.egg-info/")
    assert [name for name in tracked_texts() if built.search(name)] == []
