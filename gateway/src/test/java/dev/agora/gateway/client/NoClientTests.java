package dev.agora.gateway.client;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import dev.agora.gateway.TestGateway;

/**
 * A gateway without the client. A class of its own, since gateways of one process share
 * threads, which end with the first of them.
 */
class NoClientTests {

	@Test
	void leavesTheClientToAnotherSite() {
		try (TestGateway gateway = TestGateway.with("gateway.client.enabled=false")) {
			gateway.client()
				.get()
				.uri("/")
				.header(HttpHeaders.ACCEPT, "text/html")
				.exchange()
				.expectStatus()
				.isNotFound();
		}
	}

}
