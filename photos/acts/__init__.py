"""What can be done to many photos at once, a module for each verb, and how each is taken back."""

from photos import extensions
from photos.acts.act import Act, CannotGoOn
from photos.acts.downloading import Download
from photos.acts.editing import Edit
from photos.acts.favouring import Favour, Unfavour
from photos.acts.purging import Purge
from photos.acts.rating import Rate
from photos.acts.rereading import Reread
from photos.acts.shifting import Shift
from photos.acts.tagging import Tag, Untag
from photos.acts.trashing import Restore, Trash

ALL: tuple[Act, ...] = (
    Favour(), Unfavour(), Rate(), Tag(), Untag(), Edit(), Shift(), Trash(), Restore(), Purge(), Reread(), Download(),
)  # fmt: skip
_BY_VERB = {act.verb: act for act in ALL}


def act_for(verb: str) -> Act:
    """Return what a verb stands for, here or in an app above.

    Raises:
        KeyError: when nobody knows it.
    """
    return _BY_VERB.get(verb) or extensions.acts()[verb]


__all__ = ["Act", "CannotGoOn", "act_for"]
