package dev.agora.launcher.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

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
		List<ProcessState> concerned = clones.stream().filter((clone) -> clone.handle().isEmpty() == starting).toList();
		if (concerned.isEmpty()) {
			throw new Problem(starting ? "All of " + this.name + " run already." : "None of " + this.name + " runs.");
		}
		return concerned;
	}

	private static CompletableFuture<String> askMeanwhile(SystemState state, String action) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		new Thread(() -> ask(state, action, answer), "control").start();
		return answer;
	}

	private static void ask(SystemState state, String action, CompletableFuture<String> answer) {
		try {
			answer.complete(ask(state, action));
		}
		catch (IOException | RuntimeException ex) {
			answer.completeExceptionally(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer.cancel(false);
		}
	}

	private static String join(CompletableFuture<String> answer) throws IOException, InterruptedException {
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw (ex.getCause() instanceof IOException failure) ? failure : new IOException(ex.getCause());
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
