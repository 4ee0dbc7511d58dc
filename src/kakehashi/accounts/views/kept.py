"""What one was typing when the sign-in ended, as plain text; the pages fill their forms from it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kakehashi.accounts import actions
from kakehashi.accounts.models import KeptText
from kakehashi.accounts.views.devices import who
from kakehashi.kernel import clock
from kakehashi.kernel.scope import seen_by


@require_safe
@never_cache
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was typed, to be copied, where its form is no longer there."""
    text = get_object_or_404(seen_by(who(request), KeptText), pk=pk)
    typed = [(name, "\n".join(values)) for name, values in actions.text_of(text)]
    context = {"kept": text, "typed": [pair for pair in typed if pair[1].strip()]}
    return render(request, "accounts/kept.html", context)


def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget it."""
    text = get_object_or_404(seen_by(who(request), KeptText), pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.throw_away(text, by=who(request), at=clock.now())
    messages.success(request, gettext("What you had typed is thrown away."))
    return redirect("home:today")
