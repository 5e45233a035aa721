package dev.agora.console.action;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.console.access.AccessSettings;
import dev.agora.console.access.Refusal;
import dev.agora.console.load.LightLoad;

/** Accepts actions, which then run without the request: a start takes a while. */
public final class ActionHandler {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

	private final AccessSettings access;

	private final LauncherClient launcher;

	private final LightLoad load;

	private final ActionLog log;

	public ActionHandler(AccessSettings access, LauncherClient launcher, LightLoad load, ActionLog log) {
		this.access = access;
		this.launcher = launcher;
		this.load = load;
		this.log = log;
	}

	/**
	 * Begins an action.
	 * @param request has {@code verb} and, depending on it, {@code target} and
	 * {@code rate}
	 * @return 202 with the line of the log
	 */
	public Mono<ServerResponse> act(ServerRequest request) {
		if (!this.access.allowsActions() || !this.launcher.isAvailable()) {
			return new Refusal(HttpStatus.FORBIDDEN, "This console only shows the system.").toResponse();
		}
		return request.bodyToMono(String.class)
			.defaultIfEmpty("")
			.map(ActionHandler::parse)
			.flatMap(this::begin)
			.onErrorResume(IllegalArgumentException.class, ActionHandler::refuse)
			.onErrorResume(DataBufferLimitException.class, ActionHandler::refuse);
	}

	private static Mono<ServerResponse> refuse(Exception reason) {
		return new Refusal(HttpStatus.BAD_REQUEST, String.valueOf(reason.getMessage())).toResponse();
	}

	private static Order parse(String body) {
		JsonNode fields = read(body);
		Order.Verb verb = verb(fields.path("verb").asString(""));
		String target = fields.path("target").asString("");
		if (verb.needsTarget() && !NAME.matcher(target).matches()) {
			throw new IllegalArgumentException("target: give the name of a process or service.");
		}
		int rate = fields.path("rate").asInt(0);
		if (verb == Order.Verb.LOAD && (rate < 1 || rate > LightLoad.MAX_RATE)) {
			throw new IllegalArgumentException("rate: give a number from 1 to " + LightLoad.MAX_RATE + ".");
		}
		return new Order(verb, verb.needsTarget() ? target : "", rate);
	}

	private static JsonNode read(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The body is no JSON.", ex);
		}
	}

	private static Order.Verb verb(String text) {
		try {
			return Order.Verb.valueOf(text.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("verb: there is no such action.", ex);
		}
	}

	private Mono<ServerResponse> begin(Order order) {
		Optional<LogEntry> entry = this.log.begin(order);
		if (entry.isEmpty()) {
			return new Refusal(HttpStatus.CONFLICT, "Too many actions are running. Wait until one has ended.")
				.toResponse();
		}
		long id = entry.get().id();
		Disposable unused = run(order).defaultIfEmpty("")
			.subscribe((reply) -> this.log.change(id, (line) -> line.done(order, reply)),
					(failure) -> this.log.change(id, (line) -> line.failed(reason(failure))));
		return ServerResponse.accepted().bodyValue(Map.of("id", id));
	}

	private Mono<String> run(Order order) {
		return switch (order.verb()) {
			case LOAD -> this.load.start(order.rate());
			case UNLOAD -> this.load.stop();
			default -> this.launcher.send(order);
		};
	}

	private static String reason(Throwable failure) {
		return (failure instanceof TimeoutException) ? "There was no reply in time."
				: String.valueOf(failure.getMessage());
	}

}
