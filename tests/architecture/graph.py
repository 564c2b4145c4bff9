"""The graph of imports as the gates see it; which import is forbidden stands with the tests."""

import sys
from graphlib import CycleError, TopologicalSorter

import grimp

CHANNELS = "bot.channels."
CHANNEL_BASE = "bot.channels.base"


def build(*packages: str) -> grimp.ImportGraph:
    return grimp.build_graph(*packages, include_external_packages=True, cache_dir=None)


def cycle(graph: grimp.ImportGraph) -> list[str]:
    """Return the modules of one cycle, first and last the same; empty when there is none."""
    sorter = TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    )
    try:
        sorter.prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def outside_imports(graph: grimp.ImportGraph, package: str) -> dict[str, set[str]]:
    """Map each third-party library that package imports to the modules that do."""
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        if module.split(".")[0] != package:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            library = imported.split(".")[0]
            if graph.is_module_squashed(imported) and library not in sys.stdlib_module_names:
                found.setdefault(library, set()).add(module)
    return found


def imports_among(graph: grimp.ImportGraph, importer: str, package: str) -> set[str]:
    return {name for name in graph.find_modules_directly_imported_by(importer) if name.startswith(package)}


def channels_that_know_each_other(graph: grimp.ImportGraph) -> list[str]:
    """Name every import from one channel into another; what all channels share is the base."""
    return [
        f"{importer} imports {imported}"
        for importer in sorted(graph.modules)
        if importer.startswith(CHANNELS)
        for imported in sorted(imports_among(graph, importer, CHANNELS))
        if imported != CHANNEL_BASE and importer.split(".")[2] != imported.split(".")[2]
    ]
