"""A reader's comfort: no file over 500 lines, no function over 60."""

from __future__ import annotations

import ast

from tests.support.tree import name, parsed, python_files

_FILE_LINES = 500
_FUNCTION_LINES = 60


def test_no_file_is_longer_than_500_lines() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {path: lines for path, lines in lengths.items() if lines > _FILE_LINES} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > _FUNCTION_LINES
    ]
    assert long == []


def test_every_module_says_why_it_exists() -> None:
    silent = [path for path in python_files() if path.stat().st_size and not ast.get_docstring(parsed(path))]
    assert [name(path) for path in silent] == []
