//! Pictures of every view, to look at after a change: `cargo run -p connection-lens-e2e --bin pictures -- FOLDER [NAME…]`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use connection_lens_e2e::{Failure, Look, Outcome, Stage, wait_for};
use serde_json::json;

const INTENDED: &str = "svc-flows@contoso.com";

/// A view to be pictured.
struct Shot {
    name: &'static str,
    scenario: &'static str,
    /// Whether somebody said who is intended.
    is_said: bool,
    size: (u32, u32),
}

const SHOTS: [Shot; 12] = [
    Shot { name: "half", scenario: "half", is_said: true, size: (1560, 1080) },
    Shot { name: "narrow", scenario: "half", is_said: true, size: (900, 700) },
    Shot { name: "unsaid", scenario: "maker", is_said: false, size: (1560, 1080) },
    Shot { name: "leaver", scenario: "leaver", is_said: true, size: (1560, 1080) },
    Shot { name: "large", scenario: "large", is_said: true, size: (1560, 1080) },
    Shot { name: "names", scenario: "names", is_said: true, size: (1560, 1080) },
    Shot { name: "classic", scenario: "classic", is_said: true, size: (1560, 1080) },
    Shot { name: "repeats", scenario: "repeats", is_said: true, size: (1560, 1080) },
    Shot { name: "solution", scenario: "solution", is_said: true, size: (1560, 1080) },
    Shot { name: "readonly", scenario: "readonly", is_said: true, size: (1560, 1080) },
    Shot { name: "leftovers", scenario: "leftovers", is_said: false, size: (1560, 1080) },
    Shot { name: "done", scenario: "done", is_said: true, size: (1560, 1080) },
];

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        eprintln!("pictures: name a folder to write to");
        return ExitCode::FAILURE;
    };
    let wanted: Vec<String> = arguments.collect();
    for shot in SHOTS.iter().filter(|shot| wanted.is_empty() || wanted.iter().any(|name| name == shot.name)) {
        for dark in [false, true] {
            if let Err(failure) = take(shot, dark, &folder).await {
                eprintln!("pictures: {}: {failure}", shot.name);
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

async fn take(shot: &Shot, dark: bool, folder: &Path) -> Outcome<()> {
    let named = |view: &str| folder.join(format!("{}-{}-{view}.png", shot.name, if dark { "dark" } else { "light" }));
    let stage = Stage::open(Look { dark, size: shot.size, ..Look::at(shot.scenario) }).await?;
    stage.shown().await?;
    if shot.scenario == "leftovers" {
        return pane(&stage, &named("pane")).await;
    }
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.ask_for(dark).await?;
    if shot.is_said {
        stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await?;
        stage.to_page().await?;
        wait_for("a judgement", async || Ok(stage.bar().await?.filter(|said| !said.contains("Choose") && !said.contains("Reading")))).await?;
    }
    stage.to_page().await?;
    stage.press_bar("Owners").await?;
    stage.press_bar("Highlight").await?;
    let marks = "return document.querySelectorAll('[data-connection-lens]').length";
    wait_for("marks", async || Ok(stage.script(marks, vec![]).await?.as_u64().filter(|marks| *marks > 0))).await?;
    stage.picture(&named("overlay")).await?;
    stage.to_panel().await?;
    stage.picture(&named("panel")).await?;
    let address = stage.script("return chrome.runtime.getURL('options/options.html')", vec![]).await?;
    stage.new_tab(address.as_str().ok_or_else(|| Failure::new("the panel has no address"))?).await?;
    stage.ask_for(dark).await?;
    stage.panel_says("Compatibility").await?;
    stage.picture(&named("options")).await?;
    if shot.name == "half" {
        let address = stage.script("return chrome.runtime.getURL('first-run/first-run.html')", vec![]).await?;
        stage.driver.goto(address.as_str().ok_or_else(|| Failure::new("the panel has no address"))?).await?;
        stage.panel_says("What it never does").await?;
        stage.picture(&named("first-run")).await?;
    }
    stage.close().await
}

/// The connections pane with its rows marked.
async fn pane(stage: &Stage, file: &Path) -> Outcome<()> {
    stage.open_pane().await?;
    let rows = "return document.querySelectorAll('[data-connection-lens-row]').length";
    wait_for("marked rows", async || Ok(stage.script(rows, vec![]).await?.as_u64().filter(|rows| *rows > 3))).await?;
    stage.picture(file).await
}
