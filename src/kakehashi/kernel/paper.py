"""Letters on paper: PDF/UA through Typst, the same bytes of type on every machine.

Values reach the template as JSON data, never as markup, so nothing a person typed can be
anything but text.  The Japanese font is shipped beside this file.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import typst

from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.letters import day_in_words
from kakehashi.kernel.models import Post

SENDERS = {"en": "The JET Programme", "ja": "JETプログラム"}
HERE = Path(__file__).parent
TEMPLATES = HERE / "paper"
FONTS = HERE / "fonts"


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
    data = [
        {
            **{name: getattr(sheet, name) for name in _TEXTS},
            "paragraphs": [part for part in sheet.body.split("\n\n") if part.strip()],
            "rows": [list(row) for row in sheet.rows],
        }
        for sheet in sheets
    ]
    return bytes(
        typst.compile(
            str(TEMPLATES / "letter.typ"),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"sheets": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    )


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
