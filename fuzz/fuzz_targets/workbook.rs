//! Any bytes as a workbook: the zip, its directory and what is inflated.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::workbook::probe_bytes;

fuzz_target!(|bytes: &[u8]| probe_bytes(bytes));
