//! How a stage is set: which browser, which portal, which package.

use practice_portal::Options;

use crate::failure::{Failure, Outcome};
use crate::launch::program;
use crate::policy::Policy;
use crate::{chromium, firefox};

/// Which browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Browser {
    /// Chromium, for Edge, Chrome and what else is made of it.
    #[default]
    Chromium,
    /// Firefox.
    Firefox,
}

impl Browser {
    /// Why there is none here; nothing where there is.
    #[must_use]
    pub fn missing(self) -> Option<String> {
        let found = match self {
            Self::Chromium => program("CHROMIUM", &chromium::NAMES).and(program("CHROMEDRIVER", &["chromedriver"])),
            Self::Firefox => program("FIREFOX", &firefox::NAMES).and(program("GECKODRIVER", &["geckodriver"])),
        };
        found.err().map(|failure| failure.to_string())
    }

    /// What the addresses of the extension's own pages begin with.
    #[must_use]
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::Chromium => "chrome-extension://",
            Self::Firefox => "moz-extension://",
        }
    }

    /// Whether a host is the browser's makers' own: a browser asks them for settings, whatever is installed.
    #[must_use]
    pub fn asks_its_makers(self, host: &str) -> bool {
        let makers: &[&str] = match self {
            Self::Chromium => &[".google.com", ".googleapis.com", ".gvt1.com", ".gstatic.com", ".googleusercontent.com"],
            Self::Firefox => &[".mozilla.com", ".mozilla.org", ".mozilla.net", ".firefox.com", ".mozaws.net", ".mozgcp.net"],
        };
        makers.iter().any(|own| host.ends_with(own))
    }
}

/// What becomes of a file of the package, in this stage's own copy of it: what a test needs and a person doesn't must not ship.
pub type Change = (&'static str, fn(&str) -> String);

/// How the stage is set.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent wishes, each by its name")]
pub struct Look {
    /// In which browser.
    pub browser: Browser,
    /// The portal's scenario and ways.
    pub portal: Options,
    /// Without a window.
    pub headless: bool,
    /// Whether the system asks for dark colours.
    pub dark: bool,
    /// The window's size, in CSS pixels.
    pub size: (u32, u32),
    /// Separate clouds' portals that are allowed from the start: what a person allows in the options, which no test can press for them.
    pub allowed: Vec<&'static str>,
    /// Without the extension: to compare what the page does by itself.
    pub bare: bool,
    /// Whether Chromium records what each of its processes does.
    pub traced: bool,
    /// Whether the extension may run in private windows.
    pub private: bool,
    /// Whether what the background complains of is heard too: in Chromium by ears in this stage's copy of the package.
    pub heard: bool,
    /// What is changed in the package.
    pub changes: Vec<Change>,
    /// What an organisation says by policy. The package then has an id of its own, so that no other browser hears of it.
    pub policy: Option<Policy>,
    /// The browser's language.
    pub language: &'static str,
}

impl Look {
    /// A headless Chromium of a usual size on a scenario.
    #[must_use]
    pub fn at(scenario: &str) -> Self {
        Self {
            browser: Browser::default(),
            portal: Options { scenario: scenario.to_owned(), ..Options::default() },
            headless: true,
            dark: false,
            size: (1400, 900),
            allowed: Vec::new(),
            bare: false,
            traced: false,
            private: false,
            heard: false,
            changes: Vec::new(),
            policy: None,
            language: "en-US",
        }
    }

    /// The same in another browser.
    #[must_use]
    pub fn with(self, browser: Browser) -> Self {
        Self { browser, ..self }
    }
}

/// A test that can't be run for want of a browser. At somebody's desk it says so and is passed over; on a build server nobody would read that, so there it fails.
///
/// # Errors
/// Where `CI` is set, as build servers do.
pub fn skipped(missing: &str) -> Outcome<()> {
    if std::env::var_os("CI").is_some_and(|set| !set.is_empty()) {
        return Err(Failure::new(format!(
            "{missing} (On a build server all browsers have to be there: on Debian and Ubuntu install `firefox-esr` or `firefox`.)"
        )));
    }
    println!("skipped: {missing}");
    Ok(())
}

/// Makes tests of functions that take a [`Browser`]: each in Chromium, and in Firefox where one is installed.
#[macro_export]
macro_rules! in_each_browser {
    ($($name:ident),+ $(,)?) => {
        mod chromium {
            $(
                #[tokio::test]
                async fn $name() -> $crate::Outcome<()> {
                    super::$name($crate::Browser::Chromium).await
                }
            )+
        }

        mod firefox {
            $(
                #[tokio::test]
                async fn $name() -> $crate::Outcome<()> {
                    if let Some(missing) = $crate::Browser::Firefox.missing() {
                        return $crate::skipped(&missing);
                    }
                    super::$name($crate::Browser::Firefox).await
                }
            )+
        }
    };
}
