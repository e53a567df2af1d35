"""What RunPod was seen, or is said, to do. A test turns on what it is about."""

import sys
from dataclasses import dataclass, field

ALWAYS = sys.maxsize


@dataclass
class Quirks:
    """Everything is off at first. A number says how many more times; each use counts it down."""

    # Before anything is done
    wrong_key: bool = False  # 401 to everybody
    cloudflare: int = 0  # 403 with a page
    too_many: int = 0  # 429 with Retry-After
    faults: int = 0  # 500
    retired: bool = False  # 410
    only: str = ""  # "METHOD path": what stands above, and what gets lost below, concern only what begins so

    # Answers
    lost_answers: int = 0  # done, but the connection is cut before the answer
    late_faults: int = 0  # done, but 502 is answered
    malformed: int = 0  # done, but half of the JSON is answered
    no_pagination: bool = False
    broken_pagination: bool = False  # pages, without a word whether there are more
    page_size: int = 0

    # Renting
    no_capacity: int = 0  # 400, told only by the text
    taken_cards: list[str] = field(default_factory=list)  # the same for these alone
    barred_cards: list[str] = field(default_factory=list)  # 403 for these alone
    no_funds: bool = False  # 402
    no_pool: bool = False  # 403
    doubled: int = 0  # a request that arrives twice
    running_at_once: bool = False  # RUNNING from the beginning, long before it is so
    never_runs: bool = False  # stuck in STARTING
    runtime_never_told: bool = False
    fails: bool = False  # ERROR instead of RUNNING
    exits: bool = False  # EXITED instead of RUNNING
    availability: str = "HIGH"  # what the catalogue promises, and need not keep
    missing_cards: list[str] = field(default_factory=list)  # the catalogue does not have these
    price_now: str = ""  # another price than the catalogue's, from now on

    # Starting and stopping
    start_refused: int = 0  # the card was rented to somebody else
    start_refused_as: str = "detail"  # or "error"
    start_without_card: bool = False
    stop_ignored: int = 0  # accepted, but it goes on
    stop_slowly: float = 0.0  # seconds until it is EXITED

    # What is told of a pod
    stopped_cost: str = "0.0"  # "0.72" was seen
    billed_times: str = "1"  # the bill says another amount than was due
    cost_missing: bool = False
    cost_zero: bool = False
    status_word: str = ""  # a word that did not exist before
    locked: bool = False
    terminated_lingers: bool = False  # answers with TERMINATED instead of 404

    # InvokeAI behind the proxy
    proxy_down: bool = False  # 502 whatever runs
    slow_paths: list[str] = field(default_factory=list)  # 524
    watch_down: bool = False  # the port of the watch does not answer
    pod_key_fails: bool = False  # a pod cannot end itself
    stranger_is_admin: bool = False
    nobody_is_admin: bool = False  # the first boot did not make our account
    open_door: bool = False  # multi-user mode is off
    queue_never_empties: bool = False

    def happens(self, quirk: str) -> bool:
        """Count one use of ``quirk`` down; False when it is off."""
        left: int = getattr(self, quirk)
        if left <= 0:
            return False
        if left != ALWAYS:
            setattr(self, quirk, left - 1)
        return True

    def concerns(self, call: str) -> bool:
        """Tell whether the quirks of the first group are about this call."""
        return call.startswith(self.only)
