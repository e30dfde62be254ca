#!/usr/bin/env python3
"""Measures the release build, as ratios to a C server measured in the same run. docs/benchmarks.md says how to read it.

usage: bench.py [--quick] [read] [write] [cold] [many] [siege] [names] [crowd] [tls] [limits] [sockets] [realtime] [matching] [slots]
                [sales] [journey] [documents]
"""

import base64
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from crowd import measure_crowd
from documents import measure_documents
from journey import measure_journey
from matching import measure_matching
from names import measure_names
from process import BUILD, FOLDER, Process, free_port, median, table, verdict
from realtime import measure_realtime
from sales import measure_sales
from siege import measure_siege
from slots import measure_slots
from sockets import measure_sockets
from tls import measure_tls

PORTICO = os.path.join(BUILD, "release", "portico")
SERVER = os.path.join(BUILD, "bench-server")
REPLAY = os.path.join(BUILD, "bench-replay")
CLIENTS = 64


def start_baseline(work):
    port = free_port()
    process = Process([SERVER, str(port)], os.path.join(work, "baseline.log"))
    process.port = port
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return process
        except OSError:
            if process.child.poll() is not None:
                process.fail("the baseline ended")


def start_portico(work, tenants, data, *options, port=None):
    """Starts the program and waits until it is ready. `ready_after` is how long that took, in seconds."""
    environment = dict(os.environ, PORTICO_MASTER_KEY=base64.b64encode(b"benchmark" * 3 + b"12345").decode())
    port = port or free_port()
    process = Process(
        [PORTICO, "serve", "--tenants", tenants, "--data", data, "--port", str(port), "--rate-limit-scale", "1000000",
         *options],
        os.path.join(work, "portico.log"), environment)
    process.port = port
    while True:
        if process.child.poll() is not None:
            process.fail("the program ended before it was ready")
        try:
            with socket.create_connection(("127.0.0.1", port)) as link:
                link.sendall(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if link.recv(64).startswith(b"HTTP/1.1 200"):
                    process.ready_after = time.perf_counter() - process.started
                    return process
        except OSError:
            pass
        time.sleep(0.002)


def call(process, slug, method, path, body=None, token=None, expect=None):
    """One request; returns status and body."""
    link = http.client.HTTPConnection("127.0.0.1", process.port)
    headers = {"Host": f"{slug}.localhost:{process.port}"}
    if body is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(body)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    link.request(method, path, body, headers)
    answer = link.getresponse()
    data = answer.read()
    link.close()
    if expect and answer.status != expect:
        process.fail(f"{method} {path} at {slug}: {answer.status} instead of {expect}: {data[:500]}")
    return answer.status, data


def sign_in(process, phone):
    """The access token of one of lumen's customers."""
    call(process, "lumen", "POST", "/customer/auth", {"phone": phone}, expect=202)
    for _ in range(3000):
        _, data = call(process, "lumen", "GET", f"/_dev/outbox?channel=sms&to=%2B{phone[1:]}", expect=200)
        for message in json.loads(data):
            code = re.search(r"\b\d{6}\b", message["body"])
            if code:
                _, data = call(
                    process, "lumen", "POST", "/customer/auth/verify", {"phone": phone, "code": code[0]}, expect=200)
                return json.loads(data)["accessToken"]
        time.sleep(0.01)
    return process.fail(f"no code came for {phone}")


def demo_tenants(work):
    """The repository's lumen, with room for many bookings by few people."""
    folder = os.path.join(work, "tenants")
    shutil.copytree(os.path.join(FOLDER, "tenants", "lumen"), os.path.join(folder, "lumen"))
    path = os.path.join(folder, "lumen", "tenant.json")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r'"maximumUpcoming":\s*\d+', '"maximumUpcoming": 1000', text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return folder


# Authenticated read


def settle(process):
    """Waits until the program has made its spare keys and does nothing any more: what it does later is measured alone."""
    while True:
        before = process.cpu()
        time.sleep(0.5)
        if process.cpu() - before < 0.02:
            return


def wrk(process, path, seconds, headers):
    """Requests per second, and the server's CPU microseconds for each."""
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{seconds}s", f"http://127.0.0.1:{process.port}{path}"]
    for header in headers:
        command += ["-H", header]
    before = process.cpu()
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = process.cpu() - before
    if "Non-2xx" in text or "Socket errors" in text:
        process.fail(f"wrk met errors at {path}:\n{text}")
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), spent / requests * 1e6


def measure_read(work, quick):
    rounds, seconds = (2, 1) if quick else (5, 3)
    tenants = demo_tenants(work)
    baseline = start_baseline(work)
    logged = start_portico(work, tenants, os.path.join(work, "read-data"), "--demo", "--demo-ports", "off")
    host = f"Host: lumen.localhost:{logged.port}"
    token = sign_in(logged, "+15550100001")
    _, body = call(logged, "lumen", "GET", "/api/customer/profile", token=token, expect=200)
    _, anew = call(logged, "lumen", "GET", "/api/customer/appointments", token=token, expect=200)
    headers = [host, f"Authorization: Bearer {token}"]
    settle(logged)
    kinds = [
        ("C baseline, 13 bytes", baseline, "/health", [host]),
        ("C baseline, 900 bytes", baseline, "/", [host]),
        ("portico /health", logged, "/health", [host]),
        (f"portico profile, {len(body)} bytes, kept", logged, "/api/customer/profile", headers),
        (f"portico appointments, {len(anew)} bytes, made anew", logged, "/api/customer/appointments", headers),
    ]
    results = {name: [] for name, *_ in kinds}
    for _ in range(rounds):
        for name, process, path, fields in kinds:
            results[name].append(wrk(process, path, seconds, fields))
    logged.stop()

    # The same port: a tenant's address is in its tokens.
    quiet = start_portico(
        work, tenants, os.path.join(work, "read-data"), "--demo", "--demo-ports", "off", "--log-level", "warning",
        port=logged.port)
    settle(quiet)
    fields = [f"Host: lumen.localhost:{quiet.port}", f"Authorization: Bearer {token}"]
    extra = [("C baseline, 900 bytes, again", baseline, "/", [host]),
             ("portico /health, no access log", quiet, "/health", fields[:1]),
             ("portico profile, no access log", quiet, "/api/customer/profile", fields)]
    if call(quiet, "lumen", "GET", "/api/customer/profile", token=token)[0] != 200:
        quiet.fail("a token did not outlive a restart")
    for name, *_ in extra:
        results[name] = []
    for _ in range(rounds):
        for name, process, path, fields in extra:
            results[name].append(wrk(process, path, seconds, fields))
    quiet.stop()
    baseline.stop()

    def show(name, base):
        rate, cpu = (median([result[i] for result in results[name]]) for i in (0, 1))
        base_rate, base_cpu = (median([result[i] for result in results[base]]) for i in (0, 1))
        return rate / base_rate, cpu / base_cpu, [
            name, f"{rate:,.0f}", f"{rate / base_rate:.2f}", f"{cpu:.2f}", f"{cpu / base_cpu:.2f}"]

    nine = "C baseline, 900 bytes"
    again = "C baseline, 900 bytes, again"
    rows = [["", "requests/s", "ratio", "CPU µs/request", "ratio"]]
    for name, *_ in kinds:
        rows.append(show(name, nine)[2])
    for name, *_ in extra:
        rows.append(show(name, again)[2])
    table(f"Authenticated read: {CLIENTS} keep-alive connections, medians of {rounds} rounds of {seconds} s", rows)
    # The baseline writes no log either.
    for name, least, most in (
            ("portico /health, no access log", 0.8, 1.3), ("portico profile, no access log", 0.55, 2.2)):
        rate, cpu, _ = show(name, again)
        print(f"  goal of {name}: at least {least} of the requests per second ({verdict(rate >= least)}), "
              f"at most {most} times the CPU ({verdict(cpu <= most)})")


# Durable booking


def raw(process, method, path, token, body=None):
    body = b"" if body is None else json.dumps(body).encode()
    head = (f"{method} {path} HTTP/1.1\r\nHost: lumen.localhost:{process.port}\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


def replay(process, work, clients, requests, expect):
    """Sends each request once. Returns requests per second."""
    path = os.path.join(work, "requests")
    with open(path, "wb") as file:
        for request in requests:
            file.write(b"%d\n" % len(request) + request)
    run = subprocess.run([REPLAY, str(process.port), str(clients), path], capture_output=True, text=True, check=False)
    if run.returncode:
        process.fail(run.stderr)
    lines = run.stdout.split("\n")
    statuses = {int(line.split()[0]): int(line.split()[1]) for line in lines[1:] if line}
    if statuses != {expect: len(requests)}:
        process.fail(f"expected only {expect}, got {statuses}")
    return len(requests) / float(lines[0])


def all_slots(process):
    """Every consultation that can be booked and touches no other, of both branches."""
    slots = []
    for branch in ("brn_newyork", "brn_berlin"):
        busy_until = {}
        today = time.time()
        for week in range(0, 392, 56):
            first, last = (time.strftime("%Y-%m-%d", time.gmtime(today + (week + day) * 86400)) for day in (1, 56))
            path = f"/api/customer/availability?serviceId=svc_consultation&branchId={branch}&from={first}&to={last}"
            _, data = call(process, "lumen", "GET", path, expect=200)
            for slot in json.loads(data)["data"]:
                who = slot["practitionerId"]
                if slot["start"] >= busy_until.get(who, ""):
                    busy_until[who] = slot["end"]
                    slots.append({"serviceId": "svc_consultation", "branchId": branch, "practitionerId": who,
                                  "start": slot["start"]})
    return slots


def measure_write(work, quick):
    rounds, few, many = (1, 200, 1500) if quick else (3, 1000, 6000)
    tenants = demo_tenants(work)
    process = start_portico(work, tenants, os.path.join(work, "write-data"), "--demo", "--demo-ports", "off")
    tokens = [sign_in(process, f"+1555010000{number}") for number in range(1, 10)]
    slots = all_slots(process)
    if len(slots) < few + many:
        process.fail(f"only {len(slots)} slots can be booked")

    def book(clients, chosen):
        return replay(process, work, clients, [
            raw(process, "POST", "/api/customer/appointments", tokens[index % len(tokens)], slot)
            for index, slot in enumerate(chosen)], 201)

    def cancel_all():
        requests = []
        for token in tokens:
            page = 1
            while True:
                _, data = call(process, "lumen", "GET",
                               f"/api/customer/appointments?scope=upcoming&status=CONFIRMED&limit=100&page={page}",
                               token=token, expect=200)
                answer = json.loads(data)
                requests += [raw(process, "DELETE", f"/api/customer/appointments/{item['id']}", token)
                             for item in answer["data"]]
                if page >= answer["pagination"]["totalPages"]:
                    break
                page += 1
        return replay(process, work, CLIENTS, requests, 200)

    cancel_all()
    single, grouped, cancelled, cpu = [], [], [], []
    for _ in range(rounds):
        single.append(book(1, slots[:few]))
        before = process.cpu()
        grouped.append(book(CLIENTS, slots[few:few + many]))
        cpu.append((process.cpu() - before) / many * 1e6)
        cancelled.append(cancel_all())
    process.stop()
    ratio = median(grouped) / median(single)
    table(f"Durable booking, each acknowledged after its commit is on the disk, medians of {rounds} rounds", [
        ["", "bookings/s", "ratio"],
        [f"1 client, {few} bookings", f"{median(single):,.0f}", "1.00"],
        [f"{CLIENTS} clients, {many} bookings", f"{median(grouped):,.0f}", f"{ratio:.2f}"],
        [f"{CLIENTS} clients, cancellations", f"{median(cancelled):,.0f}", f"{median(cancelled) / median(single):.2f}"],
    ])
    print(f"  server CPU for each booking with {CLIENTS} clients: {median(cpu):.0f} µs (with its message and event)")
    print(f"  goal: {CLIENTS} clients at least 8 times one ({verdict(ratio >= 8)})")


# Tenants, closed and open


def make_tenants(folder, count):
    text = json.dumps({
        "name": "Bench", "zone": "Europe/Berlin", "defaultDialect": "clinic", "plugins": {"appointments": {}}})
    for number in range(count):
        place = os.path.join(folder, f"tenant-{number:05}")
        os.makedirs(place)
        with open(os.path.join(place, "tenant.json"), "w", encoding="utf-8") as file:
            file.write(text)


def first_answer(process, slug):
    """Milliseconds from sending a request to its answer, on a connection that is there already."""
    with socket.create_connection(("127.0.0.1", process.port)) as link:
        link.sendall(f"GET /health HTTP/1.1\r\nHost: {slug}.localhost\r\n\r\n".encode())
        link.recv(4096)
        request = (f"GET /api/customer/branches HTTP/1.1\r\nHost: {slug}.localhost\r\n\r\n").encode()
        start = time.perf_counter()
        link.sendall(request)
        answer = link.recv(65536)
        spent = (time.perf_counter() - start) * 1e3
        if not answer.startswith(b"HTTP/1.1 200"):
            process.fail(f"{slug} answered {answer[:300]}")
        return spent


def measure_cold(work, quick):
    count = 30 if quick else 200
    tenants, data = os.path.join(work, "cold-tenants"), os.path.join(work, "cold-data")
    make_tenants(tenants, count)
    slugs = [f"tenant-{number:05}" for number in range(count)]
    process = start_portico(work, tenants, data)
    created = [first_answer(process, slug) for slug in slugs]
    process.stop()
    process = start_portico(work, tenants, data)
    cold = [first_answer(process, slug) for slug in slugs]
    warm = [first_answer(process, slug) for slug in slugs]
    process.stop()

    def row(name, values):
        values = sorted(values)
        return [name, f"{median(values):.2f}", f"{values[int(len(values) * 0.95)]:.2f}", f"{values[-1]:.2f}"]

    table(f"First answer of a tenant, {count} tenants one after another, in ms", [
        ["", "median", "95 %", "worst"], row("new: database and keys are made", created),
        row("closed, with its key", cold), row("open", warm)])
    print(f"  goal: a closed tenant that has its key under 10 ms (median {verdict(median(cold) < 10)}, "
          f"worst {verdict(max(cold) < 10)})")


def measure_many(work, quick):
    registered, opened = (10_000, 100) if quick else (10_000, 1_000)
    tenants, data = os.path.join(work, "many-tenants"), os.path.join(work, "many-data")
    make_tenants(tenants, registered)
    first = start_portico(work, tenants, data)
    first_start = first.ready_after
    first.stop()
    process = start_portico(work, tenants, data)
    seconds, memory, descriptors = process.ready_after, process.memory(), process.descriptors()
    slugs = [f"tenant-{number:05}" for number in range(opened)]
    for slug in slugs:
        # The first opens a reader; the second writes, so that the writer is open too.
        call(process, slug, "GET", "/api/customer/branches", expect=200)
        call(process, slug, "POST", "/customer/auth", {"phone": "+15550100001"}, expect=202)
    open_memory, open_descriptors = process.memory(), process.descriptors()
    process.stop()
    table(f"Many tenants in one process: {registered:,} registered", [
        ["", "start, s", "RSS, MB", "descriptors"],
        ["first start, folders are made", f"{first_start:.2f}", "", ""],
        ["none open", f"{seconds:.2f}", f"{memory:.0f}", f"{descriptors:,}"],
        [f"{opened:,} open, a reader and the writer each", "", f"{open_memory:.0f}", f"{open_descriptors:,}"],
    ])
    print(f"  goal: {registered:,} registered in under 2 s ({verdict(seconds < 2)}) and 150 MB ({verdict(memory < 150)})"
          + ("" if quick else f", 1,000 open under 350 MB ({verdict(open_memory < 350)})"))


def measure_limits(work, quick):
    print("\nlimits: one check of a tier's three windows, one of 10,000 people at a time")
    probe = os.path.join(BUILD, "release", "limit-probe")
    rows = [subprocess.run([probe], check=True, capture_output=True, text=True).stdout.split("\n")
            for _ in range(1 if quick else 3)]
    for index, name in enumerate(("one thread", "two threads")):
        cpu, passed = (median([int(row[index].split()[column]) for row in rows]) for column in (1, 2))
        print(f"  {name:<12} {cpu:>6.0f} ns of processor time, {passed:>6.0f} ns passed")


MEASURES = {
    "read": measure_read, "write": measure_write, "cold": measure_cold, "many": measure_many, "siege": measure_siege,
    "names": lambda work, quick: measure_names(work, quick, start_portico),
    "crowd": lambda work, quick: measure_crowd(work, quick, start_portico),
    "tls": lambda work, quick: measure_tls(work, quick, start_portico),
    "limits": measure_limits, "sockets": measure_sockets, "matching": measure_matching,
    "realtime": lambda work, quick: measure_realtime(
        work, quick, start_portico, sign_in, call, demo_tenants, all_slots),
    "slots": lambda work, quick: measure_slots(work, quick, start_portico, demo_tenants),
    "sales": lambda work, quick: measure_sales(work, quick, start_portico),
    "journey": lambda work, quick: measure_journey(work, quick, start_portico),
    "documents": lambda work, quick: measure_documents(work, quick, start_portico)}


def build():
    for product in ("portico", "http-probe", "limit-probe", "matching-probe"):
        subprocess.run(["swift", "build", "-c", "release", "--product", product], cwd=FOLDER, check=True)
    for source in ("server", "replay", "siege", "pace", "echo"):
        subprocess.run(
            ["gcc", "-O2", "-pthread", "-o", os.path.join(BUILD, "bench-" + source),
             os.path.join(FOLDER, "Benchmarks", "baseline", source + ".c")], check=True)


def main():
    words = sys.argv[1:]
    quick = "--quick" in words
    chosen = [word for word in words if word != "--quick"]
    if any(word not in MEASURES for word in chosen):
        sys.exit(__doc__.strip())
    build()
    with open("/proc/loadavg", encoding="ascii") as file:
        load = file.read().split()[0]
    print(f"{os.cpu_count()} processors, load {load} before the start"
          + (", quick: for orientation only" if quick else ""))
    for name in chosen or MEASURES:
        # On a real disk: where /tmp lives in memory, a commit costs nothing and the ratio says nothing.
        work = tempfile.mkdtemp(prefix=f"bench-{name}-", dir=BUILD)
        try:
            MEASURES[name](work, quick)
        finally:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
