"""Absences in an iCalendar file (.ics): leave, sickness and training as rows. Runs in the reading child only.

An entry of whole days is the days it spans; one of hours is part of its day. Whose it is stands in its title, else in
its attendees, else in its organizer, else the calendar is somebody's own. A series is read from the beginning of last
year to the end of the year after next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pmo_desktop.exchange.archive import Refused

if TYPE_CHECKING:
    from icalendar import Calendar, Event

HEADERS = ("Resource", "Absence type", "First day", "Last day", "Part of day", "Note", "Calendar entry")
SHEET = "Absences"
MOST_ENTRIES = 50_000
MOST_TIMES = 1_000  # of one series
_DAMAGED = "it is damaged or no calendar. Export it again from the calendar program"
_WORKDAY = 8.0  # hours that part of a day is measured by
_LONGEST = 500  # characters of a title
_BEGINNING = b"BEGIN:VCALENDAR"
_LEAVE = (
    r"(?:annual|paid|unpaid|parental|maternity|paternity|compassionate|special|family|carer'?s)?[ -]?leave"
    r"|holidays?|vacation|pto|a/?l|ooo|out of(?: the)? office|day off|time off|off|away|absent|absence"
    r"|non-?working day"
)
_WORDS = (
    ("Sickness", r"sick(?:ness)?(?: leave)?|ill(?:ness)?|medical(?: leave)?|hospital"),
    ("Training", r"training|course|conference|workshop|study(?: leave)?|learning"),
    ("Leave", _LEAVE),
)
_TYPES = [(kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in _WORDS]
_PART = re.compile(r"(?<!\w)(?:half[ -]?day|½ ?day|\(?(?:am|pm)\)?)(?!\w)", re.IGNORECASE)
_JOINTS = re.compile(r"\s+(?:[-–—|/]|on|is|for)\s+|[:()\[\]|]|\s[-–—]|[-–—]\s|'s\b|’s\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:,?\s+[^\W\d_][\w.'’-]*){1,3}")


def is_calendar(content: bytes) -> bool:
    """Whether a file is one, by its first line."""
    return content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(_BEGINNING)


def read_calendar(content: bytes, today: date | None = None) -> tuple[list[list[Any]], list[str]]:
    """The rows of a calendar, header first, and what was left out. Raises Refused with the sentence for the person."""
    from icalendar import Calendar  # noqa: PLC0415  heavy; only for such files

    try:
        found = Calendar.from_ical(content, multiple=True)
        calendars = [each for each in found if isinstance(each, Calendar)]
        rows, notes = _rows(calendars, today or date.today())  # noqa: DTZ011  the reader's own day is what is meant
    except Refused:
        raise
    except RecursionError:
        raise Refused("it is nested too deeply to be a calendar. Export it again") from None
    except Exception as error:  # icalendar raises anything on odd files
        raise Refused(_DAMAGED) from error
    if not calendars:
        raise Refused(_DAMAGED)
    return [list(HEADERS), *rows], notes


def _rows(calendars: list[Calendar], today: date) -> tuple[list[list[Any]], list[str]]:
    from icalendar import Event  # noqa: PLC0415  as above

    rows: list[list[Any]] = []
    odd = 0
    window = date(today.year - 1, 1, 1), date(today.year + 2, 12, 31)
    for calendar in calendars:
        owner = _name(str(calendar.get("X-WR-CALNAME", "")))
        events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
        moved = {(_uid(each), _day(each.get("RECURRENCE-ID").dt)) for each in events if each.get("RECURRENCE-ID")}
        for event in events:
            if str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            found = list(_of_event(event, owner, window, moved))
            odd += not found and event.get("DTSTART") is None
            rows += found
            if len(rows) > MOST_ENTRIES:
                raise Refused(f"it has more than {MOST_ENTRIES:,} entries. Export the absences only")
    return rows, [f"{odd:,} entries without a beginning were left out."] if odd else []


def _of_event(event: Event, owner: str, window: tuple[date, date], moved: set[tuple[str, date]]) -> Iterator[list[Any]]:
    if event.get("DTSTART") is None:
        return
    title = " ".join(str(event.get("SUMMARY", "")).split())[:_LONGEST]
    people = _people(event, title) or ([owner] if owner else [None])
    start = event.get("DTSTART").dt
    finish, part = _extent(event, start, title)
    length = finish - _day(start)
    single = event.get("RRULE") is None and event.get("RDATE") is None
    alone = single or event.get("RECURRENCE-ID") is not None
    days = [_day(start)] if alone else _times(event, start, window)
    again = event.get("RECURRENCE-ID")
    for day in days:
        if not alone and (_uid(event), day) in moved:
            continue
        of = _day(again.dt) if again is not None else day
        identity = _uid(event) if single and again is None else f"{_uid(event)}/{of.isoformat()}"
        for person in people:
            yield [person, _type(event, title, start), day, day + length, part, title or None, identity or None]


def _times(event: Event, start: date | datetime, window: tuple[date, date]) -> list[date]:
    """The days a series falls on within the window."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415  as above

    first = datetime.combine(_day(start), time())
    without = {_day(each.dt) for dates in _listed(event.get("EXDATE")) for each in dates.dts}
    more = {
        _day(each.dt) for dates in _listed(event.get("RDATE")) for each in dates.dts if not isinstance(each.dt, tuple)
    }
    days = {_day(start)} | more
    for rule in _listed(event.get("RRULE")):
        text = re.sub(r"UNTIL=(\d{8})[^;]*", r"UNTIL=\1T235959", rule.to_ical().decode())
        for count, moment in enumerate(rrulestr(text, dtstart=first)):
            if moment.date() > window[1] or count >= 100 * MOST_TIMES or len(days) >= MOST_TIMES:
                break
            if moment.date() >= window[0]:
                days.add(moment.date())
    return sorted(day for day in days - without if window[0] <= day <= window[1])


def _extent(event: Event, start: date | datetime, title: str) -> tuple[date, float | None]:
    """The last day, and which part of it an entry of hours takes, in percent."""
    end = event.get("DTEND").dt if event.get("DTEND") else None
    if end is None and event.get("DURATION"):
        end = start + event.get("DURATION").dt
    if not isinstance(start, datetime):
        last = _day(end) - timedelta(days=1) if end is not None else start
        return max(last, start), 50.0 if _PART.search(title) and last <= start else None
    if not isinstance(end, datetime):
        return start.date(), None
    hours = (end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds() / 3600
    last = end.date() - timedelta(days=end.time() == time() and end.date() > start.date())
    if last > start.date() or hours >= _WORKDAY or hours <= 0:
        return max(last, start.date()), None
    return start.date(), round(hours / _WORKDAY * 100, 1)


def _type(event: Event, title: str, start: date | datetime) -> str:
    """What kind of absence the title or a category says it is; whole days of no known kind are leave."""
    categories = " ".join(str(each) for of in _listed(event.get("CATEGORIES")) for each in getattr(of, "cats", ()))
    kind = next((kind for kind, words in _TYPES if words.search(title) or words.search(categories)), None)
    return kind or ("Other" if isinstance(start, datetime) else "Leave")


def _people(event: Event, title: str) -> list[str | None]:
    if named := _named_in(title):
        return [named]
    attending = [each for each in _listed(event.get("ATTENDEE")) if _param(each, "PARTSTAT").upper() != "DECLINED"]
    people = [_called(each) for each in attending if _param(each, "CUTYPE").upper() not in ("ROOM", "RESOURCE")]
    organizer = event.get("ORGANIZER")
    return list(dict.fromkeys(each for each in people if each)) or ([_called(organizer)] if organizer else [])


def _named_in(title: str) -> str:
    """The person a title names beside the kind of absence: `Priya Nair - annual leave`, `AL: Nair, Priya`."""
    if not any(words.search(title) for _, words in _TYPES):
        return title if _name(title) else ""
    for part in _JOINTS.split(title):
        bare = _PART.sub(" ", part)
        for _, words in _TYPES:
            bare = words.sub(" ", bare)
        if name := _name(" ".join(bare.split()).strip(" -–—:,.")):
            return name
    return ""


def _name(text: str) -> str:
    """A text that can be a person's name, at least two words of it in capitals."""
    plain = text.strip()
    match = _NAME.fullmatch(plain)
    words = plain.replace(",", " ").split()
    return plain if match and all(word[0].isupper() for word in (words[0], words[-1])) else ""


def _called(person: Any) -> str | None:
    address = re.sub(r"^mailto:", "", str(person), flags=re.IGNORECASE)
    return _param(person, "CN") or (address if "@" in address else None)


def _param(value: Any, name: str) -> str:
    return str(value.params.get(name, "")).strip() if hasattr(value, "params") else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _uid(event: Event) -> str:
    return " ".join(str(event.get("UID", "")).split())[:300]


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
