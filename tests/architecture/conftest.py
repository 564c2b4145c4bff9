"""Prints the figures below the architecture tests."""

import pytest

from tests.architecture.figures import figures
from tests.architecture.tree import ROOT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("figures")
    for line in figures(ROOT):
        terminalreporter.write_line(line)
