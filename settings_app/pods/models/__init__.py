"""The tables of rented pods. None of them is in the schema, which has no place for a pod's life or for rates."""

from settings_app.pods.models.accounts import RemoteAccount, new_password
from settings_app.pods.models.money import PodSession, RateSegment
from settings_app.pods.models.pod import Pod
from settings_app.pods.models.strays import StrayPod
from settings_app.pods.models.terms import RentalTerms, new_install

__all__ = [
    "Pod",
    "PodSession",
    "RateSegment",
    "RemoteAccount",
    "RentalTerms",
    "StrayPod",
    "new_install",
    "new_password",
]
