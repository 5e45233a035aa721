package dev.agora.launcher.mongo;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits for many writers at once: those who come while a commit is under way share the
 * next one.
 */
final class GroupCommit {

	private final Runnable commit;

	private final AtomicLong written = new AtomicLong();

	private final Lock turn = new ReentrantLock();

	private long committed;

	GroupCommit(Runnable commit) {
		this.commit = commit;
	}

	/** Returns once everything that was written before the call is committed. */
	void await() {
		long mine = this.written.incrementAndGet();
		this.turn.lock();
		try {
			if (this.committed < mine) {
				long upTo = this.written.get();
				this.commit.run();
				this.committed = upTo;
			}
		}
		finally {
			this.turn.unlock();
		}
	}

}
