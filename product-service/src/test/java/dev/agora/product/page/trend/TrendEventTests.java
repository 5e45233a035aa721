package dev.agora.product.page.trend;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class TrendEventTests {

	@Test
	void readsEventsOfTheContract() throws IOException {
		Contracts.assertRead("""
				{"author": "0SAX3JKRPM3GA", "verb": "posted", "product": "0SAX0RSKMBGW0",
				"at": "2026-01-02T03:04:05.678Z", "added": "later"}
				""", new ActivityEvent.Published("0SAX3JKRPM3GA", "posted", "0SAX0RSKMBGW0",
				Instant.parse("2026-01-02T03:04:05.678Z")));
		Contracts.assertRead("{\"author\": \"0SAX3JKRPM3GA\", \"verb\": \"posted\", \"at\": \"2026-01-02T03:04:05Z\"}",
				new ActivityEvent.Published("0SAX3JKRPM3GA", "posted", null, Instant.parse("2026-01-02T03:04:05Z")));
	}

}
