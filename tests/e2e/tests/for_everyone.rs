//! Panel, options, first-run page and bar for everybody: axe in both themes, the keyboard alone, narrow and enlarged, right to left, in other words.

use std::collections::{BTreeMap, BTreeSet};

use connection_lens_e2e::{Failure, Look, Outcome, Stage, measured, wait_for};
use serde_json::{Value, json};

const INTENDED: &str = "svc-flows@contoso.com";

/// A hand-over in the middle, with the panel in front.
async fn at_work(look: Look) -> Outcome<Stage> {
    let checklist = said(look.language, "bar_checklist")?;
    let stage = Stage::open(look).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel_by(&checklist).await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere", "at": 1.0 })).await?;
    wait_for("the checklist", async || Ok((stage.script("return document.querySelectorAll('.step').length", vec![]).await? == json!(8)).then_some(()))).await?;
    Ok(stage)
}

/// A message of a language's catalogue.
fn said(language: &str, key: &str) -> Outcome<String> {
    let locale = language.split_once('-').map_or(language, |(language, _)| language);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../extension/_locales/{locale}/messages.json"));
    let catalogue: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    Ok(catalogue.pointer(&format!("/{key}/message")).and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// One of the extension's pages in a tab of its own.
async fn page(stage: &Stage, path: &str) -> Outcome<()> {
    stage.to_panel().await?;
    let address = stage.script("return chrome.runtime.getURL(arguments[0])", vec![json!(path)]).await?;
    stage.new_tab(address.as_str().unwrap_or_default()).await?;
    wait_for(path, async || Ok((stage.script("return document.querySelector('main') !== null", vec![]).await? == Value::Bool(true)).then_some(()))).await
}

/// Parts of the panel that are opened for a look.
const OPENED: [&str; 4] = ["menu", "chooser:open", "open:Embedded", "more:step:reassign"];

#[tokio::test]
async fn axe_finds_nothing_in_light_and_dark() -> Outcome<()> {
    let stage = at_work(Look { size: (1700, 1000), ..Look::at("half") }).await?;
    let mut found = Vec::new();
    for dark in [false, true] {
        stage.to_panel().await?;
        stage.ask_for(dark).await?;
        for part in OPENED {
            stage.use_in_panel(part).await?;
            found.extend(stage.axe("body").await?.into_iter().map(|line| format!("panel, {part} open, dark {dark}: {line}")));
            stage.use_in_panel(part).await?;
        }
        stage.use_in_panel("tab-operations").await?;
        found.extend(stage.axe("body").await?.into_iter().map(|line| format!("panel, operations, dark {dark}: {line}")));
        stage.use_in_panel("tab-checklist").await?;
        for path in ["options/options.html", "first-run/first-run.html"] {
            page(&stage, path).await?;
            stage.ask_for(dark).await?;
            found.extend(stage.axe("body").await?.into_iter().map(|line| format!("{path}, dark {dark}: {line}")));
            if path.starts_with("options") {
                stage.script("document.querySelector('#rules .primary').click()", vec![]).await?;
                found.extend(stage.axe("dialog").await?.into_iter().map(|line| format!("a rule's dialog, dark {dark}: {line}")));
            }
            stage.driver.close_window().await?;
        }
        stage.to_page().await?;
        stage.ask_for(dark).await?;
        stage.press_bar("Owners").await?;
        stage.open_bar().await?;
        found.extend(stage.axe("#open-bar").await?.into_iter().map(|line| format!("the bar, dark {dark}: {line}")));
        stage.script("document.getElementById('open-bar').remove()", vec![]).await?;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    measured(10, "axe (WCAG 2.2 A and AA) in panel, options, first-run page and bar, light and dark: violations 0");
    stage.close().await
}

/// A system with few colours of its own, light and dark.
const FORCED: [[(&str, &str); 3]; 2] = [
    [("forced-colors", "active"), ("prefers-color-scheme", "light"), ("prefers-reduced-motion", "reduce")],
    [("forced-colors", "active"), ("prefers-color-scheme", "dark"), ("prefers-reduced-motion", "reduce")],
];

/// Everything about an element that isn't a colour: its signs, lines and corners. Two states that share a picture would be told apart by colour alone.
const PICTURE: &str = "const picture = (element, part) => { const { borderTopStyle, borderTopWidth, borderTopLeftRadius, outlineStyle, outlineWidth, clipPath, boxShadow, content } = getComputedStyle(element, part); \
    const line = (style, width) => (parseFloat(width) > 0 ? style : 'none'); \
    return JSON.stringify([line(borderTopStyle, borderTopWidth), borderTopLeftRadius, line(outlineStyle, outlineWidth), clipPath, boxShadow !== 'none', part ? content !== 'none' : [...element.querySelectorAll('svg')].map((sign) => sign.innerHTML)]); };";

/// In the panel: of each kind of mark, its states and the pictures that each of them has.
const IN_PANEL: &str = "const told = {}; \
    for (const kind of ['.part', '.avatar', '.person .count', '.whom']) for (const element of document.querySelectorAll(kind)) { \
        const holder = kind === '.person .count' ? element.closest('.person') : element; \
        const state = ['mismatch', 'intended', 'unknown', 'run-only'].find((state) => holder.classList.contains(state)); \
        if (state && element.checkVisibility()) ((told[kind] ??= {})[state] ??= []).push(picture(element)); \
    } return told;";

/// On the page: a card for each state, as the painter marks them; the sign above it, and the lines around its label.
const ON_CARDS: &str = "const told = { card: {}, sign: {} }; \
    for (const state of ['mismatch', 'owner', 'intended', 'unknown', 'run-only']) { \
        const card = document.createElement('div'); card.dataset.connectionLens = state; card.dataset.connectionLensLabel = 'Ana'; card.dataset.connectionLensShort = 'A'; document.body.append(card); \
        told.card[state] = [picture(card) + picture(card, '::after')]; told.sign[state] = [picture(card, '::before')]; card.remove(); \
    } return told;";

/// In the bar's copy: the parts of its meter.
const IN_BAR: &str = "const meter = {}; \
    for (const state of ['mismatch', 'intended', 'unknown', 'run-only']) { \
        const part = document.createElement('i'); part.className = state; document.getElementById('open-bar').shadowRoot.querySelector('.meter').append(part); meter[state] = [picture(part)]; part.remove(); \
    } return { meter };";

/// Every two states of a kind look different, colours aside; how many states of how many kinds there were.
fn told_apart(told: &Value, at: &str) -> Outcome<(usize, usize)> {
    let kinds: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = serde_json::from_value(told.clone())?;
    for (kind, states) in &kinds {
        for (one, pictures) in states {
            for (other, others) in states.iter().filter(|(other, _)| *other > one) {
                let shared: Vec<&String> = pictures.intersection(others).collect();
                if !shared.is_empty() {
                    return Err(Failure::new(format!("{at}: {kind}: {one} and {other} differ in colour alone: {shared:?}")));
                }
            }
        }
    }
    Ok((kinds.values().map(BTreeMap::len).sum(), kinds.len()))
}

#[tokio::test]
async fn with_few_colours_axe_finds_nothing_and_states_are_told_apart() -> Outcome<()> {
    // All states are in it.
    let stage = at_work(Look { size: (1700, 1000), ..Look::at("large") }).await?;
    // So long that nothing lies under the footer until somebody scrolls, which axe would take for covered.
    stage.cdp("Emulation.setDeviceMetricsOverride", json!({ "width": 400, "height": 8000, "deviceScaleFactor": 1, "mobile": false })).await?;
    let (mut found, mut pictures) = (Vec::new(), 0);
    let ordinary = [("forced-colors", "none"), ("prefers-color-scheme", "light"), ("prefers-reduced-motion", "reduce")];
    for (wishes, forced) in [(ordinary, false), (FORCED[0], true), (FORCED[1], true)] {
        let at = format!("{wishes:?}");
        stage.to_panel().await?;
        stage.system_asks(&wishes).await?;
        let (states, kinds) = told_apart(&stage.script(&format!("{PICTURE} {IN_PANEL}"), vec![]).await?, &at)?;
        assert!(states >= 4 * kinds && kinds >= 3, "{states} states of {kinds} kinds in the panel");
        pictures += states;
        if forced {
            found.extend(stage.axe("body").await?.into_iter().map(|line| format!("panel, {at}: {line}")));
            for path in ["options/options.html", "first-run/first-run.html"] {
                page(&stage, path).await?;
                stage.system_asks(&wishes).await?;
                found.extend(stage.axe("body").await?.into_iter().map(|line| format!("{path}, {at}: {line}")));
                stage.driver.close_window().await?;
            }
        }
        stage.to_page().await?;
        stage.system_asks(&wishes).await?;
        for toggle in ["Owners", "Highlight"] {
            if !stage.is_pressed(toggle).await? {
                stage.press_bar(toggle).await?;
                wait_for(toggle, async || Ok(stage.is_pressed(toggle).await?.then_some(()))).await?;
            }
        }
        let cards = "return document.documentElement.hasAttribute('data-connection-lens-owners') && document.documentElement.hasAttribute('data-connection-lens-highlight')";
        wait_for("the marks", async || Ok((stage.script(cards, vec![]).await? == json!(true)).then_some(()))).await?;
        pictures += told_apart(&stage.script(&format!("{PICTURE} {ON_CARDS}"), vec![]).await?, &at)?.0;
        stage.open_bar().await?;
        pictures += told_apart(&stage.script(&format!("{PICTURE} {IN_BAR}"), vec![]).await?, &at)?.0;
        if forced {
            found.extend(stage.axe("#open-bar").await?.into_iter().map(|line| format!("the bar, {at}: {line}")));
        }
        stage.script("document.getElementById('open-bar').remove()", vec![]).await?;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    measured(
        10,
        format!(
            "forced colours, light and dark: violations that axe finds 0; states told apart by colour alone 0 of {pictures} (forced colours and greyscale)"
        ),
    );
    stage.close().await
}

/// What moves or is about to, of elements of ours: by its class.
const MOVES: &str = "const ours = [...document.querySelectorAll(arguments[0]), ...document.getElementById('open-bar')?.shadowRoot.querySelectorAll('*') ?? []]; \
    const moves = (element, part) => { const { animationName, animationDuration, transitionDuration } = getComputedStyle(element, part); \
        const lasts = (times) => times.split(',').some((time) => parseFloat(time) > 0); return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration)); }; \
    return [...new Set(ours.filter((element) => [undefined, '::before', '::after'].some((part) => moves(element, part))).map((element) => element.getAttribute('class') ?? element.localName))]";

#[tokio::test]
async fn who_wants_no_motion_sees_none() -> Outcome<()> {
    let stage = at_work(Look { size: (1700, 1000), ..Look::at("half") }).await?;
    let moves = async |of: &str| Ok::<Vec<String>, Failure>(serde_json::from_value(stage.script(MOVES, vec![json!(of)]).await?)?);
    let (mut moving, mut before) = (Vec::new(), 0);
    for (wish, wanted) in [("no-preference", true), ("reduce", false)] {
        let wishes = [("prefers-reduced-motion", wish)];
        let mut found = Vec::new();
        stage.to_panel().await?;
        stage.system_asks(&wishes).await?;
        for part in OPENED {
            stage.use_in_panel(part).await?;
            found.extend(moves("*").await?.into_iter().map(|class| format!("panel, {part} open: {class}")));
            stage.use_in_panel(part).await?;
        }
        for path in ["options/options.html", "first-run/first-run.html", "sweep/sweep.html"] {
            page(&stage, path).await?;
            stage.system_asks(&wishes).await?;
            found.extend(moves("*").await?.into_iter().map(|class| format!("{path}: {class}")));
            stage.driver.close_window().await?;
        }
        stage.to_page().await?;
        stage.system_asks(&wishes).await?;
        stage.press_bar("Next").await?;
        let here = "return document.querySelector('[data-connection-lens-here]') !== null";
        wait_for("the operation", async || Ok((stage.script(here, vec![]).await? == json!(true)).then_some(()))).await?;
        stage.open_bar().await?;
        found.extend(moves("[data-connection-lens]").await?.into_iter().map(|class| format!("on the page: {class}")));
        stage.script("document.getElementById('open-bar').remove()", vec![]).await?;
        if wanted { before = found.len() } else { moving = found }
    }
    // With motion there is some: else this looks at nothing.
    assert!(before > 5, "{before}");
    assert_eq!(moving, Vec::<String>::new());
    measured(10, format!("reduced motion, in panel, options, first-run page, sweep, bar and marks: of {before} kinds that move otherwise 0 do"));
    stage.close().await
}

/// The catalogue in other words. Language and direction stay.
fn other_words(catalogue: &str) -> String {
    let mut messages: Value = serde_json::from_str(catalogue).unwrap_or_default();
    for (key, entry) in messages.as_object_mut().into_iter().flatten() {
        if key != "panel_language" && key != "panel_direction" {
            entry["message"] = json!(pseudo(entry["message"].as_str().unwrap_or_default()));
        }
    }
    messages.to_string()
}

/// Words that are nobody's name: what stands in none of the catalogue's sentences would show.
fn pseudo(message: &str) -> String {
    let parts = message.split('$').enumerate().map(|(place, part)| match (place, part.chars().next()) {
        (0, _) | (_, None) => wide(part),
        (_, Some(digit)) => format!("${digit}{}", wide(part.get(digit.len_utf8()..).unwrap_or_default())),
    });
    format!("⟦{}⟧", parts.collect::<String>())
}

fn wide(words: &str) -> String {
    words.chars().map(|c| char::from_u32(c as u32 + 0xfee0).filter(|_| c.is_ascii_alphabetic()).unwrap_or(c)).collect()
}

/// Words on the page that are written in plain letters and belong to nobody: what a catalogue can't reach. `known`: names of the flow, the people and the connectors.
const PLAIN: &str = "const known = arguments[0].map((word) => word.toLowerCase()); const found = []; \
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
    const look = (text, where) => { const left = known.reduce((text, word) => text.split(word).join(' '), text.toLowerCase().replace(/\\S+@\\S+|\\S+\\.(?:com|us|cn)\\b|default-[0-9a-f-]+|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\w* \\d+|\\b[ap]m\\b/g, ' ')); if (/[a-z]{3,}/.test(left)) found.push(`${where}: ${text}`); }; \
    while (walker.nextNode()) { const at = walker.currentNode.parentElement; if (at.closest('code, pre, kbd, script, style, .avatar, option, .picture, .sample') === null && at.checkVisibility()) look(walker.currentNode.textContent, at.className || at.tagName); } \
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) for (const name of ['aria-label', 'title', 'placeholder']) if (element.hasAttribute(name) && !element.closest('.picture, .sample')) look(element.getAttribute(name), name); \
    return found";

#[tokio::test]
async fn no_word_stands_outside_the_catalogue() -> Outcome<()> {
    let stage = Stage::open(Look { size: (1700, 1000), changes: vec![("_locales/en/messages.json", other_words)], ..Look::at("half") }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    let bar = stage.bar().await?.unwrap_or_default();
    assert!(bar.contains('⟦'), "the bar speaks in other words: {bar}");
    stage.open_panel_by(&pseudo("Checklist")).await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "flow", "at": 1.0 })).await?;
    wait_for("the checklist", async || Ok((stage.script("return document.querySelectorAll('.step').length", vec![]).await? == json!(8)).then_some(()))).await?;
    let mut known: Vec<String> = [
        "powerautomate",
        "contoso",
        "svc-flows",
        "flow service",
        "ana kovač",
        "ben ortiz",
        "kovac",
        "ortiz",
        "default",
        "csv",
        "json",
        "html",
        "markdown",
        "mib",
        "connection lens",
    ]
    .map(str::to_owned)
    .into();
    let flow = stage.portal.flow_json(0);
    known.extend(flow["properties"]["displayName"].as_str().map(str::to_owned));
    keys(&flow["properties"]["definition"], &mut known);
    known.extend(connection_lens::model::CONNECTOR_NAMES.map(|(_, name)| name.to_owned()));
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut found = Vec::new();
    for part in OPENED {
        stage.use_in_panel(part).await?;
        found.extend(plain(&stage, &known, part).await?);
        stage.use_in_panel(part).await?;
    }
    for path in ["options/options.html", "first-run/first-run.html", "sweep/sweep.html"] {
        page(&stage, path).await?;
        found.extend(plain(&stage, &known, path).await?);
    }
    assert!(found.is_empty(), "in no catalogue:\n{}", found.join("\n"));
    measured(11, "words in panel, options, sweep and first-run page that are in no catalogue: 0");
    stage.close().await
}

/// The names that somebody gave to operations, as people see them.
fn keys(value: &Value, found: &mut Vec<String>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        if key == "actions" || key == "triggers" {
            found.extend(value.as_object().into_iter().flatten().map(|(name, _)| name.replace('_', " ")));
        }
        keys(value, found);
    }
}

async fn plain(stage: &Stage, known: &[String], at: &str) -> Outcome<Vec<String>> {
    let found = stage.script(PLAIN, vec![json!(known)]).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(|line| Some(format!("{at}: {}", line.as_str()?))).collect())
}

/// The panel at the narrowest side with text twice as large: nothing is cut, nothing lies over another. `innerWidth` is what the browser gives; a frame of 320 px
/// in the panel's own page is what people get at least.
#[tokio::test]
async fn narrow_enlarged_and_right_to_left() -> Outcome<()> {
    let stage = at_work(Look { size: (1700, 1000), language: "ar", ..Look::at("half") }).await?;
    assert_eq!(stage.script("return document.documentElement.dir + ' ' + document.documentElement.lang", vec![]).await?, json!("rtl ar"));
    let metrics = |width: u32, scale: f64| json!({ "width": width, "height": 900, "deviceScaleFactor": scale, "mobile": false });
    let overflow = "return [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && !element.closest('.spoken') && (element.getBoundingClientRect().right > innerWidth + 1 || element.getBoundingClientRect().left < -1)).map((element) => element.className)";
    // 320 px at 200 % leaves 160 px of layout; 800 px is the widest that a side panel gets.
    for (width, scale) in [(320, 1.0), (160, 2.0), (480, 1.0), (800, 1.0)] {
        stage.cdp("Emulation.setDeviceMetricsOverride", metrics(width, scale)).await?;
        assert_eq!(stage.script(overflow, vec![]).await?, json!([]), "{width} px");
    }
    for path in ["options/options.html", "first-run/first-run.html"] {
        page(&stage, path).await?;
        for (width, scale) in [(320, 1.0), (640, 2.0), (1280, 1.0)] {
            stage.cdp("Emulation.setDeviceMetricsOverride", metrics(width, scale)).await?;
            assert_eq!(stage.script(overflow, vec![]).await?, json!([]), "{path} at {width} px");
        }
    }
    measured(10, "right to left, at 320 px and at 200 %: cut off or lying over an edge 0");
    stage.close().await
}

/// From the top of the panel to its end with the Tab key alone: everything that can be pressed is reached, is named, and shows that it is focused.
#[tokio::test]
async fn the_keyboard_reaches_everything() -> Outcome<()> {
    let stage = at_work(Look { size: (1700, 1000), ..Look::at("half") }).await?;
    let wanted = stage.tab_through().await?;
    assert!(wanted > 20, "{wanted}");
    measured(10, format!("with the Tab key alone: {wanted} of {wanted} reached, each named and shown as focused"));
    // Escape closes what floats, and the focus is back where it was opened.
    stage.use_in_panel("menu").await?;
    stage.driver.action_chain().send_keys('\u{e00c}').perform().await?;
    wait_for("the focus on the menu's button", async || {
        Ok((stage.script("return document.activeElement.dataset.key", vec![]).await? == json!("menu")).then_some(()))
    })
    .await?;
    stage.close().await
}

/// Data that changes under a reader moves nothing: neither what he looks at, nor where the focus is. On 300 operations, scrolled to their middle.
#[tokio::test]
async fn data_that_changes_moves_nothing_under_the_reader() -> Outcome<()> {
    let stage = at_work(Look { size: (1700, 1000), ..Look::at("large") }).await?;
    stage.use_in_panel("tab-operations").await?;
    stage.use_in_panel("filter:all").await?;
    let rows = "return document.querySelectorAll('li.operation').length";
    wait_for("300 operations", async || Ok(stage.script(rows, vec![]).await?.as_u64().filter(|rows| *rows >= 300))).await?;
    // Somebody reads in the middle, and has just pressed something there.
    let place = "const row = document.querySelectorAll('li.operation')[150]; row.scrollIntoView({ block: 'center' }); const button = row.querySelector('button'); button.focus(); \
        return [button.dataset.key, Math.round(button.getBoundingClientRect().top)]";
    let before = stage.script(place, vec![]).await?;
    let changed = "return document.querySelector('.source')?.textContent + [...document.querySelectorAll('.figure')].map((figure) => figure.textContent)";
    let told = stage.script(changed, vec![]).await?;
    for accounts in [json!([]), json!(["ana.kovac@contoso.com"]), json!([INTENDED])] {
        stage.send(json!({ "kind": "intend", "accounts": accounts, "scope": "everywhere", "at": 2.0 })).await?;
    }
    stage.send(json!({ "kind": "owners", "on": true })).await?;
    stage.send(json!({ "kind": "refresh", "at": 3.0 })).await?;
    wait_for("the last change", async || {
        Ok((stage.script("return document.querySelector('[data-key=\"toggle:owners\"]')?.getAttribute('aria-pressed')", vec![]).await? == json!("true"))
            .then_some(()))
    })
    .await?;
    let now = "const at = document.activeElement; return [at.dataset.key, Math.round(at.getBoundingClientRect().top)]";
    wait_for("the same picture", async || Ok((stage.script(changed, vec![]).await? == told).then_some(()))).await?;
    assert_eq!(stage.script(now, vec![]).await?, before);
    stage.close().await
}

/// What stays when the extension goes reads as the page does: in its colours, and from the right where its language does.
#[tokio::test]
async fn the_last_words_are_dressed_as_the_page() -> Outcome<()> {
    for (language, dark, wanted) in [("ar", true, "rtl"), ("en", false, "ltr")] {
        let stage = at_work(Look { language, dark, ..Look::at("half") }).await?;
        stage.reload_extension().await?;
        stage.to_page().await?;
        // Somebody works on: whatever is left of us notices at the first press.
        stage.driver.action_chain().move_to(640, 24).click().perform().await?;
        wait_for("the hint", async || Ok((!stage.hints().await?.is_empty()).then_some(()))).await?;
        assert_eq!(stage.hint_wears().await?, Some((wanted.to_owned(), dark)), "{language}");
        stage.close().await?;
    }
    Ok(())
}
