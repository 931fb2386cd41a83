//! What goes wrong by lot in a large environment: for each flow and each page of a list the same, in whichever order they are asked for.

use std::time::Duration;

use crate::call::Call;
use crate::dice::Dice;
use crate::fault::Fault;

/// How many of a thousand addresses are first answered otherwise than well. Each goes well in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weather {
    /// "Too many requests", once or twice, with the seconds in words alone or in a header as well.
    pub too_many: u32,
    /// An error of the service's (500), once.
    pub failing: u32,
    /// Late, once.
    pub slow: u32,
    /// The seconds that "too many requests" names.
    pub wait: u32,
    /// How late a late answer is.
    pub delay: Duration,
    /// After so many flows were read, no token that was given out before is taken any more.
    pub expires_after: Option<usize>,
    /// What it is drawn from.
    pub seed: u64,
}

impl Weather {
    /// What happens to the first answers about an address of this name (a flow's id in lower case, a page of a list), in their order.
    #[must_use]
    pub fn faults(&self, name: &str) -> Vec<Fault> {
        let mut dice = Dice::of_text(self.seed, name);
        let drawn = u32::try_from(dice.below(1_000)).unwrap_or_default();
        let (failing, slow) = (self.too_many + self.failing, self.too_many + self.failing + self.slow);
        if drawn < self.too_many {
            (0..=dice.below(2)).map(|_| if dice.is_among(50) { Fault::RetryAfter(self.wait) } else { Fault::RetryLater(self.wait) }).collect()
        } else if drawn < failing {
            vec![Fault::Status(500)]
        } else if drawn < slow {
            vec![Fault::Delay(self.delay)]
        } else {
            Vec::new()
        }
    }
}

/// What the weather calls an address: flows by their ids, and the pages of a list after the first. None for all else.
pub(crate) fn name(call: &Call) -> Option<String> {
    let mut parts = call.path.split('/').rev();
    let (last, before) = (parts.next()?, parts.next()?);
    let skipped = call.parameter("$skiptoken");
    match (call.method.as_str(), before, last) {
        ("GET", "flows", id) => Some(id.to_ascii_lowercase()),
        ("GET", _, "flows") if !skipped.is_empty() => Some(format!("{} {skipped}", call.parameter("$filter"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_as_much_goes_wrong_as_was_said() {
        let weather = Weather { too_many: 100, failing: 50, slow: 50, wait: 3, ..Weather::default() };
        let all: Vec<Vec<Fault>> = (0..10_000).map(|number| weather.faults(&format!("flow {number}"))).collect();
        let of = |is: &dyn Fn(&Fault) -> bool| all.iter().filter(|faults| faults.first().is_some_and(is)).count();
        let (header, words) = (of(&|fault| *fault == Fault::RetryAfter(3)), of(&|fault| *fault == Fault::RetryLater(3)));
        assert!((800..1_200).contains(&(header + words)) && header > 300 && words > 300, "{header} {words}");
        assert!((400..600).contains(&of(&|fault| *fault == Fault::Status(500))));
        assert!((400..600).contains(&of(&|fault| matches!(fault, Fault::Delay(_)))));
        assert!(all.iter().any(|faults| faults.len() == 2) && all.iter().all(|faults| faults.len() <= 2));
        assert_eq!(Weather::default().faults("flow 1"), []);
    }
}
