"""Tests that a page of the documentation names: each must exist."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CITED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def tests_in(file: str) -> frozenset[str]:
    """Names of the test functions in a file, those of classes among them; none if there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in found if node.name.startswith("test_"))


def rows(page: Path) -> list[list[str]]:
    """Rows of all tables of a page, without their heads."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(lines):
        is_head = number + 1 < len(lines) and lines[number + 1].startswith("|--")
        if line.startswith("|") and not line.startswith("|--") and not is_head:
            found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return found


def unsound(page: Path) -> list[str]:
    """What is wrong with the last cells of a page's rows: no test named, or one that does not exist."""
    wrong = []
    for first, *_others, last in rows(page):
        cited = _CITED.findall(last)
        if not cited:
            wrong.append(f"{first}: no test")
        wrong += [f"{first}: no {file}::{name}" for file, name in cited if name not in tests_in(file)]
    return wrong
