from datetime import date

import pytest
from django import forms as django_forms
from django.utils.translation import override

from kakehashi.web import forms
from kakehashi.web.samples import Sample, filled


class Plain(forms.Form):
    day = django_forms.DateField(label="Day", required=False)
    at = django_forms.DateTimeField(label="At", required=False)
    kind = django_forms.ChoiceField(label="Kind", choices=[("a", "A")])
    own = django_forms.CharField(label="Own", error_messages={"required": "Say so."})
    born = forms.DayPartsField(label="Born", required=False)


def bound(**data: str) -> Plain:
    return Plain({"kind": "a", "own": "x", **data})


def test_a_day_is_shown_as_the_browser_wants_it_in_both_languages() -> None:
    for language in ("en", "ja"):
        with override(language):
            html = str(Plain(initial={"day": date(2027, 1, 29)})["day"])
            assert 'type="date"' in html
            assert 'value="2027-01-29"' in html


def test_controls_wear_the_design_once() -> None:
    assert 'class="k-select"' in str(Plain()["kind"])
    assert 'class="k-input"' in str(Plain()["own"])


@pytest.mark.parametrize(
    ("language", "parts", "first"),
    [
        ("en", ["Day", "Month", "Year"], "id_born_2"),
        ("ja", ["Year", "Month", "Day"], "id_born_0"),
    ],
)
def test_a_birthday_is_asked_in_the_readers_order(
    language: str, parts: list[str], first: str
) -> None:
    with override(language):
        form = Plain()
        context = form.fields["born"].widget.get_context("born", None, {"id": "id_born"})
        labels = [part["label"] for part in context["parts"]]
        assert form["born"].id_for_label == first
    with override("en"):
        assert [str(label) for label in labels] == parts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(("1999", "3", "27"), date(1999, 3, 27)), (("１９９９", "０３", "２７"), date(1999, 3, 27)),
     (("", "", ""), None)],
)  # fmt: skip
def test_full_width_digits_are_as_good_as_others(
    typed: tuple[str, str, str], kept: date | None
) -> None:
    year, month, day = typed
    form = bound(born_year=year, born_month=month, born_day=day)
    assert form.errors == {}
    assert form.cleaned_data["born"] == kept


@pytest.mark.parametrize("typed", [("1999", "2", "30"), ("1999", "x", "1"), ("0", "1", "1")])
def test_a_day_that_does_not_exist_is_said_kindly(typed: tuple[str, str, str]) -> None:
    year, month, day = typed
    form = bound(born_year=year, born_month=month, born_day=day)
    assert form.errors == {"born": ["Enter a day that exists, such as 27 3 1999."]}


def test_what_is_missing_is_said_as_something_to_do() -> None:
    form = Plain({})
    assert form.errors["kind"] == ["Choose one."]
    assert form.errors["own"] == ["Say so."]
    assert Sample({}).errors["photo"] == ["Choose a file."]
    assert Sample({}).errors["agreed"] == ["Tick this box to go on."]


def test_the_form_comes_back_with_every_fault_linked_and_described() -> None:
    html = str(filled())
    assert html.count('role="alert"') == 1
    assert (
        '<a href="#sample_number">Passport number: Enter 6 to 9 letters or numbers.</a>' in html
    )
    assert 'id="sample_number_error"' in html
    assert (
        'aria-invalid="true" aria-describedby="sample_number_error" id="sample_number"' in html
    )
    assert 'id="sample_name_helptext"' in html
    assert 'style="' not in html


def test_only_what_may_be_left_out_is_marked() -> None:
    html = str(Sample())
    assert html.count("k-optional") == 3  # the meeting, the days, the reason
    assert " required" not in html
