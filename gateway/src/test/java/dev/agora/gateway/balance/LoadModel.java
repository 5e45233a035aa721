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
 * Clones that work off their requests one after the other, in a time that only this model
 * lets pass: the same on every machine.
 */
final class LoadModel {

	private final TestTicker ticker = new TestTicker();

	private final Random random = new Random(1);

	private final PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparingLong(Answer::at));

	private final InstancePool clones;

	private final long[] serviceTimes;

	private final long[] freeAt;

	private final int[] served;

	LoadModel(String choice, Duration... serviceTimes) {
		this.clones = new InstancePool("feed-service", TestBalance.settings(Map.of("gateway.balance.choice", choice)),
				this.ticker, this.random::nextInt);
		this.serviceTimes = Arrays.stream(serviceTimes).mapToLong(Duration::toNanos).toArray();
		this.freeAt = new long[serviceTimes.length];
		this.served = new int[serviceTimes.length];
		Set<URI> addresses = new HashSet<>();
		for (int i = 0; i < serviceTimes.length; i++) {
			addresses.add(URI.create("http://127.0.0.1:" + i));
		}
		this.clones.moveTo(addresses);
	}

	/** So many clients ask again as soon as they are answered. */
	LoadModel askedByClients(int clients, int requests) {
		for (int i = 0; i < requests; i++) {
			if (this.answers.size() == clients) {
				answerNext();
			}
			request();
		}
		return this;
	}

	/**
	 * Requests come at random moments.
	 * @return after how many nanoseconds 99 of 100 are answered
	 */
	long p99WhenAsked(int timesASecond, int requests) {
		long[] took = new long[requests];
		long next = 0;
		for (int i = 0; i < requests; i++) {
			next += (long) (-Math.log(1 - this.random.nextDouble()) * 1e9 / timesASecond);
			while (!this.answers.isEmpty() && this.answers.peek().at() <= next) {
				answerNext();
			}
			this.ticker.moveTo(next);
			took[i] = request() - next;
		}
		Arrays.sort(took);
		return took[requests * 99 / 100];
	}

	/** Which share of the requests a clone got. */
	double share(int clone) {
		return (double) this.served[clone] / Arrays.stream(this.served).sum();
	}

	private long request() {
		Instance clone = Objects.requireNonNull(this.clones.choose());
		int number = clone.address().getPort();
		this.served[number]++;
		this.freeAt[number] = Math.max(this.freeAt[number], this.ticker.getAsLong()) + this.serviceTimes[number];
		Answer answer = new Answer(this.freeAt[number], Sinks.empty());
		clone.serve((chosen) -> answer.sink().asMono()).subscribe();
		this.answers.add(answer);
		return answer.at();
	}

	private void answerNext() {
		Answer answer = this.answers.remove();
		this.ticker.moveTo(answer.at());
		answer.sink().tryEmitEmpty().orThrow();
	}

	private record Answer(long at, Sinks.Empty<Void> sink) {
	}

}
