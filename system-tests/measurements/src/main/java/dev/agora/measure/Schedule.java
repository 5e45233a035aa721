package dev.agora.measure;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends requests at a rate, without waiting for the responses before. */
final class Schedule {

	/** Below the resolution of a timer: requests due within one are sent together. */
	private static final Duration TICK = Duration.ofMillis(2);

	private Schedule() {
	}

	/**
	 * Sends a number of requests a second for some seconds, and waits for all responses.
	 * @param request sends a request, given the time of {@link System#nanoTime()} at
	 * which it is due
	 */
	static void run(int perSecond, int seconds, Function<Long, Mono<Void>> request) {
		long start = System.nanoTime();
		long total = (long) perSecond * seconds;
		long gap = 1_000_000_000L / perSecond;
		long[] sent = { 0 };
		Flux.interval(TICK)
			.onBackpressureDrop()
			.concatMapIterable((tick) -> due(start, gap, sent, total))
			.takeUntil((due) -> due == start + (total - 1) * gap)
			.flatMap(request, Integer.MAX_VALUE)
			.blockLast();
	}

	private static Iterable<Long> due(long start, long gap, long[] sent, long total) {
		long until = Math.min(total, (System.nanoTime() - start) / gap);
		List<Long> times = LongStream.range(sent[0], until).mapToObj((number) -> start + number * gap).toList();
		sent[0] = Math.max(sent[0], until);
		return times;
	}

}
