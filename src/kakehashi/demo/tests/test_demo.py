from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from kakehashi.accounts.actions import load_pack as load_accounts
from kakehashi.accounts.models import FactorRule
from kakehashi.accounts.queries import needs_factor
from kakehashi.demo.actions import PASSWORD, load
from kakehashi.demo.actions.stage import Foreign, make_room, rows_there, standing_scene
from kakehashi.demo.management.commands.demo import stage_named
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import CAST, Stage
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.chain import Head
from kakehashi.kernel.models import JobRun, RunState
from kakehashi.kernel.trail import anchors, anchors_folder, lines_about, verify_trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", tmp_path)
    monkeypatch.setattr("kakehashi.kernel.clock._shift", timedelta(0))


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(settings, "KAKEHASHI_DEMO", True)
    return load(people=12, stage=Stage.PLAN, pack=settings.KAKEHASHI_PACK)


def test_a_demo_leaves_a_whole_trail_an_anchor_and_no_failed_job(demo: Scene) -> None:
    assert demo.is_finished
    assert verify_trail(*anchors()) is None
    assert len(anchors()) == 1
    assert list(JobRun.objects.exclude(state=RunState.DONE)) == []


def test_a_visitor_can_be_anyone(demo: Scene, client: Client) -> None:
    assert demo.is_finished
    for part in CAST:
        answer = client.post(f"/demo/as/{part.slug}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert client.get("/").status_code == 200, part.slug


def test_a_visitor_can_also_sign_in_with_the_password_shown(
    demo: Scene, client: Client
) -> None:
    assert demo.is_finished
    assert client.login(email="mic@demo.invalid", password=PASSWORD)


def test_nobody_signs_in_as_somebody_where_this_is_no_demo(
    demo: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo.is_finished
    monkeypatch.setattr(settings, "KAKEHASHI_DEMO", False)

    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/as/mic/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_signs_in_as_somebody_who_is_not_of_the_cast(
    demo: Scene, client: Client
) -> None:
    assert demo.is_finished
    assert client.post("/demo/as/nobody/").status_code == 404
    assert client.get("/demo/as/mic/").status_code == 404


def test_a_demo_that_stands_is_left_as_it_is(demo: Scene) -> None:
    assert standing_scene(12, Stage.PLAN) == demo
    assert standing_scene(13, Stage.PLAN) is None
    assert standing_scene(12, Stage.SELECTION) is None


@pytest.mark.django_db(transaction=True)
def test_another_demo_takes_the_place_of_the_first(demo: Scene) -> None:
    assert make_room() == demo

    assert rows_there() == 0
    assert make_room() is None


@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_demo_go_with_it_and_those_of_another_system_stay(
    demo: Scene, tmp_path: Path
) -> None:
    assert demo.is_finished
    ours, (file,) = anchors(), anchors_folder().glob("*.txt")
    another = Head(7, "0" * 64)
    file.write_text(f"{another}\n{file.read_text()}")
    mail = tmp_path / "mail"
    mail.mkdir()
    (mail / "1.log").write_text("To: mic@demo.invalid\nMessage-ID: <post-1@x>\n\nHello\n")
    (mail / "2.log").write_text("To: somebody@example.org\n\nHello\n")
    assert (tmp_path / "demo-tables").is_dir()
    assert len(ours) == 1

    make_room()
    assert anchors() == [another]
    assert [left.name for left in mail.iterdir()] == ["2.log"]
    assert not (tmp_path / "demo-tables").exists()
    file.write_text("")
    load(people=12, stage=Stage.PLAN, pack=settings.KAKEHASHI_PACK)
    assert verify_trail(*anchors()) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("finished", "said"),
    [
        (False, "Cleared the demo that was never finished here: 12 people, at plan."),
        (True, "Cleared the demo that had been finished here: 12 people, at plan."),
    ],
)
def test_a_demo_that_makes_room_is_named(
    monkeypatch: pytest.MonkeyPatch, *, finished: bool, said: str
) -> None:
    left = Scene(people=12, stage=Stage.PLAN, moment=clock.now(), is_finished=finished)
    left.save()
    monkeypatch.setattr(
        "kakehashi.demo.management.commands.demo.load", lambda **_: Scene.objects.first()
    )
    out = StringIO()
    call_command("demo", "--no-serve", "--people=13", "--at=plan", stdout=out)

    assert out.getvalue().splitlines()[0] == said
    assert not Scene.objects.exists()


def test_a_database_that_no_demo_made_is_left_alone() -> None:
    Person.objects.create_user("somebody@example.org")
    before = rows_there()

    with pytest.raises(Foreign):
        standing_scene(12, Stage.PLAN)
    with pytest.raises(CommandError, match="leaves it alone"):
        call_command("demo", "--no-serve", "--people=12", stdout=StringIO())
    make_room()
    assert rows_there() == before


@pytest.mark.parametrize("arch", ["support", "alumni"])
def test_an_arch_that_does_not_stand_is_refused_by_name(arch: str) -> None:
    with pytest.raises(CommandError, match=arch):
        stage_named(arch)


def test_an_unknown_arch_is_answered_with_those_there_are() -> None:
    with pytest.raises(CommandError, match="plan, recruitment, selection"):
        stage_named("moon")


def test_no_seat_of_a_demo_needs_a_second_factor_and_the_trail_says_why(
    demo: Scene, client: Client
) -> None:
    assert demo.is_finished
    rows = list(FactorRule.objects.order_by("pk"))
    deeds = [[line.deed for line in lines_about([row.key])] for row in rows]
    assert rows
    assert deeds == [["release_second_factor"]] * len(rows)
    client.post("/demo/as/operator/")
    page = client.get("/").content.decode()
    assert "/account/factors/" not in page
    load_accounts(settings.KAKEHASHI_PACK, by="system:set_up", at=clock.now())
    everybody = Person.objects.filter(email__in=[part.email for part in CAST])
    assert [one for one in everybody if needs_factor(one, at=clock.now())] == []
