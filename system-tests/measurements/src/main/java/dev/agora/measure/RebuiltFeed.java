package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import redis.clients.jedis.Jedis;
import tools.jackson.databind.json.JsonMapper;

/** The home feed of the first member, read from an instance of feed-service. */
final class RebuiltFeed {

	private static final String SERVICE = "feed-service";

	private static final int COMPARED = 100;

	private static final long LIMIT_SECONDS = 120;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final RunningSystem.Instance service;

	private final Redis redis;

	private final SocialMembers members;

	private List<String> identities = List.of();

	RebuiltFeed(RunningSystem.Instance service, Redis redis, SocialMembers members) {
		this.service = service;
		this.redis = redis;
		this.members = members;
	}

	/** Requests new identities of the members; the earlier ones expire after a minute. */
	void renewIdentities() {
		this.identities = this.members.identities(SERVICE);
	}

	/** Lets all members post in turn. */
	void post(int posts) throws IOException, InterruptedException {
		renewIdentities();
		for (int number = 0; number < posts; number++) {
			String body = "{\"text\":\"A post of a measurement, as long as many others, number %d\"}".formatted(number);
			send(request("/posts", number % this.identities.size()).header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body)), 201);
		}
	}

	/** Waits until the feed has the activities of a query: follows arrive by events. */
	void awaitSameAs(ActivityQuery query) throws IOException, InterruptedException {
		List<String> expected = query.find().subList(0, COMPARED);
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
		while (!newest().equals(expected)) {
			if (System.nanoTime() > deadline) {
				throw new Problem("The feed differs from the query after " + LIMIT_SECONDS + " s.");
			}
			TimeUnit.MILLISECONDS.sleep(500);
		}
	}

	private List<String> newest() throws IOException, InterruptedException {
		renewIdentities();
		forget();
		List<String> ids = new ArrayList<>();
		JsonMapper.shared()
			.readTree(send(request("/feed?limit=" + COMPARED, 0), 200))
			.path("items")
			.forEach((item) -> ids.add(item.path("id").asString()));
		return ids;
	}

	/** Deletes the timeline from Redis. */
	void forget() {
		try (Jedis client = this.redis.connect()) {
			client.del("feed:timeline:v1:{" + this.members.id(0) + "}");
		}
	}

	/** Reads the first page, and returns the time in milliseconds. */
	double time() throws IOException, InterruptedException {
		HttpRequest.Builder request = request("/feed", 0);
		long start = System.nanoTime();
		send(request, 200);
		return (System.nanoTime() - start) / 1e6;
	}

	private HttpRequest.Builder request(String path, int member) {
		return HttpRequest.newBuilder(URI.create(this.service.url() + path))
			.header("X-Agora-Identity", this.identities.get(member));
	}

	private String send(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != status) {
			throw new Problem(response.uri() + " got " + response.statusCode() + ": " + response.body());
		}
		return response.body();
	}

}
