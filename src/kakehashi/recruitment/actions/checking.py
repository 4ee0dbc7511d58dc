"""What the mission does with what was handed in: tick papers, find complete or incomplete."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.intake.models import DocumentRequirement
from kakehashi.kernel import outbox
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record
from kakehashi.recruitment import queries
from kakehashi.recruitment.letters import language_of, papers_missing_letter
from kakehashi.recruitment.models import Application, PaperCheck
from kakehashi.recruitment.policy import policy
from kakehashi.recruitment.queries import Paper


class SealedPaper(ValueError):
    """That a sealed paper came may itself say something, so it is not noted here."""


@transaction.atomic
def check_paper(
    application: Application,
    *,
    requirement: DocumentRequirement,
    received_on: date,
    by: Person,
    at: datetime,
) -> PaperCheck:
    """Note that a paper of the list has come; noting it again corrects the day."""
    policy.require(by, "check_paper", application)
    if requirement.kind == queries.SEALED:
        raise SealedPaper(
            gettext("This paper is kept by the mission on paper and not noted here.")
        )
    tick, _new = PaperCheck.objects.update_or_create(
        application=application,
        requirement=requirement,
        defaults={"received_on": received_on, "checked_by": by},
    )
    record(tick.key, "check_paper", by=by, at=at)
    return tick


@transaction.atomic
@unscoped("a tick of an application that was looked up through its sight")
def uncheck_paper(
    application: Application, *, requirement: DocumentRequirement, by: Person, at: datetime
) -> None:
    """Take back a tick that was a mistake; nothing happens where there is none."""
    policy.require(by, "uncheck_paper", application)
    for tick in PaperCheck.objects.filter(application=application, requirement=requirement):
        key = tick.key
        tick.delete()
        record(key, "uncheck_paper", by=by, at=at)


@transaction.atomic
def complete(application: Application, *, by: Person, at: datetime) -> None:
    """Find that the papers are complete; from then on it is screened."""
    policy.require(by, "complete", application)
    application.move("complete", by=by, at=at)


@transaction.atomic
def complete_many(applications: Collection[Application], *, by: Person, at: datetime) -> int:
    """Find many complete at once, all or none; says how many."""
    for application in applications:
        policy.require(by, "complete", application)
    return move_many(applications, "complete", by=by, at=at)


@transaction.atomic
def find_incomplete(application: Application, *, by: Person, at: datetime) -> None:
    """Find papers missing, and write to the applicant which."""
    policy.require(by, "find_incomplete", application)
    papers = queries.papers_of(application, on=at.astimezone(TOKYO).date())
    post(_letter(application, papers), at=at)
    application.move("find_incomplete", by=by, at=at)


@transaction.atomic
def find_incomplete_many(
    applications: Collection[Application], *, by: Person, at: datetime
) -> int:
    """Find papers missing of many at once, all or none, and write to each; says how many."""
    if not applications:
        return 0
    for application in applications:
        policy.require(by, "find_incomplete", application)
    papers = queries.papers_of_many(applications, on=at.astimezone(TOKYO).date())
    drafts = [_letter(one, papers[one.pk]) for one in applications]
    first = min(applications, key=lambda one: one.pk)
    title = gettext("Papers missing: %(count)s letters") % {"count": len(drafts)}
    batch = outbox.draft_batch(drafts, about=first.key, title=title, by=by, at=at)
    outbox.release(batch, count=len(drafts), by=by, at=at)
    return move_many(applications, "find_incomplete", by=by, at=at)


def _letter(application: Application, papers: list[Paper]) -> Draft:
    who, language = application.person, language_of(application.person.language)
    names = [
        paper.requirement.name_ja if language == "ja" else paper.requirement.name_en
        for paper in queries.papers_missing(papers)
    ]
    letter = papers_missing_letter(application, papers=names, language=language)
    return Draft(letter=letter, to=who, language=language, about=application.key)
