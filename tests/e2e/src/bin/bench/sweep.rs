//! A whole sweep of a large environment: how long, how many requests, what it takes in storage and memory, and how the page with all of it answers a press.

use std::time::Instant;

use connection_lens_e2e::{Failure, Look, Outcome, Stage, WITHOUT_MINUTES, wait_for};
use serde_json::json;

use crate::told;

const SWEEP: &str = include_str!("sweep.js");
const WATCH: &str = include_str!("watch.js");

/// How often each thing is pressed.
const TIMES: usize = 9;

/// Measures it on the practice portal's environment of so many flows.
pub async fn measure(flows: &str) -> Outcome<()> {
    let stage = Stage::open(Look { changes: vec![WITHOUT_MINUTES], ..Look::at(&format!("environment-{flows}")) }).await?;
    stage.to_page().await?;
    stage.use_lists().await?;
    stage.open_sweep().await?;
    let before = memory();
    let start = Instant::now();
    stage.use_in_panel("sweep:start").await?;
    stage.sweep_says("all lists read", |figures| figures.state == "counted").await?;
    stage.use_in_panel("sweep:go").await?;
    let done = stage.sweep_says("the sweep's end", |figures| figures.state == "done").await?;
    let took = start.elapsed();
    told::row(
        "sweep.time",
        (took / u32::try_from(done.requests).unwrap_or_default().max(1)).as_secs_f64() * 1000.0,
        &format!("ms a request: {} for {} flows in {:.0} s, without the budget of a minute", done.requests, done.flows, took.as_secs_f64()),
        None,
    );
    // What nobody holds any more doesn't count, as far as the page can be told to let go of it.
    stage.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    if let Some((before, after)) = before.zip(memory()) {
        told::row(
            "sweep.memory",
            after - before,
            &format!("MB more in the processes of the extension, its page with all of it included; {before:.0} before"),
            None,
        );
    }
    let stored = "const done = arguments[0]; chrome.storage.local.getBytesInUse(null).then(done)";
    told::row("sweep.storage", stage.ask(stored, vec![]).await?.as_f64().unwrap_or_default() / 1e6, "MB in local storage, of the 10 that there are", None);
    let opened = opened(&stage).await?;
    told::row("sweep.open", opened, "ms from the navigation of its page to the table", None);
    let found = stage.driver.execute_async(SWEEP, vec![json!(TIMES)]).await?.json().clone();
    for what in ["filter", "sort", "page"] {
        let took: Vec<f64> = serde_json::from_value(found[what].clone()).map_err(|_| Failure::new(format!("the page counted {found}")))?;
        told::row(
            &format!("sweep.{what}"),
            told::median(&took),
            &format!("ms from the press to the frame with the table; {:.0} at most", took.iter().copied().fold(0.0, f64::max)),
            None,
        );
    }
    stage.close().await
}

/// Opens the page anew: from its navigation until the table stands in it.
async fn opened(stage: &Stage) -> Outcome<f64> {
    stage.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    let settled = "return document.querySelector('tr.flow') && performance.now() - window.bench.changed > 500 ? window.bench.changed : 0";
    let mut took = Vec::new();
    for _ in 0..5 {
        stage.driver.refresh().await?;
        took.push(wait_for("the table", async || Ok(stage.script(settled, vec![]).await?.as_f64().filter(|took| *took > 0.0))).await?);
    }
    Ok(told::median(&took))
}

/// What the extension's processes hold in memory that is theirs alone, in megabytes. On Linux only, which tells it in files.
fn memory() -> Option<f64> {
    let is_ours =
        |process: &std::path::Path| std::fs::read(process.join("cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).contains("--extension-process"));
    let of = |process: std::path::PathBuf| -> Option<f64> {
        let status = std::fs::read_to_string(process.join("status")).ok()?;
        status.lines().find_map(|line| line.strip_prefix("RssAnon:")?.split_whitespace().next()?.parse().ok())
    };
    let held: Vec<f64> = std::fs::read_dir("/proc").ok()?.flatten().map(|entry| entry.path()).filter(|path| is_ours(path)).filter_map(of).collect();
    (!held.is_empty()).then(|| held.iter().sum::<f64>() / 1000.0)
}
