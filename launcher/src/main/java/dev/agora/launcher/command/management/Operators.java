package dev.agora.launcher.command.management;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.launcher.command.DataOption;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Makes members operators, who may import members and follows. */
@Command(name = "operators",
		description = "List the operators, or grant and revoke the rights of one. Operators may import members and follows.")
public final class Operators implements Callable<Integer> {

	private static final String SERVICE = "session-service";

	private static final String PATH = "/operators";

	private static final String ROW = "%-30s %-13s %s%n";

	private final ManagementClient client = new ManagementClient();

	/** The actions on operators. */
	enum Action {

		/** Prints a line for each operator. */
		list,

		/** Makes a member an operator. */
		grant,

		/** Ends the rights of an operator. */
		revoke

	}

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(index = "0", arity = "0..1", defaultValue = "list", paramLabel = "ACTION",
			description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
	private Action action = Action.list;

	@Parameters(index = "1", arity = "0..1", paramLabel = "HANDLE",
			description = "The handle of the member; required to grant or revoke.")
	private @Nullable String handle;

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.action == Action.list) {
			list();
		}
		else {
			change(this.action, requireHandle());
		}
		return 0;
	}

	private String requireHandle() {
		if (this.handle == null || !this.handle.matches("[a-z0-9_]{3,30}")) {
			throw new Problem("To " + this.action
					+ " the rights of an operator, give the handle of a member: 3 to 30 of a-z, 0-9 and _.");
		}
		return this.handle;
	}

	private void change(Action requested, String member) throws IOException, InterruptedException {
		ProcessState service = this.data.running().runningInstance(SERVICE);
		Optional<JsonNode> found = (requested == Action.grant)
				? this.client.post(service, PATH, JsonMapper.shared().writeValueAsString(Map.of("handle", member)))
				: this.client.call(service, "DELETE", PATH + "/" + member);
		if (found.isEmpty()) {
			throw new Problem("There is no member with the handle " + member
					+ ". Register the member first: POST /api/v1/members.");
		}
		System.out.println(member + ((requested == Action.grant) ? " is an operator." : " is no operator."));
	}

	private void list() throws IOException, InterruptedException {
		Optional<JsonNode> operators = this.client.call(this.data.running().runningInstance(SERVICE), "GET", PATH);
		JsonNode items = operators
			.orElseThrow(
					() -> new Problem(SERVICE + " is an older build. Restart it: ./agora restart " + SERVICE + "-1"))
			.path("items");
		if (items.isEmpty()) {
			System.out.println("There are no operators. ./agora operators grant HANDLE makes a member one.");
			return;
		}
		System.out.printf(Locale.ROOT, ROW, "HANDLE", "ID", "SINCE");
		items.forEach((each) -> System.out.printf(Locale.ROOT, ROW, text(each, "handle"), text(each, "id"),
				text(each, "since")));
	}

	private static String text(JsonNode object, String field) {
		return object.path(field).asString("");
	}

}
