"""A customer's first page: journey, timeline and dashboard over many events."""

import http.client
import json
import os
import sqlite3
import time

from process import table, verdict

PASSWORD = "Portal#2025demo"
EMAIL = "customer@bench.example"
KINDS = ("message_received", "message_read", "message_sent", "document_uploaded", "content_read", "case_submitted",
         "professional_assigned", "opinion_delivered", "opinion_read", "case_completed")


ARTICLES = 500
WORDS = "heart knee scan report question doctor second opinion therapy surgery rest food sleep walk letter".split()


def article(number):
    """The text of one article, other words in each."""
    words = " ".join(WORDS[(number * 7 + place * (number % 5 + 1)) % len(WORDS)] for place in range(400))
    topic = WORDS[number % len(WORDS)]
    return (f"---\ntitle: About {topic} {number}\ndescription: What to know of {topic}.\ntags: [{topic}]\n"
            f"specialties: [{'cardiology' if number % 3 else 'orthopedics'}]\n---\n\n{words}\n")


def tenants(work):
    folder = os.path.join(work, "journey-tenants")
    content = os.path.join(folder, "bench", "content", "medical-opinion")
    os.makedirs(content)
    for number in range(ARTICLES):
        with open(os.path.join(content, f"a{number:03}.md"), "w", encoding="utf-8") as file:
            file.write(article(number))
    channels = {name: {"driver": "capture"} for name in ("email", "sms", "whatsapp", "push")}
    files = {
        "tenant.json": {"name": "Bench", "zone": "UTC", "language": "en", "channels": channels,
                        "plugins": {"medical-opinion": {}}},
        "demo.json": {"password": PASSWORD, "plugins": {}, "people": [
            {"givenName": "Bench", "familyName": "Customer", "email": EMAIL,
             "roles": [{"plugin": "medical-opinion", "role": "customer"}]}]}}
    for name, content in files.items():
        with open(os.path.join(folder, "bench", name), "w", encoding="utf-8") as file:
            json.dump(content, file)
    return folder


def ask(link, process, method, path, body=None, token=None, tries=10):
    """One request over a connection that is kept; returns the data and how long it took, in milliseconds."""
    headers = {"Host": f"bench.localhost:{process.port}", "Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    start = time.perf_counter()
    link.request(method, path, None if body is None else json.dumps(body), headers)
    answer = link.getresponse()
    data = answer.read()
    if answer.status == 503 and tries > 1:
        # The tenant is being opened.
        time.sleep(float(answer.headers.get("Retry-After", "1")))
        return ask(link, process, method, path, body, token, tries - 1)
    spent = (time.perf_counter() - start) * 1e3
    if answer.status not in (200, 201):
        process.fail(f"{method} {path}: {answer.status}: {data[:500]}")
    return json.loads(data)["data"], spent


def sign_in(process):
    link = http.client.HTTPConnection("127.0.0.1", process.port)
    data, _ = ask(link, process, "POST", "/v1/portal/auth/login", {"email": EMAIL, "password": PASSWORD})
    return link, data["accessToken"], data["customer"]["id"]


def fill(database, person, events):
    """Events of two years into the table of a program that does not run."""
    link = sqlite3.connect(database)
    now = int(time.time()) * 1_000_000
    step = 2 * 365 * 86_400_000_000 // events
    details = json.dumps({"specialty": "Cardiology", "professionalName": "Dr. Bench"})
    link.executemany(
        "INSERT INTO medicalopinion_lifecycle_event (id, person_id, kind, at, case_number, details) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        ((f"activity_b{number:06}", person, KINDS[number % len(KINDS)], now - (events - number) * step,
          f"EU-2026-{number // 100:06}", details) for number in range(events)))
    # What is kept of them is folded at the next event.
    link.execute("DELETE FROM medicalopinion_journey")
    link.commit()
    link.close()


def measure_journey(work, quick, start_portico):
    events = 1_000 if quick else 10_000
    folder, data = tenants(work), os.path.join(work, "journey-data")
    options = ("--demo", "--demo-ports", "off")
    process = start_portico(work, folder, data, *options)
    person = sign_in(process)[2]
    process.stop()
    fill(os.path.join(data, "bench", "tenant.sqlite"), person, events)
    process = start_portico(work, folder, data, *options)
    link, token, _ = sign_in(process)
    answers = {"answers": {"reading": "in_full"}}
    _, folding = ask(link, process, "POST", "/v1/portal/persona/questionnaire", answers, token)
    rounds = 200 if quick else 1000
    rows = [["", "median, ms", "95 %, ms", "processor time, ms"]]
    worst = 0
    for what, path in (
            ("journey", "/v1/portal/journey"), ("timeline, 30 days", "/v1/portal/journey/timeline"),
            ("timeline, all of it, the last page",
             f"/v1/portal/journey/timeline?from=2000-01-01&page={events // 50}"),
            ("timeline, all of three kinds",
             "/v1/portal/journey/timeline?from=2000-01-01&types=case_submitted,case_completed,opinion_delivered"),
            ("dashboard", "/v1/portal/personalization/dashboard"),
            ("engagement score", "/v1/portal/journey/health-score")):
        before = process.cpu()
        spent = sorted(ask(link, process, "GET", path, token=token)[1] for _ in range(rounds))
        used = (process.cpu() - before) * 1e3 / rounds
        rows.append([what, f"{spent[rounds // 2]:.2f}", f"{spent[rounds * 95 // 100]:.2f}", f"{used:.2f}"])
        worst = max(worst, used)
    for what, path in (
            (f"recommendations of {ARTICLES} articles", "/v1/portal/personalization/content"),
            ("a search among them", "/v1/portal/personalization/content?search=knee%20ther")):
        before = process.cpu()
        spent = sorted(ask(link, process, "GET", path, token=token)[1] for _ in range(rounds))
        used = (process.cpu() - before) * 1e3 / rounds
        rows.append([what, f"{spent[rounds // 2]:.2f}", f"{spent[rounds * 95 // 100]:.2f}", f"{used:.2f}"])
    event = sorted(
        ask(link, process, "POST", "/v1/portal/persona/questionnaire", answers, token)[1] for _ in range(50))
    rows.append(["one more event, written", f"{event[25]:.2f}", f"{event[47]:.2f}", ""])
    process.stop()
    table(f"A customer with {events:,} events, over one connection", rows)
    print(f"  all of them folded anew: {folding:.0f} ms")
    print(f"  server time: {worst:.2f} ms at most, goal under 2 ({verdict(worst < 2)})")
