"""A push service and a browser that subscribed at it, for tests: decrypts messages (http_ece) and checks who sends (VAPID), and says so
on standard output as lines of JSON. Its one argument is JSON: {"replies": [[status, {header: value}], null, …]}. It ends when
standard input does.
"""

import base64
import http.server
import json
import os
import sys
import threading
import time

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

SETTINGS = json.loads(sys.argv[1])
REPLIES = list(SETTINGS.get("replies", []))
LOCK = threading.Lock()
KEY = ec.generate_private_key(ec.SECP256R1())
SECRET = os.urandom(16)


def say(event):
    with LOCK:
        print(json.dumps(event), flush=True)


def encode(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sender(authorization):
    """The claims and the key of a VAPID token whose signature is good (RFC 8292)."""
    scheme, rest = authorization.split(" ", 1)
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    raw = decode(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(parts["k"]))
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        good = scheme == "vapid" and len(raw) == 64 and json.loads(decode(head))["alg"] == "ES256"
    except InvalidSignature:
        good = False
    return good, json.loads(decode(claims)), parts["k"]


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        good, claims, key = sender(self.headers["Authorization"])
        try:
            message = http_ece.decrypt(body, private_key=KEY, auth_secret=SECRET, version="aes128gcm").decode()
        except Exception as error:  # Whatever it is, the test sees it.
            message = f"cannot be decrypted: {error}"
        say({
            "event": "push", "path": self.path, "message": message, "signed": good, "audience": claims["aud"],
            "contact": claims["sub"], "lives": claims["exp"], "key": key, "size": len(body),
            "encoding": self.headers["Content-Encoding"], "ttl": int(self.headers["TTL"]),
            "urgency": self.headers["Urgency"], "topic": self.headers["Topic"],
        })
        with LOCK:
            scripted = REPLIES.pop(0) if REPLIES else None
        status, headers = scripted or [201, {"Location": f"/message/{len(body)}"}]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    point = KEY.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    port = server.server_address[1]
    say({"event": "ready", "port": port, "subscription": json.dumps({
        "endpoint": f"http://127.0.0.1:{port}/push/abc", "expirationTime": None,
        "keys": {"p256dh": encode(point), "auth": encode(SECRET)}})})
    while sys.stdin.readline():
        time.sleep(0)
    os._exit(0)


main()
