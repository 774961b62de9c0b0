//! Clients that ask at the same time, each its own mixture, the same in every run.

use std::time::{Duration, Instant};

use super::wishes;
use crate::generate::Dice;
use crate::serve::{self, Target};

/// What all clients saw.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) times_us: Vec<u64>,
    /// From the first question to the last answer.
    pub(super) seconds: f64,
    /// The slowest answer's microseconds and address.
    pub(super) slowest: (u64, String),
    pub(super) errors: Vec<String>,
    /// Answers of the client that got the fewest, and of the one that got the most: nobody may starve.
    pub(super) fewest: usize,
    pub(super) most: usize,
}

/// How clients ask.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) port: u16,
    /// Between an answer and the next question.
    pub(super) pause: Duration,
    /// See [`wishes::address`].
    pub(super) common: u64,
    /// Clients of another seed ask other things.
    pub(super) seed: u64,
    pub(super) end: Instant,
}

/// Asks until the time is up.
pub(super) fn ask(clients: usize, manner: Manner) -> Asked {
    let started = Instant::now();
    let all: Vec<Asked> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..clients.max(1) as u64)
            .map(|number| scope.spawn(move || client(number, manner)))
            .collect();
        running.into_iter().map(|client| client.join().unwrap_or_else(|_| stopped())).collect()
    });
    let mut sum = Asked {
        seconds: started.elapsed().as_secs_f64(),
        fewest: all.iter().map(|one| one.times_us.len()).min().unwrap_or(0),
        most: all.iter().map(|one| one.times_us.len()).max().unwrap_or(0),
        ..Asked::default()
    };
    for one in all {
        sum.times_us.extend(one.times_us);
        sum.errors.extend(one.errors);
        sum.slowest = sum.slowest.max(one.slowest);
    }
    sum
}

fn stopped() -> Asked {
    Asked { errors: vec!["a client stopped".to_owned()], ..Asked::default() }
}

fn client(number: u64, manner: Manner) -> Asked {
    let Manner { port, pause, common, seed, end } = manner;
    let mut dice = Dice::new(seed + number);
    let mut asked = Asked::default();
    let mut next = None;
    while Instant::now() < end {
        // Every fourth reader turns the page, if there is another.
        let turned = next.take().filter(|_| dice.below(4) == 0);
        let target =
            Target { port, path: turned.unwrap_or_else(|| wishes::address(&mut dice, common)) };
        let started = Instant::now();
        let answer = serve::get(&target);
        let took = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        asked.times_us.push(took);
        match answer {
            Ok(page) => next = wishes::next_page(&String::from_utf8_lossy(&page)),
            Err(error) => asked.errors.push(format!("{}: {error:#}", target.path)),
        }
        if took > asked.slowest.0 {
            asked.slowest = (took, target.path);
        }
        std::thread::sleep(pause);
    }
    asked
}
