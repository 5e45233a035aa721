package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.cache.envelope.EnvelopeCodec;
import dev.agora.platform.cache.envelope.EnvelopeStore;
import dev.agora.platform.cache.envelope.JsonCodec;
import dev.agora.platform.cache.envelope.RepresentationCodec;
import dev.agora.platform.cache.envelope.ValueCodec;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.representation.Representation;

/**
 * Creates the caches of a service. They share one limit on reads of the origin without a
 * lease.
 */
public final class ObjectCaches implements AutoCloseable {

	private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(1);

	private final RedisGuard redis;

	private final CacheSettings settings;

	private final MeterRegistry meters;

	private final JsonMapper json;

	private final Clock clock;

	private final ReadPermits permits;

	private final LeaseBackoff backoff;

	private final List<ObjectCache<?>> caches = new CopyOnWriteArrayList<>();

	private final Disposable repeats;

	public ObjectCaches(RedisGuard redis, CacheSettings settings, MeterRegistry meters, JsonMapper json, Clock clock) {
		this.redis = redis;
		this.settings = settings;
		this.meters = meters;
		this.json = json;
		this.clock = clock;
		this.permits = ReadPermits.ofOrigin(settings);
		this.backoff = new LeaseBackoff(settings.leaseWait());
		this.repeats = Flux.interval(REPEAT_INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> repeatInvalidations(), 1)
			.subscribe();
	}

	/**
	 * Creates a cache of records with the keys
	 * {@code <service>:<object>:v<shape>:{<id>}}.
	 * @param shape the version of the type's fields; raise it when they change, so that
	 * instances of two builds do not read each other's entries
	 */
	public <T> ObjectCache<T> of(String service, String object, int shape, Class<T> type) {
		return of(service, object, shape, new JsonCodec<>(this.json, type));
	}

	/**
	 * Creates a cache of representations, which are served as they are, with the keys
	 * {@code <service>:<object>:v<shape>:{<id>}}.
	 * @param shape the version of the fields in the bodies; raise it when they change, so
	 * that instances of two builds do not serve each other's entries
	 */
	public ObjectCache<Representation> ofRepresentations(String service, String object, int shape) {
		return of(service, object, shape, new RepresentationCodec());
	}

	/**
	 * Creates a cache of objects that a codec converts, with the keys
	 * {@code <service>:<object>:v<shape>:{<id>}}.
	 * @param shape the version of what the codec writes; raise it when that changes, so
	 * that instances of two builds do not read each other's entries
	 */
	public <T> ObjectCache<T> of(String service, String object, int shape, ValueCodec<T> values) {
		String name = service + ":" + object;
		EnvelopeStore store = new EnvelopeStore(this.redis, this.settings, name + ":v" + shape);
		EnvelopeCodec<T> codec = new EnvelopeCodec<>(values, this.settings, this.clock);
		CacheMeters counts = new CacheMeters(this.meters, name);
		Origin origin = new Origin(this.permits, this.settings, counts);
		LeasedLoader<T> loader = new LeasedLoader<>(store, codec, origin, this.backoff, counts);
		PendingInvalidations pending = new PendingInvalidations();
		Gauge.builder("cache.writes.missed", pending, PendingInvalidations::size)
			.tag("cache", name)
			.register(this.meters);
		ObjectCache<T> cache = new ObjectCache<>(store, codec, loader, pending, counts);
		this.caches.add(cache);
		return cache;
	}

	@Override
	public void close() {
		this.repeats.dispose();
	}

	private Mono<Void> repeatInvalidations() {
		if (!this.redis.isAvailable()) {
			return Mono.empty();
		}
		return Flux.fromIterable(this.caches).concatMap(ObjectCache::repeatInvalidations).then();
	}

}
