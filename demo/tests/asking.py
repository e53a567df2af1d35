"""A small client and small graphs for the tests."""

from dataclasses import dataclass
from typing import Any

import requests

from demo.standin.errors import Json
from demo.standin.running import StandIn

QUEUE = "/api/v1/queue/default"


@dataclass
class Client:
    """Talks to a stand-in."""

    server: StandIn

    def get(self, path: str, **query: Any) -> requests.Response:
        return requests.get(self.server.url + path, params=query, timeout=5)

    def post(self, path: str, body: Any) -> requests.Response:
        return requests.post(self.server.url + path, json=body, timeout=5)

    def put(self, path: str, body: Any = None) -> requests.Response:
        return requests.put(self.server.url + path, json=body, timeout=5)

    def json(self, path: str, **query: Any) -> Any:
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def enqueue(self, graph: Json | None = None, **batch: Any) -> requests.Response:
        return self.post(f"{QUEUE}/enqueue_batch", {"batch": {"graph": graph or blank(), "runs": 1, **batch}})

    def run(self, graph: Json | None = None, **batch: Any) -> list[Json]:
        """Enqueue, wait for the end, and return the items in the order of their ids."""
        ids = sorted(self.enqueue(graph, **batch).json()["item_ids"])
        self.server.wait_until_idle()
        return [self.json(f"{QUEUE}/i/{number}") for number in ids]

    def status(self, batch_id: str) -> Json:
        found: Json = self.json(f"{QUEUE}/b/{batch_id}/status")
        return found


def image_name(item: Json, node: str = "out") -> str:
    """Return the name of the picture that a node of the item made."""
    prepared = item["session"]["source_prepared_mapping"][node][0]
    return str(item["session"]["results"][prepared]["image"]["image_name"])


def values(node: str, *items: object, field: str = "value") -> Json:
    return {"node_path": node, "field_name": field, "items": list(items)}


def blank() -> Json:
    """A graph that needs no model."""
    node = {"id": "out", "type": "blank_image", "width": 16, "height": 16, "use_cache": False}
    number = {"id": "seed", "type": "integer", "value": 0, "is_intermediate": True}
    return {"id": "g", "nodes": {"out": node, "seed": number}, "edges": []}


def edge(source: str, target: str) -> Json:
    (start, output), (finish, field) = source.split("."), target.split(".")
    return {"source": {"node_id": start, "field": output}, "destination": {"node_id": finish, "field": field}}


def text_to_image(model: Json, *, width: int = 64, height: int = 48, **denoise: Any) -> Json:
    """A graph as the gallery sends it."""
    xl = model["base"] == "sdxl"
    encoder = {"type": "sdxl_compel_prompt" if xl else "compel", "is_intermediate": True}
    kinds: dict[str, Json] = {
        "model": {"type": "sdxl_model_loader" if xl else "main_model_loader", "model": model},
        "prompt": {"type": "string", "value": "hills at dawn"},
        "nprompt": {"type": "string", "value": "blurry"},
        "seed": {"type": "integer", "value": 7},
        "pos": encoder,
        "neg": encoder,
        "noise": {"type": "noise", "width": width, "height": height},
        "denoise": {"type": "denoise_latents", "steps": 4, "cfg_scale": 6.5, "scheduler": "euler", **denoise},
        "meta": {"type": "core_metadata", "steps": 4, "own_key": {"job": "abc"}},
        "out": {"type": "l2i", "is_intermediate": False, "use_cache": False},
    }
    wires = (
        "model.unet denoise.unet, model.vae out.vae, model.clip pos.clip, model.clip neg.clip, prompt.value pos.prompt,"
        "nprompt.value neg.prompt, pos.conditioning denoise.positive_conditioning, noise.noise denoise.noise,"
        "neg.conditioning denoise.negative_conditioning, seed.value noise.seed, denoise.latents out.latents,"
        "seed.value meta.seed, prompt.value meta.positive_prompt, meta.metadata out.metadata"
    )
    if xl:
        wires += ",model.clip2 pos.clip2, model.clip2 neg.clip2"
    nodes = {key: {"is_intermediate": True, **node, "id": key} for key, node in kinds.items()}
    return {"id": "g", "nodes": nodes, "edges": [edge(*wire.split()) for wire in wires.split(",")]}


def image_to_image(model: Json, name: str, strength: float, **size: int) -> Json:
    graph = text_to_image(model, denoising_start=1 - strength, **size)
    graph["nodes"]["encode"] = {"id": "encode", "type": "i2l", "image": {"image_name": name}, "is_intermediate": True}
    graph["edges"] += [edge("model.vae", "encode.vae"), edge("encode.latents", "denoise.latents")]
    return graph
