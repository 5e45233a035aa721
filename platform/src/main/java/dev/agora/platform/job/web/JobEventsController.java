package dev.agora.platform.job.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.sse.EventStreamResponse;

/**
 * Streams a job to its owner as server-sent events. The id of an event identifies the
 * shown state of the job, so that a client resumes on any instance.
 */
@RestController
@RequestMapping("/${agora.jobs.path}/jobs")
public final class JobEventsController {

	/** No event has this id. */
	private static final long NOTHING = -1;

	/** Shorter than the time after which proxies close idle connections. */
	private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(10);

	private final Jobs jobs;

	private final JobStreams streams;

	private final JsonMapper json;

	JobEventsController(Jobs jobs, JobStreams streams, JsonMapper json) {
		this.jobs = jobs;
		this.streams = streams;
		this.json = json;
	}

	/**
	 * A client that has received the final state gets 204, which tells it not to
	 * reconnect. A client that has an earlier state gets the present one.
	 */
	@GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<ResponseEntity<Flux<ServerSentEvent<JobView>>>> stream(@PathVariable String id, Caller caller,
			@RequestHeader(name = EventStreamResponse.LAST_EVENT_ID, required = false) @Nullable String lastEventId) {
		long seen = parse(lastEventId);
		return this.jobs.require(id, caller.id()).map((job) -> respond(job, seen));
	}

	private ResponseEntity<Flux<ServerSentEvent<JobView>>> respond(Stored<Job> job, long seen) {
		return (job.value().state().isFinal() && JobTag.of(job) == seen)
				? ResponseEntity.status(HttpStatus.NO_CONTENT).build() : EventStreamResponse.of(events(job, seen));
	}

	private Flux<ServerSentEvent<JobView>> events(Stored<Job> job, long seen) {
		return this.streams.stream(job)
			.index((index, current) -> (index == 0 && JobTag.of(current) == seen) ? heartbeat() : toEvent(current))
			.publish((states) -> states.mergeWith(heartbeats().takeUntilOther(states.ignoreElements())));
	}

	private static Flux<ServerSentEvent<JobView>> heartbeats() {
		return Flux.interval(HEARTBEAT_INTERVAL).onBackpressureDrop().map((tick) -> heartbeat());
	}

	private static ServerSentEvent<JobView> heartbeat() {
		return ServerSentEvent.<JobView>builder().comment("heartbeat").build();
	}

	private ServerSentEvent<JobView> toEvent(Stored<Job> job) {
		return ServerSentEvent.builder(JobView.of(job, this.json))
			.id(Long.toString(JobTag.of(job)))
			.event("job")
			.build();
	}

	private static long parse(@Nullable String lastEventId) {
		if (lastEventId == null || lastEventId.isEmpty()) {
			return NOTHING;
		}
		if (!lastEventId.matches("[0-9]{1,18}")) {
			throw InvalidRequest.field(EventStreamResponse.LAST_EVENT_ID, "must be the id of an event of this stream");
		}
		return Long.parseLong(lastEventId);
	}

}
