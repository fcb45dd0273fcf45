"""A bench in the guest: `packbench console --json`, run by an ordinary user of the group packbench.
What the scanner reads and what is typed is answered with one line each."""

import json

from image import PROGRAM
from virtual_machine import Silence

ANSWER_PATIENCE = 180  # seconds; an answer waits for the label to be drawn and printed
LISTEN_PATIENCE = 60


def packbench(machine, *words):
    """Runs the program once in the guest; its exit code and what it printed."""
    line = " ".join(("/" + PROGRAM,) + words)
    return machine.run(f"su bench -c '{line}'")


class Bench:
    def __init__(self, machine, data, scanner):
        self._machine = machine
        self._scanner = scanner
        # Its process number is kept, so that its end can be waited for.
        machine.run(f"su bench -c 'exec /{PROGRAM} console --json --lang en --data {data}' "
                    "<>/dev/virtio-ports/bench >&0 2>/tmp/bench.err & echo $! >/tmp/bench.pid")
        self.view = self.type("/view")

    def _answer(self, to):
        line = self._machine.bench.next(ANSWER_PATIENCE)
        if line is None:
            raise Silence(f"the machine has ended before {to} was answered")
        self.view = json.loads(line)
        return self.view

    def type(self, line):
        self._machine.bench.send(line)
        return self._answer(line)

    def scan_unanswered(self, code):
        """With the scanner, as soon as the bench listens to it."""
        if not self._scanner.listened_to.wait(LISTEN_PATIENCE):
            raise Silence("the bench does not listen to the scanner")
        self._scanner.scan(code)

    def scan(self, code):
        self.scan_unanswered(code)
        return self._answer(code)

    def answer(self):
        """To what was scanned with scan_unanswered."""
        return self._answer("the scan")

    def quit(self):
        self._machine.bench.send("/quit")
        self._machine.run("while kill -0 $(cat /tmp/bench.pid) 2>/dev/null; do sleep 0.1; done")

    def errors(self):
        return self._machine.run("cat /tmp/bench.err")[1]
