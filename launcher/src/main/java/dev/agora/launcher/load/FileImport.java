package dev.agora.launcher.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import me.tongfei.progressbar.ProgressBar;
import tools.jackson.databind.JsonNode;

import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.load.api.ApiRequest;
import dev.agora.launcher.root.Problem;

/** Imports a file as a job of a service, and shows its progress. */
final class FileImport {

	private static final long POLL_MILLIS = 500;

	private static final int MAX_SHOWN = 10;

	private final ApiClient api;

	private final String token;

	private final String name;

	private final String path;

	/**
	 * Creates an import.
	 * @param token the token of the member who imports
	 * @param name the name of the imported items
	 * @param path the first part of the path, as in {@code /products}
	 */
	FileImport(ApiClient api, String token, String name, String path) {
		this.api = api;
		this.token = token;
		this.name = name;
		this.path = path;
	}

	/**
	 * Imports a file.
	 * @param file JSON objects or text, one item a line
	 * @param items the number of items
	 * @return the result of the job
	 */
	JsonNode run(Object file, int items) throws InterruptedException {
		try (ProgressBar bar = LoadStage.bar(this.name, items)) {
			JsonNode job = call(ApiRequest.upload(this.path + "/imports", file));
			while (isOpen(job)) {
				TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
				job = call(ApiRequest.get(this.path + "/jobs/" + job.path("id").asString()));
				bar.stepTo(job.at("/progress/done").asLong());
			}
			return result(job);
		}
	}

	/** Prints the first errors of a result, and returns the number of failed items. */
	int report(JsonNode result) {
		result.path("errors")
			.valueStream()
			.limit(MAX_SHOWN)
			.forEach((error) -> System.err.println("\n" + this.name + ", line " + error.path("line").asInt() + ": "
					+ error.path("field").asString() + " " + error.path("message").asString()));
		return result.path("failed").asInt();
	}

	private JsonNode call(ApiRequest request) {
		CompletableFuture<JsonNode> response = this.api.call(request.withToken(this.token));
		try {
			return response.join();
		}
		catch (CompletionException ex) {
			throw new Problem("Loading " + this.name + " has stopped: " + ex.getCause()
					+ "\nThe same command continues where it stopped.");
		}
	}

	private static boolean isOpen(JsonNode job) {
		String state = job.path("state").asString();
		return state.equals("QUEUED") || state.equals("RUNNING");
	}

	private JsonNode result(JsonNode job) {
		if (!job.path("state").asString().equals("SUCCEEDED")) {
			throw new Problem("The import of the " + this.name + " has ended as " + job.path("state").asString() + ": "
					+ job.at("/error/detail").asString(""));
		}
		return job.path("result");
	}

}
