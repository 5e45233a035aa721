package dev.agora.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A stream of views, as a page opens it. */
final class OpenStream implements AutoCloseable {

	private final HttpResponse<InputStream> response;

	OpenStream(HttpClient http, URI uri, String token) throws IOException, InterruptedException {
		this.response = http.send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
				HttpResponse.BodyHandlers.ofInputStream());
	}

	int status() {
		return this.response.statusCode();
	}

	/**
	 * Reads until a view satisfies the condition, and returns it. The time-out of the
	 * test is the bound.
	 */
	String await(Predicate<String> condition) throws IOException {
		BufferedReader lines = new BufferedReader(new InputStreamReader(this.response.body(), StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (line.startsWith("data:") && condition.test(line)) {
				return line;
			}
		}
		throw new IOException("The stream has ended.");
	}

	@Override
	public void close() {
		try {
			this.response.body().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
