"""The referee's page: a link that works once, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from kakehashi.kernel import clock
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.recruitment import actions, queries
from kakehashi.recruitment.forms import ReferenceForm


@login_not_required
@never_cache
def write_reference(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever holds the link write one reference; unknown and used links look alike."""
    reference = queries.reference_by_token(token)
    if reference is None:
        return _hidden(render(request, "recruitment/reference_closed.html", status=404))
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_reference(reference, text=form.cleaned_data["text"], at=clock.now())
        except MoveNotAllowed:
            return _hidden(render(request, "recruitment/reference_closed.html", status=404))
        return redirect("recruitment:reference_thanks")
    context = {
        "form": form,
        "applicant": reference.application.name,
        "position": reference.application.position,
    }
    return _hidden(render(request, "recruitment/reference.html", context))


@login_not_required
@never_cache
def reference_thanks(request: HttpRequest) -> HttpResponse:
    """Thank whoever has just written; the page names nobody."""
    return _hidden(render(request, "recruitment/reference_thanks.html"))


def _hidden(response: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines and its address out of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
