//! A made-up service with an environment of flows, and the page's script that makes the requests: in played time, with faults where they are wanted.

use std::collections::{BTreeMap, HashMap, HashSet};

use connection_lens::protocol::{Ask, Asked};
use serde_json::{Value, json};

pub const ENVIRONMENT: &str = "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
pub const ANA_ID: &str = "8323f7fe-e8a4-46c4-b5ea-f4864887d160";
pub const TENANT: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
const ROWS: usize = 50;

/// A flow of the environment.
#[derive(Debug, Clone, Default)]
pub struct Planted {
    /// By connection: how many operations run on it; 0: it is left over.
    pub runs_on: Vec<(&'static str, usize)>,
    /// It is refused for good.
    pub refused: bool,
    /// It stands in the list of shared flows, not in the other.
    pub shared: bool,
}

/// Connections by name: who is behind them, and whether the environment's list shows them.
pub const CONNECTIONS: [(&str, &str, bool); 3] = [("ana", "ana@contoso.com", true), ("svc", "svc-flows@contoso.com", true), ("bob", "bob@contoso.com", false)];

pub fn id(index: usize) -> String {
    format!("aaaaaaaa-0000-4000-8000-{index:012}")
}

/// The service.
#[derive(Debug, Default)]
pub struct Service {
    pub flows: Vec<Planted>,
    /// By the number of the request, from 0: the status of a fault in place of the answer; 0: no answer at all.
    pub faults: BTreeMap<u64, u16>,
    pub requests: u64,
    /// When each request came.
    pub times: Vec<f64>,
    /// How many rows a flow's own list of connections has on a page; 0: all.
    pub picker_rows: usize,
    /// What every flow is called; empty: by its number.
    pub name: &'static str,
    /// How often each flow was told whole.
    pub told: HashMap<String, usize>,
}

/// What comes of a request.
pub struct Answer {
    pub status: u16,
    pub body: String,
    pub more: bool,
}

impl Service {
    pub fn answer(&mut self, ask: &Ask, now: f64) -> Answer {
        let fault = self.faults.get(&self.requests).copied();
        self.requests += 1;
        self.times.push(now);
        let plain = |body: Value, more: bool| Answer { status: 200, body: body.to_string(), more };
        if let Some(status) = fault {
            let body = json!({"error": {"code": "RateLimitExceeded", "message": "Rate limit is exceeded. Try again in 7 seconds."}}).to_string();
            return Answer { status, body, more: false };
        }
        match ask.what {
            Asked::Connections => plain(json!({"value": CONNECTIONS.iter().filter(|known| known.2).map(connection).collect::<Vec<_>>()}), false),
            Asked::Flows | Asked::SharedFlows => {
                let shared = ask.what == Asked::SharedFlows;
                let rows: Vec<Value> = (0..self.flows.len())
                    .filter(|index| self.flows[*index].shared == shared)
                    .map(|index| json!({"name": id(index), "properties": {"displayName": format!("Flow {index}"), "state": "Started"}}))
                    .collect();
                let page = ask.page.unwrap_or_default() as usize;
                plain(json!({"value": rows.chunks(ROWS).nth(page).unwrap_or_default()}), (page + 1) * ROWS < rows.len())
            }
            Asked::Flow => {
                let index = self.index(&ask.flow);
                if self.flows[index].refused {
                    return Answer { status: 403, body: json!({"error": {"code": "ConnectionAuthorizationFailed", "message": ""}}).to_string(), more: false };
                }
                *self.told.entry(ask.flow.clone()).or_default() += 1;
                plain(flow(index, &self.flows[index], self.name), false)
            }
            Asked::FlowConnections => {
                let runs_on: HashSet<&str> = self.flows[self.index(&ask.flow)].runs_on.iter().map(|(name, _)| *name).collect();
                let rows: Vec<Value> = CONNECTIONS.iter().filter(|known| known.2 || runs_on.contains(known.0)).map(connection).collect();
                let (page, size) = (ask.page.unwrap_or_default() as usize, if self.picker_rows == 0 { rows.len() } else { self.picker_rows });
                plain(rows.chunks(size).nth(page).unwrap_or_default().to_vec().into(), (page + 1) * size < rows.len())
            }
        }
    }

    fn index(&self, flow: &str) -> usize {
        let index = flow.rsplit('-').next().and_then(|last| last.parse().ok()).expect("an id of ours");
        assert!(index < self.flows.len() && id(index) == flow, "only flows of the list are asked for");
        index
    }

    /// What a sweep without any fault asks for.
    pub fn least(&self) -> u64 {
        let pages = |shared: bool| self.flows.iter().filter(|flow| flow.shared == shared).count().div_ceil(ROWS).max(1);
        let names_bob = self.flows.iter().any(|flow| !flow.refused && flow.runs_on.iter().any(|(name, _)| *name == "bob"));
        (1 + pages(false) + pages(true) + self.flows.len() + usize::from(names_bob)) as u64
    }
}

fn connection((name, who, _): &(&str, &str, bool)) -> Value {
    json!({"name": format!("shared-office365-{name}"), "id": format!("/providers/Microsoft.PowerApps/apis/shared_office365/connections/shared-office365-{name}"),
        "properties": {"apiId": "/providers/Microsoft.PowerApps/apis/shared_office365", "displayName": who, "statuses": [{"status": "Connected"}],
            "createdBy": {"id": if *name == "ana" { ANA_ID } else { "" }, "email": who}, "accountName": who}})
}

pub fn flow(index: usize, planted: &Planted, name: &str) -> Value {
    let name = if name.is_empty() { format!("Flow {index}") } else { name.to_owned() };
    let mut actions = serde_json::Map::new();
    let mut references = serde_json::Map::new();
    for (name, operations) in &planted.runs_on {
        references.insert(
            format!("key_{name}"),
            json!({"connectionName": format!("shared-office365-{name}"), "source": "Embedded", "id": "/providers/Microsoft.PowerApps/apis/shared_office365"}),
        );
        for number in 0..*operations {
            actions.insert(
                format!("Send_{name}_{number}"),
                json!({"type": "OpenApiConnection", "inputs": {"host": {"connectionName": format!("key_{name}")}}, "runAfter": {}}),
            );
        }
    }
    json!({"name": id(index), "properties": {"displayName": name, "state": "Started", "definition": {"triggers": {"manual": {"type": "Request"}}, "actions": actions}, "connectionReferences": references}})
}
