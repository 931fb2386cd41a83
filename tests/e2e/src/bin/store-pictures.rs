//! The stores' pictures, in the sizes that they ask for: `cargo run -p connection-lens-e2e --bin store-pictures [-- FOLDER]`. The side panel is a window of
//! its own to a driver, so page and panel are pictured each and put side by side, as they stand in the browser.

#![allow(clippy::indexing_slicing, reason = "all indices here are of JSON values, and an absent one gives null")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use connection_lens_e2e::{Failure, Look, Outcome, Stage, wait_for};
use serde_json::{Value, json};

const INTENDED: &str = "svc-flows@contoso.com";

/// Of the stores' 1280 pixels the panel has this many.
const PANEL: u32 = 376;
const SIZE: (u32, u32) = (1280, 800);

/// The page around what is put together: nothing of the browser's own look.
const PAPER: &str = "<!doctype html><meta charset=utf-8><style>html,body{margin:0;overflow:hidden;height:100%}</style>";

/// A picture of page and panel.
struct Shot {
    name: &'static str,
    scenario: &'static str,
    dark: bool,
    /// The bar's button that is pressed.
    pressed: &'static str,
}

const SHOTS: [Shot; 3] = [
    Shot { name: "1-highlight", scenario: "half", dark: false, pressed: "Highlight" },
    Shot { name: "2-owners", scenario: "half", dark: false, pressed: "Owners" },
    Shot { name: "4-dark", scenario: "leaver", dark: true, pressed: "Owners" },
];

#[tokio::main]
async fn main() -> ExitCode {
    let folder = std::env::args().nth(1).map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures/store"), PathBuf::from);
    match all(&folder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("store-pictures: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn all(folder: &Path) -> Outcome<()> {
    let folder = fs::create_dir_all(folder).and_then(|()| fs::canonicalize(folder))?;
    for shot in &SHOTS {
        take(shot, &folder).await?;
    }
    connections(&folder.join("3-connections.png")).await
}

async fn take(shot: &Shot, folder: &Path) -> Outcome<()> {
    let stage = Stage::open(Look { dark: shot.dark, ..Look::at(shot.scenario) }).await?;
    sized(&stage, (SIZE.0 - PANEL, SIZE.1)).await?;
    stage.shown().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.ask_for(shot.dark).await?;
    sized(&stage, (PANEL, SIZE.1)).await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await?;
    stage.to_page().await?;
    wait_for("a judgement", async || Ok(stage.bar().await?.filter(|said| !said.contains("Choose") && !said.contains("Reading")))).await?;
    stage.press_bar(shot.pressed).await?;
    marked(&stage, "[data-connection-lens]").await?;
    let page = stage.folder().join("page.png");
    stage.picture(&page).await?;
    let beside = stage.folder().join("panel.png");
    stage.to_panel().await?;
    stage.picture(&beside).await?;
    let rule = if shot.dark { "#3d3d3d" } else { "#d1d1d1" };
    let both = format!(
        "{PAPER}<style>body{{display:flex}}img+img{{box-shadow:-1px 0 {rule}}}</style><img src='file://{}'><img src='file://{}'>",
        page.display(),
        beside.display()
    );
    compose(&stage, &both, SIZE, &folder.join(format!("{}.png", shot.name))).await?;
    if shot.name == "1-highlight" {
        options(&stage, &folder.join("5-options.png")).await?;
        compose(&stage, &tile((440, 280), "")?, (440, 280), &folder.join("tile-440.png")).await?;
        let piece = piece(&stage).await?;
        compose(&stage, &tile((1400, 560), &piece)?, (1400, 560), &folder.join("tile-1400.png")).await?;
    }
    stage.close().await
}

/// A flow's connections pane, which tells what may go.
async fn connections(file: &Path) -> Outcome<()> {
    let stage = Stage::open(Look::at("leftovers")).await?;
    sized(&stage, SIZE).await?;
    stage.shown().await?;
    stage.open_pane().await?;
    marked(&stage, "[data-connection-lens-row]").await?;
    // The last are those that nothing uses.
    stage.script("[...document.querySelectorAll('[data-connection-lens-row]')].at(-1).scrollIntoView({ block: 'end' })", vec![]).await?;
    stage.picture(file).await?;
    stage.close().await
}

/// The options, after somebody said who is intended.
async fn options(stage: &Stage, file: &Path) -> Outcome<()> {
    stage.to_panel().await?;
    let address = stage.script("return chrome.runtime.getURL('options/options.html')", vec![]).await?;
    let address = address.as_str().ok_or_else(|| Failure::new("the panel has no address"))?;
    stage.new_tab("about:blank").await?;
    stage.ask_for(false).await?;
    sized(stage, SIZE).await?;
    stage.driver.goto(address).await?;
    stage.panel_says("Compatibility").await?;
    stage.picture(file).await
}

/// The icon, the name, and beside them something of the designer.
fn tile((width, height): (u32, u32), beside: &str) -> Outcome<String> {
    let icon = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension/icons/icon.svg"))?;
    let (side, letters, edge) = (height * 2 / 5, height / 11, width / 20);
    Ok(format!(
        "{PAPER}<style>body{{background:#f5f5f5;color:#242424;display:flex;align-items:center;justify-content:center;gap:{edge}px}}\
         .name{{flex:none;text-align:center;font:600 {letters}px/1.3 'Segoe UI','Open Sans',sans-serif}}.name svg{{display:block;width:{side}px;height:{side}px;margin:0 auto}}\
         .piece{{flex:none;width:640px;height:400px;border-radius:8px;box-shadow:0 0 0 1px #d1d1d1}}</style><div class=name>{icon}Connection Lens<br>for Power Automate</div>{beside}"
    ))
}

/// Twice as large as it stands on the page: what is around the first operation that is marked.
async fn piece(stage: &Stage) -> Outcome<String> {
    stage.to_page().await?;
    let place = "const { left, top, width, height } = document.querySelector('[data-connection-lens]').getBoundingClientRect(); return [left + width / 2, top + height / 2]";
    let place = stage.script(place, vec![]).await?;
    let (Some(x), Some(y)) = (place[0].as_f64(), place[1].as_f64()) else { return Err(Failure::new("no operation is marked")) };
    let clip = json!({ "x": x - 140.0, "y": (y - 70.0).max(0.0), "width": 320, "height": 200, "scale": 2 });
    let shot = stage.cdp("Page.captureScreenshot", json!({ "format": "png", "clip": clip })).await?;
    let pixels = shot["data"].as_str().ok_or_else(|| Failure::new("the browser gave no picture"))?;
    Ok(format!("<img class=piece src='data:image/png;base64,{pixels}'>"))
}

/// Pictures a page that is made for it.
async fn compose(stage: &Stage, html: &str, size: (u32, u32), file: &Path) -> Outcome<()> {
    let paper = stage.folder().join("paper.html");
    fs::write(&paper, html)?;
    stage.new_tab(&format!("file://{}", paper.display())).await?;
    sized(stage, size).await?;
    let loaded = "return [...document.images].every((image) => image.complete && image.naturalWidth > 0)";
    wait_for("its pictures", async || Ok((stage.script(loaded, vec![]).await? == Value::Bool(true)).then_some(()))).await?;
    stage.picture(file).await
}

async fn sized(stage: &Stage, (width, height): (u32, u32)) -> Outcome<()> {
    stage.cdp("Emulation.setDeviceMetricsOverride", json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false })).await?;
    stage.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await.map(drop)
}

async fn marked(stage: &Stage, selector: &str) -> Outcome<()> {
    let count = format!("return document.querySelectorAll('{selector}').length");
    wait_for("marks", async || Ok(stage.script(&count, vec![]).await?.as_u64().filter(|marks| *marks > 0))).await.map(drop)
}
