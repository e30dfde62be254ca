"""A program under measurement, and how results are shown."""

import atexit
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(FOLDER, ".build")
TICKS = os.sysconf("SC_CLK_TCK")


def median(values):
    return statistics.median(values)


class Process:
    """A server under measurement."""

    def __init__(self, command, log, environment=None):
        self.started = time.perf_counter()
        self.log = log
        with open(log, "wb") as file:
            self.child = subprocess.Popen(
                command, stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment)
        self.port = None
        # Whatever goes wrong, nothing is left running.
        atexit.register(self.child.kill)

    def cpu(self):
        """Seconds of processor time so far, user and system, all threads."""
        with open(f"/proc/{self.child.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        """Resident memory in MB."""
        with open(f"/proc/{self.child.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024

    def peak_memory(self):
        """The most resident memory so far, in MB."""
        with open(f"/proc/{self.child.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.child.pid}/fd"))

    def fail(self, what):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            sys.exit(f"{what}\n{file.read()[-3000:]}")

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        code = self.child.wait()
        if code not in (0, -signal.SIGTERM):
            self.fail(f"{self.child.args[0]} ended with {code}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def table(title, rows):
    print(f"\n{title}")
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [str(cell).ljust(width) if not column else str(cell).rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        print("  " + "   ".join(cells))
    sys.stdout.flush()


def verdict(is_reached):
    return "reached" if is_reached else "NOT reached"
