package dev.agora.product.view;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;
import dev.agora.platform.redis.RedisUnavailable;

/**
 * Writes views behind: each instance adds its own to Redis, and one instance at a time
 * adds those in Redis to the products. Views are lost while Redis is unavailable, and
 * when a process or Redis dies; none is counted twice.
 */
public final class ViewWriter implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ViewWriter.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration LAST_WRITE = Duration.ofSeconds(1);

	private final ViewCounter counter;

	private final ViewBuffer buffer;

	private final ViewTargets targets;

	private final ViewSettings settings;

	private final Lease lease;

	private volatile Disposable writes = Disposables.disposed();

	public ViewWriter(ViewCounter counter, ViewBuffer buffer, ViewTargets targets, ViewSettings settings,
			DocumentStore store) {
		this.counter = counter;
		this.buffer = buffer;
		this.targets = targets;
		this.settings = settings;
		this.lease = store.lease("views");
	}

	@Override
	public void start() {
		this.writes = Flux.interval(this.settings.interval())
			.onBackpressureDrop()
			.concatMap((tick) -> this.counter.flush().then(addToProducts()).onErrorResume(ViewWriter::report), 1)
			.subscribe();
	}

	/** Adds the views in Redis to the products, if this instance holds the lease. */
	Mono<Void> addToProducts() {
		return this.lease.tryAcquire(this.settings.interval().multipliedBy(5))
			.filter(Boolean::booleanValue)
			.flatMapMany((held) -> Flux.range(0, ViewBuffer.SHARDS))
			.concatMap(this::addShard)
			// RedisGuard logs an outage once.
			.onErrorComplete(RedisUnavailable.class)
			.then();
	}

	private Mono<Void> addShard(int shard) {
		// A batch that another attempt has written partly is written again: each product
		// counts it once.
		return this.buffer.take(shard)
			.flatMap((batch) -> this.targets.add(batch.id(), batch.views())
				.then(Mono.defer(() -> this.buffer.delete(shard, batch))));
	}

	private static Mono<Void> report(Throwable failure) {
		throttle.log("views",
				(more) -> log.warn("Views are not counted now ({} more since): {}", more, failure.toString()));
		return Mono.empty();
	}

	@Override
	public boolean isRunning() {
		return !this.writes.isDisposed();
	}

	@Override
	public void stop() {
		this.writes.dispose();
	}

	/** Adds the last views to Redis. */
	@Override
	public void stop(Runnable stopped) {
		stop();
		this.counter.flush().timeout(LAST_WRITE).onErrorComplete().doFinally((end) -> stopped.run()).subscribe();
	}

	/** Stops after the web server, whose requests are views. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
	}

}
