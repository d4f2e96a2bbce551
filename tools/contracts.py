"""The import contract for talks, which import-linter's own kinds cannot say."""

from __future__ import annotations

from collections import defaultdict

from grimp import ImportGraph, PackageDependency
from importlinter import Contract, ContractCheck, fields, output


class TalksContract(Contract):
    """No talk leads to another talk, neither directly nor through a module between them.

    A talk is a module in a folder of `room`; one whose name starts with an underscore is what the talks of that
    folder share, and may be imported by them.
    """

    type_name = "talks"
    room = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        room = str(self.room)
        talks = {
            module
            for folder in graph.find_children(room)
            for module in graph.find_children(folder)
            if not module.rpartition(".")[2].startswith("_")
        }
        found = graph.find_illegal_dependencies_for_layers(layers=(talks,)) if talks else set()
        return ContractCheck(kept=not found, metadata={"talks": len(talks), "found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        between: dict[str, list[PackageDependency]] = defaultdict(list)
        for dependency in check.metadata["found"]:
            between[dependency.importer].append(dependency)
        for importer in sorted(between):
            for dependency in sorted(between[importer], key=lambda one: one.imported):
                output.print_error(f"{importer} leads to {dependency.imported}:")
                for route in sorted(dependency.routes, key=str):
                    steps = [min(route.heads), *route.middle, min(route.tails)]
                    output.indent_cursor()
                    output.print_error(" -> ".join(steps), bold=False)
