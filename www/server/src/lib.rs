//! The practice portal's server.
