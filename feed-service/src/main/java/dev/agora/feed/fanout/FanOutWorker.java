package dev.agora.feed.fanout;

import java.util.List;

import reactor.core.publisher.Mono;

import dev.agora.feed.audience.PulledAuthors;
import dev.agora.feed.timeline.TimelinePush;

/** Delivers the chunks of large fan-outs. Each step may be repeated. */
public final class FanOutWorker {

	private final FanOut fanOut;

	private final LargeFanOuts fanOuts;

	private final PulledAuthors pulled;

	public FanOutWorker(FanOut fanOut, LargeFanOuts fanOuts, PulledAuthors pulled) {
		this.fanOut = fanOut;
		this.fanOuts = fanOuts;
		this.pulled = pulled;
	}

	/** Delivers a chunk, and stores that it was delivered. */
	Mono<Void> deliver(FanOutEvent.ChunkPlanned chunk) {
		Mono<Void> delivery = (chunk.pull() != null) ? this.fanOut.markPulled(chunk.author(), chunk.members())
				: this.fanOut.push(List.of(new TimelinePush(chunk.members(), chunk.activity())));
		return delivery.then(Mono.defer(() -> this.fanOuts.change(chunk.activity(),
				(progress) -> progress.deliver(chunk.plan(), chunk.number()))));
	}

	/**
	 * Settles a pulled author whose timelines are all marked, so that later activities
	 * are not pushed.
	 */
	Mono<Void> complete(FanOutEvent.Completed completed) {
		Mono<?> settled = (completed.pull() != null) ? this.pulled.settle(completed.author(), completed.pull())
				: Mono.empty();
		return settled.then(Mono.fromRunnable(() -> this.fanOut.complete(completed.at())));
	}

}
