package dev.agora.session.login;

import java.util.List;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NewSessionTests {

	private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	@Test
	void acceptsTheShortestAndTheLongestFields() {
		assertThat(wrong("", "", null)).isEmpty();
		assertThat(wrong("a".repeat(30), "p".repeat(200), "d".repeat(100))).isEmpty();
		assertThat(wrong("😀".repeat(30), "😀\n".repeat(100), "😀".repeat(100))).isEmpty();
	}

	@Test
	void rejectsFieldsThatAreTooLong() {
		assertThat(wrong("a".repeat(31), "p".repeat(201), "d".repeat(101))).containsExactlyInAnyOrder("handle",
				"password", "device");
	}

	@Test
	void rejectsUnpairedSurrogates() {
		assertThat(wrong("a\ud83d", "\ude00", "\ud83dd")).containsExactlyInAnyOrder("handle", "password", "device");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\u0000", "\u007f", "\u0085", "a\u202Eb", "\u3164" })
	void rejectsADeviceThatCannotBeShown(String device) {
		assertThat(wrong("ada", "1234567890", device)).containsExactly("device");
	}

	private List<String> wrong(String handle, String password, @Nullable String device) {
		return this.validator.validate(new NewSession(handle, password, device))
			.stream()
			.map(ConstraintViolation::getPropertyPath)
			.map(Object::toString)
			.toList();
	}

}
