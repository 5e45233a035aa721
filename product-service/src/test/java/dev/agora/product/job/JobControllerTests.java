package dev.agora.product.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobReport;
import dev.agora.platform.job.Jobs;

class JobControllerTests {

	private static TestProductService service;

	private final String ada = service.newMember();

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		service = new TestProductService(directory);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void showsAJobToItsOwner() {
		Stored<Job> job = service.submit(this.ada);
		get(job.id()).expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectBody()
			.json("""
					{"id": "%s", "kind": "import-products", "state": "QUEUED", "progress": {"done": 0, "total": null},
					"result": null, "error": null, "startedAt": null, "finishedAt": null}""".formatted(job.id()))
			.jsonPath("$.createdAt")
			.exists()
			.jsonPath("$.owner")
			.doesNotExist();
	}

	@Test
	void showsTheResultAsJson() {
		Stored<Job> job = claimed();
		service.change(job, (current) -> current.with(new JobReport(new JobProgress(2, 2L), null))
			.succeed("run", "{\"created\": 2}", service.part(Jobs.class).retention()));
		get(job.id()).expectBody()
			.json("""
					{"state": "SUCCEEDED", "progress": {"done": 2, "total": 2}, "result": {"created": 2}, "error": null}""")
			.jsonPath("$.finishedAt")
			.exists();
	}

	@Test
	void listsJobsWithoutTheirResults() {
		Stored<Job> job = claimed();
		service.change(job,
				(current) -> current.succeed("run", "{\"created\": 2}", service.part(Jobs.class).retention()));
		service.client(this.ada)
			.get()
			.uri("/products/jobs?limit=1")
			.exchange()
			.expectBody()
			.json("{\"items\": [{\"id\": \"%s\", \"state\": \"SUCCEEDED\", \"result\": null}]}".formatted(job.id()));
	}

	@Test
	void showsTheReasonOfAFailureOnlyWhenTheJobHasFailed() {
		Stored<Job> job = claimed();
		service.change(job, (current) -> current.retry("run", new JobError("x", "For now."), Instant.now()));
		get(job.id()).expectBody().json("{\"state\": \"QUEUED\", \"error\": null}");
		service.change(job, (current) -> current.claim("run", Instant.now()));
		service.change(job, (current) -> current.fail("run", new JobError("no-header", "No header."),
				service.part(Jobs.class).retention()));
		get(job.id()).expectBody()
			.json("{\"state\": \"FAILED\", \"error\": {\"code\": \"no-header\", \"detail\": \"No header.\"}}");
	}

	@Test
	void returns304UntilTheJobChanges() {
		Stored<Job> job = service.submit(this.ada);
		getIfNoneMatch(job.id(), "\"1\"").expectStatus().isNotModified();
		service.change(job, (current) -> current.claim("run", Instant.now()));
		getIfNoneMatch(job.id(), "\"1\"").expectStatus().isOk().expectHeader().valueEquals(HttpHeaders.ETAG, "\"2\"");
	}

	@Test
	void returns404ToOthers() {
		Stored<Job> job = service.submit(this.ada);
		String bob = service.newMember();
		service.client(bob).get().uri("/products/jobs/" + job.id()).exchange().expectStatus().isNotFound();
		service.client(bob).delete().uri("/products/jobs/" + job.id()).exchange().expectStatus().isNotFound();
		service.client(bob).get().uri("/products/jobs/" + job.id() + "/events").exchange().expectStatus().isNotFound();
		get(job.id()).expectBody().json("{\"state\": \"QUEUED\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/products/jobs", "/products/jobs/0SAX0RSKMBGW0", "/products/jobs/0SAX0RSKMBGW0/events" })
	void returns401WithoutASession(String path) {
		service.anonymousClient().get().uri(path).exchange().expectStatus().isUnauthorized();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0SAX0RSKMBGW0", "nothing", "%00", "0sax0rskmbgw0", "$ne" })
	void returns404ForAnUnknownJob(String id) {
		get(id).expectStatus().isNotFound();
		delete(id).expectStatus().isNotFound();
	}

	@Test
	void cancelsAJobAndRepeatsThat() {
		Stored<Job> job = claimed();
		delete(job.id()).expectStatus().isOk().expectBody().json("{\"state\": \"CANCELLED\"}");
		delete(job.id()).expectStatus().isOk().expectBody().json("{\"state\": \"CANCELLED\"}");
	}

	@Test
	void doesNotCancelAJobThatHasEnded() {
		Stored<Job> job = claimed();
		service.change(job, (current) -> current.succeed("run", null, service.part(Jobs.class).retention()));
		delete(job.id()).expectStatus().isOk().expectBody().json("{\"state\": \"SUCCEEDED\"}");
	}

	@Test
	void listsMyJobsTheNewestFirstInPages() {
		Stored<Job> first = service.submit(this.ada);
		Stored<Job> second = service.submit(this.ada);
		service.submit(service.newMember());
		list("?limit=1").expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].id")
			.isEqualTo(second.id())
			.jsonPath("$.next")
			.isEqualTo(second.id());
		list("?limit=1&cursor=" + second.id()).expectBody()
			.jsonPath("$.items[0].id")
			.isEqualTo(first.id())
			.jsonPath("$.next")
			.isEmpty();
	}

	@Test
	void listsOnlyJobsInAState() {
		service.submit(this.ada);
		Stored<Job> running = claimed();
		list("?state=RUNNING").expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].id")
			.isEqualTo(running.id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "state=running", "state=", "state=QUEUED&state=RUNNING", "state=$ne" })
	void returns400ForAnUnknownState(String query) {
		list("?" + query).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("state");
	}

	/** Without further care the product with the id "jobs" would be addressed. */
	@Test
	void returns405ForAWriteToTheList() {
		for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.PATCH, HttpMethod.POST)) {
			service.client(this.ada)
				.method(method)
				.uri("/products/jobs")
				.exchange()
				.expectStatus()
				.isEqualTo(HttpStatus.METHOD_NOT_ALLOWED)
				.expectHeader()
				.valueEquals(HttpHeaders.ALLOW, "GET,HEAD,OPTIONS");
		}
	}

	private Stored<Job> claimed() {
		Stored<Job> job = service.submit(this.ada);
		return service.change(job, (current) -> current.claim("run", Instant.now()));
	}

	private ResponseSpec get(String id) {
		return service.client(this.ada).get().uri("/products/jobs/{id}", id).exchange();
	}

	private ResponseSpec getIfNoneMatch(String id, String tag) {
		return service.client(this.ada)
			.get()
			.uri("/products/jobs/{id}", id)
			.header(HttpHeaders.IF_NONE_MATCH, tag)
			.exchange();
	}

	private ResponseSpec delete(String id) {
		return service.client(this.ada).delete().uri("/products/jobs/{id}", id).exchange();
	}

	private ResponseSpec list(String query) {
		return service.client(this.ada).get().uri("/products/jobs" + query).exchange();
	}

}
