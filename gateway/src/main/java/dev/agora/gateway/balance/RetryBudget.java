package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many requests may be sent again: each request pays in a share, a retry takes one,
 * so that retries never add more than that share to the load of a service in trouble. A
 * few a second are free, for a service that is asked rarely.
 *
 * @see <a href=
 * "https://github.com/twitter/finagle/blob/develop/finagle-core/src/main/scala/com/twitter/finagle/service/RetryBudget.scala">Finagle's
 * RetryBudget</a>
 */
final class RetryBudget {

	private static final long RETRY = 1000;

	/** What a quiet time saves up is for the death of one busy clone, not for a storm. */
	private static final long MOST = 100 * RETRY;

	private static final long NEVER = -1;

	private final AtomicLong saved = new AtomicLong();

	private final AtomicLong nextFree;

	private final LongSupplier nanos;

	private final long share;

	private final long pause;

	RetryBudget(LoadBalancerSettings settings, LongSupplier nanos) {
		this.nanos = nanos;
		this.share = (long) (settings.retryShare() * RETRY);
		this.pause = (settings.retriesPerSecond() > 0) ? Duration.ofSeconds(1).toNanos() / settings.retriesPerSecond()
				: NEVER;
		this.nextFree = new AtomicLong(nanos.getAsLong());
	}

	/** A request is made. */
	void payIn() {
		if (this.saved.get() < MOST) {
			this.saved.addAndGet(this.share);
		}
	}

	/** Whether there was enough for a retry, which is taken. */
	boolean take() {
		long saved = this.saved.get();
		while (saved >= RETRY) {
			if (this.saved.compareAndSet(saved, saved - RETRY)) {
				return true;
			}
			saved = this.saved.get();
		}
		return takeFree();
	}

	private boolean takeFree() {
		long now = this.nanos.getAsLong();
		long free = this.nextFree.get();
		return this.pause != NEVER && now - free >= 0 && this.nextFree.compareAndSet(free, now + this.pause);
	}

}
