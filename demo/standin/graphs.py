"""Checks a posted graph and fills in what was left out."""

from collections.abc import Iterator

from demo.standin import node_types
from demo.standin.errors import Invalid, Json, issue, missing, value_error
from demo.standin.values import cast, mistakes

AT: list[object] = ["body", "batch", "graph"]


def accept(graph: object) -> Json:
    """Return the graph with all defaults filled in, or raise ``Invalid``."""
    if not isinstance(graph, dict):
        raise Invalid([issue("model_type", AT, "Input should be a valid dictionary or instance of Graph", graph)])
    nodes, edges = graph.get("nodes", {}), graph.get("edges", [])
    if found := [*_node_mistakes(nodes), *_edge_shape_mistakes(edges)]:
        raise Invalid(found)
    full = {key: complete(node) for key, node in nodes.items()}
    if message := next(_structure_mistakes(full, edges), None):
        raise Invalid([value_error(AT, message, graph)])
    plain = [{end: {part: edge[end][part] for part in ("node_id", "field")} for end in ENDS} for edge in edges]
    return {"id": graph.get("id", ""), "nodes": full, "edges": plain}


ENDS = ("source", "destination")


def complete(node: Json) -> Json:
    """Return the node with every default filled in and unknown keys dropped."""
    fields = node_types.fields_of(node["type"])
    full: Json = {"id": node["id"]}
    for name, rule in fields.items():
        full[name] = cast(node.get(name, rule.get("default")), rule)
    if node_types.keeps_extra_keys(node["type"]):
        full |= {key: value for key, value in node.items() if key not in full}
    return {**full, "type": node["type"]}


def value_fits(node: Json, field: str, value: object) -> bool:
    """Tell whether a batch value suits the field that it is meant for."""
    rule = node_types.fields_of(node["type"]).get(field)
    return rule is None or not list(mistakes(value, rule, [node["type"], field]))


def execution_order(graph: Json) -> list[str]:
    """Return the node ids so that each comes after those that feed it."""
    waiting = {key: {edge["source"]["node_id"] for edge in incoming(graph, key)} for key in graph["nodes"]}
    order: list[str] = []
    while ready := [key for key, needs in waiting.items() if key not in order and needs <= set(order)]:
        order += ready
    return order


def incoming(graph: Json, node_id: str) -> list[Json]:
    """Return the edges that end at a node."""
    return [edge for edge in graph["edges"] if edge["destination"]["node_id"] == node_id]


def _node_mistakes(nodes: Json) -> Iterator[Json]:
    for key, node in nodes.items():
        kind, loc = node.get("type"), [*AT, "nodes", key]
        if kind not in node_types.catalogue():
            yield _unknown_type(kind, loc, node)
            continue
        if "id" not in node:
            yield missing([*loc, kind, "id"], node)
        for name, rule in node_types.fields_of(kind).items():
            if name in node:
                yield from mistakes(node[name], rule, [*loc, kind, name])


def _unknown_type(kind: object, loc: list[object], node: Json) -> Json:
    if kind is None:
        return issue("union_tag_not_found", loc, "Unable to extract tag using discriminator 'type'", node)
    expected = ", ".join(f"'{name}'" for name in node_types.catalogue())
    words = f"Input tag '{kind}' found using 'type' does not match any of the expected tags: {expected}"
    return issue("union_tag_invalid", loc, words, node, discriminator="'type'", tag=kind, expected_tags=expected)


def _edge_shape_mistakes(edges: list[Json]) -> Iterator[Json]:
    for number, edge in enumerate(edges):
        for end in ENDS:
            for part in ("node_id", "field"):
                if part not in edge.get(end, {}):
                    yield missing([*AT, "edges", number, end, part], edge)


def _structure_mistakes(nodes: dict[str, Json], edges: list[Json]) -> Iterator[str]:
    for key, node in nodes.items():
        if node["id"] != key:
            yield f"Node ids must match, got {key} and {node['id']}"
    for edge in edges:
        yield from _edge_mistakes(nodes, edge)
    if len(execution_order({"nodes": nodes, "edges": edges})) < len(nodes):
        yield "Graph contains cycles"


def _edge_mistakes(nodes: dict[str, Json], edge: Json) -> Iterator[str]:
    for end in ENDS:
        if edge[end]["node_id"] not in nodes:
            yield f"Edge {end} node {edge[end]['node_id']} does not exist in the graph"
            return
    (start, output), (finish, field) = ((edge[end]["node_id"], edge[end]["field"]) for end in ENDS)
    outputs = node_types.outputs_of(nodes[start]["type"])
    fields = node_types.fields_of(nodes[finish]["type"])
    if output not in outputs:
        yield f"Edge source field {output} does not exist in node {start}"
    elif field not in fields:
        yield f"Edge destination field {field} does not exist in node {finish}"
    elif not node_types.fits(outputs[output], fields[field]["kind"]):
        yield f"Edge source and target types do not match ({start}.{output} -> {finish}.{field})"
