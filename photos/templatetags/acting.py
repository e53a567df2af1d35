"""What a template says of something that was done to many photos."""

from django import template
from django.template.defaultfilters import filesizeformat

from photos.acts import act_for
from photos.choices import BulkState
from photos.models import BulkAction
from photos.views.answers import summary

register = template.Library()


@register.filter
def act_icon(action: BulkAction) -> str:
    """Return the icon beside it."""
    return "alert" if action.state == BulkState.FAILED else act_for(action.verb).icon


@register.filter
def act_doing(action: BulkAction) -> str:
    """Return what is going on."""
    return "Undoing" if action.state == BulkState.UNDOING else act_for(action.verb).doing


@register.filter
def act_summary(action: BulkAction) -> str:
    """Return what became of it."""
    return action.reason or summary(action)


@register.filter
def act_progress(action: BulkAction) -> str:
    """Return how far it is."""
    return f"{action.done:,} of {action.total:,}"


@register.filter
def act_can_be_undone(action: BulkAction) -> bool:
    """Tell whether there is something to take back."""
    is_over = action.state in {BulkState.DONE, BulkState.CANCELLED, BulkState.FAILED}
    return is_over and bool(action.changed) and act_for(action.verb).can_be_undone


@register.filter
def archive_size(action: BulkAction) -> str:
    """Return how large the archive is that can be fetched; empty when there is none."""
    is_ready = action.state == BulkState.DONE and action.size
    return filesizeformat(action.size) if is_ready else ""
