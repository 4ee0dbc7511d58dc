"""How passwords are hashed: slowly, with much memory, and never so many at once that all else waits.

Sixteen people who sign in at the same moment would take every core and a gigabyte and a half of
memory; here one process hashes one password at a time, and the others wait for their turn while
pages go on being served.  Argon2's own threads are not used: one hash keeps to one core.
"""

from collections.abc import Callable
from threading import Semaphore

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest, HttpResponse

SIGN_IN = "/account/login/"
turn = Semaphore(1)
at_the_door = Semaphore(1)


class SignInsInTurn:
    """Let one sign-in at a time through to the rest of a process; the others wait outside.

    Whoever waits holds no connection and no memory, and takes nothing from those who read a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, a sign-in when it is its turn."""
        if request.method != "POST" or request.path_info != SIGN_IN:
            return self.get_response(request)
        with at_the_door:
            return self.get_response(request)


class OneAtATime(Argon2PasswordHasher):
    """Argon2id as OWASP recommends it (46 MiB, one pass), one hash at a time in each process."""

    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password when it is its turn."""
        with turn:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password when it is its turn."""
        with turn:
            return super().verify(password, encoded)
