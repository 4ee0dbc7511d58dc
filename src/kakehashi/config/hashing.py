"""How passwords are hashed: slowly, with much memory, and never so many at once that all else waits.

Sixteen people who sign in at the same moment would take every core and a gigabyte and a half of
memory; here one process hashes one password at a time, and the others wait for their turn while
pages go on being served.  Argon2's own threads are not used: one hash keeps to one core.
"""

from threading import Semaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

turn = Semaphore(1)


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
