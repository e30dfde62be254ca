#!/usr/bin/env python3
"""One large upload and its download: how much memory above idle, and how fast beside the disk itself.

usage: files.py [--megabytes N] [--program PATH] [--documents]

The program is the release build's; its tenant `lumen` is the demo's, with a limit of its own for a file. With --documents
the file is a client's document of the tenant `harbor`, by LegalCases' own addresses.
"""

import argparse
import hashlib
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PIECE = 1 << 20
BOUNDARY = "benchmark-boundary"


def memory(pid, reset=False):
    """Resident memory now and the most since it was reset, in bytes."""
    if reset:
        with open(f"/proc/{pid}/clear_refs", "w") as file:
            file.write("5")
    with open(f"/proc/{pid}/status") as file:
        text = file.read()
    return tuple(int(re.search(name + r":\s+(\d+)", text).group(1)) * 1024 for name in ("VmRSS", "VmHWM"))


class Place:
    """Where the file goes: by the host's own addresses, or by a plugin's."""

    def __init__(self, slug, upload, fields, download, sign_in):
        self.slug, self.upload, self.fields, self.download, self.sign_in = slug, upload, fields, download, sign_in


def start(program, folder, slug):
    tenants = os.path.join(folder, "tenants")
    shutil.copytree(os.path.join(FOLDER, "tenants"), tenants)
    path = os.path.join(tenants, slug, "tenant.json")
    with open(path) as file:
        text = file.read()
    with open(path, "w") as file:
        file.write(text.replace("{", '{ "files": { "maxBytes": 4294967296 },', 1))
    log = os.path.join(folder, "log")
    child = subprocess.Popen(
        [program, "serve", "--tenants", tenants, "--data", os.path.join(folder, "data"), "--port", "0", "--demo",
         "--demo-ports", "off", "--rate-limit-scale", "100000"],
        stdout=open(log, "w"), stderr=subprocess.STDOUT)
    for _ in range(6000):
        if child.poll() is not None:
            sys.exit(open(log).read())
        for line in open(log):
            if '"serving"' in line:
                return child, json.loads(line)["port"]
        time.sleep(0.01)
    sys.exit("the program does not serve")


def ask(port, slug, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Host": f"{slug}.localhost:{port}", **headers})
    return connection.getresponse()


def sign_in_client(port):
    body = json.dumps({"username": "john.doe", "password": "Portal#2025demo"})
    answer = ask(port, "harbor", "POST", "/api/token/", body, Content_Type="application/json")
    return "Bearer " + json.loads(answer.read())["access"]


def sign_in_customer(port):
    phone = "+15550100001"
    kind = {"Content_Type": "application/json"}
    ask(port, "lumen", "POST", "/customer/auth", json.dumps({"phone": phone}), **kind).read()
    for _ in range(1000):
        sent = json.loads(ask(port, "lumen", "GET", "/_dev/outbox?channel=sms&to=%2B15550100001").read())
        codes = [code for message in sent for code in re.findall(r"\b\d{6}\b", message["body"])]
        if codes:
            proof = json.dumps({"phone": phone, "code": codes[0]})
            answer = ask(port, "lumen", "POST", "/customer/auth/verify", proof, **kind)
            return "Bearer " + json.loads(answer.read())["accessToken"]
        time.sleep(0.01)
    sys.exit("no code was sent")


def upload(port, place, token, megabytes, piece):
    fields = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                     for name, value in place.fields)
    front = (fields + f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.png\"\r\n"
             "Content-Type: image/png\r\n\r\n").encode()
    end = f"\r\n--{BOUNDARY}--\r\n".encode()

    def pieces():
        yield front
        for _ in range(megabytes):
            yield piece
        yield end

    length = str(len(front) + megabytes * PIECE + len(end))
    answer = ask(port, place.slug, "POST", place.upload, pieces(), Authorization=token, Content_Length=length,
                 Content_Type=f"multipart/form-data; boundary={BOUNDARY}")
    body = answer.read()
    if answer.status != 201:
        sys.exit(f"{answer.status}: {body.decode()}")
    return json.loads(body)["id"]


def plain_write(folder, megabytes, piece):
    """The same bytes written to the same disk, and synchronised: what there is to compare with."""
    path = os.path.join(folder, "plain")
    begin = time.monotonic()
    with open(path, "wb") as file:
        for _ in range(megabytes):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--program", default=os.path.join(FOLDER, ".build/release/portico"))
    parser.add_argument("--documents", action="store_true")
    given = parser.parse_args()
    piece = b"\x89PNG\r\n\x1a\n" + os.urandom(PIECE - 8)
    folder = tempfile.mkdtemp(prefix="portico-files-")
    place = (
        Place("harbor", "/api/portal/documents/", [("case", 1), ("title", "Evidence")],
              lambda name: f"/api/portal/documents/{name}/download/", sign_in_client)
        if given.documents else
        Place("lumen", "/_portico/v1/files", [], lambda name: f"/_portico/v1/files/{name}", sign_in_customer))
    child = None
    try:
        child, port = start(given.program, folder, place.slug)
        token = place.sign_in(port)
        upload(port, place, token, 1, piece)
        idle, _ = memory(child.pid, reset=True)
        begin = time.monotonic()
        name = upload(port, place, token, given.megabytes, piece)
        uploading = time.monotonic() - begin
        _, peak = memory(child.pid)
        memory(child.pid, reset=True)
        begin = time.monotonic()
        answer = ask(port, place.slug, "GET", place.download(name), Authorization=token)
        digest, wanted = hashlib.sha256(), hashlib.sha256()
        while data := answer.read(PIECE):
            digest.update(data)
        downloading = time.monotonic() - begin
        _, reading = memory(child.pid)
        for _ in range(given.megabytes):
            wanted.update(piece)
        if digest.digest() != wanted.digest():
            sys.exit("what was downloaded is not what was uploaded")
        at = given.megabytes * PIECE * 3 // 4 + 123
        part = ask(port, place.slug, "GET", place.download(name), Authorization=token, Range=f"bytes={at}-{at + PIECE - 1}")
        if part.status != 206 or part.read() != (piece + piece)[at % PIECE:at % PIECE + PIECE]:
            sys.exit("a part of the download is not that part of the upload")
        plain = plain_write(folder, given.megabytes, piece)
        print(json.dumps({
            "megabytes": given.megabytes, "idleMB": round(idle / PIECE, 1),
            "uploadAboveIdleMB": round((peak - idle) / PIECE, 1),
            "downloadAboveIdleMB": round((reading - idle) / PIECE, 1),
            "uploadMBPerSecond": round(given.megabytes / uploading), "downloadMBPerSecond": round(given.megabytes / downloading),
            "plainWriteMBPerSecond": round(given.megabytes / plain), "uploadToPlainWrite": round(uploading / plain, 2),
        }, indent=2))
        if max(peak, reading) - idle >= 64 * PIECE:
            sys.exit("an upload or a download takes 64 MB or more above idle")
    finally:
        if child:
            child.kill()
            child.wait()
        shutil.rmtree(folder)


main()
