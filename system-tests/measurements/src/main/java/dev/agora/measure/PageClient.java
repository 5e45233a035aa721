package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads pages of an instance. */
final class PageClient {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final long POLL_MILLIS = 10;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/** Returns the text of a page; empty if there is none. */
	String read(RunningSystem.Instance instance, String path) throws InterruptedException {
		try {
			HttpResponse<String> response = this.http.send(
					HttpRequest.newBuilder(URI.create(instance.url() + path)).build(),
					HttpResponse.BodyHandlers.ofString());
			return (response.statusCode() == 200) ? response.body() : "";
		}
		catch (IOException failed) {
			return "";
		}
	}

	/**
	 * Waits until a page has a text.
	 * @param start a value of {@link System#nanoTime()}
	 * @return the time since the start in seconds
	 */
	double awaitText(RunningSystem.Instance instance, String path, String text, long start)
			throws InterruptedException {
		while (!read(instance, path).contains(text)) {
			if (System.nanoTime() - start > LIMIT.toNanos()) {
				throw new Problem("The page %s does not show a change after %d s.".formatted(path, LIMIT.toSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
		return (System.nanoTime() - start) / 1e9;
	}

}
