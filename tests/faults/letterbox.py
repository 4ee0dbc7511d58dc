"""A mail server that keeps each letter it is handed, at once and for good."""

from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

OURS = "<post-"  # so the Message-ID of every letter of the outbox begins
END = b"-" * 79 + b"\n"
after_each: list[Callable[[], None]] = []
"""What happens right after a letter was handed over: here a process may die."""


class Letterbox(EmailBackend):
    """Keeps letters in files, as a system without a mail server does."""

    def write_message(self, message: EmailMessage) -> None:
        """Take a letter; what is written here outlives the process."""
        super().write_message(message)
        self.stream.flush()
        for happens in after_each:
            happens()


def handed_over(folder: Path) -> Counter[str]:
    """Count how often each letter was handed over: Message-ID, reader and subject."""
    found: Counter[str] = Counter()
    for file in (folder / "mail").glob("*.log"):
        for text in file.read_bytes().split(END)[:-1]:
            letter = message_from_bytes(text)
            found[f"{letter['Message-ID']} {letter['To']} {letter['Subject']}"] += 1
    return found


def without_ids(letters: Counter[str]) -> Counter[str]:
    """Count what was said to whom: a number that a killed process took is never given again."""
    return Counter(letter.partition(" ")[2] for letter in letters)
