"""What becomes of everything that can go wrong on the wire."""

import traceback

import pytest

from clients.errors import RemoteBusy, RemoteError, RemoteRejected, RemoteUnreachable
from clients.http import Http, Timeouts
from clients.tests.server import PAGE, FakeServer, recorded, running


def test_json_comes_back_parsed(server: FakeServer, http: Http) -> None:
    """The token goes along as a bearer token."""
    server.says("GET", "/thing", {"a": 1})

    assert http.get("/thing") == {"a": 1}
    assert server.asked[0].headers["Authorization"] == "Bearer s3cret"


def test_a_closed_port_is_told_from_other_silence(server: FakeServer) -> None:
    """Nothing listens at port 9, so the sentence is about starting the service."""
    with (
        Http("http://127.0.0.1:9", service="InvokeAI") as http,
        pytest.raises(RemoteUnreachable, match="Nothing answers"),
    ):
        http.get("/thing")


def test_an_unknown_name_is_told() -> None:
    """A mistyped host is the owner's to correct."""
    http = Http("http://no-such-host.invalid", service="InvokeAI")
    http._session.trust_env = False

    with pytest.raises(RemoteUnreachable, match="No server is known by the name"):
        http.get("/thing")


def test_a_slow_answer_is_unreachable(server: FakeServer, http: Http) -> None:
    """The read timeout applies before the first byte."""
    server.says("GET", "/thing", {}, delay=5)

    with pytest.raises(RemoteUnreachable, match="took too long"):
        http.get("/thing")


def test_an_answer_in_time_for_each_byte_but_not_as_a_whole_is_unreachable(server: FakeServer) -> None:
    """A trickle cannot hold a worker for ever."""
    server.says("GET", "/thing", {})

    with (
        Http(server.url, service="InvokeAI", timeouts=Timeouts(whole=-1)) as http,
        pytest.raises(RemoteUnreachable, match="too slowly"),
    ):
        http.get("/thing")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524])
def test_a_fault_of_the_server_is_unreachable(server: FakeServer, http: Http, status: int) -> None:
    """A proxy whose server is away answers like this too."""
    server.says("GET", "/thing", {"detail": "x"}, status=status)

    with pytest.raises(RemoteUnreachable, match=str(status)):
        http.get("/thing")


@pytest.mark.parametrize("status", [200, 404])
def test_a_web_page_is_not_the_service(server: FakeServer, http: Http, status: int) -> None:
    """InvokeAI serves its interface at unknown paths, and proxies a page of their own for a stopped server."""
    server.says("GET", "/thing", PAGE, status=status, headers={"Content-Type": "text/html"})

    with pytest.raises(RemoteUnreachable, match="answers, but not as InvokeAI: is the address right"):
        http.get("/thing")


@pytest.mark.parametrize("how", [{"promised": 100}, {}])
def test_half_an_answer_is_unreachable(server: FakeServer, http: Http, how: dict[str, int]) -> None:
    """Whether the length shows it or only the JSON does."""
    server.says("GET", "/thing", b'{"a": [1, 2', **how)

    with pytest.raises(RemoteUnreachable):
        http.get("/thing")


def test_an_answer_without_end_is_cut(server: FakeServer, http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a JSON answer is limited."""
    monkeypatch.setattr("clients.http.LARGEST_JSON", 10)
    server.says("GET", "/thing", ["far too long"])

    with pytest.raises(RemoteRejected, match="larger"):
        http.get("/thing")


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {}, 5),
        (429, {"Retry-After": "7"}, 7),
        (503, {"Retry-After": "90000"}, 3600),
        (503, {"Retry-After": "x"}, 5),
    ],
)
def test_a_busy_server_says_how_long(
    server: FakeServer, http: Http, status: int, headers: dict[str, str], seconds: float
) -> None:
    """Nobody is made to wait longer than an hour."""
    server.says("GET", "/thing", {}, status=status, headers=headers)

    with pytest.raises(RemoteBusy) as caught:
        http.get("/thing")
    assert caught.value.retry_after == seconds


def test_a_date_to_come_back_at_is_read_as_seconds(server: FakeServer, http: Http) -> None:
    """A date that has passed means at once."""
    server.says("GET", "/thing", {}, status=503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})

    with pytest.raises(RemoteBusy) as caught:
        http.get("/thing")
    assert caught.value.retry_after == 0


def test_maintenance_is_busy_but_another_conflict_is_not(server: FakeServer, http: Http) -> None:
    """InvokeAI 6.14 answers 409 while an administrator moves files."""
    server.says("GET", "/thing", {"detail": "Image storage maintenance is active"}, status=409)
    server.says("GET", "/thing", {"detail": "Exists"}, status=409)

    with pytest.raises(RemoteBusy):
        http.get("/thing")
    with pytest.raises(RemoteRejected):
        http.get("/thing")


def test_a_refusal_keeps_place_and_reason_only(server: FakeServer, http: Http) -> None:
    """InvokeAI repeats the offending input, which can be the whole graph."""
    server.says("POST", "/thing", recorded("refused"), status=422)

    with pytest.raises(RemoteRejected, match="multiple of 8") as caught:
        http.post("/thing", {"prompt": "a secret prompt"})
    assert caught.value.status == 422
    assert caught.value.problems == (
        "body.batch.graph.nodes.noise.noise.width: Input should be a multiple of 8",
        "body.batch.data: Zipped batch items must all have the same length",
    )


@pytest.mark.parametrize("status", [401, 403])
def test_a_login_that_is_not_accepted_is_a_refusal_from_anybody(server: FakeServer, http: Http, status: int) -> None:
    """A gate in front of InvokeAI says it with a page."""
    server.says("GET", "/thing", PAGE, status=status, headers={"Content-Type": "text/html"})

    with pytest.raises(RemoteRejected) as caught:
        http.get("/thing")
    assert caught.value.status == status


def test_a_redirect_is_told_and_never_followed(server: FakeServer, http: Http) -> None:
    """The token must not reach another host, nor the message what the redirect carries."""
    with running() as other:
        server.says("GET", "/thing", {}, status=307, headers={"Location": f"{other.url}/login?key=private"})
        with pytest.raises(RemoteUnreachable, match=f"redirects to {other.url}") as caught:
            http.get("/thing")

        assert other.asked == []
        assert "private" not in str(caught.value)


def test_absence_must_be_told_by_the_service_itself(server: FakeServer, http: Http) -> None:
    """A proxy's 404 page is no statement about the thing."""
    server.says("GET", "/thing", {"detail": "Not Found"}, status=404)
    server.says("GET", "/thing", PAGE, status=404, headers={"Content-Type": "text/html"})

    assert http.get("/thing", absent={404}) is None
    with pytest.raises(RemoteUnreachable):
        http.get("/thing", absent={404})


def test_a_fresh_token_is_used_from_then_on(server: FakeServer, http: Http) -> None:
    """InvokeAI 6.13+ renews the login with each change."""
    server.says("POST", "/thing", {}, headers={"X-Refreshed-Token": "fresh"})
    server.says("GET", "/thing", {})

    http.post("/thing", {})
    http.get("/thing")

    assert server.asked[1].headers["Authorization"] == "Bearer fresh"


def test_no_secret_is_in_a_traceback(server: FakeServer, http: Http) -> None:
    """What is logged of an error names neither the token nor what was sent."""
    server.says("POST", "/thing", {}, delay=5)
    body = {"prompt": " ".join(["a", "fox"])}

    with pytest.raises(RemoteError) as caught:
        http.post("/thing", body)
    logged = "".join(traceback.format_exception(caught.value))
    assert "s3cret" not in logged
    assert "a fox" not in logged


@pytest.mark.parametrize(
    "address",
    ["", "localhost:9090", "ftp://host", "http://", "http://me:pass@host", "http://host:99999", "http://host/?a=b"],
)
def test_an_address_that_cannot_be_called_is_refused(address: str) -> None:
    """It is told when the client is made, before anything is sent."""
    with pytest.raises(RemoteRejected, match="address"):
        Http(address, service="InvokeAI")


def test_a_sub_path_is_kept(server: FakeServer) -> None:
    """InvokeAI 6.14 can sit below a path of a shared host."""
    server.says("GET", "/invoke/thing", 1)

    assert Http(f"{server.url}/invoke/", service="InvokeAI").get("/thing") == 1


@pytest.mark.parametrize("host", ["a b", "a..b", "*", "x" * 80])
def test_a_name_no_server_can_have_is_told(host: str) -> None:
    """Trying again would not help."""
    with Http(f"http://{host}", service="InvokeAI") as http, pytest.raises(RemoteUnreachable, match="No server"):
        http.get("/")
