"""Learning a language: blocks solve what a whole solver solves, within the memory of a small server."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from catalog.tongue import BLOCK, RIDGE, _solved
from tests.architecture.tree import ROOT

EXAMPLES = 5000
MATRIX = EXAMPLES * EXAMPLES * 4 / 1e6  # megabytes

LEARNING = f"""
import re
from pathlib import Path
from catalog.tongue import Example, Tongue

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1000

texts = [f"{{chr(97 + i % 26) * 3}} {{i * 7919 % 5003}}" for i in range({EXAMPLES})]
before = most()
assert len(Tongue.learn("de", [Example(code=text[0], text=text) for text in texts]).of_example) > 4000
print(most() - before)
"""


@pytest.mark.parametrize("size", [1, BLOCK - 1, BLOCK, 2 * BLOCK + 3])
def test_blocks_solve_what_is_solved_as_a_whole(size: int) -> None:
    chance = np.random.default_rng(size)
    vectors = chance.random((size, 40), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    matrix = vectors @ vectors.T + RIDGE * np.eye(size, dtype=np.float32)
    wanted = chance.random((size, 3), np.float32)
    whole = np.linalg.solve(matrix.astype(float), wanted.astype(float))
    assert np.allclose(_solved(matrix, wanted), whole, atol=1e-4)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="asks Linux for the memory used")
def test_learning_takes_hardly_more_memory_than_its_one_matrix() -> None:
    """Several of them at once are more than a small server has: the system would end the program."""
    command = [sys.executable, "-c", LEARNING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert float(done.stdout) < 2 * MATRIX
