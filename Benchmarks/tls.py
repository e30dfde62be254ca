"""What encryption costs: handshakes, requests beside plain ones, and connections that do nothing."""

import os
import re
import socket
import ssl
import subprocess
import time

from process import free_port, median, table, verdict

NAME = "bench.localhost"
REQUEST = f"GET /health HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode()
KEYS = [("ECDSA P-256", "ec -pkeyopt ec_paramgen_curve:P-256"), ("RSA 2048", "rsa:2048")]


def certificate(work, key):
    """A certificate of its own for the name and for the address, which wrk asks for: a port, and the options for it."""
    path = os.path.join(work, "certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", *key.split(), "-nodes", "-keyout", path + ".key", "-out", path + ".pem",
         "-days", "2", "-subj", "/CN=bench", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"],
        check=True, capture_output=True)
    port = free_port()
    return port, [
        "--tls-port", str(port), "--tls-certificate", path + ".pem", "--tls-key", path + ".key", "--log-level", "warning"]


def make_tenants(work):
    folder = os.path.join(work, "tenants")
    os.makedirs(os.path.join(folder, "bench"), exist_ok=True)
    with open(os.path.join(folder, "bench", "tenant.json"), "w", encoding="utf-8") as file:
        file.write('{"name": "Bench", "plugins": {"appointments": {}}}')
    return folder


def client(version=ssl.TLSVersion.TLSv1_3):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = context.maximum_version = version
    return context


def connect(port, context=None, session=None):
    link = socket.create_connection(("127.0.0.1", port))
    return context.wrap_socket(link, server_hostname=NAME, session=session) if context else link


def ask(link):
    link.sendall(REQUEST)
    if not link.recv(4096).startswith(b"HTTP/1.1 200"):
        raise OSError("not answered")


def handshakes(process, port, count, resumes):
    """Microseconds of the server's processor time for each handshake."""
    context = client()
    with connect(port, context) as link:
        ask(link)
        session = link.session if resumes else None
    before, resumed = process.cpu(), 0
    for _ in range(count):
        with connect(port, context, session) as link:
            resumed += link.session_reused
    if resumed != (count if resumes else 0):
        process.fail(f"{resumed} of {count} handshakes were resumed")
    return (process.cpu() - before) / count * 1e6


def requests(process, address, seconds):
    """Requests per second, and the server's CPU microseconds for each."""
    before = process.cpu()
    text = subprocess.run(
        ["wrk", "-t2", "-c64", f"-d{seconds}s", "-H", f"Host: {NAME}", address + "/health"], capture_output=True, text=True,
        check=True).stdout
    spent = process.cpu() - before
    if "Non-2xx" in text or "Socket errors" in text:
        process.fail(f"wrk met errors:\n{text}")
    count = int(re.search(r"(\d+) requests in", text).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), spent / count * 1e6


def idle(process, port, context, count):
    """KiB of resident memory for each connection that has been answered once. On a fresh process: memory is not given back."""
    for _ in range(40):
        with connect(port, context) as link:
            ask(link)
    before, links = process.memory(), []
    for _ in range(count):
        links.append(connect(port, context))
        ask(links[-1])
    time.sleep(0.5)
    spent = (process.memory() - before) * 1024 / count
    for link in links:
        link.close()
    return spent


def measure_tls(work, quick, start):
    """`start` starts the program, as bench.py does it for all measures."""
    rounds, seconds, count = (2, 1, 300) if quick else (5, 3, 2000)
    tenants, rows = make_tenants(work), [["", "CPU µs/handshake", "a second, one processor"]]
    for name, key in KEYS:
        port, options = certificate(work, key)
        process = start(work, tenants, os.path.join(work, "data"), *options)
        for kind in ("full", "resumed"):
            spent = handshakes(process, port, count, kind == "resumed")
            rows.append([f"{name}, {kind}", f"{spent:.0f}", f"{1e6 / spent:,.0f}"])
        process.stop()
    table(f"TLS 1.3 handshakes with their TCP connections, {count} each, one after another", rows)

    port, options = certificate(work, KEYS[0][1])
    process = start(work, tenants, os.path.join(work, "data"), *options)
    kinds = [("plain", f"http://127.0.0.1:{process.port}"), ("TLS", f"https://127.0.0.1:{port}")]
    results = {name: [] for name, _ in kinds}
    for _ in range(rounds):
        for name, address in kinds:
            results[name].append(requests(process, address, seconds))
    process.stop()
    base = [median([result[i] for result in results["plain"]]) for i in (0, 1)]
    rows = [["", "requests/s", "ratio", "CPU µs/request", "ratio"]]
    for name, _ in kinds:
        rate, cpu = (median([result[i] for result in results[name]]) for i in (0, 1))
        rows.append([name, f"{rate:,.0f}", f"{rate / base[0]:.2f}", f"{cpu:.2f}", f"{cpu / base[1]:.2f}"])
    table(f"/health over TLS: 64 keep-alive connections, medians of {rounds} rounds of {seconds} s", rows)

    rows, most = [["", "KiB"]], 0
    for name, context in (("plain", None), ("TLS 1.3", client()), ("TLS 1.2", client(ssl.TLSVersion.TLSv1_2))):
        process = start(work, tenants, os.path.join(work, "data"), *options)
        spent = idle(process, port if context else process.port, context, 900)
        process.stop()
        rows.append([name, f"{spent:.1f}"])
        most = max(most, spent)
    table("Memory of an idle connection, 900 of them", rows)
    print(f"  goal: at most 16 KiB ({verdict(most <= 16)})")
