"""Reads a posted batch and multiplies it out into sets of field values."""

import copy
import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from demo.standin import graphs
from demo.standin.errors import Invalid, Json, issue, missing, value_error

AT: list[object] = ["body", "batch"]


@dataclass(frozen=True)
class Batch:
    """One accepted request for pictures."""

    batch_id: str
    origin: str | None
    destination: str | None
    graph: Json
    data: list[list[Json]] | None
    runs: int
    workflow: Json | None

    @classmethod
    def read(cls, body: Json) -> "Batch":
        """Check the body of a request to enqueue, or raise ``Invalid``."""
        if "batch" not in body:
            raise Invalid([missing(["body", "batch"])])
        given: Json = body["batch"]
        if "graph" not in given:
            raise Invalid([missing([*AT, "graph"], given)])
        if given.get("runs", 1) < 1:
            said = "Input should be greater than or equal to 1"
            raise Invalid([issue("greater_than_equal", [*AT, "runs"], said, given["runs"], ge=1)])
        graph = graphs.accept(given["graph"])
        _check_data(given, graph)
        return cls(
            batch_id=given.get("batch_id") or str(uuid.uuid4()),
            origin=given.get("origin"),
            destination=given.get("destination"),
            graph=graph,
            data=given.get("data"),
            runs=given.get("runs", 1),
            workflow=given.get("workflow"),
        )

    def as_json(self) -> Json:
        """Return the batch as the answer echoes it."""
        return {
            "batch_id": self.batch_id,
            "origin": self.origin,
            "destination": self.destination,
            "data": self.data,
            "graph": self.graph,
            "workflow": self.workflow,
            "runs": self.runs,
        }

    def field_values(self) -> Iterator[list[Json]]:
        """Yield the values of each item: groups are zipped inside and multiplied with one another."""
        groups = [list(_zipped(group)) for group in self.data or []]
        for _ in range(self.runs):
            for chosen in itertools.product(*groups):
                yield [value for part in chosen for value in part]

    def graph_with(self, values: list[Json]) -> tuple[Json, bool]:
        """Return the graph with the values put in, and whether they all suit their fields."""
        graph = {**self.graph, "nodes": copy.deepcopy(self.graph["nodes"])}
        suits = True
        for value in values:
            node = graph["nodes"][value["node_path"]]
            suits = suits and graphs.value_fits(node, value["field_name"], value["value"])
            node[value["field_name"]] = value["value"]
        return graph, suits


def _zipped(group: list[Json]) -> Iterator[list[Json]]:
    for chosen in zip(*(datum["items"] for datum in group), strict=True):
        yield [
            {"node_path": datum["node_path"], "field_name": datum["field_name"], "value": value}
            for datum, value in zip(group, chosen, strict=True)
        ]


def _check_data(given: Json, graph: Json) -> None:
    groups: list[list[Json]] = given.get("data") or []
    if message := _shape_mistake(groups):
        raise Invalid([value_error([*AT, "data"], message, groups)])
    for datum in itertools.chain(*groups):
        node = graph["nodes"].get(datum["node_path"])
        if node is None:
            raise Invalid([value_error(AT, f"Node {datum['node_path']} not found in graph", given)])
        if datum["field_name"] not in node:
            name, field = datum["node_path"], datum["field_name"]
            raise Invalid([value_error(AT, f"Field {field} not found in node {name}", given)])


def _shape_mistake(groups: list[list[Json]]) -> str | None:
    data = list(itertools.chain(*groups))
    targets = [(datum["node_path"], datum["field_name"]) for datum in data]
    if any(len({len(datum["items"]) for datum in group}) > 1 for group in groups):
        return "Zipped batch items must all have the same length"
    if any(len({_family(item) for item in datum["items"]}) > 1 for datum in data):
        return "All items in a batch must have the same type"
    if len(set(targets)) < len(targets):
        return "Each batch data must have unique node_id and field_name"
    return None


def _family(item: Any) -> str:
    return "number" if type(item) in (int, float) else type(item).__name__
