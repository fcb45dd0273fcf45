"""Debian's kernel as the virtual machine needs it: the image and a few modules."""

import glob
import lzma
import os
import subprocess
import zlib

# What the guest loads, in this order; what they depend on comes before them.
MODULES = ["virtio_pci", "virtio_blk", "virtio_console", "ext4", "crc32c_generic", "xhci-pci",
           "usbhid", "hid-generic", "usblp"]


def version_in(unpacked):
    (folder,) = glob.glob(os.path.join(unpacked, "lib/modules/*"))
    return os.path.basename(folder)


def _plain(image):
    """The ELF image inside a compressed one, None where it is packed in a way unknown here.
    QEMU starts it without the kernel's own unpacking, which takes long in an emulated processor."""
    for magic, unpack in ((b"\xfd7zXZ\0", lzma.LZMADecompressor().decompress),
                          (b"\x1f\x8b\x08", zlib.decompressobj(31).decompress)):
        at = image.find(magic)
        if at < 0:
            continue
        try:
            plain = unpack(image[at:])
        except (lzma.LZMAError, zlib.error):
            continue
        if plain.startswith(b"\x7fELF"):
            return plain
    return None


def write_image(unpacked, target):
    (source,) = glob.glob(os.path.join(unpacked, "boot/vmlinuz-*"))
    with open(source, "rb") as file:
        image = file.read()
    with open(target, "wb") as file:
        file.write(_plain(image) or image)


def module_files(unpacked):
    """Paths of the modules below `unpacked`, each behind those that it needs."""
    version = version_in(unpacked)
    subprocess.run(["depmod", "-b", unpacked, version], check=True)
    files = []
    for module in MODULES:
        shown = subprocess.run(
            ["modprobe", "-S", version, "-d", unpacked, "--show-depends", module],
            check=True, capture_output=True, text=True).stdout
        for line in shown.splitlines():
            word, _, path = line.partition(" ")
            path = os.path.normpath(path.split()[0]) if word == "insmod" else ""
            if path and path not in files:
                files.append(path)
    return files
