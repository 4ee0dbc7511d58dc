"""Every thing the system remembers has a name in English and in Japanese."""

import re
from pathlib import Path

from django.apps import apps

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"
ROW = re.compile(r"^\| (\w+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def test_the_glossary_knows_every_model_and_nothing_else() -> None:
    rows = [row for row in ROW.findall(PAGE.read_text()) if row[0] != "Model"]
    models = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("kakehashi.")
    ]
    assert [row[0] for row in rows] == sorted(models)
    assert [row[0] for row in rows if not JAPANESE.search(row[2])] == []
