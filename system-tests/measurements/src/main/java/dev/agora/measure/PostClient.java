package dev.agora.measure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/** Publishes posts of members at feed-service itself. */
final class PostClient {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final long MAX_PARK = 100_000;

	private final HttpClient http = HttpClient.create();

	private final String feedService;

	PostClient(String feedService) {
		this.feedService = feedService;
	}

	/**
	 * Publishes a post, and returns its id.
	 * @param number a number in the text
	 * @param identity the identity of the author
	 */
	Mono<String> send(int number, String identity) {
		String body = "{\"text\":\"A post of a measurement with a text of usual length, number %d\"}".formatted(number);
		return this.http
			.headers((headers) -> headers.set("X-Agora-Identity", identity).set("Content-Type", "application/json"))
			.post()
			.uri(this.feedService + "/posts")
			.send(ByteBufFlux.fromString(Mono.just(body)))
			.responseSingle((response, content) -> content.asString()
				.map((created) -> toId(response.status().code(), created)));
	}

	private static String toId(int status, String created) {
		if (status != 201) {
			throw new Problem("A post got " + status + ": " + created);
		}
		return JsonMapper.shared().readTree(created).path("id").asString();
	}

	/**
	 * Publishes posts of some members in turn at a rate, without waiting for the
	 * responses before.
	 */
	List<TimedPost> sendAt(int perSecond, int seconds, List<String> identities) {
		long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
		long start = System.nanoTime() + gap;
		List<TimedPost> posts = Flux.range(0, perSecond * seconds)
			.subscribeOn(Schedulers.single())
			.map((number) -> awaitDue(start + number * gap, number))
			.flatMap((number) -> send(number, identities.get(number % identities.size()))
				.map((id) -> new TimedPost(id, start + number * gap, System.nanoTime())), Integer.MAX_VALUE)
			.collectList()
			.block(LIMIT);
		return (posts != null) ? posts : List.of();
	}

	private static int awaitDue(long due, int number) {
		for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
			LockSupport.parkNanos(Math.min(left, MAX_PARK));
		}
		return number;
	}

	/**
	 * A post that was published.
	 *
	 * @param id its id
	 * @param due when its request was due, by {@link System#nanoTime()}
	 * @param responded when its response had arrived
	 */
	record TimedPost(String id, long due, long responded) {
	}

}
