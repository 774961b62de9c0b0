//! The words of the field as types, and nothing else: no I/O, no clock, no SQL, no HTTP.
