package dev.agora.gateway.auth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamReader;

/**
 * Receives the revocations of sessions that have ended or changed. While the gauge
 * {@code revocations.confirmed} is 1, no revocation is missed and identities may be
 * cached for their full lifetime.
 */
public final class RevocationSubscription implements DisposableBean {

	private static final String KEY = "session:revocations:v2:{all}";

	private static final String ENDED = "ended ";

	private static final String CHANGED = "changed ";

	private final Cache<String, Boolean> ended;

	private final StreamReader revocations;

	private final Map<String, WatchedSession> watched = new ConcurrentHashMap<>();

	private volatile Consumer<String> onOutdated = (tokenHash) -> {
	};

	public RevocationSubscription(RedisGuard redis, AuthSettings settings, MeterRegistry meters) {
		this.ended = Caffeine.newBuilder()
			// Maintenance takes no time, so that it needs no thread of its own.
			.executor(Runnable::run)
			.maximumSize(settings.cacheSize())
			.expireAfterWrite(settings.lifetime().multipliedBy(2))
			.build();
		this.revocations = new StreamReader(redis, KEY, settings.maxConfirmationAge(), this::receive,
				Ticker.systemTicker());
		Gauge.builder("revocations.confirmed", this.revocations, (reader) -> reader.isConfirmed() ? 1 : 0)
			.register(meters);
	}

	/**
	 * Registers the consumer of token hashes whose cached identities are outdated.
	 */
	void onOutdated(Consumer<String> consumer) {
		this.onOutdated = consumer;
	}

	/**
	 * Whether a session is known to have ended. This is kept for longer than any identity
	 * is cached, so that a late response, or one from an instance that has not received
	 * the end yet, does not open the session again.
	 */
	boolean isEnded(String tokenHash) {
		return this.ended.getIfPresent(tokenHash) != null;
	}

	/** Completes when a session is known to have ended. */
	Mono<Void> endOf(String tokenHash) {
		return Mono.defer(() -> watch(tokenHash)).doFinally((signal) -> unwatch(tokenHash));
	}

	/**
	 * Whether every revocation since a moment was received.
	 * @param moment by {@link System#nanoTime}
	 */
	boolean hasReceivedAllSince(long moment) {
		return this.revocations.isGaplessSince(moment);
	}

	@Override
	public void destroy() {
		this.revocations.close();
	}

	/** A later build may publish other kinds of text, which this one ignores. */
	private void receive(String text) {
		if (text.startsWith(ENDED)) {
			List.of(text.substring(ENDED.length()).split(" ", -1)).forEach(this::end);
		}
		else if (text.startsWith(CHANGED)) {
			List.of(text.substring(CHANGED.length()).split(" ", -1)).forEach(this.onOutdated);
		}
	}

	private void end(String tokenHash) {
		this.ended.put(tokenHash, true);
		this.onOutdated.accept(tokenHash);
		WatchedSession session = this.watched.get(tokenHash);
		if (session != null) {
			session.end().tryEmitEmpty();
		}
	}

	private Mono<Void> watch(String tokenHash) {
		WatchedSession session = Objects.requireNonNull(this.watched.merge(tokenHash,
				new WatchedSession(Sinks.empty(), 1), (known, first) -> known.withWatchers(known.watchers() + 1)));
		return isEnded(tokenHash) ? Mono.empty() : session.end().asMono();
	}

	private void unwatch(String tokenHash) {
		this.watched.computeIfPresent(tokenHash,
				(same, session) -> (session.watchers() > 1) ? session.withWatchers(session.watchers() - 1) : null);
	}

	/**
	 * A session whose end is awaited.
	 *
	 * @param end completes when the session ends
	 * @param watchers the number of streams that await it
	 */
	private record WatchedSession(Sinks.Empty<Void> end, int watchers) {

		WatchedSession withWatchers(int number) {
			return new WatchedSession(this.end, number);
		}

	}

}
