//! What an organisation says by policy, in a real Chromium with a real policy file.

use connection_lens_e2e::{Look, Outcome, Policy, Stage, wait_for};
use serde_json::{Value, json};

/// The reason where this machine's folder of policies can't be written to.
const UNABLE: &str = "skipped: the folder of policies belongs to the machine, and can't be written to here";

#[tokio::test]
async fn a_policy_that_comes_late_decides_and_locks() -> Outcome<()> {
    // Nothing is said yet when the browser starts.
    let Some(policy) = Policy::new(0, &json!({})) else {
        println!("{UNABLE}");
        return Ok(());
    };
    let stage = Stage::open(Look { policy: Some(policy.clone()), ..Look::at("half") }).await?;
    stage.designer().await?;
    stage.bar_says("Choose the intended account").await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["ana.kovac@contoso.com"], "scope": "flow", "at": 1.0 })).await?;
    stage.panel_says("for this flow").await?;
    policy.say(&json!({ "intended": [{ "accounts": ["svc-flows@contoso.com"] }], "locked": true }))?;
    // The browser watches the folder, and reads it once it has been quiet for some seconds.
    let said = stage.panel_says("set by your organisation").await?;
    assert!(said.contains("of 12 operations still act as someone else"), "{said}");
    assert_eq!(stage.script("return document.querySelector('[data-key=\"chooser:open\"]')", vec![]).await?, Value::Null, "what is locked can't be chosen");
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    stage.to_panel().await?;
    let address = stage.script("return chrome.runtime.getURL('options/options.html')", vec![]).await?;
    stage.new_tab(address.as_str().unwrap_or_default()).await?;
    let said = stage.panel_says("Your organisation sets rules here").await?;
    assert!(said.contains("Set by your organisation") && said.contains("Your organisation’s rule decides"), "{said}");
    stage.close().await
}

#[tokio::test]
async fn an_invalid_policy_is_read_strictly_and_says_so() -> Outcome<()> {
    // A browser that checks the policy drops what its schema doesn't know: a misspelt word of a rule must come through all the same, or the rule holds everywhere.
    let rules = json!([{ "accounts": ["svc-flows@contoso.com", "*"] }, { "accounts": ["svc-flows@contoso.com"], "enviroment": "x" }, { "acounts": ["a@b.c"] }, { "accounts": ["svc-flows@contoso.com"], "signinalone": true }]);
    let says = json!({ "intended": rules, "locked": false, "extraRequests": true });
    let Some(policy) = Policy::new(1, &says) else {
        println!("{UNABLE}");
        return Ok(());
    };
    let stage = Stage::open(Look { policy: Some(policy.clone()), ..Look::at("half") }).await?;
    stage.designer().await?;
    stage.bar_says("3 to change").await?;
    stage.open_panel().await?;
    let said = stage.panel_says("Your organisation’s settings contain a mistake").await?;
    for place in ["intended[0].accounts[1]", "intended[1].enviroment", "intended[2].acounts", "intended[3].signinalone"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    // The strictest reading: no request of our own, whatever the policy meant. Every GET of the page itself is older than the bar.
    let before = stage.portal.log().len();
    stage.send(json!({ "kind": "refresh", "at": 2.0 })).await?;
    wait_for("the panel", async || Ok(stage.panel_text().await?.contains("mistake").then_some(()))).await?;
    assert_eq!(stage.portal.log().len(), before);
    stage.close().await
}
