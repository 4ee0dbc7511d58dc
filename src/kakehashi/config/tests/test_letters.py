from datetime import UTC, datetime

from kakehashi.config.letters import (
    LETTERS,
    AccountExists,
    AddressChanged,
    PasswordChanged,
    letter_for,
)

NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)


def test_a_letter_takes_what_it_needs_of_what_is_known() -> None:
    facts = {"email": "o'hara@demo.invalid", "signup_url": "S", "password_reset_url": "R"}
    letter = letter_for(AccountExists, facts, language="en", at=NOON)
    assert letter == AccountExists(address="o'hara@demo.invalid", link="R")
    assert "(o'hara@demo.invalid)" in letter.write("en")[1]


def test_the_moment_is_told_in_the_letters_language() -> None:
    facts = {"email": "a@b.invalid", "to_email": "c@d.invalid"}
    letter = letter_for(AddressChanged, facts, language="ja", at=NOON)
    assert letter == AddressChanged(moment="2026年10月1日（木）12時", new_address="c@d.invalid")


def test_whatever_changed_the_password_the_owner_gets_the_same_warning() -> None:
    told = {name for name, kind in LETTERS.items() if kind is PasswordChanged}
    assert told == {"password_changed", "password_reset", "password_set"}
