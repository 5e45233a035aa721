package dev.agora.measure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Concurrent readers of objects, each with one request at a time. */
final class Readers implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final List<URI> instances;

	private final List<String> paths;

	private final ConnectionProvider connections;

	private final HttpClient http;

	private final Map<String, String> headers;

	private final AtomicLong turn = new AtomicLong();

	private final AtomicLong responses = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	private final AtomicLongArray byPath;

	private final Disposable load;

	/** Starts readers, who take the instances and the products in turn. */
	Readers(List<URI> instances, List<String> paths, int readers, Map<String, String> headers) {
		this.headers = headers;
		this.instances = instances;
		this.paths = paths;
		this.byPath = new AtomicLongArray(paths.size());
		// The provider bounds the connections to each instance.
		this.connections = ConnectionProvider.builder("readers").maxConnections(readers).build();
		this.http = HttpClient.create(this.connections).responseTimeout(TIMEOUT);
		this.load = Flux.range(0, readers).flatMap((reader) -> Mono.defer(this::read).repeat(), readers).subscribe();
	}

	/** Returns the number of successful responses so far. */
	long responses() {
		return this.responses.get();
	}

	/** Returns the number of failed requests so far. */
	long failures() {
		return this.failures.get();
	}

	/** Waits until each product was read a number of times from now on. */
	void awaitEachRead(int times, Duration limit) throws InterruptedException {
		long[] before = IntStream.range(0, this.paths.size()).mapToLong(this.byPath::get).toArray();
		long deadline = System.nanoTime() + limit.toNanos();
		while (IntStream.range(0, before.length).anyMatch((path) -> this.byPath.get(path) < before[path] + times)) {
			if (System.nanoTime() > deadline) {
				throw new Problem("The products were not all read within " + limit.toSeconds() + " s.");
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	private Mono<Void> read() {
		long number = this.turn.getAndIncrement();
		int path = (int) (number % this.paths.size());
		URI instance = this.instances.get((int) (number / this.paths.size() % this.instances.size()));
		return this.http.headers((request) -> this.headers.forEach(request::set))
			.get()
			.uri(instance + this.paths.get(path))
			.responseSingle((response, body) -> body.asByteArray().thenReturn(response.status().code()))
			.onErrorReturn(0)
			.doOnNext((status) -> count(path, status))
			.then();
	}

	private void count(int path, int status) {
		if (status == 200) {
			this.responses.incrementAndGet();
			this.byPath.incrementAndGet(path);
		}
		else {
			this.failures.incrementAndGet();
		}
	}

	@Override
	public void close() {
		this.load.dispose();
		this.connections.dispose();
	}

}
