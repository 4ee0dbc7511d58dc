"""A page as a machine reads it: headings, language, forms, links, and what must not be there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

Attributes = dict[str, str]


@dataclass
class Form:
    """One form: where it goes, how, and whether it carries the token."""

    action: str
    method: str
    has_token: bool = False


@dataclass
class Page:
    """What was found on a page."""

    language: str = ""
    title: str = ""
    headings: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, body: str) -> Self:
        """Read a page."""
        page = cls()
        reader = _Reader(page)
        reader.feed(body)
        reader.close()
        return page

    def faults(self, language: str) -> list[str]:
        """Say what is out of order."""
        found = [f"has {one} inside it" for one in self.inline]
        if [bool(words.strip()) for words in self.headings] != [True]:
            found.append(f"has these headings of the first rank: {self.headings}")
        if self.language != language:
            found.append(f"says that it is in {self.language!r}, not {language!r}")
        if not self.title.partition("|")[0].strip():
            found.append("has no title")
        found += [
            f"has a form for {form.action!r} without a token"
            for form in self.forms
            if form.method == "post" and not form.has_token
        ]
        twice = {name for name in self.ids if self.ids.count(name) > 1}
        return found + [f"names two things {name!r}" for name in sorted(twice)]


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.open: list[tuple[str, Attributes]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inline(tag, given)
        if "id" in given:
            self.page.ids.append(given["id"])
        self._note(tag, given)
        if tag not in VOID:
            self.open.append((tag, given))

    def _note(self, tag: str, given: Attributes) -> None:
        page = self.page
        if tag == "html":
            page.language = given.get("lang", "")
        elif tag == "h1":
            page.headings.append("")
        elif tag == "form":
            page.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "a" and "href" in given:
            page.links.append(given["href"])
            if any(one.get("class") == "k-nav" for _, one in self.open):
                page.places.append("")
        elif tag == "input" and given.get("name") == "csrfmiddlewaretoken":
            page.forms[-1].has_token = True

    def _inline(self, tag: str, given: Attributes) -> None:
        if tag == "style" or (tag == "script" and "src" not in given):
            self.page.inline.append(f"<{tag}>")
        names = [name for name in given if name == "style" or name.startswith(("on", "hx-on"))]
        self.page.inline += [f"{name}= on <{tag}>" for name in names]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if "title" in tags and "svg" not in tags:
            self.page.title += data
        if "h1" in tags:
            self.page.headings[-1] += data
        in_nav = any(given.get("class") == "k-nav" for _, given in self.open)
        if in_nav and tags[-1] == "a":
            self.page.places[-1] += data


VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}
