//! A dynamic program whose file work never meets libc: rustix makes its system calls itself. Mutating work in threads and
//! how much there was of it, for ledger.py.

use rustix::fs::{cwd, mkdirat, openat, renameat, unlinkat, AtFlags, Mode, OFlags};
use rustix::io::Errno;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static SERIAL: AtomicU64 = AtomicU64::new(0);
static VICTIMS: AtomicU64 = AtomicU64::new(0);

fn work(who: &str) -> rustix::io::Result<()> {
    let n = SERIAL.fetch_add(1, Relaxed) + 1;
    let name = format!("{who}-{n}");
    let (moved, directory) = (format!("{name}.r"), format!("{name}.d"));
    let mode = Mode::RUSR | Mode::WUSR | Mode::XUSR;
    drop(openat(cwd(), &*name, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL, mode)?);
    renameat(cwd(), &*name, cwd(), &*moved)?;
    unlinkat(cwd(), &*moved, AtFlags::empty())?;
    mkdirat(cwd(), &*directory, mode)?;
    unlinkat(cwd(), &*directory, AtFlags::REMOVEDIR)?;
    if n % 3 == 0 {
        assert_eq!(unlinkat(cwd(), "victim", AtFlags::empty()), Err(Errno::PERM));
        VICTIMS.fetch_add(1, Relaxed);
    }
    Ok(())
}

fn main() {
    let threads: Vec<_> = (0..8)
        .map(|_| {
            std::thread::spawn(|| {
                for _ in 0..10 {
                    work("rust").expect("work in a thread");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("a thread that ends well");
    }
    work("main").expect("work");
    println!("ledger {} {}", SERIAL.load(Relaxed), VICTIMS.load(Relaxed));
}
