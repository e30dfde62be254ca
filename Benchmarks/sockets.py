"""What WebSockets cost: messages beside plain requests, and connections that wait. The server is HTTPServer alone."""

import os
import re
import subprocess

from process import BUILD, median, table, verdict
from siege import besiege, start_probe

ECHO = os.path.join(BUILD, "bench-echo")
BYTES = 64


def echo(process, connections, seconds):
    """Messages that came back in a second, and the server's CPU microseconds for each."""
    before = process.cpu()
    run = subprocess.run(
        [ECHO, str(process.port), str(connections), str(BYTES), str(seconds)], capture_output=True, text=True, check=False)
    if run.returncode:
        process.fail(f"messages did not come back: {run.stderr}")
    count = int(run.stdout)
    return count / seconds, (process.cpu() - before) / count * 1e6


def requests(process, connections, seconds):
    """The same for plain requests."""
    before = process.cpu()
    text = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{process.port}/health"],
        capture_output=True, text=True, check=True).stdout
    count = int(re.search(r"(\d+) requests in", text).group(1))
    return count / seconds, (process.cpu() - before) / count * 1e6


def measure_sockets(work, quick):
    rounds, seconds, idle = (2, 1, 3) if quick else (5, 3, 10)
    process = start_probe(work)
    kinds = [(f"{what}, {connections} connection{'s' * (connections > 1)}", measure, connections)
             for connections in (1, 64)
             for what, measure in (("plain requests", requests), (f"messages of {BYTES} bytes", echo))]
    results = {name: [] for name, *_ in kinds}
    for _ in range(rounds):
        for name, measure, connections in kinds:
            results[name].append(measure(process, connections, seconds))
    rows = [["", "a second", "ratio", "CPU µs each", "ratio"]]
    for index, (name, *_) in enumerate(kinds):
        rate, cpu = (median([result[i] for result in results[name]]) for i in (0, 1))
        base = kinds[index - index % 2][0]
        base_rate, base_cpu = (median([result[i] for result in results[base]]) for i in (0, 1))
        rows.append([name, f"{rate:,.0f}", f"{rate / base_rate:.2f}", f"{cpu:.2f}", f"{cpu / base_cpu:.2f}"])
    table(f"WebSocket messages sent back, beside plain requests, medians of {rounds} rounds of {seconds} s", rows)
    process.stop()

    rows = [["", "KB each", "goal"]]
    for kind, name, goal in (("idle", "10,000 keep-alive connections", 1), ("sockets", "10,000 WebSockets", 4)):
        process = start_probe(work)
        # What the first connections make once is not counted.
        besiege(process, kind, 100, 1)
        before = process.memory()
        _, standing, _, cut = besiege(process, kind, 10_000, idle)
        process.stop()
        each = (standing - before) * 1024 / 10_000
        rows.append([f"{name}, {cut} cut", f"{each:.2f}", f"under {goal}: {verdict(each < goal)}"])
    table("Memory of connections that wait", rows)
