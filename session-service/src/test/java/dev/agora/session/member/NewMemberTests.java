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
	void acceptsTheShortestAndTheLongestFields() {
		assertThat(wrong("abc", "x", "1234567890")).isEmpty();
		assertThat(wrong("a".repeat(30), "é".repeat(100), "p".repeat(200))).isEmpty();
		assertThat(wrong("abc", "😀".repeat(100), "😀".repeat(10))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ab", "Abc", "a b", "a-b", "äbc", "abc\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })
	void rejectsAnInvalidHandle(String handle) {
		assertThat(wrong(handle, "Ada", "1234567890")).containsExactly("handle");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "a\nb", "a\u0000", "\u00a0", "\u200b \u3000", "\ud83d" })
	void rejectsANameThatCannotBeShown(String name) {
		assertThat(wrong("ada", name, "1234567890")).containsExactly("name");
	}

	@Test
	void rejectsANameOrPasswordThatIsTooLong() {
		assertThat(wrong("ada", "x".repeat(101), "p".repeat(201))).containsExactlyInAnyOrder("name", "password");
		assertThat(wrong("ada", "😀".repeat(101), "1234567890")).containsExactly("name");
	}

	@Test
	void countsTheCodePointsOfAPassword() {
		assertThat(wrong("ada", "Ada", "😀".repeat(5))).containsExactly("password");
		assertThat(wrong("ada", "Ada", "e\u0301".repeat(5))).containsExactly("password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u3164", "\u2800", "\u115F\u1160", "\uFFA0", "\u034F", "\uFE0F", "\uE000", "\u0378",
			"\uFEFF", "a\u0085", "a\u009B", "a\u2028b", "\u202Eada", "\u2066ada", "a\u200Fb",
			"Z\u0335\u0321\u0322\u031B\u0311\u0304\u0308\u0330", "ก็็็็็็็็" })
	void rejectsANameWithInvisibleCharacters(String name) {
		assertThat(wrong("ada", name, "1234567890")).containsExactly("name");
	}

	@Test
	void normalizesNameAndPassword() {
		NewMember member = new NewMember("zoe", "Zoe\u0308", "man\u0303ana\u00a0123");
		assertThat(member.name()).isEqualTo("Zoë");
		assertThat(member.password()).isEqualTo("mañana 123");
	}

	@Test
	void toStringHidesThePassword() {
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
