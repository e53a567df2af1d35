"""Runs every test on SQLite and again on PostgreSQL: ``python scripts/run_tests.py [words for pytest]``.

PostgreSQL is the server that ``TEST_DATABASE_URL`` names, else one found on this machine whose usual users may make
databases without a password. Without any the tests run on SQLite alone, which is said loudly, or is a failure when
``GALLERY_REQUIRE_POSTGRES`` is 1.
"""

import getpass
import hashlib
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from itertools import product
from pathlib import Path
from urllib.parse import quote

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
HOSTS = ["127.0.0.1", "/var/run/postgresql", "/tmp"]  # noqa: S108 - where PostgreSQL's socket may be
NOTHING_COLLECTED = 5


def main(words: list[str]) -> int:
    """Run the tests; return 0 only when all that should run ran and passed."""
    server = postgres_url()
    databases = {"SQLite": "", "PostgreSQL": server} if server else {"SQLite": ""}
    outcomes = {name: run(name, url, words) for name, url in databases.items()}
    tally = sum((counts for _, counts in outcomes.values()), Counter())
    is_good = all(is_good for is_good, _ in outcomes.values()) and tally["passed"] > 0
    if not server:
        is_good = admit_no_postgres() and is_good
    print(summary(tally), flush=True)
    return 0 if is_good else 1


def run(name: str, url: str, words: list[str]) -> tuple[bool, Counter[str]]:
    """Run pytest once; return whether it went well and how many tests ended how.

    Args:
        name: of the database, for the headline.
        url: of the server to test on; empty for SQLite.
        words: further arguments for pytest.
    """
    print(f"\n=== Tests on {name} ===", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", f"--junitxml={report}", *words]
        environment = {key: value for key, value in os.environ.items() if key != "TEST_DATABASE_URL"}
        code = subprocess.run(command, cwd=ROOT, env=environment | {"TEST_DATABASE_URL": url}).returncode
        return code in {0, NOTHING_COLLECTED}, count(report)


def count(report: Path) -> Counter[str]:
    """Return how many tests passed, failed and were skipped."""
    if not report.exists():
        return Counter()
    counts: Counter[str] = Counter()
    for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314 - pytest wrote it a moment ago
        failed, skipped = int(suite.get("failures", 0)) + int(suite.get("errors", 0)), int(suite.get("skipped", 0))
        counts.update(failed=failed, skipped=skipped, passed=int(suite.get("tests", 0)) - failed - skipped)
    return counts


def summary(counts: Counter[str]) -> str:
    """Return the last line."""
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    return f"\n{counts['passed']} passed, {counts['failed']} failed{skipped}"


def admit_no_postgres() -> bool:
    """Say that half of the tests did not run; return whether that may be."""
    print("\n" + "!" * 78, flush=True)
    print("No PostgreSQL was found, so the tests ran on SQLite alone. Name one by TEST_DATABASE_URL.", flush=True)
    print("!" * 78, flush=True)
    return os.environ.get("GALLERY_REQUIRE_POSTGRES") != "1"


def postgres_url() -> str:
    """Return the address of a database name on a server where tests may make databases, or nothing."""
    named = os.environ.get("TEST_DATABASE_URL", "")
    if named:
        return named
    users = dict.fromkeys([getpass.getuser(), "postgres", "root"])
    return next((url(user, host) for host, user in product(HOSTS, users) if may_make_databases(user, host)), "")


def url(user: str, host: str) -> str:
    """Return an address whose database belongs to this checkout, so that two checkouts do not meet."""
    checkout = hashlib.sha256(bytes(ROOT)).hexdigest()[:8]
    return f"postgres://{quote(user)}@{quote(host, safe='')}/gallery_{checkout}"


def may_make_databases(user: str, host: str) -> bool:
    """Return True when the user comes in without a password and may make databases."""
    try:
        connection = psycopg2.connect(host=host, user=user, dbname="postgres", connect_timeout=2)
    except psycopg2.Error:
        return False
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    connection.close()
    return bool(row and row[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
