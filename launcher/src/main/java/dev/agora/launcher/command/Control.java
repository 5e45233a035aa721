package dev.agora.launcher.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;

import dev.agora.launcher.system.Problem;
import dev.agora.launcher.system.SystemState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts or ends a single process of a running system, to try what fails then. */
@Command
public final class Control implements Callable<Integer> {

	private final String action;

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(paramLabel = "NAME", description = "Its name in ./agora status.")
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
		System.out.print(ask(state, state.process(this.name).name() + "/" + this.action));
		return 0;
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
