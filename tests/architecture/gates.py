"""The gates over single files: each returns its complaints about a tree, an empty list means it may pass."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.tree import PACKAGES, functions, line_count, parse, python_files, text_files

FILE_LINES = 300
FUNCTION_LINES = 40
ASYNC_NODES = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
BROAD = {"Exception", "BaseException"}

# The gates must not trip over themselves, hence the escaped dots and brackets.
INDEX_ADDRESS = re.compile(
    r"pypi\.(?:org|python)|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|--(?:extra-)?index-ur[l]|--find-link[s]"
)
OUTSIDE_PATH = re.compile(
    r"""(?:^|[\s"'`(=:])(?:/(?:work|root|Users)/|/home/\w|\.\./share[d]\b|[A-Z]:\\Users)"""
)


def too_long_files(root: Path, *folders: str) -> list[str]:
    return [
        f"{path.relative_to(root)} has {count} lines"
        for path in python_files(root, *folders)
        if (count := line_count(path)) > FILE_LINES
    ]


def too_long_functions(root: Path, *folders: str) -> list[str]:
    return [
        f"{function.place} has {function.lines} lines"
        for path in python_files(root, *folders)
        for function in functions(path, root)
        if function.lines > FUNCTION_LINES
    ]


def async_outside_bot(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{node.lineno} is asynchronous"
        for path in python_files(root, *(package for package in PACKAGES if package != "bot"))
        for node in ast.walk(parse(path))
        if isinstance(node, ASYNC_NODES)
    ]


def broad_excepts(root: Path, allowed: Mapping[str, str]) -> list[str]:
    """Name every handler that would swallow a bug, except in files that are allowed one with a reason."""
    return [
        f"{path.relative_to(root)}:{line} catches everything"
        for path in python_files(root, *PACKAGES)
        if path.relative_to(root).as_posix() not in allowed
        for line in broad_lines(path)
    ]


def broad_lines(path: Path) -> list[int]:
    handlers = (node for node in ast.walk(parse(path)) if isinstance(node, ast.ExceptHandler))
    return [handler.lineno for handler in handlers if _is_broad(handler.type)]


def _is_broad(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(name is None or (isinstance(name, ast.Name) and name.id in BROAD) for name in names)


def index_addresses(root: Path) -> list[str]:
    return _lines_with(INDEX_ADDRESS, root)


def paths_outside(root: Path) -> list[str]:
    return _lines_with(OUTSIDE_PATH, root)


def _lines_with(pattern: re.Pattern[str], root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number} {found.group().strip()}"
        for path in text_files(root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := pattern.search(line))
    ]
