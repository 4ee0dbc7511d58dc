from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.home import actions
from kakehashi.kernel import jobs
from kakehashi.kernel.bringing import TouchedSince
from kakehashi.kernel.imports import IMPORTS, plain
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import (
    HeadingMap,
    RunState,
    Trace,
    Upload,
    UploadedThing,
    UploadState,
)
from kakehashi.kernel.trail import record

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)
HEAD = "code,name_en,name_ja,type,host_body,municipality,telephone,address\n"
ROW = "co-1,Iwami Board of Education,岩美町教育委員会,town,pref-31,,,\n"
TWO = ROW.replace("co-1", "co-2")
ORGANISATIONS = IMPORTS["organisations"]


def officer(role: Role, *, at: str = "") -> Person:
    code = at or f"office-{role}"
    office = Office.objects.filter(code=code).first()
    office = office or make.office(kind=OfficeKind.SECRETARIAT, code=code)
    number = Person.objects.count()
    person = make.person(email=f"p{number}@example.org")
    make.seat(person, office, role)
    return person


@pytest.fixture
def clair() -> Person:
    make.host("pref-31")
    return officer(Role.CLAIR_DESK)


def visit(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(person: Person, data: str | bytes, name: str = "table.csv") -> Upload:
    """Send a file and give the draft that it became."""
    whole = data.encode() if isinstance(data, str) else data
    file = SimpleUploadedFile(name, whole)
    answer = visit(person).post("/tables/organisations/bring/", {"file": file})
    assert answer.status_code == 302
    return Upload.objects.latest("pk")


def confirm(person: Person, upload: Upload) -> Any:  # noqa: ANN401 -- a test's answer
    upload.refresh_from_db()
    return visit(person).post(f"/tables/sent/{upload.pk}/write_upload/", {"seen": upload.seen})


def page(person: Person, upload: Upload) -> Any:  # noqa: ANN401 -- a test's answer
    return visit(person).get(f"/tables/sent/{upload.pk}/")


def book(*rows: Sequence[object]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def there(code: str) -> bool:
    return Office.objects.filter(code=code).exists()


def test_a_table_waits_as_a_draft_and_is_written_once_confirmed(clair: Person) -> None:
    draft = send(clair, HEAD + ROW + TWO)
    assert (draft.state, draft.rows, draft.made, draft.changed) == ("draft", 2, 2, 0)
    assert "Write 2 rows" in page(clair, draft).content.decode()
    assert not there("co-1")

    assert confirm(clair, draft).status_code == 302
    assert Office.objects.get(code="co-1").name_ja == "岩美町教育委員会"
    draft.refresh_from_db()
    assert (draft.state, bytes(draft.data), draft.made) == (UploadState.WRITTEN, b"", 2)
    assert confirm(clair, draft).status_code == 302
    assert Trace.objects.filter(thing=draft.key).count() == 1


def test_a_draft_says_what_is_new_what_changes_and_what_stays(clair: Person) -> None:
    confirm(clair, send(clair, HEAD + ROW + TWO))
    again = send(
        clair, HEAD + ROW + TWO.replace("Iwami", "Chizu") + ROW.replace("co-1", "co-3")
    )

    assert (again.made, again.changed, again.same) == (1, 1, 1)


def test_a_file_with_faults_waits_too_and_tells_the_cells(clair: Person) -> None:
    castle = ROW.replace("town", "castle") + ROW.replace("co-1", "")
    draft = send(clair, HEAD + castle)
    shown = page(clair, draft)

    assert [fault.cell for fault in shown.context["faults"]] == ["D2", "A3"]
    assert confirm(clair, draft).status_code == 302
    assert (Upload.objects.get().state, there("co-1")) == ("draft", False)


def test_a_mended_file_of_wrong_rows_is_read_again(clair: Person) -> None:
    heads = HEAD.strip().split(",")
    good, bad = ROW.strip().split(","), TWO.replace("town", "castle").strip().split(",")
    draft = send(clair, book(heads, good, bad), "offices.xlsx")
    answer = visit(clair).get(f"/tables/sent/{draft.pk}/wrong_rows/")
    assert 'filename="offices-to-mend.xlsx"' in answer["Content-Disposition"]

    wrong = openpyxl.load_workbook(BytesIO(answer.content))
    rows = list(wrong.active.values)
    assert rows[0][:2] == ("code", "name_en")
    assert [row[:4] for row in rows[1:]] == [(*bad[:3], "castle")]
    assert rows[1][8] == 3
    assert rows[1][9].startswith("D3: This word is not known here.")
    assert wrong.active["D2"].fill.fgColor.rgb == "FFFFFF00"
    wrong.active["D2"] = "town"
    mended = BytesIO()
    wrong.save(mended)
    again = send(clair, mended.getvalue(), "mended.xlsx")
    assert (again.rows, again.made) == (1, 1)


def test_headings_are_mapped_by_hand_and_remembered_in_the_office(clair: Person) -> None:
    heads = HEAD.replace("name_ja", "団体の名").replace("address", "備考")
    draft = send(clair, heads + ROW)
    assert page(clair, draft).context["is_strange"]
    visit(clair).post(
        f"/tables/sent/{draft.pk}/map_headings/",
        {
            "sheet": "",
            "head": "1",
            "heading": [plain("団体の名"), plain("備考")],
            "meaning": ["name_ja", "-"],
        },
    )
    draft.refresh_from_db()
    assert (draft.made, draft.mapping) == (
        1,
        {"団体の名": "name_ja", "備考": "-"} | draft.mapping,
    )

    mate = officer(Role.CLAIR_DESK, at=f"office-{Role.CLAIR_DESK}")
    assert send(mate, heads + ROW).made == 1
    assert HeadingMap.objects.count() == 1
    elsewhere = officer(Role.CLAIR_PLACEMENT)
    assert Upload.objects.filter(by=elsewhere).count() == 0


def test_codes_that_lost_their_zero_get_it_back_when_asked(clair: Person) -> None:
    make.host("pref-01")
    make.municipality("01202")
    draft = send(clair, HEAD + ROW.replace("pref-31,", "pref-01,1202"))
    shown = page(clair, draft)
    assert [(fault.cell, fault.mend) for fault in shown.context["faults"]] == [("F2", "01202")]

    visit(clair).post(f"/tables/sent/{draft.pk}/map_headings/", {"sheet": "", "mend": "on"})
    confirm(clair, draft)
    city = Office.objects.get(code="co-1").municipality
    assert city is not None
    assert city.code == "01202"


def test_what_changed_meanwhile_is_shown_before_it_is_written(clair: Person) -> None:
    draft = send(clair, HEAD + ROW)
    confirm(clair, send(clair, HEAD + ROW.replace("Iwami", "Chizu")))
    seen = draft.seen
    assert confirm(clair, draft).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.made, draft.changed) == ("draft", 0, 1)
    assert draft.seen != seen
    assert Office.objects.get(code="co-1").name_en.startswith("Chizu")

    confirm(clair, draft)
    assert Office.objects.get(code="co-1").name_en.startswith("Iwami")


def test_an_import_is_undone_with_what_it_added_and_changed(clair: Person) -> None:
    confirm(clair, send(clair, HEAD + ROW))
    second = send(clair, HEAD + ROW.replace("Iwami", "Chizu") + TWO)
    confirm(clair, second)
    assert UploadedThing.objects.filter(upload=second).count() == 2

    visit(clair).post(f"/tables/sent/{second.pk}/undo_upload/")
    second.refresh_from_db()
    assert (second.state, second.can_undo) == (UploadState.UNDONE, False)
    assert Office.objects.get(code="co-1").name_en.startswith("Iwami")
    assert not there("co-2")
    deeds = Trace.objects.filter(deed__in=["undo_import", "undo_upload"])
    assert deeds.count() == 3
    with pytest.raises(MoveNotAllowed):
        actions.undo_upload(ORGANISATIONS, second, by=clair, at=NOON)


def test_an_import_that_a_later_deed_touched_names_the_record_and_stays(clair: Person) -> None:
    upload = send(clair, HEAD + ROW + TWO)
    confirm(clair, upload)
    record(Office.objects.get(code="co-2").key, "rename", by=clair, at=NOON)
    answer = visit(clair).post(f"/tables/sent/{upload.pk}/undo_upload/")

    assert (answer.status_code, answer.context["touched"]) == (
        409,
        ["Iwami Board of Education"],
    )
    assert there("co-1")
    assert there("co-2")
    upload.refresh_from_db()
    assert upload.state == UploadState.WRITTEN


def test_what_hangs_on_an_imported_record_keeps_it(clair: Person) -> None:
    upload = send(clair, HEAD + ROW)
    confirm(clair, upload)
    make.seat(
        make.person(email="co@example.org"), Office.objects.get(code="co-1"), Role.ORGANISATION
    )
    upload.refresh_from_db()

    with pytest.raises(TouchedSince) as found:
        actions.undo_upload(ORGANISATIONS, upload, by=clair, at=NOON)
    assert [thing.partition("/")[0] for thing in found.value.things] == ["directory.seat"]
    assert there("co-1")


def test_a_large_table_is_written_by_a_worker_and_once(
    clair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LARGE", 1)
    upload = send(clair, HEAD + ROW + TWO)
    confirm(clair, upload)
    upload.refresh_from_db()
    assert (upload.state, there("co-1")) == (UploadState.QUEUED, False)
    assert "Being written" in page(clair, upload).content.decode()

    jobs.drain()
    upload.refresh_from_db()
    assert (upload.state, there("co-2")) == ("written", True)
    assert upload.run is not None
    assert upload.run.state == RunState.DONE
    actions.bringing.write_large(upload.run, upload.pk)
    assert Trace.objects.filter(thing=upload.key).count() == 1


def test_a_large_table_is_stopped_and_waits_again(
    clair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LARGE", 1)
    upload = send(clair, HEAD + ROW + TWO)
    confirm(clair, upload)
    visit(clair).post(f"/tables/sent/{upload.pk}/stop_upload/")
    jobs.drain()

    upload.refresh_from_db()
    assert (upload.state, there("co-1")) == (UploadState.DRAFT, False)


def test_a_large_table_that_no_longer_fits_becomes_a_draft(
    clair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = send(clair, HEAD + ROW + TWO)
    confirm(clair, send(clair, HEAD + ROW.replace("Iwami", "Chizu")))
    monkeypatch.setattr(actions, "LARGE", 1)
    confirm(clair, upload)
    jobs.drain()

    upload.refresh_from_db()
    assert (upload.state, upload.seen, there("co-2")) == ("draft", "", False)
    assert "Look again" in page(clair, upload).content.decode()


def test_what_is_no_table_is_answered_at_once_and_not_kept(clair: Person) -> None:
    file = SimpleUploadedFile("table.xlsx", b"%PDF-1.7 ...")
    answer = visit(clair).post("/tables/organisations/bring/", {"file": file})

    assert answer.status_code == 422
    assert "This is a PDF, not a table." in answer.content.decode()
    assert Upload.objects.count() == 0


def test_nobody_sees_or_confirms_a_table_that_somebody_else_sent(clair: Person) -> None:
    draft = send(clair, HEAD + ROW)
    other = visit(officer(Role.OPERATOR))

    for deed in ("", "write_upload/", "undo_upload/", "throw_away/", "map_headings/"):
        assert other.post(f"/tables/sent/{draft.pk}/{deed}").status_code == 404
    assert other.get(f"/tables/sent/{draft.pk}/").status_code == 404
    assert other.get("/tables/sent/").context["rows"] == []
    assert not there("co-1")


def test_a_draft_is_thrown_away_by_whoever_sent_it(clair: Person) -> None:
    draft = send(clair, HEAD + ROW)
    assert visit(clair).get("/tables/").context["waiting"][0] == draft
    visit(clair).post(f"/tables/sent/{draft.pk}/throw_away/")

    assert Upload.objects.count() == 0


def test_a_table_one_may_not_bring_does_not_exist() -> None:
    client = visit(officer(Role.AUDITOR))

    for path in (
        "organisations/bring",
        "organisations/template",
        "nonsense/bring",
        "nonsense/take",
    ):
        assert client.get(f"/tables/{path}/").status_code == 404


def test_a_table_that_leaves_holds_what_its_taker_may_know_of(clair: Person) -> None:
    confirm(clair, send(clair, HEAD + ROW))
    answer = visit(clair).get("/tables/organisations/take/")

    assert answer["Content-Disposition"] == 'attachment; filename="organisations.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith(HEAD.strip())
    assert [line.split(",")[0] for line in lines[1:]] == ["co-1"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_workbook_that_leaves_comes_back_changed(clair: Person, language: str) -> None:
    confirm(clair, send(clair, HEAD + ROW + TWO))
    clair.language = language
    clair.save()
    answer = visit(clair).get(
        "/tables/organisations/take/?format=xlsx", headers={"accept-language": language}
    )
    taken = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = taken.active
    assert sheet.protection.sheet
    assert (sheet["A2"].protection.locked, sheet["B2"].protection.locked) == (True, False)
    sheet["B3"] = "Chizu Board of Education"
    changed = BytesIO()
    taken.save(changed)

    back = send(clair, changed.getvalue(), "organisations.xlsx")
    assert (back.made, back.changed, back.same) == (0, 1, 1)


def test_a_template_is_filled_in_and_brought(clair: Person) -> None:
    answer = visit(clair).get("/tables/organisations/template/")
    filled = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = filled.worksheets[0]
    assert sheet["A3"].value == "Code\nコード"
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["E4:E1003"].endswith("!$A$2:$A$2")
    for column, value in enumerate(ROW.strip().split(","), start=1):
        sheet.cell(4, column).value = value
    file = BytesIO()
    filled.save(file)

    assert send(clair, file.getvalue(), "template.xlsx").made == 1


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_of_what_i_sent_costs_the_same(
    count: int,
    clair: Person,
    django_assert_num_queries: Any,  # noqa: ANN401 -- pytest-django's fixture
) -> None:
    Upload.objects.bulk_create(
        Upload(kind="organisations", name=f"{n}.csv", data=b"", by=clair, at=NOON)
        for n in range(count)
    )
    client = visit(clair)
    client.get("/tables/sent/")

    with django_assert_num_queries(7):
        client.get("/tables/sent/")
