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

	@Test
	void hasTheSameTagIfOnlyOtherFieldsDiffer() {
		byte[] compared = { 'a' };
		assertThat(Representation.of(1, new byte[] { 'b' }, compared).etag())
			.isEqualTo(Representation.of(1, new byte[] { 'c' }, compared).etag());
	}

	private static Representation of(long edition, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return Representation.of(edition, bytes, bytes);
	}

}
