"""How much anybody may send: judged by what the request says of itself, before a byte is kept."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from kakehashi.kernel.imports import MOST_BYTES

BESIDES = 100_000  # bytes for the other fields of the form


class NothingTooLarge(FileUploadHandler):
    """Refuse a form with files that is larger than any table we take; stands before the others."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002 -- Django's signature
        META: Mapping[str, Any],  # noqa: ARG002, N803 -- Django's signature
        content_length: int,
        boundary: str,  # noqa: ARG002 -- Django's signature
        encoding: str | None = None,  # noqa: ARG002 -- Django's signature
    ) -> None:
        """Look at the length before anything is read."""
        if content_length > MOST_BYTES + BESIDES:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 -- Django's signature
        """Hand everything on to the handlers that keep it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep nothing; the handlers after this one do."""
