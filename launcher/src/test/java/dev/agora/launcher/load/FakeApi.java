package dev.agora.launcher.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An API in memory with the few calls of the loader, which fails if a test requests it.
 */
final class FakeApi implements AutoCloseable {

	final Set<String> members = ConcurrentHashMap.newKeySet();

	final Map<String, String> products = new ConcurrentHashMap<>();

	final Set<String> follows = ConcurrentHashMap.newKeySet();

	final Set<String> posts = ConcurrentHashMap.newKeySet();

	final AtomicInteger calls = new AtomicInteger();

	final AtomicInteger edgeImports = new AtomicInteger();

	/** The uploads of an operator: the idempotency key and the lines of each. */
	final List<Map.Entry<String, List<String>>> uploads = new CopyOnWriteArrayList<>();

	/** The operators, and the jobs that were cancelled. */
	final Set<String> operators = ConcurrentHashMap.newKeySet();

	final AtomicInteger cancelled = new AtomicInteger();

	/** A follow that is always refused. */
	volatile String refusedFollow = "";

	/** Whether no worker takes a job. */
	volatile boolean stalled;

	private final AtomicInteger refused = new AtomicInteger();

	/** Each call whose number is a multiple of this gets 503; 0 for none. */
	volatile int busyEvery;

	/** All calls after this number get 500. */
	volatile int brokenAfter = Integer.MAX_VALUE;

	static {
		// Otherwise each response waits 40 ms for a delayed TCP acknowledgement.
		System.setProperty("sun.net.httpserver.nodelay", "true");
	}

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final HttpServer server;

	FakeApi() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
		this.server.setExecutor(this.threads);
		this.server.createContext("/api/v1/", this::handle);
		this.server.createContext("/actuator/operators", this::grant);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void handle(HttpExchange exchange) throws IOException {
		int call = this.calls.incrementAndGet();
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		if (call > this.brokenAfter) {
			respond(exchange, 500, "{}");
		}
		else if (this.busyEvery > 0 && call % this.busyEvery == 0) {
			respond(exchange, 503, "{\"detail\": \"Busy.\"}");
		}
		else if (exchange.getRequestURI().getPath().matches("/api/v1/(members|graph)/(imports|jobs/J)")) {
			serveOperatorImport(exchange, body);
		}
		else if (exchange.getRequestURI().getPath().startsWith("/api/v1/products/")) {
			serveImport(exchange, body);
		}
		else {
			serve(exchange,
					body.isEmpty() ? JsonMapper.shared().createObjectNode() : JsonMapper.shared().readTree(body));
		}
	}

	private void grant(HttpExchange exchange) throws IOException {
		JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
		this.operators.add(body.path("handle").asString());
		respond(exchange, 200, "{}");
	}

	/** An edge of a member who is unknown fails until the import is repeated. */
	private void serveOperatorImport(HttpExchange exchange, String lines) throws IOException {
		boolean edges = exchange.getRequestURI().getPath().contains("/graph/");
		if (exchange.getRequestMethod().equals("DELETE")) {
			this.cancelled.incrementAndGet();
			respond(exchange, 200, "{\"id\": \"J\", \"state\": \"CANCELLED\"}");
			return;
		}
		if (lines.isEmpty()) {
			respond(exchange, 200, "{\"id\": \"J\", \"state\": \"%s\", \"result\": %s}"
				.formatted(this.stalled ? "QUEUED" : "SUCCEEDED", edges ? edgeResult() : "{\"failed\": 0}"));
			return;
		}
		this.uploads.add(Map.entry(exchange.getRequestHeaders().getFirst("Idempotency-Key"), lines.lines().toList()));
		if (edges) {
			this.edgeImports.incrementAndGet();
			lines.lines().forEach(this.follows::add);
		}
		else {
			lines.lines()
				.map(JsonMapper.shared()::readTree)
				.filter((line) -> line.path("passwordHash").asString("").equals(OperatorImports.PASSWORD_HASH))
				.forEach((line) -> this.members.add(line.path("handle").asString()));
		}
		respond(exchange, 202, "{\"id\": \"J\", \"state\": \"QUEUED\"}");
	}

	private String edgeResult() {
		int line = this.uploads.get(this.uploads.size() - 1).getValue().indexOf(this.refusedFollow) + 1;
		if (line > 0) {
			return "{\"failed\": 1, \"errors\": [{\"line\": %d, \"field\": \"follower\", \"message\": \"is unknown\"}]}"
				.formatted(line);
		}
		return "{\"failed\": %d, \"errors\": []}".formatted((this.edgeImports.get() == 1) ? 1 : 0);
	}

	/** The only job is queued at first, and has ended when it is shown. */
	private void serveImport(HttpExchange exchange, String lines) throws IOException {
		String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
		lines.lines().map(JsonMapper.shared()::readTree).forEach((row) -> {
			if (row.path("title").asString("").equals("Refused")) {
				this.refused.incrementAndGet();
			}
			else {
				this.products.putIfAbsent(token + " " + row.path("key").asString(), row.toString());
			}
		});
		respond(exchange, lines.isEmpty() ? 200 : 202,
				"{\"id\": \"J\", \"state\": \"%s\", \"progress\": {\"done\": 1}, \"result\": {\"failed\": %d, \"errors\": []}}"
					.formatted(lines.isEmpty() ? "SUCCEEDED" : "QUEUED", this.refused.get()));
	}

	private void serve(HttpExchange exchange, JsonNode body) throws IOException {
		String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
		String handle = body.path("handle").asString("");
		String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
		String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
		if (path.equals("/members/me")) {
			this.members.remove(token.substring("Bearer ".length()));
			respond(exchange, 204, "");
		}
		else if (path.equals("/members")) {
			respond(exchange, this.members.add(handle) ? 201 : 409, "{\"id\": \"" + handle + "\"}");
		}
		else if (path.equals("/sessions")) {
			boolean known = this.members.contains(handle)
					&& (handle.startsWith("load_") || body.path("password").asString("").equals(DataLoader.PASSWORD));
			respond(exchange, known ? 201 : 401,
					"{\"token\": \"%1$s\", \"member\": {\"id\": \"ID-%1$s\"}}".formatted(handle));
		}
		else if (path.equals("/products") && body.path("title").asString("").equals("Refused")) {
			respond(exchange, 400,
					"{\"detail\": \"Bad.\", \"errors\": [{\"field\": \"title\", \"message\": \"is refused\"}]}");
		}
		else if (path.equals("/products")) {
			this.products.putIfAbsent(token + " " + key, body.toString());
			respond(exchange, 201, "{\"id\": \"P\"}");
		}
		else if (path.equals("/posts")) {
			this.posts.add(token + " " + key);
			respond(exchange, 201, "{\"id\": \"A\"}");
		}
		else {
			this.follows.add(token + path);
			respond(exchange, 204, "");
		}
	}

	private static void respond(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
