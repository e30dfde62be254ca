"""What Python's zoneinfo, and for the daylight saving mark the C library, say about every zone of a directory.

Usage: zoneinfo_oracle.py DIRECTORY FIRST_YEAR LAST_YEAR

Prints, for each distinct file of the directory, lines of words:
  Z name...                                            the names that share the file
  P time offset abbreviation mark                      what holds at the beginning of FIRST_YEAR
  T time offset abbreviation mark                      what holds from a transition on
  L wall offset0 offset1                               how a local time near a transition is read, with fold 0 and 1
Times and walls are seconds since 1970-01-01T00:00, offsets seconds east of UTC, marks 0 or 1.
"""

import os
import sys
import time
import zoneinfo
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1)
SECOND = timedelta(seconds=1)
STEP = 2 * 86400


def names_by_content(directory):
    groups = {}
    for base, folders, files in os.walk(directory, followlinks=True):
        prefix = os.path.relpath(base, directory)
        if prefix == ".":
            prefix = ""
            folders[:] = [f for f in folders if f not in ("posix", "right")]
        for file in files:
            name = os.path.join(prefix, file)
            if name in ("posixrules", "localtime"):
                continue
            with open(os.path.join(base, file), "rb") as opened:
                data = opened.read()
            if data[:4] == b"TZif":
                groups.setdefault(data, []).append(name)
    return sorted(sorted(names) for names in groups.values())


def main():
    directory, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    zoneinfo.reset_tzpath(to=[directory])
    os.environ["TZDIR"] = directory
    begin = int(datetime(first, 1, 1, tzinfo=timezone.utc).timestamp())
    end = int(datetime(last + 1, 1, 1, tzinfo=timezone.utc).timestamp())
    out = []
    for names in names_by_content(directory):
        zone = zoneinfo.ZoneInfo(names[0])
        os.environ["TZ"] = names[0]
        time.tzset()

        def local(at):
            there = datetime.fromtimestamp(at, zone)
            return there.utcoffset(), there.tzname(), bool(there.dst())

        def words(at, state):
            return f"{at} {state[0] // SECOND} {state[1]} {time.localtime(at).tm_isdst}"

        out.append("Z " + " ".join(names))
        at, state = begin, local(begin)
        out.append("P " + words(at, state))
        while at < end:
            ahead = min(at + STEP, end)
            if local(ahead) == state:
                at = ahead
                continue
            # Bisect for a change between `low`, where `state` holds, and `high`, where another does.
            low, high = at, ahead
            while high - low > 1:
                middle = (low + high) // 2
                if local(middle) == state:
                    low = middle
                else:
                    high = middle
            if high >= end:
                break
            after = local(high)
            out.append("T " + words(high, after))
            walls = sorted((high + state[0] // SECOND, high + after[0] // SECOND))
            middle = sum(walls) // 2
            for wall in (walls[0] - 86400, walls[0] - 1, walls[0], middle, walls[1] - 1, walls[1], walls[1] + 86400):
                shown = EPOCH + timedelta(seconds=wall)
                offsets = [shown.replace(tzinfo=zone, fold=fold).utcoffset() // SECOND for fold in (0, 1)]
                out.append(f"L {wall} {offsets[0]} {offsets[1]}")
            at, state = high, after
    print("\n".join(out))


main()
