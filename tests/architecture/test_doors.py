"""Every address, asked by everyone: nothing is shown, told or hinted at that should not be."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

import pytest
from addresses import THINGS, Address, addresses
from django.apps import apps
from visitors import Answer, Candidate, Visitor

from kakehashi.demo.rules import BY_SLUG
from kakehashi.directory.models import Person
from kakehashi.kernel.policy import NEVER, ONESELF, Policy

SEATS = ["applicant", "mission", "reader", "clair-placement", "host", "co", "participant"]
OTHERS = sorted(set(BY_SLUG) - set(SEATS))
PUBLIC = {
    "accounts:welcome",
    "demo:accounts",
    "demo:real",
    "demo:sign_in_as",
    "healthz",
    "home:feed",
    "privacy:notice",
    "recruitment:reference_thanks",
    "recruitment:write_reference",
    "web:language",
    "web:theme",
}
pytestmark = pytest.mark.django_db
ELSEWHERE = {"selection:screening"}  # a mission reads the points on the page of its round
METHODS = ("GET", "POST")
POSSIBLE = {200, 302, 400, 403, 404, 405, 409, 422}
SIGN_IN = "/account/login/?next="
NOT_YET = (
    "This needs a resolution of the council first: ",
    "This needs the approval of the office first: ",
)
WHY = re.compile(r"<p><b>(.*?)</b></p>", re.DOTALL)


@lru_cache
def sentences() -> frozenset[str]:
    """Gather what a refused person may be told: a sentence for every rule of every part."""
    modules = [
        import_module(f"{app.name}.policy")
        for app in apps.get_app_configs()
        if app.name.startswith("kakehashi.") and find_spec(f"{app.name}.policy")
    ]
    policies = [
        one for module in modules for one in vars(module).values() if isinstance(one, Policy)
    ]
    rules = {str(line.says) for policy in policies for line in policy.lines.values()}
    return frozenset(
        {str(NEVER), str(ONESELF)} | {f"You can do this only if {rule}." for rule in rules}
    )


def person_of(slug: str) -> Person:
    return Person.objects.get(email=BY_SLUG[slug].email)


def test_every_parameter_of_every_address_is_known_here() -> None:
    assert {one.place for one in addresses() if one.parameters} == set(THINGS)


@pytest.mark.usefixtures("year")
def test_the_signed_out_meet_the_same_door_everywhere() -> None:
    visitor, told = Visitor(), Counter[str]()
    open_doors = set()
    for address in addresses():
        paths = [one.path for one in visitor.candidates(address, each=1)]
        for path in {*paths, address.nowhere if address.parameters else paths[0]}:
            for method in METHODS:
                answer = visitor.ask(method, path)
                told[method] += 1
                if (answer.status, answer.where[: len(SIGN_IN)]) != (302, SIGN_IN):
                    open_doors.add(address.name)
    assert open_doors == PUBLIC
    assert min(told.values()) >= len(addresses())


def test_the_signed_out_do_not_learn_which_addresses_exist() -> None:
    parts = {one.route.split("/")[0] for one in addresses() if one.name not in PUBLIC}
    paths = [f"/{part}/no/such/address/".replace("//", "/") for part in {*parts, "demo"}]
    answers = {path: Visitor().ask("GET", path) for path in paths}
    assert {path: (answer.status, answer.where) for path, answer in answers.items()} == {
        path: (302, f"{SIGN_IN}{path}") for path in paths
    }


class Walk:
    """One visitor's way through the house, and everything that was out of order on it."""

    def __init__(self, visitor: Visitor, each: int) -> None:
        self.visitor, self.each = visitor, each
        self.faults: list[str] = []
        self.asked = Counter[str]()

    def through(self, places: Iterable[Address]) -> None:
        for address in places:
            unknown = {method: self.ask(address, method, None) for method in METHODS}
            for candidate in self.visitor.candidates(address, self.each):
                answers = {
                    method: self.ask(address, method, candidate.path) for method in METHODS
                }
                for method, answer in answers.items():
                    if answer is None:
                        continue
                    about = f"{method} {candidate.path}: {answer.status}"
                    found = self.judge(
                        address, candidate, answer, answers["GET"], unknown[method]
                    )
                    self.faults += [f"{about} {fault}" for fault in found]

    def ask(self, address: Address, method: str, path: str | None) -> Answer | None:
        """Ask, unless there is nothing to ask; an exception is the worst answer."""
        if path is None and not address.parameters:
            return None
        path = path or address.nowhere
        self.asked[method] += 1
        try:
            return self.visitor.ask(method, path)
        except Exception as error:  # noqa: BLE001 -- whatever it was, the walk goes on and tells
            self.faults.append(f"{method} {path}: {error!r}")
            return None

    def judge(
        self,
        address: Address,
        candidate: Candidate,
        answer: Answer,
        read: Answer | None,
        unknown: Answer | None,
    ) -> Iterator[str]:
        if answer.status not in POSSIBLE:
            yield "is no answer we give"
        if answer.where.startswith(SIGN_IN):
            yield "asks for sign-in again"
        if answer.status == 403:
            yield from _no_reason(answer)
        if answer.status == 405 and read is not None and read.status == 404:
            yield "tells that the address exists, which GET denies"
        shown = address.is_page and address.name not in ELSEWHERE
        if read is answer and answer.status == 404 and candidate.seen and shown:
            yield "though one may know of it"
        if unknown is not None:
            yield from self.compare(candidate, answer, unknown)
        if address.parameters and unknown is not None and unknown.status not in {403, 404}:
            yield f"and for a thing that does not exist: {unknown.status}"

    def compare(self, candidate: Candidate, answer: Answer, unknown: Answer) -> Iterator[str]:
        """What one may not know of is answered exactly as what does not exist."""
        if candidate.is_thing and (answer.status == 404 or candidate.seen is False):
            self.asked["pairs"] += 1
            for name in ("status", "body", "headers", "queries"):
                mine, theirs = getattr(answer, name), getattr(unknown, name)
                if mine != theirs:
                    shown = f": {mine} and {theirs}" if name != "body" else ""
                    yield f"differs from an unknown one in its {name}{shown}"


def _no_reason(answer: Answer) -> Iterator[str]:
    told = [html.unescape(words) for words in WHY.findall(answer.body)]
    if not told:
        yield "gives no reason"
    elif told[0] not in sentences() and not told[0].startswith(NOT_YET):
        yield f"gives a reason that is no rule's: {told[0]}"


def walk(slug: str, each: int, tell: pytest.FixtureRequest) -> None:
    steps = Walk(Visitor(person_of(slug)), each)
    steps.through(one for one in addresses() if one.name not in PUBLIC)
    told = f"{slug}: {steps.asked['GET']} GET, {steps.asked['POST']} POST"
    tell.node.user_properties.append(
        ("told", f"{told}, {steps.asked['pairs']} pairs of a hidden and an unknown thing")
    )
    if steps.faults:
        pytest.fail("\n".join(steps.faults), pytrace=False)


@pytest.mark.parametrize("slug", SEATS)
@pytest.mark.usefixtures("year")
def test_everyone_is_answered_properly(slug: str, request: pytest.FixtureRequest) -> None:
    walk(slug, 1, request)


@pytest.mark.deep
@pytest.mark.parametrize("slug", OTHERS)
@pytest.mark.usefixtures("year")
def test_the_others_too(slug: str, request: pytest.FixtureRequest) -> None:
    walk(slug, 1, request)


@pytest.mark.deep
@pytest.mark.parametrize("slug", sorted(BY_SLUG))
@pytest.mark.usefixtures("year")
def test_whatever_they_ask_about(slug: str, request: pytest.FixtureRequest) -> None:
    walk(slug, 4, request)
