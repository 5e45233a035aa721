package dev.agora.console.load;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.console.targets.Launcher;

/** Calls the API of the gateway for the members of a load. */
public final class LoadClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final List<String> NAMES = List.of("Ada", "Blaise", "Clara", "Dennis", "Edith", "Fred");

	private static final List<String> TEXTS = List.of("A new lamp for the desk.", "Who has read the book about bees?",
			"The clock runs again.", "Selling my old bicycle next week.", "Coffee first, then the rest.");

	private static final List<String> READS = List.of("/feed", "/feed", "/feed", "/products?limit=10", "/members/me",
			"/graph/suggestions");

	private final Launcher launcher;

	private final WebClient http = WebClient.create();

	private final String password = random(12);

	public LoadClient(Launcher launcher) {
		this.launcher = launcher;
	}

	/** Registers the members, of whom each follows the others. */
	Mono<List<LoadMember>> createMembers() {
		String run = random(4);
		return Flux.fromIterable(NAMES)
			.concatMap((name) -> createMember(name, name.toLowerCase(Locale.ROOT) + "_demo_" + run))
			.collectList()
			.flatMap((members) -> followAll(members).thenReturn(members));
	}

	private Mono<LoadMember> createMember(String name, String handle) {
		Map<String, Object> member = Map.of("handle", handle, "name", name, "password", this.password);
		return send(HttpMethod.POST, "/members", "", member)
			.then(send(HttpMethod.POST, "/sessions", "", Map.of("handle", handle, "password", this.password)))
			.map((session) -> new LoadMember(session.path("member").path("id").asString(""),
					session.path("token").asString("")));
	}

	private Mono<Void> followAll(List<LoadMember> members) {
		return Flux.fromIterable(members)
			.concatMap((member) -> Flux.fromIterable(members)
				.filter((other) -> !other.id().equals(member.id()))
				.concatMap((other) -> send(HttpMethod.PUT, "/graph/following/" + other.id(), member.token(), null)))
			.then();
	}

	Mono<Void> post(LoadMember member) {
		String text = TEXTS.get(ThreadLocalRandom.current().nextInt(TEXTS.size()));
		return send(HttpMethod.POST, "/posts", member.token(), Map.of("text", text)).then();
	}

	Mono<Void> read(LoadMember member) {
		String path = READS.get(ThreadLocalRandom.current().nextInt(READS.size()));
		return send(HttpMethod.GET, path, member.token(), null).then();
	}

	private Mono<JsonNode> send(HttpMethod method, String path, String token, @Nullable Object body) {
		return this.launcher.gatewayUrl().flatMap((url) -> {
			WebClient.RequestBodySpec request = this.http.method(method)
				.uri(url + "/api/v1" + path)
				.headers((headers) -> authorize(headers, token));
			return ((body != null) ? request.bodyValue(body) : request).retrieve().bodyToMono(JsonNode.class);
		}).timeout(TIMEOUT);
	}

	private static void authorize(HttpHeaders headers, String token) {
		if (!token.isEmpty()) {
			headers.setBearerAuth(token);
		}
	}

	private static String random(int bytes) {
		byte[] random = new byte[bytes];
		new SecureRandom().nextBytes(random);
		return HexFormat.of().formatHex(random);
	}

}
