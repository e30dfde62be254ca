"""A provider of texts in Twilio's form, for tests: says on standard output, as lines of JSON, what it is told.

Its one argument is JSON: {"account": sid, "token": word, "replies": [[status, {header: value}, body], null, …]}; null, and the end of
the list, is the usual reply. A line of standard input is a report to make: {"id", "url", "status", "port", "extra", "tamper"}; it goes
to that port of this machine, signed as the provider signs. It ends when standard input does.
"""

import base64
import hashlib
import hmac
import http.client
import http.server
import json
import os
import sys
import threading
import urllib.parse

SETTINGS = json.loads(sys.argv[1])
REPLIES = list(SETTINGS.get("replies", []))
LOCK = threading.Lock()


def say(event):
    with LOCK:
        print(json.dumps(event), flush=True)


class Provider(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        login = base64.b64encode(f"{SETTINGS['account']}:{SETTINGS['token']}".encode()).decode()
        known = self.headers["Authorization"] == f"Basic {login}"
        fields = dict(urllib.parse.parse_qsl(body, strict_parsing=True))
        say({
            "event": "message", "path": self.path, "fields": fields, "known": known,
            "type": self.headers["Content-Type"], "key": self.headers["Idempotency-Key"],
        })
        with LOCK:
            scripted = REPLIES.pop(0) if REPLIES else None
        if scripted == "DROP":
            self.connection.close()
            return
        if scripted is None and not known:
            scripted = [401, {}, {"code": 20003, "message": "Authenticate", "status": 401}]
        if scripted is None:
            sid = "SM" + hashlib.md5(self.headers["Idempotency-Key"].encode()).hexdigest()
            scripted = [201, {}, {"sid": sid, "status": "queued", "error_code": None}]
        status, headers, answer = scripted
        data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def report(wanted):
    fields = {"MessageSid": "SM1", "MessageStatus": wanted["status"], "AccountSid": SETTINGS["account"]}
    fields.update(wanted.get("extra", {}))
    url = wanted["url"]
    text = url + "".join(name + fields[name] for name in sorted(fields))
    signature = base64.b64encode(
        hmac.new(SETTINGS["token"].encode(), text.encode(), hashlib.sha1).digest()).decode()
    fields.update(wanted.get("tamper", {}))
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", wanted["port"], timeout=60)
    headers = {"Host": parts.hostname, "Content-Type": "application/x-www-form-urlencoded"}
    if not wanted.get("unsigned"):
        headers["X-Twilio-Signature"] = signature
    connection.request("POST", parts.path, urllib.parse.urlencode(fields), headers)
    answer = connection.getresponse()
    say({"event": "reported", "status": answer.status, "body": answer.read().decode()})
    connection.close()


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say({"event": "ready", "port": server.server_address[1]})
    while line := sys.stdin.readline():
        report(json.loads(line))
    os._exit(0)


main()
