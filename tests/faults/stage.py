"""Kill real processes on purpose, and see that nothing is lost and nothing happens twice.

    python tests/faults/stage.py SCENE --home FOLDER [--seed N --kills K | --every] [--after WORD]

Every step of a scene is played by a process of its own, forked from this one: a web process that
answers one press, or a worker that takes rows from the queue.  It sends itself SIGKILL right after a
chosen statement, commit or letter handed over.  Then whoever pressed presses again, time passes, and
a new worker goes on.  The end must be that of an undisturbed telling, in every table.

The faults live here alone: nothing in the system can be told to die.
"""

import os
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import django

OPTIONS = ArgumentParser(description=__doc__)
OPTIONS.add_argument("scene")
OPTIONS.add_argument("--home", type=Path, required=True)
OPTIONS.add_argument("--seed", default="0")
OPTIONS.add_argument("--kills", type=int, default=3)
OPTIONS.add_argument("--every", action="store_true")
OPTIONS.add_argument("--after", default="", help="only after statements that begin so")


if __name__ == "__main__":
    asked = OPTIONS.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["KAKEHASHI_HOME"] = str(asked.home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "fault_settings"
    django.setup()
    import_module("theatre").main(asked)
