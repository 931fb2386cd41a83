//! What the record says of a hand-over: who was intended by whom, what was done, decided, noted, and what came back.

use std::collections::BTreeSet;

use connection_lens::report::{Decided, English, Report, SaidBy, Who, csv, markdown};

use super::stage::{self, Stage};
use super::{report, rows, scenarios};

/// What the record says of a hand-over, as `part: what`.
fn said(report: &Report) -> Vec<String> {
    let who = |who: Option<&Who>| who.and_then(|who| who.name.clone().or_else(|| who.address.clone())).unwrap_or_else(|| "nobody known".to_owned());
    let decided =
        |decided: &Decided| format!("{:?} at {} {}", decided.how, decided.at.to_the_minute(), decided.reason.as_deref().unwrap_or("without a reason"));
    let by = |by: Option<SaidBy>| by.map_or("given".to_owned(), |by| format!("{:?} {:?}{}", by.who, by.reach, if by.locked { " locked" } else { "" }));
    let mut said = vec![format!("intended by {}", by(report.said_by))];
    said.extend(report.intended_by_connector.iter().map(|row| format!("{} by {}", row.connector_name, by(row.said_by))));
    for row in report.first_look.iter().flat_map(|look| &look.people) {
        said.push(format!("{}: {} → {}", who(row.who.as_ref()), row.before, row.now));
    }
    for row in report.operations.iter().filter(|row| row.before.is_some() || row.relapse) {
        let how = if row.relapse { "relapsed to" } else { "went to" };
        said.push(format!("{}: {} {how} {}", row.title, who(row.before.as_ref()), who(row.face())));
    }
    said.extend(
        report
            .embedded
            .iter()
            .map(|row| format!("embedded {}: breaks {}", row.runs_on.connection.as_deref().unwrap_or("–"), row.connection_used_by.join(", "))),
    );
    said.extend(report.groups.iter().map(|row| format!("{}: {}", row.id, row.decided.as_ref().map_or("open".to_owned(), decided))));
    said.extend(report.needs.iter().filter_map(|row| Some(format!("{}: {}", row.id, decided(row.decided.as_ref()?)))));
    said.extend(report.finished.iter().map(|row| format!("finished at {} with {} and {}", row.at.to_the_minute(), row.as_intended, row.dismissed)));
    said
}

#[test]
fn the_hand_over_is_told_as_it_is() {
    let check = |stage: &Stage, wanted: &[&str]| assert_eq!(said(&report(stage)), wanted);
    let bare = stage::single();
    check(
        &bare,
        &["intended by Person Flow", "Ana Kovač: 1 → 1", "embedded office365.ana: breaks Send_an_email_(V2)", "reassign:office365.ana/shared_office365: open"],
    );
    check(
        &scenarios::finished_with_exceptions(),
        &[
            "intended by Person Flow",
            "Flow Service: 9 → 9",
            "Ana Kovač: 2 → 2",
            "Ben Ortiz: 1 → 1",
            "nobody known: 2 → 2",
            "embedded sharepointonline.ben: breaks When_an_item_is_created",
            "embedded office365.ana: breaks Send_an_email_(V2), Send_an_email_from_\"Ana\"",
            "reassign:office365.ana/shared_office365: Stays at 2026-11-21 14:14 UTC These two mails are to come from Ana herself.",
            "reassign:sharepointonline.ben/shared_sharepointonline: Stays at 2026-11-21 14:14 UTC without a reason",
            "unknown:commondataserviceforapps.hidden/shared_commondataserviceforapps: ByHand at 2026-11-21 14:13 UTC without a reason",
            "need:shared_sharepointonline: ByHand at 2026-11-21 14:13 UTC without a reason",
            "finished at 2026-11-21 14:15 UTC with 9 and 3",
        ],
    );
    let relapsed = said(&report(&scenarios::relapsed()));
    assert!(relapsed.contains(&"Get manager mail: Ana Kovač went to Flow Service".to_owned()), "{relapsed:?}");
    assert!(relapsed.contains(&"Tell Ben: nobody known relapsed to Ben Ortiz".to_owned()), "{relapsed:?}");
    assert!(!relapsed.iter().any(|line| line.starts_with("finished")), "something is open again");
    assert!(said(&report(&stage::all_done())).iter().any(|line| line.ends_with("with 12 and 1")));
    let by_rules = report(&scenarios::by_rules());
    assert_eq!(
        by_rules.first_look.as_ref().map(|look| look.mismatch),
        Some(by_rules.counts.mismatch),
        "nothing changed: what is intended for a connector counts then too"
    );
    let rules = said(&by_rules);
    assert_eq!(rules[..2], ["intended by Organisation Environment locked", "Microsoft Teams by Organisation ConnectorHere locked"]);
    let connectors = said(&report(&scenarios::by_own_rules_for_connectors()));
    assert_eq!(connectors[1..3], ["Office 365 Outlook by Person ConnectorHere", "Microsoft Teams by Person Connector"]);
}

/// Where nothing happened nothing is said: a record without a hand-over has the parts that it had before there were any.
#[test]
fn parts_without_anything_in_them_are_left_out() {
    let headings = |report: &Report| -> Vec<String> {
        let paper = markdown(std::slice::from_ref(report), &English);
        paper.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
    };
    let mut exported = report(&stage::single());
    exported.first_look = None;
    let bare =
        ["Operations", "Connections not actively in use", "Hand-over checklist", "The intended account needs its connections", "What this was made from"];
    assert_eq!(headings(&exported), bare, "a file has no hand-over");
    let kinds: BTreeSet<String> = rows(&csv(std::slice::from_ref(&exported), &English)).into_iter().map(|row| row[5].clone()).collect();
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), ["Intended account", "Not read", "Operation", "Row", "Source", "Step"]);
    let done = headings(&report(&stage::all_done()));
    assert!(!done.iter().any(|heading| ["What is open", "Decided by hand", "Notes", "Embedded connections"].contains(&heading.as_str())), "{done:?}");
}
