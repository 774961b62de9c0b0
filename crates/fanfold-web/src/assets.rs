//! What pages ask for beside themselves: one style sheet, one small script and the fonts, all in the
//! binary. Each address carries a hash of the content, so a browser may keep the file for good.

use std::sync::LazyLock;

/// A file served under `/static/`.
#[derive(Debug)]
pub struct Asset {
    /// Address with the hash in it, such as `/static/fanfold.1a2b3c4d5e.css`.
    pub address: String,
    /// The media type to send.
    pub media_type: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
}

/// All assets, built once.
#[derive(Debug)]
pub struct Assets {
    /// The style sheet.
    pub css: Asset,
    /// The optional script.
    pub js: Asset,
    /// Fonts, in the order of the list below.
    pub fonts: Vec<Asset>,
    /// The small picture in the browser's tab.
    pub icon: Asset,
}

const STYLE: &str = concat!(
    include_str!("../static/css/fonts.css"),
    include_str!("../static/css/tokens.css"),
    include_str!("../static/css/hues.css"),
    include_str!("../static/css/base.css"),
    include_str!("../static/css/frame.css"),
    include_str!("../static/css/forms.css"),
    include_str!("../static/css/complete.css"),
    include_str!("../static/css/cards.css"),
    include_str!("../static/css/lists.css"),
    include_str!("../static/css/reading.css"),
    include_str!("../static/css/colophon.css"),
    include_str!("../static/css/desk.css"),
    include_str!("../static/css/facsimile.css"),
    include_str!("../static/css/print.css"),
);

const SCRIPT: &str =
    concat!(include_str!("../static/js/fanfold.js"), include_str!("../static/js/complete.js"),);
const ICON: &str = include_str!("../static/icon.svg");

macro_rules! font {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../static/fonts/", $name, ".woff2")))
    };
}

/// Font files by the name that the style sheet uses.
const FONTS: &[(&str, &[u8])] = &[
    font!("literata-latin"),
    font!("literata-latin-italic"),
    font!("literata-latin-ext"),
    font!("literata-latin-ext-italic"),
    font!("literata-cyrillic"),
    font!("literata-cyrillic-italic"),
    font!("source-sans-latin"),
    font!("source-sans-latin-ext"),
    font!("source-sans-cyrillic"),
    font!("atkinson-latin"),
    font!("atkinson-latin-italic"),
    font!("atkinson-latin-bold"),
];

static ASSETS: LazyLock<Assets> = LazyLock::new(build);

/// The assets of this build.
pub fn assets() -> &'static Assets {
    &ASSETS
}

impl Assets {
    /// The asset behind an address, if there is one.
    pub fn at(&self, address: &str) -> Option<&Asset> {
        let own = [&self.css, &self.js, &self.icon];
        own.into_iter().chain(&self.fonts).find(|asset| asset.address == address)
    }
}

fn build() -> Assets {
    let mut style = STYLE.to_owned();
    let fonts = FONTS
        .iter()
        .map(|&(name, bytes)| {
            let asset = hashed(&format!("fonts/{name}"), "woff2", "font/woff2", bytes.to_vec());
            style = style.replace(&format!("/static/fonts/{name}.woff2"), &asset.address);
            asset
        })
        .collect();
    Assets {
        css: hashed("fanfold", "css", "text/css; charset=utf-8", style.into_bytes()),
        js: hashed("fanfold", "js", "text/javascript; charset=utf-8", SCRIPT.into()),
        icon: hashed("icon", "svg", "image/svg+xml", ICON.into()),
        fonts,
    }
}

fn hashed(name: &str, extension: &str, media_type: &'static str, bytes: Vec<u8>) -> Asset {
    let hash = blake3::hash(&bytes).to_hex();
    let address = format!("/static/{name}.{}.{extension}", &hash.as_str()[..10]);
    Asset { address, media_type, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_that_the_style_sheet_names_is_served_under_its_hash() {
        let style = String::from_utf8(assets().css.bytes.clone()).unwrap();
        let named: Vec<&str> =
            style.split("url(\"").skip(1).filter_map(|s| s.split('"').next()).collect();
        assert_eq!(named.len(), FONTS.len());
        for address in named {
            assert!(assets().at(address).is_some(), "{address} is not served");
        }
    }

    #[test]
    fn the_style_sheet_asks_nobody_else_for_anything() {
        let style = String::from_utf8(assets().css.bytes.clone()).unwrap();
        assert!(
            !style.contains("http:") && !style.contains("https:") && !style.contains("@import")
        );
    }

    #[test]
    fn fonts_stay_under_half_a_megabyte() {
        let total: usize = FONTS.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(total < 500_000, "{total} bytes of fonts");
    }
}
