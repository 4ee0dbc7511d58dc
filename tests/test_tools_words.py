"""The checks of words and documents are checked, and so is the tool that gathers the words."""

from pathlib import Path, PurePath

import polib
import pytest

import check_docs
import check_words
import words

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalogue(folder: Path, entries: str) -> Path:
    path = folder / "django.po"
    path.write_text(HEADER + entries)
    return path


def source(folder: Path, page: str) -> Path:
    """Make a small tree of source with one page, one module and one test."""
    (folder / "a" / "templates").mkdir(parents=True)
    (folder / "a" / "tests").mkdir()
    (folder / "a" / "templates" / "a.html").write_text("{% load i18n %}" + page)
    (folder / "a" / "rules.py").write_text('NAME = _("Arrived")\n')
    (folder / "a" / "tests" / "test_rules.py").write_text('_("Only a test")\n')
    return folder


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('msgid "Hello %(name)s"\nmsgstr "こんにちは %(name)s"', []),
        ('msgid "Hello %(name)s"\nmsgstr "こんにちは"', ["lost or gained a placeholder"]),
        ('msgid "100%% of {n}"\nmsgstr "{n} の 100%%"', []),
        ('msgid "Hello"\nmsgstr ""', ["is not translated"]),
        ('#, fuzzy\nmsgid "Hello"\nmsgstr "x"', ["is fuzzy; read it and confirm"]),
        ('#~ msgid "Gone"\n#~ msgstr "x"', ["is said no more; run tools/words.py extract"]),
        ('msgid "a day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s日"', []),
        (
            'msgid "a day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(m)s日"',
            ["lost or gained a placeholder"],
        ),
    ],
)
def test_every_sentence_is_translated_whole(
    entry: str, says: list[str], tmp_path: Path
) -> None:
    found = list(check_words.complaints(catalogue(tmp_path, entry)))

    assert len(found) == len(says)
    assert all(line.endswith(end) for line, end in zip(found, says, strict=True))


def test_a_compiled_catalogue_says_what_its_source_says(tmp_path: Path) -> None:
    po = catalogue(tmp_path, 'msgid "Hello"\nmsgstr "こんにちは"\n')
    assert len(list(check_words.stale(po))) == 1

    polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    assert list(check_words.stale(po)) == []

    catalogue(tmp_path, 'msgid "Hello"\nmsgstr "やあ"\n')
    assert len(list(check_words.stale(po))) == 1


def test_a_catalogue_follows_from_the_source(tmp_path: Path) -> None:
    po = catalogue(tmp_path, 'msgid "Hello"\nmsgstr "やあ"\n\nmsgid "Old"\nmsgstr "古い"\n')

    found = list(check_words.astray(po, [("", "Hello", ""), ("month", "May", "")]))

    assert found == [
        f"{po}: lacks 'May'; run tools/words.py extract",
        f"{po}: nobody says 'Old'; run tools/words.py extract",
    ]


def test_the_words_are_gathered_from_pages_and_code_but_not_from_tests(tmp_path: Path) -> None:
    tree = source(
        tmp_path,
        '{% translate "Hello" %}{% blocktranslate trimmed %}\n  Two\n  lines\n'
        "{% endblocktranslate %}",
    )

    assert [entry.msgid for entry in words.gathered(tree)] == ["Arrived", "Hello", "Two lines"]
    assert not (tree / "locale").exists()


def test_gathering_keeps_what_is_translated_and_drops_what_nobody_says(tmp_path: Path) -> None:
    tree = source(tmp_path, '{% translate "Hello" %}')
    words.extract(tree)
    ja = words.catalogue("ja", tree)
    first = ja.read_bytes()
    entry = polib.pofile(str(ja)).find("Hello")
    given = tmp_path / "given.po"
    given.write_text('msgid "Hello"\nmsgstr "こんにちは"\n\nmsgid "Nobody"\nmsgstr "無"\n')

    assert entry.msgstr == ""
    assert list(words.merge([given], tree)) == [f"{given}: nobody says 'Nobody'"]
    words.extract(tree)
    assert polib.pofile(str(ja)).find("Hello").msgstr == "こんにちは"

    (tree / "a" / "templates" / "a.html").write_text("")
    words.extract(tree)
    assert [entry.msgid for entry in polib.pofile(str(ja))] == ["Arrived"]
    assert b"Date" not in first


def test_a_second_translation_does_not_replace_the_first(tmp_path: Path) -> None:
    tree = source(tmp_path, '{% translate "Hello" %}')
    words.extract(tree)
    one, two = tmp_path / "one.po", tmp_path / "two.po"
    one.write_text('msgid "Hello"\nmsgstr "こんにちは"\n')
    two.write_text('msgid "Hello"\nmsgstr "やあ"\n')

    assert list(words.merge([one, two], tree)) == [
        f"{two}: 'Hello' is already said differently"
    ]
    assert polib.pofile(str(words.catalogue("ja", tree))).find("Hello").msgstr == "こんにちは"


def test_english_says_each_sentence_as_it_stands(tmp_path: Path) -> None:
    tree = source(
        tmp_path,
        "{% blocktranslate trimmed count n=n %}a day{% plural %}{{ n }} days"
        "{% endblocktranslate %}",
    )
    words.extract(tree)
    english = polib.pofile(str(words.catalogue("en", tree)))

    assert english.find("Arrived").msgstr == "Arrived"
    assert english.find("a day").msgstr_plural == {0: "a day", 1: "%(n)s days"}


def test_a_tree_is_well_once_gathered_translated_and_compiled(tmp_path: Path) -> None:
    tree = source(tmp_path, '{% translate "Hello" %}')
    assert check_words.main(tree) == 1

    words.extract(tree)
    words.compile_all(tree)
    assert check_words.main(tree) == 1

    given = tmp_path / "given.po"
    given.write_text('msgid "Hello"\nmsgstr "やあ"\n\nmsgid "Arrived"\nmsgstr "到着済み"\n')
    assert list(words.merge([given], tree)) == []
    words.compile_all(tree)
    assert check_words.main(tree) == 0


@pytest.mark.parametrize(
    ("shown", "faults"),
    [
        ("`python3 run.py test`", 0),
        ("`python3 run.py fly`", 1),
        ("`kakehashi import KIND FILE`", 0),
        ("`kakehashi shell`", 1),
        ("```\n.venv/bin/kakehashi shell\n```", 1),
        ("`src/kakehashi/fly/x.py` and kakehashi shell in prose", 0),
        ("`python -m kakehashi.matching solve`", 0),
        ("`python -m kakehashi.matching guess`", 1),
    ],
)
def test_a_command_in_a_document_can_be_typed(shown: str, faults: int) -> None:
    read = {
        PurePath("README.md"): shown,
        PurePath("run.py"): '"""python3 run.py test"""',
        check_docs.VERBS: 'OURS = ("serve", "import")',
        check_docs.ENGINE: 'if word == "solve": ...',
    }

    assert len(list(check_docs.unknown_words(read))) == faults


def test_every_setting_is_told_and_every_told_setting_is_read() -> None:
    read = {
        PurePath("README.md"): "Set `KAKEHASHI_ONE_FILE`, `KAKEHASHI_ONE` and `KAKEHASHI_TWO`.",
        check_docs.SETTINGS: '_env("KAKEHASHI_ONE")\n_env("KAKEHASHI_THREE", "x")',
    }

    assert list(check_docs.unknown_settings(read)) == [
        "README.md: nothing reads KAKEHASHI_TWO",
        "README.md: say what KAKEHASHI_THREE is for",
    ]


def test_a_link_leads_somewhere(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# What's *new*, here?\n")
    read = {
        PurePath("a.md"): "[x](b.md) [y](b.md#whats-new-here) [z](https://example.org) "
        "[no](c.md) [no](b.md#old) `[no](d.md)`",
    }

    assert list(check_docs.broken_links(read, tmp_path)) == [
        "a.md: c.md leads nowhere",
        "a.md: b.md#old names no heading there",
    ]


def test_a_project_without_a_readme_is_red(tmp_path: Path) -> None:
    assert check_docs.main(tmp_path) == 1
