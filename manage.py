#!/usr/bin/env python
"""The one door to every command of the gallery."""

import os
import sys


def main() -> None:
    """Run a management command with the gallery's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gallery_project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
