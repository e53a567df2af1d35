"""What a pod runs: InvokeAI, which nobody can reach before it has the gallery's account.

In multi-user mode whoever comes first becomes administrator. So on a new volume the server is first run where only
the pod itself can reach it, the account is made, and then it is run for good. It watches over itself, too: after the
longest session and an hour's grace it ends the pod, for the case that the gallery can no longer do so.
"""

from datetime import timedelta

from settings_app.pods.models import Pod
from settings_app.pods.reaching import PORT

MOUNT = "/workspace"
ROOT = f"{MOUNT}/invokeai"
GRACE = timedelta(hours=1)

SCRIPT = r"""
import json, os, signal, subprocess, sys, threading, time, urllib.request

ROOT = os.environ["INVOKEAI_ROOT"]
MARK = os.path.join(ROOT, ".gallery-account")
DATABASE = os.path.join(ROOT, "databases", "invokeai.db")
PORT_INSIDE = os.environ.get("GALLERY_PORT_INSIDE", "19090")
INSIDE = "http://127.0.0.1:" + PORT_INSIDE + "/api/v1/auth/"
PASSWORD = os.environ.pop("GALLERY_PASSWORD")
SERVER = ["invokeai-web"]


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(INSIDE + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def make_account():
    inside = {**os.environ, "INVOKEAI_HOST": "127.0.0.1", "INVOKEAI_PORT": PORT_INSIDE}
    server = subprocess.Popen(SERVER, env=inside)
    try:
        deadline = time.time() + 1500
        while True:
            if server.poll() is not None or time.time() > deadline:
                sys.exit("gallery: InvokeAI did not start for its first boot")
            try:
                status = call("status")
                break
            except Exception:
                time.sleep(2)
        if not status.get("multiuser_enabled"):
            sys.exit("gallery: InvokeAI is not in multi-user mode")
        if status.get("setup_required"):
            email = os.environ["GALLERY_EMAIL"]
            call("setup", {"email": email, "display_name": "Photo gallery", "password": PASSWORD})
    finally:
        server.terminate()
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    with open(MARK, "w") as mark:
        mark.write("made\n")


def end_pod_after(seconds):
    time.sleep(seconds)
    pod, key = os.environ.get("RUNPOD_POD_ID"), os.environ.get("RUNPOD_API_KEY")
    action = json.dumps({"action": os.environ["GALLERY_AT_LAST"]}).encode()
    url = os.environ["GALLERY_API"] + "/v2/pods/" + str(pod) + "/action"
    headers = {"Authorization": "Bearer " + str(key), "Content-Type": "application/json", "User-Agent": "photo-gallery"}
    while True:
        try:
            urllib.request.urlopen(urllib.request.Request(url, action, headers), timeout=30)
        except Exception as error:
            print("gallery: could not end this pod:", type(error).__name__, flush=True)
        time.sleep(300)


os.makedirs(ROOT, exist_ok=True)
if not (os.path.exists(MARK) and os.path.exists(DATABASE)):
    make_account()
threading.Thread(target=end_pod_after, args=(float(os.environ["GALLERY_LONGEST_SECONDS"]),), daemon=True).start()
outside = {name: value for name, value in os.environ.items() if name != "RUNPOD_API_KEY"}
server = subprocess.Popen(SERVER, env=outside)
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda *_: server.terminate())
sys.exit(server.wait())
"""


def command() -> tuple[str, ...]:
    """Return what runs in the container instead of the image's own command."""
    return ("python3", "-c", SCRIPT)


def environment(pod: Pod, *, longest: timedelta, api_base: str) -> dict[str, str]:
    """Return the container's environment. RunPod shows it to whoever has the API key; ours is never in it."""
    return {
        "INVOKEAI_ROOT": ROOT,
        "INVOKEAI_HOST": "0.0.0.0",  # noqa: S104 - inside the container, behind RunPod's proxy
        "INVOKEAI_PORT": str(PORT),
        "INVOKEAI_MULTIUSER": "true",
        "GALLERY_EMAIL": pod.account.email,
        "GALLERY_PASSWORD": pod.account.password,
        "GALLERY_LONGEST_SECONDS": str(int((longest + GRACE).total_seconds())),
        "GALLERY_AT_LAST": "terminate" if pod.is_disposable else "stop",
        "GALLERY_API": api_base,
    }
