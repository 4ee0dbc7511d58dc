from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.councils.models import Resolution
from kakehashi.councils.queries import Subject, subject_of, subjects
from kakehashi.councils.tests import factories
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
DATA = {
    "council": "joint",
    "number": "12",
    "adopted_on": "2026-09-30",
    "about": "intake.plan/3",
    "text_en": "The numbers are agreed.",
    "text_ja": "人数を承認する。",
}


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    before = clock.now()
    clock.live_at(make.NOON)
    yield
    clock.live_at(before)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_whoever_has_not_signed_in_is_sent_to_the_door() -> None:
    made = factories.resolution("intake.plan/1")
    for address in (
        reverse("councils:councils"),
        reverse("councils:resolutions"),
        reverse("councils:adopt"),
        reverse("councils:resolution", args=[made.pk]),
    ):
        page = Client().get(address)
        assert page.status_code == 302
        assert page["Location"].startswith(reverse("account_login"))


def test_the_councils_page_says_who_decides_what() -> None:
    factories.councils()
    text = signed_in(make.officer(Role.MIC)).get(reverse("councils:councils")).content.decode()
    assert "the numbers invited" in text
    assert "the placement of candidates" in text
    assert text.count(reverse("councils:adopt")) == 2  # the joint and the steering council
    reader = signed_in(make.officer(Role.MISSION)).get(reverse("councils:councils"))
    assert reverse("councils:adopt") not in reader.content.decode()


def test_a_member_records_a_resolution_and_reads_it_in_both_languages() -> None:
    factories.councils()
    client = signed_in(make.officer(Role.MIC))
    form = client.get(reverse("councils:adopt"), {"about": "intake.plan/3"})
    assert form.context["subject"] == Subject(label="the numbers invited")
    assert form.context["form"]["about"].value() == "intake.plan/3"
    assert [code for code, _ in form.context["form"].fields["council"].choices] == ["joint"]
    alone = client.get(reverse("councils:adopt"), {"about": "nonsense"})
    assert (alone.context["subject"], alone.context["form"]["about"].value()) == (None, "")
    done = client.post(reverse("councils:adopt"), DATA)
    made = Resolution.objects.get()
    assert done["Location"] == reverse("councils:resolution", args=[made.pk])
    text = client.get(done["Location"]).content.decode()
    assert "The numbers are agreed." in text
    assert "人数を承認する。" in text
    twice = client.post(reverse("councils:adopt"), DATA)
    assert twice.status_code == 422
    assert "Choose another number" in twice.content.decode()
    wrong = client.post(
        reverse("councils:adopt"), DATA | {"number": "13", "about": "placement.run/1"}
    )
    assert wrong.status_code == 422
    assert Resolution.objects.count() == 1


def test_others_are_refused_with_the_rule() -> None:
    factories.councils()
    client = signed_in(make.officer(Role.MISSION))
    page = client.get(reverse("councils:adopt"))
    assert page.status_code == 403
    assert "you sit on this council" in page.content.decode()
    assert client.post(reverse("councils:adopt"), DATA).status_code == 403
    assert not Resolution.objects.exists()


def test_a_resolution_one_may_not_know_of_is_not_there() -> None:
    plan = factories.resolution("intake.plan/1", number="1")
    run = factories.resolution("placement.run/1", number="2")
    mission = signed_in(make.officer(Role.MISSION))
    assert mission.get(reverse("councils:resolution", args=[plan.pk])).status_code == 200
    assert mission.get(reverse("councils:resolution", args=[run.pk])).status_code == 404
    listed = mission.get(reverse("councils:resolutions")).content.decode()
    assert "the numbers invited" in listed
    assert reverse("councils:resolution", args=[plan.pk]) in listed
    assert reverse("councils:resolution", args=[run.pk]) not in listed
    stranger = signed_in(make.person())
    assert stranger.get(reverse("councils:resolution", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_the_list_of_resolutions_costs_the_same_however_long_it_is(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        factories.resolution(f"intake.plan/{number}", number=str(number))
    client = signed_in(make.officer(Role.MIC))
    with django_assert_num_queries(make.AROUND + 9):
        assert client.get(reverse("councils:resolutions")).status_code == 200
    with django_assert_num_queries(make.AROUND + 4):
        assert client.get(reverse("councils:councils")).status_code == 200


@pytest.mark.parametrize(
    "about", ["", "intake.plan/", "intake.plan/²", "intake.plan/" + "9" * 30]
)
def test_a_key_that_names_nothing_is_no_subject(about: str) -> None:
    assert subjects(make.officer(Role.MIC), [about]) == {}


def test_what_is_resolved_stands_in_words_and_leads_to_it() -> None:
    plan = factories.resolution("intake.plan/1", number="1")
    mic = make.officer(Role.MIC)
    assert subject_of(mic, plan.about) == Subject(label="the numbers invited")
    assert subject_of(mic, "directory.person/1") is None
    page = signed_in(mic).get(reverse("councils:resolution", args=[plan.pk]))
    assert "This may be released now: the numbers invited." in page.content.decode()
