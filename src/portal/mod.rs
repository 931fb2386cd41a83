//! Addresses → which environment and flow a tab shows, and what an answered request was. Pure text; the facts are Power Automate's public addresses
//! as seen in November 2026.

mod address;
mod cloud;
mod place;
mod request;
mod template;

pub use cloud::{Cloud, environment_name};
pub use place::{Place, View, flows_of, place};
pub use request::{Asked, Request, request};
pub use template::template;
