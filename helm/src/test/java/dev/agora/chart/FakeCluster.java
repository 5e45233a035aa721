package dev.agora.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Simulates the part of the Kubernetes API that Helm uses while it renders: the lookup of
 * Secrets and Deployments. The build sets {@code KUBECONFIG}, so that no rendering
 * connects to the cluster of the user who runs the tests.
 */
final class FakeCluster {

	private static final String RESOURCES = """
			{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "%s", "resources": [{"name": "%s",
			 "singularName": "%s", "namespaced": true, "kind": "%s", "verbs": ["get", "list"]}]}""";

	private static final String NOT_FOUND = """
			{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}""";

	private static final String ACCESS = """
			apiVersion: v1
			kind: Config
			current-context: test
			contexts: [{name: test, context: {cluster: test, user: test, namespace: shop}}]
			clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
			users: [{name: test, user: {}}]
			""";

	/** The objects by their paths. */
	private static final Map<String, Manifest> objects = new ConcurrentHashMap<>();

	private static final HttpServer server = start();

	private FakeCluster() {
	}

	/** Makes Helm connect to this cluster and to no other. */
	static void use() {
		String access = System.getenv("KUBECONFIG");
		if (access == null || !access.contains("target")) {
			throw new IllegalStateException("KUBECONFIG must be set by helm/pom.xml, but is " + access);
		}
		try {
			Files.writeString(Path.of(access), ACCESS.formatted(server.getAddress().getPort()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Runs an action while the cluster has the Secrets of a release. */
	static void withSecretsOf(Rendering rendering, Runnable action) {
		with("/api/v1/namespaces/shop/secrets/", rendering.all("Secret"), action);
	}

	/** Runs an action while the cluster has the Deployments of a release. */
	static void withDeploymentsOf(Rendering rendering, Runnable action) {
		with("/apis/apps/v1/namespaces/shop/deployments/", rendering.all("Deployment"), action);
	}

	private static void with(String path, Stream<Manifest> existing, Runnable action) {
		existing.forEach((manifest) -> objects.put(path + manifest.name(), manifest));
		try {
			action.run();
		}
		finally {
			objects.clear();
		}
	}

	private static HttpServer start() {
		// Otherwise the server's small packets wait for the acknowledgement of the ones
		// before.
		System.setProperty("sun.net.httpserver.nodelay", "true");
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", FakeCluster::respond);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void respond(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		Manifest object = objects.get(path);
		if (path.equals("/api/v1")) {
			send(exchange, 200, RESOURCES.formatted("v1", "secrets", "secret", "Secret"));
		}
		else if (path.equals("/apis/apps/v1")) {
			send(exchange, 200, RESOURCES.formatted("apps/v1", "deployments", "deployment", "Deployment"));
		}
		else if (object != null) {
			send(exchange, 200, object.tree().toString());
		}
		else {
			send(exchange, 404, NOT_FOUND);
		}
	}

	private static void send(HttpExchange exchange, int status, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
