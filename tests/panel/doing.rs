//! What a person does, told to the session and drawn again.

use connection_lens::audit::{Level, StepId};
use connection_lens::protocol::Event;
use connection_lens::ui::act::at;
use connection_lens::ui::print::print;
use connection_lens::ui::{Act, Field, Filter, Node, Part, View};
use connection_lens::words::Text;

use super::stage::{self, ANA, SERVICE, Stage};
use super::{shown, walk};

/// The panel with a person in front of it.
struct Person {
    stage: Stage,
    view: View,
}

impl Person {
    fn before(stage: Stage) -> Self {
        Self { stage, view: View::default() }
    }

    fn tree(&mut self) -> Node {
        shown(&self.stage, &mut self.view)
    }

    fn reads(&mut self) -> String {
        print(&self.tree(), &Text::english)
    }

    fn act(&mut self, key: &str) -> Option<Act> {
        let tree = self.tree();
        let mut found = None;
        walk(&tree, &mut |node| {
            if let Node::Element(element) = node
                && element.key.as_deref() == Some(key)
            {
                found.clone_from(&element.act);
            }
        });
        found
    }

    /// Presses it, as the browser's side would; what was told to the session.
    fn uses(&mut self, key: &str) -> Vec<Event> {
        match self.act(key) {
            Some(Act::Do(events, changes)) => {
                for change in changes {
                    self.view.apply(change);
                }
                for event in &events {
                    self.stage.feed(&at(event.clone(), stage::NOON), "");
                }
                events
            }
            other => panic!("{key} does {other:?}"),
        }
    }

    fn types(&mut self, field: Field, typed: &str) {
        self.view.type_into(field, typed.to_owned());
    }

    fn intended(&self) -> Vec<String> {
        let sight = self.stage.session.sight(&self.stage.kept).expect("a flow");
        sight.intent.base.accounts.iter().map(|pattern| pattern.as_str().to_owned()).collect()
    }
}

#[test]
fn one_account_is_chosen_with_two_clicks() {
    let mut person = Person::before(stage::nothing_said());
    person.uses("chooser:open");
    person.uses("chooser:pick:svc-flows@contoso.com");
    assert_eq!(person.intended(), [SERVICE.address]);
    assert!(!person.view.is_open(&Part::Chooser));
    assert!(person.reads().contains("\"of 12 operations still act as someone else\""));
}

#[test]
fn a_pattern_is_typed_and_others_are_added() {
    let mut person = Person::before(stage::nothing_said());
    person.uses("chooser:open");
    person.types(Field::Account, "svc");
    assert!(!person.reads().contains("Use it\""), "what identifies nobody can't be used");
    person.types(Field::Account, " svc-*@contoso.com ");
    person.uses("chooser:use");
    assert_eq!(person.intended(), ["svc-*@contoso.com"]);
    person.uses("chooser:open");
    person.uses("chooser:several");
    person.uses(&format!("chooser:pick:{}", ANA.address));
    assert_eq!(person.intended(), ["svc-*@contoso.com", ANA.address]);
    assert!(person.view.is_open(&Part::Chooser), "more may follow");
    person.uses("chooser:drop:svc-*@contoso.com");
    assert_eq!(person.intended(), [ANA.address]);
    person.uses("chooser:take-back");
    assert!(person.intended().is_empty());
}

#[test]
fn a_choice_for_every_flow_takes_the_flows_own_back() {
    let mut person = Person::before(stage::half_handed_over());
    person.uses("chooser:open");
    person.uses("reach:everywhere");
    let sight = person.stage.session.sight(&person.stage.kept).expect("a flow");
    assert_eq!(sight.own_levels, [Level::Everywhere]);
    drop(sight);
    assert_eq!(person.intended(), [SERVICE.address]);
    person.uses("reach:flow");
    assert!(person.stage.session.sight(&person.stage.kept).is_some_and(|sight| sight.own_levels.first() == Some(&Level::Flow)));
    let told = person.uses("chooser:alone");
    assert_eq!(told, [Event::SignInAlone { on: true }]);
}

#[test]
fn a_leftover_is_dismissed_with_its_reason_and_listed_again() {
    let mut person = Person::before(stage::half_handed_over());
    person.uses("more:connection:sharepointonline.old");
    person.types(Field::Reason, "  Kept for the archive ");
    person.uses("dismiss:connection:sharepointonline.old");
    assert!(person.reads().contains("“Kept for the archive” You"));
    person.uses("undo:connection:sharepointonline.old");
    assert!(!person.reads().contains("Kept for the archive"));
}

#[test]
fn a_tick_carries_the_time_at_which_it_was_made() {
    let mut person = Person::before(stage::all_done());
    person.uses("done:steps");
    person.uses("open:People");
    assert_eq!(person.uses("tick:People"), [Event::Tick { step: StepId::People, on: false, at: 0.0 }]);
    let sight = person.stage.session.sight(&person.stage.kept).expect("a flow");
    assert!(sight.record.ticks.is_empty());
    assert_eq!(at(Event::Refresh { at: 0.0 }, 7.0), Event::Refresh { at: 7.0 });
}

#[test]
fn what_is_open_stays_open_and_where_it_was() {
    let mut person = Person::before(stage::half_handed_over());
    let places = |person: &mut Person| {
        let read = person.reads();
        ["Operations on Office 365 Outlook", "Operations on SharePoint"].map(|group| read.find(group))
    };
    let [outlook, sharepoint] = places(&mut person);
    assert!(outlook < sharepoint, "the larger group stands first");
    // Both mails are handed over but one: now both groups are of one, and SharePoint's operation comes first in the flow.
    let ops = stage::handover(1);
    person.stage.designer(&ops, true);
    let [outlook, sharepoint] = places(&mut person);
    assert!(outlook.is_some() && outlook < sharepoint, "groups stay where they were");
    person.uses("open:Reassign");
    person.stage.designer(&stage::handover(2), true);
    assert!(!person.view.is_open(&Part::Step(StepId::Reassign)), "what a person closed stays closed");
    let other = stage::all_done();
    assert!(person.view.is_open(&Part::Step(StepId::Leftovers)));
    person.stage = other;
    assert!(person.tree() != Node::Name(String::new()) && person.view.is_open(&Part::Step(StepId::Leftovers)), "nothing closes by itself");
}

#[test]
fn every_operation_is_found_by_name_path_and_account() {
    let mut person = Person::before(stage::three_hundred());
    person.uses("tab-operations");
    let rows = |person: &mut Person| person.reads().matches("li.operation").count();
    assert_eq!(rows(&mut person), 41, "those to change come first");
    person.uses("filter:unknown");
    assert_eq!(rows(&mut person), 6);
    person.uses("filter:run-only");
    assert_eq!(rows(&mut person), 13);
    person.uses("filter:all");
    assert_eq!(person.view.filter, Some(Filter::All));
    assert_eq!(rows(&mut person), 301, "300, and the condition around them");
    for (sought, found) in [("reminder 217", 1), ("BEN.ORTIZ", 12), ("sharepoint", 7), ("approved", 201), ("no such thing", 0)] {
        person.types(Field::Search, sought);
        assert_eq!(rows(&mut person), found, "{sought}");
    }
}

#[test]
fn what_floats_closes_and_takes_nothing_with_it() {
    let mut person = Person::before(stage::half_handed_over());
    person.uses("menu");
    assert_eq!(person.view.close_floating(), Some(Part::Menu));
    assert_eq!(person.view.close_floating(), None);
    assert!(person.view.is_open(&Part::Step(StepId::Reassign)));
}

#[test]
fn an_operation_that_was_not_shown_says_so_in_its_row() {
    let mut person = Person::before(stage::half_handed_over());
    let told = person.uses("show:todo:Send_an_email_(V2)");
    assert_eq!(told, [Event::Reveal { node: "Send_an_email_(V2)".into() }]);
    person.stage.feed(&Event::NotRevealed { node: "Send_an_email_(V2)".into() }, "");
    assert_eq!(person.reads().matches("The designer didn’t show it.").count(), 1);
}
