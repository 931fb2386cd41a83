//! The page of sweeps for everybody: axe in both themes, narrow and enlarged, right to left.

use connection_lens_e2e::{Look, Outcome, Stage, measured};
use serde_json::json;

use crate::{asked, look, planted};

/// A whole sweep of a small environment, its page in front.
async fn swept(look: Look) -> Outcome<Stage> {
    let stage = Stage::open(look).await?;
    asked::begin(&stage).await?;
    asked::list_environments(&stage).await?;
    stage.open_sweep().await?;
    stage.use_in_panel("sweep:start").await?;
    stage.sweep_says("all lists read", |figures| figures.state == "counted").await?;
    stage.use_in_panel("sweep:go").await?;
    stage.sweep_says("the sweep's end", |figures| figures.state == "done").await?;
    stage.look_for(planted::ANA).await?;
    stage.use_in_panel("filter:all").await?;
    Ok(stage)
}

#[tokio::test]
async fn axe_finds_nothing_on_the_page_of_sweeps() -> Outcome<()> {
    let stage = swept(look("environment-30")).await?;
    let mut found = Vec::new();
    for scheme in ["light", "dark"] {
        for forced in ["none", "active"] {
            stage.system_asks(&[("prefers-color-scheme", scheme), ("forced-colors", forced), ("prefers-reduced-motion", "reduce")]).await?;
            found.extend(stage.axe("body").await?.into_iter().map(|line| format!("{scheme}, forced colours {forced}: {line}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    measured(10, "axe (WCAG 2.2 A and AA) on the page of sweeps, light, dark and with forced colours: violations 0");
    stage.close().await
}

#[tokio::test]
async fn narrow_enlarged_and_right_to_left_nothing_is_cut() -> Outcome<()> {
    let stage = swept(Look { language: "ar", ..look("environment-30") }).await?;
    assert_eq!(stage.script("return document.documentElement.dir + ' ' + document.documentElement.lang", vec![]).await?, json!("rtl ar"));
    let overflow = "return [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && !element.closest('.spoken, #flows thead') && (element.getBoundingClientRect().right > innerWidth + 1 || element.getBoundingClientRect().left < -1)).map((element) => element.tagName + '.' + element.className)";
    for (width, scale) in [(320, 1.0), (640, 2.0), (1280, 1.0)] {
        stage.cdp("Emulation.setDeviceMetricsOverride", json!({ "width": width, "height": 900, "deviceScaleFactor": scale, "mobile": false })).await?;
        assert_eq!(stage.script(overflow, vec![]).await?, json!([]), "{width} px");
    }
    measured(10, "the page of sweeps right to left, at 320 px and at 200 %: cut off or lying over an edge 0");
    stage.close().await
}

#[tokio::test]
async fn the_keyboard_reaches_the_whole_page_of_sweeps() -> Outcome<()> {
    let stage = swept(look("environment-30")).await?;
    let reached = stage.tab_through().await?;
    assert!(reached > 60, "thirty flows, accounts, filters, columns and papers: {reached}");
    measured(10, format!("with the Tab key alone on the page of sweeps: {reached} of {reached} reached, each named and shown as focused"));
    stage.close().await
}
