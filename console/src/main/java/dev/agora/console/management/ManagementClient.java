package dev.agora.console.management;

import java.time.Duration;
import java.util.Optional;

import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;

import dev.agora.console.targets.Target;

/**
 * Calls the management endpoints of a process. Each call has a time-out and a bound on
 * its response.
 */
public final class ManagementClient {

	private static final int MAX_RESPONSE = 4 << 20;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

	private static final int CONNECTIONS_BY_PROCESS = 6;

	private final WebClient http;

	public ManagementClient() {
		ConnectionProvider connections = ConnectionProvider.builder("management")
			.maxConnections(CONNECTIONS_BY_PROCESS)
			.maxIdleTime(Duration.ofSeconds(20))
			.evictInBackground(Duration.ofSeconds(30))
			.build();
		this.http = WebClient.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_RESPONSE))
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)
				// It would send a POST again on another connection.
				.disableRetry(true)
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(CONNECT_TIMEOUT.toMillis()))))
			.build();
	}

	/**
	 * Reads a text.
	 * @param target the process
	 * @param path the path after {@code /actuator}
	 * @param timeout the bound for the whole call
	 * @return the text; an error for any status but 200
	 */
	public Mono<String> text(Target target, String path, Duration timeout) {
		return this.http.get()
			.uri(uri(target, path).build(true).toUri())
			.retrieve()
			.bodyToMono(String.class)
			.timeout(timeout);
	}

	/**
	 * Reads the status of an endpoint.
	 * @param target the process
	 * @param path the path after {@code /actuator}
	 * @param timeout the bound for the whole call
	 * @return the status, whichever it is
	 */
	public Mono<Integer> status(Target target, String path, Duration timeout) {
		return this.http.get()
			.uri(uri(target, path).build(true).toUri())
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.timeout(timeout);
	}

	/**
	 * Calls an endpoint that responds with JSON.
	 * @param target the process
	 * @param method the method
	 * @param path the segments of the path after {@code /actuator}
	 * @return the body; empty if there is no such object; {@link CallFailed} for any
	 * other outcome
	 */
	public Mono<JsonNode> call(Target target, HttpMethod method, String... path) {
		return this.http.method(method)
			.uri(uri(target, "").pathSegment(path).encode().build().toUri())
			.exchangeToMono((response) -> toJson(target, response))
			.timeout(Duration.ofSeconds(method.equals(HttpMethod.GET) ? 5 : 60))
			.onErrorMap((failure) -> CallFailed.of(target, method, failure));
	}

	private static UriComponentsBuilder uri(Target target, String path) {
		String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
		return UriComponentsBuilder
			.fromUriString("http://" + host + ":" + target.managementPort() + "/actuator" + path);
	}

	private static Mono<JsonNode> toJson(Target target, ClientResponse response) {
		HttpStatusCode status = response.statusCode();
		if (status.value() == 404 || status.value() == 204) {
			return response.releaseBody().then(Mono.empty());
		}
		Mono<String> body = response.bodyToMono(String.class);
		return status.is2xxSuccessful() ? body.map(JsonMapper.shared()::readTree)
				: body.map(ManagementClient::detail)
					.defaultIfEmpty(Optional.empty())
					.flatMap((detail) -> Mono.error(CallFailed.refused(target, status, detail)));
	}

	/** Reads what a problem by RFC 9457 explains. */
	private static Optional<String> detail(String body) {
		try {
			return Optional.of(JsonMapper.shared().readTree(body).path("detail"))
				.filter(JsonNode::isString)
				.map(JsonNode::asString);
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

}
