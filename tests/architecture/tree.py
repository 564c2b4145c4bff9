"""The project's files as the gates see them; it judges nothing."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PURE = ("casework", "catalog", "dialogs")
PACKAGES = ("bot", *PURE, "storage")
SKIPPED = {".git", ".venv", ".venv.old", "__pycache__", "build", "dist", "node_modules"}
CACHES = ("_cache", ".hypothesis", ".egg-info")
BINARY = {".db", ".ico", ".jpg", ".mo", ".otf", ".pdf", ".png", ".pyc", ".ttf", ".webp", ".woff2", ".xlsx"}

FUNCTION_NODES = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    place: str
    lines: int


def text_files(root: Path) -> Iterator[Path]:
    """Yield every text file below root that belongs to the repository, folders that tools make left out."""
    for entry in sorted(root.iterdir()):
        if entry.name in SKIPPED or entry.name.endswith(CACHES) or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from text_files(entry)
        elif entry.suffix not in BINARY:
            yield entry


def python_files(root: Path, *folders: str) -> list[Path]:
    return [path for folder in folders for path in text_files(root / folder) if path.suffix == ".py"]


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path, root: Path) -> Iterator[Function]:
    """Yield every function with its length from the def line to its last line; decorators do not count."""
    for node in ast.walk(parse(path)):
        if isinstance(node, FUNCTION_NODES) and node.end_lineno is not None:
            place = f"{path.relative_to(root)}:{node.lineno} {node.name}"
            yield Function(place=place, lines=node.end_lineno - node.lineno + 1)
