"""How long it takes to find what can be booked, by practitioners and days."""

import http.client
import json
import os
import time

from process import table, verdict

PASSWORD = "Portal#2025demo"
WEEK = [{"weekday": day, "opens": "09:00", "closes": "17:00"}
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday")]


class Client:
    """One connection, kept, signed in."""

    def __init__(self, process):
        self.process = process
        self.link = http.client.HTTPConnection("127.0.0.1", process.port)
        self.token = None

    def ask(self, method, path, body=None, expect=200):
        headers = {"Host": f"lumen.localhost:{self.process.port}", "Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self.link.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.link.getresponse()
        data = answer.read()
        if answer.status != expect:
            self.process.fail(f"{method} {path}: {answer.status} instead of {expect}: {data[:500]}")
        return json.loads(data)


def day(ahead):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + ahead * 86400))


def clinic(client, people):
    """A branch with so many practitioners, and services that the first so many of them perform."""
    branch = client.ask("POST", "/v1/branches", {
        "name": "Bench", "timeZone": "Europe/Berlin",
        "address": {"line1": "1", "city": "Berlin", "country": "DE"}, "openingHours": WEEK}, 201)["id"]
    practitioners = [client.ask("POST", "/v1/practitioners", {
        "name": f"Dr. {number}", "branchId": branch, "workingHours": WEEK}, 201)["id"] for number in range(people)]
    services = {count: client.ask("POST", "/v1/services", {
        "name": f"By {count}", "durationMinutes": 30, "bufferAfterMinutes": 5, "branchIds": [branch],
        "practitionerIds": practitioners[:count]}, 201)["id"] for count in (5, 10, 25, 50)}
    patient = client.ask("POST", "/v1/patients", {
        "firstName": "Bench", "lastName": "Bench", "practiceId": branch}, 201)["id"]
    return branch, practitioners, services, patient


def fill(client, branch, practitioners, service, patient, days):
    """Three visits a day for everybody."""
    starts = client.ask("GET", f"/api/customer/availability?serviceId={service}&branchId={branch}"
                               f"&practitionerId={practitioners[0]}&from={day(1)}&to={day(days)}")["data"]
    booked = 0
    # Every tenth of a day's 31 slots.
    for slot in starts[3::10]:
        for practitioner in practitioners:
            client.ask("POST", "/v1/appointments", {
                "patientId": patient, "serviceId": service, "practitionerId": practitioner, "branchId": branch,
                "startTime": slot["start"]}, 201)
            booked += 1
    return booked


def measure_slots(work, quick, start_portico, demo_tenants):
    tenants = demo_tenants(work)
    process = start_portico(work, tenants, os.path.join(work, "slots-data"), "--demo", "--demo-ports", "off")
    client = Client(process)
    client.token = client.ask("POST", "/v1/auth/login", {"email": "admin@lumen.example", "password": PASSWORD})[
        "accessToken"]
    branch, practitioners, services, patient = clinic(client, 50)
    booked = fill(client, branch, practitioners, services[50], patient, 7 if quick else 30)
    client.token = None
    rounds = 50 if quick else 300

    def search(count, days, limit):
        path = (f"/api/customer/availability?serviceId={services[count]}&branchId={branch}"
                f"&from={day(1)}&to={day(days)}&limit={limit}")
        spent = []
        for _ in range(rounds):
            start = time.perf_counter()
            client.link.request("GET", path, None, {"Host": f"lumen.localhost:{process.port}"})
            data = client.link.getresponse().read()
            spent.append((time.perf_counter() - start) * 1e3)
        spent.sort()
        total = json.loads(data)["pagination"]["total"]
        return [f"{total:,}", f"{spent[len(spent) // 2]:.1f}", f"{spent[int(len(spent) * 0.95)]:.1f}"]

    rows = [["practitioners, days", "slots", "median", "95 %"]]
    for count, days in ((5, 30), (10, 30), (25, 30), (50, 7), (50, 14), (50, 30)):
        rows.append([f"{count}, {days}"] + search(count, days, 100))
    whole = search(50, 30, 10_000)
    rows.append(["50, 30, 10,000 slots in the answer"] + whole)
    process.stop()
    table(f"Searching for slots among {booked:,} visits, over one connection, a page of 100 unless said otherwise, in ms",
          rows)
    print(f"  goal: 50 practitioners over 30 days, 95 % under 20 ms ({verdict(float(rows[-2][-1]) < 20)}; "
          f"10,000 slots in the answer: {verdict(float(whole[-1]) < 20)})")
