//! The stage itself: what the other tests rely on.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, in_each_browser, wait_for};
use serde_json::json;

/// Whether a process names the folder in its command line. Only Linux tells.
#[cfg(target_os = "linux")]
fn is_used(folder: &std::path::Path) -> bool {
    let folder = folder.to_string_lossy().into_owned();
    let Ok(processes) = std::fs::read_dir("/proc") else { return false };
    processes.flatten().filter_map(|process| std::fs::read(process.path().join("cmdline")).ok()).any(|line| String::from_utf8_lossy(&line).contains(&folder))
}

#[cfg(target_os = "linux")]
async fn a_stage_that_falls_leaves_nothing_behind(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    let folder = stage.folder().to_owned();
    assert!(is_used(&folder) && folder.join("package/manifest.json").is_file());
    // As a failing test does: nobody closes it.
    drop(stage);
    wait_for("the browser's end", async || Ok((!is_used(&folder)).then_some(()))).await?;
    assert!(!folder.exists(), "{} is still there", folder.display());
    Ok(())
}

async fn a_killed_worker_is_gone_until_somebody_needs_it(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    assert!(stage.kill_worker().await?, "there was a worker");
    // Nothing that it held in memory is there any more; the panel's question starts another.
    stage.open_panel().await?;
    stage.panel_says("Invoice approval").await?;
    wait_for("another worker", async || Ok(stage.kill_worker().await?.then_some(()))).await?;
    stage.close().await
}

async fn the_console_is_heard(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    stage.script("console.error('a word'); setTimeout(() => { throw new Error('a slip') })", vec![]).await?;
    let mut heard = Vec::new();
    wait_for("both", async || {
        heard.extend(stage.console().await?.into_iter().filter(|said| said.level == "SEVERE").map(|said| said.text));
        Ok(["a word", "a slip"].iter().all(|words| heard.iter().any(|text| text.contains(words))).then_some(()))
    })
    .await?;
    stage.close().await
}

/// In this stage's copy the background errs in each way that there is, as soon as it is told to.
fn with_slips(background: &str) -> String {
    format!(
        "{background}\nchrome.runtime.onMessage.addListener((message) => {{ if (message?.slip === true) {{ console.error('a word'); setTimeout(() => {{ throw new Error('a slip'); }}); Promise.reject(new Error('a broken promise')); }} return false; }});\n"
    )
}

async fn the_backgrounds_complaints_are_heard(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { heard: true, changes: vec![("background.js", with_slips)], ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    stage.open_panel().await?;
    stage.panel_says("Invoice approval").await?;
    stage.script("chrome.runtime.sendMessage({ slip: true }).catch(() => {})", vec![]).await?;
    let mut heard = Vec::new();
    wait_for("all three", async || {
        heard.extend(stage.complaints().await?);
        Ok(["a word", "a slip", "a broken promise"].iter().all(|words| heard.iter().any(|text| text.contains(words))).then_some(()))
    })
    .await
    .map_err(|failure| Failure::new(format!("{failure}: {heard:?}")))?;
    stage.close().await
}

async fn whatever_is_asked_of_anybody_stands_in_the_portals_log(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { bare: true, ..Look::at("half").with(browser) }).await?;
    let script = "const done = arguments[0]; fetch('https://example.com/some/where', { method: 'POST', mode: 'no-cors', body: 'x' }).then(() => done('answered'), () => done('nowhere'))";
    assert_eq!(stage.ask(script, vec![]).await?, json!("answered"));
    let log = stage.portal.log();
    assert!(log.iter().any(|request| request.host == "example.com" && request.path_and_query == "/some/where" && request.body_len == 1));
    stage.close().await
}

#[cfg(target_os = "linux")]
in_each_browser!(
    a_stage_that_falls_leaves_nothing_behind,
    a_killed_worker_is_gone_until_somebody_needs_it,
    the_console_is_heard,
    the_backgrounds_complaints_are_heard,
    whatever_is_asked_of_anybody_stands_in_the_portals_log,
);

#[cfg(not(target_os = "linux"))]
in_each_browser!(
    a_killed_worker_is_gone_until_somebody_needs_it,
    the_console_is_heard,
    the_backgrounds_complaints_are_heard,
    whatever_is_asked_of_anybody_stands_in_the_portals_log,
);
