"""Letters on paper: PDF/UA through Typst, the same bytes of type on every machine.

Values reach the template as JSON data, never as markup, so nothing a person typed can be
anything but text.  The Japanese font is shipped beside this file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.letters import day_in_words
from kakehashi.kernel.models import Post
from kakehashi.kernel.press import pressed

SENDERS = {"en": "The JET Programme", "ja": "JETプログラム"}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One letter as it is printed, in one language."""

    language: str
    sender: str
    addressee: str
    dated: str
    number: str
    subject: str
    body: str
    footer: str = ""
    rows: Sequence[tuple[str, str]] = field(default_factory=tuple)


def printed(sheets: Sequence[Sheet]) -> bytes:
    """Print the sheets, each on a new page, as one tagged PDF."""
    return pressed(data_of(sheets))


def data_of(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """Give sheets as the plain data the press takes."""
    return [
        {
            **{name: getattr(sheet, name) for name in _TEXTS},
            "paragraphs": [part for part in sheet.body.split("\n\n") if part.strip()],
            "rows": [list(row) for row in sheet.rows],
        }
        for sheet in sheets
    ]


def as_posted(post: Post) -> Sheet:
    """Put a letter of the outbox on paper, word for word as it was mailed."""
    told = post.released_at or post.written_at
    return Sheet(
        language=post.language,
        sender=SENDERS.get(post.language, SENDERS["en"]),
        addressee=str(post.to),
        dated=day_in_words(told.astimezone(TOKYO).date(), post.language),
        number=f"P-{post.pk}",
        subject=post.subject,
        body=post.body,
    )


_TEXTS = ("language", "sender", "addressee", "dated", "number", "subject", "footer")
