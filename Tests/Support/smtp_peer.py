"""A mail server for tests (RFC 5321): says on standard output, as lines of JSON, where it listens and what it is told.

Its one argument is JSON: {"tls": "none"|"starttls"|"tls", "offers": ["AUTH PLAIN", "SIZE 1000", …], "users": {name: word},
"replies": {"RCPT": ["451 later", null]}, "certificate": path, "key": path}. A scripted reply is used once for each time the
command is heard: null is the usual one, "HANG" none at all, "DROP" ends the connection, "DRIBBLE …" goes byte by byte, anything
else goes out as it is, with its line end unless it has one. It ends when standard input does.
"""

import base64
import email
import email.policy
import json
import os
import socket
import ssl
import sys
import threading
import time

SETTINGS = json.loads(sys.argv[1])
REPLIES = {verb: list(replies) for verb, replies in SETTINGS.get("replies", {}).items()}
LOCK = threading.Lock()


def say(event):
    with LOCK:
        print(json.dumps(event), flush=True)


def plain(part):
    return part.get_content().replace("\r\n", "\n") if part else ""


class Gone(Exception):
    pass


class Conversation:
    def __init__(self, connection, number):
        self.connection, self.number = connection, number
        self.pending = b""
        self.secure = False
        self.user = None
        self.clear()
        if SETTINGS["tls"] == "tls":
            self.encrypt()

    def clear(self):
        self.sender, self.recipients, self.parameters = None, [], []

    def encrypt(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(SETTINGS["certificate"], SETTINGS["key"])
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.secure = True
        say({"event": "tls", "connection": self.number, "protocol": self.connection.selected_alpn_protocol() or ""})

    def line(self):
        while b"\n" not in self.pending:
            more = self.connection.recv(65536)
            if not more:
                raise Gone
            self.pending += more
        line, self.pending = self.pending.split(b"\n", 1)
        if not line.endswith(b"\r"):
            say({"event": "fault", "what": "a line that ends in LF alone"})
        return line.rstrip(b"\r")

    def reply(self, verb, usual):
        with LOCK:
            script = REPLIES.get(verb) or []
            scripted = script.pop(0) if script else None
        text = usual if scripted is None else scripted
        if text == "HANG":
            while self.connection.recv(65536):
                pass
            raise Gone
        if text == "DROP":
            raise Gone
        slowly = text.startswith("DRIBBLE ")
        data = text.removeprefix("DRIBBLE ").encode("latin-1")
        if not data.endswith(b"\n"):
            data += b"\r\n"
        if slowly:
            for byte in data:
                self.connection.sendall(bytes([byte]))
        else:
            self.connection.sendall(data)
        return data[:1] in (b"2", b"3")

    def run(self):
        self.reply("GREETING", "220 mail.example ESMTP")
        while True:
            line = self.line()
            text = line.decode("utf-8")
            verb = text.split(" ")[0].upper()
            say({"event": "command", "connection": self.number, "line": text, "secure": self.secure})
            if verb == "QUIT":
                self.reply("QUIT", "221 Bye")
                return
            getattr(self, verb.lower(), self.unknown)(text)

    def unknown(self, text):
        self.reply("UNKNOWN", "500 What?")

    def ehlo(self, text):
        offers = list(SETTINGS.get("offers", []))
        if SETTINGS["tls"] == "starttls" and not self.secure:
            offers.append("STARTTLS")
        lines = ["mail.example"] + offers
        self.clear()
        self.reply("EHLO", "\r\n".join(
            f"250{' ' if index == len(lines) - 1 else '-'}{line}" for index, line in enumerate(lines)))

    def helo(self, text):
        self.reply("HELO", "250 mail.example")

    def starttls(self, text):
        if self.reply("STARTTLS", "220 Go ahead"):
            if self.pending:
                say({"event": "fault", "what": "words in the clear behind STARTTLS"})
            self.encrypt()

    def auth(self, text):
        words = text.split(" ")
        if words[1] == "PLAIN":
            _, name, word = base64.b64decode(words[2]).decode().split("\0")
        else:
            self.reply("LOGIN-NAME", "334 VXNlcm5hbWU6")
            name = base64.b64decode(self.line()).decode()
            self.reply("LOGIN-WORD", "334 UGFzc3dvcmQ6")
            word = base64.b64decode(self.line()).decode()
        good = SETTINGS.get("users", {}).get(name) == word
        if self.reply("AUTH", "235 2.7.0 Welcome" if good else "535 5.7.8 No") and good:
            self.user = name

    def rset(self, text):
        self.clear()
        self.reply("RSET", "250 OK")

    def mail(self, text):
        self.clear()
        path, *self.parameters = text[len("MAIL FROM:"):].split(" ")
        self.sender = path.strip("<>")
        self.reply("MAIL", "250 OK")

    def rcpt(self, text):
        if self.reply("RCPT", "250 OK"):
            self.recipients.append(text[len("RCPT TO:"):].strip("<>"))

    def data(self, text):
        if not self.reply("DATA", "354 Go ahead"):
            return
        lines = []
        while (line := self.line()) != b".":
            lines.append(line[1:] if line.startswith(b".") else line)
        content = b"".join(line + b"\r\n" for line in lines)
        self.note(content)
        self.reply("CONTENT", "250 2.0.0 Queued")
        self.clear()

    def note(self, content):
        message = email.message_from_bytes(content, policy=email.policy.SMTPUTF8)
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        say({
            "event": "message", "connection": self.number, "from": self.sender, "to": self.recipients,
            "parameters": self.parameters, "secure": self.secure, "user": self.user or "", "size": len(content),
            "headers": {name: str(value) for name, value in message.items()},
            "text": plain(text), "html": plain(html),
            "attachments": [
                {"name": part.get_filename(), "type": part.get_content_type(),
                 "content": base64.b64encode(part.get_payload(decode=True)).decode()}
                for part in message.iter_attachments()],
            "defects": [str(defect) for part in message.walk() for defect in part.defects],
        })


def serve(connection, number):
    try:
        conversation = Conversation(connection, number)
        conversation.run()
    except (Gone, OSError, ssl.SSLError) as error:
        say({"event": "gone", "connection": number, "why": type(error).__name__})
    else:
        say({"event": "quit", "connection": number})
    try:
        conversation.connection.close()
    except (UnboundLocalError, OSError):
        pass
    connection.close()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    say({"event": "ready", "port": listener.getsockname()[1]})

    def accept():
        number = 0
        while True:
            connection, _ = listener.accept()
            number += 1
            threading.Thread(target=serve, args=(connection, number), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    while sys.stdin.readline():
        time.sleep(0)
    os._exit(0)


main()
