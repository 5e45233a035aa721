package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the number of retries: each request deposits a share of a retry, and a retry
 * withdraws a whole one, so that retries never add more than that share to the load of a
 * failing service. A few retries a second are free, for services with few requests.
 *
 * @see <a href=
 * "https://github.com/twitter/finagle/blob/develop/finagle-core/src/main/scala/com/twitter/finagle/service/RetryBudget.scala">Finagle's
 * RetryBudget</a>
 */
final class RetryBudget {

	private static final long RETRY = 1000;

	/**
	 * Deposits of a quiet time suffice for the failure of one busy instance, not for a
	 * retry storm.
	 */
	private static final long MAX_BALANCE = 100 * RETRY;

	private static final long NEVER = -1;

	private final AtomicLong balance = new AtomicLong();

	private final AtomicLong nextFreeAt;

	private final LongSupplier nanos;

	private final long share;

	private final long freeInterval;

	RetryBudget(LoadBalancerSettings settings, LongSupplier nanos) {
		this.nanos = nanos;
		this.share = (long) (settings.retryShare() * RETRY);
		this.freeInterval = (settings.retriesPerSecond() > 0)
				? Duration.ofSeconds(1).toNanos() / settings.retriesPerSecond() : NEVER;
		this.nextFreeAt = new AtomicLong(nanos.getAsLong());
	}

	/** Deposits the share of one request. */
	void deposit() {
		if (this.balance.get() < MAX_BALANCE) {
			this.balance.addAndGet(this.share);
		}
	}

	/** Withdraws one retry, and returns whether the budget had one. */
	boolean tryWithdraw() {
		long balance = this.balance.get();
		while (balance >= RETRY) {
			if (this.balance.compareAndSet(balance, balance - RETRY)) {
				return true;
			}
			balance = this.balance.get();
		}
		return tryWithdrawFree();
	}

	private boolean tryWithdrawFree() {
		long now = this.nanos.getAsLong();
		long freeAt = this.nextFreeAt.get();
		return this.freeInterval != NEVER && now - freeAt >= 0
				&& this.nextFreeAt.compareAndSet(freeAt, now + this.freeInterval);
	}

}
