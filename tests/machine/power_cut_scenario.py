"""The power fails, again and again, each time at another moment.

The cut: QEMU is killed, and the disk forgets what was not flushed (volatile_disk.py). The printer
has power of its own and keeps what it has taken. Not simulated: brown-outs, a printer whose power
fails too, and a disk that lies about a flush."""

import threading

from bench import Bench, PowerFailed, packbench, parcels, take_in
from label_printer import Cut
from label_reading import read_label
from order_data import BADGE, MUG, SHIRT, files, order_number

PATIENCE = 180
TURNS_MAX = 40  # of a packer on one order; far more than any order takes

_BARCODES = {"MUG-01": MUG, "TEE-L": SHIRT}


def _source(name):
    return "/orders/" + name


def source_files(name, cuts):
    return files(_source(name), cuts, with_scale=False, print_deadline=20)


class _PowerCuts:
    """What all cuts have in common. `start_machine` boots a new machine on the same disk, with
    scanner and printer plugged in."""

    name = ""

    def __init__(self, steps, start_machine, disk, scanner, printer, random):
        self._steps = steps
        self._start_machine = start_machine
        self._disk = disk
        self._scanner, self._printer = scanner, printer
        self._random = random
        self._machine = None
        self._bench = None

    @property
    def _data(self):
        return "/data/" + self.name

    def play(self, cuts):
        self._machine = self._start_machine()
        code, last_line = take_in(self._machine, _source(self.name), self._data)
        self._steps.expect(f"import takes the orders in ({last_line})", code, 0)
        self._bench = Bench(self._machine, self._data, self._scanner)
        self._bench.scan(BADGE)
        for index, share in enumerate(self._shares(cuts), 1):
            self._steps.title(f"cut {index} of {cuts}")
            self._one_cut(index, share)
        self._bench.quit()
        self._account(cuts)

    def _one_cut(self, index, share):
        raise NotImplementedError

    def _shares(self, cuts):
        """Random numbers from 0 to 1, one in each of as many equal parts, the parts in a random
        order: so few cuts would else leave out some of what there is to interrupt."""
        shares = [(part + self._random.random()) / cuts for part in range(cuts)]
        self._random.shuffle(shares)
        return shares

    def _disk_loses(self):
        unsafe, lost = self._disk.cut_power(self._random)
        return f"the disk lost {lost} of {unsafe} sectors that were not flushed"

    def _reboot(self):
        self._machine.close()
        self._machine = self._start_machine()
        self._bench = Bench(self._machine, self._data, self._scanner)

    def _account(self, cuts):
        """Over all cuts: one label and one staged parcel for each order, and a sound journal."""
        numbers = [read_label(job).waybill for job in self._printer.labels]
        self._steps.expect(f"{cuts} cuts, {cuts} labels, no number twice",
                           (len(numbers), len(set(numbers))), (cuts, cuts))
        self._steps.expect("each order has one parcel, staged",
                           [parcels(self._machine, self._data, order_number(index))
                            for index in range(1, cuts + 1)], [[("staged", None)]] * cuts)
        code, printed = packbench(self._machine, "verify", "--data", self._data)
        self._steps.expect(f"the journal is sound ({printed})", code, 0)
        self._steps.expect("no label was printed over another one",
                           self._printer.interpreter.spoiled, 0)


class WhilePrinting(_PowerCuts):
    """Between the first byte of a label and the news that it is out. Afterwards the bench has to
    ask whether it came out, and never to print a second one by itself."""

    name = "printing"

    def _one_cut(self, index, share):
        before = len(self._printer.labels)
        self._cut_while_printing(index, share)
        came_out = self._printer.whole_labels() > before
        self._reboot()
        self._steps.expect("after the reboot the bench asks: print_unknown",
                           self._bench.view["phase"], "print_unknown")
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
        self._bench.scan(order_number(index))
        self._bench.scan(MUG)
        cut = Cut(moment, self._machine.cut_power)
        self._printer.cut_at(cut)
        self._bench.scan_unanswered(SHIRT)
        self._steps.expect("the power fails while the label is sent",
                           cut.happened.wait(PATIENCE), True)
        self._steps.note(f"at {cut.bytes_taken} of {cut.job_bytes} bytes; {self._disk_loses()}")


class AtAnyTime(_PowerCuts):
    """Anywhere between the scan of the order and that of its label; how far the bench is by then is
    the machine's. Afterwards a packer goes on with whatever the bench shows, and one label comes of
    it."""

    name = "anytime"
    _LONGEST = 3.0  # seconds; on most machines an order takes about two

    def _one_cut(self, index, share):
        before = len(self._printer.labels)
        cut = threading.Timer(share * self._LONGEST, self._machine.cut_power)
        cut.start()
        seen = self._pack(index, before)
        cut.join()
        self._steps.note(f"{share * self._LONGEST:.1f} s after the order was scanned, "
                         f"{' '.join(seen)}; {self._disk_loses()}")
        self._reboot()
        seen = self._pack(index, before)
        self._steps.expect(f"a packer goes on after the reboot ({' '.join(seen)}): one label, and "
                           "the parcel is staged",
                           (len(self._printer.labels) - before,
                            parcels(self._machine, self._data, order_number(index))),
                           (1, [("staged", None)]))

    def _pack(self, index, labels_before):
        """Goes on with the order until it is staged or the power fails; the phases on the way."""
        seen = []
        try:
            for _ in range(TURNS_MAX):
                phase = self._bench.view["phase"]
                if not seen or seen[-1] != phase:
                    seen.append(phase)
                if phase == "awaiting_order" and self._printer.whole_labels() > labels_before:
                    break
                self._next_turn(index, phase, labels_before)
        except PowerFailed:
            seen.append("(no power)")
        return seen

    def _next_turn(self, index, phase, labels_before):
        bench, printer = self._bench, self._printer
        if phase == "signed_out":
            bench.scan(BADGE)
        elif phase == "awaiting_order":
            bench.scan(order_number(index))
        elif phase == "packing":
            lines = bench.view["orders"][0]["lines"]
            missing = [line["sku"] for line in lines if line["packed"] < line["ordered"]]
            bench.scan(_BARCODES[missing[0]])
        elif phase == "printing":
            bench.type("/view")
        elif printer.whole_labels() > labels_before:
            printer.wait_for_labels(labels_before + 1, PATIENCE)
            bench.scan(read_label(printer.labels[-1]).small_code)
        else:
            bench.type("/printed no")
