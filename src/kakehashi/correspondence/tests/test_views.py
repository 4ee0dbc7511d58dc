from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.correspondence import actions
from kakehashi.correspondence.models import Attachment, Entry
from kakehashi.correspondence.tests.test_actions import PDF, letter, office_of, sent
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
DATA = {
    "counterpart": "MOFA",
    "dated_on": "2026-10-01",
    "subject": "Figures for 2027",
    "body": "CANARY",
    "due_on": "2026-10-09",
    "due_time": "",
    "time_zone": "Asia/Tokyo",
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


def test_a_letter_is_drafted_sent_and_answered_on_the_pages() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    data = DATA | {"office": str(office_of(mic).pk)}
    answer = signed_in(mic).post(reverse("correspondence:draft"), data)
    made = Entry.objects.get()
    own = reverse("correspondence:entry", args=[made.pk])
    assert answer["Location"] == own
    signed_in(mic).post(f"{own}send/")

    came = Entry.objects.get(direction="in")
    there = reverse("correspondence:entry", args=[came.pk])
    page = signed_in(mofa).get(there).content.decode()
    assert "CANARY" in page
    assert "2026-1" in page
    assert signed_in(mofa).get(own).status_code == 404

    address = f"{reverse('correspondence:draft')}?answers={came.pk}"
    assert "Re: Figures for 2027" in signed_in(mofa).get(address).content.decode()
    data = DATA | {"office": str(office_of(mofa).pk), "counterpart": "MIC"}
    signed_in(mofa).post(address, data)
    back = Entry.objects.get(answers=came)
    signed_in(mofa).post(reverse("correspondence:send", args=[back.pk]))
    came.refresh_from_db()
    made.refresh_from_db()
    assert (came.state, made.state) == ("answered", "answered")


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() -> None:
    mic = make.officer(Role.MIC)
    data = DATA | {"office": str(office_of(mic).pk), "counterpart": "MIC", "due_on": ""}
    answer = signed_in(mic).post(
        reverse("correspondence:register"), data | {"due_time": "9:00"}
    )
    assert answer.status_code == 422
    assert {*answer.context["form"].errors} == {"counterpart", "due_on"}
    assert "CANARY" in answer.content.decode()
    assert Entry.objects.count() == 0


def test_a_name_that_no_office_has_is_kept_as_written() -> None:
    mic = make.officer(Role.MIC)
    data = DATA | {"office": str(office_of(mic).pk), "counterpart": "財務省"}
    signed_in(mic).post(reverse("correspondence:register"), data)
    made = Entry.objects.get()
    assert (made.counterpart, made.other_side, made.written_number) == (
        None,
        "財務省",
        "2026-1",
    )


def test_an_enclosure_is_handed_over_as_a_file_and_a_wrong_one_is_refused() -> None:
    mic, stranger = make.officer(Role.MIC), make.officer(Role.MOFA)
    made = actions.register(office_of(mic), letter(), by=mic, at=make.NOON)
    address = reverse("correspondence:attach", args=[made.pk])
    evil = SimpleUploadedFile("letter.pdf", b"<html><script>", "application/pdf")
    answer = signed_in(mic).post(address, {"file": evil})
    assert answer.status_code == 422
    assert "This is no PDF" in answer.content.decode()
    signed_in(mic).post(address, {"file": SimpleUploadedFile("letter.pdf", PDF)})
    own = reverse("correspondence:attachment", args=[Attachment.objects.get().pk])
    file = signed_in(mic).get(own)
    assert file.content == PDF
    assert file["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert (file["X-Content-Type-Options"], file["Cache-Control"]) == ("nosniff", "no-store")
    assert signed_in(stranger).get(own).status_code == 404


def test_the_register_is_searched_narrowed_and_exported() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    sent(mic, office_of(mofa), subject="Pay table")
    actions.register(office_of(mic), letter(subject="Calendar"), by=mic, at=make.NOON)
    address = reverse("correspondence:entries")
    for query, found in (("q=pay", 1), ("direction=in", 1), ("due=overdue", 0), ("", 2)):
        assert len(signed_in(mic).get(f"{address}?{query}").context["rows"]) == found
    table = signed_in(mic).get("/tables/correspondence/take/")
    lines = table.getvalue().decode().splitlines()
    assert len(lines) == 3
    assert (
        signed_in(make.officer(Role.READER)).get("/tables/correspondence/take/").status_code
        == 404
    )


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_costs_the_same_however_long_it_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mic = make.officer(Role.MIC)
    for _ in range(count):
        actions.register(office_of(mic), letter(), by=mic, at=make.NOON)
    client = signed_in(mic)
    with django_assert_num_queries(6 + make.AROUND):
        assert client.get(reverse("correspondence:entries")).status_code == 200
