//! Everywhere a flow is edited or cleaned up, in Chromium on the built package.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

use connection_lens_e2e::{Browser, Look, Outcome, Stage, in_each_browser, measured, wait_for};
use practice_portal::{Cloud, Options, Place};
use serde_json::{Value, json};

const INTENDED: &str = "svc-flows@contoso.com";

/// A stage on an address of its portal, with nothing said yet.
async fn at(look: Look, address: impl FnOnce(&Stage) -> String) -> Outcome<Stage> {
    let stage = Stage::open(look).await?;
    let address = address(&stage);
    stage.go(&address).await?;
    Ok(stage)
}

async fn intend(stage: &Stage) -> Outcome<()> {
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await
}

/// The cards or rows on the page that bear a mark: text and kind.
async fn marked(stage: &Stage, attribute: &str) -> Outcome<Vec<(String, String)>> {
    let script = "return [...document.querySelectorAll(`[${arguments[0]}]`)].map((card) => [(card.querySelector('.msla-card-title') ?? card).textContent, card.getAttribute(arguments[0])])";
    let told = stage.script(script, vec![json!(attribute)]).await?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(told.as_array().into_iter().flatten().map(|pair| (text(&pair[0]), text(&pair[1]))).collect())
}

async fn the_classic_designer_is_marked_by_titles(browser: Browser) -> Outcome<()> {
    let stage = at(Look { size: (1600, 1000), ..Look::at("half").with(browser) }, |stage| stage.portal.address(Place::Classic)).await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    intend(&stage).await?;
    let said = stage.panel_says("The classic designer").await?;
    assert!(said.contains("Saved version"), "{said}");
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    let script = "data-connection-lens";
    let found = wait_for("the trigger's mark", async || {
        let found = marked(&stage, script).await?;
        Ok(found.iter().any(|(title, style)| title == "When an item is created" && style == "mismatch").then_some(found))
    })
    .await?;
    assert!(!found.iter().any(|(title, _)| title == "Compose"), "an operation without a connection bears no mark: {found:?}");
    assert!(!found.iter().any(|(title, _)| title == "Send an email (V2)"), "it is inside a closed card");
    // Forward through all three: the second and third stand inside the closed condition.
    stage.press_bar("Highlight").await?;
    for place in ["1 / 3", "2 / 3", "3 / 3"] {
        stage.press_bar("Next").await?;
        stage.bar_says(place).await?;
    }
    wait_for("the mail's card, opened and marked", async || {
        let here = stage.script("return document.querySelector('[data-connection-lens-here] .msla-card-title')?.textContent ?? ''", vec![]).await?;
        Ok((here == json!("Send an email from \"Ana\"")).then_some(()))
    })
    .await?;
    // A card's own menu opens over the marks.
    let covered = "const button = document.querySelector('.msla-card .msla-card button[aria-label^=\"Menu\"], .msla-card button[aria-label^=\"Menu\"]'); button.click(); return true";
    stage.script(covered, vec![]).await?;
    let free = "const menu = document.querySelector('.ms-ContextualMenu-list'); if (!menu) return false; menu.scrollIntoView({ block: 'center' }); const { left, top, width } = menu.getBoundingClientRect(); \
        return menu.contains(document.elementFromPoint(left + width / 2, top + 12))";
    wait_for("the menu, uncovered", async || Ok((stage.script(free, vec![]).await? == Value::Bool(true)).then_some(()))).await?;
    stage.close().await
}

/// Unsaved changes can't be read in the classic designer; a save is the moment to judge again.
async fn a_save_in_the_classic_designer_is_judged(browser: Browser) -> Outcome<()> {
    let stage = at(Look { size: (1600, 1000), ..Look::at("half").with(browser) }, |stage| stage.portal.address(Place::Classic)).await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    intend(&stage).await?;
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    let menu = "const card = [...document.querySelectorAll('.msla-card')].find((card) => card.querySelector('.msla-card-title').textContent === 'When an item is created'); \
        card?.querySelector('button[aria-label^=Menu]')?.click(); \
        const row = [...card.querySelectorAll('[role=menuitemradio]')].find((row) => row.textContent.includes(arguments[0])); row?.click(); return row !== undefined";
    wait_for("the service account in the menu", async || Ok((stage.script(menu, vec![json!(INTENDED)]).await? == Value::Bool(true)).then_some(()))).await?;
    stage.click("[aria-label=Save]").await?;
    stage.bar_says("2 to change").await?;
    stage.close().await
}

async fn open_pane(stage: &Stage) -> Outcome<()> {
    stage.click("[aria-label='Edit connections']").await
}

async fn the_connections_pane_says_what_uses_each_row(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { size: (1800, 1000), ..Look::at("leftovers").with(browser) }).await?;
    open_pane(&stage).await?;
    // Told by their texts: the page bears no ids. Ana's and Ben's are left over, the service account's are in use.
    let rows = wait_for("the pane's rows", async || {
        let rows = marked(&stage, "data-connection-lens-row").await?;
        Ok((rows.iter().any(|(_, style)| style == "unused") && rows.iter().any(|(_, style)| style == "used")).then_some(rows))
    })
    .await?;
    for (text, style) in &rows {
        assert_eq!(style, if text.contains("svc-flows") { "used" } else { "unused" }, "{rows:?}");
    }
    let label = stage.script("return document.querySelector('[data-connection-lens-row=unused]').dataset.connectionLensLabel", vec![]).await?;
    assert_eq!(label, json!("No operation uses it: safe to remove"));
    // What the person removes is gone from the pane, and its mark with it.
    let before = rows.len();
    stage.script("document.querySelector('[data-connection-lens-row=unused] button').click()", vec![]).await?;
    wait_for("one row less", async || Ok((marked(&stage, "data-connection-lens-row").await?.len() == before - 1).then_some(()))).await?;
    stage.close().await
}

/// Where the markup names the connection, that tells; texts that fit two connections tell nothing.
async fn a_row_is_known_by_the_connections_id_first(browser: Browser) -> Outcome<()> {
    let stage = at(Look { size: (1800, 1000), ..Look::at("half").with(browser) }, |stage| stage.portal.address(Place::Details)).await?;
    open_pane(&stage).await?;
    let rows = wait_for("the rows that can be told apart", async || {
        let rows = marked(&stage, "data-connection-lens-row").await?;
        Ok((rows.len() >= 6).then_some(rows))
    })
    .await?;
    assert!(
        !rows.iter().any(|(text, _)| text.contains("Outlook") && text.contains("ana.kovac")),
        "Ana's dozen of Outlook connections can't be told apart: {rows:?}"
    );
    let flow = stage.portal.flow_json(0);
    let unused = flow["properties"]["connectionReferences"]["shared_office365_2"]["connectionName"].clone();
    assert!(unused.is_string(), "{}", flow["properties"]["connectionReferences"]);
    let script = "const rows = [...document.querySelectorAll('.pane li')].filter((row) => row.textContent.includes('Outlook') && row.textContent.includes('ana.kovac')); \
        rows.at(-1).setAttribute('data-automation-key', arguments[0]); document.body.append(document.createElement('i')); return rows.length";
    stage.script(script, vec![unused]).await?;
    wait_for("the row with the id", async || {
        let rows = marked(&stage, "data-connection-lens-row").await?;
        Ok(rows.iter().any(|(text, style)| text.contains("Outlook") && style == "unused").then_some(()))
    })
    .await?;
    stage.close().await
}

async fn a_solutions_references_are_followed_to_their_connections(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("solution").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    intend(&stage).await?;
    let said = stage.panel_says("Ana Kovač").await?;
    assert!(said.contains("reference is owned by Flow Service"), "{said}");
    stage.close().await
}

async fn each_place_without_a_flow_to_judge_says_so(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.panel_says("Live from the designer").await?;
    let environment = format!("https://make.powerautomate.com/environments/{}", stage.portal.environment());
    let places = [
        (format!("{environment}/flows/new"), "This flow isn’t saved yet"),
        (format!("{environment}/flows"), "Open a cloud flow"),
        (stage.portal.address(Place::Run), "This is a run"),
        (format!("{environment}/flows/00000000-0000-4000-8000-000000000000?v3=true"), "could not be read"),
    ];
    for (address, wanted) in places {
        stage.go(&address).await?;
        stage.to_panel().await?;
        stage.panel_says(wanted).await?;
        stage.to_page().await?;
        let bar = stage.bar().await?;
        assert!(bar.is_none() || address.contains("v3=true"), "no bar on {address}: {bar:?}");
    }
    stage.bar_says("could not be read").await?;
    stage.close().await
}

/// A separate cloud: allowed as a person would allow it (here before the start), the same scripts run there.
async fn a_separate_cloud_works_the_same_once_it_is_allowed(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    let stage = Stage::open(Look {
        portal: Options { cloud: Cloud::Gcc, ..look.portal },
        allowed: vec!["https://make.gov.powerautomate.us/*", "https://make.gov.powerapps.us/*"],
        ..look
    })
    .await?;
    // The scripts are registered as the worker starts; a tab that was open before has to be loaded again.
    wait_for("the bar", async || {
        // The bar comes a moment after the designer.
        for _ in 0..40 {
            if let Some(bar) = stage.bar().await? {
                return Ok(Some(bar));
            }
        }
        stage.go(&stage.portal.url()).await?;
        stage.designer().await?;
        Ok(None)
    })
    .await?;
    stage.open_panel().await?;
    intend(&stage).await?;
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    stage.close().await
}

async fn a_separate_cloud_that_nobody_allowed_is_left_alone(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    let stage = Stage::open(Look { portal: Options { cloud: Cloud::Gcc, ..look.portal }, ..look }).await?;
    stage.designer().await?;
    assert_eq!(stage.bar().await?, None);
    stage.close().await
}

/// Two tabs with two flows: each keeps its own, and the panel follows the tab in front.
async fn two_flows_side_by_side_never_mix(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    intend(&stage).await?;
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    let other = stage.new_tab(&stage.portal.flow_url(1)).await?;
    stage.bar_says("as intended").await?;
    stage.to_panel().await?;
    stage.panel_says("New starter").await?;
    stage.to_front(&stage.page).await?;
    stage.bar_says("3 to change").await?;
    stage.to_panel().await?;
    stage.panel_says("Invoice approval").await?;
    stage.to_front(&other).await?;
    stage.bar_says("All 3 as intended").await?;
    measured(6, "two tabs with two flows: each keeps its own bar, the panel follows the one in front; mixed 0");
    stage.close().await
}

/// For who can't use the live reading: a file on the panel, judged there; the tab's flow comes back.
async fn a_file_dropped_on_the_panel_is_judged(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    intend(&stage).await?;
    stage.panel_says("Live from the designer").await?;
    let other = stage.portal.flow_json(1).to_string();
    let drop = "const transfer = new DataTransfer(); transfer.items.add(new File([arguments[0]], arguments[1])); \
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))";
    stage.script(drop, vec![json!(other), json!("New starter.json")]).await?;
    let said = stage.panel_says("From the file New starter.json").await?;
    assert!(said.contains("New starter – accounts") && !said.contains("Invoice approval"), "{said}");
    stage.script(drop, vec![json!("no flow"), json!("notes.txt")]).await?;
    stage.panel_says("notes.txt can’t be read here").await?;
    stage.click("[data-key='file:away']").await?;
    stage.panel_says("Invoice approval").await?;
    // The record, by the same code as the command line's.
    stage.save_here().await?;
    stage.click("[data-key=menu]").await?;
    stage.click("[data-key='menu:save:csv']").await?;
    let saved = stage.saved("Connections of Invoice approval Facilities.csv").await?;
    assert!(saved.contains("Invoice approval"), "{saved}");
    stage.close().await
}

in_each_browser!(
    the_classic_designer_is_marked_by_titles,
    a_save_in_the_classic_designer_is_judged,
    the_connections_pane_says_what_uses_each_row,
    a_row_is_known_by_the_connections_id_first,
    a_solutions_references_are_followed_to_their_connections,
    each_place_without_a_flow_to_judge_says_so,
    a_separate_cloud_works_the_same_once_it_is_allowed,
    a_separate_cloud_that_nobody_allowed_is_left_alone,
    two_flows_side_by_side_never_mix,
    a_file_dropped_on_the_panel_is_judged,
);
