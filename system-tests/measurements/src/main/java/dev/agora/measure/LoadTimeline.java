package dev.agora.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/**
 * Requests that were sent on a schedule, by the time at which each was due.
 *
 * @param requests the requests in the order of their times
 */
record LoadTimeline(List<Request> requests) {

	/** The length of an interval that is in trouble or not, in seconds. */
	static final double STEP = 0.5;

	private static final double NANOS_PER_SECOND = 1e9;

	/**
	 * Sends requests at a rate, and waits for all responses.
	 * @param request sends a request; the result is the reason of its failure, or empty
	 */
	static LoadTimeline run(int perSecond, int seconds, Supplier<Mono<String>> request) {
		Queue<Request> requests = new ConcurrentLinkedQueue<>();
		long start = System.nanoTime();
		Schedule.run(perSecond, seconds,
				(due) -> request.get()
					.doOnNext((failure) -> requests
						.add(new Request((due - start) / NANOS_PER_SECOND, (System.nanoTime() - due) / 1e6, failure)))
					.then());
		List<Request> sorted = new ArrayList<>(requests);
		sorted.sort(Comparator.comparingDouble(Request::due));
		return new LoadTimeline(sorted);
	}

	/** Returns the requests that were due in an interval. */
	LoadTimeline between(double from, double until) {
		return new LoadTimeline(
				this.requests.stream().filter((request) -> request.due() >= from && request.due() < until).toList());
	}

	/** Returns the requests by intervals of this length. */
	Collection<LoadTimeline> split(double seconds) {
		return this.requests.stream()
			.collect(Collectors.groupingBy((request) -> (int) (request.due() / seconds), TreeMap::new,
					Collectors.collectingAndThen(Collectors.toList(), LoadTimeline::new)))
			.values();
	}

	long failed() {
		return this.requests.stream().filter((request) -> !request.failure().isEmpty()).count();
	}

	/** Returns the numbers of failed requests by reason. */
	Map<String, Long> failures() {
		return this.requests.stream()
			.map(Request::failure)
			.filter((failure) -> !failure.isEmpty())
			.collect(Collectors.groupingBy((failure) -> failure, TreeMap::new, Collectors.counting()));
	}

	/**
	 * Returns a percentile of the successful requests in milliseconds; 0 if there are
	 * none.
	 */
	double millis(double percentile) {
		Histogram micros = new Histogram(3);
		this.requests.stream()
			.filter((request) -> request.failure().isEmpty())
			.forEach((request) -> micros.recordValue((long) (request.millis() * 1_000)));
		return micros.getValueAtPercentile(percentile) / 1_000.0;
	}

	/**
	 * Returns when the last request was due in the last half second that had a failure,
	 * or in which one of a hundred requests took too long; 0 if there is none.
	 * @param lateMillis how long the 99th percentile may be in ms
	 */
	double lastTrouble(double lateMillis) {
		return split(STEP).stream()
			.filter((part) -> part.failed() > 0 || part.millis(99) > lateMillis)
			.mapToDouble((part) -> part.requests.get(part.requests.size() - 1).due())
			.max()
			.orElse(0);
	}

	/**
	 * A request.
	 *
	 * @param due when it was due, in seconds since the start
	 * @param millis the time from then until its response was complete
	 * @param failure the reason of its failure, empty if it succeeded
	 */
	record Request(double due, double millis, String failure) {
	}

}
