package dev.agora.launcher.command.management;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

import dev.agora.launcher.command.DataOption;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Lists, shows and cancels the jobs of all members. */
@Command(name = "jobs", description = "List, show or cancel the jobs of all members.")
public final class Jobs implements Callable<Integer> {

	private static final String PATH = "/jobs";

	private static final String ROW = "%-13s %-20s %-13s %-9s %-15s %-24s %s%n";

	private final ManagementClient client = new ManagementClient();

	/** The actions on jobs. */
	enum Action {

		/** Prints a line for each of the newest jobs. */
		list,

		/** Prints all fields of one job. */
		show,

		/** Cancels one job. */
		cancel

	}

	/** The states of a job. */
	enum State {

		/** The job waits for a worker. */
		QUEUED,

		/** A worker runs the job. */
		RUNNING,

		/** The job has a result. */
		SUCCEEDED,

		/** The job has an error. */
		FAILED,

		/** The job was cancelled. */
		CANCELLED

	}

	@Mixin
	private DataOption data = new DataOption();

	@Option(names = "--state", paramLabel = "STATE",
			description = "List only jobs in this state: ${COMPLETION-CANDIDATES}.")
	private @Nullable State state;

	@Option(names = "--owner", paramLabel = "MEMBER", description = "List only jobs of the member with this id.")
	private @Nullable String owner;

	@Parameters(index = "0", arity = "0..1", defaultValue = "list", paramLabel = "ACTION",
			description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
	private Action action = Action.list;

	@Parameters(index = "1", arity = "0..1", paramLabel = "ID",
			description = "The id of the job; required to show or cancel it.")
	private @Nullable String id;

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.action == Action.list) {
			list();
			return 0;
		}
		if (this.id == null || !this.id.matches("[0-9A-Za-z]+")) {
			throw new Problem("To " + this.action + " a job, give its id. ./agora jobs list shows the ids.");
		}
		JsonNode job = call((this.action == Action.show) ? "GET" : "DELETE", this.id);
		System.out.println((this.action == Action.show) ? job.toPrettyString()
				: "The job " + this.id + " is " + text(job, "state") + ".");
		return 0;
	}

	private void list() throws IOException, InterruptedException {
		List<JsonNode> jobs = new ArrayList<>();
		for (ProcessState service : this.data.running().runningServices()) {
			this.client.call(service, "GET", PATH + query())
				.ifPresent((found) -> found.path("items").forEach(jobs::add));
		}
		if (jobs.isEmpty()) {
			System.out.println("There are no such jobs.");
			return;
		}
		System.out.printf(Locale.ROOT, ROW, "ID", "KIND", "OWNER", "STATE", "PROGRESS", "CREATED", "ERROR");
		jobs.forEach(Jobs::printRow);
	}

	private String query() {
		return Stream.of(parameter("state", this.state), parameter("owner", this.owner))
			.flatMap(Optional::stream)
			.collect(Collectors.joining("&", "?", ""));
	}

	private static Optional<String> parameter(String name, @Nullable Object value) {
		return Optional.ofNullable(value)
			.map((given) -> name + "=" + URLEncoder.encode(given.toString(), StandardCharsets.UTF_8));
	}

	private static void printRow(JsonNode job) {
		JsonNode progress = job.path("progress");
		String total = progress.path("total").isNull() ? "" : " of " + progress.path("total").asString();
		System.out.printf(Locale.ROOT, ROW, text(job, "id"), text(job, "kind"), text(job, "owner"), text(job, "state"),
				progress.path("done").asString() + total, text(job, "createdAt"), text(job.path("error"), "detail"));
	}

	private static String text(JsonNode object, String field) {
		return object.path(field).asString("");
	}

	private JsonNode call(String method, String job) throws IOException, InterruptedException {
		for (ProcessState service : this.data.running().runningServices()) {
			Optional<JsonNode> found = this.client.call(service, method, PATH + "/" + job);
			if (found.isPresent()) {
				return found.get();
			}
		}
		throw new Problem("There is no job " + job + ". ./agora jobs list shows the newest jobs.");
	}

}
