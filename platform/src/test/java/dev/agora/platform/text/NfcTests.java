package dev.agora.platform.text;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.platform.problem.InvalidRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class NfcTests {

	@Test
	void composesEquivalentSequences() {
		assertThat(Nfc.of("cafe\u0301")).isEqualTo("caf\u00e9");
		assertThat(Nfc.of("\u1100\u1161\u11A8")).isEqualTo("\uAC01");
		assertThat(Nfc.of("a\u0323\u0307")).isEqualTo(Nfc.of("a\u0307\u0323"));
		assertThat(Nfc.of("\u212B")).isEqualTo("\u00C5");
		assertThat(Nfc.ofAll(List.of("e\u0301", "e"))).containsExactly("\u00e9", "e");
	}

	@Test
	void keepsCompatibilityCharacters() {
		assertThat(Nfc.of("\uFB01 \u2460 \uFF21")).isEqualTo("\uFB01 \u2460 \uFF21");
	}

	@Test
	void refusesNamesThatAreEqualInNormalForm() {
		assertThat(Nfc.ofEntries(Map.of("e\u0301", "o\u0308"), "attributes")).isEqualTo(Map.of("\u00e9", "\u00f6"));
		assertThatExceptionOfType(InvalidRequest.class)
			.isThrownBy(() -> Nfc.ofEntries(Map.of("e\u0301", "a", "\u00e9", "b"), "attributes"))
			.satisfies((refusal) -> assertThat(refusal.errors().get(0).field()).isEqualTo("attributes"));
	}

	/** Sorting a million marks would take minutes. */
	@Test
	void doesNotSortLongRunsOfMarks() {
		String hostile = "a" + "\u0301\u0323".repeat(500_000);
		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Nfc.of(hostile))).isEqualTo(hostile);
		assertThat(TextForm.TEXT.violation(hostile)).isPresent();
		assertThat(TextForm.LINE.violation(hostile)).isPresent();
	}

	@Test
	void normalizesPasswords() {
		assertThat(OpaqueString.of("man\u0303ana")).isEqualTo(OpaqueString.of("ma\u00F1ana"));
		assertThat(OpaqueString.of("a\u00A0b\u3000c\u2003d")).isEqualTo("a b c d");
		assertThat(OpaqueString.of(" Correct Horse ")).isEqualTo(" Correct Horse ");
		assertThat(OpaqueString.of("Stra\u00dfe \uFB01")).isEqualTo("Stra\u00dfe \uFB01");
	}

}
