//! The practice portal's server: one HTTPS server on loopback that plays all hosts of Power Automate, with made-up people and flows.
//!
//! A browser comes to it by mapping [`HOSTS`] to its port. Saves are kept in memory and end with it.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod answer;
mod api;
mod failure;
mod fault;
mod portal;
mod scenario;
mod site;
mod token;
mod world;

pub use failure::Error;
pub use fault::Fault;
pub use portal::{Cloud, Options, Portal, Request};
pub use scenario::{Scenario, scenarios};

/// The hosts that the server plays, in the form of Chromium's host resolver rules.
pub const HOSTS: &[&str] = &[
    "make.powerautomate.com",
    "make.preview.powerautomate.com",
    "make.powerapps.com",
    "api.flow.microsoft.com",
    "*.api.flow.microsoft.com",
    "api.powerapps.com",
    "*.environment.api.powerplatform.com",
    "*.crm4.dynamics.com",
    "make.gov.powerautomate.us",
    "*.environment.api.gov.powerplatform.microsoft.us",
];
