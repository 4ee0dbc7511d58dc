"""One line per part of the programme."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """Tell a load balancer that this process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("account/", include("allauth.account.urls")),
    path("account/factors/", include("allauth.mfa.urls")),
    path("", include("kakehashi.web.urls")),
    path("directory/", include("kakehashi.directory.urls")),
    path("privacy/", include("kakehashi.privacy.urls")),
    path("deputies/", include("kakehashi.deputies.urls")),
    path("approvals/", include("kakehashi.approvals.urls")),
    path("accounts/", include("kakehashi.accounts.urls")),
    path("correspondence/", include("kakehashi.correspondence.urls")),
    path("councils/", include("kakehashi.councils.urls")),
    path("intake/", include("kakehashi.intake.urls")),
    path("recruitment/", include("kakehashi.recruitment.urls")),
    path("selection/", include("kakehashi.selection.urls")),
    path("placement/", include("kakehashi.placement.urls")),
    path("arrival/", include("kakehashi.arrival.urls")),
    path("appointment/", include("kakehashi.appointment.urls")),
    path("statistics/", include("kakehashi.statistics.urls")),
    path("demo/", include("kakehashi.demo.urls")),
    path("", include("kakehashi.home.urls")),
]

handler400 = "kakehashi.web.views.bad_request"
handler403 = "kakehashi.web.views.forbidden"
handler404 = "kakehashi.web.views.not_found"
handler500 = "kakehashi.web.views.server_error"
