"""Proves access tokens with PyJWT: `jwt_oracle.py <jwks.json> <token> <issuer>`. Prints what it came to, line by line."""

import json
import sys

import jwt

keys = {key["kid"]: jwt.PyJWK(key) for key in json.load(open(sys.argv[1]))["keys"]}
token, issuer = sys.argv[2], sys.argv[3]
header = jwt.get_unverified_header(token)
key = keys[header["kid"]]


def proven(text, **wanted):
    """The claims, or the name of what is wrong with them."""
    try:
        return jwt.decode(
            text,
            key.key,
            algorithms=["RS256"],
            audience=wanted.get("audience", issuer),
            issuer=wanted.get("issuer", issuer),
            options={"require": ["exp", "iat", "iss", "aud", "sub", "jti"]},
        )
    except jwt.PyJWTError as error:
        return type(error).__name__


claims = proven(token)
print("good" if isinstance(claims, dict) else claims, header["alg"], header["typ"])
print(claims["sub"] if isinstance(claims, dict) else "-")
head, body, signature = token.split(".")
print(proven(head + "." + body[:-2] + ("AA" if body[-2:] != "AA" else "BB") + "." + signature))
print(proven(token, issuer="http://elsewhere"))
print(proven(token, audience="http://elsewhere"))
