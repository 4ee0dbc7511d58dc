"""A small register to count, and the published series, for the tests of figures."""

from datetime import date

from kakehashi.appointment.tests import factories as appointment
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.statistics import actions
from kakehashi.statistics.models import Census, YearFigure


def register() -> None:
    """Appoint six people: a prefecture, a designated city, a ward and a school of theirs."""
    for code in ("ALT", "CIR", "SEA"):
        intake.position(code)
    tottori = make.host("pref-31")
    osaka = make.host("city-27", employer_type="designated-city")
    board = arrival.organisation("co-31", parent=tottori, employer_type="prefecture")
    city = arrival.organisation("co-27", parent=osaka, employer_type="designated-city")
    ward = arrival.organisation("co-ward", parent=tottori, employer_type="special-ward")
    school = arrival.organisation("co-school", parent=osaka, employer_type="private-school")
    appointment.appointments(2, board)
    appointment.appointments(1, board, position="CIR", country="GB")
    appointment.appointments(1, city, country="GB")
    appointment.appointments(1, ward)
    appointment.appointments(1, school, position="SEA")


def census(on: date = date(2026, 10, 1), *, official: bool = True) -> Census:
    """Count the register on a day, which is the programme's census day unless told otherwise."""
    year = intake.year(on.year, opened=False)
    year.census_on = on if official else date(on.year, 7, 1)
    year.save()
    return actions.take_census(on=on, by=make.officer(Role.MIC), at=make.NOON)


def published(year: int, total: int | None, **facts: object) -> YearFigure:
    """Keep a published total."""
    return YearFigure.objects.create(**{"year": year, "total": total, "source": "HIST"} | facts)
