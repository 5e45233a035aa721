package dev.agora.platform.cache.envelope;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * Combines the reads that requests start in one turn of their event loop into one
 * command, whose result is delivered on the same event loop. A read on another thread is
 * a command of its own.
 */
final class CombinedReads {

	/** Bounds the size of one response of Redis. */
	private static final int MAX_READS = 64;

	private final FastThreadLocal<@Nullable Batch> open = new FastThreadLocal<>();

	private final EventLoopGroup loops;

	private final Function<String, Mono<Envelope>> one;

	private final Function<Map<String, ?>, Mono<Map<String, Envelope>>> all;

	private final Predicate<Throwable> isOfOneKey;

	/**
	 * Creates an empty combination.
	 * @param loops the event loops of the server
	 * @param one reads one entry
	 * @param all reads the entries under the keys of a map
	 * @param isOfOneKey whether a failure of {@code all} may concern some of the keys
	 * only
	 */
	CombinedReads(LoopResources loops, Function<String, Mono<Envelope>> one,
			Function<Map<String, ?>, Mono<Map<String, Envelope>>> all, Predicate<Throwable> isOfOneKey) {
		// Within an event loop, the loops of clients return that event loop.
		this.loops = loops.onClient(LoopResources.DEFAULT_NATIVE);
		this.one = one;
		this.all = all;
		this.isOfOneKey = isOfOneKey;
	}

	Mono<Envelope> read(String id) {
		return Mono.defer(() -> {
			EventLoop loop = this.loops.next();
			return loop.inEventLoop() ? combine(id, loop) : this.one.apply(id);
		});
	}

	private Mono<Envelope> combine(String id, EventLoop loop) {
		Batch batch = this.open.get();
		if (batch == null || batch.size() == MAX_READS) {
			Batch opened = new Batch();
			this.open.set(opened);
			loop.execute(() -> send(opened, loop));
			batch = opened;
		}
		return batch.add(id);
	}

	private void send(Batch batch, EventLoop loop) {
		if (this.open.get() == batch) {
			this.open.remove();
		}
		Mono<Map<String, Envelope>> read = (batch.size() == 1) ? readOne(batch) : this.all.apply(batch.readers);
		read.publishOn(Schedulers.fromExecutor(loop)).subscribe(batch::complete, (failure) -> fail(batch, failure));
	}

	private Mono<Map<String, Envelope>> readOne(Batch batch) {
		String id = batch.readers.keySet().iterator().next();
		return this.one.apply(id).map((envelope) -> Map.of(id, envelope));
	}

	/**
	 * Repeats a combination as single reads if one server of a cluster or one key has
	 * failed it, which must not fail the reads of others. A late response is no reason to
	 * send many commands instead of one.
	 */
	private void fail(Batch batch, Throwable failure) {
		if (batch.size() == 1 || !this.isOfOneKey.test(failure)) {
			batch.fail(failure);
			return;
		}
		batch.readers.forEach((id, reader) -> this.one.apply(id).subscribe(reader::tryEmitValue, reader::tryEmitError));
	}

	/** The reads of one command, by id. */
	private static final class Batch {

		private final Map<String, Sinks.One<Envelope>> readers = new HashMap<>();

		int size() {
			return this.readers.size();
		}

		Mono<Envelope> add(String id) {
			return this.readers.computeIfAbsent(id, (first) -> Sinks.one()).asMono();
		}

		void complete(Map<String, Envelope> found) {
			this.readers.forEach((id, reader) -> reader.tryEmitValue(found.get(id)));
		}

		void fail(Throwable failure) {
			this.readers.values().forEach((reader) -> reader.tryEmitError(failure));
		}

	}

}
