"""The rules of the house that a layer contract cannot say: sizes, commits at the edge, SQL in its place, names, messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from xiaolu.kit.i18n import catalogue

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "xiaolu"
FILES = sorted(path for path in SOURCE.rglob("*.py"))
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common_utils", "base_utils"}
EDGE = {"web", "worker", "cli", "demo", "runtime"}
SQL_PLACES = re.compile(
    r"/(store|stores)(/|\.py)|/formula/|/metadata/planner/|/metadata/publishing/|/access/policy|/kit/|/runtime/"
)
SQL_TEXT = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b", re.DOTALL)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=relative)
def test_files_are_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_functions_are_small(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for function in functions(tree):
        body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
        assert lines <= 45, f"{function.name} has {lines} lines"
        positional = [each.arg for each in function.args.args if each.arg not in {"self", "cls"}]
        assert len(positional) <= 6, f"{function.name} takes {len(positional)} positional parameters"


@pytest.mark.parametrize("path", [p for p in FILES if p.relative_to(SOURCE).parts[0] not in EDGE], ids=relative)
def test_nothing_below_the_edge_commits(path: Path) -> None:
    if path == SOURCE / "kit" / "db.py":
        return
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"finish", "abandon", "commit", "rollback"}:
            value = ast.unparse(node.value)
            assert not re.search("uow|transaction", value), f"line {node.lineno}: {value}.{node.attr}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_sql_is_written_in_stores(path: Path) -> None:
    if SQL_PLACES.search(f"/{path.relative_to(SOURCE)}"):
        return
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            assert not SQL_TEXT.search(node.value), f"line {node.lineno}: {node.value[:60]}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_names_say_something(path: Path) -> None:
    assert not FORBIDDEN_NAMES & set(path.relative_to(SOURCE).with_suffix("").parts)


def test_every_message_exists_in_both_languages_with_the_same_parameters() -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    assert set(chinese) == set(english)
    for code, text in chinese.items():
        assert slots(text) == slots(english[code]), code


def test_every_code_that_is_raised_has_a_message() -> None:
    known = set(catalogue("zh"))
    makers = {"problem", "Invalid", "NotFound", "Conflict", "Denied", "Unauthenticated", "Limited", "Unavailable"}
    missing = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if (
                name in makers
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and first.value not in known
            ):
                missing.add(f"{relative(path)}:{node.lineno} {first.value}")
    assert not missing


def test_no_registry_host_or_foreign_path_is_written_down() -> None:
    words = [
        "py" + "pi.org",
        "files.python" + "hosted",
        "registry" + ".npm" + "js",
        "npm" + "mirror",
        "deb.deb" + "ian",
        "/wo" + "rk/",
    ]
    tracked = [
        p
        for p in ROOT.rglob("*")
        if p.is_file() and not {".git", ".venv", "node_modules", ".tools", "webdist"} & set(p.parts)
    ]
    for path in tracked:
        if path.suffix in {".py", ".ts", ".tsx", ".md", ".txt", ".yaml", ".yml", ".json", ".toml"} or path.name in {
            "Makefile",
            "run",
        }:
            if "test-results" in path.parts or ".mypy_cache" in path.parts:
                continue
            text = path.read_text("utf-8", "replace")
            assert not [word for word in words if word in text], path
