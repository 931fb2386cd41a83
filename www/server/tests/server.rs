//! The server by itself: it refuses the wrong token, keeps what is saved, and fails as told.

use practice_portal::{Fault, Options, Portal, scenarios};

#[tokio::test]
async fn every_scenario_starts_with_several_flows() {
    for scenario in scenarios() {
        let portal = Portal::start(Options { scenario: scenario.name.to_owned(), ..Options::default() }).await.expect("it starts");
        assert!(portal.port() > 0);
        for flow in 0..2 {
            let json = portal.flow_json(flow);
            assert!(json["properties"]["definition"]["triggers"].is_object(), "{} {flow}", scenario.name);
            assert!(portal.flow_url(flow).contains(json["name"].as_str().expect("an id")));
        }
        portal.answer_next("/flows", Fault::Truncate);
    }
    assert!(Portal::start(Options { scenario: "none such".to_owned(), ..Options::default() }).await.is_err());
}
