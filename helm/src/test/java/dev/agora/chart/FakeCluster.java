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

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Simulates the part of the Kubernetes API that Helm uses while it renders: the lookup of
 * Secrets. The build sets {@code KUBECONFIG}, so that no rendering connects to the
 * cluster of the user who runs the tests.
 */
final class FakeCluster {

	private static final String RESOURCES = """
			{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources": [{"name": "secrets",
			 "singularName": "secret", "namespaced": true, "kind": "Secret", "verbs": ["get", "list"]}]}""";

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

	private static final Map<String, Manifest> secrets = new ConcurrentHashMap<>();

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
		rendering.all("Secret").forEach((secret) -> secrets.put(secret.name(), secret));
		try {
			action.run();
		}
		finally {
			secrets.clear();
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
		Manifest secret = secrets.get(path.substring(path.lastIndexOf('/') + 1));
		if (path.equals("/api/v1")) {
			send(exchange, 200, RESOURCES);
		}
		else if (path.startsWith("/api/v1/namespaces/shop/secrets/") && secret != null) {
			send(exchange, 200, secret.tree().toString());
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
