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

import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamWriter;
import dev.agora.session.signing.SigningSettings;

/**
 * Publishes to the gateways which sessions have ended or changed, by the hashes of their
 * tokens. While Redis is unavailable, revocations wait in a queue until they can be
 * published or every gateway's cached identity has expired; the gauge
 * {@code session.revocations.unpublished} is the length of that queue.
 */
public final class RevocationPublisher implements DisposableBean {

	/** The Redis Stream that the gateways read. */
	static final String KEY = "session:revocations:v2:{all}";

	private static final Logger log = LoggerFactory.getLogger(RevocationPublisher.class);

	private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);

	private static final int MAX_UNPUBLISHED = 10_000;

	private final StreamWriter stream;

	private final Clock clock;

	private final Duration identityLifetime;

	private final BlockingQueue<Revocation> unpublished = new LinkedBlockingQueue<>(MAX_UNPUBLISHED);

	private final Disposable retries;

	public RevocationPublisher(RedisGuard redis, SigningSettings settings, Clock clock, MeterRegistry meters) {
		this.stream = new StreamWriter(redis, KEY);
		this.clock = clock;
		this.identityLifetime = settings.lifetime();
		Gauge.builder("session.revocations.unpublished", this.unpublished, BlockingQueue::size).register(meters);
		CapacityMeters.register(meters, "revocations", this.unpublished::size, () -> MAX_UNPUBLISHED);
		this.retries = Flux.interval(RETRY_INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> publishWaiting(), 1)
			.subscribe();
	}

	/** Publishes that sessions have ended: their tokens will never be valid again. */
	Mono<Void> publishEnded(List<String> tokenHashes) {
		return publish("ended " + String.join(" ", tokenHashes));
	}

	/** Publishes that sessions have changed: their cached identities are outdated. */
	Mono<Void> publishChanged(List<String> tokenHashes) {
		return publish("changed " + String.join(" ", tokenHashes));
	}

	@Override
	public void destroy() {
		this.retries.dispose();
	}

	/**
	 * An unavailable Redis does not fail the change, which is durable already: a gateway
	 * that receives no revocation asks again when its cached identity has expired.
	 */
	private Mono<Void> publish(String text) {
		return this.stream.append(text).onErrorResume(RedisFailure.class, (unavailable) -> {
			enqueue(new Revocation(text, this.clock.instant().plus(this.identityLifetime)));
			return Mono.empty();
		});
	}

	private void enqueue(Revocation revocation) {
		if (!this.unpublished.offer(revocation)) {
			log.warn("A revocation is discarded, since {} are waiting. The cached identities of the gateways expire"
					+ " within {}.", MAX_UNPUBLISHED, this.identityLifetime);
		}
	}

	/** Publishes the waiting revocations in order, until one fails. */
	private Mono<Void> publishWaiting() {
		return Mono.fromSupplier(this.unpublished::peek)
			.flatMap((revocation) -> revocation.expiresAt().isBefore(this.clock.instant()) ? Mono.just(revocation)
					: this.stream.append(revocation.text()).thenReturn(revocation))
			.doOnNext(this.unpublished::remove)
			.repeat(() -> !this.unpublished.isEmpty())
			.onErrorComplete(RedisFailure.class)
			.then();
	}

	private record Revocation(String text, Instant expiresAt) {
	}

}
