from kakehashi.directory.rules import (
    EMPLOYER_NAMES,
    KIND_NAMES,
    ROLE_NAMES,
    ROLES_AT,
    EmployerType,
    OfficeKind,
    Role,
)


def test_every_word_has_a_name_and_every_role_an_office() -> None:
    assert {*ROLE_NAMES} == {*Role}
    assert {*KIND_NAMES} == {*OfficeKind}
    assert {*EMPLOYER_NAMES} == {*EmployerType}
    assert {role for roles in ROLES_AT.values() for role in roles} == {*Role}
    assert {*ROLES_AT} == {*OfficeKind}
