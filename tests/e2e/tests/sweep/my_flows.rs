//! The practice portal's own list of flows: the page that a sweep begins beside.

use connection_lens_e2e::{Look, Outcome, Stage, wait_for};
use practice_portal::{Listed, Planted};
use serde_json::json;

/// The names in the list, once so many are shown.
async fn names(stage: &Stage, count: usize) -> Outcome<Vec<String>> {
    let script = "return document.querySelector('.page [role=status]') ? null : [...document.querySelectorAll('.flows td:first-child')].map((cell) => cell.textContent.trim())";
    wait_for(&format!("{count} flows"), async || {
        let names: Option<Vec<String>> = serde_json::from_value(stage.script(script, vec![]).await?)?;
        Ok(names.filter(|names| names.len() == count))
    })
    .await
}

/// Presses the button that loads the next page.
async fn more(stage: &Stage) -> Outcome<()> {
    let script = "const button = [...document.querySelectorAll('.page button')].find((button) => button.textContent === 'Load more'); button?.click(); return button !== undefined";
    wait_for("the button to load more", async || Ok((stage.script(script, vec![]).await? == json!(true)).then_some(()))).await
}

#[tokio::test]
async fn my_flows_lists_what_was_planted_page_by_page() -> Outcome<()> {
    let stage = Stage::open(Look { bare: true, ..Look::at("environment-300") }).await?;
    let of = |is: fn(&Planted) -> bool| stage.portal.planted().into_iter().filter(is).map(|flow| flow.name.trim().to_owned()).collect::<Vec<_>>();
    let (mine, shared) = (of(|flow| flow.listed != Listed::WithMe), of(|flow| flow.listed != Listed::Mine));
    for shown in [50, 100, 150] {
        assert_eq!(names(&stage, shown).await?, mine[..shown]);
        more(&stage).await?;
    }
    names(&stage, 200).await?;
    stage.click("[role=tab]:nth-child(2)").await?;
    assert_eq!(names(&stage, 50).await?, shared[..50]);
    if let Ok(folder) = std::env::var("PICTURES") {
        stage.picture(&std::path::Path::new(&folder).join("my-flows.png")).await?;
    }
    let tokens = stage.portal.log().into_iter().filter(|request| request.method == "GET" && request.host.ends_with(".powerplatform.com"));
    assert!(tokens.clone().count() == 5 && tokens.clone().all(|request| request.status == 200), "each with a token");
    stage.click(".flows a").await?;
    stage.shown().await?;
    assert!(stage.driver.current_url().await?.path().ends_with("/details"));
    stage.close().await
}
