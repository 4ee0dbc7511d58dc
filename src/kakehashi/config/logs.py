"""What a log may say: which page and which line of the code, never what was typed or by whom.

An address may hold a link that works once; the message of an exception may quote a row.
"""

import logging
import traceback
from types import TracebackType
from typing import TypeAlias

Caught: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Discreet(logging.Formatter):
    """Writes the pattern of an address instead of the address, and errors without their message."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record, a request's with its status, method and the pattern it met."""
        if request := getattr(record, "request", None):
            match = getattr(request, "resolver_match", None)
            status = getattr(record, "status_code", "")
            method = getattr(request, "method", "")
            record = logging.makeLogRecord(record.__dict__)
            record.msg, record.args = (
                "%s %s %s",
                (status, method, match.route if match else "?"),
            )
        return super().format(record)

    def formatException(self, ei: Caught) -> str:  # noqa: N802 -- the base class's name
        """Write where it happened and of which class each error is, the first cause first."""
        error = ei[1]
        lines: list[str] = []
        while error is not None:
            told = [*traceback.format_tb(error.__traceback__), type(error).__name__ + "\n"]
            lines = [*told, *lines]
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()
