//! Figure 12: in private windows, where a person allowed it, everything works, and nothing of it is written to disk or outlives the last of them.

use std::path::Path;

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use serde_json::json;

/// Decided in an ordinary window: found on disk, so that not finding the others means something.
const OPEN: &str = "svc-open-canary@contoso.com";
/// Decided in a private window.
const SECRET: &str = "svc-secret-canary@contoso.com";
/// Decided there about a file that was dropped on the panel.
const OF_A_FILE: &str = "svc-file-canary@contoso.com";
const NOTE: &str = "secret-canary-note";

/// Types an account into the panel's chooser and takes it, as a person does.
async fn choose(stage: &Stage, account: &str) -> Outcome<()> {
    stage.click("[data-key='chooser:open']").await?;
    let script = "const input = document.querySelector(\"[data-key='chooser:type']\"); if (!input) return false; input.value = arguments[0]; input.dispatchEvent(new Event('input', { bubbles: true })); return true";
    wait_for("the chooser's field", async || Ok((stage.script(script, vec![json!(account)]).await? == json!(true)).then_some(()))).await?;
    let take = "const form = document.querySelector(\"[data-key='chooser:use']\"); if (!form?.querySelector('button')) return false; form.requestSubmit(); return true";
    wait_for("the chooser's button", async || Ok((stage.script(take, vec![]).await? == json!(true)).then_some(()))).await
}

/// The files below a folder that hold a text, in one of the forms in which browsers write it.
fn files_with(folder: &Path, text: &str) -> Outcome<Vec<String>> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
                if holds(text.as_bytes()) || holds(&wide) {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    Ok(found)
}

pub async fn private_windows_work_and_leave_nothing(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { private: true, ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": [OPEN], "scope": "everywhere", "at": 1.0 })).await?;
    stage.panel_says(OPEN).await?;
    stage.to_page().await?;
    stage.bar_says("12 to change").await?;

    let private = stage.private_window().await?;
    stage.driver.goto(stage.portal.flow_url(1)).await?;
    stage.bar_says("3 to change").await?;
    stage.open_another_panel().await?;
    stage.to_panel_saying("New starter").await?;
    stage.send(json!({ "kind": "intend", "accounts": [SECRET], "scope": "flow", "at": 2.0 })).await?;
    stage.send(json!({ "kind": "note", "item": "people", "text": NOTE, "at": 3.0 })).await?;
    stage.panel_says(SECRET).await?;
    // A file that is dropped there is judged there, and what is decided about it stays there too.
    let drop = "const transfer = new DataTransfer(); transfer.items.add(new File([arguments[0]], 'dropped.json')); document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))";
    stage.script(drop, vec![json!(stage.portal.flow_json(2).to_string())]).await?;
    stage.panel_says("From the file dropped.json").await?;
    choose(&stage, OF_A_FILE).await?;
    stage.panel_says(OF_A_FILE).await?;
    let session = wait_for("what was decided", async || {
        let stored = stage.stored("session").await?.to_string();
        Ok([SECRET, NOTE, OF_A_FILE].iter().all(|secret| stored.contains(secret)).then_some(stored))
    })
    .await?;
    assert!(!session.contains(OPEN), "the ordinary window's settings are read from disk, not copied");
    let local = stage.stored("local").await?.to_string();
    assert!(local.contains(OPEN) && ![SECRET, NOTE, OF_A_FILE].iter().any(|secret| local.contains(secret)), "{local}");
    // The other window never hears of it.
    stage.to_page().await?;
    stage.bar_says("12 to change").await?;

    // With the last private window it is over.
    stage.to_window(&private).await?;
    stage.driver.close_window().await?;
    stage.to_page().await?;
    stage.to_panel_saying("Invoice approval").await?;
    wait_for("the end of it in memory", async || {
        let stored = stage.stored("session").await?.to_string();
        Ok((![SECRET, NOTE, OF_A_FILE, "New starter"].iter().any(|secret| stored.contains(secret))).then_some(()))
    })
    .await?;
    stage.to_page().await?;
    let folder = stage.close_and_keep().await?;
    let of_open = files_with(folder.path(), OPEN)?;
    assert!(!of_open.is_empty(), "what an ordinary window keeps is found: else the search finds nothing");
    for secret in [SECRET, NOTE, OF_A_FILE] {
        let found = files_with(folder.path(), secret)?;
        if !found.is_empty() {
            return Err(Failure::new(format!("{secret} is written in {found:?}")));
        }
    }
    measured(
        12,
        format!(
            "in a private window: bar, panel and a dropped file work; written to disk 0 of 3 canaries (the ordinary window's: {} file(s)), left in memory after its end 0",
            of_open.len()
        ),
    );
    Ok(())
}

/// Where nobody allowed it, it isn't there: the browser's own rule, which people rely on.
pub async fn without_leave_nothing_runs_in_private_windows(browser: Browser) -> Outcome<()> {
    if browser == Browser::Chromium {
        // There only a page of the extension or a person opens such a window, and the page for extensions can't be told to forbid what was never allowed.
        let stage = Stage::open(Look::at("half").with(browser)).await?;
        stage.designer().await?;
        wait_for("the bar", async || stage.bar().await).await?;
        stage.open_panel().await?;
        let told = stage.ask("const done = arguments[0]; chrome.extension.isAllowedIncognitoAccess().then(done)", vec![]).await?;
        assert_eq!(told, json!(false));
        return stage.close().await;
    }
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.private_window().await?;
    stage.driver.goto(stage.portal.flow_url(1)).await?;
    stage.here_is_a_designer().await?;
    assert_eq!(stage.bar().await?, None);
    assert_eq!(stage.marks().await?.len(), 0);
    stage.close().await
}
