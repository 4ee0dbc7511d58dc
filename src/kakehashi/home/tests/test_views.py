from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from kakehashi.directory.models import Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.home import queries
from kakehashi.kernel import jobs, outbox
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.models import JobRun, Post, RunState, Trace
from kakehashi.kernel.trail import record

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)


class Canary(Letter):
    """A letter whose words must reach one reader only."""

    def write(self, language: str) -> tuple[str, str]:
        return f"canary-subject-{language}", "canary-body\n"


def officer(role: Role) -> Person:
    office = make.office(kind=OfficeKind.SECRETARIAT, code=f"office-{role}")
    person = make.person(email=f"{role}@example.org".replace("_", "-"))
    make.seat(person, office, role)
    return person


def visit(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def write_to(person: Person) -> Post:
    draft = outbox.Draft(letter=Canary(), to=person, language="ja", about="x/1")
    return outbox.post(draft, at=NOON)


def test_today_says_what_waits_and_draws_eight_arches() -> None:
    answer = visit(officer(Role.MIC)).get("/")

    assert answer.status_code == 200
    assert answer.context["tasks"] == []
    assert answer.context["lede"] == "Nothing waits for you today."


def test_a_letter_is_read_by_whom_it_is_to_and_by_nobody_else() -> None:
    mine, stranger = make.person(email="me@example.org"), officer(Role.AUDITOR)
    row = write_to(mine)

    assert "canary-body" in visit(mine).get(f"/letters/{row.pk}/").content.decode()
    row.refresh_from_db()
    assert row.read_at is not None
    foreign, unknown = (visit(stranger).get(f"/letters/{pk}/") for pk in (row.pk, 99_999))
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert "canary" not in visit(stranger).get("/letters/").content.decode()


def test_a_draft_is_not_a_letter_yet() -> None:
    mine, mofa = make.person(email="me@example.org"), officer(Role.MOFA)
    draft = outbox.Draft(letter=Canary(), to=mine, language="en", about="x/1")
    batch = outbox.draft_batch([draft], about="x/1", title="Results", by=mofa, at=NOON)

    assert list(queries.letters_for(mine)) == []
    assert "canary" not in visit(mine).get("/letters/").content.decode()
    assert "canary-subject-en" in visit(mofa).get(f"/outbox/{batch.pk}/").content.decode()
    assert visit(mine).get(f"/outbox/{batch.pk}/").status_code == 404


def test_a_letter_that_can_still_be_taken_back_is_nobodys_to_read() -> None:
    mine, mofa = make.person(email="me@example.org"), officer(Role.MOFA)
    draft = outbox.Draft(letter=Canary(), to=mine, language="en", about="x/1")
    batch = outbox.draft_batch([draft], about="x/1", title="Results", by=mofa, at=NOON)
    outbox.release(batch, count=1, by=mofa, at=NOON)

    assert list(queries.letters_for(mine)) == []
    jobs.drain()
    assert [letter.batch for letter in queries.letters_for(mine)] == [batch]


def test_whoever_has_left_the_desk_reads_its_batches_no_more() -> None:
    mine, mofa = make.person(email="me@example.org"), officer(Role.MOFA)
    draft = outbox.Draft(letter=Canary(), to=mine, language="en", about="x/1")
    batch = outbox.draft_batch([draft], about="x/1", title="Results", by=mofa, at=NOON)
    assert list(queries.batches_for(mofa)) == [batch]

    mofa.seats.update(ends_on=date(2020, 1, 1), starts_on=date(2019, 1, 1))
    assert visit(mofa).get(f"/outbox/{batch.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_of_letters_costs_the_same(
    count: int,
    django_assert_num_queries: Any,  # noqa: ANN401 -- pytest-django's fixture
) -> None:
    mine = make.person(email="me@example.org")
    for _ in range(count):
        write_to(mine)
    client = visit(mine)
    client.get("/letters/")

    with django_assert_num_queries(8):
        client.get("/letters/")


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_trail_costs_the_same(
    count: int,
    django_assert_num_queries: Any,  # noqa: ANN401 -- pytest-django's fixture
) -> None:
    auditor = officer(Role.AUDITOR)
    for number in range(count):
        record(f"thing/{number}", "touch", by="system:test", at=NOON)
    client = visit(auditor)
    client.get("/trail/")

    with django_assert_num_queries(8):
        client.get("/trail/")


def test_the_auditor_reads_the_whole_trail_and_others_their_own_deeds() -> None:
    auditor, mic = officer(Role.AUDITOR), officer(Role.MIC)
    mine = record("thing/1", "touch", by=mic, at=NOON)
    record("thing/2", "touch", by="system:test", at=NOON)

    assert queries.trail_for(auditor).count() == Trace.objects.count()
    assert list(queries.trail_for(mic)) == [mine]
    assert visit(auditor).get("/trail/verify/").status_code == 200
    assert visit(mic).get("/trail/verify/").status_code == 404


def test_a_tampered_trail_is_shown_to_the_auditor() -> None:
    auditor = officer(Role.AUDITOR)
    line = record("thing/1", "touch", by="system:test", at=NOON)
    Trace.objects.filter(number=line.number).update(deed="other")

    assert visit(auditor).get("/trail/verify/").context["fault"] == (
        f"line {line.number} was altered"
    )


def test_search_finds_in_both_scripts_what_one_may_know_of() -> None:
    make.office(
        kind=OfficeKind.ORGANISATION,
        code="co-1",
        name_en="Iwami Board of Education",
        name_ja="岩美町教育委員会",
    )
    client = visit(officer(Role.CLAIR_DESK))

    for words in ("岩美", "iwami", "Iwami Education", "co-1"):
        found = client.get("/search/", {"q": words}).context["found"]
        assert [hit.label for kind in found for hit in kind.hits] == [
            "Iwami Board of Education"
        ], words
    assert client.get("/search/", {"q": "nowhere"}).context["found"] == []


def test_only_an_operator_sees_jobs_and_runs_a_failed_one_again() -> None:
    operator, auditor = officer(Role.OPERATOR), officer(Role.AUDITOR)
    run = JobRun.objects.create(
        name="kernel.outbox.send_one",
        ids=[write_to(operator).pk],
        key="k",
        state=RunState.FAILED,
        queued_at=NOON,
    )

    assert visit(auditor).get("/jobs/").context["rows"] == []
    assert visit(auditor).get(f"/jobs/{run.pk}/").status_code == 404
    assert visit(auditor).post(f"/jobs/{run.pk}/again/").status_code == 404
    assert visit(operator).get("/").context["tasks"][0].work.label == "1 job has failed"
    visit(operator).post(f"/jobs/{run.pk}/again/")
    jobs.drain()
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_the_account_page_lists_my_seats_in_my_language() -> None:
    person = officer(Role.MIC)
    person.language = "ja"
    person.save()
    page = visit(person).get("/me/").content.decode()

    with override("ja"):
        assert "総務省担当者" in page
    assert '<html lang="ja"' in page


def test_choosing_a_language_is_remembered_for_letters() -> None:
    person = officer(Role.MIC)
    visit(person).post("/language/", {"language": "ja", "next": "/"})
    person.refresh_from_db()

    assert person.language == "ja"
