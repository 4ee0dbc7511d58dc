"""The inbox: letters and notices, what is new, what each is about, and how they shall come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from kakehashi.home import actions, queries
from kakehashi.home.forms import Ways
from kakehashi.home.views import listings
from kakehashi.home.views.common import who
from kakehashi.kernel import clock
from kakehashi.web.listing import chosen, show
from kakehashi.web.offers import door_to


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Show the letters and notices written to me."""
    person = who(request)
    listing = listings.letters(queries.letters_for(person))
    unread = queries.unread(person)
    return show(request, "home/letters.html", listing, unread=unread)


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one letter, word for word, and lead to what it is about while I may see that."""
    person = who(request)
    row = get_object_or_404(queries.letters_for(person), pk=pk)
    actions.note_read(row, at=clock.now())
    context = {"letter": row, "door": door_to(person, row.about)}
    return render(request, "home/letter.html", context)


def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark the ticked letters as read."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    person = who(request)
    rows = chosen(request, listings.letters(queries.letters_for(person)))
    count = actions.note_all_read(rows, at=clock.now())
    words = ngettext(
        "%(n)s letter is marked as read.", "%(n)s letters are marked as read.", count
    )
    messages.success(request, words % {"n": count})
    return redirect("home:letters")


def ways(request: HttpRequest) -> HttpResponse:
    """Choose how each kind of letter reaches me."""
    person = who(request)
    form = Ways(
        request.POST or None, kinds=queries.kinds_for(person), now=queries.ways_of(person)
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_ways(form.chosen(), by=person, at=clock.now())
        messages.success(request, gettext("Saved. It holds from the next letter on."))
        return redirect("home:ways")
    return render(
        request,
        "home/ways.html",
        {"form": form, "binding": queries.binding_kinds()},
        status=422 if form.is_bound and form.errors else 200,
    )
