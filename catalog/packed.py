"""Named arrays and what is to be told about them in one file: all of it is right, or none of it is there.

One file, because its name can be taken at one stroke: a reader sees the old one or the new one, never parts
of both, and who has mapped the old one keeps it. Its sum is checked at each reading, in pieces, so that only
what is used of the arrays comes into memory.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

import numpy as np

Array = np.ndarray[Any, Any]
_ALIGNED = 64  # bytes
_HEAD = 16  # digits: the sum of all that follows, and how long the description is
_PIECE = 1 << 20  # bytes read at a time


def pack(path: Path, about: Mapping[str, Any], arrays: Mapping[str, Array], mark: str) -> None:
    """`mark` is in the name of the file until it is whole; no two that write at the same time may share it.

    Raises OSError if it cannot be kept, or if another has been faster.
    """
    kinds = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    described = json.dumps({"about": about, "arrays": kinds}, ensure_ascii=False).encode()
    parts = [described, *(np.ascontiguousarray(array).tobytes() for array in arrays.values())]
    body = b"".join(part + bytes(-len(part) % _ALIGNED) for part in parts)
    head = f"{crc32(body):08x}{len(described):08x}".encode().ljust(_ALIGNED)
    unfinished = path.with_name(f"{path.name}.{mark}.part")
    unfinished.write_bytes(head + body)
    unfinished.replace(path)
    for left in path.parent.glob(f"{path.name}.*.part"):  # of one that was ended meanwhile, or came second
        left.unlink(missing_ok=True)


def unpack(path: Path) -> tuple[dict[str, Any], dict[str, Array]] | None:
    """What was packed, the arrays mapped; None if it is not there, damaged or something else."""
    try:
        with path.open("rb") as file:
            head = file.read(_ALIGNED)
            if int(head[:8], 16) != _sum(file):
                return None
            file.seek(_ALIGNED)
            # read, not mapped: one touch of what is mapped may bring a megabyte around it into memory
            described = file.read(int(head[8:_HEAD], 16))
            # a plain view of what is mapped: numpy's own class for it makes each access several times slower
            mapped = np.asarray(np.memmap(file, np.uint8, "r"))
    except (OSError, ValueError):
        return None
    return _taken_apart(json.loads(described), mapped, _ALIGNED + len(described))


def _sum(file: BinaryIO) -> int:
    found = 0
    while piece := file.read(_PIECE):
        found = crc32(piece, found)
    return found


def _taken_apart(
    described: Mapping[str, Any], mapped: Array, start: int
) -> tuple[dict[str, Any], dict[str, Array]]:
    arrays: dict[str, Array] = {}
    for name, (kind, shape) in described["arrays"].items():
        start += -start % _ALIGNED
        end = start + int(np.prod(shape)) * np.dtype(kind).itemsize
        arrays[name] = mapped[start:end].view(kind).reshape(shape)
        start = end
    return described["about"], arrays
