package dev.agora.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import dev.agora.contract.Exchange;

/**
 * Reads the live stream of a member as an {@code EventSource} does: it reconnects
 * whenever the stream ends, with the id of the last event.
 */
final class LiveClient implements AutoCloseable {

	private static final String PATH = "/api/v1/feed/stream";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI address;

	private final String token;

	private final List<String> events = new CopyOnWriteArrayList<>();

	private volatile @Nullable InputStream body;

	private volatile boolean closed;

	private final AtomicInteger connections = new AtomicInteger();

	private volatile int status;

	private volatile String servedBy = "";

	private String lastEventId = "";

	LiveClient(URI gateway, String token) {
		this.address = gateway.resolve(PATH);
		this.token = token;
		Thread reader = new Thread(this::run, "live-client");
		reader.setDaemon(true);
		reader.start();
		Await.until("the stream is ready", Await.SOON, () -> count("ready") > 0);
	}

	/** Returns the number of events whose type or data contain a text. */
	long count(String text) {
		return this.events.stream().filter((event) -> event.contains(text)).count();
	}

	int connections() {
		return this.connections.get();
	}

	/** The status of the last response. */
	int status() {
		return this.status;
	}

	/** Returns the instance that serves the stream, as the response names it. */
	String servedBy() {
		return this.servedBy;
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		InputStream open = this.body;
		if (open != null) {
			open.close();
		}
	}

	private void run() {
		while (!this.closed && this.status != 401) {
			try {
				HttpRequest request = HttpRequest.newBuilder(this.address)
					.headers("Accept", "text/event-stream", "Authorization", "Bearer " + this.token, "Last-Event-ID",
							this.lastEventId)
					.build();
				receive(this.client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
			}
			catch (IOException ex) {
				// The next attempt follows.
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void receive(HttpResponse<InputStream> response) throws IOException {
		StringBuilder text = new StringBuilder();
		this.body = response.body();
		this.status = response.statusCode();
		this.servedBy = response.headers().firstValue("X-Served-By").orElse("");
		this.connections.incrementAndGet();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
			read(lines, text);
		}
		finally {
			ContractChecks
				.check(new Exchange("GET", PATH, null, this.status, response.headers(), toBody(text.toString())));
		}
	}

	/** A refusal is JSON. */
	private JsonNode toBody(String text) {
		return (this.status == 200) ? StringNode.valueOf(text) : JsonMapper.shared().readTree(text);
	}

	/** An event without its last line is discarded, and so is its id. */
	private void read(BufferedReader lines, StringBuilder text) throws IOException {
		String id = this.lastEventId;
		String event = "";
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			text.append(line).append('\n');
			if (line.startsWith("id:")) {
				id = line.substring(3).strip();
			}
			else if (line.startsWith("event:") || line.startsWith("data:")) {
				event += line;
			}
			else if (line.isEmpty()) {
				this.lastEventId = id;
				this.events.add(event);
				event = "";
			}
		}
	}

}
