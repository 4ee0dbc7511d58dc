import pytest
from django.urls import reverse

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.placement import actions
from kakehashi.placement.models import Lock, Placement
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read, status
from kakehashi.placement.tests.test_locks import WHY, places, two_and_two
from kakehashi.placement.views import looking

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def test_a_swap_is_looked_at_then_made_then_undone_in_the_browser() -> None:
    requests, people, run = two_and_two()
    clair = as_(make.clair())
    page = at("swap", run.pk, people[0].pk)
    assert clair.get(page).status_code == 200
    shown = clair.get(page, {"there": people[1].number}).content.decode()
    assert "No hard rule is broken; the plan as a whole changes." in shown
    assert people[1].number in shown
    assert Lock.objects.count() == 0

    there = f"{page}?there={people[1].number}"
    assert clair.post(there, {"reason": ""}).status_code == 422
    assert clair.post(there, WHY).status_code == 302
    assert Lock.objects.filter(kind="swap").count() == 2
    one = Lock.objects.order_by("pk")[0]
    assert WHY["reason"] in clair.get(at("locks")).content.decode()
    clair.post(at("lift"), {"row": [str(one.pk)]})
    assert set(Lock.objects.values_list("state", flat=True)) == {"lifted"}
    assert requests[0].pk in places(run).values()


def test_a_pin_that_breaks_a_rule_says_which_and_offers_no_button() -> None:
    requests, people, _run = two_and_two()
    strict = make.accepted(licence_required=True)
    run = make.solved()
    shown = as_(make.clair()).get(at("pin", run.pk, people[0].pk), {"there": strict.number})
    page = shown.content.decode()

    assert "The post asks for a driving licence." in page
    assert 'name="reason"' not in page
    free = f"{at('pin', run.pk, people[0].pk)}?there={requests[1].number}"
    assert as_(make.clair()).post(free, WHY).status_code == 302
    assert Lock.objects.get().request == requests[1]
    unknown = as_(make.clair()).get(at("pin", run.pk, people[0].pk), {"there": "27-R9999"})
    assert unknown.status_code == 422


def test_ticked_people_are_locked_with_a_reason() -> None:
    _requests, people, run = two_and_two()
    clair = as_(make.clair())
    rows = {"row": [str(it.pk) for it in Placement.objects.filter(run=run)]}

    assert people[0].number in clair.post(at("lock", run.pk), rows).content.decode()
    assert clair.post(at("lock", run.pk), rows | {"reason": ""}).status_code == 422
    clair.post(at("lock", run.pk), rows | WHY)
    assert [it.kind for it in Lock.objects.all()] == ["lock", "lock"]
    listed = clair.get(at("placed", run.pk), {"show": "hand"}).content.decode()
    assert people[1].number in listed


def test_map_and_list_share_their_filters() -> None:
    _requests, people, run = two_and_two()
    clair = as_(make.clair())
    page = clair.get(at("placed", run.pk), {"wish": "1"}).content.decode()
    assert "?wish=1&amp;prefecture=31" in page
    answer = clair.get(
        at("placed", run.pk),
        {"prefecture": "13"},
        headers={"HX-Request": "true", "HX-Target": "rows"},
    )
    part = answer.content.decode()
    assert 'id="studio-map" hx-swap-oob="true"' in part
    assert people[1].number in part
    assert people[0].number not in part


def test_two_runs_stand_side_by_side_with_who_moves_and_why() -> None:
    _requests, people, run = two_and_two()
    clair = make.clair()
    actions.swap(run, people[0], other=people[1], by=clair, at=NOON, **WHY)
    again = make.solved(near=run)
    page = read(directory.officer(Role.PLACEMENT_COMMITTEE), "compare", again.pk)

    assert page.count("Decided by hand: Swapped.") == 2
    assert people[0].number in page
    assert as_(clair).get(at("compare", again.pk), {"with": str(again.pk)}).status_code == 404
    assert "Changed since run 1" in read(clair, "placed", again.pk)


def test_the_list_of_placements_leaves_out_runs_that_were_thrown_away() -> None:
    _requests, people, run = two_and_two()
    clair = make.clair()
    number = people[0].number
    assert number in as_(clair).get(at("placements")).content.decode()
    kept = f'href="{at("placement", Placement.objects.get(application=people[0]).pk)}"'
    search = f"{reverse('home:search')}?q={number}"
    assert kept in as_(clair).get(search).content.decode()
    actions.discard(run, by=clair, at=NOON)
    assert number not in as_(clair).get(at("placements")).content.decode()
    assert kept not in as_(clair).get(search).content.decode()
    make.solved()
    assert as_(clair).get(at("placements")).content.decode().count(f">{number}<") == 1


def test_many_who_move_are_shown_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PER_PAGE", 1)
    _requests, people, run = two_and_two()
    clair = make.clair()
    actions.swap(run, people[0], other=people[1], by=clair, at=NOON, **WHY)
    again = make.solved(near=run)
    address = at("compare", again.pk)
    first, second, wild = (
        as_(clair).get(address, {"page": page}).content.decode() for page in ("1", "2", "x")
    )

    assert [page.count("Decided by hand: Swapped.") for page in (first, second)] == [1, 1]
    assert [people[0].number in page for page in (first, second)] == [True, False]
    assert 'href="?page=2"' in first
    assert people[0].number in wild


def test_exceptions_name_the_couple_the_seat_the_person_and_the_next_step() -> None:
    make.accepted(seats=1, licence_required=True)
    full = make.accepted(make.organisation(municipality=directory.municipality("31202")))
    people = make.people(
        {"email": "one@demo.invalid", "partner_email": "two@demo.invalid"},
        {"email": "two@demo.invalid", "partner_email": "one@demo.invalid"},
    )
    run = make.solved()
    page = read(make.clair(), "exceptions", run.pk)

    assert "No two posts that are possible for them lie in one town" in page
    assert "Empty seats: 1. People who could have come: 0." in page
    assert "Possible requests or pairs: 1; all went to others." in page
    assert all(one.number in page for one in people)
    assert full.number not in page


def test_a_request_says_who_comes_and_whom_a_rule_kept_away() -> None:
    requests, people, run = two_and_two()
    strict = make.accepted(family_housing=False, licence_required=True)
    run = make.solved()
    page = read(make.clair(), "seat_in_run", run.pk, requests[0].pk)
    assert people[0].number in page
    kept = read(make.clair(), "seat_in_run", run.pk, strict.pk)
    assert "The post asks for a driving licence." in kept
    assert status(make.clair(), "seat_in_run", run.pk, 10**6) == 404


def test_a_need_is_named_on_a_request_s_page_to_clair_alone() -> None:
    strict = make.accepted(family_housing=False)
    (application,) = make.people({"dependants": 2})
    run = make.solved()
    committee = read(
        directory.officer(Role.PLACEMENT_COMMITTEE), "seat_in_run", run.pk, strict.pk
    )

    assert application.number in read(make.clair(), "seat_in_run", run.pk, strict.pk)
    assert "A need that may not be named here." in committee
    assert "a few" in committee
    assert application.number not in committee


def test_somebody_asks_why_not_a_certain_request() -> None:
    requests, people, run = two_and_two()
    clair = as_(make.clair())
    page = at("person_in_run", run.pk, people[0].pk)
    there = clair.get(page, {"there": requests[1].number}).content.decode()
    here = clair.get(page, {"there": requests[0].number}).content.decode()

    assert "every seat went to others" in there
    assert "This is where the run places the person." in here
    assert "No request has this number" in clair.get(page, {"there": "x"}).content.decode()


@pytest.mark.parametrize("role", [Role.PLACEMENT_COMMITTEE, Role.AUDITOR, Role.HOST])
def test_only_clair_decides_by_hand(role: Role) -> None:
    _requests, people, run = two_and_two()
    person = directory.officer(role)
    known = role != Role.HOST

    for name in ("pin", "ban", "swap"):
        assert status(person, name, run.pk, people[0].pk) == (403 if known else 404)
    for name in ("placed", "exceptions", "compare"):
        assert status(person, name, run.pk) == (200 if known else 404)
    assert status(person, "locks") == (200 if known else 403)
    assert as_(person).post(at("lock", run.pk)).status_code == (403 if known else 404)
    assert as_(person).post(at("lift")).status_code == 403
