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

/** Holds each client to a quota, together with the other gateways. */
final class RateLimiter {

	private static final Duration REMEMBERED = Duration.ofSeconds(10);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final RateLimit quota;

	private final RedisBuckets buckets;

	private final Ticker clock;

	private final Cache<String, LocalBucket> allowances;

	private final Counter limited;

	private final Counter fallback;

	RateLimiter(RateLimit quota, RedisBuckets buckets, int tracked, MeterRegistry meters) {
		this.quota = quota;
		this.buckets = buckets;
		this.clock = Ticker.systemTicker();
		this.allowances = Caffeine.newBuilder()
			// No other thread need wake up for what takes no time.
			.executor(Runnable::run)
			.maximumSize(tracked)
			.expireAfterAccess(
					quota.isUnlimited() || REMEMBERED.compareTo(quota.untilFull()) > 0 ? REMEMBERED : quota.untilFull())
			.build();
		this.limited = meters.counter("rate.limited", "kind", quota.kind());
		this.fallback = meters.counter("rate.fallback", "kind", quota.kind());
	}

	/**
	 * Counts a request.
	 * @param client whose it is
	 * @param answer the headers of its answer, which tell of the quota once half of it is
	 * used up
	 * @throws TooManyRequests if the client has none left
	 */
	void count(String client, HttpHeaders answer) {
		if (this.quota.isUnlimited()) {
			return;
		}
		long now = this.clock.read();
		LocalBucket allowance = this.allowances.get(client, (absent) -> new LocalBucket(this.quota, now));
		Verdict verdict = allowance.take(now);
		if (verdict == Verdict.SERVED_AND_LOW) {
			fetch(client, allowance);
		}
		int left = (verdict == Verdict.REFUSED) ? 0 : allowance.left();
		if (verdict == Verdict.REFUSED || left < this.quota.burst() / 2) {
			answer.add("RateLimit-Policy", this.quota.policy());
			answer.add("RateLimit", this.quota.state(left));
		}
		if (verdict == Verdict.REFUSED) {
			this.limited.increment();
			throw refusal();
		}
	}

	/** Behind the request's back. */
	private void fetch(String client, LocalBucket allowance) {
		this.buckets.take(this.quota, client, allowance.wanted())
			.subscribe((taken) -> allowance.fetched(taken.given(), taken.left(), this.clock.read()), (failure) -> {
				this.fallback.increment();
				allowance.notFetched();
			});
	}

	private TooManyRequests refusal() {
		return new TooManyRequests("too-many-requests", "This " + this.quota.kind() + " may make "
				+ this.quota.perSecond() + " requests a second, and " + this.quota.burst() + " at once.", RETRY_AFTER);
	}

}
