//! A sweep for a private window: it lies in memory, and with the last private window it is gone.

use connection_lens_e2e::{Browser, Look, Outcome, Stage, measured, wait_for};
use serde_json::Value;

use crate::asked::Asked;
use crate::beside::swept;
use crate::look;

/// The keys that belong to sweeps.
fn of_sweeps(stored: &Value) -> Vec<&String> {
    stored.as_object().into_iter().flatten().map(|(key, _)| key).filter(|key| key.starts_with("sweep")).collect()
}

pub async fn a_private_windows_sweep_leaves_nothing(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { private: true, heard: true, ..look("environment-30") }.with(browser)).await?;
    // So that no ordinary window shows an environment.
    stage.go("about:blank").await?;
    let private = stage.private_window().await?;
    stage.driver.goto(stage.portal.url()).await?;
    stage.use_lists().await?;
    stage.to_page().await?;
    swept(&stage).await?;
    Asked::of(&stage.portal).is_exact(&stage.portal, true)?;
    let (session, local) = (stage.stored("session").await?, stage.stored("local").await?);
    assert!(of_sweeps(&session).len() > 2, "head, flows and connections lie in memory: {:?}", of_sweeps(&session));
    assert_eq!(of_sweeps(&local), Vec::<&String>::new(), "nothing of it on disk");
    // Firefox complains of a script that it ends itself, when a window closes while the page says that it is left.
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    let sweep = stage.driver.window().await?;
    stage.to_window(&private).await?;
    stage.driver.close_window().await?;
    stage.to_window(&sweep).await?;
    let is_gone = async || Ok((of_sweeps(&stage.stored("session").await?).is_empty()).then_some(()));
    wait_for("the end of it in memory", is_gone).await?;
    let says = "return document.querySelector('main.sweep')?.textContent ?? ''";
    let flows: Vec<String> = stage.portal.planted().into_iter().map(|flow| flow.name).collect();
    let nothing = async || {
        let said = stage.script(says, vec![]).await?.as_str().unwrap_or_default().to_owned();
        Ok((!said.is_empty() && !flows.iter().any(|name| said.contains(name.trim()))).then_some(()))
    };
    wait_for("the page without it", nothing).await?;
    assert_eq!(stage.stored("local").await?.get("sweeps"), None);
    measured(12, "a sweep for a private window: keys on disk 0, left in memory after its end 0");
    stage.close().await
}
