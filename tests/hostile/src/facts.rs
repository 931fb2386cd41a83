//! Choices → the model itself: what no document need have said, the audit must cope with all the same.

use connection_lens::audit::{Choice, Dismissal, FirstLook, Intent, Record, StepId, Tick, connector_key};
use connection_lens::model::{
    Account, AccountPattern, Connection, Designer, Flow, FlowForm, FlowKind, Health, Node, Operation, OperationKind, Reference, Source,
};

use crate::draw::Draw;

/// Somebody, perhaps by several identities, perhaps by none.
pub fn account(draw: &mut Draw) -> Account {
    let identities = draw.list(2, Draw::who).into_iter().filter_map(|label| Account::from_label(&label));
    Account { identities: identities.flat_map(|account| account.identities).collect(), display_name: draw.maybe(Draw::name) }
}

/// A connection.
pub fn connection(draw: &mut Draw) -> Connection {
    Connection {
        id: draw.name(),
        connector: draw.maybe(Draw::name),
        label: draw.maybe(Draw::who),
        sign_in: draw.maybe(account),
        owner: draw.maybe(account),
        health: match draw.below(4) {
            0 | 1 => Health::Connected,
            2 => Health::Broken(draw.maybe(Draw::name)),
            _ => Health::Unknown,
        },
        expires: None,
        created: draw.maybe(Draw::name),
    }
}

fn reference(draw: &mut Draw) -> Reference {
    Reference {
        key: draw.name(),
        connector: draw.maybe(Draw::name),
        source: draw.pick(&[Source::Embedded, Source::Embedded, Source::Embedded, Source::Invoker]),
        source_as_written: draw.maybe(Draw::name),
        connection: draw.maybe(Draw::name),
        logical_name: None,
        connector_name: draw.maybe(Draw::name),
        owner: draw.maybe(Draw::name),
        installed: draw.once_in(3),
    }
}

fn operation(draw: &mut Draw) -> Operation {
    Operation {
        name: draw.name(),
        kind: draw.pick(&[OperationKind::Action, OperationKind::Trigger]),
        type_name: draw.pick(&["OpenApiConnection", "Compose", "If", "apiconnection", ""]).to_owned(),
        path: draw.list(3, Draw::name),
        branch: draw.pick(&["", "else", "default", "case:a_b", "tool:x", ":"]).to_owned(),
        reference: draw.maybe(Draw::name),
        connector: draw.maybe(Draw::name),
        invoker: draw.once_in(12),
    }
}

/// A flow. In a definition a key stands once; so it does here.
pub fn flow(draw: &mut Draw) -> Flow {
    let mut operations = draw.list(8, operation);
    let mut references = draw.list(6, reference);
    let mut seen = Vec::new();
    operations.retain(|operation| {
        !seen.contains(&operation.name) && {
            seen.push(operation.name.clone());
            true
        }
    });
    seen.clear();
    references.retain(|reference| {
        !seen.contains(&reference.key) && {
            seen.push(reference.key.clone());
            true
        }
    });
    Flow {
        form: FlowForm::Api,
        kind: FlowKind::Cloud,
        id: draw.maybe(Draw::name),
        workflow_id: None,
        environment: draw.maybe(Draw::name),
        tenant: None,
        display_name: draw.maybe(Draw::name),
        creator: draw.maybe(account),
        role: None,
        modified: draw.maybe(Draw::name),
        operations,
        references,
        declares_references: true,
    }
}

fn node(draw: &mut Draw) -> Node {
    let id = draw.name();
    Node {
        name: if draw.once_in(4) { draw.name() } else { id.clone() },
        id,
        reference: draw.maybe(Draw::name),
        type_name: draw.maybe(|draw| draw.pick(&["OpenApiConnection", "If"]).to_owned()),
        connector: draw.maybe(Draw::name),
        path: draw.list(2, Draw::name),
        trigger: draw.once_in(5),
    }
}

/// A designer's state.
pub fn designer(draw: &mut Draw) -> Designer {
    let mut nodes = draw.list(8, node);
    let mut seen = Vec::new();
    nodes.retain(|node| {
        !seen.contains(&node.id) && {
            seen.push(node.id.clone());
            true
        }
    });
    Designer { nodes, references: draw.list(4, reference), unsaved: draw.once_in(2) }
}

/// What somebody may have typed as intended.
pub fn patterns(draw: &mut Draw) -> Vec<AccountPattern> {
    let typed = draw.list(2, |draw| if draw.once_in(2) { "svc-*@contoso.com".to_owned() } else { draw.who() });
    typed.iter().filter_map(|typed| AccountPattern::new(typed)).collect()
}

/// Who should stand behind what.
pub fn intent(draw: &mut Draw) -> Intent {
    let choice = |draw: &mut Draw| Choice { accounts: patterns(draw), sign_in_alone: draw.once_in(3), ..Choice::default() };
    let base = choice(draw);
    Intent { base, connectors: draw.list(2, |draw| (connector_key(&draw.name()), choice(draw))).into_iter().collect() }
}

/// What people may have decided.
pub fn record(draw: &mut Draw, items: &[String]) -> Record {
    let item = |draw: &mut Draw| if items.is_empty() { draw.name() } else { items[draw.below(items.len())].clone() };
    let of = |draw: &mut Draw| draw.list(4, Draw::name);
    Record {
        ticks: draw.list(2, |draw| (draw.pick(&[StepId::Connect, StepId::People, StepId::Leftovers, StepId::Done]), draw.time())).into_iter().collect(),
        items: draw.list(2, |draw| (item(draw), Tick { at: draw.time(), of: of(draw) })).into_iter().collect(),
        dismissals: draw.list(2, |draw| (item(draw), Dismissal { reason: draw.name(), at: draw.time(), of: of(draw) })).into_iter().collect(),
        first_look: draw.maybe(|draw| FirstLook { mismatch: draw.below(4), leftovers: draw.below(4), at: draw.time(), ..FirstLook::default() }),
        ..Record::default()
    }
}
