"""The worker: takes one item after the other and runs its graph."""

import asyncio
import logging
import uuid

from demo.standin import graphs
from demo.standin.backend import Backend
from demo.standin.errors import Json
from demo.standin.nodes import run_node
from demo.standin.queue import QueueItem
from demo.standin.workbench import ItemCanceled, NodeFailed, Workbench

log = logging.getLogger(__name__)

UNREADABLE_PAUSE = 0.05


class Processor:
    """Runs for as long as the server does."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.awake = asyncio.Event()
        self.awake.set()
        self.item: QueueItem | None = None

    @property
    def status(self) -> Json:
        """Return what the server tells about its worker."""
        return {"is_started": self.backend.queue.is_started, "is_processing": self.item is not None}

    async def work(self) -> None:
        """Run item after item, for ever."""
        while True:
            await self.awake.wait()
            self.backend.nudge.clear()
            item = self.backend.queue.next() if self.backend.queue.is_started else None
            if item is None:
                await self.backend.nudge.wait()
            elif item.readable:
                await self._run(item)
            else:
                await asyncio.sleep(UNREADABLE_PAUSE)

    async def _run(self, item: QueueItem) -> None:
        self.item = item
        self._move(item, "in_progress")
        self.backend.queue.executed.append(item.item_id)
        try:
            if await self._run_nodes(Workbench(self.backend, item, self.awake)):
                self._move(item, "completed")
        except ItemCanceled:
            log.info("item %s: canceled while running", item.item_id)
        finally:
            self.item = None

    async def _run_nodes(self, bench: Workbench) -> bool:
        item, graph = bench.item, bench.item.graph
        item.prepared = {key: str(uuid.uuid4()) for key in graph["nodes"]}
        outputs: dict[str, Json] = {}
        for node_id in graphs.execution_order(graph):
            await bench.pause(0)
            node = self._with_inputs(graph, node_id, outputs)
            output = await self._run_node(bench, node)
            if output is None:
                return False
            outputs[node_id] = output
        await bench.pause(0)
        return True

    async def _run_node(self, bench: Workbench, node: Json) -> Json | None:
        item = bench.item
        item.inputs[node["id"]] = node
        self.backend.announcer.invocation("invocation_started", item, node)
        try:
            output = await run_node(bench, node)
        except NodeFailed as failure:
            self._fail(item, node, failure.error_type, str(failure))
            return None
        except (ArithmeticError, LookupError, OSError, TypeError, ValueError) as error:
            log.exception("item %s: node %s", item.item_id, node["type"])
            self._fail(item, node, type(error).__name__, str(error))
            return None
        item.executed.append(node["id"])
        item.results[item.prepared[node["id"]]] = output
        self.backend.announcer.invocation("invocation_complete", item, node, result=output)
        return output

    def _with_inputs(self, graph: Json, node_id: str, outputs: dict[str, Json]) -> Json:
        node = dict(graph["nodes"][node_id])
        for edge in graphs.incoming(graph, node_id):
            value = outputs[edge["source"]["node_id"]].get(edge["source"]["field"])
            field = edge["destination"]["field"]
            if (node["type"], field) == ("collect", "item"):
                field, value = "collection", [*node["collection"], value]
            node[field] = value
        return node

    def _fail(self, item: QueueItem, node: Json, error_type: str, message: str) -> None:
        said = f"{error_type}: {message}"
        item.error_type, item.error_message = error_type, message
        item.error_traceback = f"Traceback (most recent call last):\n{said}\n"
        item.errors = {item.prepared[node["id"]]: said}
        self._move(item, "failed")
        told = {name: getattr(item, name) for name in ("error_type", "error_message", "error_traceback")}
        self.backend.announcer.invocation("invocation_error", item, node, **told)

    def _move(self, item: QueueItem, status: str) -> None:
        if self.backend.queue.move(item, status):
            self.backend.announcer.status_changed(item)
