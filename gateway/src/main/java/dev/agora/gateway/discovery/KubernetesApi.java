package dev.agora.gateway.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.gateway.discovery.EndpointSlices.SliceList;

/**
 * Reads the slices of a Service from the Kubernetes API. Each request has a connection of
 * its own, so that none is sent over a connection that was lost unnoticed.
 */
final class KubernetesApi {

	private static final String PATH = "/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices";

	private static final String SERVICE = "kubernetes.io/service-name=";

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** A slice has at most 1000 endpoints. */
	private static final int MAX_OBJECT_BYTES = 4 * 1024 * 1024;

	private final KubernetesSettings settings;

	KubernetesApi(KubernetesSettings settings) {
		this.settings = settings;
	}

	/** Lists the slices of a Service as they are now. */
	Mono<SliceList> list(String namespace, String service) {
		Map<String, String> variables = Map.of("namespace", namespace, "selector", SERVICE + service);
		return connect(TIMEOUT).flatMap((client) -> client.get()
			.uri(PATH + "?labelSelector={selector}", variables)
			.retrieve()
			.bodyToMono(SliceList.class));
	}

	/**
	 * Emits the changes of the slices since a version. The server ends the response after
	 * the time of the settings; if it sends nothing for longer, the connection is lost
	 * and this fails.
	 */
	Flux<WatchEvent> watch(String namespace, String service, String version) {
		Duration timeout = this.settings.watchTimeout();
		Map<String, String> variables = Map.of("namespace", namespace, "selector", SERVICE + service, "version",
				version, "seconds", Long.toString(Math.max(1, timeout.toSeconds())));
		return connect(timeout.plus(timeout.dividedBy(2))).flatMapMany((client) -> client.get()
			.uri(PATH + "?labelSelector={selector}&watch=true&allowWatchBookmarks=true&resourceVersion={version}"
					+ "&timeoutSeconds={seconds}", variables)
			.retrieve()
			.bodyToFlux(WatchEvent.class));
	}

	private Mono<WebClient> connect(Duration silence) {
		return Mono.fromCallable(() -> client(silence)).subscribeOn(Schedulers.boundedElastic());
	}

	private WebClient client(Duration silence) throws IOException {
		HttpClient http = HttpClient.newConnection()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(TIMEOUT.toMillis()))
			.responseTimeout(silence);
		if ("https".equals(this.settings.api().getScheme())) {
			SslContext tls = SslContextBuilder.forClient().trustManager(this.settings.ca().toFile()).build();
			http = http.secure((connection) -> connection.sslContext(tls));
		}
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_OBJECT_BYTES))
			.baseUrl(this.settings.api().toString())
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + Files.readString(this.settings.token()).strip())
			.build();
	}

	/**
	 * A change. After an error, the response of the server is complete.
	 *
	 * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or
	 * {@code ERROR}
	 * @param object the slice; of a bookmark, only its version; of an error, its status
	 */
	record WatchEvent(String type, JsonNode object) {

	}

}
