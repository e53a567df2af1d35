"""The four errors a client raises: what is safe to show, and whether trying again makes sense."""


class RemoteError(Exception):
    """A call to another server did not do what was asked.

    The message is a plain sentence for the owner. It never holds a token, a prompt or a graph.
    """


class RemoteUnreachable(RemoteError):
    """The server did not answer, or not in a way that tells what happened: try later.

    After a call that changes something it is unknown whether the change was made.
    """


class RemoteBusy(RemoteError):
    """The server is well, but wants to be left alone for a while.

    Attributes:
        retry_after: seconds to wait before the next try.
    """

    def __init__(self, message: str, *, retry_after: float = 5.0) -> None:
        """Say how long to wait, in seconds."""
        super().__init__(message)
        self.retry_after = retry_after


class RemoteRejected(RemoteError):
    """The server understood and refused: the same request will never succeed.

    Attributes:
        status: the HTTP status, or None when the refusal was found without one.
        problems: what was wrong, one entry per fault, as "place: reason". The offending values are left out.
    """

    def __init__(self, message: str, *, status: int | None = None, problems: tuple[str, ...] = ()) -> None:
        """Keep the status and the faults beside the sentence."""
        super().__init__(message)
        self.status = status
        self.problems = problems
