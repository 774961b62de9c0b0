//! Every address of the site on one page.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;

use crate::site::Site;
use crate::{
    api, creators, desk, downloads, feeds, guard, help, home, imports, series, shelf, statics,
    tags, works, wrangling,
};

/// The largest form that is not an upload, in bytes.
const FORM_LIMIT: usize = 64 * 1024;

/// The whole site.
pub(crate) fn router(site: Arc<Site>) -> Router {
    let mut router = reading();
    if site.is_owners() {
        router = router.merge(owners());
    }
    router
        .fallback(works::old_address)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn(crate::error::with_pages))
        .layer(CompressionLayer::new().gzip(true).br(true))
        .layer(from_fn_with_state(site.clone(), guard::guard))
        .with_state(site)
}

/// What everyone may ask for.
fn reading() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(home::show))
        .route("/works", get(works::list))
        .route("/works/{id}", get(works::show))
        .route("/works/{id}/chapters", get(works::contents))
        .route("/works/{id}/chapters/{position}", get(works::chapter))
        .route("/works/{id}/like", get(works::like))
        .route("/fandoms", get(tags::fandoms))
        .route("/tags/{name}", get(tags::choose))
        .route("/tags/{kind}/{name}", get(tags::show))
        .route("/tags/{kind}/{name}/works", get(tags::works))
        .route("/creators/{name}", get(creators::choose))
        .route("/creators/{id}/{name}", get(creators::show))
        .route("/series/{id}", get(series::show))
        .route("/search", get(works::search))
        .route("/api/openapi.json", get(api::description))
        .route("/api/v1/works", get(api::search))
        .route("/api/v1/works/{id}", get(api::work))
        .route("/api/v1/tags", get(api::tags))
        .route("/api/v1/tags/{kind}/{name}", get(api::tag))
        .route("/api/v1/complete", get(api::complete))
        .route("/feeds/works", get(feeds::works))
        .route("/feeds/creators/{id}", get(feeds::creator))
        .route("/feeds/series/{id}", get(feeds::series))
        .route("/downloads/{id}/{file}", get(downloads::work))
        .route("/help/search", get(help::search))
        .route("/preferences", get(help::preferences).post(help::set_preferences))
        .route("/adult", post(help::pass_the_gate))
        .route("/static/{*file}", get(statics::file))
        .route("/favicon.ico", get(statics::icon))
        .route("/healthz", get(help::health))
}

/// What only the owner may ask for; on a public site these addresses do not exist. Originals are among them: they hold
/// addresses and names that were never meant for strangers.
fn owners() -> Router<Arc<Site>> {
    Router::new()
        .route(
            "/import",
            get(imports::form).post(imports::upload).layer(DefaultBodyLimit::disable()),
        )
        .route("/imports/{id}", get(imports::report))
        .route("/imports/running/{job}", get(imports::progress))
        .route("/works/{id}/sources", get(works::sources))
        .route("/works/{id}/sources/{place}", get(downloads::original))
        .route("/filters", get(shelf::show).post(shelf::keep))
        .route("/filters/forget", post(shelf::forget))
        .route("/feeds/filters/{name}", get(feeds::filter))
        .route("/mutes", post(shelf::mute))
        .route("/mutes/lift", post(shelf::lift))
        .route("/wrangling", get(wrangling::bin).post(wrangling::decide))
        .route("/wrangling/undo/{change}", post(wrangling::undo))
        .route("/waiting", get(desk::waiting))
        .route("/waiting/{id}", post(desk::answer))
        .route("/works/{id}/beside/{other}", get(works::beside))
        .route("/works/{id}/versions/{number}", get(works::version))
}
