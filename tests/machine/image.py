"""What the virtual machine is started with: the kernel's image, and one archive with everything
that a bench needs of a Debian system, the program unchanged and its libraries as they are here."""

import glob
import os
import re
import shutil
import subprocess

import kernel
import packages
from archive import Archive

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# The program finds its assets as it does in the source tree.
PROGRAM = "opt/packbench/build/release/packbench"
ASSETS = "opt/packbench/assets"

APPLETS = ["cat", "chmod", "chown", "cut", "grep", "head", "id", "insmod", "kill", "ls", "mkdir",
           "mount", "poweroff", "printf", "readlink", "sed", "sh", "sleep", "su", "sync", "tail",
           "umount", "wc"]

PASSWD = "root:x:0:0::/:/bin/sh\nbench:x:1000:1000::/data:/bin/sh\n"
# Group packbench as assets/udev/install makes it; the others are named by udev's own rules.
GROUPS = ["root:x:0:", "bench:x:1000:", "packbench:x:990:bench"] + [
    f"{name}:x:{number}:" for number, name in enumerate(
        ["tty", "dialout", "kmem", "input", "video", "render", "sgx", "audio", "lp", "disk",
         "cdrom", "tape", "kvm", "floppy"], 5)]

FONTS_CONFIG = """<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <cachedir>/var/cache/fontconfig</cachedir>
</fontconfig>
"""


def _libraries(program):
    """Files that the dynamic linker loads for a program, by the path that it looks for."""
    shown = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    missing = re.findall(r"(\S+) => not found", shown)
    if missing:
        raise packages.NotAvailable(f"{program} needs libraries that are not here: {missing}")
    return re.findall(r"(/\S+) \(0x", shown)


def _fonts():
    """The files in assets/fonts/list.txt; labels are set in the same ones."""
    with open(os.path.join(ROOT, "assets/fonts/list.txt"), encoding="utf-8") as file:
        lines = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return sorted({words[2] for words in lines if os.path.exists(words[2])})


class Image:
    """Files for QEMU in a folder that is kept between runs; what does not change is made once."""

    def __init__(self, folder):
        self._folder = os.path.abspath(folder)
        self.kernel = ""
        self.archive = os.path.join(self._folder, "guest.cpio")

    def build(self, program, guest_packages, extra_texts):
        """`extra_texts`: further files, by their path in the guest."""
        os.makedirs(self._folder, exist_ok=True)
        unpacked = {package: self._unpacked(package) for package in guest_packages}
        self.kernel = os.path.join(unpacked[packages.KERNEL], "image")
        with open(self.archive, "wb") as out:
            archive = Archive(out)
            self._system(archive, unpacked)
            self._program(archive, program)
            for path, text in extra_texts.items():
                archive.text(path, text)
            archive.close()

    def _unpacked(self, package):
        file = packages.fetch(package, os.path.join(self._folder, "packages"))
        folder = os.path.join(self._folder, os.path.basename(file).removesuffix(".deb"))
        if os.path.isdir(folder):
            return folder
        fresh = folder + ".new"
        packages.unpack(file, fresh)
        if package == packages.KERNEL:
            fresh = self._reduced(fresh)
        os.rename(fresh, folder)
        return folder

    def _reduced(self, whole):
        """A kernel's package has 400 MB of modules, of which a few are wanted."""
        small = whole + ".small"
        shutil.rmtree(small, ignore_errors=True)
        os.makedirs(os.path.join(small, "modules"))
        kernel.write_image(whole, os.path.join(small, "image"))
        names = []
        for file in kernel.module_files(whole):
            shutil.copy(file, os.path.join(small, "modules"))
            names.append(os.path.basename(file))
        with open(os.path.join(small, "modules/order"), "w", encoding="utf-8") as order:
            order.write(" ".join(names) + "\n")
        shutil.rmtree(whole)
        return small

    def _system(self, archive, unpacked):
        for folder in ["proc", "sys", "dev", "run", "tmp", "data", "var/cache/fontconfig"]:
            archive.folder(folder)
        archive.file("init", os.path.join(HERE, "guest/start"), 0o755)
        archive.file("agent", os.path.join(HERE, "guest/agent"), 0o755)
        archive.tree("modules", os.path.join(unpacked[packages.KERNEL], "modules"))
        (busybox,) = glob.glob(os.path.join(unpacked["busybox-static"], "**/bin/busybox"),
                               recursive=True)
        archive.file("bin/busybox", busybox, 0o755)
        for applet in APPLETS:
            archive.link("bin/" + applet, "busybox")
        archive.text("etc/passwd", PASSWD)
        archive.text("etc/group", "\n".join(GROUPS) + "\n")
        self._udev(archive, unpacked["udev"])

    def _udev(self, archive, unpacked):
        (udevadm,) = glob.glob(os.path.join(unpacked, "**/bin/udevadm"), recursive=True)
        archive.file("bin/udevadm", udevadm, 0o755)
        archive.link("usr/lib/systemd/systemd-udevd", "/bin/udevadm")
        (rules,) = glob.glob(os.path.join(unpacked, "**/rules.d/50-udev-default.rules"),
                             recursive=True)
        archive.file("usr/lib/udev/rules.d/50-udev-default.rules", rules)
        archive.tree("etc/udev/rules.d", os.path.join(ROOT, "assets/udev"))
        for library in _libraries(udevadm):
            archive.file(library, library)

    def _program(self, archive, program):
        archive.file(PROGRAM, program, 0o755)
        for library in _libraries(program):
            archive.file(library, library)
        archive.tree(ASSETS, os.path.join(ROOT, "assets"))
        for zone in ["Asia/Shanghai", "Etc/UTC", "UTC"]:
            path = "usr/share/zoneinfo/" + zone
            archive.file(path, "/" + path)
        archive.text("etc/fonts/fonts.conf", FONTS_CONFIG)
        for font in _fonts():
            archive.file(font, font)
