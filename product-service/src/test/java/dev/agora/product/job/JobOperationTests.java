package dev.agora.product.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import com.nimbusds.jose.JOSEException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;

import static org.assertj.core.api.Assertions.assertThat;

/** The view that operators have of jobs, on the management port. */
class JobOperationTests {

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
	void showsAnOperatorTheJobsOfAllOwners() {
		Stored<Job> job = service.submit(this.ada);
		operate("?owner=" + this.ada).expectBody()
			.jsonPath("$.items[0].id")
			.isEqualTo(job.id())
			.jsonPath("$.items[0].owner")
			.isEqualTo(this.ada);
		operate("/" + job.id()).expectBody().json("{\"attempts\": 0, \"parameters\": {}}");
		operate("?owner=" + this.ada + "&state=RUNNING").expectBody().jsonPath("$.items.length()").isEqualTo(0);
		operate("/nothing").expectStatus().isNotFound();
		operate("?state=gone").expectStatus().isBadRequest();
		service.managementClient()
			.delete()
			.uri("/actuator/jobs/" + job.id())
			.exchange()
			.expectBody()
			.json("{\"state\": \"CANCELLED\"}");
		service.managementClient().delete().uri("/actuator/jobs/nothing").exchange().expectStatus().isNoContent();
	}

	@Test
	void measuresTheQueue() {
		service.submit(this.ada);
		Awaitility.await("the queue is measured")
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(new String(service.managementClient()
				.get()
				.uri("/actuator/prometheus")
				.exchange()
				.expectBody()
				.returnResult()
				.getResponseBody(), StandardCharsets.UTF_8)).containsPattern("(?m)^jobs_queued\\{[^}]*} [1-9]")
				.contains("jobs_running{", "jobs_oldest_age_seconds{"));
	}

	private static ResponseSpec operate(String path) {
		return service.managementClient().get().uri("/actuator/jobs" + path).exchange();
	}

}
