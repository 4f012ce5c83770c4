//! The threads that the phases share.

use std::io::{Error, ErrorKind};
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, available_parallelism};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Makes the calling thread and others, as many as can run at once, those that do all work in parallel.
/// Where the machine gives fewer, those that there are do it all. To be called once, by the thread that
/// lives as long as the program.
pub fn prepare_threads() {
    let others = available_parallelism().map_or(0, |all| all.get() - 1);
    let mut waiting: Vec<_> = (0..others).map_while(|_| waiting_thread()).collect();
    let threads = ThreadPoolBuilder::new().num_threads(waiting.len() + 1).use_current_thread();
    let started = threads.spawn_handler(move |thread| {
        let sent = waiting.pop().map(|to_thread| to_thread.send(thread));
        if matches!(sent, Some(Ok(()))) { Ok(()) } else { Err(Error::from(ErrorKind::WouldBlock)) }
    });
    // What can fail here is that somebody has made threads already.
    let _ = started.build_global();
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
