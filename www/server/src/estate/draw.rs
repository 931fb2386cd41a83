//! What is planted in a flow, drawn by lot.

use super::Estate;
use super::planted::{Held, Listed, Planted, Reads};
use super::pool::Whose;
use crate::dice::Dice;
use crate::world::{Connection, GONE};

const WORK: [&str; 16] = [
    "Invoice approval",
    "Contract reminders",
    "New starter",
    "Leave requests",
    "Weekly summary",
    "Room bookings",
    "Supplier onboarding",
    "Incident escalation",
    "Expense claims",
    "Stock count",
    "Complaints inbox",
    "Key handover",
    "Timesheets",
    "Purchase orders",
    "Survey results",
    "Document archive",
];
const WHERE: [&str; 10] = ["Facilities", "Finance", "HR", "Sales North", "Sales South", "Legal", "IT", "Logistics", "Werk Köln", "本社"];

/// What may stand in a name, and is nothing but a name.
const ODD: [&str; 4] = ["=HYPERLINK(\"https://example.invalid\")", "<img src=x onerror=alert(1)>", "\u{202e}flow", "a,b;\"c\"\td"];

/// What decides in which lists a flow stands; drawn first, so that lists need no more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outline {
    pub listed: Listed,
    pub is_in_solution: bool,
}

pub(super) fn outline(dice: &mut Dice) -> Outline {
    let listed = match dice.below(20) {
        0..=12 => Listed::Mine,
        13..=14 => Listed::MineAndShared,
        _ => Listed::WithMe,
    };
    Outline { listed, is_in_solution: dice.is_among(18) }
}

/// The flow of this number. The first one is as a demonstration wants it.
pub(super) fn planted(estate: &Estate, number: usize) -> Planted {
    let mut dice = estate.dice(number);
    let drawn = outline(&mut dice);
    let reads = match dice.below(200) {
        _ if number == 0 => Reads::Well,
        0..=4 => Reads::Forbidden,
        5..=7 => Reads::Gone,
        _ => Reads::Well,
    };
    let state = match dice.below(20) {
        0 => "Suspended",
        1..=3 => "Stopped",
        _ => "Started",
    };
    let odd = if dice.is_among(1) { format!(" {}", dice.one(&ODD, "")) } else { String::new() };
    let name = format!("{} – {} {}{odd}", dice.one(&WORK, ""), dice.one(&WHERE, ""), number + 1);
    // In a solution the connection's id may stand beside the logical name, or in Dataverse alone.
    let is_told = !drawn.is_in_solution || dice.is_among(70);
    let mut load = Load { holds: Vec::new(), is_told };
    // How many of the person's own are used, and how many are left over.
    let (used, left) = match dice.below(100) {
        _ if number == 0 => (2, 1),
        0..=12 => (1 + dice.below(2), 0),
        13..=15 => (0, 1),
        16..=18 => (1, 1),
        _ => (0, 0),
    };
    let is_plain = number > 0 && used + left == 0 && dice.is_among(4);
    for _ in 0..used {
        load.take(estate, &mut dice, Whose::Mine, true);
    }
    for _ in 0..if is_plain { 0 } else { 1 + dice.below(3) } {
        let whose = if dice.is_among(65) { Whose::Service } else { Whose::Others };
        let is_used = !dice.is_among(6);
        load.take(estate, &mut dice, whose, is_used);
    }
    for _ in 0..left {
        load.take(estate, &mut dice, Whose::Mine, false);
    }
    if !is_plain && !drawn.is_in_solution && dice.is_among(5) {
        load.run_only(&mut dice);
    }
    Planted {
        id: estate.id(number),
        row: drawn.is_in_solution.then(|| estate.row(number)),
        name,
        listed: drawn.listed,
        reads,
        state,
        holds: load.holds,
        built_in: 1 + dice.below(8),
    }
}

/// What a flow holds so far.
struct Load {
    holds: Vec<Held>,
    is_told: bool,
}

impl Load {
    /// Takes one of somebody's connections, but none twice: a leftover of one that is used elsewhere in the flow is none.
    fn take(&mut self, estate: &Estate, dice: &mut Dice, whose: Whose, is_used: bool) {
        let free = |connection: &&Connection| whose.has(connection) && self.holds.iter().all(|held| held.connection != connection.id);
        let choice: Vec<&Connection> = estate.connections().iter().filter(free).collect();
        let Some(connection) = choice.get(dice.below(choice.len())) else { return };
        let (is_seen, operations) = (connection.sign_in != GONE, if is_used { 1 + dice.below(4) } else { 0 });
        self.hold(Held {
            key: String::new(),
            connector: connection.connector,
            connection: connection.id.clone(),
            is_told: self.is_told,
            account: if is_seen { connection.sign_in.mail } else { "" },
            owner: if is_seen { connection.owner.mail } else { "" },
            operations,
            works: connection.works,
        });
    }

    /// Something that runs on the run-only user's own connection.
    fn run_only(&mut self, dice: &mut Dice) {
        let operations = 1 + dice.below(2);
        let connector = "shared_office365";
        self.hold(Held { key: String::new(), connector, connection: String::new(), is_told: false, account: "", owner: "", operations, works: true });
    }

    fn hold(&mut self, held: Held) {
        let taken = self.holds.iter().filter(|other| other.connector == held.connector).count();
        let key = if taken == 0 { held.connector.to_owned() } else { format!("{}_{taken}", held.connector) };
        self.holds.push(Held { key, ..held });
    }
}
