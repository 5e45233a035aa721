package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The recent latency of an instance: a moving average whose weights decay with time and
 * which follows a peak at once, so that a slow instance is avoided quickly and trusted
 * again slowly. Without requests it decays towards zero, so that the instance is tried
 * again.
 *
 * @see <a href=
 * "https://github.com/twitter/finagle/blob/develop/finagle-core/src/main/scala/com/twitter/finagle/loadbalancer/PeakEwma.scala">Finagle's
 * PeakEwma</a>
 */
final class PeakEwma {

	/** The factor by which a failure raises the latency. */
	private static final double FAILURE_FACTOR = 4;

	/** The bound for failures in a row: a higher value would take minutes to decay. */
	private static final double MAX_PENALTY = Duration.ofSeconds(1).toNanos();

	private static final double MIN_LATENCY = Duration.ofMillis(1).toNanos();

	private static final long UNKNOWN = 0;

	/** The time unit is 2^24 ns, which is 17 ms: an int holds a year of them. */
	private static final int TICK = 24;

	/**
	 * The latency as a float and the tick at which it was written, in one word, so that
	 * no lock is needed.
	 */
	private final AtomicLong state = new AtomicLong(UNKNOWN);

	private final double decay;

	PeakEwma(Duration decay) {
		this.decay = (double) decay.toNanos() / (1 << TICK);
	}

	/** The latency in nanoseconds, or 0 if it is unknown. */
	double valueAt(long now) {
		return decayed(this.state.get(), now);
	}

	void observe(long latency, long now) {
		long state;
		do {
			state = this.state.get();
		}
		while (!this.state.compareAndSet(state, pack(updated(state, latency, now), now)));
	}

	/** Observes a request that was cancelled: it would have taken at least this long. */
	void observeAtLeast(long latency, long now) {
		if (latency > valueAt(now)) {
			observe(latency, now);
		}
	}

	/** Observes a failure: an instance that fails quickly must not look quick. */
	void observeFailure(long latency, long now) {
		double penalty = Math.min(Math.max(valueAt(now), MIN_LATENCY) * FAILURE_FACTOR, MAX_PENALTY);
		observeAtLeast(Math.max(latency, (long) penalty), now);
	}

	void reset() {
		this.state.set(UNKNOWN);
	}

	private double updated(long state, long latency, long now) {
		double decayed = decayed(state, now);
		return (latency >= decayed || state == UNKNOWN) ? latency : decayed + latency * (1 - weight(state, now));
	}

	private double decayed(long state, long now) {
		return (state == UNKNOWN) ? 0 : Float.intBitsToFloat((int) (state >>> 32)) * weight(state, now);
	}

	/** The weight, now, of the latency that was written with this state. */
	private double weight(long state, long now) {
		int ticks = (int) (now >> TICK) - (int) state;
		return (ticks <= 0) ? 1 : Math.exp(-ticks / this.decay);
	}

	private static long pack(double nanos, long now) {
		long value = Float.floatToIntBits((float) Math.max(nanos, 1));
		return value << 32 | ((now >> TICK) & 0xFFFF_FFFFL);
	}

}
