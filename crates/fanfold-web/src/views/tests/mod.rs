//! Several values for every page, and the test that renders each of them. The pages are also written to
//! `target/page-samples/`, to be looked at in a browser and given to the HTML checker and to axe.

mod desk;
mod lists;
mod names;
mod pieces;
mod works;
mod wrangling;

use std::path::PathBuf;

use askama::Template;

/// A page by the name of its sample.
type Rendered = (String, String);

fn render<T: Template>(page: &str, samples: Vec<(&str, T)>) -> Vec<Rendered> {
    samples
        .into_iter()
        .map(|(name, context)| {
            (
                format!("{page}-{name}"),
                context.render().unwrap_or_else(|e| panic!("{page}-{name}: {e}")),
            )
        })
        .collect()
}

fn all() -> Vec<Rendered> {
    [
        render("home", lists::home()),
        render("works", lists::works_list()),
        render("search", lists::search()),
        render("tag", names::tag()),
        render("choice", names::choice()),
        render("fandoms", names::fandoms()),
        render("creator", names::creator()),
        render("series", names::series()),
        render("like", names::like()),
        render("work", works::work()),
        render("contents", works::contents()),
        render("gate", works::gate()),
        render("sources", desk::sources()),
        render("imports", desk::imports()),
        render("import", desk::import()),
        render("waiting", desk::waiting()),
        render("wrangling", wrangling::wrangling()),
        render("wrangling_preview", wrangling::preview()),
        render("beside", desk::beside()),
        render("filters", desk::filters()),
        render("problem", desk::problem()),
        render("help", desk::help()),
        render("preferences", desk::preferences()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/page-samples")
}

#[test]
fn every_page_renders_with_every_sample() {
    let folder = folder();
    std::fs::create_dir_all(folder.join("static/fonts")).unwrap();
    let assets = crate::assets::assets();
    for asset in [&assets.css, &assets.js, &assets.icon].into_iter().chain(&assets.fonts) {
        std::fs::write(folder.join(asset.address.trim_start_matches('/')), &asset.bytes).unwrap();
    }
    for (name, html) in all() {
        std::fs::write(folder.join(format!("{name}.html")), &html).unwrap();
        assert!(html.ends_with("</html>"), "{name} ends early");
    }
}

#[test]
fn every_page_has_exactly_one_first_heading_and_one_main_landmark() {
    for (name, html) in all() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
    }
}

#[test]
fn no_page_needs_what_the_content_security_policy_forbids() {
    for (name, html) in all() {
        for forbidden in [
            " style=\"",
            "<style",
            "<script>",
            " onclick",
            " onload",
            "javascript:",
            "src=\"http",
            "url(http",
        ] {
            assert!(!html.contains(forbidden), "{name} contains {forbidden}");
        }
    }
}

#[test]
fn ids_are_unique_on_every_page() {
    for (name, html) in all() {
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        for pair in ids.windows(2) {
            assert_ne!(pair[0], pair[1], "{name} uses an id twice");
        }
    }
}

#[test]
fn what_a_source_says_is_never_markup() {
    for (name, html) in all() {
        assert!(!html.contains("<img src=x"), "{name} lets a name through as markup");
    }
}
