//! The demo: the practice portal with the extension, for a person to try; or, without a display, the main job played and pictured.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use connection_lens::model::AccountPattern;
use connection_lens::protocol::{Event, Scope};
use connection_lens::report;
use connection_lens::session::{Kept, Session};
use connection_lens_e2e::{Failure, Look, Outcome, Stage, wait_for};
use practice_portal::Options;
use serde_json::{Value, json};

/// Who should stand behind the flows of the practice portal.
const INTENDED: &str = "svc-flows@contoso.com";

struct Wanted {
    headless: bool,
    scenario: String,
    out: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match wanted(std::env::args().skip(1)) {
        Ok(wanted) if wanted.headless => play(&wanted).await,
        Ok(wanted) => show(&wanted).await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("demo: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn wanted(mut arguments: impl Iterator<Item = String>) -> Outcome<Wanted> {
    let no_display = cfg!(target_os = "linux") && std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let mut wanted = Wanted { headless: no_display, scenario: Options::default().scenario, out: target.join("demo") };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| Failure::new(format!("{argument} needs a value")));
        match argument.as_str() {
            "--headless" => wanted.headless = true,
            "--scenario" => wanted.scenario = value()?,
            "--out" => wanted.out = PathBuf::from(value()?),
            other => return Err(Failure::new(format!("{other}: use --headless, --scenario NAME, --out DIR"))),
        }
    }
    let known: Vec<&str> = practice_portal::scenarios().iter().map(|scenario| scenario.name).collect();
    if known.contains(&wanted.scenario.as_str()) {
        Ok(wanted)
    } else {
        Err(Failure::new(format!("there is no scenario {}; there are: {}", wanted.scenario, known.join(", "))))
    }
}

/// A window for a person, until it is closed.
async fn show(wanted: &Wanted) -> Outcome<()> {
    let stage = Stage::open(Look { headless: false, ..Look::at(&wanted.scenario) }).await?;
    stage.shown().await?;
    println!(
        "The practice portal is open with the flow of the scenario \"{}\". Press Highlight or Checklist in the bar; close the window to end.",
        wanted.scenario
    );
    let mut watch = tokio::time::interval(std::time::Duration::from_secs(1));
    loop {
        watch.tick().await;
        if stage.driver.windows().await.map_or(true, |windows| windows.is_empty()) {
            return Ok(());
        }
    }
}

/// The main job: open the flow, say who is intended, highlight, open the panel, reveal one operation.
async fn play(wanted: &Wanted) -> Outcome<()> {
    let stage = Stage::open(Look { size: (1560, 1080), ..Look::at(&wanted.scenario) }).await?;
    stage.shown().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage
        .send(serde_json::to_value(Event::Intend { accounts: AccountPattern::new(INTENDED).into_iter().collect(), scope: Scope::Everywhere, at: 0.0 })?)
        .await?;
    // Opened again, the flow stands in the middle of what the panel has left of the window.
    stage.go(&stage.portal.url()).await?;
    stage.shown().await?;
    let (session, kept) = settled(&stage).await?;
    let sight = session.sight(&kept).ok_or_else(|| Failure::new("no flow was seen"))?;
    if sight.audit.counts.mismatch > 0 {
        stage.press_bar("Highlight").await?;
        wait_for("the highlight", async || Ok(stage.is_pressed("Highlight").await?.then_some(()))).await?;
    }
    stage.picture(&wanted.out.join("overlay.png")).await?;
    stage.to_panel().await?;
    stage.picture(&wanted.out.join("panel.png")).await?;
    if let Some(judged) = connection_lens::paint::stops(&sight.audit).last() {
        stage.send(json!({ "kind": "reveal", "node": judged.node })).await?;
        stage.to_page().await?;
        wait_for("the operation that was to be revealed", async || Ok(stage.is_in_sight(&judged.node).await?.then_some(()))).await?;
        println!("revealed: {}", judged.title());
    }
    let record = sight.report(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs_f64() * 1000.0);
    print!("{}", report::text(&record));
    std::fs::write(wanted.out.join("audit.json"), format!("{:#}\n", report::json(&record)))?;
    println!("\noverlay.png, panel.png and audit.json are in {}", wanted.out.display());
    stage.close().await
}

/// The session of the flow on the page, once everything that the page loads has been read.
async fn settled(stage: &Stage) -> Outcome<(Session, Kept)> {
    stage.to_panel().await?;
    let found = wait_for("the flow being read", async || {
        let kept = Kept::from_items(&stage.stored("local").await?);
        let stored = stage.stored("session").await?;
        let states = stored
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| key.starts_with("doc:"))
            .filter_map(|(_, state)| Session::restored(Value::as_str(state)?));
        let session = states
            .into_iter()
            .find(|session| session.sight(&kept).is_some_and(|sight| sight.known.saved.is_some() && sight.known.connections_read && sight.intent.is_said()));
        Ok(session.map(|session| (session, kept)))
    })
    .await?;
    stage.to_page().await?;
    Ok(found)
}
