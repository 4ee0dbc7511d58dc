"""An office's entry edited by those who keep it: fields, contacts, ties, workplaces, history."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory import actions, queries
from kakehashi.directory.forms import (
    ContactForm,
    EndTieForm,
    EntryForm,
    MembersForm,
    TieForm,
    WorkplaceForm,
    facts_of,
)
from kakehashi.directory.models import ContactPoint, Municipality, Office, SisterTie
from kakehashi.directory.rules import FIELD_NAMES
from kakehashi.directory.views.asking import ask, crumbs_of, office_or_404, who
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _

DEEDS: dict[str, Words] = {
    "add_contact": _("Contact point added"),
    "add_tie": _("Sister city added"),
    "add_workplace": _("Workplace added"),
    "change_contact": _("Contact point changed"),
    "drop_contact": _("Contact point struck out"),
    "edit_office": _("Entry changed"),
    "end_tie": _("Sister city ended"),
    "follow_merger": _("Went over with a merger"),
    "import_contact": _("Contact point brought by a table"),
    "import_organisation": _("Entry brought by a table"),
    "import_tie": _("Sister city brought by a table"),
    "import_workplace": _("Entry brought by a table"),
    "merge": _("Ended by a merger"),
    "rename": _("New name"),
    "set_members": _("Members changed"),
    "undo_merge": _("Merger taken back"),
    "undo_merger": _("Merger taken back"),
    "undo_rename": _("New name taken back"),
}
OTHER_FIELDS: dict[str, Words] = {
    "code": _("Code"),
    "country": _("Country"),
    "desk_en": _("Desk or role (English)"),
    "desk_ja": _("Desk or role (Japanese)"),
    "email": _("E-mail address"),
    "hours": _("Hours"),
    "language": _("Language"),
    "members": _("Municipalities"),
    "name": _("Name of the person"),
    "parent": _("Under"),
    "place_en": _("Place (English)"),
    "place_ja": _("Place (Japanese)"),
    "seen": _("Who may know of it"),
    "since": _("Since (year)"),
    "source": _("Source"),
    "valid_to": _("Last day"),
    "verified_on": _("Verified on"),
}


def _places(office: Office) -> dict[str, Municipality]:
    """Give the municipalities of an office's prefecture, by their code."""
    rows = queries.municipalities_by_code()
    return {
        code: one for code, one in rows.items() if one.prefecture_id == office.prefecture_id
    }


def edit_office(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an office's entry; a page that was open while somebody else saved is told so."""
    person = who(request)
    office = office_or_404(request, pk, "edit_office")
    names = queries.fields_for(person, office)
    places = _places(office) if "municipality" in names else {}
    form = EntryForm(request.POST or None, office=office, names=names, places=places)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.edit_office(
                office,
                facts=form.facts(),
                version=form.cleaned_data["version"],
                by=person,
                at=clock.now(),
            )
        except actions.StalePage:
            stale = True
            office = office_or_404(request, pk, "edit_office")
            form.renew(office.version)
        else:
            words = gettext("The entry is saved.") if changed else gettext("Nothing changed.")
            messages.success(request, words)
            return redirect("directory:office", pk=office.pk)
    context = {
        "form": form,
        "office": office,
        "stale": _apart(office, form) if stale else [],
        "is_stale": stale,
        "crumbs": crumbs_of(office),
    }
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "directory/edit.html", context, status=status)


def _apart(office: Office, form: EntryForm) -> list[dict[str, object]]:
    """Name what was typed that is not what stands there now."""
    return [
        {"label": FIELD_NAMES[name], "now": getattr(office, name), "yours": form[name].value()}
        for name in form.names
        if _differs(office, name, form[name].value())
    ]


def _differs(office: Office, name: str, typed: object) -> bool:
    now = getattr(office, name)
    now = now.code if isinstance(now, Municipality) else now
    return str(now if now is not None else "") != str(typed if typed is not None else "")


def add_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a desk or person of an office to turn to."""
    office = office_or_404(request, pk, "keep_contacts")
    form = ContactForm(request.POST or None, initial={"verified_on": clock.today()})
    return ask(
        request,
        form,
        office,
        title=_("Add a contact point"),
        lede=_("A desk or person to turn to. Say who may know of it."),
        act=lambda: actions.add_contact(
            office, facts=form.facts(), by=who(request), at=clock.now()
        ),
        done=_("The contact point stands in the directory."),
        gloss="連絡窓口の追加",
    )


def _contact_or_404(request: HttpRequest, pk: int) -> ContactPoint:
    person = who(request)
    found: ContactPoint = get_object_or_404(queries.contacts_for(person), pk=pk)
    queries.require(person, "keep_contacts", found.office)
    return found


def change_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contact point."""
    contact = _contact_or_404(request, pk)
    form = ContactForm(request.POST or None, initial=facts_of(contact))

    def act() -> None:
        version = form.cleaned_data["version"]
        try:
            actions.change_contact(
                contact, facts=form.facts(), version=version, by=who(request), at=clock.now()
            )
        except actions.StalePage:
            form.renew(_contact_or_404(request, pk).version)
            raise

    return ask(
        request,
        form,
        contact.office,
        title=_("Change a contact point"),
        lede=_("A desk or person to turn to. Say who may know of it."),
        act=act,
        done=_("The contact point is saved."),
        gloss="連絡窓口の変更",
    )


def drop_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike a contact point out, after asking once more."""
    contact = _contact_or_404(request, pk)
    back = reverse("directory:office", args=[contact.office_id])
    if request.method == "POST":
        actions.drop_contact(contact, by=who(request), at=clock.now())
        messages.success(request, gettext("The contact point is struck out."))
        return redirect(back)
    context = {
        "title": gettext("Strike out “%(desk)s”") % {"desk": contact},
        "text": _("It is no longer shown to anyone. The history keeps what it said."),
        "action": _("Strike out"),
        "back": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def add_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a sister city of an office."""
    office = office_or_404(request, pk, "keep_ties")
    form = TieForm(request.POST or None, countries=queries.countries_by_code())
    return ask(
        request,
        form,
        office,
        title=_("Add a sister city"),
        lede=_("A formal tie with a place abroad, and where that stands."),
        act=lambda: actions.add_tie(
            office, facts=form.facts(), by=who(request), at=clock.now()
        ),
        done=_("The sister city stands in the directory."),
        gloss="姉妹都市の追加",
    )


def end_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a sister-city tie end."""
    person = who(request)
    tie: SisterTie = get_object_or_404(queries.ties_for(person), pk=pk)
    queries.require(person, "keep_ties", tie.office)
    form = EndTieForm(request.POST or None, initial={"valid_to": clock.today()})
    return ask(
        request,
        form,
        tie.office,
        title=gettext("End the tie with %(place)s") % {"place": tie},
        lede=_("It stays on record with its last day."),
        act=lambda: actions.end_tie(tie, **form.cleaned_data, by=person, at=clock.now()),
        done=_("The tie has its last day."),
        gloss="提携の終了",
    )


def add_workplace(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a school, board or division to an organisation."""
    office = office_or_404(request, pk, "keep_workplaces")
    form = WorkplaceForm(request.POST or None)
    return ask(
        request,
        form,
        office,
        title=_("Add a workplace"),
        lede=_("A school, board, division or other place where participants work."),
        act=lambda: actions.add_workplace(
            office, facts=form.cleaned_data, by=who(request), at=clock.now()
        ),
        done=_("The workplace stands in the directory."),
        gloss="勤務先の追加",
    )


def set_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which municipalities make up a partial cooperative."""
    office = office_or_404(request, pk, "edit_office")
    there = [row.municipality.code for row in queries.members_of(who(request), office)]
    form = MembersForm(
        request.POST or None, places=_places(office), initial={"municipalities": there}
    )
    return ask(
        request,
        form,
        office,
        title=_("Members of the cooperative"),
        lede=_("The municipalities of its prefecture that belong to it."),
        act=lambda: actions.set_members(office, form.chosen(), by=who(request), at=clock.now()),
        done=_("The members are saved."),
        gloss="構成市町村",
    )


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was done to an office's entry: when, by whom, before and after."""
    person = who(request)
    office = office_or_404(request, pk, "see_history")
    lines: list[dict[str, Any]] = [
        {
            "at": line.at,
            "deed": DEEDS.get(line.deed, line.deed),
            "by": line.by,
            "fields": [
                {
                    "label": FIELD_NAMES.get(row.field)
                    or OTHER_FIELDS.get(row.field, row.field),
                    "before": row.before,
                    "after": row.after,
                }
                for row in line.fields
            ],
        }
        for line in queries.history_of(person, office)
    ]
    context = {
        "office": office,
        "lines": lines,
        "names": queries.names_of(person, office),
        "changes": queries.reorganisations_of(person, office),
        "crumbs": crumbs_of(office),
    }
    return render(request, "directory/history.html", context)
