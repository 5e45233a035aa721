package dev.agora.console.action;

import java.time.Duration;
import java.util.Locale;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.console.targets.LauncherState;
import dev.agora.console.targets.Targets;

/**
 * Sends actions to the launcher's control server, as {@code ./agora kill} and its like
 * do.
 */
public final class LauncherClient {

	/** A start takes as long as the process needs to become ready. */
	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private final Targets targets;

	private final WebClient http = WebClient.create();

	public LauncherClient(Targets targets) {
		this.targets = targets;
	}

	/** Whether the processes were started by a launcher. */
	boolean isAvailable() {
		return this.targets instanceof LauncherState;
	}

	Mono<String> send(Order order) {
		return switch (order.verb()) {
			case RESTART -> send(order.target(), "stop").then(send(order.target(), "start"));
			case FLUSH -> send("redis", "flush");
			default -> send(order.target(), order.verb().name().toLowerCase(Locale.ROOT));
		};
	}

	private Mono<String> send(String target, String action) {
		return controlUrl().flatMap((url) -> this.http.post()
			.uri(url + "/processes/" + target + "/" + action)
			.exchangeToMono(LauncherClient::reply)
			.timeout(TIMEOUT));
	}

	private Mono<String> controlUrl() {
		return (this.targets instanceof LauncherState launcher)
				? launcher.controlUrl().switchIfEmpty(Mono.error(() -> new ActionFailed("No launcher runs.")))
				: Mono.error(() -> new ActionFailed("The processes were not started by a launcher."));
	}

	private static Mono<String> reply(ClientResponse response) {
		Mono<String> text = response.bodyToMono(String.class).defaultIfEmpty("").map(String::strip);
		return response.statusCode().is2xxSuccessful() ? text
				: text.flatMap((reason) -> Mono.error(new ActionFailed(reason)));
	}

}
