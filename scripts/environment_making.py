"""The virtual environment: made when it is missing, repaired when it was moved, filled when requirements change.

Needs nothing but the standard library. When there is nothing to do it takes a tenth of a second and no network.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
HOME = ENVIRONMENT / "made-in"
REQUIREMENTS = {"run": ["requirements.txt"], "develop": ["requirements.txt", "requirements-dev.txt"]}


class SetUpError(Exception):
    """What stopped the set-up, as a sentence for the owner."""


def main(arguments: list[str]) -> int:
    """Set up for ``run`` (the default) or ``develop``; return the exit code."""
    purpose = arguments[0] if arguments else "run"
    try:
        set_up(purpose)
    except (SetUpError, OSError) as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    return 0


def set_up(purpose: str) -> None:
    """Bring the environment to what ``purpose`` needs. Two at once wait for each other.

    Raises:
        SetUpError: when the environment cannot be made or filled.
        OSError: when the project's folder cannot be written to.
    """
    if is_ready(purpose):
        return
    ENVIRONMENT.mkdir(exist_ok=True)
    with (ENVIRONMENT / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_ready(purpose):
            _make_or_repair()
            _fill(purpose)


def is_ready(purpose: str) -> bool:
    """Return True when what is installed is what ``purpose`` needs, at this place, and its Python still starts."""
    return _is_filled(purpose) and _read(HOME) == str(ROOT)


def _make_or_repair() -> None:
    if not _works("import pip"):
        _say("Making a Python environment in .venv")
        _make()
    elif _read(HOME) not in {"", str(ROOT)}:
        _say("Repairing the Python environment, which was made in another folder")
        _correct_scripts(_read(HOME))
    HOME.write_text(str(ROOT))


def _make() -> None:
    for mark in ENVIRONMENT.glob("installed-*"):
        mark.unlink()
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True, clear=_has_remains())
    except subprocess.CalledProcessError as error:
        raise SetUpError(
            "this Python cannot make environments with pip. On Debian and Ubuntu: apt install python3-venv"
        ) from error


def _has_remains() -> bool:
    """Return True when an earlier environment is in the way: one whose Python is gone or that was half made."""
    return any(path.name != "set-up.lock" for path in ENVIRONMENT.iterdir())


def _correct_scripts(old_root: str) -> None:
    """Rename the folder in the environment's scripts. Its packages do not know where they are."""
    for script in (ENVIRONMENT / "bin").iterdir():
        content = b"" if script.is_symlink() else script.read_bytes()
        if old_root and old_root.encode() in content[:4096]:
            script.write_bytes(content.replace(f"{old_root}/.venv".encode(), bytes(ENVIRONMENT)))


def _is_filled(purpose: str) -> bool:
    marks = [_mark(name) for name in REQUIREMENTS[purpose]]
    return all(_read(mark) == digest for mark, digest in marks) and _works("import django")


def _fill(purpose: str) -> None:
    if _is_filled(purpose):
        return
    _say(f"Installing the packages of {REQUIREMENTS[purpose][-1]}")
    _install(ROOT / REQUIREMENTS[purpose][-1])
    for mark, digest in [_mark(name) for name in REQUIREMENTS[purpose]]:
        mark.write_text(digest)


def _install(requirements: Path) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    environment = {name: value for name, value in os.environ.items() if name not in {"PIP_USER", "PIP_TARGET"}}
    if subprocess.run([*command, "--requirement", str(requirements)], env=environment).returncode:
        raise SetUpError("the packages could not be installed; pip says why above. It is safe to try again.")


def _mark(requirements: str) -> tuple[Path, str]:
    """Return the file that remembers what was installed from ``requirements``, and what it should hold now."""
    content = (ROOT / requirements).read_bytes()
    return ENVIRONMENT / f"installed-{requirements}", hashlib.sha256(content).hexdigest()


def _works(statement: str) -> bool:
    try:
        return subprocess.run([PYTHON, "-c", statement], capture_output=True).returncode == 0
    except OSError:
        return False


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _say(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)
