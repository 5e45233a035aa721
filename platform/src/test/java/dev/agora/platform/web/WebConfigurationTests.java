package dev.agora.platform.web;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.identity.Identity;

@SpringBootTest(classes = SampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.application.name=sample-service", "agora.instance=sample-service-7" })
@AutoConfigureWebTestClient
class WebConfigurationTests {

	@Autowired
	private WebTestClient client;

	@Test
	void refusesAMissingBody() {
		this.client.post()
			.uri("/samples")
			.contentType(MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void respondsToUnknownPathsAndMethodsWithProblems() {
		this.client.get()
			.uri("/nowhere")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:not-found");
		this.client.delete().uri("/samples").exchange().expectStatus().isEqualTo(405);
		this.client.post()
			.uri("/samples")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("x")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
	}

	@Test
	void addsTheInstanceAndTheRequestIdToTheResponse() {
		this.client.get()
			.uri("/me")
			.header("X-Request-Id", "abc-1")
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals("X-Request-Id", "abc-1")
			.expectHeader()
			.valueMatches("X-Served-By", "sample-service/[^/]+/sample-service-7")
			.expectHeader()
			.valueEquals("WWW-Authenticate", "Bearer");
	}

	@Test
	void refusesAForgedIdentity() {
		String unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.";
		this.client.get().uri("/me").header(Identity.HEADER, unsigned).exchange().expectStatus().isUnauthorized();
	}

	@Test
	void refusesInvalidListParameters() {
		this.client.get().uri("/list?limit=abc").exchange().expectStatus().isBadRequest();
		this.client.get().uri("/list").header("Consistency", "perfect").exchange().expectStatus().isBadRequest();
		this.client.get()
			.uri("/list?limit=5")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.limit")
			.isEqualTo(5);
	}

	@Test
	void returns504AtTheDeadline() {
		this.client.get().uri("/slow").header("X-Request-Timeout", "50").exchange().expectStatus().isEqualTo(504);
	}

	@Test
	void returns504AtTheDeadlineIfNothingReadsTheBody() {
		this.client.post()
			.uri("/slow")
			.header("X-Request-Timeout", "50")
			.bodyValue(Map.of())
			.exchange()
			.expectStatus()
			.isEqualTo(504);
	}

}
