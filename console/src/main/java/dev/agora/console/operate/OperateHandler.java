package dev.agora.console.operate;

import java.time.Duration;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.console.access.AccessSettings;
import dev.agora.console.access.Refusal;
import dev.agora.console.action.ActionLog;
import dev.agora.console.management.CallFailed;

/** Lists dead letters and jobs, replays the first and cancels the second. */
public final class OperateHandler {

	/** All viewers share a response for this long. */
	private static final Duration SHARED_FOR = Duration.ofSeconds(2);

	private final ServiceCalls services;

	private final AccessSettings access;

	private final ActionLog log;

	private final Mono<Items> deadLetters;

	private final Mono<Items> jobs;

	public OperateHandler(ServiceCalls services, AccessSettings access, ActionLog log) {
		this.services = services;
		this.access = access;
		this.log = log;
		this.deadLetters = services.list("deadletters").cache(SHARED_FOR);
		this.jobs = services.list("jobs").cache(SHARED_FOR);
	}

	/**
	 * Lists the dead letters of all services.
	 * @param request has no parameters
	 * @return the letters, each with its service, and the services that did not respond
	 */
	public Mono<ServerResponse> deadLetters(ServerRequest request) {
		return this.deadLetters.flatMap((found) -> ServerResponse.ok().bodyValue(found));
	}

	/**
	 * Lists the newest jobs of all services.
	 * @param request has no parameters
	 * @return the jobs, each with its service, and the services that did not respond
	 */
	public Mono<ServerResponse> jobs(ServerRequest request) {
		return this.jobs.flatMap((found) -> ServerResponse.ok().bodyValue(found));
	}

	/**
	 * Replays the dead letters of a topic.
	 * @param request names the service and the topic
	 * @return what the service has replayed
	 */
	public Mono<ServerResponse> replay(ServerRequest request) {
		String topic = request.pathVariable("topic");
		return change(() -> this.services.call(request.pathVariable("service"), HttpMethod.POST, "deadletters", topic),
				"The dead letters of " + topic + " were replayed");
	}

	/**
	 * Cancels a job.
	 * @param request names the service and the job
	 * @return the job
	 */
	public Mono<ServerResponse> cancel(ServerRequest request) {
		String id = request.pathVariable("id");
		return change(() -> this.services.call(request.pathVariable("service"), HttpMethod.DELETE, "jobs", id),
				"The job " + id + " was cancelled");
	}

	private Mono<ServerResponse> change(Supplier<Mono<JsonNode>> call, String text) {
		if (!this.access.allowsActions()) {
			return new Refusal(HttpStatus.FORBIDDEN, "This console only shows the system.").toResponse();
		}
		return call.get()
			.doOnNext((result) -> this.log.note(text))
			.flatMap((result) -> ServerResponse.ok().bodyValue(result))
			.switchIfEmpty(Mono
				.defer(() -> new Refusal(HttpStatus.NOT_FOUND, "No service has this, or no longer.").toResponse()))
			.onErrorResume(CallFailed.class, (failure) -> refuse(status(failure), failure))
			.onErrorResume(NoInstance.class, (failure) -> refuse(HttpStatus.SERVICE_UNAVAILABLE, failure));
	}

	private static HttpStatus status(CallFailed failure) {
		return (failure.kind() == CallFailed.Kind.REFUSED) ? HttpStatus.CONFLICT : HttpStatus.BAD_GATEWAY;
	}

	private static Mono<ServerResponse> refuse(HttpStatus status, RuntimeException reason) {
		return new Refusal(status, String.valueOf(reason.getMessage())).toResponse();
	}

}
