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
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

import dev.agora.platform.problem.DeadlineExceeded;
import dev.agora.platform.problem.Unavailable;

/**
 * Bounds how many reads, or how many writes, of one route are in flight. The bound adapts
 * to the latency of the service: when requests take longer than they did over the last
 * minutes, more of them are in flight than the service can handle, and the bound falls.
 */
final class ConcurrencyLimit {

	/**
	 * The number of windows whose average is the usual latency: five minutes of windows
	 * of the default length.
	 */
	private static final int LONG_WINDOW = 1200;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final int max;

	private final Limit limit;

	private final Unavailable full;

	private final Unavailable overloaded;

	private final Counter rejectedFull;

	private final Counter rejectedOverloaded;

	ConcurrencyLimit(Tags route, int max, LoadSheddingSettings settings, MeterRegistry meters) {
		this.max = max;
		this.limit = limit(max, settings);
		this.full = new Unavailable("Too many requests of this kind are being served. Try again later.",
				settings.retryAfter());
		this.overloaded = new Unavailable("Requests take too long to accept more of them now. Try again later.",
				settings.retryAfter());
		this.rejectedFull = meters.counter("route.rejected", route.and("reason", "bulkhead"));
		this.rejectedOverloaded = meters.counter("route.rejected", route.and("reason", "shed"));
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
	 * Admits a request, which must be {@link #release released} when it ends.
	 * @throws Unavailable at once if too many requests are in flight: a queue would make
	 * all of them late
	 */
	Permit acquire() {
		int now = this.inFlight.incrementAndGet();
		if (now > this.max) {
			throw reject(this.rejectedFull, this.full);
		}
		if (now > this.limit.getLimit()) {
			throw reject(this.rejectedOverloaded, this.overloaded);
		}
		return new Permit(System.nanoTime(), now);
	}

	/** Ends an admitted request: it was answered, has failed or was cancelled. */
	void release() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * Records the response to an admitted request. The latency of an error says nothing
	 * about load: it may be short because the request was wrong, or because the service
	 * is overloaded.
	 */
	void recordResponse(Permit permit, @Nullable HttpStatusCode status) {
		if (status != null && !status.isError()) {
			recordLatency(permit, System.nanoTime());
		}
	}

	/**
	 * Records the failure of an admitted request. Only a time-out shows how long the
	 * request took.
	 */
	void recordFailure(Permit permit, Throwable failure) {
		if (failure instanceof DeadlineExceeded) {
			recordLatency(permit, System.nanoTime());
		}
	}

	/** Records how long an admitted request took. */
	void recordLatency(Permit permit, long endedAt) {
		this.limit.onSample(permit.acquiredAt(), endedAt - permit.acquiredAt(), permit.inFlightAtStart(), false);
	}

	private Unavailable reject(Counter counter, Unavailable problem) {
		this.inFlight.decrementAndGet();
		counter.increment();
		return problem;
	}

	private static Limit limit(int max, LoadSheddingSettings settings) {
		int min = Math.min(settings.min(), max);
		Limit gradient = Gradient2Limit.newBuilder()
			.minLimit(min)
			.initialLimit(Math.max(min, Math.min(settings.initial(), max)))
			.maxConcurrency(max)
			.longWindow(LONG_WINDOW)
			.build();
		long window = settings.window().toMillis();
		return WindowedLimit.newBuilder()
			.minWindowTime(window, TimeUnit.MILLISECONDS)
			.maxWindowTime(window, TimeUnit.MILLISECONDS)
			.build(gradient);
	}

}
