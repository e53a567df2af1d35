"""The gallery's own account in a rented InvokeAI: made before the port is open, used with a token that is kept."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from clients.errors import RemoteRejected
from clients.invokeai import InvokeAI
from lib import clock
from settings_app.pods.choices import Trouble
from settings_app.pods.models import RemoteAccount, RentalTerms

log = logging.getLogger(__name__)

NAME = "Photo gallery"


@dataclass(frozen=True, slots=True)
class Barred:
    """The server cannot be used safely."""

    trouble: Trouble


def account_for(terms: RentalTerms) -> RemoteAccount:
    """Return the account on the volume in use, or a new one for a pod with a disk of its own."""
    if terms.network_volume_id:
        return RemoteAccount.objects.get_or_create(volume_id=terms.network_volume_id)[0]
    return RemoteAccount.objects.create()


def enter(account: RemoteAccount, door: InvokeAI) -> Barred | None:
    """Log in; returns what bars the way, or None.

    The first boot makes the account before anybody can reach the server. Should it have failed to, we come first as
    quickly as we can: whoever does is administrator.

    Raises:
        RemoteError: the server does not answer properly.
    """
    status = door.accounts.status()
    if not status.is_multiuser:
        return Barred(Trouble.OPEN_DOOR)
    if status.needs_set_up:
        log.warning("a rented InvokeAI had no account yet: making ours through its open port")
        door.accounts.set_up(account.email, account.password, name=NAME)
    try:
        renew(account, door)
    except RemoteRejected as refusal:
        if refusal.status in (401, 403):
            return Barred(Trouble.FOREIGN_ACCOUNT)
        raise
    return None


def renew(account: RemoteAccount, door: InvokeAI) -> str:
    """Get and keep a new token."""
    login = door.accounts.log_in(account.email, account.password)
    now = clock.now()
    account.token, account.token_expires_at = login.token, now + timedelta(seconds=login.expires_in)
    account.proven_at = account.proven_at or now
    account.save(update_fields=["token", "token_expires_at", "proven_at"])
    return login.token
