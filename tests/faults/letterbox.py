"""A mail server that notes each letter it is handed, at once and for good."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

after_each: list[Callable[[], None]] = []
"""What happens right after a letter was handed over: here a process may die."""


class Letterbox(BaseEmailBackend):
    """Writes one line for each letter: its Message-ID and its reader."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Take letters; what is written here outlives the process."""
        for message in messages:
            line = f"{message.extra_headers['Message-ID']} {message.to[0]}\n"
            file = os.open(settings.EMAIL_FILE_PATH, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(file, line.encode())
            os.close(file)
            for happens in after_each:
                happens()
        return len(messages)


def handed_over(folder: Path) -> Counter[str]:
    """Count how often each letter was handed over, by Message-ID and reader."""
    file = folder / "letterbox.txt"
    return Counter(file.read_text().splitlines() if file.exists() else [])
