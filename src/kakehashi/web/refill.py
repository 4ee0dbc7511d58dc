"""A form on a finished page is filled again with what somebody had typed into it before.

The page is the real one, with its labels and its fresh token; only the values change.  Works on
any page of ours, without script and without the page knowing of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = {"hidden", "file", "password", "submit", "button", "image", "reset"}
TICKED = {"checkbox", "radio"}
Attributes = list[tuple[str, str | None]]


@dataclass
class _Form:
    """A form as it stands on the page: where it goes, and what it says by itself."""

    path: str
    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def refill(page: str, typed: Mapping[str, Sequence[str]], *, address: str, action: str) -> str:
    """Fill the form that goes to `action`; raises `LookupError` where there is no such form.

    Where several go there, it is the one whose hidden values were typed with, and whose fields
    are most of those that were typed.
    """
    look = _Looking(address)
    look.feed(page)
    look.close()
    wanted = urlsplit(urljoin(address, action)).path
    fitting = [
        (len(form.names & {*typed}), -number)
        for number, form in enumerate(look.forms)
        if form.path == wanted
        and all(typed.get(name, [value])[0] == value for name, value in form.hidden.items())
    ]
    if not fitting or max(fitting)[0] == 0:
        raise LookupError(action)
    fill = _Filling(typed, number=-max(fitting)[1])
    fill.feed(page)
    fill.close()
    return "".join(fill.out)


class _Looking(HTMLParser):
    """Finds the forms of a page."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.forms: list[_Form] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        said = dict(attrs)
        if tag == "form":
            posts = (said.get("method") or "").lower() == "post"
            goes = urlsplit(urljoin(self.address, said.get("action") or self.address)).path
            self.forms.append(_Form(path=goes if posts else ""))
            self.is_inside = True
        elif self.is_inside and (name := said.get("name")):
            if tag == "input" and said.get("type") == "hidden":
                if name != "csrfmiddlewaretoken":
                    self.forms[-1].hidden[name] = said.get("value") or ""
            elif tag in {"input", "textarea", "select"}:
                self.forms[-1].names.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False


class _Filling(HTMLParser):
    """Writes a page anew with the values of one form changed."""

    def __init__(self, typed: Mapping[str, Sequence[str]], *, number: int) -> None:
        super().__init__(convert_charrefs=False)
        self.typed, self.number = typed, number
        self.out: list[str] = []
        self.here = -1
        self.is_inside = False
        self.select: str = ""
        self.is_silent = False  # inside a text area whose old words are left out

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "form":
            self.here += 1
            self.is_inside = self.here == self.number
        whole = self.get_starttag_text() or ""
        self.out.append(self._changed(tag, dict(attrs), whole) if self.is_inside else whole)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def _changed(self, tag: str, said: dict[str, str | None], whole: str) -> str:
        name = said.get("name") or ""
        if tag == "option" and self.select:
            return _marked("option", said, "selected", on=self._has(self.select, said))
        if tag == "select":
            self.select = name if name in self.typed else ""
        kind = said.get("type") or "text"
        if tag == "textarea" and name in self.typed:
            self.is_silent = True
            return whole + "\n" + escape(self.typed[name][0])
        if tag != "input" or kind in VOID:
            return whole
        if kind in TICKED:
            return _marked("input", said, "checked", on=self._has(name, said))
        if name in self.typed:
            return _written("input", {**said, "value": self.typed[name][0]})
        return whole

    def _has(self, name: str, said: Mapping[str, str | None]) -> bool:
        return (said.get("value") or "on") in self.typed.get(name, ())

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.is_silent = False
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.is_inside = False
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._keep(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, words: str) -> None:
        if not self.is_silent:
            self.out.append(words)


def _marked(tag: str, said: Mapping[str, str | None], mark: str, *, on: bool) -> str:
    rest = {name: value for name, value in said.items() if name != mark}
    return _written(tag, {**rest, mark: None} if on else rest)


def _written(tag: str, said: Mapping[str, str | None]) -> str:
    words = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in said.items()
    )
    return f"<{tag}{words}>"
