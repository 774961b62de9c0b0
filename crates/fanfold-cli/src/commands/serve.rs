//! `fanfold serve`.

use crate::arguments::{Globals, ServeArgs};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use anyhow::Context;
use fanfold_app::Archive;
use fanfold_web::Settings;
use tokio::net::TcpListener;

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: ServeArgs,
) -> Result<Exit, Failure> {
    let archive = open::archive(globals).await?;
    with(archive, output, args).await
}

/// Serves an open library until it is told to stop.
pub(crate) async fn with(
    archive: Archive,
    output: &Output,
    args: ServeArgs,
) -> Result<Exit, Failure> {
    if !args.listen.ip().is_loopback() && !args.public {
        return Err(Failure::usage(
            format!(
                "{} can be reached by others, and this would let them change the library",
                args.listen
            ),
            "add --public to serve strangers read-only, or listen on 127.0.0.1",
        ));
    }
    let listener = TcpListener::bind(args.listen).await.with_context(|| {
        format!("listening on {}; is another fanfold serving there?", args.listen)
    })?;
    let address = listener.local_addr().context("asking for the address")?;
    let settings = Settings {
        public: args.public,
        adult_gate: args.public || archive.settings().adult_gate,
        base_url: archive.settings().base_url.clone(),
    };
    if output.json {
        output.object(
            &serde_json::json!({"type": "serving", "address": format!("http://{address}/")}),
        );
    } else {
        output.line(format!("The archive is at http://{address}/ (Ctrl-C ends it)"));
    }
    let follower = tokio::spawn(archive.clone().keep_following());
    let served = fanfold_web::serve(listener, archive, settings, stop_signal()).await;
    follower.abort();
    served.context("serving")?;
    Ok(Exit::Done)
}

/// Ends on Ctrl-C, or on SIGTERM as a service manager sends it.
async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
