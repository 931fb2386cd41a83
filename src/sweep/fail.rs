//! What could not be read: again, later, or never.

use super::entry::Trouble;
use super::head::{Task, Waits};
use super::parts::Sweep;
use crate::protocol::Asked;

/// How often one thing is asked for while the service is broken or silent.
const MOST_TRIES: u8 = 4;

/// The pause before the second try, in milliseconds; each after it is twice as long.
const PAUSE: f64 = 2_000.0;

/// A token that was just refused: the page needs a moment to hold a new one, in milliseconds.
const NEW_TOKEN: f64 = 5_000.0;

/// While nothing answers at all, the pauses grow up to this, in milliseconds.
const LONGEST_SILENCE: f64 = 60_000.0;

impl Sweep {
    /// The service refused.
    pub(super) fn refused(&mut self, task: Task, status: u16, code: Option<String>, wait: Option<f64>, now: f64) {
        match status {
            429 => {
                self.head.pace.busy(now, wait);
                self.head.waits = Some(Waits::Busy);
            }
            401 => {
                self.head.pace.hold(now, NEW_TOKEN);
                self.head.waits = Some(Waits::SignIn);
            }
            408 | 500..=599 => self.again(task, Trouble { status, code }, now),
            _ => self.given_up(task, Trouble { status, code }),
        }
    }

    /// A request could not be made, or got no answer.
    pub(super) fn unanswered(&mut self, number: u64, why: &str, now: f64) {
        let Some(ended) = self.ended(number) else { return };
        let task = ended.task;
        let trouble = Trouble { status: 0, code: Some(why.to_owned()) };
        match why {
            // No request was made. The page may never use a token for its connections, while it lists its flows: then each flow's own list tells of them.
            "no_token" if task.is_of(Asked::Connections) && self.head.lists.iter().any(|list| list.rows > 0) => self.given_up(task, trouble),
            "no_token" => {
                self.head.waits = Some(Waits::SignIn);
                self.head.pace.hold(now, PAUSE);
            }
            "no_page" => match task {
                Task::Page(what, _) => self.head.list(what).into_iter().for_each(|list| list.page = 0),
                Task::Flow(index) | Task::Picker(index) => {
                    self.entries.get_mut(index).into_iter().for_each(|entry| entry.page = None);
                    self.changed_flow(index);
                }
            },
            "offline" => {
                self.head.requests += 1;
                self.head.pace.strained = self.head.pace.strained.saturating_add(1);
                let pause = PAUSE * f64::from(1_u32 << self.head.pace.strained.min(5));
                self.head.pace.hold(now, pause.min(LONGEST_SILENCE));
                // The first time it may be this one alone; while nothing else answers either, it isn't.
                if self.head.waits == Some(Waits::Offline) {
                    return;
                }
                self.head.waits = Some(Waits::Offline);
                self.again(task, trouble, now);
            }
            "timeout" => {
                self.head.requests += 1;
                self.again(task, trouble, now);
            }
            _ => {
                self.head.requests += 1;
                self.given_up(task, trouble);
            }
        }
    }

    /// Once more, a little later, if it wasn't tried too often.
    fn again(&mut self, task: Task, trouble: Trouble, now: f64) {
        let pause = |tries: u8| PAUSE * f64::from(1_u32 << tries.saturating_sub(1).min(8));
        match task {
            Task::Page(what, _) => {
                let Some(list) = self.head.list(what) else { return };
                list.tries = list.tries.saturating_add(1);
                list.not_before = now + pause(list.tries);
                if list.tries >= MOST_TRIES {
                    self.given_up(task, trouble);
                }
            }
            Task::Flow(index) | Task::Picker(index) => {
                let Some(entry) = self.entries.get_mut(index) else { return };
                let tries = entry.tries.unwrap_or_default().saturating_add(1);
                (entry.tries, entry.not_before) = (Some(tries), Some(now + pause(tries)));
                self.changed_flow(index);
                if tries >= MOST_TRIES {
                    self.given_up(task, trouble);
                }
            }
        }
    }

    /// It can't be read, and the person is told.
    fn given_up(&mut self, task: Task, trouble: Trouble) {
        match task {
            Task::Page(what, _) => {
                let Some(list) = self.head.list(what) else { return };
                (list.done, list.trouble) = (true, Some(trouble));
            }
            Task::Flow(index) | Task::Picker(index) => {
                let Some(entry) = self.entries.get_mut(index) else { return };
                entry.end();
                // Without its own list the flow is read all the same; whose the others' connections are stays unknown.
                if matches!(task, Task::Flow(_)) {
                    entry.trouble = Some(trouble);
                }
                self.changed_flow(index);
            }
        }
    }
}
