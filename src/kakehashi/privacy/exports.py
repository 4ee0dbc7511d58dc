"""What is held about people that belongs to no later part: letters, what they did, notices read."""

from django.db.models import QuerySet

from kakehashi.directory.models import Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.models import Post, Trace
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.trail import subject_of
from kakehashi.kernel.words import _
from kakehashi.privacy.models import Correction, NoticeRead
from kakehashi.privacy.queries import corrections_for, letters_to


def _deeds(person: Person) -> QuerySet[Trace]:
    return seen_by(person, Trace).filter(by=subject_of(person))


def _readings(person: Person) -> QuerySet[NoticeRead]:
    return seen_by(person, NoticeRead).filter(person=person).select_related("notice")


def _wishes(person: Person) -> QuerySet[Correction]:
    return corrections_for(person).filter(person=person)


hold(
    Holding(
        name="letters",
        title=_("Letters to you"),
        model=Post,
        rows=letters_to,
        fields={
            "subject": _("Subject"),
            "body": _("Text"),
            "released_at": _("Sent at"),
            "read_at": _("Read at"),
        },
    )
)
hold(
    Holding(
        name="notices",
        title=_("Privacy notices you have read"),
        model=NoticeRead,
        rows=_readings,
        fields={"notice": _("Privacy notice"), "at": _("Read at")},
    )
)
hold(
    Holding(
        name="wishes",
        title=_("What you asked to have mended"),
        model=Correction,
        rows=_wishes,
        fields={
            "thing": _("Record"),
            "field": _("What"),
            "wanted": _("It should say"),
            "state_name": _("State"),
            "answer": _("Answer"),
        },
    )
)
hold(
    Holding(
        name="deeds",
        title=_("What you have done here"),
        model=Trace,
        rows=_deeds,
        fields={"at": _("When"), "deed": _("What"), "thing": _("To which record")},
    )
)
