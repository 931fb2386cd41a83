//! The overlay's painter by itself: the scripts and the style sheet that ship, on cards of the designer and on as many as are made for it.

use std::path::Path;

use connection_lens::paint::Paint;
use connection_lens::protocol::Event;
use connection_lens::session::{Kept, Session};
use connection_lens_e2e::{Failure, Outcome, Stage};
use practice_portal::sized;
use serde_json::{Value, json};

use crate::browser::INTENDED;
use crate::told;

const OVERLAY: &str = include_str!("overlay.js");

/// Measures it on a browser without the extension, whose page shows a flow of 1,000 operations.
pub async fn measure(bare: &Stage) -> Outcome<()> {
    bare.to_page().await?;
    let virtualised = draw(bare, 1_000, 0).await?;
    told::row("overlay.virtual", virtualised.all, &format!("{} cards of it are mounted", virtualised.cards), None);
    bare.driver.goto("about:blank").await?;
    let mounted = draw(bare, 1_000, 1_000).await?;
    told::row("overlay.mounted", mounted.all, &format!("{} cards", mounted.cards), None);
    told::row("overlay.change", virtualised.one, &format!("on the virtualised designer; {:.1} ms with {} mounted", mounted.one, mounted.cards), None);
    let (few, many) = (draw(bare, 100, 100).await?, draw(bare, 2_000, 2_000).await?);
    let each = |drawn: &Drawn| drawn.all / drawn.cards;
    told::row("growth.paint", each(&many) / each(&few), &format!("{:.2} ms for {} cards, {:.2} ms for {}", few.all, few.cards, many.all, many.cards), None);
    Ok(())
}

struct Drawn {
    all: f64,
    one: f64,
    cards: f64,
}

async fn draw(bare: &Stage, operations: usize, mounted: usize) -> Outcome<Drawn> {
    let file = |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension").join(name));
    let scripts = format!("{}\n{}", file("content/classic.js")?, file("content/painter.js")?);
    let arguments = vec![json!(file("overlay.css")?), json!(scripts), json!(paint(operations)?), json!(mounted), json!(15)];
    let found = bare.driver.execute_async(OVERLAY, arguments).await?.json().clone();
    let median = |part: &str| serde_json::from_value::<Vec<f64>>(found[part].clone()).map(|took| told::median(&took));
    let wrong = |_| Failure::new(format!("the page counted {found}"));
    Ok(Drawn { all: median("all").map_err(wrong)?, one: median("one").map_err(wrong)?, cards: found["cards"].as_f64().unwrap_or_default() })
}

/// What the core lets draw of such a flow, with everything switched on.
fn paint(operations: usize) -> Outcome<Paint> {
    let (flow, connections) = sized(operations, 0);
    let id = flow["name"].as_str().unwrap_or_default();
    let environment = flow["properties"]["environment"]["name"].as_str().unwrap_or_default();
    let service = format!("https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments/{environment}/flows/{id}");
    let captured = |address: String, body: &Value| {
        (json!({ "kind": "captured", "method": "GET", "address": address, "status": 200, "at": 2.0, "asked": false }), body.to_string())
    };
    let events = [
        (
            json!({ "kind": "shown", "address": format!("https://make.powerautomate.com/environments/{environment}/flows/{id}?v3=true"), "at": 1.0 }),
            String::new(),
        ),
        captured(format!("{service}?api-version=2016-11-01"), &flow),
        captured(format!("{service}/connections?api-version=2016-11-01"), &connections),
        (json!({ "kind": "highlight", "on": true }), String::new()),
        (json!({ "kind": "owners", "on": true }), String::new()),
    ];
    let mut kept = Kept::from_items(&json!({ "settings": { "accounts": [INTENDED] } }));
    let mut session = Session::default();
    let mut last = None;
    for (event, body) in events {
        let event: Event = serde_json::from_value(event)?;
        last = session.feed(&event, body.as_bytes(), &mut kept).paint.or(last);
    }
    last.filter(|paint| paint.marks.len() > operations / 2).ok_or_else(|| Failure::new("the core paints next to nothing of the flow"))
}
