package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.measure.KeptSessions.Session;

/**
 * The members of a social graph, imported into the running system and logged in. Those of
 * an earlier measurement of the same graph are used again.
 */
final class SocialMembers {

	/** Session-service computes few hashes of passwords at a time. */
	private static final int LOGINS = 4;

	private static final int CONCURRENCY = 16;

	private static final int PROGRESS = 100;

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private final HttpClient http = HttpClient.create();

	private final SocialGraph graph;

	private final String sessionService;

	private final String prefix = "s" + Long.toString(System.nanoTime(), 36) + "_";

	private final AtomicInteger loggedIn = new AtomicInteger();

	private final List<Session> sessions;

	/**
	 * Imports the members and their follows, and logs all of them in, unless an earlier
	 * measurement of the running system has done so.
	 */
	SocialMembers(RunningSystem system, SocialGraph graph) throws IOException, InterruptedException {
		this.graph = graph;
		this.sessionService = system.instances("session-service").values().iterator().next().url();
		KeptSessions kept = new KeptSessions(system.data(), graph);
		List<Session> earlier = kept.read();
		if (areValid(earlier)) {
			System.out.printf("%d members of an earlier measurement are logged in.%n", earlier.size());
			this.sessions = earlier;
			return;
		}
		importInto(system);
		this.sessions = all(this::logIn, LOGINS);
		kept.write(this.sessions);
	}

	private boolean areValid(List<Session> earlier) {
		return !earlier.isEmpty() && Boolean.TRUE
			.equals(requestIdentity(earlier.get(earlier.size() - 1).token(), "feed-service").hasElement()
				.onErrorReturn(Problem.class, false)
				.block(LIMIT));
	}

	private void importInto(RunningSystem system) throws IOException, InterruptedException {
		System.out.printf("%d members with %.1f friends on average are imported and logged in.%n", this.graph.size(),
				(double) this.graph.follows() / this.graph.size());
		long start = System.nanoTime();
		OperatorClient operator = new OperatorClient(system);
		operator.importMembers(IntStream.range(0, this.graph.size())
			.mapToObj((member) -> GrowthGraph.line(this.prefix + member))
			.collect(Collectors.joining("\n")));
		System.out.printf("members are imported after %.0f s%n", (System.nanoTime() - start) / 1e9);
		operator.importFollowsOfNewMembers(this.graph.lines(this.prefix));
		System.out.printf("follows are imported after %.0f s%n", (System.nanoTime() - start) / 1e9);
	}

	SocialGraph graph() {
		return this.graph;
	}

	String id(int member) {
		return this.sessions.get(member).id();
	}

	String authorization(int member) {
		return "Bearer " + this.sessions.get(member).token();
	}

	/**
	 * Returns the identities that the gateway would send to a service for the members;
	 * they are valid for a minute.
	 */
	List<String> identities(String service) {
		return all((member) -> identity(member, service), CONCURRENCY);
	}

	private Mono<Session> logIn(int member) {
		return post("/sessions",
				"{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(this.prefix + member, GrowthGraph.PASSWORD))
			.map((session) -> new Session(session.at("/member/id").asString(), session.path("token").asString()))
			.doOnNext((session) -> printProgress(this.loggedIn.incrementAndGet()));
	}

	private void printProgress(int count) {
		if (count % PROGRESS == 0 || count == this.graph.size()) {
			System.out.printf("%d of %d members are logged in%n", count, this.graph.size());
		}
	}

	private Mono<String> identity(int member, String service) {
		return requestIdentity(this.sessions.get(member).token(), service);
	}

	private Mono<String> requestIdentity(String token, String service) {
		return post("/internal/identities", "{\"token\":\"%s\",\"audience\":\"%s\"}".formatted(token, service))
			.map((response) -> response.path("identity").asString());
	}

	private <T> List<T> all(MemberCall<T> call, int concurrency) {
		List<T> results = Flux.range(0, this.graph.size())
			.flatMapSequential(call::send, concurrency)
			.collectList()
			.block(LIMIT);
		return (results != null) ? results : List.of();
	}

	private Mono<JsonNode> post(String path, String body) {
		return this.http.headers((headers) -> headers.set("Content-Type", "application/json"))
			.post()
			.uri(this.sessionService + path)
			.send(ByteBufFlux.fromString(Mono.just(body)))
			.responseSingle((response, content) -> content.asString().filter((text) -> response.status().code() < 300))
			.map((text) -> JsonMapper.shared().readTree(text))
			.switchIfEmpty(Mono.error(() -> new Problem("Session-service refuses " + path + ".")))
			.retryWhen(
					Retry.backoff(6, Duration.ofMillis(500)).onRetryExhaustedThrow((spec, signal) -> signal.failure()));
	}

	/** A request of one member. */
	private interface MemberCall<T> {

		Mono<T> send(int member);

	}

}
