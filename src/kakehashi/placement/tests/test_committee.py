import pytest

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.placement import actions
from kakehashi.placement.models import Run, Weight
from kakehashi.placement.queries import committee_papers
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read, status

pytestmark = pytest.mark.django_db
NOON = directory.NOON


@pytest.fixture
def run() -> Run:
    """Solve a run of two people with a limit, after one of them was locked by hand."""
    clair = make.clair()
    organisation = make.organisation()
    make.accepted(organisation, seats=3)
    (first, _second) = make.people({"family_name": "Canary"}, {})
    actions.set_limit(
        intake.year(), organisation, minimum=1, maximum=5, by=clair, at=directory.NOON
    )
    before = make.solved(clair)
    actions.lock(before, [first], reason="Agreed with the school.", by=clair, at=NOON)
    actions.discard(before, by=clair, at=NOON)
    return make.solved(clair)


def test_the_papers_say_conditions_and_results_by_number_and_never_by_name(run: Run) -> None:
    member = directory.officer(Role.PLACEMENT_COMMITTEE)
    sections = {one.name: dict(one.lines) for one in committee_papers(member, run)}

    assert sections["reached"]["Placed"] == "2 of 2"
    assert sections["reached"]["Seats left empty"] == "1 of 3"
    fingerprint = sections["reached"]["Fingerprint of the market (SHA-256)"]
    assert fingerprint.replace(" ", "") == run.market_sha256
    assert "at least 1, at most 5" in sections["conditions"].values()
    (lock,) = sections["hand"].items()
    assert lock[1] == "Stays here: Agreed with the school."
    assert list(sections["hosts"].values()) == ["2 of 3"]
    assert "Canary" not in read(member, "committee", run.pk)


def test_what_is_changed_afterwards_is_not_in_the_papers(run: Run) -> None:
    member, clair = directory.officer(Role.PLACEMENT_COMMITTEE), make.clair()
    weight = Weight.objects.get(code="wish-2")
    as_computed = dict(committee_papers(member, run)[1].lines)[weight.name_en]
    actions.change_weight(weight, value=weight.value + 77, by=clair, at=NOON)
    organisation = run.placements.get(application__family_name="Canary").request.organisation
    actions.set_limit(intake.year(), organisation, minimum=2, maximum=9, by=clair, at=NOON)

    lines = dict(committee_papers(member, run)[1].lines)
    assert lines[weight.name_en] == as_computed
    assert "at least 1, at most 5" in lines.values()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_papers_leave_as_a_pdf_in_either_language(run: Run, language: str) -> None:
    member = directory.officer(Role.PLACEMENT_COMMITTEE)
    answer = as_(member).get(at("committee_pdf", run.pk, language))

    assert answer.content.startswith(b"%PDF-")
    year = intake.year().year
    assert answer["Content-Disposition"] == (
        f'attachment; filename="placement-committee-{year}-{run.number}-{language}.pdf"'
    )


def test_papers_are_for_those_before_whom_runs_lie(run: Run) -> None:
    host = directory.officer(Role.HOST)
    for name, *args in (("committee", run.pk), ("committee_pdf", run.pk, "en")):
        assert status(host, name, *args) == status(host, "run", run.pk) == 404
    member = directory.officer(Role.PLACEMENT_COMMITTEE)
    assert status(member, "committee_pdf", run.pk, "fr") == 404
    waiting = actions.start_run(intake.year(), by=make.clair(), at=NOON)
    assert status(member, "committee", waiting.pk) == 404
