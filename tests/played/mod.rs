//! A session with what is kept beside it, fed step by step, and the answers of a made-up service.
#![allow(dead_code, reason = "each suite plays some of it")]

use connection_lens::audit::Verdict;
use connection_lens::model::AccountPattern;
use connection_lens::protocol::{Event, Outcome, Scope};
use connection_lens::session::{Kept, Session};
use serde_json::{Value, json};

pub const ENVIRONMENT: &str = "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
pub const HOST: &str = "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com";
pub const FLOW_A: &str = "aaaaaaaa-0000-4000-8000-000000000001";
pub const FLOW_B: &str = "bbbbbbbb-0000-4000-8000-000000000002";
pub const SVC: &str = "svc-flows@contoso.com";
pub const ANA: &str = "ana@contoso.com";
pub const ANA_ID: &str = "8323f7fe-e8a4-46c4-b5ea-f4864887d160";

pub fn page(flow: &str) -> String {
    format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{flow}?v3=true")
}

pub fn flow_address(flow: &str) -> String {
    format!("https://{HOST}/powerautomate/flows/{flow}?api-version=1&$expand=properties.connectionreferences.apidefinition")
}

pub fn picker_address(flow: &str) -> String {
    format!("https://{HOST}/powerautomate/flows/{flow}/connections?api-version=1")
}

/// A flow whose operations run on the given connections, one each.
pub fn flow_body(id: &str, operations: &[(&str, &str)]) -> String {
    let actions: serde_json::Map<String, Value> = operations
        .iter()
        .map(|(name, connection)| ((*name).to_owned(), json!({"type": "OpenApiConnection", "inputs": {"host": {"connectionName": format!("key_{connection}"), "apiId": "/providers/Microsoft.PowerApps/apis/shared_office365"}}, "runAfter": {}})))
        .collect();
    let references: serde_json::Map<String, Value> = operations
        .iter()
        .map(|(_, connection)| {
            (
                format!("key_{connection}"),
                json!({"connectionName": connection, "source": "Embedded", "id": "/providers/Microsoft.PowerApps/apis/shared_office365"}),
            )
        })
        .collect();
    json!({"name": id, "properties": {"displayName": "Invoice approval", "definition": {"triggers": {"manual": {"type": "Request"}}, "actions": actions}, "connectionReferences": references, "environment": {"name": ENVIRONMENT}, "creator": {"objectId": ANA_ID, "tenantId": "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9"}}}).to_string()
}

pub fn picker_body(connections: &[(&str, &str)]) -> String {
    let rows: Vec<Value> = connections
        .iter()
        .map(|(id, who)| json!({"name": id, "id": format!("/providers/Microsoft.PowerApps/apis/shared_office365/connections/{id}"), "properties": {"apiId": "/providers/Microsoft.PowerApps/apis/shared_office365", "displayName": who, "statuses": [{"status": "Connected"}], "createdBy": {"id": if *who == ANA { ANA_ID } else { "" }, "email": who, "userPrincipalName": who}, "accountName": who}}))
        .collect();
    Value::Array(rows).to_string()
}

pub fn designer_body(mapping: &[(&str, &str)], unsaved: bool) -> String {
    let references: serde_json::Map<String, Value> = mapping
        .iter()
        .map(|(_, connection)| (format!("key_{connection}"), json!({"api": {"id": "/providers/Microsoft.PowerApps/apis/shared_office365"}, "connection": {"id": format!("/providers/Microsoft.PowerApps/apis/shared_office365/connections/{connection}")}, "connectionName": connection})))
        .collect();
    let mapped: serde_json::Map<String, Value> = mapping.iter().map(|(node, connection)| ((*node).to_owned(), json!(format!("key_{connection}")))).collect();
    let nodes: serde_json::Map<String, Value> = mapping.iter().map(|(node, _)| ((*node).to_owned(), json!({"graphId": "root"}))).collect();
    let info: serde_json::Map<String, Value> = mapping
        .iter()
        .map(|(node, _)| {
            (
                (*node).to_owned(),
                json!({"type": "OpenApiConnection", "connectorId": "/providers/Microsoft.PowerApps/apis/shared_office365", "operationId": "SendEmailV2"}),
            )
        })
        .collect();
    json!({"connections": {"connectionReferences": references, "connectionsMapping": mapped}, "workflow": {"nodesMetadata": nodes, "idReplacements": {}, "isDirty": unsaved}, "operations": {"operationInfo": info}}).to_string()
}

/// A session with what is kept, fed step by step.
#[derive(Default)]
pub struct Play {
    pub session: Session,
    pub kept: Kept,
    pub time: f64,
}

impl Play {
    pub fn feed(&mut self, event: &Event, body: &str) -> Outcome {
        self.time += 1.0;
        let outcome = self.session.feed(event, body.as_bytes(), &mut self.kept);
        let back = Session::restored(&self.session.stored()).expect("what was stored is read back");
        assert_eq!(back, self.session, "a worker that dies here goes on as if it had not");
        outcome
    }

    pub fn show(&mut self, address: &str) -> Outcome {
        let at = self.time;
        self.feed(&Event::Shown { address: address.to_owned(), at }, "")
    }

    pub fn answer(&mut self, address: &str, status: u16, body: &str) -> Outcome {
        let at = self.time;
        self.feed(&Event::Captured { method: "GET".into(), address: address.to_owned(), status, at, asked: false, retry_after: None }, body)
    }

    pub fn designer(&mut self, flow: &str, mapping: &[(&str, &str)], unsaved: bool) -> Outcome {
        let at = self.time;
        self.feed(&Event::Designer { address: page(flow), at }, &designer_body(mapping, unsaved))
    }

    pub fn intend(&mut self, who: &[&str], scope: Scope) -> Outcome {
        self.feed(&Event::Intend { accounts: who.iter().filter_map(|who| AccountPattern::new(who)).collect(), scope, at: self.time }, "")
    }

    pub fn verdicts(&self) -> Vec<(String, Verdict)> {
        self.session
            .sight(&self.kept)
            .map(|sight| {
                sight
                    .audit
                    .operations
                    .iter()
                    .filter(|judged| judged.verdict != Verdict::NoConnection)
                    .map(|judged| (judged.name.clone(), judged.verdict.clone()))
                    .collect()
            })
            .unwrap_or_default()
    }

    pub fn badge_after(&mut self) -> Option<String> {
        self.feed(&Event::Look {}, "").badge
    }
}

pub const TWO: &[(&str, &str)] = &[("Send", "ana"), ("Post", "svc")];
pub const BOTH: &[(&str, &str)] = &[("ana", ANA), ("svc", SVC)];

pub fn read(play: &mut Play) {
    play.intend(&[SVC], Scope::Everywhere);
    play.show(&page(FLOW_A));
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH));
}
