//! The practice portal's server: one HTTPS server on loopback that plays all hosts of Power Automate, with made-up people and flows.
//!
//! A browser comes to it by mapping [`HOSTS`] to its port. Saves are kept in memory and end with it.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod answer;
mod api;
mod call;
mod cloud;
mod contract;
mod dice;
mod estate;
mod exports;
mod failure;
mod fault;
mod options;
mod place;
mod portal;
mod scenario;
mod serve;
mod site;
mod token;
mod weather;
mod world;

pub use cloud::Cloud;
pub use contract::Contract;
pub use estate::{Held, Listed, Planted, Reads};
pub use exports::Exports;
pub use failure::Error;
pub use fault::{Fault, Trouble};
pub use options::{Answers, Lists, Options, Pane, Services, Unused};
pub use place::Place;
pub use portal::{Portal, Request};
pub use scenario::{Scenario, scenarios, sized};
pub use weather::Weather;

/// The hosts that the server plays, in the form of Chromium's host resolver rules: every cloud's, and a site that embeds the portal.
pub const HOSTS: &[&str] = &[
    "make.powerautomate.com",
    "make.preview.powerautomate.com",
    "make.powerapps.com",
    "api.flow.microsoft.com",
    "*.api.flow.microsoft.com",
    "api.powerapps.com",
    "*.api.powerapps.com",
    "*.environment.api.powerplatform.com",
    "contoso.crm4.dynamics.com",
    "contoso.sharepoint.com",
    "make.gov.powerautomate.us",
    "make.gov.powerapps.us",
    "gov.api.flow.microsoft.us",
    "gov.api.powerapps.us",
    "*.environment.api.gov.powerplatform.microsoft.us",
    "contoso.crm9.dynamics.com",
    "make.high.powerautomate.us",
    "make.high.powerapps.us",
    "high.api.flow.microsoft.us",
    "high.api.powerapps.us",
    "*.environment.api.high.powerplatform.microsoft.us",
    "contoso.crm.microsoftdynamics.us",
    "make.powerautomate.appsplatform.us",
    "make.apps.appsplatform.us",
    "api.flow.appsplatform.us",
    "api.apps.appsplatform.us",
    "*.environment.api.appsplatform.us",
    "contoso.crm.appsplatform.us",
    "make.powerautomate.cn",
    "make.powerapps.cn",
    "api.powerautomate.cn",
    "api.powerapps.cn",
    "*.environment.api.powerplatform.partner.microsoftonline.cn",
    "contoso.crm.dynamics.cn",
];
