"""A law firm with many documents: lists and full-text search, for an admin, for an attorney and for a client."""

import http.client
import json
import os
import random
import shutil
import sqlite3
import statistics
import time

from process import FOLDER, table, verdict

PASSWORD = "Portal#2025demo"


def tenants(work):
    folder = os.path.join(work, "documents-tenants")
    shutil.copytree(os.path.join(FOLDER, "tenants", "harbor"), os.path.join(folder, "harbor"))
    return folder


class Person:
    """Somebody signed in, on a connection of their own."""

    def __init__(self, process, username):
        self.process = process
        self.link = http.client.HTTPConnection("127.0.0.1", process.port)
        self.headers = {"Host": f"harbor.localhost:{process.port}", "Content-Type": "application/json"}
        body = json.dumps({"username": username, "password": PASSWORD})
        self.link.request("POST", "/api/token/", body, self.headers)
        answer = self.link.getresponse()
        data = answer.read()
        if answer.status != 200:
            process.fail(f"{username} was not signed in: {answer.status} {data[:500]}")
        self.headers["Authorization"] = "Bearer " + json.loads(data)["access"]

    def get(self, path):
        """What is there, and how long it took, in milliseconds."""
        start = time.perf_counter()
        self.link.request("GET", path, headers=self.headers)
        answer = self.link.getresponse()
        data = answer.read()
        spent = (time.perf_counter() - start) * 1e3
        if answer.status != 200:
            self.process.fail(f"GET {path}: {answer.status} {data[:500]}")
        return json.loads(data), spent


def vocabulary():
    """5,000 words of two to five syllables, the shorter ones more often than not in front; always the same."""
    draw, words = random.Random(2), {}
    while len(words) < 5000:
        syllables = draw.choice((2, 2, 3, 3, 4, 5)) + (len(words) > 1000)
        words["".join(draw.choice("bdfgklmnprstv") + draw.choice("aeiou") for _ in range(syllables))] = True
    return list(words)


def fill(database, count):
    """Documents into the tables of a program that does not run, as the plugin writes them: half of them of one case, the
    others spread over all; two of three are shown to their client; words come as often as words do (Zipf)."""
    link = sqlite3.connect(database)
    link.execute("PRAGMA synchronous = OFF")
    draw = random.Random(1)
    cases = link.execute("SELECT id, client_id FROM legalcases_matter ORDER BY id").fetchall()
    words = vocabulary()
    weights = [1 / (number + 1) for number in range(5000)]
    first = link.execute("SELECT coalesce(max(id), 0) + 1 FROM legalcases_document").fetchone()[0]
    now = int(time.time()) * 1_000_000
    for number in range(first, first + count):
        case, client = cases[0] if number % 2 else draw.choice(cases)
        shown = 1 if number % 3 else None
        link.execute(
            "INSERT INTO legalcases_document (id, matter_id, client_id, title, description, folder, version, "
            "shown_version, origin, created_at, updated_at) VALUES (?, ?, ?, ?, 'Of the other side', ?, 1, ?, 'staff', ?, ?)",
            (number, case, client, f"Letter {number}", f"Letters/{number % 9}", shown, now, now))
        link.execute(
            "INSERT INTO legalcases_document_version (document_id, version, file_id, name, media_type, size, sha256, "
            "created_at, shown_at) VALUES (?, 1, ?, 'letter.txt', 'text/plain', 1000, ?, ?, ?)",
            (number, f"fil_bench{number}", "0" * 64, now, now if shown else None))
        link.execute(
            "INSERT INTO legalcases_document_text (rowid, title, description, text, scope) "
            "VALUES (?, ?, 'Of the other side', ?, ?)",
            (number * 2, f"Letter {number}", " ".join(draw.choices(words, weights, k=60)),
             f"m{case} c{case}" if shown else f"m{case}"))
    link.commit()
    link.close()
    return cases[0][0]


def measure_documents(work, quick, start_portico):
    """How long lists and searches take."""
    count, rounds = (20_000, 50) if quick else (100_000, 200)
    folder, data = tenants(work), os.path.join(work, "documents-data")
    options = ("--demo", "--demo-ports", "off")
    process = start_portico(work, folder, data, *options)
    Person(process, "admin")
    process.stop()
    database = next(
        os.path.join(place, name) for place, _, names in os.walk(data) for name in names
        if name.endswith(".sqlite") and "harbor" in os.path.join(place, name))
    case = fill(database, count)
    process = start_portico(work, folder, data, *options)
    people = [("an admin", "staff", Person(process, "admin")), ("an attorney", "staff", Person(process, "jane.smith")),
              ("a client", "portal", Person(process, "john.doe"))]
    words = vocabulary()
    queries = [
        ("list", lambda n: f"page_size=50&page={1 + n % 5}"), ("list, page 300", lambda n: "page_size=50&page=300"),
        ("list of a case", lambda n: f"page_size=50&case={case}&page={1 + n % 5}"),
        ("list of a folder", lambda n: f"page_size=50&folder=Letters/{n % 9}"),
        ("search, a word in most", lambda n: f"page_size=50&search={words[n % 3]}%20"),
        ("search, a rare word", lambda n: f"page_size=50&search={words[3000 + n * 7 % 2000]}%20"),
        ("search, two words", lambda n: f"page_size=50&search={words[n % 50]}%20{words[100 + n]}%20"),
        ("search, two letters", lambda n: f"page_size=50&search={words[n % 100][:2]}"),
        ("search, most of a frequent word", lambda n: f"page_size=50&search={words[n % 20][:3 + n % 6]}"),
        ("search, word and beginning", lambda n: f"page_size=50&search={words[n]}%20{words[n % 20][:3]}"),
    ]
    rows, worst = [["", "median, ms", "95 %, ms"]], 0
    for who, side, person in people:
        for what, query in queries:
            spent = sorted(person.get(f"/api/{side}/documents/?{query(number)}")[1] for number in range(rounds))
            last = spent[len(spent) * 95 // 100]
            rows.append([f"{who}: {what}", f"{statistics.median(spent):.1f}", f"{last:.1f}"])
            worst = max(worst, last)
    process.stop()
    table(f"A law firm with {count:,} documents", rows)
    print(f"  goal: lists and searches under 20 ms at 95 % (worst {worst:.1f}: {verdict(worst < 20)})")
