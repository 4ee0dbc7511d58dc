"""Who can read what: the one gate of each kind of thing, and the functions that read past it."""

import re
from collections.abc import Iterator

from kakehashi.kernel.scope import reasons, sights
from reference.shape import DRAWN, cell, parts, read_all, table, whole_words

ASKING = re.compile(r"^Say (?:that |(?:which|whose|who)\b[^.:]*[.:] )")


def page() -> Iterator[str]:
    """Draw both lists."""
    read_all()  # a sight or a reason is known once its file has been read
    yield from ("# Who can read what", "", DRAWN, "")
    yield "Pages, searches, counts, exports, letters and commands all start from the one gate of a"
    yield "kind of thing. This is what each gate says; whatever it does not name stays hidden."
    yield ""
    yield from table(("Kind of thing", "Part", "Who may know of it"), sorted(_gates()))
    yield from ("", "## Read past the gate", "")
    yield "Some functions must read whole tables: published figures, constraints, jobs. These are"
    yield "all of them, each with its reason; a check refuses any other."
    yield ""
    yield from table(("Function", "Why"), sorted(_reasons()))


def _gates() -> Iterator[tuple[str, str, str]]:
    for model, gate in sights().items():
        if _is_ours(model.__module__):
            part = model._meta.app_label
            yield cell(model.__name__), part, _answer(whole_words(gate))


def _answer(says: str) -> str:
    """Turn “Say which requests one may know of: one's own.” into what it says: “One's own.”."""
    said = ASKING.sub("", says)
    return said[:1].upper() + said[1:]


def _reasons() -> Iterator[tuple[str, str]]:
    for name, why in reasons().items():
        if _is_ours(name):
            yield f"`{name.removeprefix('kakehashi.')}`", cell(why)


def _is_ours(name: str) -> bool:
    house, _, rest = name.partition(".")
    return house == "kakehashi" and ".tests." not in name and rest.split(".")[0] in set(parts())
