"""A live identity provider for tests: `oidc_issuer.py <certificate> <key>`.

It serves its discovery document and its key set over TLS. On a second port, without TLS, it makes tokens with PyJWT, changes
its keys and says what was fetched; the documents are there too, of an issuer with that address. Prints both ports as a line
of JSON, and serves until it is ended.
"""

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import sys
import threading
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

DISCOVERY = "/.well-known/openid-configuration"
KEYS = "/keys"
lock = threading.Lock()
private = {}
published = ["k1"]
asked = {DISCOVERY: 0, KEYS: 0}


def key(name):
    """The private key of this name, made when it is first asked for."""
    with lock:
        if name not in private:
            private[name] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return private[name]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(asked_for, issuer, audience):
    """A good token, but for what the request says otherwise."""
    now = int(time.time())
    claims = {"iss": issuer, "aud": audience, "sub": "subject-1", "iat": now, "exp": now + 600,
              "email": "nobody@lumen.example", "email_verified": True}
    claims.update(asked_for.get("claims", {}))
    for name in ("exp", "iat", "nbf"):
        # Moments are given in seconds from now.
        if asked_for.get("claims", {}).get(name) is not None:
            claims[name] = now + claims[name]
    claims = {name: value for name, value in claims.items() if value is not None}
    signer = asked_for.get("key", published[-1])
    headers = {"kid": asked_for.get("kid", signer)}
    algorithm = asked_for.get("alg", "RS256")
    if algorithm == "RS256":
        return jwt.encode(claims, key(signer), "RS256", headers)
    # What no library signs any more: nothing, or an HMAC whose secret is the public key.
    text = ".".join(base64url(json.dumps(part).encode()) for part in ({"alg": algorithm, **headers}, claims))
    if algorithm == "none":
        return text + "."
    secret = key(signer).public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return text + "." + base64url(hmac.new(secret, text.encode(), hashlib.sha256).digest())


class Documents(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, value, status=200):
        body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with lock:
            if self.path in asked:
                asked[self.path] += 1
        if self.path == DISCOVERY:
            self.answer({"issuer": self.server.issuer, "jwks_uri": self.server.issuer + KEYS})
        elif self.path == KEYS:
            # One of a kind that nobody here uses is among them, as at real providers.
            keys = [{"kty": "oct", "kid": "mac", "k": "AA"}]
            for name in published:
                public = json.loads(RSAAlgorithm.to_jwk(key(name).public_key()))
                keys.append({**public, "kid": name, "use": "sig", "alg": "RS256"})
            self.answer({"keys": keys})
        else:
            self.answer({}, 404)


class Control(Documents):
    def do_GET(self):
        if self.path == "/asked":
            self.answer(asked)
        else:
            super().do_GET()

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/publish":
            for name in body:
                key(name)
            published[:] = body
            self.answer({})
        else:
            issuer = self.server.issuer if body.get("plain") else self.server.secure_issuer
            self.answer(token(body, issuer, "portico-tests"))


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever hangs up meanwhile is no fault of this server."""


def main():
    key("k1")
    secure = Server(("127.0.0.1", 0), Documents)
    control = Server(("127.0.0.1", 0), Control)
    secure.issuer = control.secure_issuer = f"https://127.0.0.1:{secure.server_port}"
    control.issuer = f"http://127.0.0.1:{control.server_port}"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    print(json.dumps({"tls": secure.server_port, "control": control.server_port}), flush=True)
    secure.serve_forever()


main()
