from datetime import UTC, date, datetime
from operator import attrgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kakehashi.councils.queries import Subject, subject_of
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake import actions
from kakehashi.intake.models import DocumentRequirement, PayRate, Plan, ProgrammeYear
from kakehashi.intake.queries import (
    current_year,
    deadline,
    deadlines_by_mission,
    deadlines_for,
    documents_for,
    pay_for,
    plans_for,
    positions_by_code,
    waves_by_code,
    year_of,
    years_for,
)
from kakehashi.intake.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def test_a_year_in_preparation_is_known_to_those_who_prepare_it() -> None:
    year = factories.year(opened=False)
    factories.deadline()
    for role in (Role.MIC, Role.MISSION, Role.HOST, Role.OPERATOR):
        officer = make.officer(role)
        assert [*years_for(officer)] == [year]
        assert deadlines_for(officer, year).count() == 1
    applicant = make.person()
    assert [*years_for(applicant)] == []
    assert deadlines_for(applicant, year).count() == 0
    actions.open_year(year, by=make.officer(Role.MIC), at=make.NOON)
    assert [*years_for(applicant)] == [year]
    assert deadlines_for(applicant, year).count() == 1


def test_the_current_year_is_the_latest_under_way() -> None:
    applicant, mic = make.person(), make.officer(Role.MIC)
    assert current_year(mic) is None
    preparing = factories.year(2028, opened=False)
    assert current_year(mic) == preparing
    under_way = factories.year(2027)
    assert current_year(mic) == under_way
    assert current_year(applicant) == under_way
    assert year_of(2027) == under_way
    with pytest.raises(ProgrammeYear.DoesNotExist):
        year_of(2031)


def test_drafts_are_known_to_planners_and_released_numbers_to_those_who_work_to_them() -> None:
    released = factories.plan({("IE", "ALT", "a"): 10})
    draft = factories.plan({("IE", "ALT", "a"): 11}, released=False)

    def known(person: Person) -> set[Plan]:
        return {*plans_for(person)}

    for role in (Role.MIC, Role.MOFA, Role.MEXT, Role.CLAIR_DESK, Role.AUDITOR):
        assert known(make.officer(role)) == {released, draft}
    organisation = make.officer(Role.ORGANISATION, make.office())
    for told in (make.officer(Role.MISSION), make.officer(Role.HOST), organisation):
        assert known(told) == {released}
    assert known(make.person()) == set()
    mic = make.officer(Role.MIC)
    assert [*map(attrgetter("seats"), plans_for(mic))] == [11, 10]


def test_a_missions_own_date_stands_before_the_programmes() -> None:
    dublin, boston = make.mission("dublin"), make.mission("boston", "US")
    programmes = factories.deadline("closes", None, datetime(2026, 11, 1, tzinfo=UTC))
    own = factories.deadline("closes", dublin)
    year = factories.year()
    assert deadline(year, dublin, "closes") == own
    assert deadline(year, boston, "closes") == programmes
    assert deadline(year, None, "closes") == programmes
    assert deadline(year, dublin, "reply_by") is None
    assert deadlines_by_mission(year, "closes") == {None: programmes, dublin.pk: own}


def test_a_countrys_own_row_of_a_document_replaces_the_general_one() -> None:
    def asks(code: str, country: str = "", **facts: object) -> DocumentRequirement:
        return DocumentRequirement.objects.create(
            code=code,
            country=make.country(country) if country else None,
            name_en=code,
            name_ja=code,
            originals=1,
            copies=2,
            kind="ordinary",
            source="test",
            **facts,
        )

    form, degree = asks("form"), asks("degree")
    own = asks("form", "GB")
    asks("old", valid_to=date(2020, 1, 1))
    assert documents_for(make.country("GB"), TODAY) == [own, degree]
    assert documents_for(make.country("IE"), TODAY) == [form, degree]
    assert documents_for(None, TODAY) == [form, degree]


def test_pay_follows_cohort_and_year_of_service() -> None:
    def rate(start: int | None, end: int | None, service: int | None, yen: int) -> PayRate:
        return PayRate.objects.create(
            cohort_from=start,
            cohort_to=end,
            year_of_service=service,
            annual_yen=yen,
            taxes="gross",
            source="test",
        )

    old = rate(2012, 2024, 1, 3_360_000)
    new = rate(2025, None, 1, 4_020_000)
    second = rate(2025, None, 2, 4_140_000)
    assert pay_for(2024, 1, TODAY) == old
    assert pay_for(2026, 1, TODAY) == new
    assert pay_for(2026, 2, TODAY) == second
    assert pay_for(2026, 6, TODAY) is None
    assert pay_for(1990, 1, TODAY) is None


def test_pay_for_one_cohort_goes_before_pay_for_all_on_every_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        pay_for(2026, 1, TODAY)

    order = queries[0]["sql"].rpartition("ORDER BY")[2]
    assert order.count("DESC NULLS LAST") == 3


def test_codes_come_in_the_programmes_order() -> None:
    for code in ("SEA", "ALT", "CIR"):
        factories.position(code)
    assert [*positions_by_code()] == ["ALT", "CIR", "SEA"]
    assert [*waves_by_code(factories.year())] == ["april", "a", "b", "c"]


def test_a_resolution_about_a_plan_leads_to_the_version_for_those_who_know_of_it() -> None:
    plan = factories.plan()
    words = subject_of(make.officer(Role.MIC), plan.key)
    assert words == Subject(label="Invitation plan 2027-1", url=f"/intake/plans/{plan.pk}/")
    assert subject_of(make.person(), plan.key) == Subject(label="the numbers invited")
