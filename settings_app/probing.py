"""The connection test: call a server once and say exactly what came of it."""

import time
from dataclasses import dataclass

from clients.errors import RemoteError
from clients.http import Timeouts
from clients.invokeai import InvokeAI
from settings_app import connections

PATIENCE = Timeouts(connect=3, read=8, whole=12)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to tell: ``text`` is one or two whole sentences."""

    is_good: bool
    text: str


def probe(address: str) -> Verdict:
    """Find out whether InvokeAI can be used at ``address``; never raises, and takes seconds at most."""
    try:
        with connections.invokeai_for(address, timeouts=PATIENCE) as client:
            return _meet(client)
    except RemoteError as error:
        return Verdict(is_good=False, text=str(error))


def _meet(client: InvokeAI) -> Verdict:
    begun = time.perf_counter()
    client.version()
    took = round((time.perf_counter() - begun) * 1000)
    version, models = client.check(), len(client.models.all())
    counted = f"{models} model{'' if models == 1 else 's'}" if models else "no models yet: install one in InvokeAI"
    return Verdict(is_good=True, text=f"InvokeAI {version} answered in {took} ms, {counted}.")
