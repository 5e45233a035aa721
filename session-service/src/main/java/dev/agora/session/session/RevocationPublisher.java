package dev.agora.session.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.platform.redis.Broadcast;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.session.signing.SigningSettings;

/**
 * Tells the gateways which sessions have ended or changed, by the hashes of their tokens.
 * What cannot be told at once is told as soon as Redis is back, until no gateway can
 * remember anything as old; {@code session.revocations.untold} shows how much waits.
 */
public final class RevocationPublisher implements DisposableBean {

	/** Where the gateways listen. */
	static final String CHANNEL = "session:revocations:v1";

	private static final Logger log = LoggerFactory.getLogger(RevocationPublisher.class);

	private static final Duration AGAIN = Duration.ofMillis(250);

	private static final int LIMIT = 10_000;

	private final Broadcast broadcast;

	private final Clock clock;

	private final Duration longestMemory;

	private final BlockingQueue<Untold> untold = new LinkedBlockingQueue<>(LIMIT);

	private final Disposable retelling;

	public RevocationPublisher(RedisGuard redis, SigningSettings settings, Clock clock, MeterRegistry meters) {
		this.broadcast = new Broadcast(redis, CHANNEL, clock);
		this.clock = clock;
		this.longestMemory = settings.lifetime();
		Gauge.builder("session.revocations.untold", this.untold, BlockingQueue::size).register(meters);
		this.retelling = Flux.interval(AGAIN).onBackpressureDrop().concatMap((tick) -> retell(), 1).subscribe();
	}

	/** Sessions are over: their tokens will never be good again. */
	Mono<Void> ended(List<String> tokenHashes) {
		return tell("ended " + String.join(" ", tokenHashes));
	}

	/** Sessions go on, but what was said of them is no longer right. */
	Mono<Void> changed(List<String> tokenHashes) {
		return tell("changed " + String.join(" ", tokenHashes));
	}

	@Override
	public void destroy() {
		this.retelling.dispose();
	}

	/**
	 * Never fails for want of Redis: the change stands, and a gateway that is not told
	 * asks again when what it knows has become old.
	 */
	private Mono<Void> tell(String text) {
		return this.broadcast.publish(text).onErrorResume(RedisFailure.class, (away) -> {
			keep(new Untold(text, this.clock.instant().plus(this.longestMemory)));
			return Mono.empty();
		});
	}

	private void keep(Untold message) {
		if (!this.untold.offer(message)) {
			log.warn("A revocation is not broadcast, {} wait already; gateways forget within {}.", LIMIT,
					this.longestMemory);
		}
	}

	/** In order, until one cannot be told. */
	private Mono<Void> retell() {
		return Mono.fromSupplier(this.untold::peek)
			.flatMap((message) -> message.until().isBefore(this.clock.instant()) ? Mono.just(message)
					: this.broadcast.publish(message.text()).thenReturn(message))
			.doOnNext(this.untold::remove)
			.repeat(() -> !this.untold.isEmpty())
			.onErrorComplete(RedisFailure.class)
			.then();
	}

	private record Untold(String text, Instant until) {
	}

}
