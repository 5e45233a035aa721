package dev.agora.session.member;

import java.util.List;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NewMemberTests {

	private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	@Test
	void takesTheShortestAndTheLongest() {
		assertThat(wrong("abc", "x", "1234567890")).isEmpty();
		assertThat(wrong("a".repeat(30), "é".repeat(100), "p".repeat(200))).isEmpty();
		assertThat(wrong("abc", "😀".repeat(50), "1234567890")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ab", "Abc", "a b", "a-b", "äbc", "abc\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })
	void refusesAHandleOfAnotherForm(String handle) {
		assertThat(wrong(handle, "Ada", "1234567890")).containsExactly("handle");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "a\nb", "a\u0000", "\u00a0", "\u200b \u3000", "\ud83d" })
	void refusesANameThatCannotBeShown(String name) {
		assertThat(wrong("ada", name, "1234567890")).containsExactly("name");
	}

	@Test
	void refusesANameOrPasswordThatIsTooLong() {
		assertThat(wrong("ada", "x".repeat(101), "p".repeat(201))).containsExactlyInAnyOrder("name", "password");
		assertThat(wrong("ada", "😀".repeat(51), "1234567890")).containsExactly("name");
	}

	@Test
	void keepsThePasswordOutOfItsText() {
		assertThat(new NewMember("ada", "Ada", "correct horse")).hasToString("NewMember[handle=ada, name=Ada]");
	}

	private List<String> wrong(String handle, String name, String password) {
		return this.validator.validate(new NewMember(handle, name, password))
			.stream()
			.map(ConstraintViolation::getPropertyPath)
			.map(Object::toString)
			.toList();
	}

}
