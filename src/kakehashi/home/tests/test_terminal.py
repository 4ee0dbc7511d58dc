"""The main job from the terminal: every step by the seat that owns it."""

import csv
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from kakehashi.appointment.models import Appointment
from kakehashi.demo.actions import load
from kakehashi.demo.actions.tables import table
from kakehashi.demo.rules import (
    MISSION,
    TOKYO,
    Stage,
    application_row,
    people,
    request_row,
)
from kakehashi.directory.queries import prefectures_by_code
from kakehashi.intake.models import Plan
from kakehashi.kernel import clock
from kakehashi.placement.models import Placement

pytestmark = pytest.mark.django_db
APPLICANTS = 3
CENSUS = date(2027, 7, 1)


@pytest.fixture(autouse=True)
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", tmp_path)
    monkeypatch.setattr(settings, "KAKEHASHI_JOBS_RAISE", True)
    monkeypatch.setattr(clock, "_shift", clock._shift)
    load(people=12, stage=Stage.PLAN, pack=settings.KAKEHASHI_PACK)


def run(*words: str) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue().strip()


def do(slug: str, *words: str) -> str:
    return run("do", *words, f"--as={slug}@demo.invalid")


def bring(slug: str, kind: str, rows: list[dict[str, str]], folder: Path) -> str:
    file = folder / f"{kind}.csv"
    file.write_bytes(table(kind, rows))
    return run("import", kind, str(file), f"--as={slug}@demo.invalid")


def resolve(slug: str, thing: str, council: str, number: str) -> str:
    texts = ("text_en=Adopted.", "text_ja=原案のとおり決定する。")
    words = (f"council={council}", f"number={number}", "on=2026-09-10", *texts)
    return do(slug, "adopt", thing, *words)


def day(year: int, month: int, number: int) -> None:
    clock.live_at(datetime(year, month, number, 10, 0, tzinfo=TOKYO))


def plan(folder: Path) -> None:
    lines = [
        {"year": "2027", "country": "GB", "position": "ALT", "wave": "a", "seats": "9"},
        {"year": "2027", "country": "IE", "position": "ALT", "wave": "a", "seats": "1"},
    ]
    assert bring("mic", "plan", lines, folder) == "2 rows written."
    key = Plan.objects.latest("pk").key
    do("mic", "submit_plan", key)
    with pytest.raises(CommandError, match=r"決議|resolution"):
        do("mic", "release_plan", key)
    resolve("mofa", key, "joint-council", "2026-1")
    do("mic", "release_plan", key)


def choose(folder: Path) -> None:
    day(2026, 10, 20)
    chance = Random("terminal")
    codes = sorted(prefectures_by_code())
    rows = [
        application_row(one, mission=MISSION, prefectures=codes, chance=chance)
        | {"nationality": "GB", "position": "ALT"}
        for one in people([("GB", "ALT", APPLICANTS)], start=1, kind="applicant", chance=chance)
    ]
    assert bring("mission", "applications", rows, folder) == f"{APPLICANTS} rows written."
    assert do("mission", "complete_all", "year=2027") == "3 applications are complete."
    day(2027, 1, 25)
    scores = [
        {
            "application": f"27-{number:05d}",
            "kind": kind,
            "person_email": f"{judge}@demo.invalid",
            "points": "80",
            "japanese_level": "none",
            "held_on": "2027-01-24",
        }
        for number in range(1, APPLICANTS + 1)
        for kind, judge in (("screening", "reader"), ("interview", "interviewer"))
    ]
    assert bring("mission", "scores", scores, folder) == "6 rows written."
    key = do("mission", "open_round", "year=2027", f"mission={MISSION}").split()[0]
    do("mission", "decide", key)
    resolve("mofa", key, "joint-council", "2027-1")
    do("mission", "draft_results", key)
    with pytest.raises(CommandError, match="3"):
        do("mofa", "release", key, "count=2")
    assert do("mofa", "release", key, "count=3") == "3 letters are released."
    run("work", "--once")


def place(folder: Path) -> None:
    wishes = [request_row("co-31302", seats=3, cir=False, chance=Random("x")) | {"wave": "a"}]
    wishes[0]["licence_required"] = "no"
    assert bring("co", "requests", wishes, folder) == "1 rows written."
    assert do("host", "check_all", "year=2027") == "1 requests are passed on to CLAIR."
    assert do("clair-placement", "accept_all", "year=2027") == "1 requests are accepted."
    day(2027, 5, 10)
    key = do("clair-placement", "start_run", "year=2027").split()[0]
    run("work", "--once")
    resolve("committee-placement", key, "placement", "2027-P1")
    said = do("clair-placement", "draft_notices", key)
    do("clair-placement", "release_run", key, f"count={said.split()[0]}")
    run("work", "--once")
    assert do("co", "agree_all", "year=2027") == "0 placements are agreed."  # not told yet
    day(2027, 5, 11)
    run("work", "--once")
    assert do("co", "agree_all", "year=2027") == "3 placements are agreed."


def british_on(day: date) -> int:
    """Count the British assistant teachers whose terms, as they stand now, run on a day."""
    return sum(
        row.country.code == "GB"
        and row.position.code == "ALT"
        and row.starts_on <= day <= row.ends_on
        for row in Appointment.objects.select_related("country", "position")
    )


def test_the_main_job_from_the_plan_to_the_yearbook(tmp_path: Path) -> None:
    before = british_on(CENSUS)  # newcomers come after that day
    plan(tmp_path)
    choose(tmp_path)
    place(tmp_path)
    notice = tmp_path / "notice.pdf"
    key = f"placement.placement/{Placement.objects.earliest('pk').pk}"
    do("co", "notice", key, "kind=organisation", "language=ja", f"file={notice}")
    assert notice.read_bytes().startswith(b"%PDF")
    day(2027, 6, 10)
    assert do("clair-events", "expect_all", "year=2027") == "3 people are expected."
    day(2027, 7, 28)
    said = do("clair-events", "arrive_all", "due=2027-07-27", "on=2027-07-27")
    assert said == "3 people have arrived."
    run("work", "--once")
    do("mic", "take_census", f"on={CENSUS}")
    book = tmp_path / "yearbook.csv"
    run("export", "yearbook", str(book), "--as=mic@demo.invalid")
    rows = list(csv.DictReader(book.read_text(encoding="utf-8-sig").splitlines()))
    british = [row["people"] for row in rows if (row["code"], row["position"]) == ("GB", "ALT")]
    assert before >= 1  # the demo's own participant
    assert british == [str(before)]
    assert run("verify_trail").startswith("The trail is whole (1 anchors).")


def test_the_wrong_seat_is_refused_with_the_rule() -> None:
    with pytest.raises(CommandError, match=r"only if|場合だけ"):
        do("mofa", "submit_plan", Plan.objects.latest("pk").key)


def test_what_one_may_not_know_of_is_as_if_it_were_not_there() -> None:
    plan = Plan.objects.latest("pk").key
    for thing in (plan, "intake.plan/999999", "kernel.jobrun/1", "nonsense", "x.y/1"):
        with pytest.raises(CommandError, match="not for you to know of"):
            do("co", "submit_plan", thing)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("open_round", "year=2027"), "mission=… is missing"),
        (("open_round", "year=soon", "mission=london"), "year=soon is not a whole number"),
        (("open_round", "year=1999", "mission=london"), "no programme year 1999"),
        (("arrive_all", "due=tomorrow", "on=2027-07-27"), "is not a day"),
    ],
)
def test_a_word_that_is_missing_or_wrong_is_named(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        do("mission", *words)


def test_a_faulty_table_is_told_in_both_languages_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    rows = [{"year": "2027", "country": "XX", "position": "ALT", "wave": "a", "seats": "2"}]
    with pytest.raises(CommandError) as refusal:
        bring("mic", "plan", rows, tmp_path)

    lines = str(refusal.value).splitlines()
    assert lines[0] == "1 faults; nothing was written."
    assert [line[:4] for line in lines[1:]] == ["[en]", "[ja]"]
    assert all("XX" in line for line in lines[1:])


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    rows = [{"year": "2027", "country": "IE", "position": "ALT", "wave": "a", "seats": "2"}]
    file = tmp_path / "plan.csv"
    file.write_bytes(table("plan", rows))

    assert run("import", "plan", str(file), "--as=mic@demo.invalid", "--dry-run") == (
        "1 rows would be written."
    )
    with pytest.raises(CommandError):
        do("mic", "submit_plan", f"intake.plan/{Plan.objects.latest('pk').pk + 1}")


def test_nobody_acts_under_an_address_nobody_has() -> None:
    for words in (
        ("do", "complete_all", "year=2027"),
        ("export", "plan", "/nowhere/plan.csv"),
        ("import", "plan", "/nowhere/plan.csv"),
    ):
        with pytest.raises(CommandError, match="Nobody here"):
            run(*words, "--as=ghost@example.org")
