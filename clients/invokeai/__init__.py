"""InvokeAI 5.0 to 6.14 as a few calls, frozen records and a stream of events."""

from clients.invokeai.accounts import AccountsStatus, Login
from clients.invokeai.boards import Board
from clients.invokeai.client import InvokeAI
from clients.invokeai.events import EventStream
from clients.invokeai.images import Download, ImagePage, ImageRecord
from clients.invokeai.messages import Event, ItemChanged, ItemsCanceled, ModelLoading, PictureMade, Progress
from clients.invokeai.models import ModelRecord
from clients.invokeai.records import Batch, BatchStatus, Enqueued, FieldValue, QueueItem, QueueStatus
from clients.invokeai.version import OLDEST_SUPPORTED, Version

__all__ = [
    "OLDEST_SUPPORTED",
    "AccountsStatus",
    "Batch",
    "BatchStatus",
    "Board",
    "Download",
    "Enqueued",
    "Event",
    "EventStream",
    "FieldValue",
    "ImagePage",
    "ImageRecord",
    "InvokeAI",
    "ItemChanged",
    "ItemsCanceled",
    "Login",
    "ModelLoading",
    "ModelRecord",
    "PictureMade",
    "Progress",
    "QueueItem",
    "QueueStatus",
    "Version",
]
