//! The options page, in Chromium on the built package.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

use connection_lens_e2e::{Browser, Look, Outcome, Stage, in_each_browser, wait_for};
use serde_json::{Value, json};

/// The portal with a flow open, and the options page beside it, in front.
async fn with_options(look: Look) -> Outcome<Stage> {
    let stage = Stage::open(look).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.panel_says("Live from the designer").await?;
    let address = stage.script("return chrome.runtime.getURL('options/options.html')", vec![]).await?;
    stage.new_tab(address.as_str().unwrap_or_default()).await?;
    Ok(stage)
}

async fn what_holds_is_told_tab_by_tab(browser: Browser) -> Outcome<()> {
    let stage = with_options(Look::at("half").with(browser)).await?;
    let said = stage.panel_says("Found 12 of 12 operations").await?;
    for wanted in ["Unsaved changes are followed", "Read, with", "It tells which flow is open", "make.powerautomate.com"] {
        assert!(said.contains(wanted), "{wanted} is missing in: {said}");
    }
    assert!(!said.contains("In part"), "{said}");
    stage.close().await
}

/// Every value that the portal shows or sends is somebody's. None of them may stand in a report: names, addresses, ids, connections, operations.
async fn a_bug_report_holds_shapes_only(browser: Browser) -> Outcome<()> {
    let stage = with_options(Look::at("half").with(browser)).await?;
    stage.panel_says("Found 12 of 12 operations").await?;
    let press = "const button = [...document.querySelectorAll('#compatibility button')][0]; button?.click(); return button !== undefined";
    wait_for("the report's button", async || Ok((stage.script(press, vec![]).await? == Value::Bool(true)).then_some(()))).await?;
    let told = wait_for("the report", async || {
        let told = stage.script("return document.querySelector('dialog[open] pre')?.textContent ?? ''", vec![]).await?;
        Ok(told.as_str().filter(|told| told.len() > 200).map(str::to_owned))
    })
    .await?;
    let report: Value = serde_json::from_str(&told)?;
    assert_eq!(report["page"]["view"], json!("designer"));
    assert!(report["page"]["counts"][".react-flow__node"].as_u64().is_some_and(|count| count >= 12), "{}", report["page"]);
    let answers = report["answers"].as_object().map(|answers| answers.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    assert!(answers.iter().any(|name| name.contains("/flows/{id}/connections")), "{answers:?}");
    let lower = told.to_lowercase();
    let mut values = Vec::new();
    for flow in 0..3 {
        canaries(&stage.portal.flow_json(flow), &mut values);
    }
    assert!(values.len() > 40, "the flows hold values to look for: {}", values.len());
    for value in values.iter().map(String::as_str).chain(["Kovač", "ortiz", "contoso", "svc-flows", "8323f7fe", "1f2e3d4c"]) {
        assert!(!lower.contains(&value.to_lowercase()), "the report holds {value:?}:\n{told}");
    }
    stage.close().await
}

/// What is kept is listed and can be deleted; the page follows at once.
async fn what_is_kept_can_be_deleted(browser: Browser) -> Outcome<()> {
    let stage = with_options(Look::at("half").with(browser)).await?;
    let options = stage.driver.window().await?;
    // Decisions are the panel's to tell; from the options they would not be heard.
    stage.to_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "flow" })).await?;
    stage.send(json!({ "kind": "tick", "step": "people", "on": true, "at": 1.0 })).await?;
    stage.to_window(&options).await?;
    let said = stage.panel_says("1 intended account · 1 tick").await?;
    assert!(said.contains("1 flow, "), "{said}");
    let press = "document.querySelector('#data .buttons button').click()";
    stage.script(press, vec![]).await?;
    stage.panel_says("Delete for good?").await?;
    assert!(stage.stored("local").await?.as_object().is_some_and(|kept| !kept.is_empty()), "once is not enough");
    stage.script(press, vec![]).await?;
    stage.panel_says("Nothing is kept yet").await?;
    assert_eq!(stage.stored("local").await?, json!({}));
    stage.to_page().await?;
    stage.bar_says("Choose the intended account").await?;
    stage.close().await
}

/// Presses a button on the page by the words on it, or by its name.
async fn press(stage: &Stage, words: &str) -> Outcome<()> {
    let script = "const button = [...document.querySelectorAll('button, label.segment, label.switch')].find((button) => button.checkVisibility() && (button.textContent.trim() === arguments[0] || button.getAttribute('aria-label') === arguments[0] || button.querySelector('span')?.firstChild?.textContent === arguments[0])); button?.click(); return button !== undefined";
    wait_for(words, async || Ok((stage.script(script, vec![json!(words)]).await? == Value::Bool(true)).then_some(()))).await
}

/// Puts a value into a field of the rule's dialog, as a person would.
async fn fill(stage: &Stage, id: &str, value: &str) -> Outcome<()> {
    let script = "const field = document.getElementById(arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true })); return field.value === arguments[1]";
    wait_for(id, async || Ok((stage.script(script, vec![json!(id), json!(value)]).await? == Value::Bool(true)).then_some(()))).await
}

async fn table(stage: &Stage) -> Outcome<String> {
    let said = stage.script("return document.querySelector('#rules .table').innerText", vec![]).await?;
    Ok(said.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A rule is added, judged by, explained, changed, deleted and put back; a wrong one is refused in a sentence.
#[tokio::test]
async fn rules_are_written_explained_and_taken_back() -> Outcome<()> {
    let stage = with_options(Look::at("half")).await?;
    stage.panel_says("No rule yet").await?;
    press(&stage, "Add rule").await?;
    fill(&stage, "rule_accounts", "Ana Kovač").await?;
    press(&stage, "Save rule").await?;
    stage.panel_says("“Ana Kovač” is no account").await?;
    fill(&stage, "rule_accounts", "svc-flows@contoso.com").await?;
    press(&stage, "Save rule").await?;
    stage.panel_says("The rule is saved").await?;
    // A second one, for one connector: there Ana is as intended.
    press(&stage, "Add rule").await?;
    fill(&stage, "rule_connector", "shared_office365").await?;
    fill(&stage, "rule_accounts", "ana.kovac@contoso.com\nben.ortiz@contoso.com").await?;
    press(&stage, "Save rule").await?;
    let wanted =
        "1 Everywhere All environments Any svc-flows@contoso.com 2 Everywhere All environments Office 365 Outlook ana.kovac@contoso.com ben.ortiz@contoso.com";
    wait_for("both rules", async || Ok(table(&stage).await?.contains(wanted).then_some(()))).await?;
    let said = stage.panel_says("The rule for this connector is the most specific one that fits").await?;
    assert!(said.contains("Fits too: Rule 1") && said.contains("No more specific rule fits"), "{said}");
    let options = stage.driver.window().await?;
    stage.to_page().await?;
    stage.bar_says("1 to change").await?;
    stage.to_window(&options).await?;
    press(&stage, "Delete rule 2").await?;
    wait_for("the rule to go", async || Ok((!table(&stage).await?.contains("Outlook")).then_some(()))).await?;
    press(&stage, "Put it back").await?;
    wait_for("the rule to come back", async || Ok(table(&stage).await?.contains("Outlook").then_some(()))).await?;
    stage.close().await
}

/// What is chosen there is worn by the panel at once, and by the bar and the marks.
#[tokio::test]
async fn appearance_is_followed_at_once() -> Outcome<()> {
    let stage = with_options(Look::at("half")).await?;
    let options = stage.driver.window().await?;
    stage.to_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.to_window(&options).await?;
    for choice in ["Dark", "Mail address", "Top", "Orange and blue"] {
        press(&stage, choice).await?;
    }
    stage.to_panel().await?;
    let worn = "return document.documentElement.dataset.theme + ' ' + document.documentElement.dataset.colours + ' ' + getComputedStyle(document.documentElement).colorScheme";
    wait_for("the panel in dark", async || Ok((stage.script(worn, vec![]).await? == json!("dark safe dark")).then_some(()))).await?;
    stage.to_page().await?;
    stage.press_bar("Owners").await?;
    let label = "return document.documentElement.hasAttribute('data-connection-lens-safe') && [...document.querySelectorAll('[data-connection-lens=mismatch]')].some((card) => card.dataset.connectionLensLabel.includes('@contoso.com'))";
    wait_for("addresses on the cards", async || Ok((stage.script(label, vec![]).await? == Value::Bool(true)).then_some(()))).await?;
    let (_, top) = stage.bar_place().await?;
    assert!(top < 300, "the bar stands at the canvas' upper edge: {top}");
    stage.close().await
}

/// Settings leave as a file and come back as they were; a bad file changes nothing, and says what is wrong.
#[tokio::test]
async fn settings_travel_as_a_file() -> Outcome<()> {
    let stage = with_options(Look::at("half")).await?;
    stage.panel_says("No rule yet").await?;
    let file = "const [text, done] = arguments; const input = document.querySelector('.files input'); const files = new DataTransfer(); files.items.add(new File([text], 'other.json')); input.files = files.files; input.dispatchEvent(new Event('change')); done(true)";
    let take = async |text: String| stage.driver.execute_async(file, vec![json!(text)]).await.map(drop);
    take("{ \"format\": \"connection-lens/settings/1\", \"settings\": { \"acounts\": [] } }".to_owned()).await?;
    stage.panel_says("This value can’t be taken over: settings.acounts. Nothing was changed").await?;
    assert_eq!(stage.stored("local").await?, json!({}));
    take("{ \"format\": ".to_owned()).await?;
    stage.panel_says("there is a mistake in line 1").await?;
    let settings = json!({ "accounts": ["svc-*@contoso.com"], "rules": [{ "accounts": ["a@contoso.com"], "environment": "e", "connector": "shared_sql" }] });
    take(json!({ "format": "connection-lens/settings/1", "settings": settings, "appearance": { "theme": "light" } }).to_string()).await?;
    stage.panel_says("The settings in other.json are taken over").await?;
    wait_for("the rules", async || Ok(Some(table(&stage).await?).filter(|said| said.contains("svc-*@contoso.com") && said.contains("SQL Server")))).await?;
    let kept = stage.stored("local").await?;
    // What is written is what a person saves: the page's own link is caught before the browser saves it.
    let save = "const done = arguments[0]; const made = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then(done); return made.call(URL, new Blob([])) }; HTMLAnchorElement.prototype.click = () => {}; [...document.querySelectorAll('.files button')][0].click()";
    let written: Value = serde_json::from_str(stage.driver.execute_async(save, vec![]).await?.json().as_str().unwrap_or_default())?;
    assert_eq!((&written["settings"]["rules"], &written["appearance"]), (&kept["settings"]["rules"], &kept["appearance"]));
    press(&stage, "Put it back").await?;
    stage.panel_says("No rule yet").await?;
    stage.close().await
}

/// The page after installing: half a name is refused, a whole one is kept, and a flow that is open follows at once.
#[tokio::test]
async fn the_first_account_is_set_on_the_first_run_page() -> Outcome<()> {
    let stage = Stage::open(Look::at("half")).await?;
    stage.designer().await?;
    stage.bar_says("Choose the intended account").await?;
    stage.open_panel().await?;
    let address = stage.script("return chrome.runtime.getURL('first-run/first-run.html')", vec![]).await?;
    stage.new_tab(address.as_str().unwrap_or_default()).await?;
    let said = stage.panel_says("Who should stand behind your flows?").await?;
    assert!(said.contains("What it never does Change a flow"), "{said}");
    let field = "const field = document.querySelector('.field'); field.value = arguments[0]; field.form.requestSubmit()";
    stage.script(field, vec![json!("Flow Service")]).await?;
    stage.panel_says("“Flow Service” is no account").await?;
    stage.script(field, vec![json!(" svc-flows@contoso.com ")]).await?;
    stage.panel_says("svc-flows@contoso.com is intended for every flow").await?;
    assert_eq!(stage.stored("local").await?["settings"]["accounts"], json!(["svc-flows@contoso.com"]));
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    stage.close().await
}

/// Values and given names in a flow that are long enough to be told from a field's name.
fn canaries(value: &Value, found: &mut Vec<String>) {
    match value {
        // Microsoft's own word for where a connection comes from; the report has a field of that name.
        Value::String(text) if text == "Embedded" => {}
        Value::String(text) if text.len() >= 8 && !text.starts_with("http") => found.push(text.clone()),
        Value::Array(rows) => rows.iter().for_each(|row| canaries(row, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                if key.contains('_') || key.contains(' ') {
                    found.push(key.clone());
                }
                canaries(value, found);
            }
        }
        _ => {}
    }
}

in_each_browser!(what_holds_is_told_tab_by_tab, a_bug_report_holds_shapes_only, what_is_kept_can_be_deleted,);
