package dev.agora.platform.problem.input;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldErrorTests {

	@Test
	void hasAPrintableFieldWhateverTheClientSends() {
		assertThat(new FieldError("attributes[a\ud83d]", "is not valid").field()).isEqualTo("attributes[a\ufffd]");
		assertThat(new FieldError("😀".repeat(100_000), "is not valid").field()).isEqualTo("😀".repeat(200));
		assertThat(new FieldError("price.amount", "is not valid").field()).isEqualTo("price.amount");
	}

}
