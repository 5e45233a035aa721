package dev.agora.gateway.discovery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/** Watches a Service while the API does what it does in clusters. */
class EndpointWatchTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final TestKubernetesApi api = new TestKubernetesApi();

	@TempDir
	private Path folder;

	private EndpointWatch watch;

	private Disposable running;

	@BeforeEach
	void start() throws IOException {
		Path token = Files.writeString(this.folder.resolve("token"), "first\n");
		this.watch = new EndpointWatch(new KubernetesApi(
				new KubernetesSettings(this.api.address(), token, this.folder.resolve("none"), Duration.ofSeconds(2))),
				URI.create("kubernetes://shop/agora-feed-service/http"));
		this.api.have(slice("a", "10.0.0.1"));
		this.running = this.watch.changes().subscribe();
		awaitAddresses("10.0.0.1");
		awaitWatches(1);
	}

	@AfterEach
	void stop() {
		this.running.dispose();
		this.api.close();
	}

	@Test
	void followsAllSlicesOfTheService() {
		this.api.send("ADDED", slice("b", "10.0.0.2"));
		awaitAddresses("10.0.0.1", "10.0.0.2");
		this.api.send("MODIFIED", slice("a", "10.0.0.3"));
		awaitAddresses("10.0.0.3", "10.0.0.2");
		this.api.send("DELETED", slice("b", "10.0.0.2"));
		awaitAddresses("10.0.0.3");
		assertThat(this.api.watches().get(0)).contains("/namespaces/shop/endpointslices?",
				"labelSelector=kubernetes.io%2Fservice-name%3Dagora-feed-service", "resourceVersion=7",
				"timeoutSeconds=2");
	}

	@Test
	void continuesFromTheVersionWhenTheServerEndsAWatch() {
		this.api.send("BOOKMARK", "{\"kind\":\"EndpointSlice\",\"metadata\":{\"resourceVersion\":\"12\"}}");
		this.api.endWatch();
		awaitWatches(2);
		assertThat(this.api.watches().get(1)).contains("resourceVersion=12");
		this.api.send("ADDED", slice("b", "10.0.0.2"));
		awaitAddresses("10.0.0.1", "10.0.0.2");
		assertThat(this.api.lists()).isOne();
	}

	/** The server forgets versions after some minutes. */
	@ParameterizedTest
	@ValueSource(ints = { 410, 500 })
	void listsAgainWhenAWatchIsRefused(int status) {
		this.api.have(slice("c", "10.0.0.9"));
		this.api.refuseNextWatch(status);
		this.api.endWatch();
		awaitAddresses("10.0.0.9");
		assertThat(this.api.lists()).isEqualTo(2);
	}

	/** The status of such a response is 200. */
	@Test
	void listsAgainWhenAWatchEndsWithAnError() {
		this.api.have(slice("c", "10.0.0.9"));
		this.api.send("ERROR", "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old resource version\"}");
		awaitAddresses("10.0.0.9");
		assertThat(this.api.lists()).isEqualTo(2);
	}

	@Test
	void listsAgainWhenTheConnectionIsSilent() {
		this.api.have(slice("c", "10.0.0.9"));
		awaitAddresses("10.0.0.9");
		assertThat(this.api.lists()).as("after 3 s without any response").isGreaterThanOrEqualTo(2);
	}

	@Test
	void readsTheTokenForEachRequest() throws IOException {
		Files.writeString(this.folder.resolve("token"), "second");
		this.api.endWatch();
		awaitWatches(2);
		assertThat(this.api.tokens()).first().isEqualTo("Bearer first");
		assertThat(this.api.tokens()).last().isEqualTo("Bearer second");
	}

	@Test
	void reportsThatItMayNotReadUntilItMay() {
		this.api.respondWith(403);
		this.api.endWatch();
		Awaitility.await("the failure").atMost(SOON).untilAsserted(() -> assertThat(failure()).contains("403"));
		this.api.respondWith(200);
		awaitAddresses("10.0.0.1");
	}

	@Test
	void reportsThatNoInstanceIsReady() {
		this.api.send("MODIFIED",
				"{\"metadata\":{\"name\":\"a\"},\"addressType\":\"IPv4\",\"endpoints\":null,\"ports\":null}");
		Awaitility.await("the failure")
			.atMost(SOON)
			.untilAsserted(() -> assertThat(failure()).contains("No instance of agora-feed-service is ready"));
	}

	private String failure() {
		return this.watch.resolve()
			.map((addresses) -> "none")
			.onErrorResume((failure) -> reactor.core.publisher.Mono.just(String.valueOf(failure.getMessage())))
			.blockOptional()
			.orElseThrow();
	}

	private void awaitWatches(int number) {
		Awaitility.await("watches").atMost(SOON).until(() -> this.api.watches().size() >= number);
	}

	private void awaitAddresses(String... hosts) {
		Set<URI> expected = Arrays.stream(hosts)
			.map((host) -> URI.create("http://" + host + ":8080"))
			.collect(Collectors.toSet());
		Awaitility.await("the instances")
			.atMost(SOON)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(this.watch.resolve().block()).isEqualTo(expected));
	}

	private static String slice(String name, String address) {
		return """
				{"metadata": {"name": "%s", "resourceVersion": "8"}, "addressType": "IPv4",
				 "endpoints": [{"addresses": ["%s"], "conditions": {"ready": true, "serving": true, "terminating": false}}],
				 "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}]}"""
			.formatted(name, address)
			.replace("\n", "");
	}

}
