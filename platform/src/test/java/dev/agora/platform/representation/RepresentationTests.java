package dev.agora.platform.representation;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RepresentationTests {

	@Test
	void hasATagOfEditionAndChecksum() {
		assertThat(of(7, "{}").etag()).isEqualTo("\"7.44136fa355b3678a\"");
	}

	@Test
	void hasAnotherTagForAnotherBodyOrEdition() {
		assertThat(of(1, "a").etag()).isNotEqualTo(of(1, "b").etag()).isNotEqualTo(of(2, "a").etag());
	}

	private static Representation of(long edition, String body) {
		return Representation.of(edition, body.getBytes(StandardCharsets.UTF_8));
	}

}
