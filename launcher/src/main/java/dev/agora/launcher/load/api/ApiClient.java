package dev.agora.launcher.load.api;

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

/** Calls the public API, with retries and a growing pause while the API is busy. */
public final class ApiClient {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final String base;

	private final Duration timeout;

	/**
	 * Creates a client.
	 * @param url the address of the gateway
	 * @param timeout the time for one call with all its retries
	 */
	public ApiClient(String url, Duration timeout) {
		this.base = url.replaceAll("/+$", "") + "/api/v1";
		this.timeout = timeout;
	}

	/** Returns the body of the response, or fails with an {@link ApiFailure}. */
	public CompletableFuture<JsonNode> call(ApiRequest request) {
		return attempt(request, 1, System.nanoTime() + this.timeout.toNanos());
	}

	private CompletableFuture<JsonNode> attempt(ApiRequest request, int number, long end) {
		return this.http.sendAsync(httpRequest(request), HttpResponse.BodyHandlers.ofString())
			.handle(Outcome::new)
			.thenCompose((outcome) -> finishOrRetry(request, outcome, number, end));
	}

	/** The outcome of one attempt: a response, or the reason why there is none. */
	private record Outcome(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
	}

	private CompletableFuture<JsonNode> finishOrRetry(ApiRequest request, Outcome outcome, int number, long end) {
		HttpResponse<String> response = outcome.response();
		if (response != null && (response.statusCode() < 300 || response.statusCode() == request.acceptedStatus())) {
			return CompletableFuture.completedFuture(read(response.body()));
		}
		Duration pause = pause(response, number);
		if (isTransient(request, response) && System.nanoTime() + pause.toNanos() < end) {
			return CompletableFuture.runAsync(() -> {
			}, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
				.thenCompose((ignored) -> attempt(request, number + 1, end));
		}
		return CompletableFuture.failedFuture(failure(request, outcome));
	}

	private static boolean isTransient(ApiRequest request, @Nullable HttpResponse<String> response) {
		return response == null || BUSY.contains(response.statusCode())
				|| (request.retriesNotFound() && response.statusCode() == 404);
	}

	/**
	 * The pause that the server requests, otherwise one that doubles each time, with
	 * jitter.
	 */
	private static Duration pause(@Nullable HttpResponse<String> response, int number) {
		long millis = Math.min(MAX_PAUSE.toMillis(), 50L << Math.min(number, 10));
		long requested = (response != null)
				? response.headers().firstValue("Retry-After").map(ApiClient::millis).orElse(0L) : 0;
		return Duration
			.ofMillis((requested > 0) ? requested : ThreadLocalRandom.current().nextLong(millis / 2, millis));
	}

	private static long millis(String seconds) {
		return seconds.matches("\\d{1,4}") ? Long.parseLong(seconds) * 1000 : 0;
	}

	private static ApiFailure failure(ApiRequest request, Outcome outcome) {
		HttpResponse<String> response = outcome.response();
		String call = request.method() + " /api/v1" + request.path();
		if (response == null) {
			return new ApiFailure(0, call + " got no response: " + outcome.failure());
		}
		JsonNode problem = read(response.body());
		String detail = problem.path("detail").asString(problem.path("title").asString(""));
		StringBuilder errors = new StringBuilder();
		problem.path("errors")
			.forEach((error) -> errors.append(String.format(Locale.ROOT, " [%s: %s]", error.path("field").asString(""),
					error.path("message").asString(""))));
		return new ApiFailure(response.statusCode(),
				call + " returned " + response.statusCode() + ": " + detail + errors);
	}

	private static JsonNode read(String body) {
		try {
			return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
		}
		catch (JacksonException ex) {
			// The body may be the page of a proxy. The status suffices.
			return MissingNode.getInstance();
		}
	}

	private HttpRequest httpRequest(ApiRequest request) {
		HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(this.base + request.path()))
			.timeout((request.body() instanceof byte[] || request.body() instanceof String) ? this.timeout
					: Duration.ofSeconds(30))
			.method(request.method(), publisher(request.body()));
		request.addHeaders(builder);
		return builder.build();
	}

	private static HttpRequest.BodyPublisher publisher(@Nullable Object body) {
		if (body instanceof byte[] file) {
			return HttpRequest.BodyPublishers.ofByteArray(file);
		}
		if (body instanceof String text) {
			return HttpRequest.BodyPublishers.ofString(text);
		}
		return (body != null) ? HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))
				: HttpRequest.BodyPublishers.noBody();
	}

}
