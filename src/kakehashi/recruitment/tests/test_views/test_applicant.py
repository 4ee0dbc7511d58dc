"""The applicant begins, writes, checks, hands in, withdraws."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as plan
from kakehashi.kernel import clock
from kakehashi.kernel.models import Post
from kakehashi.recruitment import actions
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.tests import factories as ours
from kakehashi.recruitment.tests.test_views import signed_in, text, url

pytestmark = pytest.mark.django_db

SECTIONS = ("about", "education", "experience", "living", "statement")


def _typed() -> dict[str, dict[str, object]]:
    """Give what somebody types on each page of the form."""
    return {
        "about": {
            "family_name": "Fernweh",
            "given_name": "Maya",
            "date_of_birth_year": "2003",
            "date_of_birth_month": "３",
            "date_of_birth_day": "27",
            "telephone": "+353123456",
            "address": "1 Quay Street",
        },
        "education": {
            "university": "University of Galway",
            "major": "History",
            "degree_on_year": "2026",
            "degree_on_month": "6",
            "degree_on_day": "18",
        },
        "experience": {"japanese_level": "N4", "driving_licence": "on"},
        "living": {"interview_place": ours.mission().places.get().pk, "setting": "rural"},
        "statement": {"statement": "I want to learn."},
    }


def _begun(client: Client) -> Application:
    chosen = {"country": "IE", "mission": ours.mission().pk, "position": plan.position().pk}
    page = client.post(url("start"), chosen)
    mine = Application.objects.get()
    assert page.headers["Location"] == url("section", mine.pk, "about")
    return mine


def test_the_way_in_asks_for_the_country_first() -> None:
    ours.mission()
    plan.year()
    client = signed_in(make.person())
    assert client.get(url("mine")).headers["Location"] == url("start")
    assert "Country of nationality" in text(client.get(url("start")))
    assert "Embassy in dublin" in text(client.get(url("start"), {"country": "IE"}))
    assert "Country of nationality" in text(client.get(url("start"), {"country": "??"}))


def test_without_a_year_the_way_in_says_so() -> None:
    page = signed_in(make.person()).get(url("start"))
    assert "No programme year has been opened yet." in text(page)


def test_an_applicant_writes_page_by_page() -> None:
    plan.year()
    client = signed_in(make.person())
    mine = _begun(client)
    following = [*(url("section", mine.pk, one) for one in SECTIONS[1:])]
    following.append(url("ask_reference", mine.pk))
    for (section, typed), onward in zip(_typed().items(), following, strict=True):
        mine.refresh_from_db()
        page = client.get(url("section", mine.pk, section))
        assert f'name="version" value="{mine.version}"' in text(page)
        fields = {**typed, "version": mine.version}
        assert (
            client.post(url("section", mine.pk, section), fields).headers["Location"] == onward
        )
    mine.refresh_from_db()
    assert (mine.japanese_level, mine.driving_licence, mine.setting) == ("N4", True, "rural")
    assert mine.date_of_birth == date(2003, 3, 27)
    assert "Still to be filled in" not in text(client.get(url("submit", mine.pk)))


def test_an_applicant_checks_certifies_and_hands_in() -> None:
    mine = ours.draft()
    client = signed_in(mine.person)
    assert "University of Galway" in text(client.get(url("submit", mine.pk)))
    unsure = client.post(url("submit", mine.pk), {"version": mine.version})
    assert "Tick this box to go on." in text(unsure)
    done = client.post(url("submit", mine.pk), {"version": mine.version, "certify": "on"})
    assert done.headers["Location"] == url("application", mine.pk)
    mine.refresh_from_db()
    assert mine.state == State.SUBMITTED
    assert "Your application has been handed in" in text(client.get(url("mine")))


def test_a_half_filled_page_is_kept_and_one_can_stop() -> None:
    mine = ours.draft()
    client = signed_in(mine.person)
    half = {"version": mine.version, "family_name": "Fernweh", "exit": "yes"}
    page = client.post(url("section", mine.pk, "about"), half)
    assert page.headers["Location"] == url("application", mine.pk)
    mine.refresh_from_db()
    assert (mine.family_name, mine.telephone, mine.date_of_birth) == ("Fernweh", "", None)
    told = text(client.get(url("application", mine.pk)))
    assert "Date of birth, Telephone, Address" in told


@pytest.mark.parametrize(
    ("section", "typed", "says"),
    [
        (
            "about",
            {
                "date_of_birth_year": "2003",
                "date_of_birth_month": "13",
                "date_of_birth_day": "1",
            },
            "Enter a day that exists",
        ),
        ("about", {"family_name": "x" * 81}, "at most 80 characters"),
        ("experience", {"japanese_level": "N9"}, "N9 is not one of the available choices"),
        ("experience", {"teaching_months": "-1"}, "greater than or equal to 0"),
        ("living", {"partner_number": "42"}, "Write the number as it stands in the receipt"),
        ("statement", {"statement": "x" * 10_001}, "at most 10000 characters"),
    ],
)
def test_what_cannot_stand_is_named_and_what_was_typed_is_shown_again(
    section: str, typed: dict[str, str], says: str
) -> None:
    mine = ours.draft()
    page = signed_in(mine.person).post(
        url("section", mine.pk, section), typed | {"version": str(mine.version)}
    )
    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert says in text(page)
    assert next(iter(typed.values()))[:80] in text(page)
    fresh = Application.objects.get(pk=mine.pk)
    assert fresh.version == mine.version


def test_the_same_wish_twice_is_a_mistake() -> None:
    mine, tottori = ours.draft(), make.prefecture("31")
    typed = {"wish_1": tottori.pk, "wish_3": tottori.pk, "version": mine.version}
    page = signed_in(mine.person).post(url("section", mine.pk, "living"), typed)
    assert "Choose each prefecture once." in text(page)


def test_a_page_saved_elsewhere_meanwhile_keeps_what_was_typed() -> None:
    mine = ours.draft()
    client = signed_in(mine.person)
    old = mine.version
    client.post(url("section", mine.pk, "statement"), {"statement": "First", "version": old})
    late = client.post(
        url("section", mine.pk, "statement"), {"statement": "Second", "version": old}
    )
    assert late.status_code == 409
    assert "Second" in text(late)
    fresh = Application.objects.get(pk=mine.pk)
    assert fresh.statement == "First"
    assert f'name="version" value="{fresh.version}"' in text(late)
    client.post(
        url("section", mine.pk, "statement"),
        {"statement": "Second", "version": fresh.version},
    )
    assert Application.objects.get(pk=mine.pk).statement == "Second"


def test_a_stale_check_page_hands_nothing_in() -> None:
    mine = ours.draft()
    stale = mine.version
    actions.save_draft(mine, fields={"major": "Law"}, by=mine.person, at=make.NOON)
    page = signed_in(mine.person).post(
        url("submit", mine.pk), {"version": stale, "certify": "on"}
    )
    assert page.status_code == 409
    assert Application.objects.get(pk=mine.pk).state == State.DRAFT


def test_handing_in_twice_from_the_same_page_is_refused() -> None:
    mine = ours.draft()
    client = signed_in(mine.person)
    twice = {"version": mine.version, "certify": "on"}
    codes = [client.post(url("submit", mine.pk), twice).status_code for _ in range(2)]
    assert codes == [302, 403]
    assert Post.objects.filter(to=mine.person).count() == 1


def test_after_the_deadline_both_times_are_named_and_nothing_is_handed_in() -> None:
    plan.deadline("closes", ours.mission(), at=datetime(2026, 11, 27, 17, tzinfo=UTC))
    mine = ours.draft()
    client = signed_in(mine.person)
    both = "Friday 27 November 2026, 17:00 in Dublin (Sat 28 Nov, 02:00 in Tokyo)"
    assert both in text(client.get(url("application", mine.pk)))
    clock.live_at(ours.LATE)
    page = client.post(url("submit", mine.pk), {"version": mine.version, "certify": "on"})
    assert both in text(page)
    assert Application.objects.get(pk=mine.pk).state == State.DRAFT
    begun = signed_in(make.person()).post(
        url("start"),
        {"country": "IE", "mission": ours.mission().pk, "position": plan.position().pk},
    )
    assert both in text(begun)


def test_missing_fields_are_linked_from_the_check_page() -> None:
    mine = ours.draft(major="")
    client = signed_in(mine.person)
    assert f'href="{url("section", mine.pk, "education")}">Main subject' in text(
        client.get(url("submit", mine.pk))
    )
    page = client.post(url("submit", mine.pk), {"version": mine.version, "certify": "on"})
    assert "Fill these in before you hand in: Main subject." in text(page)


def test_withdrawing_shows_first_what_it_means() -> None:
    mine = ours.application()
    client = signed_in(mine.person)
    first = client.get(url("withdraw", mine.pk))
    assert "Papers you have sent are not returned." in text(first)
    assert Application.objects.get(pk=mine.pk).state == State.SUBMITTED
    client.post(url("withdraw", mine.pk), {"version": mine.version})
    assert Application.objects.get(pk=mine.pk).state == State.WITHDRAWN
    again = client.post(url("withdraw", mine.pk))
    assert again.status_code == 409


def test_one_application_a_year_is_offered() -> None:
    mine = ours.draft()
    client = signed_in(mine.person)
    assert client.get(url("start")).headers["Location"] == url("application", mine.pk)


def test_sealed_papers_are_named_and_said_not_to_be_stored() -> None:
    mine = ours.application()
    ours.paper("medical", kind="sealed")
    sealed = "Hand in on paper, not stored here. The mission keeps it."
    assert sealed in text(signed_in(mine.person).get(url("mine")))
    desk = text(signed_in(ours.coordinator()).get(url("application", mine.pk)))
    assert "Whether it has come is not noted here." in desk
    assert "check/" not in desk


def test_once_handed_in_the_pages_of_the_form_are_named_but_not_linked() -> None:
    application = ours.application(state=State.SUBMITTED)
    client = signed_in(application.person)
    page = client.get(url("ask_reference", application.pk))
    assert [step.url for step in page.context["steps"]] == [""] * 7
