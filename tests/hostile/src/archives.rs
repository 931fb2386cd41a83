//! Archives that somebody else made: whole, lying, damaged.

use std::io::{Cursor, Write as _};

use connection_lens::model::FlowKind;
use connection_lens::read;
use connection_lens::session::{Kept, from_file};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::draw::Draw;
use crate::readers::{refused, sound, whole};
use crate::shapes;

const PLACES: [&str; 12] = [
    "Microsoft.Flow/flows/1/definition.json",
    "Microsoft.Flow/flows/1/connectionsMap.json",
    "Microsoft.Flow/flows/1/apisMap.json",
    "manifest.json",
    "Workflows/a-11111111-2222-4333-8444-555555555555.json",
    "Workflows\\b.json",
    "customizations.xml",
    "Workflows/a-11111111-2222-4333-8444-555555555555.json.data.xml",
    "../../etc/flow.json",
    "/flow.json",
    "inner.zip",
    "__MACOSX/flow.json",
];

const XML: &str =
    r#"<x><Workflow WorkflowId="{1}" Name="A &amp; b"><JsonFileName>/Workflows/a-11111111-2222-4333-8444-555555555555.json</JsonFileName></Workflow></x>"#;

fn packed(draw: &mut Draw) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for _ in 0..draw.below(6) {
        let place = if draw.once_in(8) { draw.name() } else { draw.pick(&PLACES).to_owned() };
        let bytes = match place.rsplit('.').next() {
            Some("xml") => if draw.once_in(4) { draw.raw(64) } else { XML.to_owned() }.into_bytes(),
            _ if draw.once_in(12) => draw.raw(64).into_bytes(),
            _ if place.contains("Map.json") => serde_json::json!({ draw.name(): "r" }).to_string().into_bytes(),
            _ if place == "manifest.json" => serde_json::json!({ "resources": { "r": { "details": { "displayName": draw.who() } } } }).to_string().into_bytes(),
            _ => shapes::flow(draw).to_string().into_bytes(),
        };
        let method = draw.pick(&[CompressionMethod::Stored, CompressionMethod::Deflated]);
        // A name that was there already is refused by the writer; so it stays out.
        if writer.start_file(place, SimpleFileOptions::default().compression_method(method)).is_ok() {
            writer.write_all(&bytes).expect("bytes in memory");
        }
    }
    writer.finish().expect("an archive in memory").into_inner()
}

/// Archives.
pub fn archive(bytes: &[u8]) {
    let bytes = match bytes {
        [1, rest @ ..] => {
            let mut draw = Draw::new(rest);
            let mut bytes = packed(&mut draw);
            // Then somebody changes a few of its bytes.
            for _ in 0..draw.below(4) {
                let at = (draw.below(256) * 256 + draw.below(256)) % bytes.len().max(1);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = draw.byte();
                }
            }
            bytes
        }
        _ => bytes.to_vec(),
    };
    match read::archive(&bytes) {
        Ok(found) => {
            assert!(!found.is_empty(), "an archive without flows is refused");
            for packed in &found {
                match &packed.flow {
                    Ok(reading) => assert!(reading.found.operations.iter().all(|operation| operation.path.len() < 128)),
                    Err(error) => refused(error),
                }
                sound(&packed.connections);
            }
        }
        Err(error) => refused(&error),
    }
    // As it is dropped on the panel.
    match from_file("dropped", &bytes, 1.0) {
        Ok(sessions) => {
            for mut session in sessions {
                let mut kept = Kept::default();
                let outcome = session.feed(&connection_lens::protocol::Event::Look {}, b"", &mut kept);
                assert!(outcome.asks.is_empty(), "no page, no requests");
                assert!(session.sight(&kept).is_some_and(|sight| sight.known.saved.is_some()), "a flow in sight");
            }
        }
        Err(said) => assert!(!said.contains('\n')),
    }
    if !read::is_archive(&bytes)
        && let Ok(reading) = read::flow(&bytes)
        && matches!(reading.found.kind, FlowKind::Cloud)
    {
        whole(&reading, &bytes);
    }
}
