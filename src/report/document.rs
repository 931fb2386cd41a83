//! The audit as one JSON document. `version` changes when a field's meaning does; fields may be added without.

use serde_json::{Value, json};

use super::Subject;
use crate::audit::{Grade, Judged, Leftover, Verdict};
use crate::model::{Account, Health};

/// The version of the document.
const VERSION: u32 = 1;

/// The audit as a document.
#[must_use]
pub fn document(subject: &Subject) -> Value {
    let audit = subject.audit;
    json!({
        "version": VERSION,
        "flow": subject.name,
        "intended": subject.intent.accounts,
        "sign_in_alone": subject.intent.sign_in_alone,
        "counts": audit.counts,
        "operations": audit.operations.iter().map(operation).collect::<Vec<_>>(),
        "leftovers": audit.leftovers.iter().map(leftover).collect::<Vec<_>>(),
        "who_can_tell": audit.who_can_tell.iter().map(|account| account.address()).collect::<Vec<_>>(),
        "checklist": subject.checklist.steps,
        "gaps": subject.gaps,
    })
}

fn operation(judged: &Judged) -> Value {
    let (verdict, why, differs) = match &judged.verdict {
        Verdict::AsIntended => ("as_intended", None, None),
        Verdict::Mismatch { sign_in, owner } => ("mismatch", None, Some(json!({ "sign_in": sign_in, "owner": owner }))),
        Verdict::Unknown { why } => ("unknown", Some(*why), None),
        Verdict::RunOnly => ("run_only", None, None),
        Verdict::NoConnection => ("no_connection", None, None),
    };
    json!({
        "name": judged.name,
        "kind": judged.kind,
        "type": judged.type_name,
        "path": judged.path,
        "branch": judged.branch,
        "reference": judged.reference,
        "connector": judged.connector,
        "connection": judged.connection,
        "label": judged.label,
        "sign_in": judged.sign_in.as_ref().and_then(Account::address),
        "owner": judged.owner.as_ref().and_then(Account::address),
        "health": judged.health.as_ref().map(health),
        "verdict": verdict,
        "differs": differs,
        "why": why,
    })
}

fn leftover(leftover: &Leftover) -> Value {
    json!({
        "id": leftover.id,
        "reference": leftover.reference,
        "connector": leftover.connector,
        "connection": leftover.connection,
        "label": leftover.label,
        "sign_in": leftover.sign_in.as_ref().and_then(Account::address),
        "owner": leftover.owner.as_ref().and_then(Account::address),
        "grade": leftover.grade,
        "counted": leftover.grade > Grade::Hint && leftover.is_removable(),
        "evidence": leftover.evidence,
        "connection_used_by": leftover.connection_used_by,
    })
}

fn health(health: &Health) -> &'static str {
    match health {
        Health::Connected => "connected",
        Health::Broken(_) => "broken",
        Health::Unknown => "unknown",
    }
}
