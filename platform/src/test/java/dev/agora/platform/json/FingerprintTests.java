package dev.agora.platform.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintTests {

	@Test
	void distinguishesListsFromTexts() {
		assertThat(of(List.of("a, b"), Map.of(), null)).isNotEqualTo(of(List.of("a", "b"), Map.of(), null));
		assertThat(of(List.of("[a]"), Map.of(), null)).isNotEqualTo(of(List.of("a"), Map.of(), null));
		assertThat(of(List.of(), Map.of("x", "1, y=2"), null))
			.isNotEqualTo(of(List.of(), Map.of("x", "1", "y", "2"), null));
	}

	@Test
	void distinguishesNullFromText() {
		assertThat(of(List.of(), Map.of(), null)).isNotEqualTo(of(List.of(), Map.of(), "null"));
		assertThat(of(List.of(), Map.of(), "")).isNotEqualTo(of(List.of(), Map.of(), null));
	}

	@Test
	void ignoresTheNotationOfNumbers() {
		String first = Fingerprint.of(new BigDecimal("12.5"));
		assertThat(Fingerprint.of(new BigDecimal("12.50"))).isEqualTo(first);
		assertThat(Fingerprint.of(new BigDecimal("125e-1"))).isEqualTo(first);
		assertThat(Fingerprint.of(new BigDecimal("12.51"))).isNotEqualTo(first);
		assertThat(Fingerprint.of(1_000_000_000L)).isEqualTo(Fingerprint.of(new BigDecimal("1e9")));
	}

	@Test
	void ignoresTheOrderOfMembers() {
		Map<String, String> ordered = new LinkedHashMap<>(Map.of("b", "1"));
		ordered.put("a", "2");
		Map<String, String> reversed = new LinkedHashMap<>(Map.of("a", "2"));
		reversed.put("b", "1");
		assertThat(of(List.of(), ordered, null)).isEqualTo(of(List.of(), reversed, null));
	}

	@Test
	void distinguishesEscapedCharacters() {
		assertThat(Fingerprint.of("a\"b\n")).isNotEqualTo(Fingerprint.of("a\\\"b\\n"));
		assertThat(Fingerprint.of("😀")).hasSize(64).isNotEqualTo(Fingerprint.of("😁"));
	}

	@Test
	void omitsWriteOnlyFields() {
		assertThat(Fingerprint.of(new Secret("ann", "one"))).isEqualTo(Fingerprint.of(new Secret("ann", "two")));
	}

	private static String of(List<String> tags, Map<String, String> attributes, @Nullable String note) {
		return Fingerprint.of(new Body(tags, attributes, note));
	}

	record Body(List<String> tags, Map<String, String> attributes, @Nullable String note) {
	}

	record Secret(String handle, @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String password) {
	}

}
