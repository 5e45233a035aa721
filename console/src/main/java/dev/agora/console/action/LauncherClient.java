package dev.agora.console.action;

import java.time.Duration;
import java.util.Locale;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.console.targets.Launcher;

/**
 * Sends actions to the launcher's control server, as {@code ./agora kill} and its like
 * do.
 */
public final class LauncherClient {

	/** A start takes as long as the process needs to become ready. */
	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private final Launcher launcher;

	private final WebClient http = WebClient.create();

	public LauncherClient(Launcher launcher) {
		this.launcher = launcher;
	}

	/** Whether the processes were started by a launcher. */
	boolean isAvailable() {
		return this.launcher.isPresent();
	}

	Mono<String> send(Order order) {
		return switch (order.verb()) {
			case RESTART -> send(order.target(), "stop").then(send(order.target(), "start"));
			case FLUSH -> send("redis", "flush");
			default -> send(order.target(), order.verb().name().toLowerCase(Locale.ROOT));
		};
	}

	private Mono<String> send(String target, String action) {
		return this.launcher.controlUrl()
			.flatMap((url) -> this.http.post()
				.uri(url + "/processes/" + target + "/" + action)
				.exchangeToMono(LauncherClient::reply)
				.timeout(TIMEOUT));
	}

	private static Mono<String> reply(ClientResponse response) {
		Mono<String> text = response.bodyToMono(String.class).defaultIfEmpty("").map(String::strip);
		return response.statusCode().is2xxSuccessful() ? text
				: text.flatMap((reason) -> Mono.error(new ActionFailed(reason)));
	}

}
