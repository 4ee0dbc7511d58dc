"""How a component is put on a page: what stands under each sample on the page of components."""

SNIPPETS: dict[str, str] = {
    "bridge": '{% include "web/bridge.html" with name="year" %}  {# arches: Arch, … #}',
    "kpis": '{% include "web/kpis.html" %}  {# figures: Figure, … #}',
    "tasks": '{% include "web/tasks.html" with caption=title %}  {# tasks: Task, … #}',
    "listing": (
        "listing = Listing(columns=…, rows=queries.things_for(person), order=(…), caption=_(…),\n"
        "                  empty=_(…), filters=(…), batch=(…))\n"
        'return show(request, "part/things.html", listing)\n\n'
        '{% include "web/listing.html" %}'
    ),
    "bars": '{% include "web/bars.html" with caption=title head=head heads=heads %}  {# bars: Bar, … #}',
    "dates": '{% include "web/dates.html" %}  {# dates: Dated, … #}',
    "feed": '{% include "web/feed.html" %}  {# news: News, … #}',
    "checklist": '{% include "web/checklist.html" %}  {# checks: Check, … #}',
    "steps": '{% include "web/steps.html" %}  {# steps: Step, … #}',
    "days": "{% day today %} {% moment at zone place %} {{ count|number }} {{ share|percent }}",
    "chart": (
        "chart = bar_chart(Data(name=…, title=_(…), summary=_(…), head=_(…), labels=…, series=…))\n"
        "        # also line_chart, stacked_chart\n\n"
        '{% include "web/chart.html" %}'
    ),
    "places": (
        "places = japan.places(prefectures, {code: Counted(value=…)}, link, name=…, label=_(…))\n\n"
        '{% include "web/places.html" %}'
    ),
    "buttons": '<button class="k-btn k-btn--primary" type="submit">…</button>',
    "tags": '{% tag words "ok" %} {% state_tag thing %} <span class="k-pos">ALT</span>',
    "notices": '{% notice tone="warn" title=words %}<p>…</p>{% endnotice %}',
    "confirm": (
        'return render(request, "web/confirm.html",\n'
        '              {"title": …, "text": …, "items": names, "action": …, "back": url})'
    ),
    "dialog": '{% include "web/dialog.html" with name="ask" title=… back=… target=… %}',
    "form": '<form class="k-stack" method="post">{% csrf_token %}{% include "web/form.html" %}</form>',
    "empty": '{% include "web/empty.html" with title=… text=… url=… action=… %}',
    "skeleton": '{% include "web/skeleton.html" with words=… %}',
    "progress": '{% include "web/progress.html" with name="run" step=… share=… left=… url=… %}',
    "failed": '{% include "web/failed.html" with title=… text=… url=… action=… %}',
    "locked": '{% include "web/locked.html" with title=… text=… %}',
    "toast": 'toasts.say(request, gettext("…"), undo=reverse("part:undo", args=[thing.pk]))',
    "card": '{% card title=title gloss="要判断" note=note name="work" %}…{% endcard %}',
}
