"""What a crowd of wrong passwords at one tenant costs the others: their 99th percentile against that of a quiet run."""

import asyncio
import collections
import json
import os
import shutil
import subprocess
import sys

from process import BUILD, FOLDER, table, verdict

PACE = os.path.join(BUILD, "bench-pace")
CROWD = 500
RATE = 200
PATH = "/api/customer/branches"


class Crowd:
    """So many clients that keep trying wrong passwords at lumen, each over a connection of its own. One that is told to come
    again later does. They are a process of their own that stands back: such a crowd does not compute on the server."""

    def __init__(self, port):
        self.child = subprocess.Popen(
            [sys.executable, __file__, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        self.child.stdout.readline()
        return self

    def __exit__(self, *_):
        said, _ = self.child.communicate("")
        told = json.loads(said)
        self.statuses = collections.Counter({int(status): count for status, count in told["statuses"].items()})
        self.unanswered = told["unanswered"]
        self.without_moment = told["withoutMoment"]


class Members:
    """The crowd as its own process: stands when it has written a line, and tells what it met when its input ends."""

    def __init__(self, port):
        self.port = port
        self.statuses = collections.Counter()
        self.unanswered = 0
        self.without_moment = 0

    async def all(self):
        self.stops = asyncio.Event()
        links = []
        for _ in range(CROWD):
            links.append(await asyncio.open_connection("127.0.0.1", self.port))
        print("standing", flush=True)
        asyncio.get_running_loop().add_reader(0, self.stops.set)
        await asyncio.gather(*(self.one(number, *link) for number, link in enumerate(links)))
        print(json.dumps({
            "statuses": self.statuses, "unanswered": self.unanswered, "withoutMoment": self.without_moment}))

    async def one(self, number, reader, writer):
        tries = 0
        while not self.stops.is_set():
            tries += 1
            # Always other names: none of them is locked.
            body = json.dumps({"email": f"crowd{number}-{tries}@lumen.example", "password": "Wrong#Passage-1"}).encode()
            writer.write(
                f"POST /v1/auth/login HTTP/1.1\r\nHost: lumen.localhost:{self.port}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                await reader.readexactly(int(fields["content-length"]))
            except (asyncio.IncompleteReadError, ConnectionError):
                self.unanswered += 1
                return
            status = int(head.split()[1])
            self.statuses[status] += 1
            if status != 503:
                continue
            if "retry-after" not in fields:
                self.without_moment += 1
            try:
                await asyncio.wait_for(self.stops.wait(), float(fields.get("retry-after", 1)))
            except asyncio.TimeoutError:
                pass
        writer.close()


def pace(process, seconds):
    """Median, 99th percentile and worst time of another tenant's requests, in milliseconds."""
    run = subprocess.run(
        [PACE, str(process.port), PATH, str(RATE), str(seconds), f"northgate.localhost:{process.port}"],
        capture_output=True, text=True, check=False)
    if run.returncode:
        process.fail(f"another tenant was not served: {run.stderr}")
    return [int(word) / 1e3 for word in run.stdout.split()[1:]]


def measure_crowd(work, quick, start_portico):
    seconds, rounds = (5, 1) if quick else (15, 3)
    tenants = os.path.join(work, "crowd-tenants")
    for name in ("lumen", "northgate"):
        shutil.copytree(os.path.join(FOLDER, "tenants", name), os.path.join(tenants, name))
    process = start_portico(
        work, tenants, os.path.join(work, "crowd-data"), "--demo", "--demo-ports", "off")
    pace(process, 2)
    rows = [["", "median, ms", "99 %, ms", "worst, ms", "judged", "told to come again"]]
    ratios = []
    for _ in range(rounds):
        quiet = pace(process, seconds)
        with Crowd(process.port) as crowd:
            times = pace(process, seconds)
        rows.append(["quiet", *(f"{value:.2f}" for value in quiet), "", ""])
        rows.append([f"with {CROWD} wrong passwords at once", *(f"{value:.2f}" for value in times),
                     crowd.statuses[401], crowd.statuses[503]])
        ratios.append(times[1] / quiet[1])
        if set(crowd.statuses) - {401, 503} or crowd.unanswered or crowd.without_moment:
            process.fail(f"the crowd was answered {dict(crowd.statuses)}, {crowd.unanswered} not at all, "
                         f"{crowd.without_moment} without Retry-After")
    process.stop()
    table(f"Another tenant's requests, {RATE} a second, while {CROWD} clients try wrong passwords", rows)
    print(f"  99 % against the quiet run before it, goal at most 2: "
          + ", ".join(f"{ratio:.1f} ({verdict(ratio <= 2)})" for ratio in ratios))


if __name__ == "__main__":
    os.nice(10)
    asyncio.run(Members(int(sys.argv[1])).all())
