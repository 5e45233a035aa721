package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that a test advances. */
final class TestTicker implements LongSupplier {

	private long now;

	void advance(Duration time) {
		this.now += time.toNanos();
	}

	void advanceTo(long nanos) {
		this.now = nanos;
	}

	@Override
	public long getAsLong() {
		return this.now;
	}

}
