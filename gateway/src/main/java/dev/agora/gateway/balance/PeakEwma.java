package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a clone took lately: a moving average whose weights decay with time and which
 * takes a peak at once, so that it is quick to shun and careful to come back. Unasked it
 * decays towards nothing, so that a clone once slow is tried again.
 *
 * @see <a href=
 * "https://github.com/twitter/finagle/blob/develop/finagle-core/src/main/scala/com/twitter/finagle/loadbalancer/PeakEwma.scala">Finagle's
 * PeakEwma</a>
 */
final class PeakEwma {

	/** How much slower than it was a clone looks after a failure. */
	private static final double FAILURE = 4;

	/** Failures in a row multiply up to here: more would take minutes to decay. */
	private static final double WORST = Duration.ofSeconds(1).toNanos();

	private static final double LEAST = Duration.ofMillis(1).toNanos();

	private static final long UNKNOWN = 0;

	/** Time is counted in units of 2^24 ns: 17 ms, of which an int holds a year. */
	private static final int TICK = 24;

	/** The nanoseconds as a float, and the tick they were of: one word, so no lock. */
	private final AtomicLong state = new AtomicLong(UNKNOWN);

	private final double decay;

	PeakEwma(Duration decay) {
		this.decay = (double) decay.toNanos() / (1 << TICK);
	}

	/** The nanoseconds, or 0 if nothing is known. */
	double at(long now) {
		return decayed(this.state.get(), now);
	}

	void observe(long took, long now) {
		long state;
		do {
			state = this.state.get();
		}
		while (!this.state.compareAndSet(state, packed(after(state, took, now), now)));
	}

	/** It was given up after so long: it would have taken at least that. */
	void observeAtLeast(long took, long now) {
		if (took > at(now)) {
			observe(took, now);
		}
	}

	/** A clone that fails quickly must not look quick. */
	void observeFailure(long took, long now) {
		double looks = Math.min(Math.max(at(now), LEAST) * FAILURE, WORST);
		observeAtLeast(Math.max(took, (long) looks), now);
	}

	void forget() {
		this.state.set(UNKNOWN);
	}

	private double after(long state, long took, long now) {
		double decayed = decayed(state, now);
		return (took >= decayed || state == UNKNOWN) ? took : decayed + took * (1 - weight(state, now));
	}

	private double decayed(long state, long now) {
		return (state == UNKNOWN) ? 0 : Float.intBitsToFloat((int) (state >>> 32)) * weight(state, now);
	}

	/** Of what was known when the state was written. */
	private double weight(long state, long now) {
		int ticks = (int) (now >> TICK) - (int) state;
		return (ticks <= 0) ? 1 : Math.exp(-ticks / this.decay);
	}

	private static long packed(double nanos, long now) {
		long value = Float.floatToIntBits((float) Math.max(nanos, 1));
		return value << 32 | ((now >> TICK) & 0xFFFF_FFFFL);
	}

}
