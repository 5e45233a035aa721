package dev.agora.gateway.rate;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.http.HttpHeaders;

import dev.agora.gateway.rate.LocalBucket.Verdict;
import dev.agora.platform.problem.TooManyRequests;

/** Enforces a rate limit, together with the other gateways. */
final class RateLimiter {

	private static final Duration MIN_IDLE_TTL = Duration.ofSeconds(10);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final RateLimit limit;

	private final RedisBuckets redisBuckets;

	private final Ticker clock;

	private final Cache<String, LocalBucket> localBuckets;

	private final Counter limited;

	private final Counter fallback;

	RateLimiter(RateLimit limit, RedisBuckets redisBuckets, int tracked, MeterRegistry meters) {
		this.limit = limit;
		this.redisBuckets = redisBuckets;
		this.clock = Ticker.systemTicker();
		this.localBuckets = Caffeine.newBuilder()
			// Maintenance takes next to no time and needs no thread of its own.
			.executor(Runnable::run)
			.maximumSize(tracked)
			.expireAfterAccess(limit.isUnlimited() || MIN_IDLE_TTL.compareTo(limit.untilFull()) > 0 ? MIN_IDLE_TTL
					: limit.untilFull())
			.build();
		this.limited = meters.counter("rate.limited", "kind", limit.kind());
		this.fallback = meters.counter("rate.fallback", "kind", limit.kind());
	}

	/**
	 * Counts a request.
	 * @param client the address or member who sends it
	 * @param response the headers of its response, which show the limit once half of it
	 * is used
	 * @throws TooManyRequests if the client has used up the limit
	 */
	void count(String client, HttpHeaders response) {
		if (this.limit.isUnlimited()) {
			return;
		}
		long now = this.clock.read();
		LocalBucket bucket = this.localBuckets.get(client, (absent) -> new LocalBucket(this.limit, now));
		Verdict verdict = bucket.tryTake(now);
		if (verdict == Verdict.SERVED_AND_LOW) {
			fetch(client, bucket);
		}
		int left = (verdict == Verdict.REFUSED) ? 0 : bucket.left();
		if (verdict == Verdict.REFUSED || left < this.limit.burst() / 2) {
			response.add("RateLimit-Policy", this.limit.policy());
			response.add("RateLimit", this.limit.state(left));
		}
		if (verdict == Verdict.REFUSED) {
			this.limited.increment();
			throw tooManyRequests();
		}
	}

	/** Fetches a batch; the request does not wait for it. */
	private void fetch(String client, LocalBucket bucket) {
		this.redisBuckets.take(this.limit, client, bucket.fetchSize())
			.subscribe((grant) -> bucket.onFetched(grant.granted(), grant.left(), this.clock.read()), (failure) -> {
				this.fallback.increment();
				bucket.onFetchFailed();
			});
	}

	private TooManyRequests tooManyRequests() {
		return new TooManyRequests("too-many-requests", "This " + this.limit.kind() + " may send "
				+ this.limit.perSecond() + " requests a second, and " + this.limit.burst() + " at once. Send fewer.",
				RETRY_AFTER);
	}

}
