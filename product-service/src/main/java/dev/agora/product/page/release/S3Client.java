package dev.agora.product.page.release;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Calls a service with the S3 protocol for one bucket. */
final class S3Client {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int MAX_BODY = 4 << 20;

	private static final byte[] EMPTY = {};

	private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]+)</Code>");

	private static final Retry RETRY = Retry.backoff(3, Duration.ofMillis(200)).filter(S3Client::isTransient);

	private final WebClient client;

	private final S3Signer signer;

	private final URI endpoint;

	private final String bucket;

	S3Client(TargetSettings settings, Clock clock) {
		// The default connector asks for compressed responses and unpacks them.
		HttpClient http = HttpClient.create().compress(false).responseTimeout(TIMEOUT);
		this.client = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_BODY))
			.build();
		this.signer = new S3Signer(settings.region(), settings.accessKey(), settings.secretKey(), clock);
		this.endpoint = Objects.requireNonNull(settings.endpoint());
		this.bucket = Objects.requireNonNull(settings.bucket());
	}

	/**
	 * Stores an object.
	 * @param headers its headers, with names in lower case
	 */
	Mono<Void> put(String key, Map<String, String> headers, byte[] body) {
		return call(HttpMethod.PUT, uri(key, null), headers, body).then();
	}

	/** Reads an object as text; empty if there is none. */
	Mono<String> get(String key) {
		return call(HttpMethod.GET, uri(key, null), Map.of(), EMPTY);
	}

	Mono<Void> delete(String key) {
		return call(HttpMethod.DELETE, uri(key, null), Map.of(), EMPTY).then();
	}

	/**
	 * Lists objects, as XML.
	 * @param query the encoded query, sorted by name
	 */
	Mono<String> list(String query) {
		return call(HttpMethod.GET, uri("", query), Map.of(), EMPTY);
	}

	private Mono<String> call(HttpMethod method, URI uri, Map<String, String> headers, byte[] body) {
		return Mono.defer(() -> send(method, uri, headers, body))
			.retryWhen(RETRY)
			.onErrorMap(Exceptions::isRetryExhausted, Throwable::getCause)
			.onErrorMap((failure) -> !(failure instanceof TargetFailed),
					(failure) -> new TargetFailed(target(), reason(failure)));
	}

	private Mono<String> send(HttpMethod method, URI uri, Map<String, String> headers, byte[] body) {
		WebClient.RequestBodySpec request = this.client.method(method).uri(uri);
		this.signer.sign(method.name(), uri, headers, body).forEach(request::header);
		return ((body.length > 0) ? request.bodyValue(body) : request).exchangeToMono(this::read).timeout(TIMEOUT);
	}

	private Mono<String> read(ClientResponse response) {
		int status = response.statusCode().value();
		if (response.statusCode().is2xxSuccessful()) {
			return response.bodyToMono(String.class);
		}
		if (status == 404 && !response.request().getURI().getRawPath().endsWith("/" + this.bucket)) {
			return response.bodyToMono(String.class).flatMap(this::missing);
		}
		return response.bodyToMono(String.class)
			.defaultIfEmpty("")
			.flatMap((text) -> Mono.error((status >= 500 || status == 429) ? new TransientFailure(status)
					: new TargetFailed(target(), "the service responded with " + status + code(text))));
	}

	/** A missing object is an empty response; a missing bucket is an error. */
	private Mono<String> missing(String text) {
		return text.contains("NoSuchBucket") ? Mono.error(new TargetFailed(target(), "there is no such bucket"))
				: Mono.empty();
	}

	private URI uri(String key, @Nullable String query) {
		// Everything but unreserved characters and the slash, as the signature requires.
		String encoded = UriUtils.encode(key, UTF_8).replace("%2F", "/");
		String path = this.endpoint + "/" + this.bucket + (key.isEmpty() ? "" : "/" + encoded);
		return URI.create((query != null) ? path + "?" + query : path);
	}

	private String target() {
		return "the bucket " + this.bucket + " at " + this.endpoint;
	}

	private static String code(String text) {
		Matcher code = CODE.matcher(text);
		return code.find() ? " " + code.group(1) : "";
	}

	private static boolean isTransient(Throwable failure) {
		return failure instanceof TransientFailure || failure instanceof WebClientRequestException
				|| failure instanceof TimeoutException;
	}

	private static String reason(Throwable failure) {
		if (failure instanceof TimeoutException) {
			return "the service did not respond in time";
		}
		return (failure instanceof WebClientRequestException unreachable)
				? "the service is unreachable: " + unreachable.getMostSpecificCause().getMessage()
				: String.valueOf(failure.getMessage());
	}

	/** A response that a later attempt may not get. */
	private static final class TransientFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TransientFailure(int status) {
			super("the service responded with " + status, null, false, false);
		}

	}

}
