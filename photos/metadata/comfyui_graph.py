"""A graph of ComfyUI as plain nodes that can be walked upwards, from what is made to what it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

MOST_NODES = 5_000
MOST_HOPS = 12
SAMPLER_KINDS = ("KSampler", "SamplerCustom", "Sampler")
NOT_SAMPLERS = ("Select", "Provider", "Scheduler", "Preset", "Upscaler Pipe")
# Under these a node holds one value that others link to.
HELD = ("value", "int", "float", "number", "Number", "string", "seed", "noise_seed", "text")


class Link(NamedTuple):
    """Where an input comes from: the node and which of its outputs."""

    node: str
    slot: int


@dataclass(frozen=True, slots=True)
class Node:
    """One node: its kind and its inputs, which are values or links."""

    key: str
    kind: str
    inputs: dict[str, Any]

    @property
    def is_sampler(self) -> bool:
        """Whether it turns noise into a picture."""
        if not any(word in self.kind for word in SAMPLER_KINDS) or any(word in self.kind for word in NOT_SAMPLERS):
            return False
        return bool(self.inputs.keys() & {"positive", "guider", "conditioning", "basic_pipe", "pipe", "text_embeds"})

    def text(self, *keys: str) -> str:
        """Return the first text among these inputs, or nothing."""
        return next((value for key in keys if isinstance(value := self.inputs.get(key), str) and value), "")

    def loras(self) -> Iterator[tuple[str, Any]]:
        """Give name and weight of each LoRA this node loads, of one or of a stack."""
        for key, value in self.inputs.items():
            if isinstance(value, dict) and isinstance(value.get("lora"), str):
                if value.get("on", True):
                    yield value["lora"], value.get("strength")
            elif key.startswith("lora_name") and isinstance(value, str):
                yield value, self._weight(key.removeprefix("lora_name"))

    def _weight(self, suffix: str) -> Any:
        names = (f"strength_model{suffix}", f"model_str{suffix}", f"lora_wt{suffix}", f"lora_model_strength{suffix}")
        return next((self.inputs[name] for name in (*names, f"strength{suffix}") if name in self.inputs), None)


class Graph(dict[str, Node]):
    """All nodes by their keys."""

    def linked(self, node: Node, key: str) -> Node | None:
        """Return the node that an input is linked to."""
        link = node.inputs.get(key)
        return self.get(link.node) if isinstance(link, Link) else None

    def links(self, node: Node) -> list[str]:
        """Return the inputs that are linked to a node that exists."""
        return [key for key, link in node.inputs.items() if isinstance(link, Link) and link.node in self]

    def value(self, node: Node, key: str) -> Any:
        """Return a value; a link is followed to the node that holds one, a few hops far."""
        for _ in range(MOST_HOPS):
            value = node.inputs.get(key)
            if not isinstance(value, Link):
                return value if isinstance(value, str | int | float) else None
            if (above := self.get(value.node)) is None:
                return None
            node, key = above, self._held(above, key)
        return None

    def above(self, start: Node, keys: Sequence[str], most: int) -> list[Node]:
        """Return the node and all above it, nearest first, by the links of these names, else by any link."""
        seen, path = {start.key}, [start]
        for node in path:
            links = self.links(node)
            for key in [key for key in links if key in keys] or (links if node is not start else []):
                above = self[node.inputs[key].node]
                if above.key not in seen and len(path) < most:
                    seen.add(above.key)
                    path.append(above)
        return path

    def _held(self, node: Node, key: str) -> str:
        """Return the input of a node that holds what was asked for under ``key``."""
        if key in node.inputs:
            return key
        held = next((name for name in HELD if name in node.inputs), "")
        return held or next(iter(self.links(node)), key)


def from_api(found: dict[str, Any]) -> Graph:
    """Return the graph as it was run: an object of nodes with class type and inputs."""
    graph = Graph()
    for key, node in list(found.items())[:MOST_NODES]:
        if isinstance(node, dict) and isinstance(kind := node.get("class_type"), str):
            inputs = node.get("inputs")
            graph[key] = Node(key, kind, _inputs(inputs) if isinstance(inputs, dict) else {})
    return graph


def _inputs(found: dict[str, Any]) -> dict[str, Any]:
    return {key: as_link(value) or _unwrapped(value) for key, value in found.items()}


def _unwrapped(value: Any) -> Any:
    """Return a value without the object in which some nodes keep a preview beside it."""
    return value["content"] if isinstance(value, dict) and isinstance(value.get("content"), str) else value


def as_link(value: object) -> Link | None:
    """Return the link that a pair of node and output number is; None for anything else."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], int) and isinstance(value[0], str | int):
        return Link(str(value[0]), value[1])
    return None
