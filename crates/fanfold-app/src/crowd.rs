//! Many who ask at once: their questions are answered in turn, a few at a time. Answered all at once, each would take as long
//! as all together, and whoever asks for a little would wait for the last of those who ask for much.

use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Questions that are answered at once, for each core: while one reads from the disk, another is worked on.
const EACH: usize = 2;
/// A question that takes longer gives its place to the next, and is finished beside the others.
const LONG: Duration = Duration::from_millis(50);

/// See the module comment.
#[derive(Debug)]
pub(crate) struct Crowd(Semaphore);

impl Default for Crowd {
    fn default() -> Self {
        Self(Semaphore::new(EACH * available_parallelism().map_or(1, NonZero::get)))
    }
}

impl Crowd {
    /// Works a question out when it is its turn.
    pub(crate) async fn in_turn<T>(&self, answer: impl Future<Output = T>) -> T {
        let place = self.0.acquire().await.ok();
        tokio::pin!(answer);
        if let Ok(answered) = tokio::time::timeout(LONG, answer.as_mut()).await {
            return answered;
        }
        drop(place);
        answer.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use tokio::sync::oneshot;

    #[tokio::test]
    async fn who_came_first_is_answered_first() {
        let (crowd, order) = (Arc::new(Crowd(Semaphore::new(1))), Arc::new(Mutex::new(Vec::new())));
        let mut asking = Vec::new();
        for number in 0..5 {
            let (crowd, order) = (Arc::clone(&crowd), Arc::clone(&order));
            asking.push(tokio::spawn(async move {
                let answer = async {
                    tokio::task::yield_now().await;
                    order.lock().unwrap().push(number);
                };
                crowd.in_turn(answer).await;
            }));
        }
        for asked in asking {
            asked.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4]);
    }

    #[tokio::test]
    async fn a_long_question_gives_its_place_to_the_next_and_is_answered_all_the_same() {
        let crowd = Arc::new(Crowd(Semaphore::new(1)));
        let (end, ended) = oneshot::channel();
        let long = tokio::spawn({
            let crowd = Arc::clone(&crowd);
            async move { crowd.in_turn(ended).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(crowd.in_turn(async { 1 }).await, 1);
        end.send(2).unwrap();
        assert_eq!(long.await.unwrap(), Ok(2));
    }
}
