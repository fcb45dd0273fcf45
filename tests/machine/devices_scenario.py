"""A bench with real kernel drivers around it: its devices are listed, taken from the kernel and
given back; orders are packed with the scanner alone, while devices leave and return and the printer
has no paper, takes no data or loses its cable."""

import json

from bench import Bench, packbench, parcels, take_in
from label_printer import Cut
from label_reading import read_label
from order_data import BADGE, MUG, PARCEL_GRAMS, SHIRT, files, order_number

ORDERS = 8
DATA = "/data/devices"
SOURCE = "/orders/devices"
PRINT_DEADLINE = 5  # seconds
PATIENCE = 120

_KERNEL_DRIVERS = {"1-1": "usbhid", "1-2": "usblp", "1-3": "usbhid"}
_HELD = dict.fromkeys(_KERNEL_DRIVERS, "usbfs")


def source_files():
    return files(SOURCE, ORDERS, with_scale=True, print_deadline=PRINT_DEADLINE)


class DevicesScenario:
    def __init__(self, steps, machine, scanner, printer, scale):
        self._steps = steps
        self._machine = machine
        self._scanner, self._printer, self._scale = scanner, printer, scale
        self._bench = None
        self._labels = 0

    def play(self):
        self._kernel_drivers_first()
        self._list_devices()
        code, last_line = take_in(self._machine, SOURCE, DATA)
        self._steps.expect(f"import takes the orders in ({last_line})", code, 0)
        self._bench = Bench(self._machine, DATA, self._scanner)
        self._steps.expect("the running bench holds all three", self._drivers(), _HELD)
        self._expect_phase("the badge is scanned", self._bench.scan(BADGE), "awaiting_order")
        self._scale.put(PARCEL_GRAMS)
        for index, pack in enumerate([self._undisturbed, self._replugged, self._without_printer,
                                      self._without_paper, self._takes_no_data, self._paper_ends,
                                      self._cable_comes_off, self._cable_comes_off_late], 1):
            self._steps.title(f"order {index}: {pack.__doc__}")
            pack(index)
        self._end()

    # ---- devices and drivers

    def _drivers(self):
        """The kernel's driver of each device's interface, as sysfs tells it."""
        drivers = {}
        for port in _KERNEL_DRIVERS:
            link = f"/sys/bus/usb/devices/{port}:1.0/driver"
            drivers[port] = self._machine.run(f"readlink {link}")[1].rpartition("/")[2]
        return drivers

    def _kernel_drivers_first(self):
        modules = self._machine.run("cut -d' ' -f1 /proc/modules")[1].split()
        self._steps.expect("usbhid and usblp are loaded as modules",
                           {"usbhid", "usblp"} <= set(modules), True)
        for port in _KERNEL_DRIVERS:
            self._machine.wait_for(f"[ -e /sys/bus/usb/devices/{port}:1.0/driver ]")
        self._steps.expect(f"the kernel's own drivers have the devices: {_KERNEL_DRIVERS}",
                           self._drivers(), _KERNEL_DRIVERS)

    def _list_devices(self):
        code, printed = packbench(self._machine, "devices", "--json")
        self._steps.expect("`packbench devices --json` exits with 0", code, 0)
        listed = {device["port"]: (device["role"], device["driver"], device["usable"],
                                   device["reason"]) for device in json.loads(printed)["devices"]}
        self._steps.expect("it lists scanner, printer and scale with their drivers, ready", listed,
                           {"1-1": ("scanner", "hid-pos", True, ""),
                            "1-2": ("printer", "zpl", True, ""),
                            "1-3": ("scale", "hid-scale", True, "")})
        self._steps.expect("and gives them back to the kernel", self._drivers(), _KERNEL_DRIVERS)

    def _unplug(self, *devices):
        for device, _ in devices:
            device.unplug()
        gone = " && ".join(f"[ ! -e /sys/bus/usb/devices/1-{port} ]" for _, port in devices)
        self._steps.expect("gone from the guest", self._machine.wait_for(gone), True)

    def _plug_printer(self):
        self._printer.plug(self._machine.usb_place(2))
        self._steps.expect("plugged in again, the bench takes the printer up",
                           self._printer.asked.wait(PATIENCE), True)

    def _end(self):
        self._bench.quit()
        self._steps.expect("after its end the kernel's drivers are back", self._drivers(),
                           _KERNEL_DRIVERS)
        code, printed = packbench(self._machine, "verify", "--data", DATA)
        self._steps.expect(f"the journal is sound ({printed})", code, 0)
        heard = self._printer.interpreter
        self._steps.expect("no label was printed over another one, nor anything beside labels",
                           (heard.spoiled, bytes(heard.noise)), (0, b""))

    # ---- packing

    def _expect_phase(self, what, answer, phase):
        self._steps.expect(f"{what}: {phase}", (answer["accepted"], answer["phase"]), (True, phase))

    def _expect_fault(self, answer, reason):
        alert = answer["alert"] or {"code": "", "params": {}}
        self._steps.expect(f"the last item is scanned: printer_fault, {reason}",
                           (alert["code"], alert["params"].get("reason")),
                           ("printer_fault", reason))

    def _first_item(self, index):
        self._expect_phase("the order is scanned", self._bench.scan(order_number(index)), "packing")
        self._expect_phase("an item is scanned", self._bench.scan(MUG), "packing")

    def _last_item(self):
        return self._bench.scan(SHIRT)

    def _finish(self, index, attempt=1):
        """The label is out: what is on it is right, and its scan stages the parcel."""
        self._labels += 1
        self._printer.wait_for_labels(self._labels, PATIENCE)
        self._steps.expect("one whole label has come out", len(self._printer.labels), self._labels)
        label = read_label(self._printer.labels[-1])
        view = self._bench.type("/view")
        self._steps.expect("it is this parcel's, in this attempt",
                           (label.waybill, label.attempt), (view["waybill"]["number"], attempt))
        self._expect_phase("the label is scanned", self._bench.scan(label.small_code),
                           "awaiting_order")
        self._steps.expect("the parcel is staged, with the weight that the scale told",
                           parcels(self._machine, DATA, order_number(index)),
                           [("staged", PARCEL_GRAMS)])

    def _goes_on_by_itself(self):
        self._printer.wait_for_labels(self._labels + 1, PATIENCE)
        self._expect_phase("the bench goes on by itself", self._bench.type("/view"),
                           "verifying_label")

    def _undisturbed(self, index):
        """scanned from beginning to end"""
        self._first_item(index)
        self._expect_phase("the last item is scanned", self._last_item(), "verifying_label")
        self._finish(index)

    def _replugged(self, index):
        """scanner and printer are unplugged and plugged in again between two items"""
        self._first_item(index)
        self._unplug((self._scanner, 1), (self._printer, 2))
        self._scanner.plug(self._machine.usb_place(1))
        self._plug_printer()
        self._expect_phase("the last item is scanned", self._last_item(), "verifying_label")
        self._steps.expect("all three are held", self._drivers(), _HELD)
        self._finish(index)

    def _without_printer(self, index):
        """the printer is away when its label is due"""
        self._first_item(index)
        self._unplug((self._printer, 2))
        self._expect_fault(self._last_item(), "offline")
        self._plug_printer()
        self._goes_on_by_itself()
        self._finish(index, attempt=2)

    def _without_paper(self, index):
        """the printer has no paper when its label is due"""
        self._first_item(index)
        self._printer.set_paper(False)
        self._expect_fault(self._last_item(), "media-empty")
        self._printer.set_paper(True)
        self._goes_on_by_itself()
        self._finish(index, attempt=2)

    def _takes_no_data(self, index):
        """the printer takes no data in the middle of the label, for longer than its deadline"""
        self._first_item(index)
        self._printer.stop_taking(5_000)
        self._expect_phase(f"{PRINT_DEADLINE + 10} s after the last item nothing is given up",
                           self._last_item(), "printing")
        self._steps.expect("the printer has half a label", self._printer.stuck.is_set(), True)
        self._printer.go_on()
        self._goes_on_by_itself()
        self._finish(index)

    def _paper_ends(self, index):
        """the paper ends while the label is sent"""
        self._first_item(index)
        self._printer.cut_at(Cut(0.3, lambda: self._printer.set_paper(False)))
        self._expect_phase("the bench asks whether it came out", self._last_item(), "print_unknown")
        self._printer.set_paper(True)
        self._finish(index)

    # How much a printer has taken that has left, only the host controller could say, and the
    # emulated one says nothing: a bench that took this for "nothing" would print a second label.

    def _cable_comes_off(self, index):
        """the printer's cable comes off in the middle of the label"""
        self._first_item(index)
        self._printer.cut_at(Cut(0.3, self._printer.unplug))
        self._expect_phase("the bench asks whether it came out", self._last_item(), "print_unknown")
        self._plug_printer()
        self._expect_phase("no label: the answer prints the next attempt",
                           self._bench.type("/printed no"), "verifying_label")
        self._finish(index, attempt=2)

    def _cable_comes_off_late(self, index):
        """the printer's cable comes off when it has taken the whole label"""
        self._first_item(index)
        self._printer.cut_at(Cut.at_last_byte(self._printer.unplug))
        self._expect_phase("the bench asks whether it came out", self._last_item(), "print_unknown")
        self._plug_printer()
        self._finish(index)
