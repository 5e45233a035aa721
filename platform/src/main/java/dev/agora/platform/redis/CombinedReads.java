package dev.agora.platform.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

import dev.agora.platform.tracing.log.TracePropagation;

/**
 * Combines the reads that requests start in one turn of their event loop into one
 * command, whose result is delivered on the same event loop. A read on another thread is
 * a command of its own.
 *
 * @param <K> identifies what is read
 * @param <V> the result of a read
 */
public final class CombinedReads<K, V> {

	/** The default bound of {@link #maxReads}. */
	private static final int MAX_READS = 64;

	private final FastThreadLocal<@Nullable Batch<K, V>> open = new FastThreadLocal<>();

	private final EventLoopGroup loops;

	private final Function<K, Mono<V>> one;

	private final Function<Set<K>, Mono<Map<K, V>>> all;

	private final Predicate<Throwable> isOfOneKey;

	/** Bounds the size of one response of Redis. */
	private final int maxReads;

	/**
	 * Creates an empty combination.
	 * @param loops the event loops of the server
	 * @param one reads one value, or nothing
	 * @param all reads several values, without those that do not exist
	 * @param isOfOneKey whether a failure of {@code all} may concern some of the keys
	 * only
	 */
	public CombinedReads(LoopResources loops, Function<K, Mono<V>> one, Function<Set<K>, Mono<Map<K, V>>> all,
			Predicate<Throwable> isOfOneKey) {
		this(loops, one, all, isOfOneKey, MAX_READS);
	}

	/**
	 * Creates an empty combination.
	 * @param maxReads the largest number of reads that share a command
	 */
	public CombinedReads(LoopResources loops, Function<K, Mono<V>> one, Function<Set<K>, Mono<Map<K, V>>> all,
			Predicate<Throwable> isOfOneKey, int maxReads) {
		// Within an event loop, the loops of clients return that event loop.
		this.loops = loops.onClient(LoopResources.DEFAULT_NATIVE);
		this.one = one;
		this.all = all;
		this.isOfOneKey = isOfOneKey;
		this.maxReads = maxReads;
	}

	/**
	 * Selects the failures of a combined command that may concern some of its keys only:
	 * in a cluster, the keys are on several servers.
	 */
	public static Predicate<Throwable> failuresOfOneKey(RedissonClient redis) {
		return (failure) -> failure instanceof RedisRejection
				|| (failure instanceof RedisFailure && redis.getConfig().isClusterConfig());
	}

	/** Reads a value. */
	public Mono<V> read(K id) {
		return Mono.defer(() -> {
			EventLoop loop = this.loops.next();
			return loop.inEventLoop() ? combine(id, loop) : this.one.apply(id);
		});
	}

	private Mono<V> combine(K id, EventLoop loop) {
		Batch<K, V> batch = this.open.get();
		if (batch == null || batch.size() == this.maxReads) {
			Batch<K, V> opened = new Batch<>();
			this.open.set(opened);
			loop.execute(() -> send(opened, loop));
			batch = opened;
		}
		return batch.add(id);
	}

	private void send(Batch<K, V> batch, EventLoop loop) {
		if (this.open.get() == batch) {
			this.open.remove();
		}
		Mono<Map<K, V>> read = (batch.size() == 1) ? readOne(batch) : this.all.apply(batch.readers.keySet());
		read.publishOn(Schedulers.fromExecutor(loop)).subscribe(batch::complete, (failure) -> fail(batch, failure));
	}

	private Mono<Map<K, V>> readOne(Batch<K, V> batch) {
		K id = batch.readers.keySet().iterator().next();
		return this.one.apply(id).map((value) -> Map.of(id, value)).defaultIfEmpty(Map.of());
	}

	/**
	 * Repeats a combination as single reads if one server of a cluster or one key has
	 * failed it, which must not fail the reads of others. A late response is no reason to
	 * send many commands instead of one.
	 */
	private void fail(Batch<K, V> batch, Throwable failure) {
		if (batch.size() == 1 || !this.isOfOneKey.test(failure)) {
			batch.fail(failure);
			return;
		}
		batch.readers.forEach((id, reader) -> this.one.apply(id)
			.subscribe(reader::tryEmitValue, reader::tryEmitError, reader::tryEmitEmpty));
	}

	/** The reads of one command, by id. */
	private static final class Batch<K, V> {

		private final Map<K, Sinks.One<V>> readers = new HashMap<>();

		int size() {
			return this.readers.size();
		}

		Mono<V> add(K id) {
			return TracePropagation.restore(this.readers.computeIfAbsent(id, (first) -> Sinks.one()).asMono());
		}

		void complete(Map<K, V> found) {
			this.readers.forEach((id, reader) -> reader.tryEmitValue(found.get(id)));
		}

		void fail(Throwable failure) {
			this.readers.values().forEach((reader) -> reader.tryEmitError(failure));
		}

	}

}
