package dev.agora.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.agora.metrics.DocumentedMetrics;
import dev.agora.metrics.NamedSeries;
import dev.agora.metrics.ShownMetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The system shows the metrics that the docs, the alerts and the dashboards name. */
class MetricsJourney {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static Member ann;

	@BeforeAll
	static void traffic() {
		assumeTrue(TestSystem.isOwn(), "It reads the management ports of the processes.");
		ann = Member.register(TestSystem.gateway(), "Ann");
		Member bob = Member.register(TestSystem.gateway(), "Bob");
		bob.follow(ann);
		String post = ann.post("Measured");
		Await.until("Bob sees the post", Await.SOON, () -> bob.feed().contains(post));
		TestSystem.gateway().get("/api/v1/no-such-path").expect(404);
		ann.get("/api/v1/graph/members/" + bob.id()).expect(200);
		ann.get("/api/v1/products").expect(200);
	}

	@Test
	void showsWhatAlertsAndDashboardsName() throws IOException {
		NamedSeries named = new NamedSeries(
				Files.readString(TestSystem.root().resolve("helm/src/test/resources/golden/monitoring.yaml")));
		assertThat(named.count()).isGreaterThan(80);
		awaitNone("all series of alerts and dashboards are shown", named::missingIn);
	}

	@Test
	void showsWhatTheDocsList() throws IOException {
		DocumentedMetrics documented = new DocumentedMetrics(
				Files.readString(TestSystem.root().resolve("docs/metrics.md")));
		awaitNone("the documented metrics are shown, and no others", documented::differencesFrom);
	}

	/** A gauge whose object was collected as garbage would have no number. */
	@Test
	void everySeriesHasANumber() {
		awaitNone("all series have numbers", (shown) -> List.copyOf(shown.undefined()));
	}

	@Test
	void unknownPathsAddNoSeries() {
		for (int path = 0; path < 20; path++) {
			ann.get("/api/v1/no-such-path/" + path).expect(404);
			ann.get("/api/v1/graph/no-such-path/" + path).expect(404);
		}
		ShownMetrics shown = read();
		assertThat(shown.series().get("gateway_requests_seconds_count").get("route")).contains("none")
			.noneMatch((route) -> route.contains("/"));
		assertThat(shown.series().get("http_server_requests_seconds_count").get("uri")).contains("UNKNOWN")
			.noneMatch((path) -> path.contains("such"));
	}

	private static void awaitNone(String description, Differences differences) {
		Awaitility.await(description)
			.atMost(Await.SOON)
			.pollInterval(INTERVAL)
			.untilAsserted(() -> assertThat(differences.in(read())).isEmpty());
	}

	private static ShownMetrics read() {
		try {
			return ShownMetrics.of(TestSystem.processes()
				.filter((process) -> process.path("managementPort").asInt(0) > 0)
				.map((process) -> read(process.path("managementPort").asInt()))
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(int port) {
		try {
			return CLIENT
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")).build(),
						BodyHandlers.ofString())
				.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Compares what the system shows with a list. */
	@FunctionalInterface
	private interface Differences {

		List<String> in(ShownMetrics shown);

	}

}
