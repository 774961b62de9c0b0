//! The running site: what every handler shares, and the server around it.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::serve::ListenerExt;
use fanfold_app::Archive;
use fanfold_app::shelf::Standing;
use fanfold_app::tags::Suggesters;
use fanfold_model::Viewer;
use tokio::net::TcpListener;

use crate::cache::PageCache;
use crate::error::Problem;
use crate::imports::Jobs;

/// Who acts on a library that is served to its owner.
pub(crate) const OWNER: &str = "owner";

/// How the site is served.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Strangers may come: read-only, and only what is public is seen.
    pub public: bool,
    /// Ask before a work that is not known to be for everyone is shown.
    pub adult_gate: bool,
    /// The address the site is reached at from outside, such as `https://archive.example.org`.
    pub base_url: Option<String>,
}

/// What every handler shares.
pub(crate) struct Site {
    pub(crate) archive: Archive,
    pub(crate) settings: Settings,
    pub(crate) pages: PageCache,
    pub(crate) jobs: Jobs,
    /// What tags probably mean.
    pub(crate) suggesters: Suggesters,
    newest: Mutex<Option<(Instant, i64)>>,
}

/// The state of the router.
pub(crate) type Shared = axum::extract::State<Arc<Site>>;

/// How long the number of the newest change is believed before the store is asked again. A change by
/// another process shows after this time at the latest.
const BELIEVED: Duration = Duration::from_millis(250);

impl Site {
    /// A site over an open archive.
    pub(crate) fn new(archive: Archive, settings: Settings) -> Self {
        Self {
            archive,
            settings,
            pages: PageCache::default(),
            jobs: Jobs::default(),
            suggesters: Suggesters::default(),
            newest: Mutex::new(None),
        }
    }

    /// On whose behalf this site reads.
    pub(crate) fn viewer(&self) -> Viewer {
        if self.settings.public { Viewer::Public } else { Viewer::Owner }
    }

    /// Whether the reader may bring works in and see what waits.
    pub(crate) fn is_owners(&self) -> bool {
        !self.settings.public
    }

    /// Whose mutes and usual filter are obeyed. A public site has no accounts yet, so nobody's are.
    pub(crate) fn standing(&self) -> Option<Standing> {
        self.is_owners().then(|| Standing { reader: OWNER.to_owned(), usual: true })
    }

    /// Number of the newest change, at most [`BELIEVED`] old.
    pub(crate) async fn newest_change(&self) -> Result<i64, Problem> {
        let known = *self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((asked, number)) = known
            && asked.elapsed() < BELIEVED
        {
            return Ok(number);
        }
        let asked = Instant::now();
        let number = self.archive.last_change().await?;
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some((asked, number));
        Ok(number)
    }
}

/// Serves an open archive until `shutdown` ends; requests under way are answered first.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    archive: Archive,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = crate::routes::router(Arc::new(Site::new(archive, settings)));
    // Small answers should not wait for more to send.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}
