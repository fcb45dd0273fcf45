"""Debian packages for the guest: downloaded once, unpacked, never installed on this machine."""

import glob
import os
import shutil
import subprocess

KERNEL = "linux-image-amd64"  # names the package of the present kernel


class NotAvailable(Exception):
    """A package is neither kept from an earlier run nor to be had."""


def _output(*words, folder=None):
    plain = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(words, cwd=folder, env=plain, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def _real_name(package):
    if package != KERNEL:
        return package
    for line in _output("apt-cache", "depends", KERNEL).splitlines():
        word, _, name = line.strip().partition(" ")
        if word == "Depends:" and name.startswith("linux-image-"):
            return name
    return KERNEL


def _file_wanted(name):
    """The file that the package lists name now; empty where they name none."""
    words = _output("apt-get", "download", "--print-uris", name).split()
    return words[1] if len(words) > 1 else ""


def fetch(package, folder):
    """The package's file in `folder`. What is there from before does where nothing newer is to be
    had: without a network, or without package lists."""
    os.makedirs(folder, exist_ok=True)
    name = _real_name(package)
    wanted = _file_wanted(name)
    if wanted and not os.path.exists(os.path.join(folder, wanted)):
        _output("apt-get", "download", name, folder=folder)
    if wanted and os.path.exists(os.path.join(folder, wanted)):
        return os.path.join(folder, wanted)
    pattern = "linux-image-[0-9]*.deb" if package == KERNEL else name + "_*.deb"
    kept = sorted(glob.glob(os.path.join(folder, pattern)), key=os.path.getmtime)
    if kept:
        return kept[-1]
    raise NotAvailable(f"the package {name} cannot be downloaded; "
                       "see whether `apt-get update` and `apt-get download " + name + "` work")


def unpack(file, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    subprocess.run(["dpkg-deb", "-x", file, folder], check=True)
