package dev.agora.gateway.balance;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

import reactor.core.publisher.Sinks;

/**
 * Instances that serve one request at a time, by a clock that only this model advances:
 * the results are the same on every machine.
 */
final class LoadModel {

	private final TestTicker ticker = new TestTicker();

	private final Random random = new Random(1);

	private final PriorityQueue<Response> responses = new PriorityQueue<>(Comparator.comparingLong(Response::at));

	private final InstancePool pool;

	private final long[] serviceTimes;

	private final long[] freeAt;

	private final int[] served;

	LoadModel(String choice, Duration... serviceTimes) {
		this.pool = new InstancePool("feed-service",
				TestLoadBalancer.settings(Map.of("gateway.balance.strategy", choice)), this.ticker,
				this.random::nextInt);
		this.serviceTimes = Arrays.stream(serviceTimes).mapToLong(Duration::toNanos).toArray();
		this.freeAt = new long[serviceTimes.length];
		this.served = new int[serviceTimes.length];
		Set<URI> addresses = new HashSet<>();
		for (int i = 0; i < serviceTimes.length; i++) {
			addresses.add(URI.create("http://127.0.0.1:" + i));
		}
		this.pool.update(addresses);
	}

	/** Lets clients send their next request as soon as the last one is answered. */
	LoadModel askedByClients(int clients, int requests) {
		for (int i = 0; i < requests; i++) {
			if (this.responses.size() == clients) {
				respondNext();
			}
			request();
		}
		return this;
	}

	/**
	 * Sends requests at random times.
	 * @return the time in nanoseconds within which 99 of 100 requests are answered
	 */
	long p99WhenAsked(int timesASecond, int requests) {
		long[] took = new long[requests];
		long next = 0;
		for (int i = 0; i < requests; i++) {
			next += (long) (-Math.log(1 - this.random.nextDouble()) * 1e9 / timesASecond);
			while (!this.responses.isEmpty() && this.responses.peek().at() <= next) {
				respondNext();
			}
			this.ticker.advanceTo(next);
			took[i] = request() - next;
		}
		Arrays.sort(took);
		return took[requests * 99 / 100];
	}

	/** The share of the requests that an instance got. */
	double share(int instance) {
		return (double) this.served[instance] / Arrays.stream(this.served).sum();
	}

	private long request() {
		Instance instance = Objects.requireNonNull(this.pool.choose());
		int number = instance.address().getPort();
		this.served[number]++;
		this.freeAt[number] = Math.max(this.freeAt[number], this.ticker.getAsLong()) + this.serviceTimes[number];
		Response response = new Response(this.freeAt[number], Sinks.empty());
		instance.serve((chosen) -> response.sink().asMono()).subscribe();
		this.responses.add(response);
		return response.at();
	}

	private void respondNext() {
		Response response = this.responses.remove();
		this.ticker.advanceTo(response.at());
		response.sink().tryEmitEmpty().orThrow();
	}

	private record Response(long at, Sinks.Empty<Void> sink) {
	}

}
