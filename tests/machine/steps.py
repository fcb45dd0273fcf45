"""What was tried and how it ended, one line each."""

import time


class StepFailed(Exception):
    """What follows would make no sense."""


class Steps:
    def __init__(self):
        self.passed = 0
        self.failures = []
        self._start = time.monotonic()

    def title(self, text):
        self._line(text)

    def note(self, text):
        self._line("      " + text)

    def expect(self, what, seen, wanted):
        if seen == wanted:
            self.passed += 1
            self._line("PASS  " + what)
            return
        self.fail(what, f"wanted {wanted!r}, saw {seen!r}")
        raise StepFailed(what)

    def fail(self, what, why):
        self.failures.append(what)
        self._line(f"FAIL  {what}: {why}")

    def summary(self):
        """The exit code."""
        verdict = "FAIL" if self.failures else "PASS"
        self._line(f"{verdict}  {self.passed} steps passed, {len(self.failures)} failed")
        for failure in self.failures:
            self._line("      failed: " + failure)
        return 1 if self.failures else 0

    def _line(self, text):
        print(f"[{time.monotonic() - self._start:6.1f} s]  {text}", flush=True)
