"""Every letter the system can send, with a sample of each in both languages."""

from collections.abc import Iterator

from kakehashi.kernel.letters import Letter
from kakehashi.kernel.words import LANGUAGES
from reference.shape import DRAWN, files, first_words

NAMES = {"en": "English", "ja": "日本語"}


def page() -> Iterator[str]:
    """Draw all letters, part by part, with the facts of the samples that the tests record."""
    yield from ("# Letters", "", DRAWN, "")
    yield "Each letter is a whole text in each language. The people in the samples are invented."
    for part, module in files("letters"):
        firsts: dict[str, Letter] = {}
        for sample in getattr(module, "SAMPLES", ()):
            firsts.setdefault(sample.letter_name(), sample)
        if firsts:
            yield from ("", f"## {part}")
        for sample in firsts.values():
            yield from _one(sample)


def _one(sample: Letter) -> Iterator[str]:
    name = sample.letter_name().rpartition("/")[2].replace("_", " ")
    paper = " Also on paper (PDF)." if sample.on_paper else ""
    yield from ("", f"### {name}", "", f"{first_words(type(sample))}{paper}")
    for language in LANGUAGES:
        subject, body = sample.write(language)
        yield from ("", f"{NAMES[language]}:", "", "```text", subject, "", body.rstrip(), "```")
