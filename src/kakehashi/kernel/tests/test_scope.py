import pytest
from django.contrib.auth.models import AnonymousUser

from kakehashi.directory.models import Country, Person
from kakehashi.kernel.models import Subject
from kakehashi.kernel.scope import NoSight, reasons, seen_by

pytestmark = pytest.mark.django_db


def test_nobody_sees_what_has_no_stated_sight() -> None:
    with pytest.raises(NoSight):
        seen_by(Person.objects.create_user("somebody@example.org"), Subject)


def test_the_signed_out_see_nothing_at_all() -> None:
    Country.objects.create(code="IE", name_en="Ireland", name_ja="アイルランド", source="test")

    assert list(seen_by(AnonymousUser(), Country)) == []
    assert len(seen_by(Person.objects.create_user("somebody@example.org"), Country)) == 1


def test_every_reading_past_the_gate_has_its_reason() -> None:
    assert all(len(reason.split()) >= 3 for reason in reasons().values())
