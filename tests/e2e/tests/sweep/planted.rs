//! What a sweep must find, told by what was planted, and by nothing that the product worked out.

use std::collections::BTreeMap;

use practice_portal::{Fault, Held, Listed, Planted, Portal, Reads, Weather};

/// Whom the sweeps here look for.
pub const ANA: &str = "ana.kovac@contoso.com";

/// The rows of a list that come in one answer.
const PAGE: usize = 50;

/// Whether a connection is hers: signed in as her, or made by her. Both end with her account.
fn is_hers(held: &Held) -> bool {
    held.is_told && (held.account == ANA || held.owner == ANA)
}

/// How a flow's row must stand, and with how many operations.
pub fn state(planted: &Planted) -> (&'static str, usize) {
    let used: usize = planted.holds.iter().filter(|held| is_hers(held)).map(|held| held.operations).sum();
    let is_unknown = |held: &Held| held.operations > 0 && !held.connection.is_empty() && (!held.is_told || held.account.is_empty());
    match () {
        () if planted.reads != Reads::Well => ("unreadable", 0),
        () if used > 0 => ("uses", used),
        () if planted.holds.iter().any(is_hers) => ("left", 0),
        () if planted.holds.iter().any(is_unknown) => ("unknown", 0),
        () => ("clean", 0),
    }
}

/// How all rows must stand, by the flows' ids.
pub fn states(portal: &Portal) -> BTreeMap<String, String> {
    portal.planted().iter().map(|planted| (planted.id.clone(), state(planted).0.to_owned())).collect()
}

/// In how many flows that can be read each account is in use.
pub fn accounts(portal: &Portal) -> BTreeMap<String, usize> {
    let mut flows = BTreeMap::new();
    for planted in portal.planted().iter().filter(|planted| planted.reads == Reads::Well) {
        let used = planted.holds.iter().filter(|held| held.is_told && held.operations > 0);
        let mut accounts: Vec<&str> = used.flat_map(|held| [held.account, held.owner]).filter(|account| !account.is_empty()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        for account in accounts {
            *flows.entry(account.to_owned()).or_default() += 1;
        }
    }
    flows
}

/// The answers that a flow's reading must get, one after the other.
pub fn answers(weather: &Weather, planted: &Planted) -> Vec<u16> {
    let last = match planted.reads {
        Reads::Well => 200,
        Reads::Forbidden => 403,
        Reads::Gone => 404,
    };
    refusals(weather, &planted.id).chain([last]).collect()
}

/// How many answers the pages of both lists must get, refusals counted: with no filter both kinds stand in one list.
pub fn pages(portal: &Portal) -> usize {
    let (planted, weather) = (portal.planted(), portal.weather());
    let shared = planted.iter().filter(|planted| planted.listed != Listed::Mine).count();
    let list = |filter: &str, rows: usize| -> usize {
        let pages = rows.div_ceil(PAGE).max(1);
        pages + (1..pages).map(|page| refusals(&weather, &format!("{filter} {}", page * PAGE)).count()).sum::<usize>()
    };
    list("", planted.len()) + list("search('team')", shared)
}

fn refusals(weather: &Weather, name: &str) -> impl Iterator<Item = u16> {
    weather.faults(name).into_iter().filter_map(|fault| match fault {
        Fault::Status(status) => Some(status),
        Fault::RetryLater(_) | Fault::RetryAfter(_) => Some(429),
        _ => None,
    })
}

/// Whether a flow's own list of connections may be asked for: it names one that the signed-in person's list doesn't hold, or that list can't be had.
pub fn may_ask_for_its_own(planted: &Planted, own_list: bool) -> bool {
    planted.reads == Reads::Well && planted.holds.iter().any(|held| held.is_told && (held.owner != ANA || !own_list))
}

/// Whether it must be asked for: it names one that no list of another flow shows.
pub fn must_ask_for_its_own(planted: &Planted) -> bool {
    planted.reads == Reads::Well && planted.holds.iter().any(|held| held.is_told && held.account.is_empty())
}
