//! The page of sweeps: reads what is stored, shows it, and carries what a person does to the background.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Reflect};
use serde_json::{Map, Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use super::chrome::{self, Hearing};
use super::clock::Watch;
use super::dom::Mount;
use super::error::Refused;
use super::hands::{self, Hands};
use super::papers;
use super::places::{is_sweep, places};
use super::store::{MOST_READINGS, entries, json};
use crate::model::AccountPattern;
use crate::protocol::SweepEvent;
use crate::report::{At, Paper};
use crate::session::Kept;
use crate::sweep::{Answer, Question, Sight, Sweep, sheet};
use crate::ui::Act;
use crate::ui::sweep::{Deed, Elsewhere, Known, Place, Scene, Unheard, View, draw};

/// While the sweep runs, the page tells that time goes by, in milliseconds: a request that got lost is asked for again.
const TICK: u32 = 15_000;

/// The page isn't drawn more often than this, in milliseconds; nor does drawing take more than a third of the time.
const PAUSE: f64 = 200.0;

/// The worker may just have been stopped: the browser needs a moment to start it again. In milliseconds.
const PAUSES: [u32; 4] = [0, 150, 500, 1_500];

/// The page.
struct Page {
    mount: Mount,
    clock: Watch,
    tab: Option<i32>,
    /// Everything in local storage but the policy, and what lies in the session's.
    local: Map<String, Value>,
    session: Map<String, Value>,
    policy: Map<String, Value>,
    /// How often storage was heard to change.
    heard: u32,
    kept: Kept,
    places: Vec<Place>,
    elsewhere: Vec<Elsewhere>,
    view: View,
    sweep: Option<(String, Sweep)>,
    sight: Sight,
    /// The parts of the sweep that changed since it was judged; none: all of it.
    changed: Option<BTreeSet<String>>,
    is_waiting: bool,
    cost: f64,
}

type Shared = Rc<RefCell<Page>>;

/// What hears something for the page; dropping it would end that.
struct Open {
    _page: Shared,
    _hands: Hands,
    _stored: Hearing,
}

thread_local! {
    /// The page lives as long as this does.
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// Starts the page of sweeps.
///
/// # Errors
/// Where the page lacks its place, or the browser refuses a part of it.
#[wasm_bindgen]
pub async fn sweep() -> Result<(), JsValue> {
    let missing = || Refused::new("page", "the page lacks its place");
    let window = web_sys::window().ok_or_else(missing)?;
    let document = window.document().ok_or_else(missing)?;
    let root = document.get_element_by_id("sweep").ok_or_else(missing)?;
    let tab = window.location().search().ok().and_then(|search| search.strip_prefix("?tab=")?.parse().ok());
    let page = Page {
        mount: Mount::new(document, root.clone()),
        clock: Watch::new(),
        tab,
        local: Map::new(),
        session: Map::new(),
        policy: Map::new(),
        heard: 0,
        kept: Kept::default(),
        places: Vec::new(),
        elsewhere: Vec::new(),
        view: View::default(),
        sweep: None,
        sight: Sight::default(),
        changed: None,
        // Until it is read, nothing is shown.
        is_waiting: true,
        cost: 0.0,
    };
    let page: Shared = Rc::new(RefCell::new(page));
    let (one, two, three) = (page.clone(), page.clone(), page.clone());
    let hands = Hands::new(&root, move |deed| done(&one, deed));
    let stored = Hearing::storage_changed(move |changes, area| changed(&two, &changes, &area.as_string().unwrap_or_default()));
    read(&page).await?;
    show(&page);
    OPEN.with(|open| *open.borrow_mut() = Some(Open { _page: page, _hands: hands, _stored: stored }));
    spawn_local(async move {
        loop {
            TimeoutFuture::new(TICK).await;
            let is_running = three.borrow().sweep.as_ref().is_some_and(|(_, sweep)| sweep.head.is_running());
            if is_running {
                tell(&three, &SweepEvent::Waited { at: Date::now() });
                show(&three);
            }
        }
    });
    Ok(())
}

/// Reads everything; what changed while it was read, again: a sweep that runs writes several times a second.
async fn read(page: &Shared) -> Result<(), JsValue> {
    let all = |object: JsValue| entries(&object).into_iter().filter_map(|(key, value)| Some((key, json(&value)?))).collect::<Map<_, _>>();
    for _ in 0..MOST_READINGS {
        let heard = page.borrow().heard;
        let local = all(chrome::read_local(&JsValue::NULL).await?);
        let session = all(chrome::read_session(&JsValue::NULL).await?);
        let policy = all(chrome::read_managed(&JsValue::NULL).await.unwrap_or(JsValue::NULL));
        let mut page = page.borrow_mut();
        (page.local, page.session, page.policy) = (local, session, policy);
        if page.heard == heard {
            break;
        }
    }
    let mut page = page.borrow_mut();
    page.judge_kept();
    page.look_around();
    page.changed = None;
    page.is_waiting = false;
    Ok(())
}

impl Page {
    /// The policy stands under a key of its own; nothing in local storage can pass for it.
    fn judge_kept(&mut self) {
        let mut items: Map<String, Value> = self.local.iter().filter(|(key, _)| !is_sweep(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
        items.insert("managed".to_owned(), Value::Object(self.policy.clone()));
        self.kept = Kept::from_items(&Value::Object(items));
    }

    fn look_around(&mut self) {
        (self.places, self.elsewhere) = places(&self.local, &self.session, self.tab);
    }

    fn chosen(&self) -> Option<usize> {
        let wanted = self.view.place.as_ref().and_then(|id| self.places.iter().position(|place| place.id() == *id));
        wanted.or_else(|| (!self.places.is_empty()).then_some(0))
    }

    /// The chosen sweep, as it is stored now, judged.
    fn renew(&mut self) {
        let Some(place) = self.chosen().and_then(|index| self.places.get(index)) else { return self.sweep = None };
        let (id, key) = (place.id(), place.key());
        let items = if place.is_private { &self.session } else { &self.local };
        let kept = &self.kept;
        let environment = place.environment.clone();
        let intent = |flow: &str| kept.intent(&environment, flow);
        let changed = self.changed.take();
        self.changed = Some(BTreeSet::new());
        if let (Some((known, sweep)), Some(changed)) = (&mut self.sweep, &changed)
            && *known == id
            && let Some(flows) = sweep.renewed(&key, changed, items)
        {
            for flow in flows {
                self.sight.again(sweep, flow, &intent);
            }
            return;
        }
        self.sweep = Sweep::restored(&key, items).map(|sweep| (id, sweep));
        self.sight = self.sweep.as_ref().map(|(_, sweep)| Sight::new(sweep, &intent)).unwrap_or_default();
    }

    /// What is asked: the rules, or an account; nothing typed means the person's own.
    fn question(&self) -> Option<Question> {
        let own = || self.chosen().and_then(|index| self.places.get(index)).and_then(|place| AccountPattern::new(&place.account));
        match () {
            () if self.view.by_rules => Some(Question::Rules),
            () if self.view.account.trim().is_empty() => own().map(Question::Account),
            () => AccountPattern::typed(&self.view.account).map(Question::Account),
        }
    }

    fn paint(&mut self) {
        self.renew();
        let question = self.question();
        let none = Question::Account(nobody());
        let answer = self.sweep.as_ref().map(|(_, sweep)| Answer::new(sweep, &self.sight, question.as_ref().unwrap_or(&none)));
        let known =
            self.sweep.as_ref().zip(answer.as_ref()).map(|((_, sweep), answer)| Known { sweep, sight: &self.sight, question: question.as_ref(), answer });
        let scene = Scene {
            places: &self.places,
            elsewhere: &self.elsewhere,
            chosen: self.chosen(),
            known,
            may_ask: self.kept.may_ask(),
            now: Date::now(),
            clock: &self.clock,
        };
        let tree = draw(&scene, &self.view);
        if let Err(error) = self.mount.show(tree) {
            web_sys::console::error_1(&error);
        }
    }
}

/// A pattern that means nobody: no identity has a blank in it.
fn nobody() -> AccountPattern {
    AccountPattern::new("no body").unwrap_or_else(nobody)
}

/// Shows what is known now; at once, or after a pause where it was shown a moment ago.
fn show(page: &Shared) {
    if page.borrow().is_waiting {
        return;
    }
    page.borrow_mut().is_waiting = true;
    let pause = PAUSE.max(page.borrow().cost * 3.0);
    let page = page.clone();
    spawn_local(async move {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some seconds at most")]
        TimeoutFuture::new(pause.clamp(0.0, 10_000.0) as u32).await;
        at_once(&page);
    });
}

fn at_once(page: &Shared) {
    let began = Date::now();
    let mut page = page.borrow_mut();
    page.is_waiting = false;
    page.paint();
    page.cost = Date::now() - began;
}

fn changed(page: &Shared, changes: &JsValue, area: &str) {
    let mut matters = false;
    {
        let page = &mut *page.borrow_mut();
        page.heard = page.heard.wrapping_add(1);
        let (items, is_local) = match area {
            "local" => (&mut page.local, true),
            "session" => (&mut page.session, false),
            "managed" => (&mut page.policy, true),
            _ => return,
        };
        let mut places = false;
        let mut kept = false;
        for (key, change) in entries(changes) {
            let value = Reflect::get(&change, &"newValue".into()).ok().and_then(|value| json(&value));
            let is_ours = is_sweep(&key);
            if let (true, Some(changed)) = (is_ours, &mut page.changed) {
                changed.insert(key.clone());
            }
            matters |= is_ours || key.starts_with("doc:");
            places |= key == "sweeps" || key.starts_with("doc:");
            kept |= is_local && !is_ours;
            match value {
                Some(value) => items.insert(key, value),
                None => items.shift_remove(&key),
            };
        }
        if places {
            page.look_around();
        }
        if kept {
            page.judge_kept();
            page.changed = None;
            matters = true;
        }
    }
    if matters {
        show(page);
    }
}

fn done(page: &Shared, deed: hands::Deed) {
    match deed {
        hands::Deed::Away => return,
        hands::Deed::Typed(key, typed) => {
            let field = match page.borrow().mount.act(&key) {
                Some(Act::Sweep(Deed::Type(field))) => *field,
                _ => return,
            };
            let mut page = page.borrow_mut();
            page.view.type_into(field, typed);
            if field == crate::ui::sweep::Field::Environment {
                page.changed = None;
            }
        }
        hands::Deed::Used(key) => {
            let Some(Act::Sweep(deed)) = page.borrow().mount.act(&key).cloned() else { return };
            let applied = page.borrow_mut().view.apply(&deed);
            if matches!(deed, Deed::List(_)) {
                at_once(page);
                page.borrow().mount.bring("flows");
                return;
            }
            if !applied {
                match deed {
                    Deed::Start => start(page),
                    Deed::Tell(event) => tell(page, &event),
                    Deed::Save(paper) => save(page, paper),
                    _ => {}
                }
            }
        }
    }
    at_once(page);
}

fn start(page: &Shared) {
    let Some(place) = page.borrow().chosen().and_then(|index| page.borrow().places.get(index).cloned()) else { return };
    let Place { environment, host, account, tenant, .. } = place;
    tell(page, &SweepEvent::Start { environment, host, account, tenant, at: Date::now() });
}

/// Tells the background; again if the worker was just stopped. Said twice, nothing happens twice.
fn tell(page: &Shared, event: &SweepEvent) {
    let message = {
        let page = page.borrow();
        let Some(place) = page.chosen().and_then(|index| page.places.get(index)) else { return };
        json!({ "to": "sweep", "key": place.key(), "isPrivate": place.is_private, "event": event }).to_string()
    };
    let page = page.clone();
    spawn_local(async move {
        let Ok(message) = js_sys::JSON::parse(&message) else { return };
        let mut unheard = Some(Unheard::Silence);
        for pause in PAUSES {
            TimeoutFuture::new(pause).await;
            let Ok(answer) = chrome::send_message(&message).await else { continue };
            let error = Reflect::get(&answer, &"error".into()).ok().and_then(|error| error.as_string());
            match error.as_deref() {
                None if answer.is_object() => unheard = None,
                Some("storage") => unheard = Some(Unheard::Room),
                Some("refused") => {}
                _ => continue,
            }
            break;
        }
        let is_news = page.borrow().view.unheard != unheard;
        page.borrow_mut().view.unheard = unheard;
        if is_news {
            show(&page);
        }
    });
}

fn save(page: &Shared, paper: Paper) {
    let page = page.borrow();
    let (Some((_, sweep)), Some(question)) = (&page.sweep, page.question()) else { return };
    let answer = Answer::new(sweep, &page.sight, &question);
    let known = Known { sweep, sight: &page.sight, question: Some(&question), answer: &answer };
    let scene = Scene {
        places: &page.places,
        elsewhere: &page.elsewhere,
        chosen: page.chosen(),
        known: Some(known),
        may_ask: true,
        now: Date::now(),
        clock: &page.clock,
    };
    let address = |place: usize, is_left| sweep.entries().get(place).and_then(|entry| scene.address(entry, is_left));
    let found = sheet(sweep, &page.sight, &question, &answer, Some(At(Date::now())), &address);
    if let Err(error) = papers::hand_over(&papers::swept(&found, paper), &format!("Sweep.{}", paper.ending()), paper) {
        web_sys::console::error_1(&error);
    }
}
