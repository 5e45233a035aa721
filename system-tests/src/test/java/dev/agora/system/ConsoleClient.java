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
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A page of the console: it follows the stream and orders actions. */
final class ConsoleClient implements AutoCloseable {

	private static final String DATA = "data:";

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI address;

	private final InputStream stream;

	private final AtomicReference<JsonNode> view = new AtomicReference<>(JsonMapper.shared().createObjectNode());

	ConsoleClient(URI address) throws IOException, InterruptedException {
		this.address = address;
		this.stream = this.http.send(request("/api/stream").build(), HttpResponse.BodyHandlers.ofInputStream()).body();
		Thread reader = new Thread(this::readViews, "console-stream");
		reader.setDaemon(true);
		reader.start();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://" + this.address.getAuthority() + path))
			.header("Authorization", "Bearer " + this.address.getFragment());
	}

	private void readViews() {
		try {
			BufferedReader lines = new BufferedReader(new InputStreamReader(this.stream, StandardCharsets.UTF_8));
			String type = "";
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				type = line.startsWith("event:") ? line.substring("event:".length()) : type;
				if (line.startsWith(DATA) && type.equals("view")) {
					this.view.set(JsonMapper.shared().readTree(line.substring(DATA.length())));
				}
			}
		}
		catch (IOException ex) {
			// The stream was closed.
			this.view.set(JsonMapper.shared().createObjectNode());
		}
	}

	/** Orders an action and returns the status of the response. */
	int act(String verb, String target) throws IOException, InterruptedException {
		String body = JsonMapper.shared().writeValueAsString(Map.of("verb", verb, "target", target));
		return this.http
			.send(request("/api/actions").header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	/** The state of an instance in the last view, empty if it has none. */
	String stateOf(String instance) {
		return find(instance).path("state").asString("");
	}

	/** The requests per second of an instance. */
	double rateOf(String instance) {
		return find(instance).path("traffic").path("rate").asDouble(0);
	}

	private JsonNode find(String instance) {
		return view().path("nodes")
			.valueStream()
			.flatMap((node) -> node.path("instances").valueStream())
			.filter((one) -> one.path("name").asString("").equals(instance))
			.findFirst()
			.orElseGet(MissingNode::getInstance);
	}

	JsonNode view() {
		return this.view.get();
	}

	/** Whether the log has a line with this text and state. */
	boolean logged(String text, String state) {
		return view().path("log")
			.valueStream()
			.anyMatch((line) -> line.path("text").asString("").equals(text)
					&& line.path("state").asString("").equals(state));
	}

	@Override
	public void close() throws IOException {
		this.stream.close();
	}

}
