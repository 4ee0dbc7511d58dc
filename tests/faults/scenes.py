"""What goes on while processes are killed: who presses what, and when the worker works."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kakehashi.demo.rules import Stage
from kakehashi.directory.models import Person
from kakehashi.home.actions import keep_upload, write_upload
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import clock, jobs, outbox
from kakehashi.kernel.imports import IMPORTS
from kakehashi.kernel.models import Batch, Upload
from kakehashi.kernel.outbox import waiting
from kakehashi.placement.actions import start_run
from kakehashi.placement.models import Run
from kakehashi.placement.queries import overfull
from kakehashi.placement.tests import factories as placement
from kakehashi.selection.actions import release
from kakehashi.selection.models import Round
from kakehashi.selection.tests import factories as selection

PEOPLE = 6
DEMO_PEOPLE = 12
AGAIN = {302, 404, 409}  # what a second press may be answered with
Step = tuple[str, Callable[[], None]]
WORKER = "worker"


@dataclass(frozen=True)
class Scene:
    """A system before the faults, and what happens to it, step by step; each step may die."""

    name: str
    before: Callable[[], None]
    steps: list[Step]
    has_tables: bool = True


def press(email: str, name: str, number: int, **data: object) -> None:
    """Press a button as this person, as a browser would; pressed again, it may be too late."""
    client = Client()
    client.force_login(Person.objects.get(email=email))
    answer = client.post(reverse(name, args=[number]), data)
    if answer.status_code not in AGAIN:
        raise AssertionError(f"{name} was answered with {answer.status_code}")


def _mofa() -> str:
    return Person.objects.filter(seats__role="mofa").earliest("pk").email


def _clair() -> str:
    return Person.objects.filter(seats__role="clair_placement").earliest("pk").email


def work() -> None:
    """Do what a worker does; it is called where the harness forks one."""
    raise NotImplementedError


def _a_round() -> None:
    here = selection.cast()
    points = range(90, 90 - PEOPLE, -1)
    selection.drafted(here, selection.decided(here, *points, seats=2))


def _release_round() -> None:
    row = Round.objects.get()
    press(_mofa(), "selection:release", row.pk, count=PEOPLE, version=row.version)


def _letters() -> None:
    _a_round()
    mofa = Person.objects.get(email=_mofa())
    release(Round.objects.get(), count=PEOPLE, by=mofa, at=selection.NOON)


def _a_table() -> None:
    here = selection.cast()
    found = selection.applied(here, PEOPLE)
    head = "application,kind,person_email,points,japanese_level,comment,held_on\n"
    lines = [
        f"{one.number},{kind},{person.email},80,N5,,2026-09-29\n"
        for one in found
        for kind, person in (("screening", here.reader), ("interview", here.interviewer))
    ]
    data = (head + "".join(lines)).encode()
    keep_upload("scores", "scores.csv", data, by=here.officer, at=selection.NOON)


def _bring_table() -> None:
    upload = Upload.objects.first()
    if upload is not None:
        write_upload(IMPORTS["scores"], upload, by=upload.by, at=clock.now())


def _a_market() -> None:
    placement.accepted()
    placement.people({}, {})
    placement.weights()
    run = start_run(intake.year(), by=placement.clair(), at=clock.now(), seed="27")
    placement.resolved(run)


def _draft_notices() -> None:
    run = Run.objects.get()
    if run.batch_id is None:
        press(_clair(), "placement:draft_notices", run.pk)


def _release_run() -> None:
    run = Run.objects.get()
    if run.state == "solved":
        count = waiting(Batch.objects.get(pk=run.batch_id))
        press(_clair(), "placement:release_run", run.pk, count=count, reason="-")


def _nobody_too_many() -> None:
    assert not overfull(Run.objects.get()).exists()


def _nothing() -> None:
    """Leave the tables empty."""


def _demo(stage: Stage) -> list[Step]:
    """Ask for the demo, as one does again when it was killed."""
    words = ["demo", f"--people={DEMO_PEOPLE}", f"--at={stage.value}", "--no-serve"]
    return [("demo", lambda: call_command(*words, stdout=StringIO()))]


def _set_up() -> None:
    """Make the tables and load the pack, as one does again when it was killed."""
    call_command("set_up", stdout=StringIO())


SCENES = {
    scene.name: scene
    for scene in (
        Scene("release", _a_round, [("release", _release_round), (WORKER, work)]),
        Scene("outbox", _letters, [(WORKER, work)]),
        Scene("import", _a_table, [("bring", _bring_table), (WORKER, work)]),
        Scene("demo", _nothing, _demo(Stage.APPOINTMENT)),
        Scene("plan", _nothing, _demo(Stage.PLAN)),
        Scene("set_up", _nothing, [("set_up", _set_up)], has_tables=False),
        Scene(
            "placement",
            _a_market,
            [
                (WORKER, work),
                ("draft", _draft_notices),
                ("release", _release_run),
                (WORKER, work),
                ("seats", _nobody_too_many),
            ],
        ),
    )
}
outbox.HANDFUL = 4  # so that a batch needs several steps
assert jobs.MOST_TRIES > 1
