//! What people must be able to trust, in real browsers on the built package. Each test holds one of the figures in docs/TRUST.md, and tells what it measured.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod broken;
mod faults;
mod fences;
mod hostile_flows;
mod hostile_page;
mod lives;
mod lot;
mod names;
mod private;
mod requests;
mod sizes;
mod tabs;
mod token;

use broken::{a_core_that_stops_dead_is_started_afresh, storage_that_takes_nothing_more_is_told};
use connection_lens_e2e::in_each_browser;
use faults::{every_fault_at_our_requests_is_told_in_words, offline_in_the_middle_nothing_wrong_is_shown};
use fences::the_extensions_own_pages_reach_nobody;
use hostile_flows::{five_hundred_hostile_flows_are_text, names_longer_than_any_are_told};
use hostile_page::{a_flood_from_the_page_drowns_nothing, a_hostile_page_gets_no_port_and_forges_nothing, ten_thousand_malformed_messages_change_nothing};
use lives::killed_a_hundred_times_at_random_the_end_is_the_same;
use private::{private_windows_work_and_leave_nothing, without_leave_nothing_runs_in_private_windows};
use requests::{the_pages_own_requests_are_as_without_it, what_is_asked_for_is_the_snapshot};
use sizes::large_and_deep_answers_are_bounded;
use tabs::{pages_that_come_back_say_what_they_show, reloaded_updated_or_switched_off_under_an_open_tab, two_windows_at_once_never_mix};
use token::{a_token_seen_for_one_service_goes_to_no_other, the_token_is_nowhere_but_in_its_requests};

/// A page on which a test plays Power Automate.
fn blank() -> String {
    include_str!("blank.html").to_owned()
}

/// What is drawn by lot follows from this number; `TRUST_SEED` draws something else.
fn seed() -> u64 {
    std::env::var("TRUST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_125)
}

/// Whether a host is one that the extension is for.
fn is_known(host: &str) -> bool {
    host == "make.powerautomate.com" || host.ends_with(".environment.api.powerplatform.com")
}

in_each_browser!(
    a_core_that_stops_dead_is_started_afresh,
    storage_that_takes_nothing_more_is_told,
    private_windows_work_and_leave_nothing,
    without_leave_nothing_runs_in_private_windows,
    large_and_deep_answers_are_bounded,
    every_fault_at_our_requests_is_told_in_words,
    offline_in_the_middle_nothing_wrong_is_shown,
    five_hundred_hostile_flows_are_text,
    names_longer_than_any_are_told,
    a_flood_from_the_page_drowns_nothing,
    a_hostile_page_gets_no_port_and_forges_nothing,
    a_token_seen_for_one_service_goes_to_no_other,
    pages_that_come_back_say_what_they_show,
    reloaded_updated_or_switched_off_under_an_open_tab,
    two_windows_at_once_never_mix,
    ten_thousand_malformed_messages_change_nothing,
    killed_a_hundred_times_at_random_the_end_is_the_same,
    the_extensions_own_pages_reach_nobody,
    the_pages_own_requests_are_as_without_it,
    the_token_is_nowhere_but_in_its_requests,
    what_is_asked_for_is_the_snapshot,
);

#[test]
fn the_package_names_no_other_way_out() -> connection_lens_e2e::Outcome<()> {
    fences::the_package_names_no_other_way_out()
}

#[test]
fn page_js_asks_in_one_place() -> connection_lens_e2e::Outcome<()> {
    fences::page_js_asks_in_one_place()
}

#[test]
fn nothing_is_taken_from_elsewhere() -> connection_lens_e2e::Outcome<()> {
    fences::nothing_is_taken_from_elsewhere()
}
