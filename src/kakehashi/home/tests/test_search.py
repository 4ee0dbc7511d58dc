"""The search in the masthead: in both scripts, in groups, among what one may know of."""

import re
from typing import Any

import pytest
from django.test import Client

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def visit(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def found(person: Person, words: str) -> dict[str, list[str]]:
    kinds = visit(person).get("/search/", {"q": words}).context["found"]
    return {str(kind.title): [str(hit.label) for hit in kind.hits] for kind in kinds}


def hashimoto() -> Person:
    person = make.officer(Role.CLAIR_PLACEMENT)
    person.given_name, person.family_name, person.name_ja = "Kakeru", "Hashimoto", "橋本 翔"
    person.save()
    return person


@pytest.mark.parametrize("words", ["hashimoto", "橋本", "ﾊｼﾓﾄ", "Kakeru Hashimoto", "翔　橋本"])
def test_an_officer_is_found_in_either_script(words: str) -> None:
    hashimoto()
    assert found(make.officer(Role.MIC), words) == {"People": ["Kakeru Hashimoto"]}


@pytest.mark.parametrize("words", ["とっとり", "鳥取", "TOTTORI", "ﾄｯﾄﾘ"])
def test_an_office_is_found_in_either_script(words: str) -> None:
    office = make.host("pref-31", name_en="Tottori Prefecture", name_ja="鳥取県")
    assert found(make.officer(Role.MIC), words) == {"Offices": [str(office)]}


def test_what_one_may_not_see_is_answered_as_what_does_not_exist() -> None:
    make.person(email="secret@example.org", given_name="Canary", family_name="Applicant")
    reader = visit(make.officer(Role.READER))
    hidden, nothing = (
        TOKEN.sub("", reader.get("/search/", {"q": words}).content.decode())
        for words in ("Canary", "Nobody")
    )

    assert hidden.replace("Canary", "Nobody") == nothing
    assert found(make.officer(Role.OPERATOR), "Canary") == {"People": ["Canary Applicant"]}


@pytest.mark.parametrize("role", [Role.CLAIR_PLACEMENT, Role.HOST, Role.MISSION, Role.OPERATOR])
def test_a_search_costs_at_most_twelve_questions(
    role: Role,
    django_assert_max_num_queries: Any,  # noqa: ANN401 -- pytest-django's fixture
) -> None:
    client = visit(make.officer(role))
    client.get("/search/", {"q": "x"})
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get("/search/", {"q": "hashimoto"}).status_code == 200


@pytest.mark.parametrize("words", ["", " ", "　", "\x00", ",", "%", "_", "'", "あ" * 300])
def test_odd_words_find_nothing_and_break_nothing(words: str) -> None:
    assert visit(hashimoto()).get("/search/", {"q": words}).status_code == 200
