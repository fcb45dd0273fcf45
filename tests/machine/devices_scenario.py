"""A bench with real kernel drivers around it: its devices are listed, taken from the kernel and given
back; orders are packed with the scanner alone, while devices leave and return and the printer has no
paper, takes no data or loses its cable."""

import json

from bench import Bench, packbench
from label_printer import Cut
from label_reading import read_label
from order_data import BADGE, MUG, PARCEL_GRAMS, SHIRT, files, order_number

ORDERS = 7
DATA = "/data/devices"
SOURCE = "/orders/devices"
PRINT_DEADLINE = 5  # seconds
PATIENCE = 120

_KERNEL_DRIVERS = {"1-1": "usbhid", "1-2": "usblp", "1-3": "usbhid"}
_HELD = dict.fromkeys(_KERNEL_DRIVERS, "usbfs")


def source_files():
    return files(SOURCE, ORDERS, with_scale=True, print_deadline=PRINT_DEADLINE)


def take_in(machine, steps, source, data):
    """A new data directory with what `source` holds, made by the program's own import. Only the
    configuration is a person's file, written long before any power cut."""
    machine.run(f"su bench -c 'mkdir -p {data}; cat {source}/packbench.toml >{data}/packbench.toml'; "
                f"sync {data}/packbench.toml {data} /data")
    names = " ".join(f"{source}/{name}" for name in
                     ("operators.csv", "products.jsonl", "orders.jsonl", "waybills.csv"))
    code, printed = packbench(machine, "import", "--data", data, names)
    steps.expect(f"import takes the orders in ({printed.splitlines()[-1]})", code, 0)


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
        take_in(self._machine, self._steps, SOURCE, DATA)
        self._bench = Bench(self._machine, DATA, self._scanner)
        self._steps.expect("the running bench holds all three", self._drivers(), _HELD)
        self._expect_phase("the badge is scanned", self._bench.scan(BADGE), "awaiting_order")
        self._scale.put(PARCEL_GRAMS)
        for index, pack in enumerate([self._undisturbed, self._replugged, self._without_printer,
                                      self._without_paper, self._takes_no_data,
                                      self._paper_ends, self._cable_comes_off], 1):
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

    def _end(self):
        self._bench.quit()
        self._steps.expect("after its end the kernel's drivers are back", self._drivers(),
                           _KERNEL_DRIVERS)
        code, printed = packbench(self._machine, "verify", "--data", DATA)
        self._steps.expect(f"the journal is sound ({printed})", code, 0)
        self._steps.expect("no label was printed over another one, nor anything beside labels",
                           (self._printer.interpreter.spoiled, bytes(self._printer.interpreter.noise)),
                           (0, b""))

    # ---- packing

    def _expect_phase(self, what, answer, phase):
        self._steps.expect(f"{what}: {phase}", (answer["accepted"], answer["phase"]), (True, phase))

    def _alert_of(self, answer):
        return (answer["alert"] or {}).get("code", "")

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
        _, printed = packbench(self._machine, "show", order_number(index), "--data", DATA, "--json")
        parcels = [(parcel["state"], parcel["weight_g"]) for parcel in json.loads(printed)["parcels"]]
        self._steps.expect("the parcel is staged, with the weight that the scale told", parcels,
                           [("staged", PARCEL_GRAMS)])

    def _undisturbed(self, index):
        """scanned from beginning to end"""
        self._first_item(index)
        self._expect_phase("the last item is scanned", self._last_item(), "verifying_label")
        self._finish(index)

    def _replugged(self, index):
        """scanner and printer are unplugged and plugged in again between two items"""
        self._first_item(index)
        self._scanner.unplug()
        self._printer.unplug()
        gone = "[ ! -e /sys/bus/usb/devices/1-1 ] && [ ! -e /sys/bus/usb/devices/1-2 ]"
        self._steps.expect("they are gone from the guest", self._machine.wait_for(gone), True)
        self._scanner.plug(self._machine.usb_place(1))
        self._printer.plug(self._machine.usb_place(2))
        self._steps.expect("the printer is taken up again", self._printer.asked.wait(PATIENCE), True)
        self._expect_phase("the last item is scanned", self._last_item(), "verifying_label")
        self._steps.expect("all three are held", self._drivers(), _HELD)
        self._finish(index)

    def _without_printer(self, index):
        """the printer is away when its label is due"""
        self._first_item(index)
        self._printer.unplug()
        gone = "[ ! -e /sys/bus/usb/devices/1-2 ]"
        self._steps.expect("it is gone from the guest", self._machine.wait_for(gone), True)
        self._steps.expect("the last item brings an alert", self._alert_of(self._last_item()),
                           "printer_fault")
        self._printer.plug(self._machine.usb_place(2))
        self._steps.expect("the printer is taken up again", self._printer.asked.wait(PATIENCE), True)
        self._expect_phase("printing is asked for", self._bench.type("/print"), "verifying_label")
        self._finish(index, attempt=2)

    def _without_paper(self, index):
        """the printer has no paper when its label is due"""
        self._first_item(index)
        self._printer.set_paper(False)
        self._steps.expect("the last item brings an alert", self._alert_of(self._last_item()),
                           "printer_fault")
        self._printer.set_paper(True)
        self._expect_phase("printing is asked for", self._bench.type("/print"), "verifying_label")
        self._finish(index, attempt=2)

    def _takes_no_data(self, index):
        """the printer takes no data in the middle of the label, for longer than its deadline"""
        self._first_item(index)
        self._printer.stop_taking(5_000)
        self._expect_phase(f"{PRINT_DEADLINE + 10} s after the last item nothing is given up",
                           self._last_item(), "printing")
        self._steps.expect("the printer has half a label", self._printer.stuck.is_set(), True)
        self._printer.go_on()
        self._printer.wait_for_labels(self._labels + 1, PATIENCE)
        self._expect_phase("it goes on", self._bench.type("/view"), "verifying_label")
        self._finish(index)

    def _paper_ends(self, index):
        """the paper ends while the label is sent"""
        self._first_item(index)
        self._printer.cut_at(Cut(0.3, lambda: self._printer.set_paper(False)))
        self._expect_phase("the bench asks whether it came out", self._last_item(), "print_unknown")
        self._printer.set_paper(True)
        self._finish(index)

    def _cable_comes_off(self, index):
        """the printer's cable comes off while the label is sent"""
        self._first_item(index)
        self._printer.cut_at(Cut(0.3, self._printer.unplug))
        answer = self._last_item()
        self._steps.note(f"the bench says {answer['phase']} {self._alert_of(answer)}")
        self._printer.plug(self._machine.usb_place(2))
        self._steps.expect("the printer is taken up again", self._printer.asked.wait(PATIENCE), True)
        again = "/printed no" if answer["phase"] == "print_unknown" else "/print"
        self._expect_phase(again, self._bench.type(again), "verifying_label")
        self._finish(index, attempt=2)
