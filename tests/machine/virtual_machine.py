"""A virtual machine in QEMU, its processor emulated: the guest that image.py makes, a disk, and
three places where USB devices can be plugged in from here."""

import os
import queue
import signal
import socket
import subprocess
import threading
import time

BOOT_PATIENCE = 300  # seconds; an emulated processor beside a busy compiler is slow
COMMAND_PATIENCE = 180

KERNEL_WORDS = "console=ttyS0 quiet panic=-1 nokaslr mitigations=off"
USB_PLACES = ["usb1", "usb2", "usb3"]
PORTS = ["agent", "bench"]


class Silence(Exception):
    """What had to come has not come within the longest time that it may take."""


class Lines:
    """Lines that arrive on a socket, kept until they are asked for."""

    def __init__(self, connection):
        self._connection = connection
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        rest = b""
        try:
            while part := self._connection.recv(65536):
                *lines, rest = (rest + part).split(b"\n")
                for line in lines:
                    self._lines.put(line.decode(errors="replace").rstrip("\r"))
        except OSError:
            pass
        self._lines.put(None)

    def send(self, line):
        self._connection.sendall(line.encode() + b"\n")

    def next(self, patience):
        """The next line; None where the other side has gone. Raises Silence."""
        try:
            line = self._lines.get(timeout=patience)
        except queue.Empty:
            raise Silence(f"no line within {patience} s") from None
        if line is None:
            self._lines.put(None)
        return line


def _connected(path, deadline):
    while True:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(path)
            return connection
        except OSError:
            connection.close()
            if time.monotonic() > deadline:
                raise Silence(f"QEMU does not open {path}") from None
            time.sleep(0.05)


class VirtualMachine:
    """One run of the machine, from power on to power off. `folder` is for its sockets and its log;
    `disk` is a socket on which an NBD server gives the data disk."""

    def __init__(self, image, folder, disk):
        self._folder = folder
        self._log = open(os.path.join(folder, "kernel.log"), "ab")
        self._process = subprocess.Popen(self._arguments(image, disk), stdin=subprocess.DEVNULL,
                                         stdout=self._log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + BOOT_PATIENCE
        self._agent = Lines(_connected(self._socket("agent"), deadline))
        self.bench = Lines(_connected(self._socket("bench"), deadline))

    def wait_until_ready(self):
        """Plug devices in before, and the guest finds them when it starts."""
        while (line := self._agent.next(BOOT_PATIENCE)) != "=ready":
            if line is None:
                raise Silence("the machine has ended while it started:\n" + self._last_words())

    def _socket(self, name):
        return os.path.join(self._folder, name)

    def usb_place(self, number):
        """The socket at which a device is plugged into port `number`, 1 to 3."""
        return self._socket(USB_PLACES[number - 1])

    def _arguments(self, image, disk):
        words = ["qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", "768",
                 "-display", "none", "-nodefaults", "-no-reboot", "-serial", "stdio",
                 "-kernel", image.kernel, "-initrd", image.archive, "-append", KERNEL_WORDS,
                 "-blockdev", f"driver=nbd,node-name=data,server.type=unix,server.path={disk}",
                 "-device", "virtio-blk-pci,drive=data,write-cache=on",
                 "-device", "virtio-serial-pci", "-device", "qemu-xhci"]
        for name in PORTS + USB_PLACES:
            path = self._socket(name)
            if os.path.exists(path):
                os.unlink(path)
            words += ["-chardev", f"socket,id={name},path={path},server=on,wait=off"]
        for name in PORTS:
            words += ["-device", f"virtserialport,chardev={name},name={name}"]
        for number, name in enumerate(USB_PLACES, 1):
            words += ["-device", f"usb-redir,chardev={name},port={number}"]
        return words

    def run(self, command, patience=COMMAND_PATIENCE):
        """Runs a shell command in the guest; its exit code and what it printed."""
        self._agent.send(command)
        printed = []
        deadline = time.monotonic() + patience
        while True:
            line = self._agent.next(max(deadline - time.monotonic(), 0))
            if line is None:
                raise Silence("the machine has ended during: " + command)
            if line.startswith("=end "):
                return int(line.removeprefix("=end ")), "\n".join(printed).strip()
            printed.append(line)

    def wait_for(self, command, patience=COMMAND_PATIENCE):
        """Runs it again and again until it succeeds; whether it did in time."""
        turns = f"n=0; until {command}; do n=$((n+1)); [ $n -lt {patience * 5} ] || exit 1; "
        return self.run(turns + "sleep 0.2; done", 2 * patience)[0] == 0

    def _last_words(self):
        with open(self._log.name, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-20:])

    def is_on(self):
        return self._process.poll() is None

    def cut_power(self):
        """Ends the machine between two instructions, as a power cut does. Nothing in it is told."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def close(self):
        if self.is_on():
            self.cut_power()
        self._log.close()
