#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| connection_lens_hostile::swept::swept(bytes));
