"""Whether time tells if somebody has a name: the same question about somebody and about nobody, in pairs."""

import http.client
import json
import os
import shutil
import statistics
import time

from process import FOLDER, median, table, verdict

# A tenant with every plugin that the program has.
SLUG = "northgate"
PASSWORD = "Portal#2025demo"
KNOWN = {
    "email": [f"{name}@{SLUG}.example" for name in ("admin", "manager", "practitioner", "staff")],
    "username": ["admin", "john.doe", "erin.park", "jane.smith"],
    "phone": [f"+1555010000{number}" for number in range(1, 10)],
}


def unknown(field, number):
    """A name that nobody has."""
    if field == "phone":
        return f"+1555019900{number + 1}"
    return f"nobody{number}" + (f"@{SLUG}.example" if field == "email" else "")


class Asker:
    """One connection to the tenant."""

    def __init__(self, process):
        self.process = process
        self.link = http.client.HTTPConnection("127.0.0.1", process.port)

    def ask(self, method, path, body=None):
        """Milliseconds, status and body of one request."""
        headers = {"Host": f"{SLUG}.localhost:{self.process.port}", "Content-Type": "application/json"}
        start = time.perf_counter()
        self.link.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.link.getresponse()
        data = answer.read()
        return (time.perf_counter() - start) * 1e3, answer.status, data


class Step:
    """A step of a sign-in that takes a name from a stranger."""

    def __init__(self, path, field, schema, place):
        self.path, self.field, self.place = path, field, place
        self.more = {}
        for name in schema.get("required", []):
            kind = schema["properties"][name].get("type")
            if name != field:
                self.more[name] = {"password": "Wrong#Passage-1", "code": "000000"}.get(
                    name, {"boolean": False, "integer": 1}.get(kind, "Kim"))
        self.is_login = "password" in self.more
        self.owner = None

    def find_owner(self, asker):
        """Somebody whose password is good here, so that a success ends their row of failures."""
        names = KNOWN[self.field]
        for name in names[self.place % len(names):] + names[:self.place % len(names)]:
            _, status, _ = asker.ask("POST", self.path, {**self.more, self.field: name, "password": PASSWORD})
            if status == 200:
                self.owner = name
                return

    def names(self, turn):
        """Somebody and nobody. Nobody's name is a new one before it is locked."""
        if self.is_login:
            return self.owner, unknown(self.field, f"{self.place}x{turn // 4}")
        known = KNOWN[self.field]
        return known[turn % len(known)], unknown(self.field, turn % len(known))

    def time(self, asker, name):
        spent, status, data = asker.ask("POST", self.path, {**self.more, self.field: name})
        if status not in (202, 401, 403):
            asker.process.fail(f"POST {self.path}: {status}: {data[:300]}")
        return spent


def steps(asker):
    """All of them, as the tenant's API document tells: a new one is measured by itself."""
    _, _, data = asker.ask("GET", "/openapi.json")
    document = json.loads(data)
    found = []
    for path, operations in sorted(document["paths"].items()):
        operation = operations.get("post", {})
        if operation.get("security") != []:
            continue
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        found += [Step(path, field, schema, len(found)) for field in KNOWN if field in schema.get("properties", {})]
    return found


def measure_names(work, quick, start_portico):
    """In pairs, about somebody and about nobody, each first in every other one, so that what else the machine does, and
    what the question before left behind, hits both."""
    rounds = 12 if quick else 100
    tenants = os.path.join(work, "names-tenants")
    shutil.copytree(os.path.join(FOLDER, "tenants", SLUG), os.path.join(tenants, SLUG))
    process = start_portico(work, tenants, os.path.join(work, "names-data"), "--demo", "--demo-ports", "off")
    asker = Asker(process)
    measured = steps(asker)
    for step in measured:
        if step.is_login:
            # The first sign-in makes the tenant's signing key, too.
            step.find_owner(asker)
    for step in [step for step in measured if step.is_login and step.owner is None]:
        print(f"  {step.path} is left out: nobody of the demo has a password for it")
        measured.remove(step)
    times = {}
    for turn in range(rounds):
        for step in measured:
            known, nobody = step.names(turn)
            if turn % 2:
                other, one = step.time(asker, nobody), step.time(asker, known)
            else:
                one, other = step.time(asker, known), step.time(asker, nobody)
            times.setdefault(step.path, []).append((one, other))
            if step.is_login and turn % 4 == 3:
                asker.ask("POST", step.path, {**step.more, step.field: known, "password": PASSWORD})
    process.stop()
    rows = [["", "known, ms", "unknown, ms", "difference in a pair", "its standard error"]]
    apart = 0
    for what, taken in times.items():
        differences = [one - other for one, other in taken]
        quarters = statistics.quantiles(differences, n=4)
        # Of a median of so many, whatever the distribution's tails are.
        error = 0.93 * (quarters[2] - quarters[0]) / len(taken) ** 0.5 or 1e-9
        difference = median(differences)
        apart = max(apart, abs(difference) / error)
        rows.append([what, f"{median([one for one, _ in taken]):.2f}", f"{median([other for _, other in taken]):.2f}",
                     f"{difference:+.3f}", f"{error:.3f}"])
    table(f"Known against unknown names, medians of {rounds} pairs", rows)
    print(f"  goal: no difference that shows: less than 4 of its standard errors ({apart:.1f}: {verdict(apart < 4)})")
