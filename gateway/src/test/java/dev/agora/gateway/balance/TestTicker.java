package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Nanoseconds that a test lets pass. */
final class TestTicker implements LongSupplier {

	private long now;

	void pass(Duration time) {
		this.now += time.toNanos();
	}

	void moveTo(long nanos) {
		this.now = nanos;
	}

	@Override
	public long getAsLong() {
		return this.now;
	}

}
