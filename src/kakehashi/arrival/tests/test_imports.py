from datetime import UTC, date, datetime

import pytest

from kakehashi.arrival import actions, exports, imports
from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.tests import factories
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.imports import Faulty, bring, send
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.words import say

pytestmark = pytest.mark.django_db
AT = datetime(2027, 8, 1, 3, tzinfo=UTC)
HEAD = (
    "application,email,family_name,given_name,country,position,organisation,arrived_on,flight"
)
SERVING = ",kim@demo.invalid,Kim,Lee,IE,ALT,co-31302,2026-08-02,XX1"


def _table(*lines: str) -> bytes:
    return "\r\n".join([HEAD, *lines]).encode()


@pytest.fixture(autouse=True)
def _ground() -> None:
    """The codes that the tables name."""
    make.country("IE")
    intake.position("ALT")


def _number(arrival: Arrival) -> str:
    assert arrival.placement
    return arrival.placement.application.number


def _faults(*lines: str) -> list[tuple[int, str]]:
    with pytest.raises(Faulty) as found:
        bring(imports.ARRIVALS, _table(*lines), by=factories.events_officer(), at=AT)
    for fault in found.value.faults:
        assert say(fault.says, "en")
        assert say(fault.fix, "en")
    return [(fault.row, fault.column) for fault in found.value.faults]


def test_a_table_records_newcomers_and_people_already_serving() -> None:
    arrival = factories.expected()
    factories.organisation()

    count = bring(
        imports.ARRIVALS,
        _table(f"{_number(arrival)},,,,,,,2027-07-27,YY2", SERVING),
        by=factories.events_officer(),
        at=AT,
    )

    arrival.refresh_from_db()
    other = Arrival.objects.get(person__email="kim@demo.invalid")
    assert count == 2
    assert (arrival.state, arrival.arrived_on) == (State.ARRIVED, date(2027, 7, 27))
    assert (arrival.flight, other.flight) == ("YY2", "XX1")
    assert (other.state, other.arrived_on) == (State.ARRIVED, date(2026, 8, 2))


def test_a_dry_run_leaves_nothing() -> None:
    factories.organisation()
    officer = factories.events_officer()

    assert bring(imports.ARRIVALS, _table(SERVING), by=officer, at=AT, dry_run=True) == 1
    assert not Arrival.objects.exists()


def test_every_fault_is_named_with_its_row_and_column() -> None:
    arrival = factories.expected()
    factories.organisation("co-31999")
    here = _number(arrival)
    gone = factories.expected()
    clerk = factories.events_officer()

    actions.miss(gone, by=clerk, at=AT)

    assert _faults(
        f"{here},,,,,,co-31999,2027-07-27,",
        f"{_number(gone)},,,,,,,2027-07-27,",
        "27-99999,,,,,,,2027-07-27,",
        ",,,,,,,2026-08-02,",
        ",lee@demo.invalid,Lee,,XX,ALT,co-31302,2026-08-02,",
        ",pat@demo.invalid,Pat,,IE,ALT,co-31302,2019-08-02,",
        ",pat2@demo.invalid,Pat,,IE,ALT,co-31302,yesterday,",
    ) == [
        (2, "organisation"),
        (3, "application"),
        (4, "application"),
        (5, "email"),
        (5, "family_name"),
        (5, "country"),
        (5, "position"),
        (5, "organisation"),
        (6, "country"),
        (7, "arrived_on"),
        (8, "arrived_on"),
    ]
    assert Arrival.objects.filter(state=State.ARRIVED).count() == 0


def test_a_row_is_not_taken_twice() -> None:
    factories.organisation()

    assert _faults(SERVING, SERVING) == [(3, "application, email")]


def test_what_is_recorded_is_not_recorded_again() -> None:
    factories.organisation()
    bring(imports.ARRIVALS, _table(SERVING), by=factories.events_officer(), at=AT)

    assert _faults(SERVING) == [(2, "email")]


def test_a_newcomer_cannot_come_tomorrow() -> None:
    arrival = factories.expected()

    assert _faults(f"{_number(arrival)},,,,,,,2027-08-02,") == [(2, "arrived_on")]


def test_a_position_must_be_known() -> None:
    factories.expected()

    assert _faults(",kim@demo.invalid,Kim,Lee,IE,XYZ,co-31302,2026-08-02,") == [(2, "position")]


def test_others_may_not_bring_arrivals() -> None:
    with pytest.raises(Refused):
        bring(imports.ARRIVALS, _table(), by=make.officer(Role.HOST), at=AT)


def test_the_export_has_the_headings_of_the_import_and_only_ones_own() -> None:
    mine = factories.expected()
    factories.serving(1, factories.organisation("co-32201", parent=make.host("pref-32")))

    lines = send(exports.ARRIVALS, by=make.officer(Role.HOST)).decode("utf-8-sig").split("\r\n")

    assert lines[0] == HEAD
    assert [line.split(",")[0] for line in lines[1:-1]] == [_number(mine)]


def test_a_stranger_may_not_export() -> None:
    with pytest.raises(Refused):
        send(exports.ARRIVALS, by=make.person())
