"""Tables of scores and results: every fault named, all or nothing, the same way out again."""

from collections.abc import Sequence

import pytest
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.imports import EXPORTS, IMPORTS, Faulty, bring, send
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import lines_about, verify_trail
from kakehashi.recruitment.models import Application
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import RoundState
from kakehashi.selection.models import InterviewScore, Result, Screening
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
SCORES = "application,kind,person_email,points,japanese_level,comment,held_on"
RESULTS = "application,outcome,rank"


def table(head: str, *rows: str) -> bytes:
    return "\r\n".join([head, *rows]).encode()


def put(kind: str, by: Person, head: str, *rows: str) -> int:
    return bring(IMPORTS[kind], table(head, *rows), by=by, at=here.NOON)


def faults(kind: str, by: Person, head: str, *rows: str) -> list[tuple[int, str, str]]:
    with pytest.raises(Faulty) as caught:
        put(kind, by, head, *rows)
    return [(one.row, one.column, str(one.says)) for one in caught.value.faults]


def both(cast: here.Cast, found: Sequence[Application], points: int = 70) -> list[str]:
    return [
        f"{one.number},{kind},{kind_of.email},{points},N4,Fine,2026-09-29"
        for one in found
        for kind, kind_of in (("screening", cast.reader), ("interview", cast.interviewer))
    ]


def test_a_table_scores_what_was_assigned_and_what_was_not() -> None:
    cast = here.cast()
    assigned, other = here.applied(cast, 2)
    (screening,) = here.assigned(cast, assigned)
    assert put("scores", cast.officer, SCORES, *both(cast, [assigned, other])) == 4
    assert list(
        Screening.objects.order_by("application__number").values_list("state", "points")
    ) == [("scored", 70), ("scored", 70)]
    assert [line.deed for line in lines_about([screening.key])] == ["score", "assign"]
    assert list(InterviewScore.objects.values_list("japanese_level", "comment")) == [
        ("N4", "Fine"),
        ("N4", "Fine"),
    ]
    assert verify_trail() is None


@pytest.mark.parametrize("number", [2, 40])
def test_bringing_scores_takes_the_same_number_of_queries_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    found = here.applied(cast, number)
    here.assigned(cast, *found)
    rows = [
        {
            "application": one,
            "kind": kind,
            "person_email": person,
            "points": 70,
            "held_on": here.HELD_ON,
        }
        for one in found
        for kind, person in (("screening", cast.reader), ("interview", cast.interviewer))
    ]
    with django_assert_num_queries(25):
        actions.import_scores(rows, by=cast.officer, at=here.NOON)


def test_every_fault_of_a_table_of_scores_is_named_and_nothing_is_written() -> None:
    cast, other = here.cast(), here.cast("london")
    (mine,), (theirs,) = here.applied(cast), here.applied(other)
    reader, judge = cast.reader.email, cast.interviewer.email
    found = faults(
        "scores",
        cast.officer,
        SCORES,
        f"{mine.number},screening,{reader},101,,,",
        f"{mine.number},reading,{reader},70,,,",
        f"27-99999,screening,{reader},70,,,",
        f"{mine.number},screening,nobody@demo.invalid,70,,,",
        f"{theirs.number},screening,{other.reader.email},70,,,",
        f"{mine.number},interview,{reader},70,,,2026-09-29",
        f"{mine.number},interview,{judge},70,,,",
        f"{mine.number},screening,{mine.person.email},70,,,",
        f"{mine.number},screening,{mine.person.email},70,,,",
    )
    assert found == [
        (2, "points", "This is not a whole number that can stand here."),
        (3, "kind", "This word is not known here."),
        (4, "application", "This is not known."),
        (5, "person_email", "This is not known."),
        (6, "application", "This is not known."),
        (7, "person_email", "This person has no such seat at the embassy or consulate."),
        (8, "held_on", "An interview needs its day."),
        (9, "person_email", "Nobody scores their own application."),
        (9, "person_email", "This person has no such seat at the embassy or consulate."),
        (10, "application, kind, person_email", "This row repeats row 9."),
        (10, "person_email", "Nobody scores their own application."),
        (10, "person_email", "This person has no such seat at the embassy or consulate."),
    ]
    assert not Screening.objects.exists()


def test_what_stands_already_is_not_scored_again() -> None:
    cast = here.cast()
    found = here.applied(cast)
    put("scores", cast.officer, SCORES, *both(cast, found))
    says = "This person's score stands already."
    assert faults("scores", cast.officer, SCORES, *both(cast, found)) == [
        (2, "person_email", says),
        (3, "person_email", says),
    ]


def test_scores_come_too_late_once_the_results_are_proposed() -> None:
    cast = here.cast()
    late = here.applied(cast)
    here.decided(cast, 70)
    says = "The results of this embassy or consulate are proposed already."
    assert faults("scores", cast.mofa, SCORES, *both(cast, late)) == [
        (2, "application", says),
        (3, "application", says),
    ]


def test_only_those_in_charge_bring_and_take_scores() -> None:
    cast = here.cast()
    found = here.applied(cast)
    for by in (
        cast.reader,
        cast.interviewer,
        found[0].person,
        make.officer(Role.CLAIR_PLACEMENT),
    ):
        with pytest.raises(Refused):
            put("scores", by, SCORES, *both(cast, found))
        with pytest.raises(Refused):
            send(EXPORTS["scores"], by=by)


def test_scores_leave_under_the_headings_they_come_in_by() -> None:
    cast, other = here.cast(), here.cast("london")
    put("scores", cast.officer, SCORES, *both(cast, here.applied(cast)))
    lines = send(EXPORTS["scores"], by=cast.officer).decode("utf-8-sig").splitlines()
    assert lines == [
        SCORES,
        f"27-00001,screening,{cast.reader.email},70,none,Fine,",
        f"27-00001,interview,{cast.interviewer.email},70,N4,Fine,2026-09-29",
    ]
    assert send(EXPORTS["scores"], by=other.officer).decode("utf-8-sig").splitlines() == [
        SCORES
    ]


def test_results_decided_elsewhere_are_proposed_and_may_leave_again() -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 1})
    found = here.applied(cast, 3)
    here.scored(cast, found, 50, 60, 70)
    first, second, third = (one.number for one in found)
    rows = [f"{first},shortlisted,1", f"{second},alternate,1", f"{third},not_selected,"]
    assert put("results", cast.officer, RESULTS, *rows) == 3
    assert [
        (one.outcome, one.rank, int(one.total_points)) for one in Result.objects.order_by("pk")
    ] == [
        ("shortlisted", 1, 100),
        ("alternate", 1, 120),
        ("not_selected", None, 140),
    ]
    row = Result.objects.select_related("round").earliest("pk").round
    assert row.state == RoundState.DECIDED
    lines = send(EXPORTS["results"], by=cast.mofa).decode("utf-8-sig").splitlines()
    assert lines == [RESULTS, *rows]


def test_every_fault_of_a_table_of_results_is_named() -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 1})
    found = here.applied(cast, 4)
    here.scored(cast, found[:3], 50, 60, 70)
    unmet, (forgotten,) = found[3], here.applied(cast)
    first, second, third = (one.number for one in found[:3])
    assert faults(
        "results",
        cast.officer,
        RESULTS,
        f"{first},shortlisted,",
        f"{second},shortlisted,",
        f"{third},alternate,",
        f"{unmet.number},alternate,1",
    ) == [
        (1, "application", "This application is not in the table."),
        (3, "outcome", "More are shortlisted than there are places."),
        (4, "rank", "An alternate needs a rank."),
        (5, "outcome", "This person was not interviewed."),
    ]
    assert faults(
        "results",
        cast.officer,
        RESULTS,
        f"{first},alternate,1",
        f"{second},alternate,1",
        f"{third},chosen,",
        f"{unmet.number},not_selected,",
        f"{forgotten.number},not_selected,",
    ) == [
        (1, "application", "This application is not in the table."),
        (3, "rank", "Another alternate of this country and position has this rank."),
        (4, "outcome", "This word is not known here."),
    ]
    assert not Result.objects.exists()


def test_clair_takes_results_out_once_they_are_released() -> None:
    cast = here.cast()
    clair = make.officer(Role.CLAIR_PLACEMENT)
    row = here.decided(cast, 70)
    assert send(EXPORTS["results"], by=clair).decode("utf-8-sig").splitlines() == [RESULTS]
    here.drafted(cast, row)
    actions.release(row, count=1, by=cast.mofa, at=here.NOON)
    assert len(send(EXPORTS["results"], by=clair).decode("utf-8-sig").splitlines()) == 2
