"""A wheel carries everything that lies beside the code: texts, templates, tables, static files."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.architecture.tree import PACKAGES, ROOT, text_files


def test_the_wheel_carries_every_file_of_the_packages_and_the_texts(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    folders = [ROOT / name for name in (*PACKAGES, "locales") if (ROOT / name).exists()]
    expected = {path.relative_to(ROOT).as_posix() for folder in folders for path in text_files(folder)}
    assert expected - packed == set()
    assert any(name.endswith("licenses/LICENSE") for name in packed)
