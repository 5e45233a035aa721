package dev.agora.launcher.command.management;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

import dev.agora.launcher.command.DataOption;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Starts the job that builds all pages, and shows its progress. */
@Command(name = "bake", description = "Build all pages, and write them to a directory or bucket if one is set.")
public final class Bake implements Callable<Integer> {

	private static final String SERVICE = "product-service";

	private static final String SUCCEEDED = "SUCCEEDED";

	private static final Set<String> ENDED = Set.of(SUCCEEDED, "FAILED", "CANCELLED");

	private static final long INTERVAL = 500;

	private final ManagementClient client = new ManagementClient();

	@Mixin
	private DataOption data = new DataOption();

	@Override
	public Integer call() throws IOException, InterruptedException {
		ProcessState service = this.data.running().runningInstance(SERVICE);
		String id = this.client.call(service, "POST", "/bake").map((job) -> text(job, "id")).orElse("");
		JsonNode job = awaitEnd(service, id);
		if (!text(job, "state").equals(SUCCEEDED)) {
			throw new Problem(reason(job));
		}
		System.out.println("Result: " + job.path("result"));
		return 0;
	}

	/** Prints each change of the job until it has ended. */
	private JsonNode awaitEnd(ProcessState service, String id) throws IOException, InterruptedException {
		String shown = "";
		while (true) {
			JsonNode job = find(service, id);
			String line = toLine(job);
			if (!line.equals(shown)) {
				System.out.println(line);
				shown = line;
			}
			if (ENDED.contains(text(job, "state"))) {
				return job;
			}
			TimeUnit.MILLISECONDS.sleep(INTERVAL);
		}
	}

	private JsonNode find(ProcessState service, String id) throws IOException, InterruptedException {
		Optional<JsonNode> job = this.client.call(service, "GET", "/jobs/" + id);
		return job.orElseThrow(() -> new Problem("The job " + id + " does not exist any more."));
	}

	private static String toLine(JsonNode job) {
		JsonNode progress = job.path("progress");
		String total = progress.path("total").isNull() ? "" : " of " + progress.path("total").asString();
		return "Job " + text(job, "id") + " is " + text(job, "state") + ", " + progress.path("done").asString() + total
				+ " products.";
	}

	private static String reason(JsonNode job) {
		String detail = text(job.path("error"), "detail");
		return "The job " + text(job, "id") + " is " + text(job, "state") + "."
				+ (detail.isEmpty() ? "" : " " + detail);
	}

	private static String text(JsonNode object, String field) {
		return object.path(field).asString("");
	}

}
