"""Faults that a test can turn on."""

import sys
from dataclasses import dataclass

ALWAYS = sys.maxsize


@dataclass
class Misbehaviour:
    """What the server does wrong.

    A number says how many more times (``ALWAYS`` for no end); each use counts it down.
    The faults of the first group touch only addresses that contain ``path``; those of pictures touch ``/full`` only.
    """

    path: str = ""
    delay: float = 0.0  # seconds before every answer
    refuse: int = 0  # the connection is cut before anything is done
    unavailable: int = 0  # 503, nothing is done
    html: int = 0  # 200 with a page of HTML, nothing is done
    truncated_json: int = 0  # done, but half of the JSON is answered
    lost_answers: int = 0  # done, but the connection is cut before the answer

    truncated_image: int = 0  # the connection is cut in the middle of the file
    half_png: int = 0  # a complete answer with half of the file
    corrupt_png: int = 0  # a complete answer with the pixels damaged
    missing_image: int = 0  # 404

    lost_enqueue_answers: int = 0  # accepted, but the connection is cut before the answer
    queue_room: int = 10_000  # pending items that fit into the queue
    forget_batches: bool = False  # statuses are all zero and items 404, as after a prune

    fail_items: int = 0  # items that fail while denoising
    error_type: str = "OutOfMemoryError"
    error_message: str = "CUDA out of memory. Tried to allocate 2.00 GiB"

    refuse_socket: bool = False  # socket connections are refused
    silent_socket: bool = False  # connected, but no event is ever sent
    duplicate_events: bool = False  # every event comes twice

    def happens(self, fault: str) -> bool:
        """Count one use of ``fault`` down; False when it is off."""
        left: int = getattr(self, fault)
        if left <= 0:
            return False
        if left != ALWAYS:
            setattr(self, fault, left - 1)
        return True

    def touches(self, address: str) -> bool:
        """Tell whether the HTTP faults concern this address."""
        return self.path in address
