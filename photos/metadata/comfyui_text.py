"""Finding the prompts of a graph: from the sampler up through guiders, control nets and combinations to texts."""

import re
from dataclasses import dataclass, field

from photos.metadata.comfyui_graph import Graph, Link, Node

MOST_NODES = 300
LONG, MOST_TEXTS = 20, 50
# How often texts are asked for on one walk: links may fan out and meet again without end.
MOST_LOOKS = 2_000
# Best first: what a wildcard became counts more than the wildcard.
TEXTS = (
    "populated_text", "text", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "prompt", "string", "value",
    "wildcard_text",
)  # fmt: skip
JOINED = re.compile(r"(?:text|string|prompt)[_ ]?(?:\d{1,2}|[a-h])")
CONDITIONS = re.compile(r"conditioning|cond\d?$|guider|pipe|ctx|context|embeds", re.IGNORECASE)
NO_WORDS = {
    "clip", "vae", "model", "image", "control_net", "controlnet", "samples", "latent", "latent_image", "pixels",
    "mask", "clip_vision", "clip_vision_output", "style_model", "noise", "sampler", "sigmas",
}  # fmt: skip
# They pass a condition on with its words wiped out.
WIPED = {"ConditioningZeroOut"}
NO_PROMPTS = re.compile(r"note|markdown|comment", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prompts:
    """Both prompts of a sampler, empty when they were not found."""

    positive: str
    negative: str


@dataclass(slots=True)
class _Walk:
    """One walk for one side: what was seen, the texts found on the way, and how many more looks it may take."""

    graph: Graph
    side: str
    looks: int = MOST_LOOKS
    seen: set[str] = field(default_factory=set)
    texts: dict[str, None] = field(default_factory=dict)


def prompts(graph: Graph, sampler: Node) -> Prompts:
    """Return the texts that reach the positive and the negative input of a sampler."""
    return Prompts(*(_side(graph, sampler, side) for side in ("positive", "negative")))


def every_long_text(graph: Graph) -> list[str]:
    """Return the texts that may be prompts, when the graph's ways are not understood."""
    found: dict[str, None] = {}
    for node in graph.values():
        if not NO_PROMPTS.search(node.kind):
            texts = [value for value in node.inputs.values() if isinstance(value, str)]
            found |= dict.fromkeys(text.strip() for text in texts if len(text) >= LONG and " " in text.strip())
    return list(found)[:MOST_TEXTS]


def _side(graph: Graph, sampler: Node, side: str) -> str:
    walk = _Walk(graph, side)
    if graph.linked(sampler, side):
        _climb(walk, [sampler.inputs[side]])
    elif guides := [sampler.inputs[key] for key in graph.links(sampler) if CONDITIONS.search(key)]:
        _climb(walk, guides)
    elif words := sampler.text(side):
        return words
    return "\n".join(walk.texts)


def _climb(walk: _Walk, links: list[Link]) -> None:
    """Follow links upwards, each node once; a node with texts of its own ends its branch."""
    while links and len(walk.seen) < MOST_NODES:
        node = walk.graph.get(links.pop(0).node)
        if node is None or node.key in walk.seen or node.kind in WIPED:
            continue
        walk.seen.add(node.key)
        if words := _words(walk, node):
            walk.texts |= dict.fromkeys(words)
        else:
            links.extend(_onward(walk, node))


def _onward(walk: _Walk, node: Node) -> list[Link]:
    """Return the links that lead on to this side's texts."""
    inputs, links = node.inputs, walk.graph.links(node)
    if walk.side in links:
        return [inputs[walk.side]]
    conditions = [key for key in links if CONDITIONS.search(key)]
    if "negative" in links or node.kind in ("BasicGuider",):
        conditions = conditions if walk.side == "positive" else []
        return [inputs[key] for key in conditions]
    return [inputs[key] for key in conditions or links if key not in NO_WORDS and key not in ("positive", "negative")]


def _words(walk: _Walk, node: Node) -> list[str]:
    """Return the texts a node holds or is given: of the walk's side, else of its own, else joined ones."""
    for key in (walk.side, f"{walk.side}_prompt"):
        if isinstance(node.inputs.get(key), str):
            return [words] if (words := node.inputs[key].strip()) else []
    found = list(dict.fromkeys(words for key in TEXTS if (words := _given(walk, node, key, set()))))
    if found:
        return found[:1] if "populated_text" in node.inputs else found
    return [words] if (words := _joined(walk, node, _parts(node), {node.key})) else []


def _given(walk: _Walk, node: Node, key: str, seen: set[str]) -> str:
    """Return the text of one input; a link is followed to the texts of the node it names, each node once."""
    value = node.inputs.get(key)
    if isinstance(value, str):
        return value.strip()
    above = walk.graph.linked(node, key)
    if above is None or above.key in seen or not walk.looks:
        return ""
    walk.looks -= 1
    seen.add(above.key)
    keys = _parts(above) or [key for key in above.inputs if key in TEXTS] or walk.graph.links(above)[:1]
    return above.text(*TEXTS).strip() or _joined(walk, above, keys, seen)


def _parts(node: Node) -> list[str]:
    """Return the inputs of a node that joins several texts."""
    return [key for key in node.inputs if JOINED.fullmatch(key)]


def _joined(walk: _Walk, node: Node, keys: list[str], seen: set[str]) -> str:
    parts = [words for key in keys[:12] if (words := _given(walk, node, key, seen))]
    return (node.text("delimiter", "separator") or " ").join(parts)
