//! What a sweep asks for is a closed list of GETs, on both generations of services.

use std::collections::BTreeSet;
use std::path::Path;

use connection_lens_e2e::{Browser, Outcome, Stage, measured};
use practice_portal::{Answers, Request, Services};

use crate::beside::swept;
use crate::{asked, look};

/// What it asks for, one a line; `BLESS=1` writes it anew.
const SNAPSHOT: &str = "../fixtures/trust/requests-of-a-sweep.txt";

/// Ours say that they want JSON; those of the page, and the browser's own, don't.
fn is_ours(request: &Request) -> bool {
    request.headers.iter().any(|(name, value)| name == "accept" && value == "application/json")
}

/// A request with everything taken out that is this environment's.
fn template(stage: &Stage, ids: &BTreeSet<String>, request: &Request) -> String {
    let said = format!("{} https://{}{}", request.method, request.host, request.path_and_query).replace("%20", " ").replace("%27", "'");
    let host = request.host.split(".environment.").next().unwrap_or_default();
    let said =
        said.replace(&stage.portal.environment(), "{environment}").replace(&format!("https://{host}.environment."), "https://{environment host}.environment.");
    let said = ids.iter().fold(said, |said, id| said.replace(id, "{flow}"));
    match said.split_once("$skiptoken=") {
        Some((before, _)) => format!("{before}$skiptoken={{next}}"),
        None => said,
    }
}

pub async fn what_a_sweep_asks_for_is_the_snapshot(browser: Browser) -> Outcome<()> {
    let (mut templates, mut count) = (BTreeSet::new(), 0);
    for services in [Services::Environment, Services::Older] {
        let mut look = look("environment-30").with(browser);
        look.portal.services = services;
        look.portal.answers = Answers { flows_page: Some(10), ..Answers::default() };
        let stage = Stage::open(look).await?;
        asked::begin(&stage).await?;
        swept(&stage).await?;
        let ids = stage.portal.planted().into_iter().map(|planted| planted.id).collect();
        let log = stage.portal.log();
        let ours: Vec<&Request> = log.iter().filter(|request| is_ours(request)).collect();
        assert_eq!(ours.iter().map(|request| request.body_len).sum::<usize>(), 0);
        count += ours.len();
        templates.extend(ours.iter().map(|request| template(&stage, &ids, request)));
        let others: BTreeSet<&str> = log.iter().map(|request| request.host.as_str()).filter(|host| !browser.asks_its_makers(host)).collect();
        let is_known = |host: &&str| {
            host.ends_with(".environment.api.powerplatform.com") || ["make.powerautomate.com", "api.flow.microsoft.com", "api.powerapps.com"].contains(host)
        };
        assert!(others.iter().all(is_known), "{others:?}");
        stage.close().await?;
    }
    let kinds = templates.len();
    let told = templates.into_iter().collect::<Vec<_>>().join("\n") + "\n";
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join(SNAPSHOT);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&snapshot, &told)?;
    }
    assert_eq!(told, std::fs::read_to_string(&snapshot).unwrap_or_default());
    measured(2, format!("a sweep on both generations of services: {count} requests of {kinds} kinds, all in its snapshot; bodies 0, other hosts 0"));
    Ok(())
}
