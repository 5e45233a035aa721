package dev.agora.launcher.load.imports;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import tools.jackson.databind.JsonNode;

import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.load.api.ApiRequest;
import dev.agora.launcher.root.Problem;

/** Uploads files as jobs of a service, and waits for their results. */
public final class ImportJob {

	/** After this time it is certain that no worker runs the jobs of the service. */
	public static final Duration MAX_WAIT = Duration.ofMinutes(2);

	private static final long POLL_MILLIS = 500;

	private final ApiClient api;

	private final String token;

	private final ImportKind kind;

	private final Duration maxWait;

	/**
	 * The beginning of the idempotency keys, so that an upload whose response is lost
	 * starts one job. A later run imports the items again, as they may have changed.
	 */
	private final String keys = "load-" + UUID.randomUUID() + "-";

	private int uploads;

	/**
	 * Creates a client of the jobs.
	 * @param token the token of the member who imports
	 * @param maxWait the maximum time for which a job waits for a worker
	 */
	public ImportJob(ApiClient api, String token, ImportKind kind, Duration maxWait) {
		this.api = api;
		this.token = token;
		this.kind = kind;
		this.maxWait = maxWait;
	}

	ImportKind kind() {
		return this.kind;
	}

	/**
	 * Imports a file.
	 * @param lines the items
	 * @param progress receives the number of lines that are done
	 * @return the result of the job
	 */
	public JsonNode run(List<String> lines, LongConsumer progress) throws InterruptedException {
		JsonNode job = call(ApiRequest.upload(this.kind.path() + "/imports", this.kind.toBody(lines))
			.withKey(this.keys + this.uploads++));
		ApiRequest poll = ApiRequest.get(path(job));
		long waitsSince = System.nanoTime();
		while (isOpen(job)) {
			if (!isIn(job, "QUEUED")) {
				waitsSince = System.nanoTime();
			}
			else if (System.nanoTime() - waitsSince > this.maxWait.toNanos()) {
				throw cancelled(job);
			}
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
			job = call(poll);
			progress.accept(job.at("/progress/done").asLong());
		}
		return resultOf(job);
	}

	private String path(JsonNode job) {
		return this.kind.path() + "/jobs/" + job.path("id").asString();
	}

	private Problem cancelled(JsonNode job) {
		call(ApiRequest.delete(path(job)));
		return new Problem("The import of the " + this.kind + " was cancelled, since job " + job.path("id").asString()
				+ " has waited for a worker for " + this.maxWait.toSeconds() + " s. The workers are those of "
				+ this.kind.service() + ": see ./agora status and ./agora logs " + this.kind.service()
				+ "-1; ./agora jobs list shows the jobs before it." + "\nThe same command continues where it stopped.");
	}

	private JsonNode call(ApiRequest request) {
		try {
			return this.api.call(request.withToken(this.token)).join();
		}
		catch (CompletionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new Problem("Loading " + this.kind + " has stopped: " + cause.getMessage()
					+ "\nThe same command continues where it stopped.");
		}
	}

	private static boolean isOpen(JsonNode job) {
		return isIn(job, "QUEUED") || isIn(job, "RUNNING");
	}

	private static boolean isIn(JsonNode job, String state) {
		return job.path("state").asString().equals(state);
	}

	private JsonNode resultOf(JsonNode job) {
		if (!isIn(job, "SUCCEEDED")) {
			throw new Problem("The import of the " + this.kind + " has ended as " + job.path("state").asString() + ": "
					+ job.at("/error/detail").asString(""));
		}
		return job.path("result");
	}

}
