//! The same package in Firefox: it loads without a complaint, draws on the designer, and its sidebar opens where Firefox lets it.

use std::collections::BTreeSet;

use connection_lens_e2e::{Firefox, Outcome, wait_for};
use practice_portal::Options;
use serde_json::json;

/// A Firefox on the flow with the bar; none where none is installed.
async fn ready() -> Outcome<Option<Firefox>> {
    if let Some(missing) = Firefox::missing() {
        println!("skipped: {missing}");
        return Ok(None);
    }
    let firefox = Firefox::open(Options::default()).await?;
    let complaints = firefox.complaints().await?;
    firefox.bar_says("operations with a connection").await.map_err(|failure| connection_lens_e2e::Failure::new(format!("{failure}; {complaints:?}")))?;
    Ok(Some(firefox))
}

#[tokio::test]
async fn it_loads_without_a_complaint_and_draws_on_the_designer() -> Outcome<()> {
    let Some(firefox) = ready().await? else { return Ok(()) };
    firefox.press_bar("[aria-label=Owners]").await?;
    firefox.bar_says("Found 12 of 12 operations").await?;
    // As many as stand on the page, which the designer mounts as they come into view.
    let marks = "const marked = [...document.querySelectorAll('[data-connection-lens]')]; return marked.length > 5 && marked.every((card) => getComputedStyle(card, '::after').content.length > 2)";
    wait_for("the labels", async || Ok((firefox.script(marks).await? == json!(true)).then_some(()))).await?;
    assert_eq!(firefox.complaints().await?, Vec::<String>::new());
    // Firefox itself asks its makers for settings, whatever is installed.
    let is_makers = |host: &str| [".mozilla.com", ".mozilla.org", ".mozilla.net", ".firefox.com"].iter().any(|own| host.ends_with(own));
    let hosts: BTreeSet<String> = firefox.portal.log().into_iter().map(|request| request.host).filter(|host| !is_makers(host)).collect();
    let environment = hosts.iter().filter(|host| host.ends_with(".environment.api.powerplatform.com")).count();
    assert!(hosts.contains("make.powerautomate.com") && environment == 1 && hosts.len() == 2, "{hosts:?}");
    firefox.close().await
}

#[tokio::test]
async fn the_sidebar_opens_with_its_own_button_and_the_bar_says_so() -> Outcome<()> {
    let Some(firefox) = ready().await? else { return Ok(()) };
    firefox.press_bar("[aria-label=Checklist]").await?;
    firefox.bar_says("Open the checklist with Alt+Shift+L, or with the Connection Lens button").await?;
    assert_eq!(firefox.sidebar().await?, None);
    // The background may be stopped by then: the press starts it again, and still counts.
    firefox.stop_background().await?;
    firefox.press_toolbar().await?;
    wait_for("the sidebar with the flow", async || Ok(firefox.sidebar().await?.filter(|said| said.contains("Invoice approval")))).await?;
    // Its opening gave the page another size, and the hint is gone.
    wait_for("the hint's end", async || Ok(firefox.inside(".trouble[hidden]").await?.into_iter().next().map(drop))).await?;
    firefox.press_bar("[aria-label=Checklist]").await?;
    firefox.press_bar("[aria-label=Owners]").await?;
    firefox.bar_says("Found 12 of 12 operations").await?;
    assert_eq!(firefox.inside(".trouble:not([hidden])").await?.len(), 0, "an open sidebar needs no hint");
    firefox.press_toolbar().await?;
    wait_for("the sidebar's end", async || Ok(firefox.sidebar().await?.is_none().then_some(()))).await?;
    assert_eq!(firefox.complaints().await?, Vec::<String>::new());
    firefox.close().await
}
