"""Decrypts a push message as a browser would: `web_push_oracle.py BODY KEY.DER SECRET OUT`."""

import sys

import http_ece
from cryptography.hazmat.primitives.serialization import load_der_private_key

body, key, secret = (open(path, "rb").read() for path in sys.argv[1:4])
message = http_ece.decrypt(
    body, private_key=load_der_private_key(key, None), auth_secret=secret, version="aes128gcm")
with open(sys.argv[4], "wb") as file:
    file.write(message)
