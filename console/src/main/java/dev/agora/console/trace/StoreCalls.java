package dev.agora.console.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import dev.agora.console.metric.Latency;

/**
 * The calls of MongoDB and Redis in the spans of the last seconds. The services have no
 * metrics of them; where all requests are traced, the spans have all calls.
 */
public final class StoreCalls {

	private static final List<String> STORE = List.of("db.system.name", "db.system");

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

	static final int MAX_CALLS = 20_000;

	private static final double MICROS = 1e6;

	private final LongSupplier nanos;

	private final Deque<Call> calls = new ArrayDeque<>();

	public StoreCalls() {
		this(System::nanoTime);
	}

	StoreCalls(LongSupplier nanos) {
		this.nanos = nanos;
	}

	synchronized void add(Span span) {
		STORE.stream().map(span.attributes()::get).flatMap(Stream::ofNullable).findFirst().ifPresent((store) -> {
			this.calls.addLast(new Call(this.nanos.getAsLong(), span.service(), store, span));
			prune();
		});
	}

	private void prune() {
		long now = this.nanos.getAsLong();
		while (!this.calls.isEmpty() && (now - this.calls.getFirst().at() > WINDOW || this.calls.size() > MAX_CALLS)) {
			this.calls.removeFirst();
		}
	}

	/**
	 * Finds the calls of a store by a service.
	 * @param service the service
	 * @param store mongodb or redis
	 * @return the times of the calls; empty if none was traced lately
	 */
	public synchronized Optional<Calls> latency(String service, String store) {
		prune();
		List<Call> found = this.calls.stream()
			.filter((call) -> call.service().equals(service) && call.store().equals(store))
			.toList();
		return found.isEmpty() ? Optional.empty()
				: Optional.of(new Calls(toLatency(found), toLatency(found.stream().filter(Call::failed).toList())));
	}

	/** Each time is a bucket of its own, so that the quantiles are those of the calls. */
	private static Latency toLatency(List<Call> calls) {
		TreeMap<Double, Double> buckets = new TreeMap<>();
		calls.forEach((call) -> buckets.merge(call.seconds(), 1.0, Double::sum));
		double count = 0;
		for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
			count += bucket.getValue();
			bucket.setValue(count);
		}
		return new Latency(TimeUnit.NANOSECONDS.toSeconds(WINDOW), count,
				calls.stream().mapToDouble(Call::seconds).sum(), buckets);
	}

	/**
	 * The calls of a store.
	 *
	 * @param all all calls
	 * @param failed the failed ones of them
	 */
	public record Calls(Latency all, Latency failed) {
	}

	/** A call, without the rest of its span. */
	private record Call(long at, String service, String store, double seconds, boolean failed) {

		Call(long at, String service, String store, Span span) {
			this(at, service, store, span.duration() / MICROS, span.failed());
		}

	}

}
