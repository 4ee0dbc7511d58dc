"""No process of ours outlives the one that started it, however that one ended.

Whoever is stopped tidily ends its children itself; whoever is killed cannot.  So Linux is asked to
tell each child.  Other systems have no such word: there only a tidy end takes the children along.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>


def tied() -> Callable[[], None] | None:
    """Give what a child does first (`preexec_fn`), so that it is told to end when we are dead."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the child could ask
            os.kill(os.getpid(), signal.SIGTERM)

    return tie


def tie_worker() -> None:
    """Tie this process to its server, if it is a server's worker: nobody else could end it."""
    if multiprocessing.parent_process() is not None and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def tie_forks() -> None:
    """Tie to its parent whatever this process forks from now on, and whatever that forks."""
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        os.register_at_fork(after_in_child=lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM))
