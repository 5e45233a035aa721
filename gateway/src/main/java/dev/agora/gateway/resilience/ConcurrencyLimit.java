package dev.agora.gateway.resilience;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import dev.agora.platform.problem.Unavailable;

/**
 * How many reads or writes of one route are in the gateway, and how many may be. The
 * second number follows the times that requests take: when they take longer than they did
 * over the last minutes, there are more of them than can be served, and the number falls.
 */
final class ConcurrencyLimit {

	/** Windows that the usual time is an average of: five minutes of the default ones. */
	private static final int USUAL = 1200;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final int most;

	private final Limit limit;

	private final Unavailable full;

	private final Unavailable shed;

	private final Counter refusedFull;

	private final Counter refusedShed;

	ConcurrencyLimit(Tags route, int most, LoadSheddingSettings settings, MeterRegistry meters) {
		this.most = most;
		this.limit = limit(most, settings);
		this.full = new Unavailable("As many requests of this kind are under way as may be.", settings.retryAfter());
		this.shed = new Unavailable("More is asked than can be answered quickly just now.", settings.retryAfter());
		this.refusedFull = meters.counter("route.rejected", route.and("reason", "bulkhead"));
		this.refusedShed = meters.counter("route.rejected", route.and("reason", "shed"));
		Gauge.builder("route.in.flight", this, ConcurrencyLimit::inFlight).tags(route).register(meters);
		Gauge.builder("route.limit", this, ConcurrencyLimit::limit).tags(route).register(meters);
	}

	int inFlight() {
		return this.inFlight.get();
	}

	int limit() {
		return this.limit.getLimit();
	}

	/**
	 * Lets a request in, which must leave again.
	 * @throws Unavailable at once if there are too many: a queue would only make all of
	 * them late
	 */
	Permit enter() {
		int now = this.inFlight.incrementAndGet();
		if (now > this.most) {
			throw refuse(this.refusedFull, this.full);
		}
		if (now > this.limit.getLimit()) {
			throw refuse(this.refusedShed, this.shed);
		}
		return new Permit(this, System.nanoTime(), now);
	}

	void leave() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * Learns how long a request took.
	 * @param since when it was let in
	 * @param until when it was answered
	 * @param amongst how many were there then, itself included
	 */
	void took(long since, long until, int amongst) {
		this.limit.onSample(since, until - since, amongst, false);
	}

	private Unavailable refuse(Counter counter, Unavailable refusal) {
		this.inFlight.decrementAndGet();
		counter.increment();
		return refusal;
	}

	private static Limit limit(int most, LoadSheddingSettings settings) {
		int least = Math.min(settings.least(), most);
		Limit gradient = Gradient2Limit.newBuilder()
			.minLimit(least)
			.initialLimit(Math.max(least, Math.min(settings.first(), most)))
			.maxConcurrency(most)
			.longWindow(USUAL)
			.build();
		long window = settings.window().toMillis();
		return WindowedLimit.newBuilder()
			.minWindowTime(window, TimeUnit.MILLISECONDS)
			.maxWindowTime(window, TimeUnit.MILLISECONDS)
			.build(gradient);
	}

}
