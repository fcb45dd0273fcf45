"""A bench in the guest: `packbench console --json`, run by an ordinary user of the group packbench.
What the scanner reads and what is typed is answered with one line each."""

import json
import time

from image import PROGRAM
from virtual_machine import Silence

ANSWER_PATIENCE = 180  # seconds; an answer waits for the label to be drawn and printed
LISTEN_PATIENCE = 60


class PowerFailed(Exception):
    """The machine has ended before it gave an answer."""


def packbench(machine, *words):
    """Runs the program once in the guest; its exit code and what it printed."""
    line = " ".join(("/" + PROGRAM,) + words)
    return machine.run(f"su bench -c '{line}'")


def take_in(machine, source, data):
    """A new data directory with what `source` holds, by the program's own import; its exit code and
    last line. Only the configuration is a person's file, written long before any power cut."""
    machine.run(f"su bench -c 'mkdir -p {data}; cat {source}/packbench.toml "
                f">{data}/packbench.toml'; sync {data}/packbench.toml {data} /data")
    names = [f"{source}/{name}" for name in
             ("operators.csv", "products.jsonl", "orders.jsonl", "waybills.csv")]
    code, printed = packbench(machine, "import", "--data", data, *names)
    return code, printed.rpartition("\n")[2]


def parcels(machine, data, order):
    """(state, weight) of each parcel of an order, as `packbench show` tells it."""
    _, printed = packbench(machine, "show", order, "--data", data, "--json")
    return [(parcel["state"], parcel["weight_g"]) for parcel in json.loads(printed)["parcels"]]


class Bench:
    def __init__(self, machine, data, scanner):
        self._machine = machine
        self._scanner = scanner
        # Its process number is kept, so that its end can be waited for.
        machine.run(f"su bench -c 'exec /{PROGRAM} console --json --lang en --data {data}' "
                    "<>/dev/virtio-ports/bench >&0 2>/dev/console & echo $! >/tmp/bench.pid")
        self.view = self.type("/view")

    def type(self, line):
        try:
            self._machine.bench.send(line)
        except OSError:
            raise PowerFailed from None
        return self.answer()

    def scan(self, code):
        self.scan_unanswered(code)
        return self.answer()

    def scan_unanswered(self, code):
        """With the scanner, as soon as the bench listens to it."""
        deadline = time.monotonic() + LISTEN_PATIENCE
        while not self._scanner.listened_to.wait(0.2):
            if not self._machine.is_on():
                raise PowerFailed
            if time.monotonic() > deadline:
                raise Silence("the bench does not listen to the scanner")
        self._scanner.scan(code)

    def answer(self):
        """The next one; what comes before it is known. Raises PowerFailed."""
        line = self._machine.bench.next(ANSWER_PATIENCE)
        if line is None:
            raise PowerFailed
        self.view = json.loads(line)
        return self.view

    def quit(self):
        self._machine.bench.send("/quit")
        self._machine.run("while kill -0 $(cat /tmp/bench.pid) 2>/dev/null; do sleep 0.1; done")
