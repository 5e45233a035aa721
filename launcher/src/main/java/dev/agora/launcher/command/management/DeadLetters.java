package dev.agora.launcher.command.management;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

import dev.agora.launcher.command.DataOption;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Lists, shows and replays the events that a listener could not apply. */
@Command(name = "dead-letters", description = "List, show or replay the events that a listener could not apply.")
public final class DeadLetters implements Callable<Integer> {

	private static final String PATH = "/deadletters";

	private static final String ROW = "%-50s %4s %7s  %-24s %s%n";

	private final ManagementClient client = new ManagementClient();

	/** The actions on dead letters. */
	enum Action {

		/** Prints a line for each dead letter. */
		list,

		/** Prints all fields of each dead letter. */
		show,

		/** Sends the dead letters of one topic to its listener again. */
		replay

	}

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(index = "0", arity = "0..1", defaultValue = "list", paramLabel = "ACTION",
			description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
	private Action action = Action.list;

	@Parameters(index = "1", arity = "0..1", paramLabel = "TOPIC",
			description = "Only the dead letters of this topic; required to replay.")
	private @Nullable String topic;

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.action == Action.replay) {
			return replay();
		}
		List<JsonNode> letters = new ArrayList<>();
		for (ProcessState service : this.data.running().runningServices()) {
			letters(service).forEach(letters::add);
		}
		if (letters.isEmpty()) {
			System.out.println("There are no dead letters.");
		}
		else if (this.action == Action.list) {
			System.out.printf(Locale.ROOT, ROW, "TOPIC", "PART", "OFFSET", "TYPE", "CAUSE");
			letters.forEach(this::printRow);
		}
		else {
			letters.forEach((letter) -> System.out.println(letter.toPrettyString()));
		}
		return 0;
	}

	private void printRow(JsonNode letter) {
		System.out.printf(Locale.ROOT, ROW, text(letter, "topic"), text(letter, "partition"), text(letter, "offset"),
				text(letter, "type"), text(letter, "cause").lines().findFirst().orElse(""));
	}

	private static String text(JsonNode letter, String field) {
		return letter.path(field).asString("");
	}

	private int replay() throws IOException, InterruptedException {
		if (this.topic == null) {
			throw new Problem(
					"A replay needs a topic. ./agora dead-letters list shows the topics that have dead letters.");
		}
		for (ProcessState service : this.data.running().runningServices()) {
			if (letters(service).isEmpty()) {
				continue;
			}
			JsonNode outcome = this.client.call(service, "POST", PATH + "/" + this.topic)
				.orElseThrow(() -> new Problem("The topic " + this.topic + " has no dead letters any more."));
			System.out.println(service.name() + " has sent " + outcome.path("replayed").asInt(0) + " events again.");
			outcome.path("refused").forEach((refusal) -> System.out.println(refusal.asString()));
			return 0;
		}
		throw new Problem("The topic " + this.topic
				+ " has no dead letters. ./agora dead-letters list shows the topics that have.");
	}

	private List<JsonNode> letters(ProcessState service) throws IOException, InterruptedException {
		return this.client.call(service, "GET", PATH)
			.stream()
			.flatMap((letters) -> letters.path("items").valueStream())
			.filter((letter) -> this.topic == null || this.topic.equals(text(letter, "topic")))
			.toList();
	}

}
