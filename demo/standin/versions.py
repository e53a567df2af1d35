"""What depends on the InvokeAI version that the server claims to be."""

import re
from dataclasses import dataclass

CURRENT = "6.14.2"


@dataclass(frozen=True, order=True)
class Version:
    """The numbers of a version, for comparing."""

    major: int
    minor: int
    patch: int = 0

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Read the leading ``X.Y.Z``; what follows (``-alpha``, ``rc5``) is ignored."""
        found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
        if found is None:
            raise ValueError(f"not a version: {text}")
        return cls(int(found[1]), int(found[2]), int(found[3] or 0))


FIRST = Version(0, 0)
LAST = Version(999, 0)

ITEM_KEYS = {
    "retried_from_item_id": Version(5, 7),
    "user_id": Version(6, 12),
    "user_display_name": Version(6, 12),
    "user_email": Version(6, 12),
    "status_sequence": Version(6, 13),
    "device": Version(6, 14),
    "parent_item_id": Version(6, 14),
    "parent_session_id": Version(6, 14),
    "root_item_id": Version(6, 14),
    "workflow_call_id": Version(6, 14),
    "workflow_call_depth": Version(6, 14),
}
ITEM_IDS_ANSWERED = Version(6, 0)
HISTORY_KEPT = Version(6, 0)
SESSION_IN_LIST = Version(6, 0)
MISSING_ITEM_IS_404 = Version(6, 0)
HTML_FOR_UNKNOWN = Version(6, 12)
CANCEL_EVENT = Version(6, 14)
WAITING = Version(6, 14)
SUBFOLDER = Version(6, 13)
TWICE_FROM, TWICE_UNTIL = Version(6, 12), Version(6, 14)
