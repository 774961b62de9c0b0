//! `fanfold import`.

use super::report;
use crate::arguments::{Globals, ImportArgs, ServeArgs};
use crate::failure::{Exit, Failure};
use crate::open::{self, ACTOR};
use crate::output::Output;
use crate::progress::{Bar, Lines};
use fanfold_app::import::{ImportOptions, Policy};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: ImportArgs,
) -> Result<Exit, Failure> {
    let policy = args.policy.as_deref().map(Policy::from_file).transpose()?.unwrap_or_default();
    let archive = open::archive(globals).await?;
    let options = ImportOptions {
        dry_run: args.dry_run,
        policy,
        actor: ACTOR.to_owned(),
        stop: stop_on_interrupt(),
    };
    let done = if output.json {
        archive.import(&args.paths, &options, Arc::new(Lines(output.clone()))).await?
    } else {
        let bar = Arc::new(Bar::new(globals.quiet));
        let done = archive.import(&args.paths, &options, bar.clone()).await;
        bar.done();
        done?
    };
    if output.json {
        output.object(&report::json(&done));
    } else {
        report::print(output, &done, args.dry_run);
    }
    if args.serve && !done.stopped {
        let serve = ServeArgs { listen: args.listen, public: false };
        return super::serve::with(archive, output, serve).await;
    }
    Ok(if done.wants_person() { Exit::NeedsPerson } else { Exit::Done })
}

/// The first Ctrl-C ends the import cleanly after the group under way; the second ends the program.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        }
    });
    stop
}
