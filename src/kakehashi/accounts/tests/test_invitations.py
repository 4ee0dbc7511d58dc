"""Invitations: who may send them, what the link opens, and what it never tells."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from kakehashi.accounts import actions
from kakehashi.accounts.models import Invitation
from kakehashi.accounts.queries import token_of
from kakehashi.directory.actions import SeatEndsTooEarly
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.kernel.imports import IMPORTS, Faulty, bring
from kakehashi.kernel.jobs import drain
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import lines_about

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"
TERMS = actions.Terms(starts_on=date(2026, 4, 1))
LINK = re.compile(r"http://localhost:8000(/accounts/welcome/\w+/)")
ACCOUNT = {"family_name": "Fernweh", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def head() -> Person:
    return make.officer(Role.MISSION)


def invited(head: Person, email: str = "new@demo.invalid") -> Invitation:
    office = make.mission()
    return actions.invite(
        email, office=office, role=Role.READER, terms=TERMS, by=head, at=clock.now()
    )


def link(invitation: Invitation) -> str:
    return f"/accounts/welcome/{token_of(invitation)}/"


@pytest.mark.parametrize(
    ("role", "sender", "allowed"),
    [
        (Role.READER, Role.MISSION, True),
        (Role.INTERVIEWER, Role.MISSION, True),
        (Role.MISSION, Role.MISSION, True),
        (Role.READER, Role.READER, False),
        (Role.READER, Role.MOFA, False),
        (Role.READER, Role.OPERATOR, True),
        (Role.OPERATOR, Role.OPERATOR, False),  # no such role at a mission
    ],
)
def test_heads_invite_to_the_roles_under_them_in_their_own_office(
    role: Role, sender: Role, *, allowed: bool
) -> None:
    by = make.officer(sender)
    office = make.mission()

    def invite() -> None:
        actions.invite(
            "a@b.invalid", office=office, role=role, terms=TERMS, by=by, at=make.NOON
        )

    if allowed:
        invite()
    else:
        with pytest.raises(Refused):
            invite()
    assert Invitation.objects.count() == int(allowed)


def test_a_head_of_another_office_may_not(head: Person) -> None:
    other = make.mission("rome", "IT")
    with pytest.raises(Refused):
        actions.invite(
            "a@b.invalid", office=other, role=Role.READER, terms=TERMS, by=head, at=make.NOON
        )


def test_the_letter_holds_the_link_and_the_database_only_its_hash(
    head: Person, mailoutbox: list[EmailMessage]
) -> None:
    invitation = invited(head)
    drain()
    (mail,) = mailoutbox
    assert mail.to == ["new@demo.invalid"]
    assert LINK.findall(str(mail.body)) == [link(invitation)]
    assert token_of(invitation) not in str(Invitation.objects.values())
    assert [line.deed for line in lines_about([invitation.key])] == ["invite"]


def test_nobody_is_invited_twice_to_the_same_seat(head: Person) -> None:
    invited(head)
    with pytest.raises(actions.InvitedAlready):
        invited(head)


def test_a_seat_cannot_end_before_it_starts(head: Person) -> None:
    terms = actions.Terms(starts_on=date(2026, 4, 1), ends_on=date(2026, 3, 31))
    with pytest.raises(SeatEndsTooEarly):
        actions.invite(
            "a@b.invalid",
            office=make.mission(),
            role=Role.READER,
            terms=terms,
            by=head,
            at=make.NOON,
        )


def test_whoever_has_no_account_opens_one_and_has_the_seat(
    client: Client, head: Person
) -> None:
    invitation = invited(head)
    page = client.get(link(invitation))
    assert (page.status_code, page["Referrer-Policy"]) == (200, "no-referrer")
    answer = client.post(link(invitation), ACCOUNT)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    person = Person.objects.get(email="new@demo.invalid")
    assert int(client.session["_auth_user_id"]) == person.pk
    assert person.check_password(PASSWORD) is True
    assert [(seat.role, seat.office) for seat in person.seats.all()] == [
        ("reader", make.mission())
    ]
    assert [post.to for post in Post.objects.filter(letter="accounts/invitation_accepted")] == [
        head
    ]
    client.logout()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session


def test_whoever_has_an_account_signs_in_and_takes_the_seat(
    client: Client, head: Person
) -> None:
    maya = make.person("maya@demo.invalid")
    maya.set_password(PASSWORD)
    maya.save()
    invitation = invited(head, maya.email)
    page = client.get(link(invitation)).content.decode()
    assert f'href="/account/login/?next={link(invitation)}"' in page
    refused = client.post(link(invitation), ACCOUNT)
    assert (refused.status_code, maya.seats.count()) == (200, 0)
    client.post("/account/login/", {"login": maya.email, "password": PASSWORD})
    client.post(link(invitation))
    assert [seat.role for seat in maya.seats.all()] == ["reader"]


def test_an_account_that_was_imported_without_a_password_sets_one(
    client: Client, head: Person
) -> None:
    maya = make.person("maya@demo.invalid", family_name="Kept")
    client.post(link(invited(head, maya.email)), ACCOUNT)
    maya.refresh_from_db()
    assert (maya.check_password(PASSWORD), maya.family_name) == (True, "Kept")


def test_another_account_may_take_it_and_the_sender_learns_who(
    client: Client, head: Person
) -> None:
    other = make.person("private@demo.invalid", family_name="Private")
    client.force_login(other)
    invitation = invited(head)
    page = client.get(link(invitation)).content.decode()
    assert "The invitation went to new@demo.invalid." in page
    client.post(link(invitation))
    (letter,) = Post.objects.filter(letter="accounts/invitation_accepted")
    assert "Private has accepted your invitation" in letter.body


def test_a_link_works_once(client: Client, head: Person) -> None:
    invitation = invited(head)
    client.post(link(invitation), ACCOUNT)
    page = Client().get(link(invitation))
    assert (page.status_code, "has been taken already" in page.content.decode()) == (410, True)
    assert Seat.objects.filter(role="reader").count() == 1


def test_a_link_that_has_run_out_says_when_and_whom_to_ask(
    client: Client, head: Person
) -> None:
    invitation = invited(head)
    Invitation.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    for answer in (client.get(link(invitation)), client.post(link(invitation), ACCOUNT)):
        page = answer.content.decode()
        assert answer.status_code == 410
        assert "This invitation could be taken until" in page
        assert f"({make.mission()})" in page
    assert Person.objects.filter(email="new@demo.invalid").exists() is False


def test_a_new_link_ends_the_old_one_and_begins_a_new_week(
    client: Client, head: Person, mailoutbox: list[EmailMessage]
) -> None:
    invitation = invited(head)
    old = link(invitation)
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    invitation.refresh_from_db()
    actions.resend(invitation, by=head, at=clock.now())
    drain()
    assert [LINK.findall(str(mail.body)) for mail in mailoutbox] == [[link(invitation)]]
    assert (client.get(old).status_code, client.get(link(invitation)).status_code) == (404, 200)


def test_a_withdrawn_link_opens_nothing(client: Client, head: Person) -> None:
    invitation = invited(head)
    actions.withdraw(invitation, by=head, at=clock.now())
    assert client.post(link(invitation), ACCOUNT).status_code == 410
    with pytest.raises(MoveNotAllowed):
        actions.withdraw(Invitation.objects.get(), by=head, at=clock.now())


def test_an_invitation_ends_with_the_senders_right_to_send_it(
    client: Client, head: Person
) -> None:
    invitation = invited(head)
    head.seats.update(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    page = client.post(link(invitation), ACCOUNT)
    assert (page.status_code, Seat.objects.filter(role="reader").count()) == (410, 0)


def test_an_unknown_link_tells_nothing(client: Client, head: Person) -> None:
    invited(head)
    page = client.get("/accounts/welcome/guessed/")
    assert (page.status_code, "new@demo.invalid" in page.content.decode()) == (404, False)


def test_inviting_looks_alike_for_known_and_unknown_addresses(head: Person) -> None:
    make.person("known@demo.invalid")
    client = Client()
    client.force_login(head)
    office = make.mission()

    def seen(email: str) -> tuple[object, ...]:
        typed = {"email": email, "role": "reader", "starts_on": "2026-04-01", "language": "en"}
        answer = client.post(f"/accounts/invitations/at/{office.pk}/invite/", typed)
        return answer.status_code, answer["Location"]

    assert seen("known@demo.invalid") == seen("unknown@demo.invalid")


def test_a_weak_password_is_told_and_nothing_typed_is_lost(
    client: Client, head: Person
) -> None:
    invitation = invited(head)
    weak = ACCOUNT | {"password1": "12345678", "password2": "12345678"}
    page = client.post(link(invitation), weak)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["password1"])
    assert 'value="Fernweh"' in page.content.decode()
    unlike = client.post(link(invitation), ACCOUNT | {"password2": "something else"})
    assert list(unlike.context["form"].errors) == ["password2"]
    assert Person.objects.filter(email="new@demo.invalid").exists() is False


TABLE = "email,role,office,starts_on,ends_on,language\n"


def test_a_table_invites_many_at_once(head: Person, mailoutbox: list[EmailMessage]) -> None:
    make.mission()
    rows = "".join(f"r{n}@demo.invalid,reader,dublin,2026-04-01,,ja\n" for n in range(3))
    bring(IMPORTS["invitations"], (TABLE + rows).encode(), by=head, at=clock.now())
    drain()
    assert {mail.subject for mail in mailoutbox} == {"【架け橋】事務所dublinへの招待"}
    assert len(mailoutbox) == 3


def test_a_table_with_a_seat_one_may_not_give_invites_nobody(head: Person) -> None:
    make.mission()
    make.office(code="CLAIR")
    rows = "a@demo.invalid,reader,dublin,2026-04-01,,\nb@demo.invalid,operator,CLAIR,2026-04-01,,\n"
    with pytest.raises(Faulty) as told:
        bring(IMPORTS["invitations"], (TABLE + rows).encode(), by=head, at=clock.now())
    assert [(fault.row, fault.column) for fault in told.value.faults] == [(3, "role")]
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_costs_the_same_whatever_its_length(
    head: Person, client: Client, count: int, django_assert_num_queries: object
) -> None:
    office: Office = make.mission()
    for number in range(count):
        actions.invite(
            f"r{number}@demo.invalid",
            office=office,
            role=Role.READER,
            terms=TERMS,
            by=head,
            at=make.NOON,
        )
    client.force_login(head)
    with django_assert_num_queries(6 + make.AROUND):  # type: ignore[operator]  # pytest-django's fixture
        client.get("/accounts/invitations/")
