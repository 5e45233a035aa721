package dev.agora.launcher.command.trace;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.agora.launcher.command.DataOption;
import dev.agora.launcher.root.Problem;

/** Shows the log lines that one request has caused, in all processes. */
@Command(name = "trace", description = "Show the log lines of all processes that belong to one request, by time.")
public final class Trace implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(paramLabel = "ID",
			description = "The trace id of a response's X-Trace-Id or problem, or the request id of its X-Request-Id.")
	private String id = "";

	@Override
	public Integer call() throws IOException {
		if (!this.id.matches("[A-Za-z0-9._-]{1,64}")) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					"An id has up to 64 letters, digits, dots, dashes and underscores. Take it from the header "
							+ "X-Trace-Id or X-Request-Id of a response, or from traceId of a problem.");
		}
		Path folder = this.data.directory().logs();
		List<LogEntry> entries = find(new ProcessLogs(folder));
		if (entries.isEmpty()) {
			throw new Problem("No line of the logs in " + folder + " has the id " + this.id
					+ ". The logs go back to the start of the previous run, and a request that causes no "
					+ "warning has a line in the gateway's access log only.");
		}
		PrintWriter out = Objects.requireNonNull(this.spec).commandLine().getOut();
		int width = entries.stream().mapToInt((entry) -> entry.process().length()).max().orElse(0);
		entries.forEach((entry) -> out.printf("%-" + width + "s  %s%n", entry.process(), entry.text()));
		out.flush();
		return 0;
	}

	/**
	 * Finds the entries of the traces to which the id belongs. Only the access log has
	 * request ids; a client may give the same one to several requests.
	 */
	private List<LogEntry> find(ProcessLogs logs) throws IOException {
		Set<String> ids = new TreeSet<>(Set.of(this.id));
		List<LogEntry> named = logs.find(LogEntry.containing(ids));
		named.stream().flatMap((entry) -> Stream.ofNullable(entry.traceId())).forEach(ids::add);
		return (ids.size() == 1) ? named : logs.find(LogEntry.containing(ids));
	}

}
