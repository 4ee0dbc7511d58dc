"""Every page anyone can open: whole, in both languages, without script, and leading on."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from addresses import Address, addresses
from django.urls import Resolver404, resolve
from pages import Page
from visitors import Answer, Visitor

from kakehashi.demo.rules import BY_SLUG
from kakehashi.directory.models import Person
from kakehashi.kernel.words import say
from kakehashi.web import navigation

pytestmark = pytest.mark.django_db
SEATS = [
    "applicant",
    "auditor",
    "clair-placement",
    "co",
    "host",
    "mic",
    "mission",
    "mofa",
    "operator",
    "participant",
    "reader",
]
OTHERS = sorted(set(BY_SLUG) - set(SEATS))
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
LEADS_ON = {200, 302}


def is_page(answer: Answer) -> bool:
    return (answer.status, answer.kind) == (200, "text/html") and "<html" in answer.body


class Reading:
    """One person's way through every page they may open, in both languages."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.english, self.japanese = Visitor(person), Visitor(person, "ja")
        self.led_to: set[str] = set()
        self.menus: set[tuple[str, ...]] = set()
        self.told = Counter[str]()

    def faults(self) -> Iterator[str]:
        for address in addresses():
            yield from self.of(address)

    def of(self, address: Address) -> Iterator[str]:
        for candidate in self.english.candidates(address, each=1):
            if candidate.seen is False:
                continue
            answer = self.english.ask("GET", candidate.path)
            if not is_page(answer):
                continue
            page = Page.of(answer.body)
            other = Page.of(self.japanese.ask("GET", candidate.path).body)
            found = [
                *page.faults("en"),
                *other.faults("ja"),
                *self.menu(page, "en"),
                *self.menu(other, "ja"),
                *self.leads_nowhere(candidate.path, page),
            ]
            self.told["pages"] += 1
            yield from (f"{candidate.path} {fault}" for fault in found)

    def menu(self, page: Page, language: str) -> Iterator[str]:
        """The menu says in the page's language what this person may open."""
        mine = [one for one in navigation._entries if one.may(self.person)]
        wanted = [say(one.label, language) for one in mine]
        said = [" ".join(words.split()) for words in page.places]
        known = (language, *said) in self.menus
        self.menus.add((language, *said))
        if said and said != wanted:
            yield f"has the menu {said}, not {wanted}"
        if language == "ja" and not known and not all(map(JAPANESE.search, said)):
            yield f"has a menu that is not all Japanese: {said}"

    def leads_nowhere(self, path: str, page: Page) -> Iterator[str]:
        """Follow one link to each address, and see that each form goes somewhere."""
        for link in [*page.links, *(form.action for form in page.forms)]:
            whole = urljoin(path, link).partition("#")[0]
            if not whole.startswith("/") or whole.startswith("/static/"):
                continue
            try:
                name = resolve(whole.partition("?")[0]).view_name
            except Resolver404:
                yield f"leads to {whole}, which is no address"
                continue
            if link not in page.links or name in self.led_to:
                continue
            self.led_to.add(name)
            self.told["links"] += 1
            answer = self.english.ask("GET", whole)
            if answer.status not in LEADS_ON:
                yield f"leads to {whole}, which answers {answer.status}"


def read(slug: str, request: pytest.FixtureRequest) -> None:
    reading = Reading(Person.objects.get(email=BY_SLUG[slug].email))
    faults = list(reading.faults())
    told = (
        f"{slug}: {reading.told['pages']} pages in 2 languages, {reading.told['links']} links"
    )
    request.node.user_properties.append(("told", told))
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("slug", SEATS)
@pytest.mark.usefixtures("year")
def test_every_page_is_whole(slug: str, request: pytest.FixtureRequest) -> None:
    read(slug, request)


@pytest.mark.deep
@pytest.mark.parametrize("slug", OTHERS)
@pytest.mark.usefixtures("year")
def test_the_others_pages_too(slug: str, request: pytest.FixtureRequest) -> None:
    read(slug, request)
