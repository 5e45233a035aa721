package dev.agora.gateway.auth;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.platform.redis.Broadcast;
import dev.agora.platform.redis.Subscription;
import dev.agora.platform.redis.RedisGuard;

/**
 * Hears from session-service which sessions have ended or changed, and knows whether it
 * hears everything: {@code revocations.heard} is 1 then. Where it does not, what is
 * remembered of sessions is good for the shorter lifetime alone.
 */
public final class RevocationSubscription implements DisposableBean {

	private static final String CHANNEL = "session:revocations:v1";

	private static final String ENDED = "ended ";

	private static final String CHANGED = "changed ";

	private final AuthSettings settings;

	private final Cache<String, Boolean> ended;

	private final Subscription reception;

	private volatile Consumer<String> outdated = (tokenHash) -> {
	};

	public RevocationSubscription(RedisGuard redis, AuthSettings settings, Clock clock, MeterRegistry meters) {
		this.settings = settings;
		this.ended = Caffeine.newBuilder()
			// No other thread need wake up for what takes no time.
			.executor(Runnable::run)
			.maximumSize(settings.cached())
			.expireAfterWrite(settings.lifetime().multipliedBy(2))
			.build();
		this.reception = new Subscription(new Broadcast(redis, CHANNEL, clock), settings.heartbeat(),
				settings.silence(), this::hear, Ticker.systemTicker());
		Gauge.builder("revocations.heard", this, (heard) -> heard.reception.isConfirmed(settings.silence()) ? 1 : 0)
			.register(meters);
	}

	/** Names each session, by its token's hash, of which what is known is outdated. */
	void onOutdated(Consumer<String> outdated) {
		this.outdated = outdated;
	}

	/**
	 * Whether a session is known to be over. Remembered for longer than any answer, so
	 * that one which was on its way, or comes from a clone that was not told, changes
	 * nothing.
	 */
	boolean isEnded(String tokenHash) {
		return this.ended.getIfPresent(tokenHash) != null;
	}

	/**
	 * Whether everything told since a moment was heard.
	 * @param moment by {@link System#nanoTime}
	 */
	boolean heardAllSince(long moment) {
		return this.reception.covers(moment, this.settings.silence());
	}

	@Override
	public void destroy() {
		this.reception.close();
	}

	/** What it does not understand concerns a later build. */
	private void hear(String text) {
		if (text.startsWith(ENDED)) {
			List.of(text.substring(ENDED.length()).split(" ", -1)).forEach(this::end);
		}
		else if (text.startsWith(CHANGED)) {
			List.of(text.substring(CHANGED.length()).split(" ", -1)).forEach(this.outdated);
		}
	}

	private void end(String tokenHash) {
		this.ended.put(tokenHash, true);
		this.outdated.accept(tokenHash);
	}

}
