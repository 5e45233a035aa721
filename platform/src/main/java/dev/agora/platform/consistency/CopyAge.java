package dev.agora.platform.consistency;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;

/**
 * The age of the copies that a response shows, and whether caches had all of them. It is
 * in the Reactor context of reads that accept any copy; other reads have none.
 */
public final class CopyAge {

	/** The response is stale (RFC 7234). */
	private static final String STALE = "110 - \"Response is Stale\"";

	/** How caches have handled the request (RFC 9211). */
	private static final String CACHE_STATUS = "Cache-Status";

	private static final String HIT = "agora; hit";

	private static final String MISS = "agora; fwd=miss";

	private final AtomicLong builtAt = new AtomicLong(Long.MAX_VALUE);

	private final AtomicBoolean sourceUnavailable = new AtomicBoolean();

	private final AtomicBoolean undated = new AtomicBoolean();

	private final AtomicBoolean missed = new AtomicBoolean();

	/** Finds the age of the copies that the current request has used so far. */
	public static Optional<CopyAge> find(ContextView context) {
		return context.getOrEmpty(CopyAge.class);
	}

	/**
	 * Adds a copy to the response.
	 * @param builtAt when the copy was read from its source, in milliseconds
	 * @param sourceUnavailable whether it is used because its source is unavailable
	 */
	public void add(long builtAt, boolean sourceUnavailable) {
		this.builtAt.accumulateAndGet(builtAt, Math::min);
		this.sourceUnavailable.compareAndSet(false, sourceUnavailable);
	}

	/** Adds a copy whose age is not known, so that it may be stale. */
	public void addUndated() {
		this.undated.set(true);
	}

	/** Adds an object that no cache had. */
	public void addMiss() {
		this.missed.set(true);
	}

	public Context putInto(Context context) {
		return context.put(CopyAge.class, this);
	}

	/**
	 * Adds {@code Age} and {@code Cache-Status} if a cache was used, and {@code Warning}
	 * if a source is unavailable. A response with a copy of unknown age has a
	 * {@code Warning} and no {@code Age}.
	 */
	public void addTo(HttpHeaders response, Clock clock) {
		long oldest = this.builtAt.get();
		if (this.missed.get()) {
			response.set(CACHE_STATUS, MISS);
		}
		else if (oldest < Long.MAX_VALUE || this.undated.get()) {
			response.set(CACHE_STATUS, HIT);
		}
		if (this.undated.get()) {
			response.remove(HttpHeaders.AGE);
			response.set(HttpHeaders.WARNING, STALE);
		}
		else if (oldest < Long.MAX_VALUE) {
			response.set(HttpHeaders.AGE, Long.toString(Math.max(0, clock.millis() - oldest) / 1000));
			if (this.sourceUnavailable.get()) {
				response.set(HttpHeaders.WARNING, STALE);
			}
		}
	}

}
