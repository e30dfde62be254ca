"""Reads a calendar file with the icalendar package and prints what it says as JSON.

The zones' names are replaced by ones nobody knows, so that the file's own VTIMEZONE decides what its times mean.
"""

import datetime
import json
import re
import sys

import icalendar

data = open(sys.argv[1], "rb").read()
for line in data.split(b"\r\n"):
    assert len(line) <= 75, line
    line.decode("utf-8")
assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"")
unfolded = data.replace(b"\r\n ", b"")
data = re.sub(rb"TZID([:=])([A-Za-z_/+-]+)", rb"TZID\1unknown-\2", unfolded)
calendar = icalendar.Calendar.from_ical(data)


def moment(value):
    return value.dt.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def party(value):
    return {"email": str(value), "name": str(value.params.get("CN", ""))}


def parties(event, name):
    value = event.get(name, [])
    return [party(each) for each in (value if isinstance(value, list) else [value])]


print(json.dumps({
    "method": str(calendar["METHOD"]),
    "name": str(calendar.get("NAME", "")),
    "events": [{
        "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "stamp": moment(event["DTSTAMP"]),
        "start": moment(event["DTSTART"]), "end": moment(event["DTEND"]), "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]), "details": str(event.get("DESCRIPTION", "")),
        "location": str(event.get("LOCATION", "")), "url": str(event.get("URL", "")),
        "organizer": parties(event, "ORGANIZER"), "attendees": parties(event, "ATTENDEE"),
        "alarms": [int(alarm["TRIGGER"].dt.total_seconds()) for alarm in event.walk("VALARM")],
    } for event in calendar.walk("VEVENT")],
}))
