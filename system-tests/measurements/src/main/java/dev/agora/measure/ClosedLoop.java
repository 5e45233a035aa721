package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A load of some connections, each of which sends a request as soon as its last one is
 * complete. It shows how much a system can serve, and hides how long clients would wait.
 */
final class ClosedLoop implements AutoCloseable {

	private static final Duration END = Duration.ofSeconds(30);

	/** A connection whose request was refused pauses, as clients do. */
	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final int WARM_UP = 100_000;

	private static final Duration MAX_WARM_UP = Duration.ofMinutes(4);

	private static final double MAX_COMPILER_CORES = 0.02;

	private final Recorder latencies = new Recorder(END.toMillis() * 1_000, 3);

	private final LongAdder successes = new LongAdder();

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	private final Request request;

	private final CompletableFuture<Void> load;

	private volatile boolean closed;

	/** Starts the load. */
	ClosedLoop(Request request, int connections) {
		this.request = request;
		this.load = Flux.range(0, connections)
			.flatMap((connection) -> Mono.defer(() -> send(connection)).repeat(() -> !this.closed), connections)
			.then()
			.toFuture();
	}

	private Mono<Void> send(int connection) {
		long start = System.nanoTime();
		return this.request.send(connection).flatMap((failure) -> count(failure, start));
	}

	private Mono<Void> count(String failure, long start) {
		if (failure.isEmpty()) {
			this.successes.increment();
			this.latencies.recordValue(Math.min(END.toNanos(), System.nanoTime() - start) / 1_000);
			return Mono.empty();
		}
		this.failures.computeIfAbsent(failure, (first) -> new LongAdder()).increment();
		return Mono.delay(PAUSE).then();
	}

	/** Returns the number of successful requests so far. */
	long successes() {
		return this.successes.sum();
	}

	/**
	 * Returns the successful requests a second. The first second of the load does not
	 * count.
	 * @param seconds the duration of the measurement
	 */
	double perSecond(int seconds) throws InterruptedException {
		TimeUnit.SECONDS.sleep(1);
		long before = successes();
		long start = System.nanoTime();
		TimeUnit.SECONDS.sleep(seconds);
		return (successes() - before) / ((System.nanoTime() - start) / 1e9);
	}

	/**
	 * Waits until some requests were served and the code that serves them is compiled,
	 * but for a limited time.
	 * @param processes the JVMs that serve them, without a quota
	 */
	void warmUp(Experiment.Run run, Collection<RunningSystem.Instance> processes)
			throws IOException, InterruptedException {
		long enough = successes() + run.scaled(WARM_UP);
		long deadline = System.nanoTime() + MAX_WARM_UP.toNanos() / (run.quick() ? 4 : 1);
		CompilerThreads compilers = new CompilerThreads(processes);
		double cores;
		do {
			TimeUnit.SECONDS.sleep(run.quick() ? 3 : 10);
			cores = compilers.cores();
		}
		while ((successes() < enough || cores > MAX_COMPILER_CORES) && System.nanoTime() < deadline);
		System.out.printf("warmed by %d requests without a quota; to compile, each process last used %.2f cores%n",
				successes(), cores);
	}

	/** Returns the number of failed requests so far. */
	long failed() {
		return this.failures.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/** Returns the numbers of failed requests by reason. */
	Map<String, LongAdder> failures() {
		return this.failures;
	}

	/** Returns the latencies in microseconds since the last call. */
	Histogram takeLatencies() {
		return this.latencies.getIntervalHistogram();
	}

	/** Ends the load, and waits for its last responses. */
	@Override
	public void close() {
		this.closed = true;
		try {
			this.load.get(END.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new Problem("The load did not end: " + ex);
		}
	}

	/** Sends requests. */
	interface Request {

		/**
		 * Sends a request.
		 * @param connection the number of the connection, from zero
		 * @return the reason of its failure, empty if it succeeded
		 */
		Mono<String> send(int connection);

	}

}
