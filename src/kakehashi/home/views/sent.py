"""The list of what somebody sent, and what became of it."""

from django.db.models import QuerySet

from kakehashi.kernel.imports import IMPORTS
from kakehashi.kernel.models import Upload, UploadState
from kakehashi.kernel.words import Words, _
from kakehashi.web.listing import Column, Filter, Listing
from kakehashi.web.rows import page_of

UPLOAD_STATES: dict[str, Words] = {
    UploadState.DRAFT: _("Waits for you"),
    UploadState.QUEUED: _("Being written"),
    UploadState.WRITTEN: _("Written"),
    UploadState.UNDONE: _("Undone"),
}
_TONES = {
    UploadState.DRAFT: "warn",
    UploadState.QUEUED: "now",
    UploadState.WRITTEN: "ok",
}

_UPLOAD_COLUMNS = (
    Column(
        name="file",
        label=_("File"),
        value=lambda row: row.name,
        link=page_of("home:upload"),
        head=True,
    ),
    Column(name="kind", label=_("Table"), value=lambda row: IMPORTS[row.kind].label),
    Column(name="sent", label=_("Sent"), value=lambda row: row.at, sort=("at",), kind="moment"),
    Column(name="rows", label=_("Rows"), value=lambda row: row.rows, kind="number"),
    Column(name="made", label=_("Added"), value=lambda row: row.made, kind="number"),
    Column(name="changed", label=_("Changed"), value=lambda row: row.changed, kind="number"),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: UPLOAD_STATES[row.state],
        kind="tag",
        tone=lambda row: _TONES.get(row.state, ""),
    ),
)


def uploads(rows: QuerySet[Upload]) -> Listing:
    """List the tables somebody sent, and what became of them."""
    return Listing(
        columns=_UPLOAD_COLUMNS,
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda found, value: found.filter(state=value),
                choices=lambda: list(UPLOAD_STATES.items()),
            ),
        ),
        rows=rows,
        order=("-at", "-pk"),
        caption=_("Tables you sent, newest first"),
        empty=_("You have sent no table yet."),
    )
