"""What live connections cost: 5,000 WebSockets of one portal, each told of one booking. The client is Python, one thread:
what it takes to read 5,000 messages is in the times."""

import base64
import json
import os
import select
import socket
import struct
import threading
import time

from process import median, table, verdict

SUBSCRIBERS = 5_000
# An address may have 1,024 connections.
PER_ADDRESS = 900
TOPIC = "appointments.appointments"


def frame(message):
    """A text message as a client's frame (RFC 6455 §5.2)."""
    payload = json.dumps(message).encode()
    mask = os.urandom(4)
    length = struct.pack("!BB", 0x81, 0x80 | len(payload)) if len(payload) < 126 else struct.pack(
        "!BBH", 0x81, 0x80 | 126, len(payload))
    return length + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


class Subscriber:
    """One WebSocket that has subscribed."""

    def __init__(self, process, token, number):
        self.link = socket.socket()
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.link.bind((f"127.0.0.{2 + number // PER_ADDRESS}", 0))
        self.link.connect(("127.0.0.1", process.port))
        host = f"lumen.localhost:{process.port}"
        self.link.sendall(
            f"GET /_portico/v1/ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
            f"Authorization: Bearer {token}\r\n\r\n".encode() + frame({"type": "subscribe", "events": [TOPIC]}))
        self.read = b""

    def expect(self, process, word):
        """Reads until a word has come."""
        while word not in self.read:
            more = self.link.recv(4096)
            if not more:
                process.fail(f"a subscriber was turned away: {self.read[:500]}")
            self.read += more
        self.read = b""


def deliver(process, subscribers, publish):
    """Seconds from before the booking is asked for until each subscriber has its message."""
    poller = select.epoll()
    for number, subscriber in enumerate(subscribers):
        poller.register(subscriber.link.fileno(), select.EPOLLIN)
    by_descriptor = {subscriber.link.fileno(): subscriber for subscriber in subscribers}
    began = time.perf_counter()
    thread = threading.Thread(target=publish)
    thread.start()
    times = []
    while len(times) < len(subscribers):
        for descriptor, _ in poller.poll():
            subscriber = by_descriptor[descriptor]
            now = time.perf_counter() - began
            data = subscriber.link.recv(4096)
            if not data:
                process.fail("a subscriber was cut off")
            subscriber.read += data
            if b"appointment_booked" in subscriber.read:
                times.append(now)
                subscriber.read = b""
    thread.join()
    poller.close()
    return times


def measure_realtime(work, quick, start_portico, sign_in, call, demo_tenants, all_slots):
    rounds = 3 if quick else 20
    process = start_portico(
        work, demo_tenants(work), os.path.join(work, "realtime-data"), "--demo", "--demo-ports", "off", "--log-level",
        "warning")
    token = sign_in(process, "+15550100001")
    slots = iter(all_slots(process))

    def publish():
        call(process, "lumen", "POST", "/api/customer/appointments", next(slots), token=token, expect=201)

    # What the first connections and the first booking make once is not counted.
    subscribers = [Subscriber(process, token, number) for number in range(100)]
    for subscriber in subscribers:
        subscriber.expect(process, b"subscribed")
    deliver(process, subscribers, publish)
    before = process.memory()
    for number in range(100, SUBSCRIBERS):
        subscriber = Subscriber(process, token, number)
        subscriber.expect(process, b"subscribed")
        subscribers.append(subscriber)
    standing = (process.memory() - before) * 1024 / (SUBSCRIBERS - 100)
    medians, ninety_nines, spent = [], [], []
    for _ in range(rounds):
        cpu = process.cpu()
        times = sorted(deliver(process, subscribers, publish))
        spent.append((process.cpu() - cpu) / SUBSCRIBERS * 1e6)
        medians.append(times[len(times) // 2] * 1e3)
        ninety_nines.append(times[len(times) * 99 // 100] * 1e3)
    after = (process.memory() - before) * 1024 / (SUBSCRIBERS - 100)
    for subscriber in subscribers:
        subscriber.link.close()
    process.stop()
    table(f"One booking told to {SUBSCRIBERS:,} WebSockets, medians of {rounds} rounds", [
        ["", ""],
        ["booking asked for until told, median, ms", f"{median(medians):.1f}"],
        ["booking asked for until told, 99 %, ms", f"{median(ninety_nines):.1f}"],
        ["the worst round's 99 %, ms", f"{max(ninety_nines):.1f}"],
        ["CPU µs for each subscriber, the booking included", f"{median(spent):.2f}"],
        ["KB for each that waits", f"{standing:.2f}"],
        ["KB for each after all rounds", f"{after:.2f}"],
    ])
    print(f"  goal: 99 % within 250 ms ({verdict(median(ninety_nines) <= 250)}), "
          f"under 8 KB for each ({verdict(standing < 8)})")
