//! What a person does in the panel. It either goes to the session as an event, or changes only what is open here.

use super::sweep::Deed;
use super::{Change, Field};
use crate::protocol::Event;
use crate::report::Paper;
use crate::words::Text;

/// What follows when a person uses an element. Times in the events are set when it happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Tells the session, and changes what is open here.
    Do(Vec<Event>, Vec<Change>),
    /// Takes over what is typed, at each key.
    Type(Field),
    /// Copies these lines.
    Copy(Vec<Text>),
    /// Loads the tab anew.
    Reload,
    /// Saves the flow's record as a file.
    Save(Paper),
    /// Copies the flow's record, as Markdown.
    CopyRecord,
    /// Turns to another flow of a file that was dropped here.
    Turn(usize),
    /// Opens the options page.
    Options,
    /// Puts a dropped file away, and shows the tab's flow again.
    PutAway,
    /// Opens the page of sweeps.
    OpenSweep,
    /// What a person does on the page of sweeps.
    Sweep(Deed),
}

impl Act {
    /// Tells the session.
    #[must_use]
    pub fn tell(event: Event) -> Self {
        Self::Do(vec![event], Vec::new())
    }

    /// Changes what is open here.
    #[must_use]
    pub fn turn(change: Change) -> Self {
        Self::Do(Vec::new(), vec![change])
    }
}

/// The event with the time at which it happened.
#[must_use]
pub fn at(event: Event, now: f64) -> Event {
    match event {
        Event::Tick { step, on, .. } => Event::Tick { step, on, at: now },
        Event::TickItem { item, on, .. } => Event::TickItem { item, on, at: now },
        Event::Dismiss { item, reason, .. } => Event::Dismiss { item, reason, at: now },
        Event::Note { item, text, .. } => Event::Note { item, text, at: now },
        Event::Intend { accounts, scope, .. } => Event::Intend { accounts, scope, at: now },
        Event::Reset { .. } => Event::Reset { at: now },
        Event::Refresh { .. } => Event::Refresh { at: now },
        other => other,
    }
}
