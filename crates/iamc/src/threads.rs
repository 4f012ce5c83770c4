//! The threads that the phases share.

use std::env;
use std::io::{Error, ErrorKind};
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, available_parallelism};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Makes the calling thread and others, as many as can run at once, those that do all work in parallel.
/// Where the machine gives fewer, or `RAYON_NUM_THREADS` asks for fewer, those that there are do it all.
/// To be called once, by the thread that lives as long as the program.
pub fn prepare_threads() {
    let named = env::var("RAYON_NUM_THREADS").ok();
    let at_once = available_parallelism().map_or(1, Into::into);
    let mut waiting: Vec<_> =
        (1..wanted(named.as_deref(), at_once)).map_while(|_| waiting_thread()).collect();
    let threads = ThreadPoolBuilder::new().num_threads(waiting.len() + 1).use_current_thread();
    let started = threads.spawn_handler(move |thread| {
        let sent = waiting.pop().map(|to_thread| to_thread.send(thread));
        if matches!(sent, Some(Ok(()))) { Ok(()) } else { Err(Error::from(ErrorKind::WouldBlock)) }
    });
    // What can fail here is that somebody has made threads already.
    let _ = started.build_global();
}

/// How many threads to make where so many can run at once.
fn wanted(named: Option<&str>, at_once: usize) -> usize {
    let named = named.and_then(|named| named.parse().ok()).filter(|&named| named > 0);
    named.map_or(at_once, |named: usize| named.min(at_once))
}

/// A thread that waits for what it is to be; none where the machine has no more of them.
fn waiting_thread() -> Option<Sender<ThreadBuilder>> {
    let (to_thread, sent) = channel::<ThreadBuilder>();
    let wait = move || {
        if let Ok(thread) = sent.recv() {
            thread.run();
        }
    };
    Builder::new().spawn(wait).is_ok().then_some(to_thread)
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn fewer_threads_can_be_asked_for_and_not_more() {
        assert_eq!(wanted(None, 4), 4);
        assert_eq!(wanted(Some("1"), 4), 1);
        assert_eq!(wanted(Some("64"), 4), 4);
        for nothing in ["", "0", "-1", "all"] {
            assert_eq!(wanted(Some(nothing), 4), 4);
        }
    }
}
