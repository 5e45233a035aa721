package dev.agora.launcher.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls the public API, again and more slowly where it says that it is busy. */
final class ApiClient {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final String base;

	private final Duration patience;

	/**
	 * Makes a client.
	 * @param url the gateway's address
	 * @param patience how long one call is tried
	 */
	ApiClient(String url, Duration patience) {
		this.base = url.replaceAll("/+$", "") + "/api/v1";
		this.patience = patience;
	}

	/**
	 * Makes a call; the result is the answer's body, or fails with {@link ApiFailure}.
	 */
	CompletableFuture<JsonNode> call(ApiRequest request) {
		return attempt(request, 1, System.nanoTime() + this.patience.toNanos());
	}

	private CompletableFuture<JsonNode> attempt(ApiRequest request, int number, long end) {
		return this.http.sendAsync(httpRequest(request), HttpResponse.BodyHandlers.ofString())
			.handle(Outcome::new)
			.thenCompose((outcome) -> judge(request, outcome, number, end));
	}

	/** What came of an attempt: an answer, or why there is none. */
	private record Outcome(@Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
	}

	private CompletableFuture<JsonNode> judge(ApiRequest request, Outcome outcome, int number, long end) {
		HttpResponse<String> answer = outcome.answer();
		if (answer != null && (answer.statusCode() < 300 || answer.statusCode() == request.orStatus())) {
			return CompletableFuture.completedFuture(read(answer.body()));
		}
		Duration pause = pause(answer, number);
		if (isPassing(request, answer) && System.nanoTime() + pause.toNanos() < end) {
			return CompletableFuture.runAsync(() -> {
			}, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
				.thenCompose((nothing) -> attempt(request, number + 1, end));
		}
		return CompletableFuture.failedFuture(failure(request, outcome));
	}

	private static boolean isPassing(ApiRequest request, @Nullable HttpResponse<String> answer) {
		return answer == null || BUSY.contains(answer.statusCode())
				|| (request.untilKnown() && answer.statusCode() == 404);
	}

	/**
	 * What the server asks for, else twice as long each time, a little different for
	 * each.
	 */
	private static Duration pause(@Nullable HttpResponse<String> answer, int number) {
		long millis = Math.min(LONGEST_PAUSE.toMillis(), 50L << Math.min(number, 10));
		long asked = (answer != null) ? answer.headers().firstValue("Retry-After").map(ApiClient::millis).orElse(0L)
				: 0;
		return Duration.ofMillis((asked > 0) ? asked : ThreadLocalRandom.current().nextLong(millis / 2, millis));
	}

	private static long millis(String seconds) {
		return seconds.matches("\\d{1,4}") ? Long.parseLong(seconds) * 1000 : 0;
	}

	private static ApiFailure failure(ApiRequest request, Outcome outcome) {
		HttpResponse<String> answer = outcome.answer();
		String call = request.method() + " /api/v1" + request.path();
		if (answer == null) {
			return new ApiFailure(0, call + " got no answer: " + outcome.failure());
		}
		JsonNode problem = read(answer.body());
		String detail = problem.path("detail").asString(problem.path("title").asString(""));
		StringBuilder errors = new StringBuilder();
		problem.path("errors")
			.forEach((error) -> errors.append(String.format(Locale.ROOT, " [%s: %s]", error.path("field").asString(""),
					error.path("message").asString(""))));
		return new ApiFailure(answer.statusCode(), call + " answered " + answer.statusCode() + ": " + detail + errors);
	}

	private static JsonNode read(String body) {
		try {
			return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
		}
		catch (JacksonException ex) {
			// A proxy's page, say: the status tells enough.
			return MissingNode.getInstance();
		}
	}

	private HttpRequest httpRequest(ApiRequest request) {
		HttpRequest.BodyPublisher body = (request.body() != null)
				? HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request.body()))
				: HttpRequest.BodyPublishers.noBody();
		HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(this.base + request.path()))
			.timeout(Duration.ofSeconds(30))
			.method(request.method(), body);
		request.addHeaders(builder);
		return builder.build();
	}

}
