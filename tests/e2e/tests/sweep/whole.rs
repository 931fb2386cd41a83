//! A whole sweep, through whatever happens to the services and to the background: every flow once, and what is found is what was planted.

use std::time::{Duration, Instant};

use connection_lens_e2e::{Browser, Look, Outcome, Stage, measured};
use practice_portal::{Options, Weather};

use crate::asked::{self, Asked};
use crate::{look, planted};

/// What the table shows is what was planted, and so are the figures above it.
pub async fn shows_what_was_planted(stage: &Stage) -> Outcome<()> {
    stage.look_for(planted::ANA).await?;
    let planted = stage.portal.planted();
    let wanted = planted::states(&stage.portal);
    let count = |state: &str| wanted.values().filter(|known| *known == state).count();
    let (uses, left) = (count("uses"), count("left"));
    let figures = stage.sweep_says("the account's figures", |figures| (figures.found, figures.left) == (uses, left)).await?;
    assert_eq!((figures.flows, figures.read), (planted.len(), planted.len()));
    let rows = stage.sweep_rows().await?;
    let states = rows.iter().map(|(id, row)| (id.clone(), row.state.clone())).collect();
    assert_eq!(wanted, states);
    for flow in &planted {
        let row = &rows[&flow.id];
        assert!(row.text.contains(flow.name.trim()), "{} in {}", flow.name, row.text);
        assert!(row.link.contains(&flow.id) && row.link.starts_with("https://make.powerautomate.com/environments/"), "{}", row.link);
    }
    let mut accounts = stage.sweep_accounts().await?;
    accounts.retain(|_, flows| *flows > 0);
    assert_eq!(accounts, planted::accounts(&stage.portal));
    Ok(())
}

pub async fn swept(browser: Browser, scenario: &str, weather: Weather, kills: usize) -> Outcome<()> {
    let stage =
        Stage::open(Look { portal: Options { scenario: scenario.to_owned(), weather, ..Options::default() }, heard: true, ..look(scenario) }.with(browser))
            .await?;
    asked::begin(&stage).await?;
    let start = Instant::now();
    stage.open_sweep().await?;
    stage.use_in_panel("sweep:start").await?;
    let counted = stage.sweep_says("all lists read", |figures| figures.state == "counted").await?;
    let all = stage.portal.planted().len();
    assert_eq!((counted.flows, counted.read), (all, 0));
    stage.use_in_panel("sweep:go").await?;
    let mut killed = 0;
    while killed < kills {
        let at = all * (2 * killed + 1) / (2 * kills);
        stage.sweep_says("some flows read", |figures| figures.read >= at).await?;
        killed += usize::from(stage.kill_worker().await?);
    }
    let done = stage.sweep_says("the sweep's end", |figures| figures.state == "done").await?;
    let took = start.elapsed();
    let asked = Asked::of(&stage.portal);
    asked.is_exact(&stage.portal, true)?;
    assert_eq!(done.requests, asked.requests(), "it counts what it asks for");
    shows_what_was_planted(&stage).await?;
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    measured(
        5,
        format!(
            "a sweep of {all} flows, {} requests ({} of them for a flow's own list of connections), background killed {killed} times, at most {} at once, {:.0} s: lost 0, asked twice 0",
            asked.requests(),
            asked.pickers.len(),
            asked.most_at_once,
            took.as_secs_f64()
        ),
    );
    stage.close().await
}

/// Throttled, failing and slow by lot; what a service asks to be waited for is short here.
const fn rough() -> Weather {
    Weather { too_many: 30, failing: 10, slow: 10, wait: 1, delay: Duration::from_millis(400), expires_after: None, seed: 0 }
}

#[tokio::test]
async fn a_thousand_flows_under_throttling_with_the_background_killed_five_times() -> Outcome<()> {
    swept(Browser::Chromium, "environment-1000", rough(), 5).await
}

pub async fn thirty_flows_with_the_background_killed_twice(browser: Browser) -> Outcome<()> {
    swept(browser, "environment-30", Weather { too_many: 150, failing: 80, slow: 80, ..rough() }, 2).await
}
