"""Many letters on paper: one archive, made while it leaves, however many there are.

Letters are printed a few hundred at a time, by a process that then ends, so
that six thousand need no more memory than those.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice

from kakehashi.kernel.models import Post
from kakehashi.kernel.paper import as_posted, data_of
from kakehashi.kernel.press import pressed_apart

AT_ONCE = 200  # letters of one file: the printer's memory grows with them


class _Tray(io.RawIOBase):
    """What was written and has not left yet."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Take what is written; nothing written can be read again."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes are all zipfile writes
        """Keep a part until it leaves."""
        self._parts.append(bytes(data))
        return len(data)

    def emptied(self) -> bytes:
        """Give what is there and forget it."""
        data, self._parts = b"".join(self._parts), []
        return data


def print_all(letters: Iterable[Post], *, each: bool = False) -> Iterator[bytes]:
    """Print letters into a zip archive: two hundred a file, or with `each` every one its own."""
    tray, rows, first = _Tray(), iter(letters), 1
    with zipfile.ZipFile(tray, "w", zipfile.ZIP_STORED) as archive:
        while some := list(islice(rows, AT_ONCE)):
            files = dict(_files(some, first, each=each))
            sheets = [data_of([as_posted(post) for post in posts]) for posts in files.values()]
            for name, pdf in zip(files, pressed_apart(sheets), strict=True):
                archive.writestr(name, pdf)
                yield tray.emptied()
            first += len(some)
    yield tray.emptied()


def _files(some: list[Post], first: int, *, each: bool) -> Iterator[tuple[str, list[Post]]]:
    if each:
        yield from ((f"letter-{post.pk}.pdf", [post]) for post in some)
    else:
        yield f"letters-{first:05d}-{first + len(some) - 1:05d}.pdf", some
