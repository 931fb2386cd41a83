//! Sessions to look at, played with small answers of our own making.

use std::collections::BTreeMap;

use connection_lens::audit::StepId;
use connection_lens::model::AccountPattern;
use connection_lens::protocol::{Asked, Event, Outcome, Scope};
use connection_lens::session::{Kept, Session};
use serde_json::{Map, Value, json};

pub const ENVIRONMENT: &str = "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
const HOST: &str = "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com";
const FLOW: &str = "aaaaaaaa-0000-4000-8000-000000000001";
pub const ANA: Person = Person { name: "Ana Kovač", address: "ana.kovac@contoso.com", id: "8323f7fe-e8a4-46c4-b5ea-f4864887d160" };
pub const BEN: Person = Person { name: "Ben Ortiz", address: "ben.ortiz@contoso.com", id: "0b6a3f0c-3a6f-4a8e-9d0e-6a1d8b2c4e5f" };
pub const SERVICE: Person = Person { name: "Flow Service", address: "svc-flows@contoso.com", id: "5d1c7a52-64a1-4f3e-8b0a-0f5f4c3b2a19" };
/// 14:10 on 21 November 2026, in UTC.
pub const NOON: f64 = 1_795_270_200_000.0;

/// Somebody.
#[derive(Clone, Copy)]
pub struct Person {
    pub name: &'static str,
    pub address: &'static str,
    pub id: &'static str,
}

/// An operation of a stage: its name, and the connection it runs on; none for those without.
pub struct Op {
    pub name: String,
    pub runs_on: Option<&'static str>,
    pub inside: Inside,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    Trigger,
    Top,
    Yes,
    No,
}

pub fn op(name: &str, runs_on: Option<&'static str>, inside: Inside) -> Op {
    Op { name: name.to_owned(), runs_on, inside }
}

/// A connection: `<connector>.<anything>` is its id.
pub struct Conn {
    pub id: &'static str,
    pub signs_in: Option<Person>,
    pub owner: Option<Person>,
    pub label: Option<&'static str>,
    pub broken: bool,
}

pub fn conn(id: &'static str, signs_in: Person, owner: Person) -> Conn {
    Conn { id, signs_in: Some(signs_in), owner: Some(owner), label: None, broken: false }
}

fn connector(id: &str) -> String {
    let (connector, _) = id.split_once('.').unwrap_or((id, ""));
    format!("shared_{connector}")
}

fn api(id: &str) -> String {
    format!("/providers/Microsoft.PowerApps/apis/{}", connector(id))
}

pub fn flow_address() -> String {
    format!("https://{HOST}/powerautomate/flows/{FLOW}?api-version=1&$expand=properties.connectionreferences.apidefinition")
}

pub fn picker_address() -> String {
    format!("https://{HOST}/powerautomate/flows/{FLOW}/connections?api-version=1")
}

fn action(op: &Op) -> (String, Value) {
    let value = match op.runs_on {
        Some(id) => json!({ "type": "OpenApiConnection", "inputs": { "host": { "connectionName": id, "apiId": api(id) } }, "runAfter": {} }),
        None => json!({ "type": "Compose", "inputs": "", "runAfter": {} }),
    };
    (op.name.clone(), value)
}

/// The answer that holds the flow. References that no operation uses are named beside.
pub fn flow_body(name: &str, ops: &[Op], unused: &[&str], creator: Person) -> Value {
    let of = |inside: Inside| ops.iter().filter(move |op| op.inside == inside).map(action).collect::<Map<String, Value>>();
    let mut actions = of(Inside::Top);
    if ops.iter().any(|op| matches!(op.inside, Inside::Yes | Inside::No)) {
        actions.insert("Approved".to_owned(), json!({ "type": "If", "actions": of(Inside::Yes), "else": { "actions": of(Inside::No) }, "runAfter": {} }));
    }
    let used = ops.iter().filter_map(|op| op.runs_on).chain(unused.iter().copied());
    let references: Map<String, Value> = used.map(|id| (id.to_owned(), json!({ "connectionName": if id.ends_with('-') { Value::Null } else { id.into() }, "source": if id.ends_with("invoker") { "Invoker" } else { "Embedded" }, "id": api(id) }))).collect();
    json!({ "name": FLOW, "properties": { "displayName": name, "definition": { "triggers": of(Inside::Trigger), "actions": actions }, "connectionReferences": references,
        "environment": { "name": ENVIRONMENT }, "creator": { "objectId": creator.id, "tenantId": "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9" } } })
}

pub fn connection_row(conn: &Conn) -> Value {
    let person = |person: &Person| json!({ "id": person.id, "displayName": person.name, "email": person.address, "userPrincipalName": person.address });
    let status =
        if conn.broken { json!({ "status": "Error", "error": { "code": "Unauthenticated", "message": "" } }) } else { json!({ "status": "Connected" }) };
    let account = conn.signs_in.map(|person| person.address);
    json!({ "name": conn.id, "id": format!("{}/connections/{}", api(conn.id), conn.id), "properties": { "apiId": api(conn.id), "displayName": conn.label.or(account),
        "statuses": [status], "createdBy": conn.owner.as_ref().map(person), "accountName": account } })
}

/// A session with everything that was kept, fed step by step.
#[derive(Default)]
pub struct Stage {
    pub session: Session,
    pub kept: Kept,
    pub items: BTreeMap<String, Value>,
    clock: f64,
}

impl Stage {
    pub fn feed(&mut self, event: &Event, body: &str) -> Outcome {
        self.clock += 1_000.0;
        let outcome = self.session.feed(event, body.as_bytes(), &mut self.kept);
        self.items.extend(outcome.keep.clone());
        outcome
    }

    fn now(&self) -> f64 {
        NOON + self.clock
    }

    pub fn at(view: &str) -> Self {
        let mut stage = Self::default();
        let address = format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}{view}");
        stage.feed(&Event::Shown { address, at: NOON }, "");
        stage
    }

    /// Power Automate's start page.
    pub fn elsewhere() -> Self {
        let mut stage = Self::default();
        stage.feed(&Event::Shown { address: format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/home"), at: NOON }, "");
        stage
    }

    /// A flow that was never saved.
    pub fn new_flow() -> Self {
        let mut stage = Self::default();
        stage.feed(&Event::Shown { address: format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/new"), at: NOON }, "");
        stage
    }

    pub fn answer(&mut self, address: &str, status: u16, body: &str) {
        let at = self.now();
        self.feed(&Event::Captured { method: "GET".into(), address: address.into(), status, at, asked: false, retry_after: None }, body);
    }

    pub fn flow(&mut self, body: &Value) {
        self.answer(&flow_address(), 200, &body.to_string());
    }

    pub fn connections(&mut self, rows: &[Conn]) {
        let rows: Vec<Value> = rows.iter().map(connection_row).collect();
        self.answer(&picker_address(), 200, &Value::Array(rows).to_string());
    }

    /// What Power Automate lists while the flow's connections pane is open.
    pub fn pane(&mut self, rows: &[Conn]) {
        let rows: Vec<Value> = rows.iter().map(connection_row).collect();
        self.answer(&format!("https://{HOST}/powerautomate/flows/{FLOW}/connectionsInUse?api-version=1"), 200, &json!({ "value": rows }).to_string());
    }

    /// The designer's two slices.
    pub fn designer(&mut self, ops: &[Op], unsaved: bool) {
        let with = || ops.iter().filter_map(|op| Some((op, op.runs_on?)));
        let references: Map<String, Value> = with()
            .map(|(_, id)| {
                (id.to_owned(), json!({ "api": { "id": api(id) }, "connection": { "id": format!("{}/connections/{id}", api(id)) }, "connectionName": id }))
            })
            .collect();
        let mapping: Map<String, Value> = with().map(|(op, id)| (op.name.clone(), id.into())).collect();
        let approved = op("Approved", None, Inside::Top);
        let nodes: Map<String, Value> =
            ops.iter().chain([&approved]).map(|op| (op.name.clone(), json!({ "graphId": "root", "isTrigger": op.inside == Inside::Trigger }))).collect();
        let info: Map<String, Value> = ops
            .iter()
            .chain([&approved])
            .map(|op| (op.name.clone(), json!({ "type": if op.runs_on.is_some() { "OpenApiConnection" } else { "Compose" }, "operationId": "x" })))
            .collect();
        let body = json!({ "connections": { "connectionReferences": references, "connectionsMapping": mapping },
            "workflow": { "nodesMetadata": nodes, "idReplacements": {}, "isDirty": unsaved }, "operations": { "operationInfo": info } });
        let at = self.now();
        let address = format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}?v3=true");
        self.feed(&Event::Designer { address, at }, &body.to_string());
    }

    pub fn intend(&mut self, who: &[&str], scope: Scope) {
        self.feed(&Event::Intend { accounts: who.iter().filter_map(|who| AccountPattern::new(who)).collect(), scope, at: NOON }, "");
    }

    pub fn tick(&mut self, step: StepId) {
        self.feed(&Event::Tick { step, on: true, at: NOON }, "");
    }

    pub fn dismiss(&mut self, leftover: &str, reason: &str) {
        self.feed(&Event::Dismiss { item: leftover.into(), reason: Some(reason.into()), at: NOON }, "");
    }

    pub fn unanswered(&mut self, ask: Asked, why: &str) {
        self.feed(&Event::Unanswered { ask, flow: String::new(), why: why.into() }, "");
    }
}

/// The flow whose first mails run on Ana's connection.
pub fn handover(ana_runs: usize) -> Vec<Op> {
    let outlook = |index: usize| Some(if index < ana_runs { "office365.ana" } else { "office365.svc" });
    let mut ops = vec![op("When_an_item_is_created", Some("sharepointonline.ben"), Inside::Trigger)];
    ops.push(op("Send_an_email_(V2)", outlook(0), Inside::Yes));
    ops.push(op("Send_an_email_from_\"Ana\"", outlook(1), Inside::No));
    for (index, name) in
        ["Get_manager_mail", "Reply_to_requester", "Forward_to_accounting", "Flag_the_mail", "Move_the_mail", "Export_the_mail"].into_iter().enumerate()
    {
        ops.push(op(name, outlook(index + 2), Inside::Top));
    }
    for name in ["Post_message_in_a_channel", "Post_adaptive_card", "List_the_team"] {
        ops.push(op(name, Some("teams.svc"), Inside::Top));
    }
    for name in ["Initialize_total", "Compose_subject", "Compose_body", "Parse_invoice"] {
        ops.push(op(name, None, Inside::Top));
    }
    ops
}

/// Half handed over: three operations to change, four leftovers, the designer open with unsaved changes.
pub fn half_handed_over() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.feed(&Event::SignedIn { account: SERVICE.id.into(), tenant: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9".into() }, "");
    stage.intend(&[SERVICE.address], Scope::Flow);
    stage.flow(&flow_body("Invoice approval – Facilities", &handover(8), &["office365.old"], ANA));
    let ben = Conn { broken: true, ..conn("sharepointonline.ben", BEN, BEN) };
    let rows = [
        conn("office365.ana", ANA, BEN),
        ben,
        conn("office365.svc", SERVICE, SERVICE),
        conn("teams.svc", SERVICE, SERVICE),
        conn("onedriveforbusiness.ben", BEN, BEN),
        conn("office365.old", ANA, ANA),
        conn("sharepointonline.old", ANA, ANA),
        conn("teams.old", ANA, ANA),
    ];
    stage.connections(&rows);
    stage.pane(&[conn("sharepointonline.old", ANA, ANA)]);
    stage.designer(&handover(2), true);
    stage.tick(StepId::People);
    stage.dismiss("connection:teams.old", "Ana keeps her own channel.");
    stage
}

/// The same, seen from the flow's details page: nothing to highlight there.
pub fn on_the_details_page() -> Stage {
    handed_over_at("/details")
}

/// The details page with its connections pane open, and how many of the pane's rows could be told apart.
pub fn with_the_pane_open(rows: Option<usize>) -> Stage {
    let mut stage = on_the_details_page();
    stage.pane(&[conn("sharepointonline.old", ANA, ANA)]);
    if let Some(count) = rows {
        stage.feed(&Event::Rows { count }, "");
    }
    stage
}

/// The same flow somewhere else in the portal.
pub fn handed_over_at(view: &str) -> Stage {
    let mut stage = Stage::at(view);
    stage.intend(&["svc-*@contoso.com"], Scope::Everywhere);
    stage.flow(&flow_body("Invoice approval – Facilities", &handover(8), &[], ANA));
    stage.connections(&[
        conn("office365.ana", ANA, ANA),
        conn("sharepointonline.ben", BEN, BEN),
        conn("office365.svc", SERVICE, SERVICE),
        conn("teams.svc", SERVICE, SERVICE),
    ]);
    stage
}

/// Nobody has said who is intended.
pub fn nothing_said() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.flow(&flow_body("Invoice approval – Facilities", &handover(2), &[], ANA));
    stage.connections(&[
        conn("office365.ana", ANA, ANA),
        conn("sharepointonline.ben", BEN, BEN),
        conn("office365.svc", SERVICE, SERVICE),
        conn("teams.svc", SERVICE, SERVICE),
        conn("sql.mira", Person { name: "Mira Moss", address: "mira.moss@contoso.com", id: "77777777-0000-4000-8000-000000000007" }, BEN),
    ]);
    stage
}

/// The flow is read, its connections aren't.
pub fn reading() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.flow(&flow_body("Invoice approval – Facilities", &handover(2), &[], ANA));
    stage
}

/// Two connections that the reader can't see into.
pub fn partly_known() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Flow);
    let mut ops = handover(2);
    for (name, id) in [("Get_rows", "commondataserviceforapps.hidden"), ("Add_a_row", "commondataserviceforapps.hidden"), ("Run_a_query", "sql.-")] {
        ops.push(op(name, Some(id), Inside::Top));
    }
    stage.flow(&flow_body("Invoice approval – Facilities", &ops, &[], ANA));
    stage.connections(&[
        conn("office365.ana", ANA, ANA),
        conn("sharepointonline.ben", SERVICE, SERVICE),
        conn("office365.svc", SERVICE, SERVICE),
        conn("teams.svc", SERVICE, SERVICE),
    ]);
    stage
}

/// The picker's list was refused or failed.
pub fn refused(status: u16, body: &str) -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Flow);
    stage.flow(&flow_body("Invoice approval – Facilities", &handover(2), &[], ANA));
    stage.answer(&picker_address(), status, body);
    stage
}

/// The flow itself was refused.
pub fn flow_refused(status: u16) -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.answer(&flow_address(), status, r#"{"error":{"code":"FlowNotFound","message":""}}"#);
    stage
}

/// Everything is handed over.
pub fn all_done() -> Stage {
    let mut stage = half_handed_over();
    let handed: Vec<Op> =
        handover(0).into_iter().map(|op| if op.inside == Inside::Trigger { Op { runs_on: Some("sharepointonline.svc"), ..op } } else { op }).collect();
    stage.flow(&flow_body("Invoice approval – Facilities", &handed, &[], ANA));
    stage.connections(&[conn("sharepointonline.svc", SERVICE, SERVICE)]);
    stage.designer(&handed, false);
    stage.pane(&[conn("office365.svc", SERVICE, SERVICE), conn("teams.svc", SERVICE, SERVICE), conn("sharepointonline.svc", SERVICE, SERVICE)]);
    stage
}

/// Everything acts as intended, one connection doesn't work, and some run as whoever runs the flow. Leftovers are still to be removed.
pub fn as_intended() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Flow);
    let mut ops = handover(0);
    ops.remove(0);
    ops.push(op("Ask_whoever_runs_it", Some("teams.invoker"), Inside::Top));
    stage.flow(&flow_body("Invoice approval – Facilities", &ops, &["office365.old"], ANA));
    stage.connections(&[
        Conn { broken: true, ..conn("office365.svc", SERVICE, SERVICE) },
        conn("teams.svc", SERVICE, SERVICE),
        conn("office365.old", ANA, ANA),
    ]);
    stage
}

/// No operation needs a connection.
pub fn without_connections(count: usize) -> Stage {
    let mut stage = Stage::at("?v3=true");
    let ops: Vec<Op> = (0..count).map(|index| op(&format!("Compose_{index}"), None, Inside::Top)).collect();
    stage.flow(&flow_body("A little sum", &ops, &[], ANA));
    stage
}

/// A flow of one operation.
pub fn single() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Flow);
    stage.flow(&flow_body("Ping", &[op("Send_an_email_(V2)", Some("office365.ana"), Inside::Top)], &[], ANA));
    stage.connections(&[conn("office365.ana", ANA, ANA), conn("office365.svc", SERVICE, SERVICE)]);
    stage
}

/// Three hundred operations by many people.
pub fn three_hundred() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Everywhere);
    let runs_on = |index: usize| match index {
        0..22 => Some("office365.ana"),
        22..29 => Some("sharepointonline.ana"),
        29..41 => Some("teams.ben"),
        41..47 => Some("sql.hidden"),
        47..60 => Some("office365.invoker"),
        60..280 => Some("office365.svc"),
        _ => None,
    };
    let inside = |index: usize| match index % 3 {
        0 => Inside::Yes,
        1 => Inside::No,
        _ => Inside::Top,
    };
    let ops: Vec<Op> = (0..300).map(|index| op(&format!("Send_reminder_{}", index + 1), runs_on(index), inside(index))).collect();
    stage.flow(&flow_body("Month-end close – all regions", &ops, &[], BEN));
    stage.connections(&[
        conn("office365.ana", ANA, ANA),
        conn("sharepointonline.ana", ANA, ANA),
        conn("teams.ben", BEN, BEN),
        conn("office365.svc", SERVICE, SERVICE),
        conn("teams.svc", SERVICE, SERVICE),
    ]);
    stage.designer(&ops, true);
    stage
}

/// Names that try everything.
pub fn hostile() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Flow);
    let mallory = Person { name: "<img src=x onerror=alert(1)> **bold** $1", address: "mallory@contoso.com", id: "99999999-0000-4000-8000-000000000009" };
    let right_to_left = Person { name: "משה כהן\u{202e}evil", address: "moshe@contoso.com", id: "88888888-0000-4000-8000-000000000008" };
    let names = [
        "<img_src=x_onerror=alert(1)>",
        "שליחת_דואר_\"אנה\"",
        "🚀_Launch_👩‍👩‍👧‍👦",
        "</script><script>alert(1)</script>",
        "Ünïcödé_[brackets]_{x}",
        "a_very_long_name_that_goes_on_and_on_without_any_end_in_sight_because_somebody_pasted_a_whole_sentence_here_and_then_some_moreeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
    ];
    let ops: Vec<Op> =
        names.iter().enumerate().map(|(index, name)| op(name, Some(if index % 2 == 0 { "office365.mal" } else { "<b>evil</b>.rtl" }), Inside::Yes)).collect();
    stage.flow(&flow_body("<h1 onclick=alert(1)>Hostile & co.", &ops, &[], mallory));
    stage.connections(&[conn("office365.mal", mallory, mallory), conn("<b>evil</b>.rtl", right_to_left, mallory), conn("office365.svc", SERVICE, SERVICE)]);
    stage
}

/// A process that is stored like a flow and is none.
pub fn no_cloud_flow() -> Stage {
    let mut stage = Stage::at("?v3=true");
    let mut body = flow_body("Fill in a form", &[op("Step", None, Inside::Top)], &[], ANA);
    body["subcategory"] = json!("FormFill");
    stage.flow(&body);
    stage
}

/// Parts of the flow can't be understood.
pub fn with_gaps() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Flow);
    let mut body = flow_body("Half a flow", &[op("Send_an_email_(V2)", Some("office365.svc"), Inside::Top)], &[], ANA);
    body["properties"]["definition"]["actions"]["Broken"] = json!(7);
    body["properties"]["connectionReferences"]["odd"] = json!("what is this");
    stage.flow(&body);
    stage.connections(&[conn("office365.svc", SERVICE, SERVICE)]);
    stage
}
