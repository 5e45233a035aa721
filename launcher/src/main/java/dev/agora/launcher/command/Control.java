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
 * Starts, stops, kills or freezes one process of a running system, or all of one kind, so
 * that one can see how the system behaves without it.
 */
@Command
public final class Control implements Callable<Integer> {

	private final String action;

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(paramLabel = "NAME",
			description = "A process in ./agora status, or a kind: a service, gateway, kafka or redis.")
	private String name = "";

	/**
	 * Creates one of the commands.
	 * @param action {@code start}, {@code stop}, {@code kill}, {@code pause} or
	 * {@code resume}
	 */
	public Control(String action) {
		this.action = action;
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		SystemState state = this.data.running();
		// In parallel, since brokers become ready only together.
		List<CompletableFuture<String>> responses = select(state).stream()
			.map((process) -> sendAsync(state, process.name() + "/" + this.action))
			.toList();
		for (CompletableFuture<String> response : responses) {
			System.out.print(join(response));
		}
		return 0;
	}

	private List<ProcessState> select(SystemState state) {
		List<ProcessState> instances = state.instancesOf(this.name);
		if (instances.size() < 2) {
			return instances.isEmpty() ? List.of(state.process(this.name)) : instances;
		}
		boolean starting = this.action.equals("start");
		List<ProcessState> selected = instances.stream()
			.filter((instance) -> instance.handle().isEmpty() == starting)
			.toList();
		if (selected.isEmpty()) {
			throw new Problem(starting ? "All processes of " + this.name + " run already."
					: "No process of " + this.name + " runs.");
		}
		return selected;
	}

	private static CompletableFuture<String> sendAsync(SystemState state, String action) {
		CompletableFuture<String> response = new CompletableFuture<>();
		new Thread(() -> send(state, action, response), "control").start();
		return response;
	}

	private static void send(SystemState state, String action, CompletableFuture<String> response) {
		try {
			response.complete(send(state, action));
		}
		catch (IOException | RuntimeException ex) {
			response.completeExceptionally(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			response.cancel(false);
		}
	}

	private static String join(CompletableFuture<String> response) throws IOException, InterruptedException {
		try {
			return response.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw (ex.getCause() instanceof IOException failure) ? failure : new IOException(ex.getCause());
		}
	}

	/**
	 * Sends an action to the launcher and waits until it is done.
	 * @param state the running system
	 * @param action the action, as a path below {@code /processes/}
	 * @return the launcher's response
	 * @throws Problem if the launcher refuses the action or fails
	 */
	static String send(SystemState state, String action) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(state.controlUrl() + "/processes/" + action))
			.timeout(Duration.ofMinutes(4))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new Problem(response.body().strip());
		}
		return response.body();
	}

}
