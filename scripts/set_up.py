"""Makes the virtual environment in .venv and fills it: ``python3 scripts/set_up.py [run|develop]``.

This file is kept in words that every Python understands, so that one that is too old can say so.
"""

import sys

TOO_OLD = "The gallery needs Python 3.11 or newer, but %s is Python %d.%d. Name a newer one: make run PYTHON=python3.12"

if sys.version_info < (3, 11):  # noqa: UP036 - the very reason for this file
    sys.exit(TOO_OLD % (sys.executable, sys.version_info[0], sys.version_info[1]))

from environment_making import main  # noqa: E402 - not before the check above

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
