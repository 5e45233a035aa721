package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;

/**
 * Feed-service as two instances: one only stores posts, and the other one also delivers
 * them and can be suspended, so that a backlog of posts waits for it.
 */
final class DeliveringService {

	private static final String PUSHES = "feed_fanout_pushes_total";

	private static final long SEED = 13;

	private static final int CONCURRENCY = 16;

	private static final int MAX_REPEATS = 5;

	private static final Duration LIMIT = Duration.ofMinutes(2);

	/** Less than the session time-out of the consumer groups. */
	private static final Duration MAX_SUSPENSION = Duration.ofSeconds(30);

	private static final String SESSION_TIMEOUT = "45s";

	/** Each poll costs the instance some milliseconds. */
	private static final long POLL_MILLIS = 200;

	private static final long IDLE_POLLS = 15;

	private final HttpClient http = HttpClient.create();

	private final SocialMembers members;

	private final RunningSystem.Instance storing;

	private final RunningSystem.Instance delivering;

	private final ServiceMetrics metrics;

	/** The members in random order, which is that of their posts. */
	private final List<Integer> authors = new ArrayList<>();

	private int posted;

	/** Starts the instances. */
	DeliveringService(Children children, OwnInstances instances, SocialMembers members)
			throws IOException, InterruptedException {
		this.members = members;
		this.storing = instances.start(children, settings(false));
		this.delivering = instances.start(children, settings(true));
		this.metrics = new ServiceMetrics(List.of(this.delivering.managementUrl()));
		for (int member = 0; member < members.graph().size(); member++) {
			this.authors.add(member);
		}
		Collections.shuffle(this.authors, new Random(SEED));
	}

	/** All authors are pushed, however many followers they have. */
	private static Map<String, String> settings(boolean consumes) {
		return Map.of("AGORA_KAFKA_CONSUME", String.valueOf(consumes), "FEED_RECONCILER_ENABLED", "false",
				"FEED_FANOUT_PULLTHRESHOLD", "1000000", "AGORA_KAFKA_SESSIONTIMEOUT", SESSION_TIMEOUT);
	}

	/** Returns the processes of the instances. */
	List<Long> pids() {
		return List.of(this.storing.pid(), this.delivering.pid());
	}

	RunningSystem.Instance delivering() {
		return this.delivering;
	}

	/**
	 * Lets each member post until each post reaches all followers: the service receives
	 * the follows by events.
	 */
	void awaitFollows() throws IOException, InterruptedException {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		while (true) {
			double before = pushes();
			Backlog backlog = post(this.delivering, this.authors.size());
			if (awaitPushes(before + backlog.pushes(), IDLE_POLLS)) {
				return;
			}
			if (System.nanoTime() > deadline) {
				throw new Problem(
						"The posts reach %.0f members instead of %d.".formatted(pushes() - before, backlog.pushes()));
			}
		}
	}

	/** Lets each member read their home feed, which builds its timeline. */
	void readAll() {
		List<String> identities = this.members.identities("feed-service");
		Flux.fromIterable(identities)
			.flatMap((identity) -> this.http.headers((headers) -> headers.set("X-Agora-Identity", identity))
				.get()
				.uri(this.delivering.url() + "/feed")
				.responseSingle((response, body) -> body.asByteArray().thenReturn(response.status().code()))
				.doOnNext((status) -> require(200, status)), CONCURRENCY)
			.blockLast(LIMIT);
	}

	/**
	 * Measures the delivery of posts that were stored before.
	 * @return the deliveries a second
	 */
	double deliverBacklog(int posts) throws IOException, InterruptedException {
		double before = pushes();
		Signal.STOP.send(this.delivering.pid());
		long suspended = System.nanoTime();
		Backlog backlog;
		try {
			backlog = post(this.storing, posts);
		}
		finally {
			Signal.CONT.send(this.delivering.pid());
		}
		long start = System.nanoTime();
		if (start - suspended > MAX_SUSPENSION.toNanos()) {
			throw new Problem("%d posts took more than %d s: try --posts with fewer.".formatted(posts,
					MAX_SUSPENSION.toSeconds()));
		}
		return await(backlog, before, start);
	}

	/**
	 * Measures posts from the first request until the last delivery, by one instance.
	 * @return the deliveries a second
	 */
	double deliverRequests(int posts) throws IOException, InterruptedException {
		double before = pushes();
		List<String> identities = this.members.identities("feed-service");
		long start = System.nanoTime();
		return await(post(this.delivering, posts, identities), before, start);
	}

	private double await(Backlog backlog, double before, long start) throws IOException, InterruptedException {
		if (!awaitPushes(before + backlog.pushes(), LIMIT.toMillis() / POLL_MILLIS)) {
			throw new Problem("Not all posts were delivered within two minutes.");
		}
		return backlog.deliveries() / ((System.nanoTime() - start) / 1e9);
	}

	/** Waits for pushes, and gives up if their number stays the same for some polls. */
	private boolean awaitPushes(double expected, long idlePolls) throws IOException, InterruptedException {
		double last = -1;
		for (long idle = 0; idle < idlePolls;) {
			double now = pushes();
			if (now >= expected) {
				return true;
			}
			idle = (now > last) ? 0 : idle + 1;
			last = now;
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
		return false;
	}

	private double pushes() throws IOException, InterruptedException {
		return this.metrics.sum(PUSHES);
	}

	private Backlog post(RunningSystem.Instance instance, int posts) {
		return post(instance, posts, this.members.identities("feed-service"));
	}

	private Backlog post(RunningSystem.Instance instance, int posts, List<String> identities) {
		int first = this.posted;
		this.posted += posts;
		Flux.range(first, posts)
			.map((number) -> identities.get(author(number)))
			.flatMap((identity) -> post(instance, identity), CONCURRENCY)
			.blockLast(LIMIT);
		long deliveries = 0;
		for (int number = first; number < first + posts; number++) {
			deliveries += this.members.graph().friendsOf(author(number));
		}
		return new Backlog(deliveries, deliveries + posts);
	}

	private int author(int post) {
		return this.authors.get(post % this.authors.size());
	}

	/** A post that is refused is repeated, and is stored once. */
	private Mono<Integer> post(RunningSystem.Instance instance, String identity) {
		String key = UUID.randomUUID().toString();
		return this.http
			.headers((headers) -> headers.set("X-Agora-Identity", identity)
				.set("Content-Type", "application/json")
				.set("Idempotency-Key", key))
			.post()
			.uri(instance.url() + "/posts")
			.send(ByteBufFlux.fromString(Mono.just("{\"text\":\"A post of a measurement, as long as many others\"}")))
			.responseSingle((response, body) -> body.asByteArray().thenReturn(response.status().code()))
			.doOnNext((status) -> require(201, status))
			.retryWhen(Retry.backoff(MAX_REPEATS, Duration.ofMillis(100))
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()));
	}

	private static void require(int expected, int status) {
		if (status != expected) {
			throw new Problem("A request to feed-service got " + status + ".");
		}
	}

	/**
	 * Posts that are or will be delivered.
	 *
	 * @param deliveries the number of followers of all posts
	 * @param pushes the number of pushes, those to the authors included
	 */
	private record Backlog(long deliveries, long pushes) {
	}

}
