//! The audit: facts in, verdicts out. Each row is a case somebody could argue about.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use connection_lens::audit::{Audit, Evidence, Grade, Intent, Known, Record, StepId, StepState, Unsaved, Verdict, Why, checklist, judge};
use connection_lens::model::{
    Account, AccountPattern, Connection, Designer, Flow, FlowForm, FlowKind, Health, Node, Operation, OperationKind, Reference, Source,
};

const SVC: &str = "svc-flows@contoso.com";
const ANA: &str = "ana@contoso.com";
const ANA_ID: &str = "8323f7fe-e8a4-46c4-b5ea-f4864887d160";

fn account(label: &str) -> Account {
    Account::from_label(label).unwrap_or_else(|| panic!("{label} identifies somebody"))
}

fn operation(name: &str, reference: Option<&str>) -> Operation {
    Operation {
        name: name.into(),
        kind: OperationKind::Action,
        type_name: if reference.is_some() { "OpenApiConnection".into() } else { "Compose".into() },
        path: vec![],
        branch: String::new(),
        reference: reference.map(Into::into),
        connector: None,
        invoker: false,
    }
}

fn reference(key: &str, connection: Option<&str>) -> Reference {
    Reference {
        key: key.into(),
        connector: Some("shared_office365".into()),
        source: Source::Embedded,
        source_as_written: Some("Embedded".into()),
        connection: connection.map(Into::into),
        logical_name: None,
        connector_name: None,
        owner: None,
        installed: false,
    }
}

fn connection(id: &str, sign_in: Option<&str>, owner: Option<&str>) -> Connection {
    Connection {
        id: id.into(),
        connector: Some("shared_office365".into()),
        label: None,
        sign_in: sign_in.map(account),
        owner: owner.map(account),
        health: Health::Connected,
        expires: None,
        created: None,
    }
}

fn flow(operations: Vec<Operation>, references: Vec<Reference>) -> Flow {
    Flow {
        form: FlowForm::Api,
        kind: FlowKind::Cloud,
        id: Some("f".into()),
        workflow_id: None,
        environment: None,
        tenant: None,
        display_name: None,
        creator: None,
        role: None,
        modified: None,
        operations,
        references,
        declares_references: true,
    }
}

fn intent(accounts: &[&str]) -> Intent {
    Intent::of_all(accounts.iter().filter_map(|typed| AccountPattern::new(typed)).collect(), false)
}

fn audit_of(connections: &[Connection], intent: &Intent) -> Audit {
    let flow = flow(vec![operation("Send", Some("k"))], vec![reference("k", Some("c"))]);
    judge(&Known { saved: Some(&flow), connections, connections_read: true, ..Known::default() }, intent)
}

fn verdict(connections: &[Connection], intent: &Intent) -> Verdict {
    audit_of(connections, intent).operations[0].verdict.clone()
}

#[test]
fn verdicts() {
    let mismatch = |sign_in, owner| Verdict::Mismatch { sign_in, owner };
    let unknown = |why| Verdict::Unknown { why };
    let svc = intent(&[SVC]);
    let check = |sign_in, owner, intended: &Intent, wanted| assert_eq!(verdict(&[connection("c", sign_in, owner)], intended), wanted, "{sign_in:?} {owner:?}");
    check(Some(SVC), Some(SVC), &svc, Verdict::AsIntended);
    check(Some("SVC-Flows@CONTOSO.com"), None, &svc, Verdict::AsIntended);
    check(Some(ANA), Some(SVC), &svc, mismatch(true, false));
    check(Some(SVC), Some(ANA), &svc, mismatch(false, true));
    check(Some(ANA), Some(ANA), &svc, mismatch(true, true));
    check(None, Some(SVC), &svc, Verdict::AsIntended);
    check(None, Some(ANA), &svc, mismatch(false, true));
    check(None, None, &svc, unknown(Why::NobodyNamed));
    check(Some(ANA), Some(ANA), &intent(&[]), unknown(Why::NoIntendedAccount));
    check(Some(ANA), Some(SVC), &intent(&[SVC, ANA]), Verdict::AsIntended);
    check(Some(SVC), Some(SVC), &intent(&["svc-*@contoso.com"]), Verdict::AsIntended);
    check(Some("svc-flows_contoso.com#EXT#@fabrikam.onmicrosoft.com"), None, &svc, Verdict::AsIntended);
    let alone = Intent::of_all(svc.base.accounts.clone(), true);
    check(Some(SVC), Some(ANA), &alone, Verdict::AsIntended);
    check(Some(ANA), Some(SVC), &alone, mismatch(true, false));
    check(None, Some(ANA), &alone, mismatch(false, true));
}

#[test]
fn one_person_under_two_identities_is_found_through_other_connections() {
    let both = Connection { sign_in: Some(account(ANA).also(Some(ANA_ID))), ..connection("other", None, None) };
    let audit = audit_of(&[connection("c", None, Some(ANA_ID)), both], &intent(&[ANA]));
    assert_eq!(audit.operations[0].verdict, Verdict::AsIntended);
    assert_eq!(audit.operations[0].owner.as_ref().and_then(Account::address), Some(ANA));
}

#[test]
fn what_is_not_known_says_why() {
    let svc = intent(&[SVC]);
    let why = |flow: &Flow, read: bool| match judge(&Known { saved: Some(flow), connections_read: read, ..Known::default() }, &svc).operations[0].verdict {
        Verdict::Unknown { why } => Some(why),
        _ => None,
    };
    let one = |reference: Option<Reference>| flow(vec![operation("Send", Some("k"))], reference.into_iter().collect());
    assert_eq!(why(&one(None), true), Some(Why::NotDeclared));
    assert_eq!(why(&one(Some(reference("k", None))), true), Some(Why::NoConnectionNamed));
    assert_eq!(why(&one(Some(reference("k", Some("c")))), true), Some(Why::NotVisible));
    assert_eq!(why(&one(Some(reference("k", Some("c")))), false), Some(Why::ConnectionsNotRead));
    let unbound = flow(vec![Operation { type_name: "OpenApiConnection".into(), ..operation("Send", None) }], vec![]);
    assert_eq!(why(&unbound, true), Some(Why::NoConnectionNamed));
}

#[test]
fn run_only_users_are_nobodys_name() {
    let theirs = Reference { source: Source::Invoker, ..reference("k", Some("c")) };
    let flow = flow(vec![operation("Send", Some("k")), operation("Note", None), Operation { invoker: true, ..operation("Also", Some("k")) }], vec![theirs]);
    let connections = [connection("c", Some(ANA), Some(ANA))];
    let audit = judge(&Known { saved: Some(&flow), connections: &connections, connections_read: true, ..Known::default() }, &intent(&[SVC]));
    let verdicts: Vec<_> = audit.operations.iter().map(|judged| judged.verdict.clone()).collect();
    assert_eq!(verdicts, [Verdict::RunOnly, Verdict::NoConnection, Verdict::RunOnly]);
    assert_eq!(audit.operations[0].sign_in, None, "the maker's trial connection isn't shown as acting");
    assert_eq!((audit.counts.run_only, audit.counts.with_connection, audit.counts.operations), (2, 2, 3));
}

#[test]
fn leftovers_are_graded_and_never_claimed_from_the_picker_alone() {
    let mut unused = reference("old", Some("old-c"));
    unused.installed = true;
    let flow =
        flow(vec![operation("Send", Some("k"))], vec![reference("k", Some("c")), reference("k_1", Some("gone-c")), unused, reference("twin", Some("C"))]);
    let connections = [
        connection("c", Some(SVC), Some(SVC)),
        connection("mine", Some(SVC), Some(SVC)),
        connection("hers", Some(ANA), Some(ANA)),
        connection("gone-c", Some(ANA), Some(ANA)),
    ];
    let picker: Vec<String> = ["c", "mine", "hers"].map(Into::into).into();
    let listed: Vec<String> = ["gone-c", "C"].map(Into::into).into();
    let me = account(SVC);
    let known = Known {
        saved: Some(&flow),
        connections: &connections,
        connections_read: true,
        picker: &picker,
        listed: Some(&listed),
        signed_in: Some(&me),
        ..Known::default()
    };
    let audit = judge(&known, &intent(&[SVC]));
    let found: Vec<_> =
        audit.leftovers.iter().map(|leftover| (leftover.id.as_str(), leftover.grade, leftover.evidence.clone(), leftover.is_removable())).collect();
    assert_eq!(
        found,
        [
            ("connection:gone-c", Grade::Certain, vec![Evidence::Listed, Evidence::ReferenceUnused], true),
            ("connection:old-c", Grade::Likely, vec![Evidence::InstalledUnused], true),
            ("connection:c", Grade::Likely, vec![Evidence::ReferenceUnused], false),
            ("connection:hers", Grade::Hint, vec![Evidence::OthersInPicker], false),
        ]
    );
    assert_eq!(audit.leftovers[2].connection_used_by, ["Send"], "an unused key of a connection in use: removing that would break the flow");
    assert_eq!(audit.counts.leftovers, 2);
    let nobody = judge(&Known { signed_in: None, ..known }, &intent(&[SVC]));
    assert!(nobody.leftovers.iter().all(|leftover| leftover.grade > Grade::Hint), "without knowing who is signed in, nobody's row is somebody else's");
}

fn node(id: &str, name: &str, reference: Option<&str>) -> Node {
    Node {
        id: id.into(),
        name: name.into(),
        reference: reference.map(Into::into),
        type_name: Some("OpenApiConnection".into()),
        connector: None,
        path: vec![],
        trigger: false,
    }
}

#[test]
fn the_designer_is_laid_over_the_saved_flow() {
    let saved = flow(vec![operation("Send", Some("k")), operation("Post", Some("k")), operation("Gone", Some("k"))], vec![reference("k", Some("ana"))]);
    let designer = Designer {
        nodes: vec![node("Send", "Send_it", Some("k_1")), node("Post", "Post", Some("k")), node("Fresh", "Fresh", Some("k"))],
        references: vec![reference("k", Some("ana")), reference("k_1", Some("svc"))],
        unsaved: true,
    };
    let connections = [connection("ana", Some(ANA), Some(ANA)), connection("svc", Some(SVC), Some(SVC))];
    let known = Known { saved: Some(&saved), designer: Some(&designer), connections: &connections, connections_read: true, ..Known::default() };
    let intent = intent(&[SVC]);
    let audit = judge(&known, &intent);
    let seen: Vec<_> =
        audit.operations.iter().map(|judged| (judged.node.as_str(), judged.name.as_str(), judged.unsaved, judged.verdict == Verdict::AsIntended)).collect();
    // "Gone" was deleted in the designer; a renamed operation keeps the node under which the page shows it.
    assert_eq!(seen, [("Send", "Send_it", Unsaved::Rebound, true), ("Post", "Post", Unsaved::Same, false), ("Fresh", "Fresh", Unsaved::New, false)]);
    assert_eq!(audit.leftovers, [], "what the saved flow still uses is no leftover yet");
    let record = Record::default();
    let list = checklist(&audit, &known, &intent, &record);
    assert_eq!(list.step(StepId::Save).map(|step| step.state), Some(StepState::Open));
    assert_eq!(list.groups.len(), 1);
    assert_eq!(list.groups[0].operations.len(), 2);
}

#[test]
fn a_designer_that_has_not_filled_its_table_yet_hides_nothing() {
    let saved = flow(vec![operation("Send", Some("k"))], vec![reference("k", Some("svc"))]);
    let designer = Designer { nodes: vec![node("Send", "Send", None)], references: vec![], unsaved: false };
    let connections = [connection("svc", Some(SVC), Some(SVC))];
    let audit = judge(
        &Known { saved: Some(&saved), designer: Some(&designer), connections: &connections, connections_read: true, ..Known::default() },
        &intent(&[SVC]),
    );
    assert_eq!(audit.operations[0].verdict, Verdict::AsIntended);
}

#[test]
fn the_checklist_ticks_itself_and_a_hand_never_verifies() {
    use StepState::{ByHand, Later, Open, Verified, Waiting};
    let saved = flow(vec![operation("Send", Some("k"))], vec![reference("k", Some("c"))]);
    let states = |connections: &[Connection], listed: Option<&[String]>, record: &Record, accounts: &[&str]| {
        let intent = intent(accounts);
        let known = Known { saved: Some(&saved), connections, connections_read: true, listed, ..Known::default() };
        let audit = judge(&known, &intent);
        checklist(&audit, &known, &intent, record).steps.iter().map(|step| step.state).collect::<Vec<_>>()
    };
    let ana = [connection("c", Some(ANA), Some(ANA))];
    let svc = [connection("c", Some(SVC), Some(SVC))];
    let none = Record::default();
    assert_eq!(states(&ana, None, &none, &[]), [Open, Later, Later, Later, Later, Later, Later, Later]);
    assert_eq!(states(&ana, None, &none, &[SVC]), [Verified, Waiting, Open, Later, Later, Later, Later, Later]);
    let ready = [ana[0].clone(), connection("d", Some(SVC), Some(SVC))];
    assert_eq!(states(&ready, None, &none, &[SVC]), [Verified, Verified, Open, Later, Later, Later, Later, Later]);
    assert_eq!(states(&svc, None, &none, &[SVC]), [Verified, Verified, Verified, Verified, Verified, Open, Open, Later]);
    let mut hand = Record::default();
    hand.ticks.insert(StepId::Leftovers, 1.0);
    hand.ticks.insert(StepId::People, 2.0);
    hand.ticks.insert(StepId::Reassign, 3.0);
    assert_eq!(states(&svc, None, &hand, &[SVC]), [Verified, Verified, Verified, Verified, Verified, ByHand { at: 1.0 }, ByHand { at: 2.0 }, Verified]);
    assert_eq!(states(&ana, None, &hand, &[SVC])[2], Open, "reassigning is verified by data alone");
    assert_eq!(states(&svc, Some(&["c".into()]), &none, &[SVC])[5], Verified, "Power Automate's own list holds nothing unused");
}
