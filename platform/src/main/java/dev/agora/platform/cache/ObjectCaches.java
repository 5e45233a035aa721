package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.cache.LeasedLoader.Waits;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.cache.envelope.EnvelopeCodec;
import dev.agora.platform.cache.envelope.EnvelopeStore;
import dev.agora.platform.redis.RedisGuard;

/**
 * Makes the caches of a service. They share one bound on reads that go past Redis.
 */
public final class ObjectCaches implements AutoCloseable {

	private static final Duration RETELL_EVERY = Duration.ofSeconds(1);

	private final RedisGuard redis;

	private final CacheSettings settings;

	private final MeterRegistry meters;

	private final JsonMapper json;

	private final Clock clock;

	private final Bulkhead bulkhead;

	private final Waits waits;

	private final List<ObjectCache<?>> caches = new CopyOnWriteArrayList<>();

	private final Disposable retelling;

	public ObjectCaches(RedisGuard redis, CacheSettings settings, MeterRegistry meters, JsonMapper json, Clock clock) {
		this.redis = redis;
		this.settings = settings;
		this.meters = meters;
		this.json = json;
		this.clock = clock;
		this.bulkhead = bulkhead(settings);
		this.waits = new Waits(tokens(), settings.leasePoll(), settings.leaseWait());
		this.retelling = Flux.interval(RETELL_EVERY).onBackpressureDrop().concatMap((tick) -> retell(), 1).subscribe();
	}

	/**
	 * A cache under the keys {@code <service>:<object>:v<shape>:{<id>}}.
	 * @param shape to be raised when the fields of the type change, so that clones of two
	 * builds don't read each other's
	 */
	public <T> ObjectCache<T> of(String service, String object, int shape, Class<T> type) {
		String name = service + ":" + object;
		EnvelopeStore entries = new EnvelopeStore(this.redis, this.settings, name + ":v" + shape);
		EnvelopeCodec<T> envelopes = new EnvelopeCodec<>(this.json, type, this.settings, this.clock);
		CacheMeters counts = new CacheMeters(this.meters, name);
		Origin origin = new Origin(this.bulkhead, this.settings, counts);
		LeasedLoader<T> loads = new LeasedLoader<>(entries, envelopes, origin, this.waits, counts);
		PendingInvalidations missed = new PendingInvalidations();
		Gauge.builder("cache.writes.missed", missed, PendingInvalidations::size)
			.tag("cache", name)
			.register(this.meters);
		ObjectCache<T> cache = new ObjectCache<>(entries, envelopes, loads, missed, counts);
		this.caches.add(cache);
		return cache;
	}

	@Override
	public void close() {
		this.retelling.dispose();
	}

	private Mono<Void> retell() {
		if (!this.redis.isAvailable()) {
			return Mono.empty();
		}
		return Flux.fromIterable(this.caches).concatMap(ObjectCache::retell).then();
	}

	private static Bulkhead bulkhead(CacheSettings settings) {
		return Bulkhead.of("cache.origin",
				BulkheadConfig.custom()
					.maxConcurrentCalls(settings.directReads())
					.maxWaitDuration(Duration.ZERO)
					.writableStackTraceEnabled(false)
					.build());
	}

	private static Supplier<String> tokens() {
		String process = UUID.randomUUID().toString();
		AtomicLong count = new AtomicLong();
		return () -> process + ":" + count.incrementAndGet();
	}

}
