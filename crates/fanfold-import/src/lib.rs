//! Bytes to extracted works: detection, one importer a format, header blocks, assembly.
