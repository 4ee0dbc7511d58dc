from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import NoReturn

import pytest
from django import forms as django_forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from kakehashi.web import forms
from kakehashi.web.icons import ICONS, OF_TONE
from kakehashi.web.templatetags import ui


def drawn(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


def test_every_icon_can_be_drawn_and_every_tone_has_one() -> None:
    assert all(ui.icon(name).startswith('<svg class="k-i"') for name in ICONS)
    assert {sign for sign in OF_TONE.values() if sign not in ICONS} == set()


def test_an_unknown_icon_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(KeyError):
        ui.icon("unicorn")


def test_a_tag_says_its_state_in_a_word_and_never_as_markup() -> None:
    assert "&lt;script&gt;" in ui.tag("<script>", "bad")
    assert ui.tag("Plain") == '<span class="k-tag">Plain</span>'


def test_a_moving_thing_is_shown_by_the_name_of_its_state() -> None:
    thing = SimpleNamespace(state_name="Waiting", state_tone="warn")
    assert ui.state_tag(thing) == ui.tag("Waiting", "warn")
    assert ui.state_tag(thing, "ok") == ui.tag("Waiting", "ok")
    assert ui.state_tag(SimpleNamespace(state_name="Open")) == ui.tag("Open")


def test_the_japanese_gloss_stands_only_on_english_pages() -> None:
    with override("en"):
        assert ui.gloss("締切") == ' <span class="k-sub" lang="ja">締切</span>'
        assert ui.gloss("") == ""
    with override("ja"):
        assert ui.gloss("締切") == ""


def test_days_carry_their_date_for_machines() -> None:
    assert drawn("{% day d %}", d=date(2027, 1, 29)) == (
        '<time datetime="2027-01-29">Friday 29 January 2027</time>'
    )
    assert drawn('{{ d|day:"table" }}', d=date(2027, 1, 29)) == "29 Jan 2027"
    assert drawn("{{ d|era }}", d=date(2027, 1, 29)) == "Reiwa 9"


def test_moments_are_written_for_the_reader() -> None:
    at = datetime(2026, 11, 13, 10, 59, tzinfo=UTC)
    assert drawn('{% moment at "Pacific/Auckland" "Wellington" %}', at=at) == (
        '<time datetime="2026-11-13T10:59:00+00:00">'
        "Friday 13 November 2026, 23:59 in Wellington (19:59 in Tokyo)</time>"
    )
    assert drawn('{{ at|moment:"table" }}', at=at) == "13 Nov 2026, 19:59"
    assert drawn("{{ at|moment }}", at=at) == "Friday 13 November 2026, 19:59 in Tokyo"
    assert drawn("{{ at|clock }}", at=at) == "19:59"


def test_what_is_not_known_is_a_dash_that_is_spoken_as_none() -> None:
    assert drawn("{% day d %}", d=None) == (
        '<span aria-hidden="true">–</span><span class="vh">None</span>'
    )
    assert drawn(
        "{{ n|number }} {{ n|figure }} {{ words|figure }}", n=None, words="5 of 6"
    ) == ("– – 5 of 6")


def test_one_query_value_changes_and_the_others_stay() -> None:
    path = "/list/?q=a%26b&page=3&sort=-name"
    assert drawn("{% url_with page=4 %}", path) == "?q=a%26b&amp;sort=-name&amp;page=4"
    assert drawn("{% url_with q=None page=None sort=None %}", path) == "/list/"
    assert drawn("{% page_link 1 %}", path) == "?q=a%26b&amp;sort=-name"


def test_a_card_and_a_notice_hold_what_stands_between_their_tags() -> None:
    html = drawn('{% card title=t name="c" note="N" %}<p>in</p>{% endcard %}', t="T <b>")
    assert '<h2 id="c">T &lt;b&gt;</h2>' in html
    assert "<p>in</p>" in html
    assert 'data-tone="warn"' in drawn('{% notice tone="warn" %}<p>x</p>{% endnotice %}')


class One(forms.Form):
    reply = django_forms.ChoiceField(
        label="Reply", widget=django_forms.RadioSelect, choices=[("y", "Yes")]
    )
    secret = django_forms.CharField(widget=django_forms.HiddenInput, required=False)

    def clean(self) -> NoReturn:
        raise django_forms.ValidationError("These two do not fit.")


def test_the_summary_leads_to_the_first_radio_and_names_what_belongs_to_no_field() -> None:
    html = drawn("{% error_summary form %}", form=One({}))
    assert '<a href="#id_reply_0">Reply: Choose one.</a>' in html
    assert "These two do not fit." in html


def test_a_form_without_faults_has_no_summary() -> None:
    assert drawn("{% error_summary form other %}", form=One(), other=None) == ""


def test_a_hidden_field_has_no_label() -> None:
    assert drawn("{% field form.secret %}", form=One()) == (
        '<input type="hidden" name="secret" id="id_secret">'
    )


def test_the_width_shows_the_expected_length() -> None:
    class Short(forms.Form):
        code = django_forms.CharField()

    assert 'class="k-input k-w-4"' in drawn("{% field form.code 4 %}", form=Short())


def test_a_formset_tells_the_faults_of_every_row() -> None:
    rows = django_forms.formset_factory(One)
    bound = rows({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"})
    html = drawn("{% error_summary rows %}", rows=bound)
    assert html.count("#id_form-0-reply_0") == 1
    assert html.count("#id_form-1-reply_0") == 1
