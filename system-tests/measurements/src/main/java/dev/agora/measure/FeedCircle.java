package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.measure.PostClient.TimedPost;

/** New members, each of whom follows all others and posts. */
final class FeedCircle {

	private static final int MAX_IMPORTS = 60;

	private static final int ID_AND_COMMA = 14;

	private static final int OTHER_FIELDS = 60;

	private static final int PART = 100;

	private static final int CONCURRENCY = 16;

	private static final Duration MAX_WAIT = Duration.ofMinutes(2);

	/** An identity is valid for a minute. */
	private static final Duration RENEWAL = Duration.ofSeconds(25);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String sessionService;

	private final String feedService;

	private final PostClient posts;

	private final Redis redis;

	private final List<Visitor> visitors = new ArrayList<>();

	private final List<String> ids = new ArrayList<>();

	private List<String> identities = List.of();

	/** The time of {@link System#nanoTime()} at which the identities are renewed. */
	private long renewal = System.nanoTime();

	FeedCircle(RunningSystem system, int members) throws IOException, InterruptedException {
		this.sessionService = system.instances("session-service").values().iterator().next().url();
		this.feedService = system.instances("feed-service").values().iterator().next().url();
		this.posts = new PostClient(this.feedService);
		this.redis = new Redis(system.instances("redis").values().iterator().next());
		for (int number = 0; number < members; number++) {
			Visitor visitor = new Visitor(system.gatewayUrl());
			this.visitors.add(visitor);
			this.ids.add(visitor.get("members/me").path("id").asString());
		}
		follow(new OperatorClient(system));
	}

	/** Returns the key of a member's timeline in Redis. */
	String timeline(int member) {
		return timeline(this.ids.get(member));
	}

	private static String timeline(String member) {
		return "feed:timeline:v1:{" + member + "}";
	}

	/**
	 * Builds the timeline of each member from the store. It is so short that the next
	 * posts do not trim it.
	 */
	void buildAll() throws IOException, InterruptedException {
		try (Jedis client = this.redis.connect()) {
			this.ids.forEach((id) -> client.del(timeline(id)));
		}
		for (String identity : identities()) {
			page(identity);
		}
	}

	/** Returns the ids of the activities on the first page of the first member. */
	List<String> firstPage() throws IOException, InterruptedException {
		return JsonMapper.shared()
			.readTree(page(identity(this.visitors.get(0))))
			.path("items")
			.valueStream()
			.map((item) -> item.path("id").asString())
			.toList();
	}

	/** Publishes posts in parts, since an identity expires after a minute. */
	void fill(int number) throws IOException, InterruptedException {
		for (int left = number; left > 0; left -= PART) {
			post(Math.min(left, PART));
		}
	}

	/**
	 * Publishes a number of posts of all members in turn, and waits until each is in the
	 * timeline of each member.
	 * @return the seconds that it took
	 */
	double post(int number) throws IOException, InterruptedException {
		List<String> identities = identities();
		long expected = delivered() + (long) number * this.ids.size();
		long started = System.nanoTime();
		Flux.range(0, number)
			.flatMap((each) -> this.posts.send(each, identities.get(each % identities.size())), CONCURRENCY)
			.blockLast(MAX_WAIT);
		while (delivered() < expected) {
			require(System.nanoTime() - started < MAX_WAIT.toNanos(), "The timelines lack posts.");
			TimeUnit.MILLISECONDS.sleep(5);
		}
		return (System.nanoTime() - started) / 1e9;
	}

	/**
	 * Publishes posts of all members but the last at a rate, without waiting for the
	 * responses before.
	 */
	List<TimedPost> postAt(int perSecond, int seconds) throws IOException, InterruptedException {
		return this.posts.sendAt(perSecond, seconds, identities().subList(0, this.ids.size() - 1));
	}

	List<String> ids() {
		return List.copyOf(this.ids);
	}

	/**
	 * Writes a script of wrk that reads the home feeds of all members in turn. It can be
	 * used for a minute, since the identities in it expire.
	 */
	Path script() throws IOException, InterruptedException {
		return FeedScript.write(identities());
	}

	/** Returns the number of entries in all timelines. */
	private long delivered() {
		try (Jedis client = this.redis.connect()) {
			return this.ids.stream().mapToLong((id) -> client.llen(timeline(id))).sum();
		}
	}

	/** Returns the length of the seals of all timelines, which name the authors. */
	private long sealed() {
		try (Jedis client = this.redis.connect()) {
			return this.ids.stream()
				.map((id) -> client.lindex(timeline(id), -1))
				.filter(Objects::nonNull)
				.mapToLong(String::length)
				.sum();
		}
	}

	private void follow(OperatorClient operator) throws IOException, InterruptedException {
		String lines = this.visitors.stream()
			.flatMap((follower) -> this.visitors.stream()
				.filter((followee) -> followee != follower)
				.map((followee) -> follower.handle() + " " + followee.handle()))
			.collect(Collectors.joining("\n"));
		// Members are unknown to graph-service until it has received their events.
		for (int number = 0; number < MAX_IMPORTS; number++) {
			if (operator.importFollows(lines).count("failed") == 0) {
				awaitFollows();
				return;
			}
			TimeUnit.SECONDS.sleep(1);
		}
		throw new Problem("The follows could not be imported.");
	}

	/**
	 * Waits until each timeline was built for all members, and stays: the event of a
	 * follow deletes that of the follower.
	 */
	private void awaitFollows() throws IOException, InterruptedException {
		long complete = (ID_AND_COMMA * (long) this.ids.size() + OTHER_FIELDS) * this.ids.size();
		long deadline = System.nanoTime() + MAX_WAIT.toNanos();
		for (int seen = 0; seen < 2; seen = (sealed() > complete) ? seen + 1 : 0) {
			require(System.nanoTime() < deadline, "The feed has not received all follows.");
			if (seen == 0) {
				buildAll();
			}
			TimeUnit.SECONDS.sleep(3);
		}
	}

	private String page(String identity) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.feedService + "/feed"))
			.header("X-Agora-Identity", identity)
			.build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		require(response.statusCode() == 200, "A feed got " + response.statusCode() + ": " + response.body());
		return response.body();
	}

	/** Returns identities that are valid for half a minute at least. */
	private List<String> identities() throws IOException, InterruptedException {
		if (System.nanoTime() > this.renewal) {
			List<String> renewed = new ArrayList<>();
			for (Visitor visitor : this.visitors) {
				renewed.add(identity(visitor));
			}
			this.identities = renewed;
			this.renewal = System.nanoTime() + RENEWAL.toNanos();
		}
		return this.identities;
	}

	private String identity(Visitor visitor) throws IOException, InterruptedException {
		String token = visitor.authorization().substring("Bearer ".length());
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.sessionService + "/internal/identities"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"token\":\"%s\",\"audience\":\"feed-service\"}".formatted(token)))
			.build();
		String body = this.http.send(request, HttpResponse.BodyHandlers.ofString()).body();
		return JsonMapper.shared().readTree(body).path("identity").asString();
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw new Problem(problem);
		}
	}

}
