package dev.agora.graph.count;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

import dev.agora.graph.tie.TieChange;
import dev.agora.platform.tracing.log.TracePropagation;

/**
 * Combines the concurrent changes of one owner's ties, so that a member whom many follow
 * at once gets few large writes in place of many that compete.
 */
final class OwnerLanes {

	/** Bounds one write. */
	private static final int MAX_REQUESTS = 200;

	private final Function<List<TieChange>, Mono<Void>> writer;

	private final Map<String, Queue<Request>> lanes = new ConcurrentHashMap<>();

	OwnerLanes(Function<List<TieChange>, Mono<Void>> writer) {
		this.writer = writer;
	}

	/** Whether changes of an owner's ties wait or are written here. */
	boolean isBusy(String owner) {
		return this.lanes.containsKey(owner);
	}

	/** Writes changes of the ties of one owner, together with those that wait. */
	Mono<Void> write(String owner, List<TieChange> changes) {
		return Mono.deferContextual((context) -> {
			Request request = new Request(changes, Sinks.empty(), context);
			if (enqueue(owner, request)) {
				writeNext(owner);
			}
			return TracePropagation.restore(request.result().asMono());
		});
	}

	/**
	 * Adds a request to the lane of an owner.
	 * @return whether the lane is new, so that its first write has to be started
	 */
	private boolean enqueue(String owner, Request request) {
		Queue<Request> added = new ArrayDeque<>(List.of(request));
		return this.lanes.merge(owner, added, (lane, same) -> {
			lane.add(request);
			return lane;
		}) == added;
	}

	/** Writes what waits, and continues until nothing does. */
	private void writeNext(String owner) {
		List<Request> batch = new ArrayList<>();
		this.lanes.computeIfPresent(owner, (same, lane) -> drain(lane, batch));
		if (!batch.isEmpty()) {
			List<TieChange> changes = batch.stream().flatMap((request) -> request.changes().stream()).toList();
			this.writer.apply(changes)
				.contextWrite(batch.get(0).context())
				.doFinally((end) -> writeNext(owner))
				.subscribe((none) -> {
				}, (failure) -> batch.forEach((request) -> request.result().tryEmitError(failure)),
						() -> batch.forEach((request) -> request.result().tryEmitEmpty()));
		}
	}

	/** Returns null if nothing waits, which ends the lane. */
	private static @Nullable Queue<Request> drain(Queue<Request> lane, List<Request> batch) {
		while (batch.size() < MAX_REQUESTS && !lane.isEmpty()) {
			batch.add(lane.remove());
		}
		return batch.isEmpty() ? null : lane;
	}

	/** The changes of one caller, who waits for their result. */
	private record Request(List<TieChange> changes, Sinks.Empty<Void> result, ContextView context) {
	}

}
