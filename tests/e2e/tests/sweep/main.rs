//! The sweep over a large environment of the practice portal, in real browsers on the built package: what it finds is what was planted there.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod my_flows;
