// The three questions about USB; each prints its table. The devices are emulated (tests/usb), so
// what is measured is the drivers and libusb, not a cable: the baselines run on the same emulation.
#pragma once

namespace packbench::benchmark {

// From a report of the scanner to the Barcode, against libusb that does nothing with the report.
void bench_scan(int scans);
// From the label in memory to its last byte in the printer, against a bare bulk transfer.
void bench_print(int labels);
// The processor time of a bench with nothing to do, against the emulation without a bench.
void bench_idle(int seconds);

}  // namespace packbench::benchmark
