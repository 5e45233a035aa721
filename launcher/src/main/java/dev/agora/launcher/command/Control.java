package dev.agora.launcher.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.agora.launcher.system.ProcessState;
import dev.agora.launcher.system.Problem;
import dev.agora.launcher.system.SystemState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Starts or ends a single process of a running system, or all of one kind, to try what
 * fails then.
 */
@Command
public final class Control implements Callable<Integer> {

	private final String action;

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(paramLabel = "NAME",
			description = "A process in ./agora status, or all of one kind: a service, gateway, kafka, redis.")
	private String name = "";

	/**
	 * Makes one of the commands.
	 * @param action {@code start}, {@code stop} or {@code kill}
	 */
	public Control(String action) {
		this.action = action;
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		SystemState state = this.data.running();
		// At once: brokers are ready only together.
		List<CompletableFuture<String>> answers = chosen(state).stream()
			.map((process) -> askMeanwhile(state, process.name() + "/" + this.action))
			.toList();
		for (CompletableFuture<String> answer : answers) {
			System.out.print(join(answer));
		}
		return 0;
	}

	private List<ProcessState> chosen(SystemState state) {
		List<ProcessState> clones = state.clonesOf(this.name);
		if (clones.size() < 2) {
			return clones.isEmpty() ? List.of(state.process(this.name)) : clones;
		}
		boolean starting = this.action.equals("start");
		return clones.stream().filter((clone) -> clone.handle().isEmpty() == starting).toList();
	}

	private static CompletableFuture<String> askMeanwhile(SystemState state, String action) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return ask(state, action);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new Problem("Interrupted.");
			}
		}, (task) -> new Thread(task, "control").start());
	}

	private static String join(CompletableFuture<String> answer) throws IOException {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof UncheckedIOException failure) {
				throw new IOException(failure.getCause());
			}
			throw (ex.getCause() instanceof Problem problem) ? problem : ex;
		}
	}

	/**
	 * Has the launcher do something; returns when it is done.
	 * @param action what, as a path below {@code /processes/}
	 * @return what it answered
	 * @throws Problem if it refused or failed
	 */
	static String ask(SystemState state, String action) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(state.controlUrl() + "/processes/" + action))
			.timeout(Duration.ofMinutes(4))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new Problem(answer.body().strip());
		}
		return answer.body();
	}

}
