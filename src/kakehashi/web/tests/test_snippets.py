import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from kakehashi.web.snippets import SNIPPETS

PAGE = Path(__file__).parents[1] / "templates" / "web" / "components.html"


def test_every_component_says_on_the_page_how_it_is_used() -> None:
    shown = re.findall(r'{% snippet "(\w+)" %}', PAGE.read_text())
    assert sorted(shown) == sorted(SNIPPETS)


@pytest.mark.parametrize("name", SNIPPETS)
def test_what_a_snippet_includes_is_there(name: str) -> None:
    for template in re.findall(r'include "([\w/.]+)"|, "(web/[\w.]+)"', SNIPPETS[name]):
        for found in filter(None, template):
            assert get_template(found) is not None
