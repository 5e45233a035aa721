package dev.agora.platform.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.opentelemetry.api.trace.SpanBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.log.TracePropagation;

/**
 * Combines operations of background work on one collection: those that begin while
 * commands are in flight are sent together in the next command. An operation that begins
 * alone is sent at once. Requests of members do not use it, since each operation waits
 * for the commands before it.
 *
 * @param <I> what an operation is given, such as an id or a document
 * @param <R> what it returns
 */
public final class CombinedOperations<I, R> {

	private static final int MAX_IN_FLIGHT = 2;

	/** Bounds the size of one command. */
	private static final int MAX_OPERATIONS = 100;

	private final Function<ActiveSpan, SpanBuilder> span;

	private final Function<List<I>, Mono<List<R>>> command;

	private final Queue<Operation<I, R>> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	/**
	 * Creates an empty combination.
	 * @param span prepares the span of an operation, from its start to its result
	 * @param command sends operations together; returns their results in the same order
	 */
	public CombinedOperations(Function<ActiveSpan, SpanBuilder> span, Function<List<I>, Mono<List<R>>> command) {
		this.span = span;
		this.command = command;
	}

	/**
	 * Sends an operation, alone or with others. An operation fails with the command if
	 * the server is unavailable or accepts no writes. Every other failure of a command is
	 * that of one of its operations, so each of them is then sent alone.
	 */
	public Mono<R> send(I input) {
		return ActiveSpan.around(this.span, TracePropagation.restore(Mono.defer(() -> {
			Operation<I, R> operation = new Operation<>(input, Sinks.one());
			this.waiting.add(operation);
			sendWaiting();
			return operation.result().asMono();
		})));
	}

	private void sendWaiting() {
		while (!this.waiting.isEmpty() && this.inFlight.get() < MAX_IN_FLIGHT) {
			if (this.inFlight.incrementAndGet() <= MAX_IN_FLIGHT) {
				send(nextBatch());
			}
			else {
				this.inFlight.decrementAndGet();
			}
		}
	}

	private List<Operation<I, R>> nextBatch() {
		List<Operation<I, R>> batch = new ArrayList<>();
		while (batch.size() < MAX_OPERATIONS) {
			Operation<I, R> next = this.waiting.poll();
			if (next == null) {
				return batch;
			}
			batch.add(next);
		}
		return batch;
	}

	private void send(List<Operation<I, R>> batch) {
		Mono<Void> sent = batch.isEmpty() ? Mono.empty() : sendTogether(batch);
		sent.doFinally((signal) -> {
			this.inFlight.decrementAndGet();
			sendWaiting();
		}).subscribe();
	}

	private Mono<Void> sendTogether(List<Operation<I, R>> batch) {
		return Mono.defer(() -> this.command.apply(batch.stream().map(Operation::input).toList()))
			.doOnNext((results) -> succeed(batch, results))
			.then()
			.onErrorResume((failure) -> repeatAlone(batch, failure));
	}

	private Mono<Void> repeatAlone(List<Operation<I, R>> batch, Throwable failure) {
		if (batch.size() == 1 || MongoFailures.isOfServer(failure)) {
			batch.forEach((operation) -> operation.result().tryEmitError(failure));
			return Mono.empty();
		}
		return Flux.fromIterable(batch).concatMap((operation) -> sendTogether(List.of(operation))).then();
	}

	private static <I, R> void succeed(List<Operation<I, R>> batch, List<R> results) {
		for (int i = 0; i < batch.size(); i++) {
			batch.get(i).result().tryEmitValue(results.get(i));
		}
	}

	private record Operation<I, R>(I input, Sinks.One<R> result) {
	}

}
