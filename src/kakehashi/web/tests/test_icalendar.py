from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from kakehashi.web.icalendar import LONGEST_LINE, Event, escaped, folded, written

NOON = datetime(2027, 4, 20, 3, tzinfo=UTC)
TOKYO = timezone(timedelta(hours=9))
EVENTS = [
    Event(uid="a@x", title="Arrival, Group A", on=date(2027, 7, 31)),
    Event(
        uid="b@x",
        title="Closes",
        on=date(2027, 4, 21),
        at=datetime(2027, 4, 21, 9, tzinfo=TOKYO),
        note="One;\nTwo",
        url="https://x.example/",
    ),
]


def test_a_whole_day_ends_with_the_next_one_and_a_moment_is_in_utc() -> None:
    text = written(EVENTS, name="Mine", at=NOON)

    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kakehashi//Kakehashi//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Mine",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "BEGIN:VEVENT",
        "UID:a@x",
        "DTSTAMP:20270420T030000Z",
        "DTSTART;VALUE=DATE:20270731",
        "DTEND;VALUE=DATE:20270801",
        "SUMMARY:Arrival\\, Group A",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:b@x",
        "DTSTAMP:20270420T030000Z",
        "DTSTART:20270421T000000Z",
        "SUMMARY:Closes",
        "DESCRIPTION:One\\;\\nTwo",
        "URL:https://x.example/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(st.text(alphabet="aé架け橋🌉 ,", max_size=300))
def test_no_line_is_longer_than_a_program_must_read_and_nothing_is_lost(words: str) -> None:
    lines = folded(words).split("\r\n")

    assert max(len(line.encode()) for line in lines) <= LONGEST_LINE
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == words
    assert all(line.startswith(" ") for line in lines[1:])


def test_line_ends_cannot_begin_another_property() -> None:
    assert escaped("a\r\nEND:VEVENT") == "a\\nEND:VEVENT"
