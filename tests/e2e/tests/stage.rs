//! The stage itself: what the other tests rely on.

use connection_lens_e2e::{Look, Outcome, Stage, wait_for};
use serde_json::json;

/// Whether a process names the folder in its command line. Only Linux tells.
#[cfg(target_os = "linux")]
fn is_used(folder: &std::path::Path) -> bool {
    let folder = folder.to_string_lossy().into_owned();
    let Ok(processes) = std::fs::read_dir("/proc") else { return false };
    processes.flatten().filter_map(|process| std::fs::read(process.path().join("cmdline")).ok()).any(|line| String::from_utf8_lossy(&line).contains(&folder))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_stage_that_falls_leaves_nothing_behind() -> Outcome<()> {
    let stage = Stage::open(Look::at("half")).await?;
    let folder = stage.folder().to_owned();
    assert!(is_used(&folder) && folder.join("package/manifest.json").is_file());
    // As a failing test does: nobody closes it.
    drop(stage);
    wait_for("the browser's end", async || Ok((!is_used(&folder)).then_some(()))).await?;
    assert!(!folder.exists(), "{} is still there", folder.display());
    Ok(())
}

#[tokio::test]
async fn a_killed_worker_is_gone_until_somebody_needs_it() -> Outcome<()> {
    let stage = Stage::open(Look::at("half")).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    assert!(stage.kill_worker().await?, "there was a worker");
    // Nothing that it held in memory is there any more; the panel's question starts another.
    stage.open_panel().await?;
    stage.panel_says("Invoice approval").await?;
    wait_for("another worker", async || Ok(stage.kill_worker().await?.then_some(()))).await?;
    stage.close().await
}

#[tokio::test]
async fn the_console_is_heard() -> Outcome<()> {
    let stage = Stage::open(Look::at("half")).await?;
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

#[tokio::test]
async fn no_host_but_the_portals_is_reached() -> Outcome<()> {
    let stage = Stage::open(Look::at("half")).await?;
    let script = "const done = arguments[0]; fetch('https://example.com/', { mode: 'no-cors' }).then(() => done('reached'), () => done('nowhere'))";
    assert_eq!(stage.driver.execute_async(script, vec![]).await?.json(), &json!("nowhere"));
    stage.close().await
}
