"""What clients that stay, or mean harm, cost the server, and everybody else. The server is HTTPServer alone."""

import os
import subprocess
import time

from process import BUILD, FOLDER, Process, table, verdict

PROBE = os.path.join(BUILD, "release", "http-probe")
SIEGE = os.path.join(BUILD, "bench-siege")
PACE = os.path.join(BUILD, "bench-pace")
RATE = 500
SIEGES = [
    ("silent", 5_000, "connections that never send"),
    ("heads", 5_000, "heads that come a byte a second"),
    ("bodies", 5_000, "bodies that come a byte a second"),
    ("unread", 1_000, "answers of 50 MB that nobody reads"),
]


def start_probe(work):
    """The server, with its own limits."""
    process = Process([PROBE, "--connections-per-address", "1024"], os.path.join(work, "probe.log"))
    while process.port is None:
        if process.child.poll() is not None:
            process.fail("the probe ended")
        with open(process.log, encoding="utf-8") as file:
            words = file.read().split()
        if words and words[-1].isdigit():
            process.port = int(words[-1])
        time.sleep(0.01)
    return process


def pace(process, seconds):
    """Median, 99th percentile and worst time of ordinary requests, in milliseconds."""
    run = subprocess.run(
        [PACE, str(process.port), "/health", str(RATE), str(seconds)], capture_output=True, text=True, check=False)
    if run.returncode:
        process.fail(f"ordinary requests were not served: {run.stderr}")
    return [int(word) / 1e3 for word in run.stdout.split()[1:]]


def besiege(process, kind, count, seconds):
    """Ordinary requests meanwhile, the server's memory when all connections stand and at most, and how many it cut."""
    siege = subprocess.Popen(
        [SIEGE, kind, str(process.port), str(count), str(seconds + 1)], stdout=subprocess.PIPE, text=True)
    try:
        if siege.stdout.readline() != "ready\n":
            process.fail(f"the {kind} siege could not be laid")
        standing = process.memory()
        times = pace(process, seconds)
        return times, standing, process.peak_memory(), int(siege.communicate()[0])
    finally:
        siege.kill()
        siege.wait()


def measure_siege(work, quick):
    # Long enough that the server's time-outs come in the middle of it.
    seconds = 4 if quick else 25
    process = start_probe(work)
    pace(process, 2)
    quiet = pace(process, seconds)
    before = process.memory()
    times, standing, _, cut = besiege(process, "idle", 10_000, 3 if quick else 10)
    each = (standing - before) * 1024 / 10_000
    rows = [["", "median, ms", "99 %, ms", "worst, ms", "peak RSS, MB", "cut"],
            ["nobody else", *(f"{value:.2f}" for value in quiet), f"{before:.0f}", ""],
            ["10,000 idle connections", *(f"{value:.2f}" for value in times), f"{standing:.0f}", cut]]
    verdicts = []
    for kind, count, what in SIEGES:
        # One of its own each, for the memory.
        process.stop()
        process = start_probe(work)
        pace(process, 2)
        calm = pace(process, seconds)
        times, _, peak, cut = besiege(process, kind, count, seconds)
        rows.append([f"before {count:,} {what}", *(f"{value:.2f}" for value in calm), "", ""])
        rows.append([f"with {count:,} {what}", *(f"{value:.2f}" for value in times), f"{peak:.0f}", cut])
        verdicts.append(f"{kind} {times[1] / calm[1]:.1f} ({verdict(times[1] <= 2 * calm[1])})")
    process.stop()
    table(f"Ordinary requests, {RATE} a second over 16 connections, while others stay or attack", rows)
    print(f"  memory of an idle keep-alive connection: {each:.2f} KB (goal: under 1, {verdict(each < 1)})")
    print(f"  99 % against the quiet run before it, goal at most 2: {', '.join(verdicts)}")
