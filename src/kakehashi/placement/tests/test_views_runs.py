from urllib.parse import quote

import pytest

from kakehashi.councils.queries import subjects
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.models import JobRun, Post, Trace
from kakehashi.placement.lifecycle import PlacementState, RunState
from kakehashi.placement.models import (
    NationalityCap,
    NodeLimit,
    Placement,
    Run,
    Weight,
)
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read, status

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def test_clair_sets_weights_limits_and_caps() -> None:
    make.weights()
    office, year = make.organisation(), intake.year()
    clair, country = as_(make.clair()), directory.country("IE")
    weight = Weight.objects.get(code="wish-2")

    clair.post(at("change_weight", weight.pk), {"value": 150})
    assert Weight.objects.get(pk=weight.pk).value == 150
    limits = {"office": office.parent_id, "minimum": 3, "maximum": 2, "source": ""}
    assert clair.post(at("set_limit", year.year), limits).status_code == 422
    clair.post(at("set_limit", year.year), limits | {"maximum": ""})
    assert NodeLimit.objects.get().minimum == 3
    caps = {"office": office.pk, "country": country.pk, "maximum": 1, "source": "Resolution 2"}
    clair.post(at("set_cap", year.year), caps)
    assert NationalityCap.objects.get().maximum == 1
    page = clair.get(at("rules")).content.decode()
    assert "Resolution 2" in page


@pytest.mark.parametrize("role", [Role.PLACEMENT_COMMITTEE, Role.AUDITOR, Role.HOST])
def test_only_clair_opens_the_forms_of_rules(role: Role) -> None:
    make.weights()
    year, person = intake.year(), directory.officer(role)
    weight = Weight.objects.get(code="wish-2")
    seen = 403 if role != Role.HOST else 404

    assert status(person, "change_weight", weight.pk) == seen
    assert status(person, "set_limit", year.year) == 403
    assert status(person, "set_cap", year.year) == 403
    assert status(person, "start_run") == 403


def test_a_run_is_started_watched_and_stopped_in_the_browser() -> None:
    make.weights()
    intake.year()
    clair = as_(make.clair())
    assert clair.get(at("start_run")).status_code == 200
    clair.post(at("start_run"), {"wave": ""})
    run = Run.objects.get()

    page = clair.get(at("run", run.pk)).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "HX-Refresh" not in clair.get(at("card", run.pk)).headers
    assert clair.post(at("start_run"), {"wave": ""}).status_code == 422
    clair.post(at("stop", run.pk))
    assert run.job is not None
    run.job.refresh_from_db()
    assert run.job.stop_asked_at == NOON
    clair.post(at("discard", run.pk))
    assert Run.objects.get().state == RunState.DISCARDED
    assert clair.get(at("card", run.pk)).headers["HX-Refresh"] == "true"


def test_a_run_goes_from_draft_over_preview_to_release_and_back() -> None:
    make.accepted()
    make.people({})
    run = make.solved()
    clair = as_(make.clair())
    clair.post(at("draft_notices", run.pk))
    run.refresh_from_db()
    letter = Post.objects.filter(batch=run.batch).order_by("pk")[0]

    assert clair.get(at("notices", run.pk)).status_code == 200
    assert letter.body.split("\n")[0] in read(make.clair(), "notice_letter", run.pk, letter.pk)
    assert clair.get(at("notice_letter", run.pk, 10**6)).status_code == 404
    assert clair.post(at("release_run", run.pk), {"count": 2}).status_code == 403
    make.resolved(run)
    wrong = clair.post(at("release_run", run.pk), {"count": 99})
    assert wrong.status_code == 422
    assert "You typed 99" in wrong.content.decode()
    count = Post.objects.filter(batch=run.batch).count()
    clair.post(at("release_run", run.pk), {"count": count})
    release = JobRun.objects.get(about=run.key, state="queued")
    jobs.perform(release.pk)
    assert Placement.objects.get().state == PlacementState.TOLD
    assert clair.post(at("release_run", run.pk), {"count": count}).status_code == 409
    clair.post(at("take_back", run.pk))
    assert Placement.objects.get().state == PlacementState.PROPOSED


def test_the_sealed_files_leave_byte_for_byte_and_stand_in_the_trail() -> None:
    make.accepted()
    make.people({})
    run = make.solved()
    auditor = as_(directory.officer(Role.AUDITOR))

    assert auditor.get(at("market", run.pk)).content == run.market.encode()
    assert auditor.get(at("plan", run.pk)).content == run.plan.encode()
    assert Trace.objects.filter(thing=run.key, deed="open_sealed", kind="view").count() == 2


def test_the_page_of_a_run_says_what_it_reached() -> None:
    make.accepted(seats=2)
    make.people({})
    page = read(directory.officer(Role.PLACEMENT_COMMITTEE), "run", make.solved().pk)

    assert "proved to be the best plan of this market" in page
    assert "People without a place" in page
    assert "feasible: yes" in page


def test_the_committee_records_its_resolution_from_the_page_of_the_run() -> None:
    make.accepted()
    make.people({})
    run = make.solved()
    committee = directory.officer(Role.PLACEMENT_COMMITTEE)
    link = f"/councils/resolutions/adopt/?about={quote(run.key)}"

    assert link in read(committee, "run", run.pk)
    assert link not in read(make.clair(), "run", run.pk)
    described = subjects(committee, [run.key])[run.key]
    assert (described.label, described.url) == ("Run 1, 2027", at("run", run.pk))
    assert subjects(directory.person(), [run.key])[run.key].url == ""
    make.resolved(run)
    assert link not in read(committee, "run", run.pk)
