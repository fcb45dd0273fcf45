"""The power fails while a label is sent, again and again, each time at another moment. Afterwards the
bench has to ask whether the label came out, and never to print a second one by itself.

The cut: QEMU is killed, and the disk forgets what was not flushed (volatile_disk.py). The printer has
power of its own and keeps what it has taken. Not simulated: brown-outs, a printer whose power fails
too, and a disk that lies about a flush."""

import json

from bench import Bench, packbench
from devices_scenario import take_in
from label_printer import Cut
from label_reading import read_label
from order_data import BADGE, MUG, SHIRT, files, order_number

DATA = "/data/cuts"
SOURCE = "/orders/cuts"
PATIENCE = 180


def source_files(cuts):
    return files(SOURCE, cuts, with_scale=False, print_deadline=20)


class PowerCutScenario:
    """`start_machine` boots a new machine on the same disk, with scanner and printer plugged in."""

    def __init__(self, steps, start_machine, disk, scanner, printer, random):
        self._steps = steps
        self._start_machine = start_machine
        self._disk = disk
        self._scanner, self._printer = scanner, printer
        self._random = random
        self._machine = None
        self._bench = None

    def play(self, cuts):
        self._machine = self._start_machine()
        take_in(self._machine, self._steps, SOURCE, DATA)
        self._bench = Bench(self._machine, DATA, self._scanner)
        self._bench.scan(BADGE)
        for index, moment in enumerate(self._moments(cuts), 1):
            self._steps.title(f"cut {index} of {cuts}")
            self._one_cut(index, moment)
        self._bench.quit()
        self._account(cuts)

    def _moments(self, cuts):
        """A random moment in each part of the job, the parts in a random order: so few cuts would
        else leave out that all was taken, or that the label had come out."""
        moments = [(part + self._random.random()) / cuts for part in range(cuts)]
        self._random.shuffle(moments)
        return moments

    def _one_cut(self, index, moment):
        before = len(self._printer.labels)
        self._cut_while_printing(index, moment)
        came_out = self._printer.whole_labels() > before
        self._reboot()
        view = self._bench.view
        self._steps.expect("after the reboot the bench asks: print_unknown", view["phase"],
                           "print_unknown")
        attempt = 1
        if not came_out:
            view = self._bench.type("/printed no")
            self._steps.expect("no label: the answer prints the next attempt",
                               (view["accepted"], view["phase"]), (True, "verifying_label"))
            attempt = 2
        self._printer.wait_for_labels(before + 1, PATIENCE)
        labels = [read_label(job) for job in self._printer.labels[before:]]
        number = self._bench.view["waybill"]["number"]
        self._steps.expect(f"exactly one label came out, attempt {attempt} of {number}",
                           [(label.waybill, label.attempt) for label in labels],
                           [(number, attempt)])
        view = self._bench.scan(labels[0].small_code)
        self._steps.expect("its scan completes the order", (view["accepted"], view["phase"]),
                           (True, "awaiting_order"))

    def _cut_while_printing(self, index, moment):
        """Packs an order until its label is sent. Ends without power."""
        self._bench.scan(order_number(index))
        self._bench.scan(MUG)
        cut = Cut(moment, self._machine.cut_power)
        self._printer.cut_at(cut)
        self._bench.scan_unanswered(SHIRT)
        self._steps.expect("the power fails while the label is sent",
                           cut.happened.wait(PATIENCE), True)
        unsafe, lost = self._disk.cut_power(self._random)
        self._steps.note(f"at {cut.bytes_taken} of {cut.job_bytes} bytes; the disk lost {lost} of "
                         f"{unsafe} sectors that were not flushed")

    def _reboot(self):
        self._machine.close()
        self._machine = self._start_machine()
        self._bench = Bench(self._machine, DATA, self._scanner)

    def _account(self, cuts):
        """Over all cuts: one label and one staged parcel for each order, and a sound journal."""
        numbers = [read_label(job).waybill for job in self._printer.labels]
        self._steps.expect(f"{cuts} cuts, {cuts} labels, no number twice",
                           (len(numbers), len(set(numbers))), (cuts, cuts))
        states = []
        for index in range(1, cuts + 1):
            _, printed = packbench(self._machine, "show", order_number(index), "--data", DATA, "--json")
            states.append([parcel["state"] for parcel in json.loads(printed)["parcels"]])
        self._steps.expect("each order has one parcel, staged", states, [["staged"]] * cuts)
        code, printed = packbench(self._machine, "verify", "--data", DATA)
        self._steps.expect(f"the journal is sound ({printed})", code, 0)
        self._steps.expect("no label was printed over another one",
                           self._printer.interpreter.spoiled, 0)
