package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The members of a social graph, imported into the running system and logged in. */
final class SocialMembers {

	/** Those of the members of the graph Reed98: 962, with 39 friends on average. */
	private static final int MEMBERS = 962;

	private static final int FRIENDS = 39;

	private static final long SEED = 98;

	/** Session-service computes few hashes of passwords at a time. */
	private static final int LOGINS = 4;

	private static final int CONCURRENCY = 16;

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private final HttpClient http = HttpClient.create();

	private final SocialGraph graph;

	private final String sessionService;

	private final String prefix = "s" + Long.toString(System.nanoTime(), 36) + "_";

	private final List<Session> sessions;

	/** Imports the members and their follows, and logs all of them in. */
	SocialMembers(RunningSystem system, SocialGraph graph) throws IOException, InterruptedException {
		this.graph = graph;
		this.sessionService = system.instances("session-service").values().iterator().next().url();
		System.out.printf("%d members with %.1f friends on average are imported and logged in.%n", graph.size(),
				(double) graph.follows() / graph.size());
		OperatorClient operator = new OperatorClient(system);
		operator.importMembers(IntStream.range(0, graph.size())
			.mapToObj((member) -> GrowthGraph.line(this.prefix + member))
			.collect(Collectors.joining("\n")));
		operator.importFollowsOfNewMembers(graph.lines(this.prefix));
		this.sessions = all(this::logIn, LOGINS);
	}

	/** Reads the graph from a file, or generates one like Reed98 without a file. */
	static SocialMembers create(RunningSystem system, @Nullable Path file) throws IOException, InterruptedException {
		return new SocialMembers(system,
				(file != null) ? SocialGraph.read(file) : SocialGraph.generate(MEMBERS, FRIENDS, SEED));
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
			.map((session) -> new Session(session.at("/member/id").asString(), session.path("token").asString()));
	}

	private Mono<String> identity(int member, String service) {
		return post("/internal/identities",
				"{\"token\":\"%s\",\"audience\":\"%s\"}".formatted(this.sessions.get(member).token(), service))
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

	/**
	 * A session of a member.
	 *
	 * @param id the member's id
	 * @param token the token of the session
	 */
	private record Session(String id, String token) {
	}

}
