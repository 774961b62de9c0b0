//! What every page has around its content: title, navigation, the reader's settings.

use super::parts::NamedLink;
use crate::assets::assets;

/// Which entry of the navigation the page belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// None of them.
    #[default]
    Elsewhere,
    /// The home page.
    Home,
    /// Lists of works, works, chapters.
    Works,
    /// Fandoms and other tags.
    Fandoms,
    /// Search.
    Search,
    /// What waits for a person.
    Waiting,
    /// Imports.
    Import,
}

/// One choice a reader may make about how text looks. The empty value is the default.
#[derive(Debug)]
pub struct Setting {
    /// Name of the form field and of the `data-` attribute.
    pub name: &'static str,
    /// The question in words.
    pub legend: &'static str,
    /// Values with their words.
    pub values: &'static [(&'static str, &'static str)],
}

/// Every setting, in the order of the form.
pub const SETTINGS: [Setting; 6] = [
    Setting {
        name: "paper",
        legend: "Paper",
        values: &[
            ("", "As the device"),
            ("paper", "Paper"),
            ("sepia", "Sepia"),
            ("dark", "Dark"),
            ("black", "Black"),
        ],
    },
    Setting {
        name: "size",
        legend: "Size",
        values: &[("small", "Small"), ("", "Medium"), ("large", "Large"), ("largest", "Largest")],
    },
    Setting {
        name: "face",
        legend: "Type",
        values: &[("", "Literata"), ("sans", "Source Sans"), ("atkinson", "Atkinson Hyperlegible")],
    },
    Setting {
        name: "measure",
        legend: "Line length",
        values: &[("narrow", "Short"), ("", "Medium"), ("wide", "Long")],
    },
    Setting {
        name: "paragraphs",
        legend: "Paragraphs",
        values: &[("", "Set apart"), ("indent", "Indented")],
    },
    Setting {
        name: "density",
        legend: "Lists",
        values: &[("", "Comfortable"), ("compact", "Compact")],
    },
];

/// The reader's choices: for each of [`SETTINGS`] the place of the chosen value in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Preferences([u8; SETTINGS.len()]);

impl Default for Preferences {
    fn default() -> Self {
        Self::from_pairs(std::iter::empty())
    }
}

impl Preferences {
    /// Takes name and value pairs of a form or cookie; what it does not know it leaves at the default.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut chosen = SETTINGS.each_ref().map(|setting| place(setting, "").unwrap_or_default());
        for (name, value) in pairs {
            for (setting, slot) in SETTINGS.iter().zip(&mut chosen) {
                if setting.name == name {
                    *slot = place(setting, value).unwrap_or(*slot);
                }
            }
        }
        Self(chosen)
    }

    /// Reads what [`Preferences::to_cookie`] wrote.
    pub fn from_cookie(cookie: &str) -> Self {
        Self::from_pairs(cookie.split('.').filter_map(|pair| pair.split_once('-')))
    }

    /// The choices as one cookie value, defaults left out.
    pub fn to_cookie(self) -> String {
        self.chosen().map(|(name, value)| format!("{name}-{value}")).collect::<Vec<_>>().join(".")
    }

    /// Choices that are not the default, as name and value.
    pub fn chosen(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        SETTINGS
            .iter()
            .zip(self.0)
            .filter_map(|(setting, slot)| {
                setting.values.get(usize::from(slot)).map(|(value, _)| (setting.name, *value))
            })
            .filter(|(_, value)| !value.is_empty())
    }

    /// The chosen value of a setting.
    pub fn value(&self, name: &str) -> &'static str {
        self.chosen().find(|(n, _)| *n == name).map_or("", |(_, value)| value)
    }

    /// Whether a value is the chosen one.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }
}

fn place(setting: &Setting, value: &str) -> Option<u8> {
    setting.values.iter().position(|(v, _)| *v == value).and_then(|i| u8::try_from(i).ok())
}

/// The frame of a page.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// What stands in the browser's tab, without the site's name.
    pub title: String,
    /// Path and query of this page, to come back to after a form.
    pub path: String,
    /// Where in the navigation we are.
    pub section: Section,
    /// The reader's settings.
    pub preferences: Preferences,
    /// Whether the reader may bring works in and see what waits.
    pub owner: bool,
    /// What stands in the search box.
    pub query: String,
    /// The feed of what the page lists, and what it is called.
    pub feed: Option<NamedLink>,
}

impl Frame {
    /// The same frame on a page that has a feed.
    #[must_use]
    pub fn with_feed(self, name: impl Into<String>, href: impl Into<String>) -> Self {
        Self { feed: Some(NamedLink::new(name, href)), ..self }
    }

    /// Address of the style sheet.
    pub fn css(&self) -> &'static str {
        &assets().css.address
    }

    /// Address of the script.
    pub fn js(&self) -> &'static str {
        &assets().js.address
    }

    /// Address of the icon.
    pub fn icon(&self) -> &'static str {
        &assets().icon.address
    }

    /// Fonts worth asking for before the style sheet is read: the two that every page shows.
    pub fn early_fonts(&self) -> Vec<&'static str> {
        let early = |font: &&crate::assets::Asset| {
            font.address.contains("literata-latin.") || font.address.contains("source-sans-latin.")
        };
        assets().fonts.iter().filter(early).map(|font| font.address.as_str()).collect()
    }

    /// The settings form's questions.
    pub fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    /// `aria-current` for an entry of the navigation.
    pub fn is_in(&self, section: Section) -> bool {
        self.section == section
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_the_cookie() {
        let chosen =
            Preferences::from_pairs([("paper", "sepia"), ("size", "large"), ("face", "sans")]);
        assert_eq!(Preferences::from_cookie(&chosen.to_cookie()), chosen);
        assert_eq!(chosen.value("paper"), "sepia");
        assert_eq!(chosen.value("measure"), "");
    }

    #[test]
    fn a_cookie_of_nonsense_gives_the_defaults() {
        for nonsense in ["", "paper-plaid", "....", "size-\"><script>", "paper"] {
            assert_eq!(Preferences::from_cookie(nonsense), Preferences::default());
        }
    }
}
