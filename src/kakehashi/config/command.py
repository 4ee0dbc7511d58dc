"""The `kakehashi` command: the verbs we offer, and no others.

Django's `dumpdata`, `shell` and `dbshell` would pass the policy by, so they are not here.
"""

import os
import sys

from django.core.management import execute_from_command_line

OURS = (
    "serve",
    "work",
    "demo",
    "do",
    "verify_trail",
    "import",
    "export",
    "anchor",
    "set_up",
)
KEEPERS = ("migrate", "makemigrations", "check", "collectstatic", "createcachetable")
VERBS = OURS + KEEPERS
STOPPED = 130  # what a shell expects of a program ended by Ctrl-C


def main() -> None:
    """Run one verb, or list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kakehashi.config.settings")
    words = sys.argv[1:]
    if not words or words[0] not in VERBS:
        sys.stderr.write("kakehashi VERB …, where VERB is one of: " + ", ".join(VERBS) + "\n")
        sys.exit(2)
    try:
        execute_from_command_line(["kakehashi", *words])
    except KeyboardInterrupt:
        sys.exit(STOPPED)
