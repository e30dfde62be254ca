"""Reads a message with Python's email package and prints what it says as JSON."""

import base64
import email
import email.policy
import json
import sys

data = open(sys.argv[1], "rb").read()
for line in data.split(b"\r\n"):
    assert len(line) <= 998 and b"\n" not in line and b"\r" not in line, line
    line.decode("ascii")
message = email.message_from_bytes(data, policy=email.policy.SMTP)
parts = [part for part in message.walk() if not part.is_multipart()]
print(json.dumps({
    "headers": [[name, str(value)] for name, value in message.items()],
    "from": [[each.display_name, each.addr_spec] for each in message["From"].addresses],
    "to": [[each.display_name, each.addr_spec] for each in message["To"].addresses],
    "date": message["Date"].datetime.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "structure": [part.get_content_type() for part in message.walk()],
    "parts": [{
        "type": part.get_content_type(), "name": part.get_filename() or "",
        "content": base64.b64encode(part.get_payload(decode=True)).decode(),
    } for part in parts],
    "defects": [str(defect) for part in message.walk() for defect in part.defects],
}))
