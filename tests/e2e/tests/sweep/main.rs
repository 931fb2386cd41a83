//! The sweep over a large environment of the practice portal, in real browsers on the built package: what it finds is what was planted there.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod addresses;
mod asked;
mod beside;
mod everyone;
mod goes_on;
mod my_flows;
mod planted;
mod private;
mod whole;

use addresses::what_a_sweep_asks_for_is_the_snapshot;
use beside::{a_row_turns_done_when_the_flow_is_opened_later, environments_that_the_portal_listed_are_offered};
use connection_lens_e2e::{Look, WITHOUT_MINUTES, in_each_browser};
use goes_on::{
    a_token_that_expires_is_waited_for, cancelled_and_taken_up_again, full_storage_is_told_and_it_rests, its_tab_reloaded_closed_and_opened_again,
    paused_and_continued_after_the_browser_was_closed,
};
use private::a_private_windows_sweep_leaves_nothing;
use whole::thirty_flows_with_the_background_killed_twice;

/// A stage whose copy of the package doesn't wait for the next minute.
fn look(scenario: &str) -> Look {
    Look { changes: vec![WITHOUT_MINUTES], ..Look::at(scenario) }
}

in_each_browser!(
    thirty_flows_with_the_background_killed_twice,
    cancelled_and_taken_up_again,
    a_token_that_expires_is_waited_for,
    a_row_turns_done_when_the_flow_is_opened_later,
    environments_that_the_portal_listed_are_offered,
    what_a_sweep_asks_for_is_the_snapshot,
    a_private_windows_sweep_leaves_nothing
);

/// What a browser keeps on disk of an extension that isn't installed for good, Firefox forgets.
#[tokio::test]
async fn in_chromium_paused_and_continued_after_the_browser_was_closed() -> connection_lens_e2e::Outcome<()> {
    paused_and_continued_after_the_browser_was_closed(connection_lens_e2e::Browser::Chromium).await
}

#[tokio::test]
async fn in_chromium_full_storage_is_told_and_it_rests() -> connection_lens_e2e::Outcome<()> {
    full_storage_is_told_and_it_rests(connection_lens_e2e::Browser::Chromium).await
}

#[tokio::test]
async fn in_chromium_its_tab_reloaded_closed_and_opened_again() -> connection_lens_e2e::Outcome<()> {
    its_tab_reloaded_closed_and_opened_again(connection_lens_e2e::Browser::Chromium).await
}
