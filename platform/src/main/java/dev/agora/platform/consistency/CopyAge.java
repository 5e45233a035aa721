package dev.agora.platform.consistency;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;

/**
 * The age of the copies that a response shows. It is in the Reactor context of reads that
 * accept any copy; other reads have none.
 */
public final class CopyAge {

	/** The response is stale (RFC 7234). */
	private static final String STALE = "110 - \"Response is Stale\"";

	private final AtomicLong builtAt = new AtomicLong(Long.MAX_VALUE);

	private final AtomicBoolean sourceUnavailable = new AtomicBoolean();

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

	public Context putInto(Context context) {
		return context.put(CopyAge.class, this);
	}

	/** Adds {@code Age}, and {@code Warning} if a source is unavailable. */
	public void addTo(HttpHeaders response, Clock clock) {
		long oldest = this.builtAt.get();
		if (oldest < Long.MAX_VALUE) {
			response.set(HttpHeaders.AGE, Long.toString(Math.max(0, clock.millis() - oldest) / 1000));
			if (this.sourceUnavailable.get()) {
				response.set(HttpHeaders.WARNING, STALE);
			}
		}
	}

}
