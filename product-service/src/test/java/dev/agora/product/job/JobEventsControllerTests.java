package dev.agora.product.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobReport;
import dev.agora.platform.job.Jobs;

import static org.assertj.core.api.Assertions.assertThat;

class JobEventsControllerTests {

	private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENT = new ParameterizedTypeReference<>() {
	};

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static TestProductService service;

	private final String ada = service.newMember();

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		service = new TestProductService(directory, "--agora.jobs.streams.per-instance=7",
				"--agora.jobs.streams.duration=20s");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void sendsTheStateThenEachChangeAndEndsWithTheJob() {
		Stored<Job> job = service.submit(this.ada);
		StepVerifier.create(events(job, null))
			.assertNext((event) -> assertEvent(event, "QUEUED"))
			.then(() -> service.change(job, (current) -> current.claim("run", Instant.now())))
			.assertNext((event) -> assertEvent(event, "RUNNING"))
			.then(() -> service.change(job,
					(current) -> current.report("run", new JobReport(new JobProgress(5, 10L), null))))
			.assertNext((event) -> assertThat(event.data()).containsEntry("progress", Map.of("done", 5, "total", 10)))
			.then(() -> service.change(job,
					(current) -> current.succeed("run", "{\"created\": 10}", service.part(Jobs.class).retention())))
			.assertNext((event) -> assertEvent(event, "SUCCEEDED"))
			.expectComplete()
			.verify(BOUND);
	}

	@Test
	void sendsTheFinalStateOfAJobThatHasEnded() {
		Stored<Job> job = service.submit(this.ada);
		service.change(job, (current) -> current.cancel(service.part(Jobs.class).retention()));
		StepVerifier.create(events(job, null))
			.assertNext((event) -> assertEvent(event, "CANCELLED"))
			.expectComplete()
			.verify(BOUND);
	}

	@Test
	void aRenewedLeaseIsNoEvent() {
		Stored<Job> job = service.submit(this.ada);
		service.change(job, (current) -> current.claim("run", Instant.now()));
		StepVerifier.create(events(job, null))
			.assertNext((event) -> assertEvent(event, "RUNNING"))
			.then(() -> service.change(job, (current) -> current.report("run", new JobReport(JobProgress.NONE, null))))
			.expectNoEvent(Duration.ofMillis(1_200))
			.then(() -> service.change(job, (current) -> current.cancel(service.part(Jobs.class).retention())))
			.assertNext((event) -> assertEvent(event, "CANCELLED"))
			.expectComplete()
			.verify(BOUND);
	}

	@Test
	void resumesAfterTheLastEvent() {
		Stored<Job> job = service.submit(this.ada);
		StepVerifier.create(events(job, lastEventId(job)))
			.then(() -> service.change(job, (current) -> current.claim("run", Instant.now())))
			.assertNext((event) -> assertEvent(event, "RUNNING"))
			.thenCancel()
			.verify(BOUND);
	}

	@Test
	void aHeartbeatHasNoIdFromWhichAClientWouldResume() {
		Stored<Job> job = service.submit(this.ada);
		ServerSentEvent<Map<String, Object>> first = open(job, lastEventId(job)).returnResult(EVENT)
			.getResponseBody()
			.blockFirst(BOUND);
		assertThat(first).isNotNull();
		assertThat(first.comment()).isEqualTo("heartbeat");
		assertThat(first.id()).isNull();
	}

	@Test
	void returns204WhenTheClientHasTheFinalState() {
		Stored<Job> job = service.submit(this.ada);
		service.change(job, (current) -> current.cancel(service.part(Jobs.class).retention()));
		open(job, lastEventId(job)).expectStatus().isNoContent();
	}

	@Test
	void sendsTheStateToAClientThatHasAnother() {
		Stored<Job> job = service.submit(this.ada);
		String queued = lastEventId(job);
		service.change(job, (current) -> current.cancel(service.part(Jobs.class).retention()));
		StepVerifier.create(events(job, queued))
			.assertNext((event) -> assertEvent(event, "CANCELLED"))
			.expectComplete()
			.verify(BOUND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "1.5", "99999999999999999999" })
	void returns400ForAnUnknownEventId(String id) {
		open(service.submit(this.ada), id).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("Last-Event-ID");
	}

	@Test
	void tellsProxiesNotToStoreOrBufferEvents() {
		Stored<Job> job = service.submit(this.ada);
		service.change(job, (current) -> current.cancel(service.part(Jobs.class).retention()));
		ResponseSpec response = open(job, null);
		response.expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-store");
		response.expectHeader().valueEquals("X-Accel-Buffering", "no");
		StepVerifier.create(response.returnResult(EVENT).getResponseBody())
			.expectNextCount(1)
			.expectComplete()
			.verify(BOUND);
	}

	@Test
	void refusesMoreStreamsOfAMemberAndMoreInAllThanAllowed() {
		Stored<Job> job = service.submit(this.ada);
		String bob = service.newMember();
		Stored<Job> other = service.submit(bob);
		Disposable.Composite open = Disposables.composite();
		for (int i = 0; i < 5; i++) {
			open.add(subscribe(this.ada, job));
		}
		open(job, null).expectStatus().isEqualTo(HttpStatus.TOO_MANY_REQUESTS).expectHeader().exists("Retry-After");
		open.add(subscribe(bob, other));
		open.add(subscribe(bob, other));
		open(bob, other).expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		open.dispose();
		Awaitility.await("the closed streams are free again")
			.atMost(BOUND)
			.untilAsserted(() -> open(job, null).expectStatus().isOk());
	}

	@Test
	void aClientThatDoesNotReadDelaysNoOther() {
		Stored<Job> job = service.submit(this.ada);
		service.change(job, (current) -> current.claim("run", Instant.now()));
		Disposable waiting = events(job, null).subscribeWith(new UnreadSubscriber());
		StepVerifier.create(events(job, null))
			.expectNextCount(1)
			.then(() -> service.change(job, (current) -> current.cancel(service.part(Jobs.class).retention())))
			.assertNext((event) -> assertEvent(event, "CANCELLED"))
			.expectComplete()
			.verify(BOUND);
		waiting.dispose();
	}

	/** Requests nothing, so that the client does not read its connection. */
	private static final class UnreadSubscriber extends BaseSubscriber<ServerSentEvent<Map<String, Object>>> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// Nothing is requested.
		}

	}

	private Disposable subscribe(String member, Stored<Job> job) {
		Flux<ServerSentEvent<Map<String, Object>>> events = open(member, job).returnResult(EVENT).getResponseBody();
		return events.subscribe();
	}

	private Flux<ServerSentEvent<Map<String, Object>>> events(Stored<Job> job, @Nullable String lastEventId) {
		return open(job, lastEventId).returnResult(EVENT).getResponseBody().filter((event) -> event.data() != null);
	}

	private String lastEventId(Stored<Job> job) {
		return Objects.requireNonNull(Objects.requireNonNull(events(job, null).blockFirst(BOUND)).id());
	}

	private static ResponseSpec open(String member, Stored<Job> job) {
		return service.client(member)
			.get()
			.uri("/products/jobs/" + job.id() + "/events")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange();
	}

	private ResponseSpec open(Stored<Job> job, @Nullable String lastEventId) {
		return service.client(this.ada)
			.get()
			.uri("/products/jobs/" + job.id() + "/events")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.headers((headers) -> headers.set("Last-Event-ID", (lastEventId != null) ? lastEventId : ""))
			.exchange();
	}

	private static void assertEvent(ServerSentEvent<Map<String, Object>> event, String state) {
		assertThat(event.id()).matches("[0-9]{1,18}");
		assertThat(event.event()).isEqualTo("job");
		assertThat(event.data()).containsEntry("state", state);
	}

}
